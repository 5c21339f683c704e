"""One line that asks why: 王立言 请假：____, right after the mark, Enter saves, Esc skips."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from bulletin_study.ui.controls import label


class AskEdit(QLineEdit):
    """Enter gives the words, Esc skips, leaving the field gives what was typed."""

    done = Signal()
    skipped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.skipped.emit()
        else:
            super().keyPressEvent(event)


class ReasonLine(QWidget):
    """``given(person id, reason)``; the focus goes back to where the mark was made."""

    given = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._person: int | None = None
        self._before = ""
        self._back: QWidget | None = None
        self.words = label("")
        self.field = AskEdit()
        self.field.setPlaceholderText("原因，例如“看病”“下乡”")
        self.field.setMaximumWidth(360)
        self.field.done.connect(self._save)
        self.field.skipped.connect(self._close)
        self.field.editingFinished.connect(self._left)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.words)
        row.addWidget(self.field, 1)
        self._keys = label("", "secondary")
        row.addWidget(self._keys)
        row.addStretch(1)
        self.hide()

    def ask(
        self, person_id: int, question: str, reason: str, back: QWidget, *, take: bool = True
    ) -> None:
        """Ask why; ``back`` gets the focus afterwards. Without ``take`` the focus stays where
        it is, and Tab leads here: whoever feeds cards into a reader answers nothing."""
        self._person, self._before, self._back = person_id, reason, back
        self.words.setText(f"{question}：")
        self.field.setAccessibleName(question)
        self.field.setText(reason)
        self.field.selectAll()
        self._keys.setText("Enter 保存，Esc 跳过" if take else "按 Tab 写一句，也可以不写")
        self.show()
        if take:
            self.field.setFocus()
        else:
            QWidget.setTabOrder(back, self.field)

    def put_away(self) -> None:
        """Ask no longer, e.g. when another session is shown."""
        self._person = None
        self.hide()

    def _save(self) -> None:
        self._give()
        self._close()

    def _left(self) -> None:
        """The focus went elsewhere: what was typed counts, nothing is lost."""
        self._give()
        self.put_away()

    def _give(self) -> None:
        person, reason = self._person, self.field.text().strip()
        self._person = None
        if person is not None and reason != self._before:
            self.given.emit(person, reason)

    def _close(self) -> None:
        back, self._back = self._back, None
        self.put_away()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)
