"""Over the editors of an archived session: that it is closed, and the way to change it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from bulletin_study.ui.controls import label, link_button, surface


class ArchivedLine(QFrame):
    """One quiet line; ``reopen_wanted`` at its link."""

    reopen_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        inside = surface("header")
        line = QHBoxLayout(inside)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        self.words = label("已归档，要改先撤回归档", "secondary")
        self.reopen = link_button("撤回归档", tip="撤回以后可以改；期次不变",
                                  on_click=self.reopen_wanted.emit)  # fmt: skip
        line.addWidget(self.words)
        line.addWidget(self.reopen)
        line.addStretch(1)
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(inside)
        self.hide()
