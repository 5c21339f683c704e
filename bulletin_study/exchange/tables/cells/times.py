"""Times of day, and days with their hours."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from bulletin_study.exchange.tables.cells.base import CellProblem, Read, as_text, blank, shown
from bulletin_study.exchange.tables.cells.dates import find_day, guess_note, strip_weekday
from bulletin_study.exchange.tables.workbook import Cell

_PERIOD = r"凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|am|pm"
_ONE = (
    rf"(?P<period>{_PERIOD})?\s*"
    r"(?:(?P<hour>\d{1,2})\s*(?:[:.时点]\s*(?P<minute>\d{2}|\d(?=\s*分)|半|整|一刻|三刻)?\s*分?)"
    r"(?::\d{2}(?:\.\d+)?)?|(?P<digits>[012]\d[0-5]\d))\s*(?P<after>am|pm)?"
)
_TIME = re.compile(_ONE)
_SPLIT = re.compile(r"\s*(?:[-~\u2010-\u2015\u2212至到]|--|——)+\s*")
_ALONE = re.compile(rf"\(?(?:{_PERIOD}|全天)\)?")
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "晚", "pm"})
_WORDS = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}


class When(NamedTuple):
    """A day with its start and end, as far as they were given."""

    day: dt.date
    start: dt.time | None
    end: dt.time | None


def as_when(cell: Cell, *, default_year: int | None = None) -> Read[When]:
    """A day with its time of day or span, as in "2024年1月5日 8:30-10:00".

    Raises ``CellProblem`` as ``as_date`` does, and for hours that are none or run backwards.
    """
    found = find_day(cell, default_year)
    rest = strip_weekday(found.rest).lstrip("T,、 \t\n").strip()
    notes = [guess_note(found)]
    start = end = None
    if rest and _ALONE.fullmatch(rest):
        notes.append(f"“{rest}”没有写钟点，时间留空")
    elif rest:
        start, end = _span(rest, found.day, as_text(cell), default_year)
    said = "；".join(note for note in notes if note)
    return Read(When(found.day, start, end), said or None)


def as_time(cell: Cell) -> dt.time:
    """A time of day: 8:30, 08：30, 8点半, 下午3:00, 0.354166 (a part of a day).

    Raises ``CellProblem`` for a blank and for anything else.
    """
    if isinstance(cell, dt.datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, dt.time):
        return cell.replace(second=0, microsecond=0)
    text = as_text(cell)
    if not text:
        raise blank()
    if isinstance(cell, float) and 0 < cell < 1:
        minutes = round(cell * 24 * 60)
        return dt.time(minutes // 60 % 24, minutes % 60)
    if not isinstance(cell, str):
        raise _no_time(text)
    return _time(unicodedata.normalize("NFKC", text).strip().lower(), text, None)[0]


def as_span(cell: Cell) -> tuple[dt.time, dt.time | None]:
    """A time or a span of times without a day: "8:30-10:00".

    Raises ``CellProblem`` as ``as_time`` does, and for a span that runs backwards.
    """
    if not isinstance(cell, str) or not as_text(cell):
        return as_time(cell), None
    text = as_text(cell)
    return _span(unicodedata.normalize("NFKC", text).strip(), None, text, None)


def _span(
    rest: str, day: dt.date | None, text: str, default_year: int | None
) -> tuple[dt.time, dt.time | None]:
    """Start and end of "8:30-10:00", the end perhaps with its own day, which must be the same."""
    rest = rest.strip().strip("()").lower()
    first, *others = _SPLIT.split(rest, maxsplit=1)
    start, period = _time(first, text, None)
    if not others:
        return start, None
    last = others[0].strip("() ")
    if day is not None and re.match(r"\d{4}\D|\d{1,2}月", last):
        again = find_day(last, default_year)
        if again.day != day:
            raise CellProblem("two_days", text, f"“{shown(text, 40)}”跨了两天，请分成两行")
        last = strip_weekday(again.rest)
    end, _ = _time(last.strip(), text, period)
    if end <= start:
        raise CellProblem("backwards", text, f"“{shown(text, 40)}”的结束时间不晚于开始时间")
    return start, end


def _time(part: str, text: str, inherited: str | None) -> tuple[dt.time, str | None]:
    """A time and its part of the day; an end without one takes the start's."""
    found = _TIME.fullmatch(part)
    if found is None:
        raise _no_time(text)
    if found["digits"]:
        hour, minute = int(found["digits"][:2]), int(found["digits"][2:])
    else:
        hour = int(found["hour"])
        written = found["minute"] or "0"
        minute = _WORDS[written] if written in _WORDS else int(written)
    period = found["period"] or found["after"] or inherited
    if (period in _AFTERNOON and hour < 12) or (period == "中午" and hour < 3):
        hour += 12
    if hour > 23 or minute > 59:
        raise _no_time(text)
    return dt.time(hour, minute), period


def _no_time(text: str) -> CellProblem:
    return CellProblem("time", text, f"“{shown(text, 40)}”里的时间看不懂，请写成 08:30 的样子")
