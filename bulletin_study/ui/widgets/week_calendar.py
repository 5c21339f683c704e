"""A continuous calendar, one week a row: what lies on each day as a shape, holidays in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bulletin_study.ui.banner import ShapeMark
from bulletin_study.ui.controls import icon_button, label, small_button
from bulletin_study.ui.shapes import ARROW, CIRCLE, CROSS, DOT
from bulletin_study.ui.widgets.week_grid import WeekGrid

_LEGEND: Final = ((DOT, "green", "已开展"), (CIRCLE, "blue", "计划"),
                  (ARROW, "amber", "改期"), (CROSS, "text2", "取消"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayMark:
    """What lies on a day: a shape in a tone, and 休 or 班 when the day is no plain one."""

    shape: str = ""
    tone: str = "text2"
    word: str = ""
    tip: str = ""


class WeekCalendar(QWidget):
    """Title with ‹ 今天 ›, the weeks, and the legend.

    Arrows move the selected day (the weeks follow), PgUp and PgDn by four weeks, Home to
    today; ``day_selected`` when the user selects, ``day_opened`` on Enter or double click,
    ``range_changed(first, last)`` when other weeks come into sight.
    """

    day_selected = Signal(date)
    day_opened = Signal(date)
    range_changed = Signal(date, date)

    day_clicked = Signal(date)
    """A day was selected by the mouse (``day_selected`` is emitted too)."""

    def __init__(self, weeks: int = 14, *, legend: bool = True) -> None:
        super().__init__()
        self.setProperty("surface", "plain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.grid = WeekGrid(weeks)
        self.grid.day_selected.connect(self.day_selected)
        self.grid.day_opened.connect(self.day_opened)
        self.grid.day_clicked.connect(self.day_clicked)
        self.grid.range_changed.connect(self._moved)
        self._title = label("", "title")
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(icon_button("chevron-left", "前四周", small=True,
                                   on_click=lambda: self.grid.scroll_weeks(-4)))  # fmt: skip
        head.addWidget(small_button("今天", on_click=self.go_today))
        head.addWidget(icon_button("chevron-right", "后四周", small=True,
                                   on_click=lambda: self.grid.scroll_weeks(4)))  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 12, 8)
        column.setSpacing(4)
        head.setContentsMargins(8, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.grid, 100)
        if legend:
            column.addLayout(_legend())
        column.addStretch(1)
        self.setFocusProxy(self.grid)
        self._moved(self.grid.first, self.grid.last)

    @property
    def first(self) -> date:
        """The first day in sight, a Monday."""
        return self.grid.first

    @property
    def last(self) -> date:
        """The last day in sight, a Sunday."""
        return self.grid.last

    @property
    def selected(self) -> date | None:
        """The selected day."""
        return self.grid.selected

    def set_today(self, day: date) -> None:
        """Which day is inverted."""
        self.grid.set_today(day)

    def set_days(self, days: Mapping[date, DayMark]) -> None:
        """What lies on the days."""
        self.grid.set_days(days)

    def set_selected(self, day: date | None) -> None:
        """Select a day without telling; its week comes into sight."""
        self.grid.set_selected(day)

    def show_from(self, day: date) -> None:
        """Let the week of this day be the first row."""
        self.grid.show_from(day)

    def go_today(self) -> None:
        """Bring today into sight, with eight weeks before it."""
        self.grid.show_from(self.grid.today - timedelta(weeks=8))

    def _moved(self, first: date, last: date) -> None:
        # A week that only touches a month does not name it.
        early, late = first + timedelta(days=6), last - timedelta(days=6)
        words = f"{early:%Y}年 {early.month}—{late.month}月"
        if early.year != late.year:
            words = f"{early:%Y}年{early.month}月—{late:%Y}年{late.month}月"
        self._title.setText(words)
        self.range_changed.emit(first, last)


def _legend() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    row.setContentsMargins(4, 0, 0, 0)
    for shape, tone, words in _LEGEND:
        row.addWidget(ShapeMark(shape, tone))
        row.addWidget(label(words, "secondary"))
        row.addSpacing(4)
    row.addStretch(1)
    for word, tone in (("休", "green"), ("班", "amber")):
        made: QLabel = label(word, "secondary", tone=tone)
        row.addWidget(made)
        row.addSpacing(4)
    return row
