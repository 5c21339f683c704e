"""Going to words in a field: the focus, and the words selected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from bulletin_study.domain.written import spans, words_of
from bulletin_study.ui.marked_text import units


def go_to_words(field: QPlainTextEdit, words: str) -> None:
    """Put the focus into the field and select the first of these words that stands in it."""
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    text = field.toPlainText()
    for start, end in spans(text, *words_of(words))[:1]:
        cursor = field.textCursor()
        cursor.setPosition(units(text, start))
        cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
        field.ensureCursorVisible()
