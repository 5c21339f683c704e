"""Recurrence: an RFC 5545 rule and a holiday policy give the dates of a series."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from dateutil.rrule import rrulestr

from bulletin_study.domain.calendar import Calendar
from bulletin_study.domain.errors import BadRecurrence, BadValue, EndBeforeStart
from bulletin_study.domain.sessions import HolidayPolicy

MOST_OCCURRENCES = 2000

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_NUMBERS: dict[str, tuple[int, int]] = {
    "INTERVAL": (1, 999),
    "COUNT": (1, MOST_OCCURRENCES),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366),
}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_LOCAL = timedelta(hours=8)
_WEEKDAYS = "一二三四五六日"


class Recurring(Protocol):
    """What the dates of a series follow from; a stored or a drafted series is one."""

    @property
    def rrule(self) -> str: ...

    @property
    def start(self) -> datetime: ...

    @property
    def minutes(self) -> int: ...

    @property
    def until(self) -> date: ...

    @property
    def holiday(self) -> HolidayPolicy: ...


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series: ``planned`` by the rule, held on ``day`` (``None``: skipped).

    ``reason`` says in Chinese why ``day`` differs from ``planned``, or why a day off was
    kept; "" on an ordinary workday.
    """

    planned: date
    day: date | None
    reason: str = ""

    @property
    def moved(self) -> bool:
        """Whether the holiday policy gave it another day."""
        return self.day is not None and self.day != self.planned


def occurrences(series: Recurring, calendar: Calendar) -> tuple[Occurrence, ...]:
    """Every occurrence of a series, by planned date.

    ``until`` bounds the planned date, so a holiday may carry the last one past it. Two that
    land on one day are both given. Raises ``BadRecurrence`` for a rule that cannot be read,
    never occurs, or occurs more than 2,000 times; ``EndBeforeStart`` and ``BadValue`` for
    an impossible span or length.
    """
    end_time(series.start, series.minutes)
    if series.until < series.start.date():
        raise EndBeforeStart("系列日期", str(series.start.date()), str(series.until))
    planned = list(_planned_days(series))
    if not planned:
        raise BadRecurrence(series.rrule, f"到 {series.until} 为止没有一个日期符合")
    return tuple(_placed(day, series.holiday, calendar) for day in planned)


def end_time(start: datetime, minutes: int) -> time:
    """When a session that starts then and lasts so many minutes ends, on the same day.

    Raises ``BadValue`` when it has no length or would run past midnight.
    """
    if minutes <= 0:
        raise BadValue("时长", str(minutes), "大于 0 的分钟数")
    left = 24 * 60 - 1 - start.hour * 60 - start.minute
    if minutes > left:
        most = f"不跨零点的分钟数（从 {start:%H:%M} 起最多 {left}）"
        raise BadValue("时长", str(minutes), most)
    return (start.replace(second=0, microsecond=0) + timedelta(minutes=minutes)).time()


def same_days(found: Iterable[Occurrence]) -> tuple[date, ...]:
    """Dates on which two or more occurrences land."""
    seen: set[date] = set()
    twice: set[date] = set()
    for one in found:
        if one.day is not None:
            (twice if one.day in seen else seen).add(one.day)
    return tuple(sorted(twice))


def day_words(day: date) -> str:
    """A date as lists show it: 2022-10-08 周六."""
    return f"{day.isoformat()} 周{_WEEKDAYS[day.weekday()]}"


def normal_rule(rule: str) -> str:
    """The rule in its canonical spelling, checked part by part.

    Full-width signs, lower case, blanks and a leading ``RRULE:`` are accepted; the end
    ``UNTIL`` may be a date (that day included) or a UTC instant (taken at UTC+8). Parts
    finer than a day are refused: a series has one time of day. Raises ``BadRecurrence``.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", rule)).upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for part in filter(None, text.split(";")):
        name, _, value = part.partition("=")
        if name in parts:
            raise BadRecurrence(rule, f"{name} 写了两次")
        parts[name] = _checked(rule, name, value)
    if "FREQ" not in parts:
        raise BadRecurrence(rule, "缺少 FREQ，例如 FREQ=WEEKLY;BYDAY=MO")
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRecurrence(rule, "COUNT 和 UNTIL 只能写一个")
    _check_numbered_weekdays(rule, parts)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def rest_of_rule(rule: str, already: int) -> str:
    """The rule for the part of a series after so many occurrences: ``COUNT`` goes down."""
    text = normal_rule(rule)
    return re.sub(r"COUNT=(\d+)", lambda m: f"COUNT={max(int(m[1]) - already, 1)}", text)


def _check_numbered_weekdays(rule: str, parts: Mapping[str, str]) -> None:
    """A month has five Mondays at most, a year 53, a week just one."""
    numbers = [int(found) for found in re.findall(r"[+-]?\d+", parts.get("BYDAY", ""))]
    if numbers and parts["FREQ"] in ("DAILY", "WEEKLY"):
        raise BadRecurrence(rule, "“第几个星期几”只能按月或按年重复")
    within_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    most, what = (5, "一个月") if within_month else (53, "一年")
    if any(not 1 <= abs(number) <= most for number in numbers):
        raise BadRecurrence(rule, f"{what}里“第几个星期几”只能是 1 到 {most}，倒数前面加 -")


def _checked(rule: str, name: str, value: str) -> str:
    if name == "FREQ":
        valid = value in _FREQUENCIES
    elif name == "BYDAY":
        valid = all(_DAY.fullmatch(day) for day in value.split(","))
    elif name == "WKST":
        valid = value in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    elif name == "UNTIL":
        return _local_until(rule, value)
    elif name in _NUMBERS:
        valid = all(_in_range(number, *_NUMBERS[name]) for number in value.split(","))
    else:
        raise BadRecurrence(rule, f"不支持 {name or '空的部分'}")
    if not valid:
        raise BadRecurrence(rule, f"{name} 的值“{value}”不对")
    return value


def _in_range(text: str, least: int, most: int) -> bool:
    if not re.fullmatch(r"[+-]?\d{1,4}", text):
        return False
    return int(text) != 0 and least <= int(text) <= most


def _local_until(rule: str, value: str) -> str:
    found = _UNTIL.fullmatch(value)
    if not found:
        raise BadRecurrence(rule, f"UNTIL 的值“{value}”不是日期")
    try:
        moment = datetime.strptime(found[1] + (found[2] or "235959"), "%Y%m%d%H%M%S")
        return (moment + _LOCAL if found[3] else moment).strftime("%Y%m%dT%H%M%S")
    except (ValueError, OverflowError) as error:
        raise BadRecurrence(rule, f"UNTIL 的值“{value}”不是日期") from error


def _planned_days(series: Recurring) -> Iterator[date]:
    """Dates the rule gives up to ``until``; stops with a refusal at the limit."""
    text = normal_rule(series.rrule)
    try:
        rule = rrulestr(text, dtstart=series.start.replace(second=0, microsecond=0, tzinfo=None))
    except ValueError as error:
        raise BadRecurrence(series.rrule, "写法不对，例如 FREQ=WEEKLY;BYDAY=MO") from error
    for number, moment in enumerate(rule, start=1):
        day = moment.date()
        if day > series.until:
            return
        if number > MOST_OCCURRENCES:
            raise BadRecurrence(series.rrule, f"到 {series.until} 为止超过 {MOST_OCCURRENCES} 次")
        yield day


def _placed(planned: date, policy: HolidayPolicy, calendar: Calendar) -> Occurrence:
    if calendar.is_workday(planned):
        return Occurrence(planned, planned)
    name = calendar.name(planned)
    why = f"{name}放假" if name else "周末" if planned.weekday() >= 5 else "放假"
    if policy is HolidayPolicy.SKIP:
        return Occurrence(planned, None, f"{why}，跳过")
    if policy is HolidayPolicy.KEEP:
        return Occurrence(planned, planned, f"{why}，仍在原定日期")
    if policy is HolidayPolicy.NEXT:
        day, verb = calendar.next_workday(planned), "顺延到"
    else:
        day, verb = calendar.previous_workday(planned), "提前到"
    makes_up = "（调休上班）" if calendar.note(day) == "班" else ""
    return Occurrence(planned, day, f"{why}，{verb} {day_words(day)}{makes_up}")
