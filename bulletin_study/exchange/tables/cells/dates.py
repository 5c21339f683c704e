"""Days in every style that people type."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from bulletin_study.exchange.tables.cells.base import CellProblem, Read, as_text, blank, shown
from bulletin_study.exchange.tables.cells.numbers import CHINESE, chinese_number
from bulletin_study.exchange.tables.workbook import Cell

FIRST_YEAR, LAST_YEAR = 1900, 2100
OPEN_WORDS = frozenset(
    [
        *("至今", "今", "现在", "目前", "至今未回", "长期", "长期有效", "永久", "无期限"),
        *("待定", "未定", "无", "暂无", "不详", "-", "--", "\u2014", "\u2014\u2014", "/", "\\"),
    ]
)
_FOREVER = 2999
"""Personnel systems write 9999-12-31 for an open end."""

_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_415
_EPOCH = dt.datetime(1899, 12, 30)
_PIVOT = 70

_SEP = r"\s*[-/.,、_\u2010-\u2015\u2212]\s*"
_DAY = r"(?P<d>\d{1,2})(?!\d)\s*[日号]?"
_REST = r"(?P<rest>.*)"
_PATTERNS = tuple(
    re.compile(pattern + _REST, re.DOTALL)
    for pattern in (
        rf"(?P<y>\d{{4}}|\d{{2}})\s*年\s*(?P<m>\d{{1,2}})\s*月(?:份|\s*{_DAY})?",
        rf"(?P<y>\d{{4}}|\d{{2}}){_SEP}(?P<m>\d{{1,2}}){_SEP}{_DAY}",
        rf"(?P<y>\d{{4}}){_SEP}(?P<m>\d{{1,2}})(?!\d)\s*月?",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
        rf"(?P<m>\d{{1,2}})\s*月\s*{_DAY}",
    )
)
_BARE_DAY = re.compile(rf"(?P<m>\d{{1,2}})\s*[-/.]\s*{_DAY}{_REST}", re.DOTALL)
_YEAR_LAST = re.compile(
    rf"(\d{{1,2}})\s*[-/.]\s*(\d{{1,2}})\s*[-/.]\s*(\d{{4}})(?!\d){_REST}", re.DOTALL
)
_CHINESE_DATE = re.compile(rf"([{CHINESE}]{{2,4}})年([{CHINESE}]+)月(?:([{CHINESE}]+)[日号]?)?")
_WEEKDAY = re.compile(
    r"^[\s,、]*[(\[]?\s*(?:周|星期|礼拜)\s*[一二三四五六日天1-7]\s*[)\]]?[\s,、]*"
)
_NO_BRACKETS = str.maketrans("", "", "()[]")
_PERIOD = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|全天)"
_CLOCK = (
    rf"(?:{_PERIOD}?\s*(?:\d{{1,2}}\s*(?:[:时点]\s*(?:\d{{1,2}}|半|整|一刻|三刻)?\s*分?){{1,3}}"
    r"(?:\.\d+)?|\d{4})\s*)"
)
_TIME_OF_DAY = re.compile(
    rf"[\s,T]*(?:{_PERIOD}?\s*|{_CLOCK}(?:[-~至到\u2010-\u2015\u2212]+\s*{_CLOCK})?)"
)


class Found(NamedTuple):
    """A day at the beginning of a text, whether it had to be guessed, and what follows it."""

    day: dt.date
    guessed: bool
    rest: str


def as_date(cell: Cell, *, default_year: int | None = None) -> Read[dt.date]:
    """A day, whatever time stands beside it. A month without a day is its first.

    Raises ``CellProblem`` for a blank, an impossible or unreadable date.
    """
    found = find_day(cell, default_year)
    rest = strip_weekday(found.rest).translate(_NO_BRACKETS)
    if not _TIME_OF_DAY.fullmatch(rest):
        raise _unreadable(as_text(cell))
    return Read(found.day, guess_note(found))


def as_open_date(cell: Cell, *, default_year: int | None = None) -> Read[dt.date | None]:
    """Like ``as_date``, and ``None`` for an open end: a blank, 至今, 长期, 待定, 9999-12-31."""
    if isinstance(cell, dt.date):
        if cell.year > _FOREVER:
            return Read(None)
    else:
        text = "".join(unicodedata.normalize("NFKC", as_text(cell)).split())
        if not text or text in OPEN_WORDS or text[:4] == "9999":
            return Read(None)
    read = as_date(cell, default_year=default_year)
    return Read(read.value, read.note)


def guess_note(found: Found) -> str | None:
    """The note for a day that had to be guessed."""
    return f"日期已读作 {found.day}" if found.guessed else None


def strip_weekday(text: str) -> str:
    """A text without the weekday it begins with."""
    return _WEEKDAY.sub("", text)


def find_day(cell: Cell, default_year: int | None = None) -> Found:
    """The day at the beginning of a cell; of moments, the rest is the time as HH:MM."""
    if isinstance(cell, dt.datetime):
        rest = f"{cell:%H:%M}" if cell.time() != dt.time.min else ""
        return Found(_in_range(cell.date(), as_text(cell)), False, rest)
    if isinstance(cell, dt.date):
        return Found(_in_range(cell, as_text(cell)), False, "")
    text = unicodedata.normalize("NFKC", as_text(cell)).strip(" '\u2018\u2019")
    if not text:
        raise blank()
    if isinstance(cell, bool | dt.time):
        raise _unreadable(text)
    if isinstance(cell, int | float):
        return _from_number(cell, text)
    return _from_text(_chinese_to_digits(text), default_year)


def _from_number(number: float, text: str) -> Found:
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        moment = _EPOCH + dt.timedelta(minutes=round(number * 24 * 60))
        return find_day(moment)
    if isinstance(number, float) and not number.is_integer():
        if not FIRST_YEAR <= number <= LAST_YEAR:
            raise _unreadable(text)
        year = int(number)
        if text == f"{year}.1":
            raise CellProblem(
                "ambiguous", text, f"“{text}”分不清是 {year}-01 还是 {year}-10，请写全"
            )
    return _from_text(text, None)


def _from_text(text: str, default_year: int | None) -> Found:
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(text):
            return _from_parts(found, text, default_year)
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(found, text)
    if default_year is not None and (found := _BARE_DAY.fullmatch(text)):
        return _from_parts(found, text, default_year)
    return _from_digits(text)


def _from_parts(found: re.Match[str], text: str, default_year: int | None) -> Found:
    part = found.groupdict()
    written, day = part.get("y"), part.get("d")
    if written is None:
        if default_year is None:
            raise CellProblem("no_year", text, f"“{shown(text)}”没有写年份")
        year = default_year
    else:
        year = _whole_year(int(written)) if len(written) == 2 else int(written)
    guessed = written is None or len(written) == 2 or day is None
    return Found(_day(year, int(part["m"]), int(day or 1), text), guessed, part["rest"].strip())


def _year_last(found: re.Match[str], text: str) -> Found:
    """5/23/2024 can only be May; 5/1/2024 could be two days and is refused."""
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first <= 12 and second <= 12 and first != second:
        raise CellProblem(
            "ambiguous", text, f"“{shown(text)}”分不清哪个是月、哪个是日，请写成 2024-01-05 的样子"
        )
    month, day = (second, first) if first > 12 else (first, second)
    return Found(_day(year, month, day, text), False, found["rest"].strip())


def _from_digits(text: str) -> Found:
    """202401, 240105, 45296 and a year alone."""
    if re.fullmatch(r"\d{6}", text):
        head, month = int(text[:4]), int(text[4:])
        if FIRST_YEAR <= head <= LAST_YEAR and 1 <= month <= 12:
            return Found(_day(head, month, 1, text), True, "")
        year = _whole_year(int(text[:2]))
        return Found(_day(year, int(text[2:4]), int(text[4:]), text), True, "")
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and _FIRST_SERIAL <= float(text) <= _LAST_SERIAL:
        return _from_number(float(text), text)._replace(guessed=True)
    if re.fullmatch(r"(19|20)\d\d年?", text):
        raise CellProblem("no_month", text, f"“{text}”只有年份，没有月份")
    raise _unreadable(text)


def _whole_year(short: int) -> int:
    return short + (1900 if short >= _PIVOT else 2000)


def _day(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        return _in_range(dt.date(year, month, day), text)
    except ValueError as error:
        if isinstance(error, CellProblem):
            raise
        raise CellProblem("impossible", text, f"没有“{shown(text)}”这一天") from error


def _in_range(day: dt.date, text: str) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellProblem("year", text, f"“{shown(text)}”的年份不对")
    return day


def _unreadable(text: str) -> CellProblem:
    return CellProblem("date", text, f"“{shown(text)}”看不出是哪一天，请写成 2024-01-05 的样子")


def _chinese_to_digits(text: str) -> str:
    """二〇二四年一月五日 → 2024年1月5日; other texts as they are."""
    found = _CHINESE_DATE.match(text)
    if found is None:
        return text
    year, month, day = (chinese_number(part) if part else None for part in found.groups())
    end = "" if day is None else f"{day}日"
    return f"{year:0{len(found[1])}}年{month}月{end}{text[found.end() :]}"
