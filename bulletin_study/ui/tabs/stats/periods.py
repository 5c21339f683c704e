"""The periods a clerk asks for."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bulletin_study.domain.calendar import week_start

WEEK, MONTH, QUARTER, HALF, YEAR, CUSTOM = "week", "month", "quarter", "half", "year", "custom"

CHOICES = (
    ("本周", WEEK),
    ("本月", MONTH),
    ("本季", QUARTER),
    ("半年", HALF),
    ("本年", YEAR),
    ("自定义", CUSTOM),
)


def span(choice: str, today: date) -> tuple[date, date]:
    """First and last day of the period around today."""
    year, month = today.year, today.month
    match choice:
        case "week":
            monday = week_start(today)
            return monday, monday + timedelta(days=6)
        case "month":
            return _months(year, month, month)
        case "quarter":
            first = (month - 1) // 3 * 3 + 1
            return _months(year, first, first + 2)
        case "half":
            return _months(year, 1, 6) if month <= 6 else _months(year, 7, 12)
        case _:
            return _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
