"""Weeks, statutory holidays, make-up workdays and recurrence, on local civil dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class YearHolidays:
    """One year's statutory table.

    ``days_off``: date → name of the holiday for every day off that the notice names
    (weekends inside it included); ``workdays``: make-up workdays (调休上班) → holiday name.
    """

    year: int
    days_off: Mapping[date, str] = field(default_factory=dict)
    workdays: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HolidayDay:
    """One day of the office's own holiday table: off, or a make-up workday."""

    day: date
    working: bool
    name: str = ""


def week_start(day: date) -> date:
    """The Monday of the ISO week containing the day."""
    return day - timedelta(days=day.weekday())


def is_complete(year: int, days_off: Iterable[date]) -> bool:
    """Whether a list of days off is a whole year's statutory table.

    Every yearly notice names 元旦 (01-01) and 国庆节 (10-01). A table that lacks either was
    begun, or only touched by a neighbouring year's notice, and is not to be relied on.
    """
    named = {(d.month, d.day) for d in days_off if d.year == year}
    return {(1, 1), (10, 1)} <= named


class Calendar:
    """Which days are worked: statutory tables, then the office's own days over them.

    ``years`` maps a year to its table or to ``None`` where the kept library does not know
    it. For such a year only weekends are off until the office's own days complete it (see
    :func:`is_complete`); :meth:`known` tells, and whoever shows a result says so.
    """

    def __init__(
        self, years: Mapping[int, YearHolidays | None], own: Iterable[HolidayDay] = ()
    ) -> None:
        self._off: dict[date, str] = {}
        self._worked: dict[date, str] = {}
        for table in years.values():
            if table is not None:
                self._off.update(table.days_off)
                self._worked.update(table.workdays)
        self._known: set[int] = {year for year, table in years.items() if table is not None}
        self._lay_over(list(own))

    def _lay_over(self, own: list[HolidayDay]) -> None:
        own_off = [entry.day for entry in own if not entry.working]
        self._known |= {d.year for d in own_off if is_complete(d.year, own_off)}
        for entry in own:
            name = entry.name or self._off.get(entry.day, "") or self._worked.get(entry.day, "")
            makes_up = entry.day.weekday() >= 5 or entry.day in self._off
            self._off.pop(entry.day, None)
            self._worked.pop(entry.day, None)
            if not entry.working:
                self._off[entry.day] = name
            elif makes_up:
                self._worked[entry.day] = name

    def known(self, year: int) -> bool:
        """Whether the year's holidays are known; if not, only weekends are."""
        return year in self._known

    def is_workday(self, day: date) -> bool:
        """Whether the office works that day: a make-up Saturday is a workday."""
        if day in self._worked:
            return True
        return day.weekday() < 5 and day not in self._off

    def name(self, day: date) -> str:
        """The holiday that makes the day off or a make-up workday; "" for any other day."""
        return self._off.get(day) or self._worked.get(day, "")

    def note(self, day: date) -> str:
        """休 on a named day off, 班 on a make-up workday, "" on any other day."""
        if day in self._worked:
            return "班"
        return "休" if day in self._off else ""

    def next_workday(self, day: date) -> date:
        """The first workday after the day."""
        return self._seek(day, timedelta(days=1))

    def previous_workday(self, day: date) -> date:
        """The last workday before the day."""
        return self._seek(day, timedelta(days=-1))

    def _seek(self, day: date, step: timedelta) -> date:
        day += step
        while not self.is_workday(day):
            day += step
        return day
