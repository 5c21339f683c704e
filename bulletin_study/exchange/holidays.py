"""Statutory holidays and make-up workdays from the kept library (chinesecalendar)."""

from __future__ import annotations

from functools import lru_cache

from bulletin_study.domain.calendar import YearHolidays, is_complete


@lru_cache(maxsize=64)
def year_holidays(year: int) -> YearHolidays | None:
    """One year's table with Chinese names, or ``None`` when the library does not know it.

    The tables themselves are read, never the library's functions: those raise for a year
    they do not know, or leave it without holidays.
    """
    from chinese_calendar.constants import Holiday, holidays, workdays

    chinese = {entry.value: str(entry.chinese) for entry in Holiday}
    days_off = {d: chinese.get(name, name) for d, name in holidays.items() if d.year == year}
    if not is_complete(year, days_off):
        return None
    worked = {d: chinese.get(name, name) for d, name in workdays.items() if d.year == year}
    return YearHolidays(year, days_off, worked)
