"""Find everywhere: a field and the hits below it, grouped by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.controls import label, surface
from bulletin_study.ui.fields import FilterField
from bulletin_study.ui.shell import Hit, Shell
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.tokens import GROUP_ROW, ROW_COMPACT

if TYPE_CHECKING:
    from bulletin_study.ui.widgets.list_view import ListView

FIELD_WIDTH = 216
_PANEL_WIDTH = 440
_TALLEST = 380

_Found = tuple[int, Hit]


def _note(found: _Found) -> Cell:
    hit = found[1]
    return Cell(hit.note, tone="text2", marks=hit.marks)


class SearchField(FilterField):
    """The field; hands the keys that steer the hits to its box."""

    steered = Signal(int)
    taken = Signal()
    left = Signal()

    def __init__(self, placeholder: str, width: int) -> None:
        super().__init__(placeholder, width, "search")
        self.setProperty("quiet", True)
        self.setAccessibleName(placeholder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ choose, Enter opens, Esc clears and then leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.steered.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key == Qt.Key.Key_Escape and not self.text():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field puts the hits away."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class SearchBox(QWidget):
    """Asks the shell and shows the hits in a panel over the window.

    ``anchor`` is the window whose area the panel floats in. In a narrow window the field
    lives in the panel itself.
    """

    opened = Signal(object)

    def __init__(self, shell: Shell, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.hide()
        self._shell = shell
        self._anchor = anchor
        self.field = SearchField("查找人、场次、写过的话", FIELD_WIDTH)
        self.field.setToolTip("查找人员、场次和写过的话，几个词用空格隔开（Ctrl+F）")
        self._folded = False
        self._back: QWidget | None = None
        self._panel = surface("popup", anchor)
        self._column = QVBoxLayout(self._panel)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._panel.hide()
        self._timer = Soon(self, self._ask)
        self.field.textEdited.connect(lambda text: self._typed())
        self.field.textChanged.connect(self._emptied)
        self.field.steered.connect(self._steer)
        self.field.taken.connect(self._open)
        self.field.left.connect(self.close_panel)

    @property
    def panel(self) -> QWidget:
        """The floating panel."""
        return self._panel

    @cached_property
    def hits(self) -> ListView:
        """The list of hits, built when somebody first searches."""
        from bulletin_study.ui.table_model import RowsModel
        from bulletin_study.ui.widgets.list_view import ListView

        columns: list[Column[_Found]] = [
            Column("title", "", lambda hit: Cell(hit[1].title, bold=True), 200),
            Column("note", "", _note),
        ]
        view = ListView(RowsModel(columns, key=lambda hit: hit[0]), row_height=ROW_COMPACT,
                        header=False, folds=False)  # fmt: skip
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.clicked.connect(lambda index: self._open())
        self._column.addWidget(self._none)
        self._column.addWidget(view)
        return view

    @cached_property
    def _none(self) -> QLabel:
        words = label("", "text2")
        words.setMargin(12)
        return words

    def set_folded(self, folded: bool) -> None:
        """Whether the field lives in the panel (narrow window) or where it was put."""
        self._folded = folded
        if folded:
            self._column.insertWidget(0, self.field)
            self.field.setFixedWidth(_PANEL_WIDTH - 4)
            self._hide_hits()
            self._panel.hide()
        else:
            self.field.setFixedWidth(FIELD_WIDTH)

    def start(self) -> None:
        """Put the focus into the field (Ctrl+F), opening the panel in a narrow window."""
        focus = self._anchor.focusWidget()
        if focus is not self.field:
            self._back = focus
        if self._folded:
            self._place()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_panel(self) -> None:
        """Put the panel away and the focus back to where it was."""
        self._timer.stop()
        had = self.field.hasFocus()
        self._panel.hide()
        if had and self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _steer(self, by: int) -> None:
        rows = list(self.hits.rows_model.rows())
        if by < 0 and rows and self.hits.current_row() == rows[0]:
            # Round to the last line, which lists everything that was written.
            self.hits.select_key(rows[-1][0])
        else:
            self.hits.step(by)

    def _emptied(self, text: str) -> None:
        if not text:
            self._hide_hits()

    def _typed(self) -> None:
        if self.field.text().strip():
            self._timer.start()
        else:
            self._hide_hits()

    def _ask(self) -> None:
        self._shell.search(self.field.text().strip(), self._show)

    def _show(self, text: str, hits: Sequence[Hit]) -> None:
        if text != self.field.text().strip() or not self.field.hasFocus():
            return
        numbered = list(enumerate(hits))
        kinds = [
            (GroupRow(kind, kind), list(found))
            for kind, found in groupby(numbered, key=lambda hit: hit[1].kind)
        ]
        self.hits.rows_model.set_groups(kinds)
        self._none.setText(f"没有找到“{text}”。")
        self._none.setVisible(not numbered)
        self.hits.setVisible(bool(numbered))
        self.hits.setFixedHeight(
            min(_TALLEST, len(kinds) * GROUP_ROW + len(numbered) * ROW_COMPACT)
        )
        self._place()
        self.hits.select_first()

    def _hide_hits(self) -> None:
        self._timer.stop()
        if "hits" in self.__dict__:
            self.hits.hide()
            self._none.hide()
        if self._folded:
            self._panel.adjustSize()
        else:
            self._panel.hide()

    def _place(self) -> None:
        self._panel.setFixedWidth(_PANEL_WIDTH)
        self._panel.adjustSize()
        if self._folded:
            at = QPoint(self._anchor.width() - _PANEL_WIDTH - 16, 44)
        else:
            corner = QRect(self.field.mapTo(self._anchor, QPoint(0, 0)), self.field.size())
            at = QPoint(min(corner.left(), self._anchor.width() - _PANEL_WIDTH - 16),
                        corner.bottom() + 3)  # fmt: skip
        self._panel.move(at)
        self._panel.show()
        self._panel.raise_()

    def _open(self) -> None:
        found: _Found | None = self.hits.current_row()
        if found is None or self._panel.isHidden():
            return
        self._back = None
        self.field.clear()
        self._panel.hide()
        self.opened.emit(found[1])


