"""The sessions to choose from: today's, those still open, what comes, what is archived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.controls import link_button, surface
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.signin import words
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.usecases.sign_in_page import COMING, RECENT, Shelf, ShelfRow
from bulletin_study.usecases.titles import day_text

_EARLIER, _LATER = timedelta(weeks=26), timedelta(weeks=8)


class SessionsPane(QWidget):
    """``chosen(session id)`` as the selection moves; ``settled`` when one was clicked or
    opened, so that a popup may close; ``span_changed`` to read more."""

    chosen = Signal(int)
    settled = Signal()
    span_changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._back, self._ahead = RECENT, COMING
        self._filling = False
        self.shelf: Shelf | None = None
        self._model: RowsModel[ShelfRow] = RowsModel(
            [
                Column("what", "", self._what, least=110, most=400),
                Column("day", "", self._day, width=80, right=True),
            ],
            key=lambda row: row.session.id,
        )
        self.list = ListView(self._model, row_height=52, header=False, folds=False)
        self.list.current_changed.connect(self._picked)
        self.list.opened.connect(lambda row: self.settled.emit())
        self.list.clicked.connect(lambda index: self.settled.emit())
        self.stack = PaneStack(self.list)
        self._foot = surface("footer")
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(8, 4, 8, 4)
        self._earlier = link_button("更早半年", on_click=self._more_earlier)
        self._later = link_button("以后 8 周", on_click=self._more_later)
        row.addWidget(self._earlier)
        row.addStretch(1)
        row.addWidget(self._later)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot)
        self.setFocusProxy(self.list)

    @property
    def span(self) -> tuple[date, date]:
        """The dates to read."""
        today = self._today()
        return today - self._back, today + self._ahead

    def show_shelf(self, shelf: Shelf, current: int | None) -> None:
        """Show the sessions with one of them selected; nothing is told."""
        self._filling = True
        self.shelf = shelf
        groups = (
            ("today", "今天", shelf.today),
            ("open", "待归档", shelf.open),
            ("coming", "接下来", shelf.coming),
            ("archived", "已归档", shelf.archived),
            ("cancelled", "取消", shelf.cancelled),
        )
        self._model.set_groups(
            [(GroupRow(key, title), rows) for key, title, rows in groups if rows]
        )
        if shelf.rows:
            self.stack.show_content()
            row = self.list.current_row()
            if row is None or row.session.id != current:
                self.list.select_key(current)
        else:
            self.stack.show_empty("这段时间没有场次。")
        self._earlier.setVisible(shelf.earlier)
        self._later.setVisible(shelf.later)
        self._foot.setVisible(shelf.earlier or shelf.later)
        self._filling = False

    def step(self, by: int) -> None:
        """The next or previous session of the list."""
        self.list.step(by)

    def _picked(self, row: ShelfRow | None) -> None:
        if row is not None and not self._filling:
            self.chosen.emit(row.session.id)

    def _more_earlier(self) -> None:
        self._back += _EARLIER
        self.span_changed.emit()

    def _more_later(self) -> None:
        self._ahead += _LATER
        self.span_changed.emit()

    def _what(self, row: ShelfRow) -> Cell:
        text, tone, shape = words.shelf_chip(row, self._today())
        tip = f"缺项归档：{row.session.waiver}" if row.session.waiver else row.session.theme
        name = words.numbered(row.row)
        return Cell(name, second=text, second_tone=tone, second_shape=shape, second_chip=True,
                    tip=f"{name}  {tip}".strip())  # fmt: skip

    def _day(self, row: ShelfRow) -> Cell:
        return Cell(day_text(row.session.day), second=" ", tone="text2")
