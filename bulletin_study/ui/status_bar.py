"""The line at the foot: what was just done and how to take it back; where the data is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from bulletin_study.ui.banner import Action
from bulletin_study.ui.controls import Button, label
from bulletin_study.ui.tokens import MARGIN, STATUS

_LONGEST = 60


class StatusBar(QFrame):
    """Left: last action in words and one link. Right: 数据仅存本机 and the last backup."""

    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "status")
        self.setFixedHeight(STATUS)
        self._words = label("", "secondary")
        self._dot = label("·", "secondary")
        self._link = Button("", "status-link")
        self._link.clicked.connect(self._run)
        self._action: Action | None = None
        self._backup = label("", "secondary")
        self._backup.setIndent(12)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(4)
        row.addWidget(self._words)
        row.addWidget(self._dot)
        row.addWidget(self._link)
        row.addStretch(1)
        row.addWidget(label("数据仅存本机", "secondary"))
        row.addWidget(self._backup)
        self.say("")
        self.set_backup("")

    @property
    def text(self) -> str:
        """What it says on the left."""
        return self._words.text()

    @property
    def link(self) -> Button:
        """The link after the words, hidden when there is nothing to do."""
        return self._link

    def say(self, text: str, *, undo: bool = False, link: Action | None = None) -> None:
        """Say what happened; ``undo`` offers 撤销, ``link`` another act, e.g. 打开文件夹."""
        self._words.setText(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
        self._words.setToolTip(text if len(text) > _LONGEST else "")
        self._action = ("撤销", self.undo_wanted.emit) if undo else link
        for part in (self._dot, self._link):
            part.setVisible(self._action is not None)
        if self._action is not None:
            self._link.set_caption(self._action[0])

    def set_backup(self, text: str) -> None:
        """Say when the last backup was made."""
        self._backup.setText(text)
        self._backup.setVisible(bool(text))

    def _run(self) -> None:
        if self._action is not None:
            self._action[1]()
