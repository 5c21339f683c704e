"""Choose the place to change with, then do it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bulletin_study.ui.controls import quiet_button
from bulletin_study.ui.fields import ChoiceField
from bulletin_study.usecases.talk_page import TalkLine
from bulletin_study.usecases.titles import day_text


class SwapField(QWidget):
    """``wanted(talk id)`` when the button was pressed."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.choice = ChoiceField()
        self.choice.setPlaceholderText("选一场")
        self.go = quiet_button("对调", "swap", tip="两人互换场次，题目跟着人走",
                               on_click=self._go)  # fmt: skip
        self.choice.currentIndexChanged.connect(self._enable)
        self.setFocusProxy(self.choice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.go)

    def offer(self, lines: Sequence[TalkLine], here: TalkLine) -> None:
        """Every other session's speakers still ahead."""
        options = [
            (f"{day_text(line.row.day)} {line.row.speaker}{_group(line)}", line.row.talk.id)
            for line in lines
            if line.row.talk is not None
            and line.taken
            and line.ahead
            and line.row.session.id != here.row.session.id
        ]
        self.choice.set_options(options)
        self._enable()

    def forget(self) -> None:
        """Nothing is chosen."""
        self.choice.set_value(None)
        self._enable()

    def _go(self) -> None:
        talk_id = self.choice.value()
        if talk_id is not None:
            self.forget()
            self.wanted.emit(talk_id)

    def _enable(self, *_: object) -> None:
        self.go.setEnabled(self.choice.value() is not None)


def _group(line: TalkLine) -> str:
    return f"（{line.row.group}）" if line.row.group else ""
