"""The left pane: the calendar, what is not known about its years, and how to complete it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bulletin_study.ui.banner import ShapeMark
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label, link_button, surface
from bulletin_study.ui.tabs.study.holiday_pane import HolidayPane
from bulletin_study.ui.tabs.study.marks import day_marks
from bulletin_study.ui.widgets.week_calendar import WeekCalendar
from bulletin_study.usecases.study_page import StudyPage

WEEKS: Final = timedelta(weeks=14)
"""How much the calendar shows at most."""


class CalendarPane(QStackedWidget):
    """``picked(day)`` when the user chose a day, ``opened(day)`` on Enter or double click,
    ``turned()`` when other weeks came into sight by the user's hand."""

    picked = Signal(date)
    opened = Signal(date)
    turned = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._quiet = False
        self.calendar = WeekCalendar()
        self.calendar.day_selected.connect(self.picked)
        self.calendar.day_opened.connect(self.opened)
        self.calendar.range_changed.connect(self._turned)
        self.holidays = HolidayPane(context)
        self.holidays.left.connect(self.show_calendar)
        self.note = label("", "secondary", wrap=True)
        self._note_line = QWidget()
        self.open_holidays = link_button(
            "节假日…", tip="查看、补登放假和调休的日子", on_click=self.show_holidays
        )
        self.addWidget(self._front())
        self.addWidget(self.holidays)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusProxy(self.calendar)

    def set_today(self, day: date) -> None:
        """Which day is today; eight weeks before it come first."""
        self._quiet = True
        self.calendar.set_today(day)
        self._quiet = False

    def show_page(self, page: StudyPage) -> None:
        """Marks and notes for what was read."""
        ask = page.ask
        self.calendar.set_days(
            day_marks(page.seen, page.calendar, ask.seen_first, ask.seen_last)
        )
        # Not by what is in sight: the note itself takes room from it.
        years = sorted({self.calendar.first.year, (self.calendar.first + WEEKS).year})
        unknown = [str(year) for year in years if not page.calendar.known(year)]
        words = f"{'、'.join(unknown)} 年只知道周末，放假和调休还没有登记。" if unknown else ""
        self.note.setText(words)
        self._note_line.setVisible(bool(words))
        self.holidays.suggest_year(int(unknown[0]) if unknown else page.today.year)

    def select(self, day: date | None) -> None:
        """Select a day without telling."""
        self._quiet = True
        self.calendar.set_selected(day)
        self._quiet = False

    def show_from(self, day: date) -> None:
        """Let the week of this day be the first, without telling."""
        self._quiet = True
        self.calendar.show_from(day)
        self._quiet = False

    def show_holidays(self) -> None:
        """Turn to the table of days off."""
        self.holidays.reload()
        self.setCurrentWidget(self.holidays)
        self.holidays.focus_first()

    def show_calendar(self) -> None:
        """Turn back to the calendar."""
        self.setCurrentIndex(0)
        self.calendar.setFocus()

    def _turned(self, first: date, last: date) -> None:
        if not self._quiet:
            self.turned.emit()

    def _front(self) -> QWidget:
        front = surface("pane-left")
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self.calendar, 1)
        line = QHBoxLayout(self._note_line)
        line.setContentsMargins(16, 4, 12, 0)
        line.setSpacing(4)
        line.addWidget(ShapeMark("triangle", "amber"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.note, 1)
        column.addWidget(self._note_line)
        self._note_line.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 0, 12, 8)
        foot.addWidget(self.open_holidays)
        foot.addStretch(1)
        column.addLayout(foot)
        return front
