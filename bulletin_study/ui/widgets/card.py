"""A card: head with title, note and chip; a body; a foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.ui.controls import label, link_button, restyle, rule
from bulletin_study.ui.widgets.chip import Chip


class Card(QFrame):
    """Surface with a thin border; ``current`` gives it the stronger border of today's card."""

    def __init__(self, title: str, note: str = "", *, margin: int = 16) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._title = label(title, "title")
        self._note = label(note, "secondary")
        self._chip = Chip()
        self._chip.hide()
        self._head = QHBoxLayout()
        self._head.setContentsMargins(16, 8, 16, 4)
        self._head.setSpacing(8)
        self._head.addWidget(self._title)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        self._head.addWidget(self._chip)
        self.body = QVBoxLayout()
        """Put the contents here."""
        self.body.setContentsMargins(margin, 0, margin, 0)
        self.body.setSpacing(2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 4, 1, 1)
        self._column.setSpacing(4)
        self._column.addLayout(self._head)
        inside = QWidget()
        inside.setLayout(self.body)
        self._column.addWidget(inside, 1)

    def set_title(
        self, title: str, note: str = "", chip: tuple[str, str, str] | None = None
    ) -> None:
        """Change the head; a chip is (text, tone, shape)."""
        self._title.setText(title)
        self._note.setText(note)
        self._chip.setVisible(chip is not None)
        if chip is not None:
            self._chip.set(*chip)

    def set_current(self, current: bool) -> None:
        """Whether this is the card of today."""
        restyle(self, current=current)

    def add_link(self, text: str, on_click: Callable[[], object]) -> None:
        """A link at the right of the head."""
        self._head.addWidget(link_button(text, on_click=on_click))

    def add_head(self, widget: QWidget) -> None:
        """Any widget at the right of the head."""
        self._head.addWidget(widget)

    def set_foot(self, widget: QWidget, *, ruled: bool = False) -> None:
        """A widget at the bottom, over the whole width."""
        if ruled:
            self._column.addWidget(rule())
        self._column.addWidget(widget)
