"""The sentence for the bulletin, its figures bold, with a button that copies it."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from bulletin_study.ui.controls import Button, label

_FIGURE = re.compile(r"\d+(?=场次|场|人次|人|次)")


class SentenceBar(QFrame):
    """A card with one sentence; ``copied(text)`` after it went to the clipboard."""

    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._sentence = ""
        self._caption = label("", "secondary")
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = Button("复制", "strong", "copy")
        self.button.set_tip("复制这句话", "Ctrl+Shift+C")
        self.button.clicked.connect(self.copy)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._caption)
        texts.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addLayout(texts, 1)
        row.addWidget(self.button)
        self._caption.hide()

    @property
    def sentence(self) -> str:
        """The sentence as plain text."""
        return self._sentence

    def set_sentence(self, sentence: str, caption: str = "") -> None:
        """Show a sentence, with a small line above it if given."""
        self._sentence = sentence
        bold = _FIGURE.sub(lambda found: f"<b>{found[0]}</b>", escape(sentence, quote=False))
        self._words.setText(f'<span style="font-size:14px">{bold}</span>')
        self._words.setAccessibleName(sentence)
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self.button.setEnabled(bool(sentence))

    def copy(self) -> None:
        """Put the sentence on the clipboard."""
        QGuiApplication.clipboard().setText(self._sentence)
        self.copied.emit(self._sentence)
