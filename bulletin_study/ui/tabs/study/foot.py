"""Small buttons at the foot of the inspector, a hint where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bulletin_study.ui.controls import Button, label

_GAP = 8


class Foot(QWidget):
    """The buttons in their rows, or all in one where the pane is wide enough."""

    def __init__(self, rows: Sequence[Sequence[Button]], hint: str = "") -> None:
        super().__init__()
        self._rows = [list(row) for row in rows]
        self.buttons = {b.caption or b.toolTip(): b for row in rows for b in row}
        self._single = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)
        self._lines = [QHBoxLayout() for _ in self._rows]
        for line, buttons in zip(self._lines, self._rows, strict=True):
            line.setSpacing(_GAP)
            for button in buttons:
                line.addWidget(button)
            self._column.addLayout(line)
        self._hint = label(hint, "secondary")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for at, line in enumerate(self._lines):
            if at == 0:
                line.addWidget(self._hint, 1000)
            line.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row where all fit beside the hint."""
        super().resizeEvent(event)
        room = self.width() - self._hint.sizeHint().width()
        single = len(self._rows) > 1 and sum(map(_width, self._rows)) <= room
        self._hint.setVisible(single or _width(self._rows[0]) <= room)
        if single != self._single:
            self._single = single
            self._arrange()

    def _arrange(self) -> None:
        place = len(self._rows[0])
        for line, buttons in zip(self._lines[1:], self._rows[1:], strict=True):
            for at, button in enumerate(buttons):
                if self._single:
                    self._lines[0].insertWidget(place, button)
                    place += 1
                else:
                    line.insertWidget(at, button)
        self._column.setSpacing(0 if self._single else _GAP)
        self.updateGeometry()


def _width(buttons: Sequence[Button]) -> int:
    return sum(button.sizeHint().width() + _GAP for button in buttons)
