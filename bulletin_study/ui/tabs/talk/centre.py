"""The middle of the page: the list and the board of the same places, one of them in sight."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedWidget

from bulletin_study.domain.rotation import RoundProgress
from bulletin_study.ui.tabs.talk.list_pane import TalkListPane
from bulletin_study.ui.tabs.talk.rows import Span
from bulletin_study.ui.tabs.talk.week_pane import WeekPane
from bulletin_study.usecases.talk_page import Spot, TalkLine, TalkPage


class View(StrEnum):
    """How the places are shown."""

    LIST = "list"
    WEEKS = "weeks"


class TalkCentre(QStackedWidget):
    """One selection for both. Signals as the list's and the board's own."""

    chosen = Signal(object)
    opened = Signal(object)
    menu_wanted = Signal(object, QPoint)
    pin_pressed = Signal()
    swap_pressed = Signal()
    clear_pressed = Signal()
    moved = Signal(object, int, object)
    refused = Signal(str)
    said = Signal(str)
    filter_dropped = Signal()
    all_wanted = Signal()
    series_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.places, self.weeks = TalkListPane(), WeekPane()
        self.addWidget(self.places)
        self.addWidget(self.weeks)
        self.list, self.model = self.places.list, self.places.model
        board = self.weeks.board
        self.places.chosen.connect(self._list_chose)
        board.chosen.connect(self._board_chose)
        self.places.swap_pressed.connect(self.swap_pressed)
        self.places.filter_dropped.connect(self.filter_dropped)
        board.clear_pressed.connect(self.clear_pressed)
        board.moved.connect(self.moved)
        board.refused.connect(self.refused)
        board.said.connect(self.said)
        self.places.clear_pressed.connect(self.clear_pressed)
        for part in (self.places, board):
            part.opened.connect(self.opened)
            part.menu_wanted.connect(self.menu_wanted)
            part.pin_pressed.connect(self.pin_pressed)
        for pane in (self.places, self.weeks):
            pane.all_wanted.connect(self.all_wanted)
            pane.series_wanted.connect(self.series_wanted)

    @property
    def view(self) -> View:
        """Which of the two is in sight."""
        return View.WEEKS if self.currentWidget() is self.weeks else View.LIST

    @property
    def line(self) -> TalkLine | None:
        """The selected place."""
        if self.view is View.WEEKS:
            return self.weeks.board.line
        found: TalkLine | None = self.list.current_row()
        return found

    @property
    def inside(self) -> list[TalkLine]:
        """The places of the span, whatever is filtered."""
        return self.places.inside

    def show_view(self, view: View) -> None:
        """Turn to the list or the board; the same place stays selected."""
        line = self.line
        self.setCurrentWidget(self.weeks if view is View.WEEKS else self.places)
        if line is not None:
            self.select(line.key)

    def show_loading(self) -> None:
        """Say that it is being read, if that takes longer than a moment."""
        self.places.show_loading()
        self.weeks.show_loading()

    def show_page(self, page: TalkPage) -> None:
        """Show what was read."""
        self.places.show_page(page)
        self.weeks.show_page(page)
        line = self.list.current_row()
        if self.view is View.LIST or self.weeks.board.line is None:
            self.weeks.board.select(line.key if line is not None else None, reveal=False)

    def show_round(self, progress: RoundProgress) -> None:
        """Bring a round into sight, on the board with its progress."""
        self.weeks.show_round(progress)
        rows = (ln for ln in self.model.rows() if ln.row.round == progress.number)
        first = next(rows, None)
        if first is not None and progress.number != progress.running:
            self.places.select(first.key)
        elif progress.number == progress.running:
            self.places.to_coming()

    def narrow(self, span: Span, words: str) -> None:
        """Show the places of a span that hold the words."""
        self.places.narrow(span, words)
        self.weeks.narrow(span, words)

    def select(self, key: Spot) -> bool:
        """Select a place in both; False when it is narrowed away in the one in sight."""
        listed, shown = self.places.select(key), self.weeks.select(key)
        return listed or (shown and self.view is View.WEEKS)

    def step(self, by: int) -> None:
        """To the next or the previous place, by date."""
        self.list.step(by)
        line = self.list.current_row()
        self.weeks.select(line.key if line is not None else None)

    def set_focus(self) -> None:
        """Put the focus on whichever is in sight."""
        (self.weeks if self.view is View.WEEKS else self.list).setFocus()

    def _list_chose(self, line: TalkLine | None) -> None:
        if self.view is View.LIST:
            self.weeks.board.select(line.key if line is not None else None, reveal=False)
        self.chosen.emit(line)

    def _board_chose(self, line: TalkLine | None) -> None:
        """The list follows and tells; a place that it filters away is told from here."""
        if line is not None and not self.places.select(line.key):
            self.chosen.emit(line)
