"""Who is away in the coming weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from bulletin_study.ui.controls import icon_button, label, rule, small_button
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.widgets.timeline import Timeline, TimelineBar, TimelineRow
from bulletin_study.usecases.people_rows import AbsenceRow

WEEKS = 4


class AwayPane(QFrame):
    """A timeline of four weeks. ``opened(absence id)``, ``wanted`` for a new one,
    ``turned(first day)`` when the weeks change."""

    opened = Signal(int)
    wanted = Signal()
    turned = Signal(object)

    def __init__(self, first: date) -> None:
        super().__init__()
        self.setProperty("surface", "plain")
        self.first = first
        self._heading = label("不在岗情况", "title")
        self._hint = label("", "secondary")
        self.add = small_button("登记", "plus", on_click=self.wanted.emit)
        back = icon_button("chevron-left", "往前四周", small=True,
                           on_click=lambda: self._turn(-WEEKS))
        forth = icon_button("chevron-right", "往后四周", small=True,
                            on_click=lambda: self._turn(WEEKS))
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addWidget(self._hint)
        head.addStretch(1)
        for button in (back, forth, self.add):
            head.addWidget(button)
        self.timeline = Timeline()
        self.timeline.bar_opened.connect(self.opened.emit)
        self.stack = PaneStack(self.timeline)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.stack, 1)

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.first + timedelta(days=7 * WEEKS - 1)

    def show_rows(self, rows: Sequence[AbsenceRow], today: date) -> None:
        """One line a person, with all absences that touch the weeks."""
        by_person: dict[int, list[AbsenceRow]] = {}
        for row in rows:
            by_person.setdefault(row.person.id, []).append(row)
        lines = [
            TimelineRow(own[0].person.name, tuple(_bar(row) for row in own))
            for own in by_person.values()
        ]
        self._hint.setText(
            f"{self.first:%m-%d} 至 {self.last:%m-%d} · {len(by_person)} 人"
        )
        if lines:
            self.timeline.set_rows(lines, self.first, WEEKS, today)
            self.stack.show_content()
        else:
            self.stack.show_empty("这四周没有人不在岗。", "登记…", self.wanted.emit)

    def _turn(self, weeks: int) -> None:
        self.first += timedelta(days=7 * weeks)
        self.turned.emit(self.first)


def _bar(row: AbsenceRow) -> TimelineBar:
    absence = row.absence
    end = f"至 {absence.end:%m-%d}" if absence.end else "起"
    reason = "" if absence.reason == str(absence.kind) else absence.reason
    words = " ".join(p for p in (str(absence.kind), reason) if p)
    text = f"{words}，{absence.start:%m-%d} {end}"
    warning = f"与 {row.talks[0]:%m-%d} 主讲冲突" if row.talks else ""
    tone = "green" if absence.exempts else "blue"
    return TimelineBar(absence.id, absence.start, absence.end, text, tone, warning, text)
