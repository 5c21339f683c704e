"""The periods a clerk asks for, and the part of a toolbar that chooses one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from bulletin_study.domain.calendar import week_start
from bulletin_study.ui.controls import label
from bulletin_study.ui.toolbar import Toolbar
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.widgets.segmented import Segmented

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


class PeriodChoice(QObject):
    """A segment for each period and two days to type. ``changed(first, last)`` when another
    period holds; ``refused(sentence)`` when what was typed is none."""

    changed = Signal(object, object)
    refused = Signal(str)

    def __init__(self, today: date, what: str) -> None:
        """``what`` is what stays as it was when a period is refused, e.g. 统计."""
        super().__init__()
        self._today, self._what = today, what
        self.first, self.last = span(YEAR, today)
        self.segments = Segmented(CHOICES)
        self.segments.set_value(YEAR)
        self.segments.changed.connect(self._chosen)
        self.first_field, self.last_field = DateField(required=True), DateField(required=True)
        for field in (self.first_field, self.last_field):
            field.setFixedWidth(136)
            field.autosave.committed.connect(self._typed)
        self._show()

    def add_to(self, toolbar: Toolbar, *, optional: bool = False) -> None:
        """Stand in the left part of a toolbar; ``optional`` lets the days hide for want of room."""
        toolbar.add_left(self.segments)
        toolbar.add_left(self.first_field, optional=optional)
        toolbar.add_left(label("至"), optional=True)
        toolbar.add_left(self.last_field, optional=optional)

    def choose_year(self) -> None:
        """This year again, without telling."""
        self.segments.set_value(YEAR)
        self.first, self.last = span(YEAR, self._today)
        self._show()

    def _chosen(self, choice: str) -> None:
        if choice == CUSTOM:
            self.first_field.setFocus()
        else:
            self._take(*span(choice, self._today))

    def _typed(self, *_: object) -> None:
        first, last = self.first_field.value(), self.last_field.value()
        if first is None or last is None:
            return
        if first > last:
            self.refused.emit(f"结束日期早于开始日期，{self._what}没有变。请改其中一个。")
            return
        self.segments.set_value(CUSTOM)
        self._take(first, last)

    def _take(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._show()
        self.changed.emit(first, last)

    def _show(self) -> None:
        self.first_field.set_value(self.first)
        self.last_field.set_value(self.last)
