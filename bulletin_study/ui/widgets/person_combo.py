"""Choose one person by typing initials, pinyin, number or name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit

from bulletin_study.ui.autosave import Autosave, FieldProblem
from bulletin_study.ui.icons import paint_icon
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.people_popup import PeoplePopup
from bulletin_study.ui.widgets.person_match import PersonOption, find_people

__all__ = ["PersonCombo", "PersonOption"]


class PersonCombo(QLineEdit):
    """The value is a person's id, or ``None`` for nobody (empty it to say so)."""

    def __init__(
        self, people: Sequence[PersonOption] = (), placeholder: str = "首字母或姓名"
    ) -> None:
        super().__init__()
        self._people: list[PersonOption] = []
        self._chosen: int | None = None
        # Files are dropped on the page, and their paths are no text for this field.
        self.setAcceptDrops(False)
        self.setPlaceholderText(placeholder)
        self.setTextMargins(0, 0, 20, 0)
        self.popup = PeoplePopup(self)
        self.popup.chosen.connect(self._take)
        self.autosave = Autosave(self, self.value, self._write)
        self.textEdited.connect(self._typed)
        theme().changed.connect(self.update)
        self.set_people(people)

    def set_people(self, people: Sequence[PersonOption]) -> None:
        """Whom to offer, in this order; somebody chosen stays."""
        self._people = list(people)
        if not self.hasFocus():
            self._write(self._chosen)

    def value(self) -> int | None:
        """The id; raises `FieldProblem` when the words name nobody or several."""
        words = self.text().strip()
        if not words:
            return None
        shown = self._by_id(self._chosen)
        if shown is not None and shown.name == words:
            return shown.id
        exact = [person for person in self._people if person.name == words]
        found = exact or find_people(self._people, words)
        if len(found) == 1:
            return found[0].id
        if found:
            raise FieldProblem(f"有 {len(found)} 个人符合“{words}”，请选一个。")
        raise FieldProblem(f"没有符合“{words}”的人。")

    def set_value(self, value: int | None) -> None:
        """Show a stored person."""
        self.autosave.set_value(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A chevron at the right, as a combo box has."""
        super().paintEvent(event)
        if self.isReadOnly():
            return
        painter = QPainter(self)
        paint_icon(painter, QRectF(self.width() - 22, self.height() / 2 - 7, 14, 14),
                   "chevron-down")  # fmt: skip
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ opens the list, ↑ ↓ choose, Enter takes, Esc closes."""
        key, opened = event.key(), self.popup.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.isReadOnly():
            if opened:
                self.popup.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.popup.offer(self._people, select=self._chosen)
        else:
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Enter and Esc belong to the open list before they commit or take back."""
        if not self.popup.isVisible():
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.popup.choose()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.popup.hide()
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the whole list."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.isReadOnly():
            if self.popup.isVisible():
                self.popup.hide()
            else:
                self.selectAll()
                self.popup.offer(self._people, select=self._chosen)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Offer after the input method committed its words."""
        super().inputMethodEvent(event)
        if event.commitString():
            self._typed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the list away."""
        super().focusOutEvent(event)
        self.popup.hide()

    def _typed(self) -> None:
        words = self.text().strip()
        self.popup.offer(find_people(self._people, words),
                         none=f"没有符合“{words}”的人。")  # fmt: skip

    def _take(self, person: PersonOption) -> None:
        self._write(person.id)
        self.setFocus()
        self.autosave.commit()

    def _write(self, value: int | None) -> None:
        self._chosen = value
        person = self._by_id(value)
        self.setText(person.name if person is not None else "")
        if not self.hasFocus():
            # Of a long name its beginning is to be read.
            self.setCursorPosition(0)

    def _by_id(self, key: int | None) -> PersonOption | None:
        return next((person for person in self._people if person.id == key), None)
