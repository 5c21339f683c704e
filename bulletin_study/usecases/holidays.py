"""The calendar an office works by: the kept library's tables and the office's own days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.calendar import Calendar, HolidayDay
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One line of a year's table; ``own`` when the office entered (or overruled) it."""

    day: date
    working: bool
    name: str
    own: bool


def load_calendar(unit: UnitOfWork, years: Iterable[int]) -> Calendar:
    """The calendar of these years, with the office's own days over it."""
    tables = {year: unit.services.holidays(year) for year in years}
    return Calendar(tables, unit.all(HolidayDay))


def calendar_between(unit: UnitOfWork, first: date, last: date) -> Calendar:
    """The calendar of a period and the years beside it, where shifts may lead."""
    return load_calendar(unit, range(first.year - 1, last.year + 2))


def holiday_rows(unit: UnitOfWork, year: int) -> list[HolidayRow]:
    """A year's days off and make-up workdays by date, to be looked over and completed."""
    table = unit.services.holidays(year)
    rows: dict[date, HolidayRow] = {}
    if table is not None:
        rows = {d: HolidayRow(d, False, name, False) for d, name in table.days_off.items()}
        rows |= {d: HolidayRow(d, True, name, False) for d, name in table.workdays.items()}
    for entry in unit.all(HolidayDay):
        if entry.day.year == year:
            rows[entry.day] = HolidayRow(entry.day, entry.working, entry.name, True)
    return [rows[day] for day in sorted(rows)]


def put_holidays(unit: UnitOfWork, days: Sequence[HolidayDay]) -> Committed:
    """Enter days off and make-up workdays of the office's own table, or change them.

    Sessions already planned stay where they are.
    """
    unit.put(*days)
    return unit.commit(f"登记节假日：{_days_text(days)}")


def remove_holidays(unit: UnitOfWork, days: Sequence[HolidayDay]) -> Committed:
    """Take days out of the office's own table; the library's word stands again.

    Raises ``Stale`` when one is no longer as given.
    """
    unit.remove(*days)
    return unit.commit(f"删除登记的节假日：{_days_text(days)}")


def _days_text(days: Sequence[HolidayDay]) -> str:
    first = min(days, key=lambda entry: entry.day, default=None)
    if first is None:
        return "没有"
    words = "上班" if first.working else "放假"
    text = f"{first.day} {first.name}{words}"
    return text if len(days) == 1 else f"{text}等 {len(days)} 天"
