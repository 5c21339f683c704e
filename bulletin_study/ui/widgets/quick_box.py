"""Quick sign-in: a few letters or a number, a digit for the mark, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from bulletin_study.ui.dialogs import copied_text
from bulletin_study.ui.icons import icon
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.people_popup import PeoplePopup
from bulletin_study.ui.widgets.person_match import PersonOption, read_quick

_HINT: Final = "后加数字：2 迟 · 3 早 · 4 假 · 5 公 · 6 缺"
_WIDTH = 300


class QuickBox(QLineEdit):
    """``chosen(person id, mark)`` after Enter; the field empties itself for the next one.

    Letters match initials, pinyin or name, digits the staff number; a digit 1–6 after them
    is the mark, 到 without one. Full-width digits count; text still being composed by an
    input method does not.
    """

    chosen = Signal(int, object)
    unknown = Signal(str)
    """Enter where nobody matches. The words stay, chosen: the next ones take their place."""
    list_pasted = Signal()
    """Ctrl+V with more than one name on the clipboard: no search for one person."""

    def __init__(self) -> None:
        super().__init__()
        self._people: list[PersonOption] = []
        self._mark = "到"
        # Files are dropped on the page, and their paths are no text for this field.
        self.setAcceptDrops(False)
        self.setFixedWidth(_WIDTH)
        self.setPlaceholderText("首字母、工号或姓名，回车签到")
        self.setAccessibleName("快速签到")
        self.setProperty("lead", True)
        self._lead = self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        theme().changed.connect(self._tint)
        self.popup = PeoplePopup(self)
        self.popup.chosen.connect(self._take)
        self.textChanged.connect(self._offer)

    def set_people(self, people: Sequence[PersonOption]) -> None:
        """Whom it may find, in the order to offer them."""
        self._people = list(people)
        if self.text():
            self._offer()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z belongs to the letters while there are some, else to the whole program."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if not self.text() and any(event.matches(one) for one in keys):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ choose, Enter takes, Esc empties and then leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.popup.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.matches(
            QKeySequence.StandardKey.InsertLineSeparator
        ):
            self._enter()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Paste) and _several(copied_text()):
            self.list_pasted.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While letters are being composed nothing is offered yet."""
        super().inputMethodEvent(event)
        if event.preeditString():
            self.popup.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the list away."""
        super().focusOutEvent(event)
        self.popup.hide()

    def _offer(self) -> None:
        words = self.text().strip()
        if not words:
            self.popup.hide()
            return
        people, self._mark = read_quick(self._people, words)
        self.popup.offer(people, verb=f"Enter {self._mark}", hint=_HINT,
                         none=f"没有符合“{words}”的人。")  # fmt: skip

    def _enter(self) -> None:
        words = self.text().strip()
        if self.popup.current is not None:
            self.popup.choose()
        elif words:
            self.selectAll()
            self.popup.hide()
            self.unknown.emit(words)

    def _take(self, person: PersonOption) -> None:
        mark = self._mark
        self.clear()
        self.setFocus()
        self.chosen.emit(person.id, mark)

    def _tint(self) -> None:
        self._lead.setIcon(icon("search"))


def _several(text: str) -> bool:
    """Whether a text holds more than one name: several lines, or names parted by commas."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 or any(part in text for part in "、，,；;")
