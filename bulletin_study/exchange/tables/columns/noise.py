"""Rows below a header that are no records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bulletin_study.exchange.tables.columns.match import Field, header_key
from bulletin_study.exchange.tables.workbook import Cell

_TOTAL = re.compile(r"\s*(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计)(?:[\s:：（(]|共?\d|$)")
_FOOT = re.compile(
    r"\s*[（(【]?(备\s*注|注\s*释?|说\s*明|填表说明|填报说明|填写说明|制\s*表人?|填\s*[表报]人?|填报单位|填表单位"
    r"|填[表报]日期|填[表报]时间|制表日期|制表时间|审\s*核人?|复\s*核人?|审\s*批人?|单位负责人|负责人签字|主要领导签字"
    r"|单位[（(]盖章[）)]|盖\s*章|联系人|联系电话|统计截止|统计时间|数据截止|截至|附\s*[件注]|\*|※)"
    r"\s*(?:[:：（(【]|$|\d+[.、]|[一-龥]{0,4}[:：])"
)
_SECTION = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十\d]+[部页组]"
    r"|.*[：:]\s*$|\d+\s*[、.．]\s*[一-龥]|续表|接上页|转下页|以下空白)"
)
_FIRST_CHARS = frozenset("合总小共累备注说填制审复单负主盖联统数截附*※（(【 \u3000\t\n")
_FEW = 3
"""From so many known columns on, a single filled cell is a heading and no record."""


def is_noise_row(
    row: Sequence[Cell],
    columns: Mapping[int, str],
    texts: Sequence[str],
    fields: Sequence[Field],
) -> bool:
    """Whether a row is blank, a repeated header, a section, a total or a foot line."""
    filled = len(row) - row.count(None)
    if filled == 0:
        return True
    at = 0
    while row[at] is None:
        at += 1
    first = row[at]
    if isinstance(first, str):
        if first[0] in _FIRST_CHARS and _is_foot(first, row, columns, fields):
            return True
        if _repeats(row, columns, texts):
            return True
    elif isinstance(first, bool):
        return False
    return filled == 1 and _is_lone(at, first, columns, fields)


def _repeats(row: Sequence[Cell], columns: Mapping[int, str], texts: Sequence[str]) -> bool:
    """Whether known columns hold their own header again, as after a page break."""
    same = 0
    for column in columns:
        cell = row[column] if column < len(row) else None
        text = texts[column]
        if isinstance(cell, str) and cell[0] in text and cell[-1] in text:
            key, own = header_key(cell), header_key(text)
            same += len(key) > 1 and (own.startswith(key) or own.endswith(key))
            if same >= 2:
                return True
    return same > 0 and len(columns) == 1


def _is_foot(
    first: str, row: Sequence[Cell], columns: Mapping[int, str], fields: Sequence[Field]
) -> bool:
    """A total or a foot line. Its words stand first; a record beside them keeps the row."""
    if _TOTAL.match(first):
        return True
    if not _FOOT.match(first):
        return False
    others = [cell for cell in row if isinstance(cell, str) and cell is not first]
    if any(_FOOT.match(cell) for cell in others):
        return True
    known = [cell for cell in _held(row, columns) if cell is not first]
    required = _held(row, _required(columns, fields))
    return len(known) <= 1 or not any(cell is not first for cell in required)


def _is_lone(at: int, cell: Cell, columns: Mapping[int, str], fields: Sequence[Field]) -> bool:
    """Whether the only filled cell of a row is a heading, or a number set down in advance."""
    required = _required(columns, fields)
    if at in required:
        return len(columns) >= _FEW and isinstance(cell, str) and bool(_SECTION.match(cell))
    if isinstance(cell, str):
        return len(columns) >= _FEW
    return bool(required) and isinstance(cell, int | float)


def _required(columns: Mapping[int, str], fields: Sequence[Field]) -> list[int]:
    names = {field.name for field in fields if field.required}
    return [column for column, name in columns.items() if name in names]


def _held(row: Sequence[Cell], columns: Iterable[int]) -> list[Cell]:
    return [row[c] for c in columns if c < len(row) and row[c] is not None]
