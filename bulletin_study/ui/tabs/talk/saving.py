"""One place under edit: what is saved for it, and where a refusal is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from bulletin_study.domain.errors import Clash, Refusal, RuleBroken
from bulletin_study.ui.forms import FormRow
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.talk_page import TalkLine

Act = Callable[[UnitOfWork, bool], Any]
"""Called with the unit and whether a rule or a clash is overridden knowingly."""


class Saver(QObject):
    """Saves for the place shown; ``failed(sentence)`` when another one is shown by then."""

    failed = Signal(str)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.line: TalkLine | None = None

    def save(self, row: FormRow, act: Act, anyway: str = "", *, override: bool = False) -> None:
        """Do it; a refusal shows under the field, with ``anyway`` on a button where a hand may
        have its way."""
        key = self.line.key if self.line is not None else None

        def refused(refusal: Refusal) -> None:
            if self.line is None or self.line.key != key:
                self.failed.emit(sentence_for(refusal))
                return
            again = (anyway, lambda: self.save(row, act, anyway, override=True))
            may = bool(anyway) and isinstance(refusal, RuleBroken | Clash)
            row.error(sentence_for(refusal), again if may else None)

        # By then the row may already say something new about what was saved: only red goes.
        self.runner.do(
            lambda unit: act(unit, override), lambda _: row.show_problem(""), refused
        )

    def act(self, action: Callable[[UnitOfWork], Any]) -> None:
        """Do something that belongs to no field."""
        self.runner.do(action, None, lambda refusal: self.failed.emit(sentence_for(refusal)))
