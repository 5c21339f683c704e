"""Rows below a header that are no records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bulletin_study.exchange.columns_match import Field, header_key
from bulletin_study.exchange.tabular import Cell

_TOTAL = re.compile(r"\s*(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计)(?:[\s:：（(]|共?\d|$)")
_FOOT = re.compile(
    r"\s*[（(【]?(备\s*注|注\s*释?|说\s*明|填表说明|填报说明|填写说明|制\s*表人?|填\s*[表报]人?|填报单位|填表单位"
    r"|填[表报]日期|填[表报]时间|制表日期|制表时间|审\s*核人?|复\s*核人?|审\s*批人?|单位负责人|负责人签字|主要领导签字"
    r"|单位[（(]盖章[）)]|盖\s*章|联系人|联系电话|统计截止|统计时间|数据截止|截至|附\s*[件注]|\*|※)"
    r"\s*(?:[:：（(【]|$|\d+[.、]|[一-龥]{0,4}[:：])"
)
_SECTION = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十\d]+[部页组]"
    r"|.*[：:]\s*$|\d+\s*[、.．]\s*[一-龥]|续表|接上页|转下页|以下空白|.{13,})"
)
_FIRST_CHARS = frozenset("合总小共累备注说填制审复单负主盖联统数截附*※（(【 \u3000\t\n")
_FEW = 3
"""A note in a table of this many known columns fills one cell; narrower tables have no notes
that could be told from records."""


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
    """Whether the known columns mostly hold their own header again, as after a page break."""
    same = asked = 0
    for column in columns:
        cell = row[column] if column < len(row) else None
        if isinstance(cell, str):
            asked += 1
            text = texts[column]
            if cell == text or (cell[0] == text[:1] and header_key(cell) == header_key(text)):
                same += 1
                if same >= 2:
                    return True
        if asked >= 4 and not same:
            return False
    return same > 0 and len(columns) == 1


def _is_foot(
    first: str, row: Sequence[Cell], columns: Mapping[int, str], fields: Sequence[Field]
) -> bool:
    """A total, or a foot line: its words stand first, and no required field is filled beside."""
    if _TOTAL.match(first):
        return True
    if not _FOOT.match(first):
        return False
    required = {field.name for field in fields if field.required}
    held = [
        row[column]
        for column, name in columns.items()
        if name in required and column < len(row) and row[column] is not first
    ]
    whole = sum(1 for column in columns if column < len(row) and row[column] is not None)
    return not any(cell is not None for cell in held) or whole <= max(2, len(columns) // 3)


def _is_lone(at: int, cell: Cell, columns: Mapping[int, str], fields: Sequence[Field]) -> bool:
    """Whether the only filled cell of a row is a heading, or a number set down in advance."""
    if len(columns) < _FEW:
        return False
    required = {field.name for field in fields if field.required}
    if columns.get(at) in required:
        return isinstance(cell, str) and bool(_SECTION.match(cell))
    return isinstance(cell, str | int | float)
