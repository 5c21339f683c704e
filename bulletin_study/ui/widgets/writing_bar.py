"""Long work under way: what is being done, how far it is, how long it may take, and 取消."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from bulletin_study.ui.controls import label, small_button

_SAFE = "可以继续做别的；取消不会留下半个文件。"
_FORETOLD_FROM = 2.0
"""Seconds of work before the rest is foretold."""


class WritingBar(QFrame):
    """Hidden until something is under way."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "footer")
        self._began = 0.0
        self._words = label("")
        self._note = label("", "secondary", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        gauge = QHBoxLayout()
        gauge.setSpacing(12)
        gauge.addWidget(self._bar, 1)
        gauge.addWidget(small_button("取消", on_click=self.cancelled.emit))
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._words)
        first.addLayout(gauge, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self._note)
        self.hide()

    def begin(self, words: str) -> None:
        """Show that something has begun, how long it takes not known yet."""
        self._began = monotonic()
        self._words.setText(words)
        self._note.setText(_SAFE)
        self._bar.setRange(0, 0)
        self.show()

    def advance(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        passed = monotonic() - self._began
        rest = ""
        if passed > _FORETOLD_FROM and 0 < done < total:
            rest = f"，大约还要 {max(round(passed * (total - done) / done), 1)} 秒"
        self._note.setText(f"{done:,}/{total:,}{rest}。{_SAFE}")
