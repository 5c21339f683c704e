"""What stands where data would: nothing yet, still reading."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bulletin_study.ui.controls import label, quiet_button
from bulletin_study.ui.soon import Soon


class EmptyState(QWidget):
    """One sentence and at most one button, in the middle of a pane."""

    def __init__(
        self, sentence: str, button: str = "", on_click: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self._on_click = on_click
        self._words = label(sentence, "text2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = quiet_button(button, on_click=self._run)
        self.button.setVisible(bool(button))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._words.text()

    def set_sentence(
        self, sentence: str, button: str = "", on_click: Callable[[], object] | None = None
    ) -> None:
        """Say something else."""
        self._words.setText(sentence)
        self._on_click = on_click
        self.button.set_caption(button)
        self.button.setVisible(bool(button))

    def _run(self) -> None:
        if self._on_click is not None:
            self._on_click()


class LoadingNote(QWidget):
    """正在读取…, shown only when reading takes longer than 300 ms."""

    DELAY_MS = 300
    shown = Signal()
    """Reading takes long enough to say so."""

    def __init__(self, text: str = "正在读取…") -> None:
        super().__init__()
        self._words = label(text, "text2")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(self._words)
        self._timer = Soon(self, self._say, self.DELAY_MS)
        self._words.hide()

    def start(self) -> None:
        """Reading began."""
        self._words.hide()
        self._timer.start()

    def stop(self) -> None:
        """Reading ended."""
        self._timer.stop()
        self._words.hide()

    def _say(self) -> None:
        self._words.show()
        self.shown.emit()
