"""A line that offers what was written before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from bulletin_study.ui.fields import LineField
from bulletin_study.ui.icons import icon
from bulletin_study.ui.theme import theme


class SuggestField(LineField):
    """Any words; ↓ or the chevron lists the suggestions, typing narrows them."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.activated.connect(self._take)
        self.setCompleter(self._completer)
        self._open = QAction(icon("chevron-down"), "以前用过的", self)
        self._open.triggered.connect(self.show_all)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        theme().changed.connect(self._tint)

    def _tint(self) -> None:
        # A bound method: Qt lets go of it together with the field.
        self._open.setIcon(icon("chevron-down"))

    def set_suggestions(self, words: Sequence[str]) -> None:
        """Offer these, in this order."""
        self._words.setStringList(list(words))
        self._open.setVisible(bool(words))

    def show_all(self) -> None:
        """Open the whole list."""
        self._completer.setCompletionPrefix("")
        self._completer.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ opens the list."""
        if event.key() == Qt.Key.Key_Down and not self._completer.popup().isVisible():
            self.show_all()
        else:
            super().keyPressEvent(event)

    def _take(self, words: str) -> None:
        self.setText(words)
        self.autosave.commit()
