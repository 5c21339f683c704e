"""Choose several of a list: a button that says what is chosen and opens the ticks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy

from bulletin_study.ui.autosave import Autosave
from bulletin_study.ui.controls import Button
from bulletin_study.ui.theme import theme

SectionOption = tuple[str, Any, str]
"""What the user reads, the value, and the heading it stands under."""


class PickMany(Button):
    """The value is a tuple of the chosen values, in the order offered.

    ↓ or Space opens the list, ↑ ↓ move, Space ticks, Esc closes; closing commits.
    """

    def __init__(self, empty: str = "还没选") -> None:
        super().__init__("", "strong")
        self.setProperty("menu", True)
        self.setStyleSheet("text-align: left;")
        self._empty = empty
        self._actions: dict[Any, QAction] = {}
        self._menu = _StayingMenu(self)
        self._menu.aboutToHide.connect(self._closed)
        self.clicked.connect(self.open_list)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.autosave = Autosave(self, self.value, self._show, enter_commits=False)
        self._tell()

    def set_options(self, options: Sequence[SectionOption]) -> None:
        """Offer these; what is chosen and still among them stays chosen."""
        keep = self.value()
        self._menu.clear()
        self._actions = {}
        heading = ""
        for words, value, section in options:
            if section != heading:
                heading = section
                self._menu.addAction(section).setEnabled(False)
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.toggled.connect(self._tell)
            self._actions[value] = action
        self._show(keep)

    def value(self) -> tuple[Any, ...]:
        """What is chosen."""
        return tuple(value for value, action in self._actions.items() if action.isChecked())

    def set_value(self, value: Sequence[Any]) -> None:
        """Show what is stored; values not offered are left out."""
        self.autosave.set_value(tuple(one for one in self._actions if one in value))

    def action(self, value: object) -> QAction:
        """The tick of one value. Raises ``KeyError`` for one not offered."""
        return self._actions[value]

    def open_list(self) -> None:
        """Open the ticks below the button."""
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ opens the list, as in a combo box."""
        if event.key() == Qt.Key.Key_Down:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the width."""
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        """May shrink to a few characters."""
        return QSize(96, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """No wider than a form's field."""
        return QSize(160, super().sizeHint().height())

    def _show(self, value: Sequence[Any] | None) -> None:
        for one, action in self._actions.items():
            action.setChecked(one in (value or ()))
        self._tell()

    def _closed(self) -> None:
        self.autosave.commit()

    def _tell(self) -> None:
        chosen = [action.text() for action in self._actions.values() if action.isChecked()]
        self.set_caption("、".join(chosen) or self._empty)
        self.setToolTip(self.caption if len(chosen) > 1 else "")
        self._elide()

    def _elide(self) -> None:
        room = max(self.width() - 44, 24)
        mode = Qt.TextElideMode.ElideRight
        self.setText(theme().metrics(13).elidedText(self.caption, mode, room))


class _StayingMenu(QMenu):
    """A menu that stays open while ticks are set."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Space ticks without closing."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
        ):
            action = self.activeAction()
            if action is not None and action.isCheckable():
                action.toggle()
                return True
        return super().event(event)
