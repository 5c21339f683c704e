"""The pane on the right that shows and edits what is selected in the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bulletin_study.ui.controls import clear_layout, icon_button, label, surface
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.widgets.chip import Chip
from bulletin_study.ui.widgets.notes import EmptyState


class Inspector(QFrame):
    """Header with title, chip, previous, next, close; a scrolled form; a footer.

    Esc (after a field took its words back) emits ``left``: the page gives the focus back to
    its list, and turns back to it at small size.
    """

    previous = Signal()
    next = Signal()
    closed = Signal()
    left = Signal()

    def __init__(self, *, steps: bool = True) -> None:
        super().__init__()
        self.setProperty("surface", "pane-right")
        self.setMinimumWidth(280)
        self.form = FormColumn()
        self.form.escaped.connect(self.left)
        self._title = label("", "title")
        self._subtitle = label("", "secondary")
        self._chip = Chip()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.form)
        self._empty = EmptyState("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        self._footer = surface("footer")
        self._foot_row = QHBoxLayout(self._footer)
        self._foot_row.setContentsMargins(16, 10, 16, 10)
        self._foot_row.setSpacing(8)
        self._footer.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_header(steps))
        column.addWidget(self._stack, 1)
        column.addWidget(self._footer)

    def set_header(
        self, title: str, subtitle: str = "", chip: tuple[str, str, str] | None = None
    ) -> None:
        """Title, grey words after it, and a chip as (text, tone, shape)."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self._chip.setVisible(chip is not None)
        if chip is not None:
            self._chip.set(*chip)

    def set_footer(self, widgets: Sequence[QWidget], hint: str = "") -> None:
        """Buttons at the foot on the left and a hint on the right; replaces what was there.

        A single widget without a hint gets the whole width.
        """
        clear_layout(self._foot_row)
        alone = len(widgets) == 1 and not hint
        for widget in widgets:
            self._foot_row.addWidget(widget, 1 if alone else 0)
        if not alone:
            self._foot_row.addStretch(1)
        if hint:
            self._foot_row.addWidget(label(hint, "secondary"))
        self._footer.setVisible(bool(widgets) or bool(hint))

    def show_form(self) -> None:
        """Show the form."""
        self._stack.setCurrentWidget(self._scroll)
        self._footer.setVisible(self._foot_row.count() > 0)

    def show_empty(self, sentence: str) -> None:
        """Show one sentence instead of the form, when nothing is selected."""
        self.set_header("")
        self._empty.set_sentence(sentence)
        self._stack.setCurrentWidget(self._empty)
        self._footer.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves for the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build_header(self, steps: bool) -> QFrame:
        header = surface("header")
        header.setFixedHeight(44)
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._subtitle)
        row.addWidget(self._chip)
        self._chip.hide()
        row.addStretch(1)
        if steps:
            row.addWidget(icon_button("chevron-up", "上一个", small=True,
                                      on_click=self.previous.emit))  # fmt: skip
            row.addWidget(icon_button("chevron-down", "下一个", small=True,
                                      on_click=self.next.emit))  # fmt: skip
        row.addWidget(icon_button("close", "收起", small=True, on_click=self.closed.emit))
        return header
