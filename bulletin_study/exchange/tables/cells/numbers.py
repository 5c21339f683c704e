"""Counts and durations as people type them."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata

from bulletin_study.exchange.tables.cells.base import CellProblem, as_text, blank, shown
from bulletin_study.exchange.tables.workbook import Cell

_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "零〇○一二三四五六七八九两十百千"
_NUMBER = rf"(?:\d+(?:\.\d+)?|[{CHINESE}]+)"
_COUNT = re.compile(rf"(?:共计?)?({_NUMBER})(?:人次|[人名位个次场项件篇期份])?")
_HOURS = re.compile(
    rf"(?:(?P<hours>{_NUMBER})?(?P<half>个半|半个?)?个?(?:小时|钟头|h|hr|hours?))?"
    rf"(?P<half_after>半)?零?(?:(?P<minutes>{_NUMBER})(?:分钟?|m|min|minutes?|'|′))?"
)
_LONGEST = 40
"""Characters of a figure that means something; far longer ones are beyond any number type."""
_MOST = 10**9
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")


def chinese_number(text: str) -> int | None:
    """四十八 → 48, 一百零五 → 105, 二〇二四 → 2024; ``None`` when it is none."""
    if not text or any(char not in _DIGITS and char not in _UNITS for char in text):
        return None
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
    return total + (digit or 0)


def _number(text: str) -> float:
    if len(text) > _LONGEST:
        return math.inf
    found = chinese_number(text)
    return float(text) if found is None else float(found)


def squeezed(cell: Cell) -> str:
    """A cell's text for reading figures: all half-width, no spaces."""
    return "".join(unicodedata.normalize("NFKC", as_text(cell)).split())


def as_count(cell: Cell) -> int:
    """A number of people or things: 48, "48人", "４８", "四十八".

    Raises ``CellProblem`` for a blank, a fraction, less than nothing, beyond all bounds or
    anything else.
    """
    text = squeezed(cell)
    if not text:
        raise blank()
    found = _COUNT.fullmatch(text)
    number = _number(found[1]) if found and not isinstance(cell, bool | dt.date | dt.time) else 0.5
    if not number.is_integer() or number > _MOST:
        raise CellProblem("count", text, f"“{shown(text)}”不是人数或个数，请只写数字")
    return int(number)


def as_minutes(cell: Cell) -> int:
    """A duration in minutes: 90, "90分钟", "1.5小时", "1小时30分", "一个半小时", "1:30".

    Raises ``CellProblem`` for a blank, nothing, more than a day or anything else.
    """
    text = squeezed(cell).lower()
    if not text:
        raise blank()
    minutes = _minutes(cell, text)
    if minutes is None or not 0.5 < minutes <= 24 * 60:
        raise CellProblem("minutes", text, f"“{shown(text)}”不是时长，请写分钟数，如 90")
    return round(minutes)


def _minutes(cell: Cell, text: str) -> float | None:
    if isinstance(cell, bool | dt.date):
        return None
    if isinstance(cell, dt.time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, float) and 0 < cell < 1:
        return cell * 24 * 60
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2])
    if re.fullmatch(_NUMBER, text):
        return _number(text)
    found = _HOURS.fullmatch(text)
    if found is None:
        return None
    part = found.groupdict()
    halves = (part["half"] is not None) + (part["half_after"] is not None)
    hours = (_number(part["hours"]) if part["hours"] else 0) + halves / 2
    return hours * 60 + (_number(part["minutes"]) if part["minutes"] else 0)
