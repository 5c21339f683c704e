"""Between the calendar and the list: which months are shown, which day is meant."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from bulletin_study.ui.tabs.study.calendar_pane import CalendarPane
from bulletin_study.ui.tabs.study.centre import StudyCentre
from bulletin_study.ui.tabs.study.inspector import Mode, StudyInspector
from bulletin_study.ui.tabs.study.rows import month_span
from bulletin_study.usecases.titles import day_text


class DaysSide(QObject):
    """``month`` is the first of three that the list shows; ``day`` one that was picked and
    has no session, on which a new one would be.

    ``reload_wanted`` when other months are to be read, ``opened(day)`` on Enter.
    """

    reload_wanted = Signal()
    opened = Signal(date)

    def __init__(
        self, pane: CalendarPane, centre: StudyCentre, studio: StudyInspector, page: QWidget
    ) -> None:
        super().__init__(page)
        self._pane, self._centre, self._studio = pane, centre, studio
        self.by_month = True
        self.day: date | None = None
        self.month = self._in_sight()
        pane.picked.connect(self.pick)
        pane.opened.connect(self._open)
        pane.turned.connect(self._turned)
        grid = pane.calendar.grid
        for keys, act in (
            ("Alt+Left", lambda: grid.scroll_weeks(-4)),
            ("Alt+Right", lambda: grid.scroll_weeks(4)),
            ("Alt+Home", pane.calendar.go_today),
        ):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of the months shown."""
        return month_span(self.month)

    def include(self, day: date) -> bool:
        """Let the months shown hold a day; False when they did already."""
        first, last = self.span
        if first <= day <= last:
            return False
        # The day comes in the second of the three.
        self.month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
        return True

    def show(self, day: date) -> None:
        """A session of this day was selected in the list."""
        self.day = None
        self._pane.select(day)

    def pick(self, day: date) -> None:
        """The user chose a day: its session is selected, or one may be made there."""
        self._centre.show_plan(False)
        board = self._centre.board
        if self.by_month and self.include(day):
            board.want_day(day)
            self.day = day
            self.reload_wanted.emit()
            return
        row = board.row_on(day)
        if row is not None:
            board.list.select_key(row.session.id)
        elif self._studio.mode is Mode.NEW:
            self._studio.new.set_day(day)
        else:
            board.list.select_key(None)
            self._studio.nothing(f"{day_text(day)}没有场次。按“新建场次”，就建在这一天。")
            self.day = day

    def _open(self, day: date) -> None:
        self.pick(day)
        self.opened.emit(day)

    def _turned(self) -> None:
        """The user scrolled the calendar: the months of the list follow."""
        self.month = self._in_sight()
        self.reload_wanted.emit()

    def _in_sight(self) -> date:
        return (self._pane.calendar.first + timedelta(days=6)).replace(day=1)
