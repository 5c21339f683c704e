"""人选依据: why somebody speaks at a place, each reason with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import Reason, Rule
from bulletin_study.ui.banner import ShapeMark
from bulletin_study.ui.controls import clear_layout, label
from bulletin_study.usecases.rotation_words import reason_words

_WARNINGS: Final = frozenset({Rule.PIN_BROKEN, Rule.MENTOR_AWAY, Rule.SHORT_GAP, Rule.NOBODY})
_ASIDE: Final = frozenset({Rule.GROUP_PASSED, Rule.REPAIRED, Rule.ORDER_YIELDS})

Line = tuple[str, str, str, str]
"""Shape, tone, title, sentence."""


def reason_lines(reasons: Sequence[Reason], roster: Roster, day: date) -> list[Line]:
    """The reasons as lines: ✓ speaks for it, → was passed over, △ is worth a look."""
    lines = []
    for reason in reasons:
        title, text = reason_words(reason, roster, day)
        shape, tone = "check", "green"
        if reason.rule in _WARNINGS:
            shape, tone = "triangle", "amber"
        elif reason.rule in _ASIDE:
            shape, tone = "arrow", "text2"
        lines.append((shape, tone, title, text))
    return lines


class ReasonList(QWidget):
    """Mark, title and sentence in three columns."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self._lines: list[Line] = []

    @property
    def text(self) -> str:
        """Everything it says, a reason a line."""
        return "\n".join(f"{title} {words}" for _, _, title, words in self._lines)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        if list(lines) == self._lines:
            return
        self._lines = list(lines)
        clear_layout(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for at, (shape, tone, title, words) in enumerate(lines):
            self._grid.addWidget(ShapeMark(shape, tone), at, 0, top)
            self._grid.addWidget(label(title, "text2"), at, 1, top)
            self._grid.addWidget(label(words, wrap=True), at, 2, top)
