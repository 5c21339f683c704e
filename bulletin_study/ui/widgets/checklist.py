"""What is done and what is missing, each with the act that fills it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bulletin_study.ui.banner import ShapeMark
from bulletin_study.ui.controls import Button, clear_layout, label, link_button, rule, small_button


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A shape in a tone, a label, how far it is, and the verb that leads to its editor."""

    key: str
    label: str
    note: str = ""
    shape: str = "check"
    tone: str = "green"
    action: str = ""


class Checklist(QWidget):
    """One row per item. ``ruled``: rows of 34 px with lines and buttons, as in a card;
    otherwise rows of 26 px with links, as in a footer. ``acted(key)``."""

    acted = Signal(str)

    def __init__(self, *, ruled: bool = False) -> None:
        super().__init__()
        self._ruled = ruled
        self._items: tuple[ChecklistItem, ...] = ()
        self._buttons: dict[str, Button] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def items(self) -> tuple[ChecklistItem, ...]:
        """What it shows."""
        return self._items

    def button(self, key: str) -> Button | None:
        """The button of an item, if it has one."""
        return self._buttons.get(key)

    def set_items(self, items: Sequence[ChecklistItem]) -> None:
        """Show these items; nothing is rebuilt when nothing changed, so focus stays."""
        if tuple(items) == self._items:
            return
        focused = next((key for key, b in self._buttons.items() if b.hasFocus()), None)
        self._items = tuple(items)
        self._buttons = {}
        clear_layout(self._column)
        for item in self._items:
            if self._ruled:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(item))
        if focused in self._buttons:
            self._buttons[focused].setFocus()

    def _row(self, item: ChecklistItem) -> QFrame:
        frame = QFrame()
        frame.setFixedHeight(33 if self._ruled else 26)
        row = QHBoxLayout(frame)
        row.setContentsMargins(13 if self._ruled else 0, 0, 8 if self._ruled else 0, 0)
        row.setSpacing(6)
        row.addWidget(ShapeMark(item.shape, item.tone))
        name = label(item.label)
        if self._ruled:
            name.setMinimumWidth(56)
        row.addWidget(name)
        words = label(item.note, "text2")
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words.setToolTip(item.note)
        row.addWidget(words, 1)
        if item.action:
            make = small_button if self._ruled else link_button
            button = make(item.action, on_click=lambda: self.acted.emit(item.key))
            button.setAccessibleName(f"{item.label}：{item.action}")
            self._buttons[item.key] = button
            row.addWidget(button)
        return frame
