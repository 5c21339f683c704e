"""A card with a list as tall as its rows: the page scrolls, the list does not."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from bulletin_study.ui.cells import Column
from bulletin_study.ui.controls import label, link_button
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tokens import HEADER, ROW_TWO
from bulletin_study.ui.widgets.card import Card
from bulletin_study.ui.widgets.list_view import ListView

R = TypeVar("R")


class _Signals(Card):
    """Signals cannot stand in a generic class."""

    opened = Signal(object)


class ListCard(_Signals, Generic[R]):
    """``opened(row)``. Beyond ``few`` rows the rest waits behind a link; without rows the
    card says so in one line, or is not there at all."""

    def __init__(
        self, title: str, columns: Sequence[Column[R]], key: Callable[[R], Hashable], *,
        few: int = 8, row_height: int = ROW_TWO, header: bool = False, empty: str = "",
    ) -> None:  # fmt: skip
        super().__init__(title, margin=0)
        self._name, self._few, self._row = title, few, row_height
        self._header = HEADER + 1 if header else 0
        self._rows: Sequence[R] = ()
        self._whole = False
        self._words, self._empty_words = "", empty
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.model: RowsModel[R] = RowsModel(columns, key=key)
        self.list = ListView(self.model, row_height=row_height, header=header)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.opened.connect(self.opened.emit)
        self.body.addWidget(self.list)
        self._empty = label(empty, "text2", wrap=True)
        self._empty.setContentsMargins(16, 0, 16, 12)
        self.body.addWidget(self._empty)
        self.more = link_button("", on_click=self.show_all)
        self.more.setContentsMargins(16, 0, 16, 0)
        self.set_foot(self.more)

    def show_rows(self, rows: Sequence[R], note: str = "") -> None:
        """Fill it; ``note`` stands beside the title."""
        self._rows, self._words, self._whole = rows, note, False
        self._fill()

    def show_all(self) -> None:
        """Bring the rest."""
        self._whole = True
        self._fill()
        self.list.setFocus()

    def _fill(self) -> None:
        shown = self._rows if self._whole else self._rows[: self._few]
        hidden = len(self._rows) - len(shown)
        self.set_title(self._name, self._words)
        self.model.set_rows(shown)
        self.list.setVisible(bool(shown))
        self.list.setFixedHeight(self._header + len(shown) * self._row + 4)
        self._empty.setVisible(not shown)
        self.more.set_caption(f"另有 {hidden} 项，全部显示")
        self.more.setVisible(hidden > 0)
        self.setVisible(bool(shown) or bool(self._empty_words))

