"""How a field saves itself: Enter or leaving it commits, Esc takes back, Esc again leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from bulletin_study.ui.controls import restyle


class FieldProblem(ValueError):
    """What was typed cannot be read as a value; carries the sentence for the user."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Autosave(QObject):
    """Watches one editor widget.

    ``read`` gives the edited value and may raise `FieldProblem`; ``write`` shows a value.
    ``committed(original, edited)`` is emitted once per changed value; the value counts as
    saved only when the page calls ``set_value`` again, so a refusal can be shown with
    ``set_problem`` and Esc still takes back to the original.
    """

    committed = Signal(object, object)
    unchanged = Signal()
    """Left, or committed, as it is stored."""
    escaped = Signal()
    problem = Signal(str)
    """A sentence to show under the field; empty when the value is fine again."""

    def __init__(
        self, widget: QWidget, read: Callable[[], Any], write: Callable[[Any], None],
        *, enter_commits: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(widget)
        self._widget, self._read, self._write = widget, read, write
        self._enter = enter_commits
        self._original: Any = self._shown(None)
        self._sent: tuple[Any] | None = None
        self._wrong = False
        self.showing = False
        """A stored value is being put into the widget: nobody is typing."""
        widget.installEventFilter(self)

    @property
    def original(self) -> Any:
        """The value last shown by the page."""
        return self._original

    def set_value(self, value: Any) -> None:
        """Show a stored value; words being typed and not yet committed are kept."""
        if self._widget.hasFocus() and self._unsent():
            self._original = value
            return
        self._sent = None
        self.showing = True
        self._write(value)
        self._original = self._shown(value)
        self.showing = False
        self.set_problem("")

    def set_problem(self, sentence: str) -> None:
        """Mark the field wrong with a sentence, or right again with an empty one."""
        self._wrong = bool(sentence)
        restyle(self._widget, invalid=self._wrong)
        self.problem.emit(sentence)

    def commit(self, again: bool = False) -> bool:
        """Emit ``committed`` if the value changed; ``again`` also repeats a refused one.

        Returns False when what was typed cannot be read.
        """
        try:
            edited = self._read()
        except FieldProblem as problem:
            self.set_problem(problem.sentence)
            return False
        if edited == self._original:
            self._sent = None
            self.set_problem("")
            self.unchanged.emit()
        elif self._sent != (edited,) or (again and self._wrong):
            self._sent = (edited,)
            self.set_problem("")
            self.committed.emit(self._original, edited)
        return True

    def revert(self) -> bool:
        """Take back what was typed; False when there was nothing to take back."""
        dirty = self._wrong or self._changed()
        if dirty:
            self._sent = None
            self._write(self._original)
            self.set_problem("")
        return dirty

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Esc and leaving the field."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            stays = event.reason() in (
                Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason,
            )  # fmt: skip
            # Taken down with the focus in it, a field has no words left to be asked for.
            if not stays and isValid(self._widget):
                self.commit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return self._override(event)
        return False

    def _override(self, event: QKeyEvent) -> bool:
        """Ctrl+Z belongs to the text while it is being changed, else to the whole program."""
        undo = event.matches(QKeySequence.StandardKey.Undo)
        if (undo or event.matches(QKeySequence.StandardKey.Redo)) and not self._changed():
            event.ignore()
            return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        first = getattr(self._widget, "take_key", None)
        if first is not None and first(event):
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._enter:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.commit()
                return False
            self.commit(again=True)
            return True
        if event.key() == Qt.Key.Key_Escape:
            if not self.revert():
                self.escaped.emit()
            return True
        return False

    def _shown(self, value: Any) -> Any:
        """A stored value as the editor reads it back: nothing as an empty text, and so on."""
        try:
            return self._read()
        except FieldProblem:
            return value

    def _changed(self) -> bool:
        try:
            return bool(self._read() != self._original)
        except FieldProblem:
            return True

    def _unsent(self) -> bool:
        try:
            edited = self._read()
        except FieldProblem:
            return True
        return bool(edited != self._original) and self._sent != (edited,)
