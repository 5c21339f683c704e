"""Weeks as study plans name them: 第3周, 2026年第3周, 11月第2周, 11.23-11.29."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from bulletin_study.domain.calendar import week_start
from bulletin_study.exchange.tables.cells import CellProblem, Read, as_date, as_text
from bulletin_study.exchange.tables.cells.numbers import CHINESE, chinese_number
from bulletin_study.exchange.tables.workbook import Cell

_NUMBER = rf"(\d{{1,2}}|[{CHINESE}]+)"
_OF_YEAR = re.compile(rf"(?:(\d{{4}})年?)?(?:第?{_NUMBER}周|第{_NUMBER})")
_OF_MONTH = re.compile(rf"(?:(\d{{4}})年)?{_NUMBER}月份?(?:的)?第?{_NUMBER}(?:个)?周")
_RANGE = re.compile(r"(.+?)(?:-{1,2}|~|至|到|—+|–)(.+)")
_PREFIX = re.compile(r"^第?\w{1,3}周[（(](.+)[）)]$")


class Slot(NamedTuple):
    """A day, or else the Monday of a week."""

    day: date | None
    week: date | None


def as_slot(cell: Cell, *, year: int, bare_weeks: bool) -> Read[Slot]:
    """A date, or a week in any of the ways above; ``year`` is meant where none is written.

    The weeks of a year are numbered as ISO 8601 does (the first has the year's first
    Thursday), those of a month alike (its first Thursday). A bare number is a week only in a
    column of weeks (``bare_weeks``). Raises ``CellProblem``.
    """
    text = "".join(unicodedata.normalize("NFKC", as_text(cell)).split())
    inside = _PREFIX.match(text)
    if inside and any(char.isdigit() for char in inside[1]):
        text = inside[1]
    monday = _week(text, year, bare_weeks) if isinstance(cell, str | int | float) else None
    if monday is not None:
        return Read(Slot(None, monday), f"“{as_text(cell)}”读作 {monday} 那一周")
    got = as_date(cell, default_year=year)
    return Read(Slot(got.value, None), got.note)


def _week(text: str, year: int, bare: bool) -> date | None:
    if bare and re.fullmatch(r"\d{1,2}", text):
        return _iso_week(year, int(text), text)
    if found := _OF_MONTH.fullmatch(text):
        month, number = _figure(found[2]), _figure(found[3])
        return _week_of_month(int(found[1] or year), month, number, text)
    if found := _OF_YEAR.fullmatch(text):
        return _iso_week(int(found[1] or year), _figure(found[2] or found[3]), text)
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        return None
    found = _RANGE.fullmatch(text)
    return _of_range(found[1], found[2], year) if found else None


def _figure(text: str) -> int:
    return int(text) if text.isdecimal() else chinese_number(text) or 0


def _iso_week(year: int, number: int, text: str) -> date:
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError as error:
        raise CellProblem("week", text, f"{year} 年没有第 {number} 周") from error


def _week_of_month(year: int, month: int, number: int, text: str) -> date:
    if not 1 <= month <= 12:
        raise CellProblem("week", text, f"没有 {month} 月")
    first = date(year, month, 1)
    thursday = first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (number - 1))
    if number < 1 or thursday.month != month:
        raise CellProblem("week", text, f"{year} 年 {month} 月没有第 {number} 周")
    return week_start(thursday)


def _of_range(first: str, last: str, year: int) -> date | None:
    """The week of "11.23-11.29"; ``None`` when the two are no days."""
    try:
        start = as_date(first, default_year=year).value
        tail = re.fullmatch(r"(\d{1,2})[日号]?", last)
        written = f"{start.year}-{start.month}-{tail[1]}" if tail else last
        end = as_date(written, default_year=start.year).value
    except CellProblem:
        return None
    if not start <= end <= week_start(start) + timedelta(days=6):
        text = f"{first}-{last}"
        raise CellProblem("week", text, f"“{text}”不在同一周里，请分成几行")
    return week_start(start)
