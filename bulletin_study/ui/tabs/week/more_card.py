"""What a full week has beyond its first cards: one line for each, so that 待完善 stays in sight."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from bulletin_study.domain.closing import Want
from bulletin_study.ui.controls import Button, label, rule, small_button
from bulletin_study.ui.tabs.week import words
from bulletin_study.ui.widgets.chip import Chip
from bulletin_study.usecases.week import Week, WeekCard

ROW = 44
FULL_CARDS = 3
"""Cards that stand in full, side by side."""
WeekPart = WeekCard | str
"""A session of the week, or the name of a core kind that has none."""


def in_full(parts: list[WeekPart], week: Week) -> list[WeekPart]:
    """Which parts get a whole card, in their order: today's first, kinds without any last."""

    def weight(part: WeekPart) -> int:
        if isinstance(part, str):
            return 2
        return 0 if part.session.day == week.today else 1

    first = sorted(range(len(parts)), key=lambda at: (weight(parts[at]), at))[:FULL_CARDS]
    return [parts[at] for at in sorted(first)]


class MoreCard(QFrame):
    """One line a part. ``acted(session, want or nothing)``, ``wanted(kind's name)``."""

    acted = Signal(object, object)
    wanted = Signal(str)

    def __init__(self, parts: list[WeekPart], week: Week) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.lines: list[tuple[WeekPart, Button]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        for part in parts:
            if self.lines:
                self._column.addWidget(rule())
            if isinstance(part, str):
                self._add_kind(part)
            else:
                self._add_session(part, week)

    def _add_session(self, card: WeekCard, week: Week) -> None:
        title = "、".join(kind.name for kind in card.closing.kinds)
        first = next(iter(words.merged(card)), None)
        want = Want(first.item, first.evidence) if first is not None else None
        button = small_button(words.line_verb(card), on_click=lambda: self.acted.emit(
            card.session, want))  # fmt: skip
        button.setAccessibleName(f"{title} {words.when(card.session, week.today)}：{button.text()}")
        row = self._row(card, title, words.when(card.session, week.today), button)
        subject = label(next(iter(words.card_lines(card)), ""), "text2")
        subject.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        subject.setToolTip(subject.text())
        row.insertWidget(2, subject, 1)
        row.insertWidget(3, Chip(*words.state_chip(card, week.today)))
        lacking = words.line_lacking(card)
        if lacking:
            row.insertWidget(4, label(lacking, "secondary"))

    def _add_kind(self, kind: str) -> None:
        button = small_button("去安排", on_click=lambda: self.wanted.emit(kind))
        button.setAccessibleName(f"{kind}：去安排")
        self._row(kind, kind, f"这一周没有{kind}。", button).insertStretch(2, 1)

    def _row(self, part: WeekPart, title: str, note: str, button: Button) -> QHBoxLayout:
        frame = QFrame()
        frame.setFixedHeight(ROW)
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(label(title, "bold"))
        row.addWidget(label(note, "secondary"))
        row.addWidget(button)
        self._column.addWidget(frame)
        self.lines.append((part, button))
        return row
