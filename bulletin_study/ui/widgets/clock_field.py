"""A time of day as clerks type it."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from PySide6.QtWidgets import QLineEdit

from bulletin_study.ui.autosave import Autosave, FieldProblem
from bulletin_study.ui.widgets.person_match import normal

_CLOCK: Final = re.compile(r"(\d{1,2})\s*[:：点时]?\s*(\d{2})?\s*分?")


class ClockField(QLineEdit):
    """A time of day as 9:00, 9点 or 0900; empty is ``None``."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__()
        self._required = required
        self.setPlaceholderText("如 09:00")
        self.autosave = Autosave(self, self.value, self._write)

    def value(self) -> time | None:
        """The time; raises ``FieldProblem`` for anything else."""
        words = normal(self.text())
        if not words and self._required:
            raise FieldProblem("还没填时刻。")
        if not words:
            return None
        found = re.fullmatch(r"(\d{1,2})(\d{2})", words) or _CLOCK.fullmatch(words)
        try:
            if found:
                return time(int(found[1]), int(found[2] or 0))
        except ValueError as wrong:
            raise FieldProblem(f"没有“{words}”这个时刻。") from wrong
        raise FieldProblem(f"“{words}”不像时刻。可以写 09:00。")

    def set_value(self, value: time | None) -> None:
        """Show a time."""
        self.autosave.set_value(value)

    def _write(self, value: time | None) -> None:
        self.setText("" if value is None else f"{value:%H:%M}")
