"""The middle of the page: the sessions or the study plan."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from bulletin_study.ui.context import Context
from bulletin_study.ui.tabs.study.board import Act, SessionBoard
from bulletin_study.ui.tabs.study.plan_pane import PlanPane


class StudyCentre(QWidget):
    """``planning_changed(bool)`` when the one takes the place of the other."""

    planning_changed = Signal(bool)

    def __init__(self, context: Context, acts: Callable[[], list[Act]]) -> None:
        super().__init__()
        self.board = SessionBoard(acts)
        self.plan = PlanPane(context)
        self._words = ""
        self._stack = QStackedWidget()
        self._stack.addWidget(self.board)
        self._stack.addWidget(self.plan)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)

    @property
    def planning(self) -> bool:
        """Whether the study plan is shown."""
        return self._stack.currentWidget() is self.plan

    def show_plan(self, shown: bool) -> None:
        """Show the plan, or the sessions."""
        if shown != self.planning:
            self._stack.setCurrentWidget(self.plan if shown else self.board)
            self.filter(self._words)
            self.planning_changed.emit(shown)

    def filter(self, words: str) -> None:
        """Show only what holds the words."""
        self._words = words
        if self.planning:
            self.plan.filter(words)
        else:
            self.board.filter(words)

    def step(self, by: int) -> None:
        """Select the next or the previous row."""
        (self.plan.list if self.planning else self.board.list).step(by)
