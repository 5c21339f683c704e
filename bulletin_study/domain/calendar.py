"""Weeks, statutory holidays, make-up workdays and recurrence, on local civil dates."""

from __future__ import annotations

from collections.abc import Mapping
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
