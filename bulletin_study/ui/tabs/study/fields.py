"""Editors of this page: hours of study, and how fields stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from bulletin_study.ui.autosave import Autosave, FieldProblem
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.widgets.person_combo import PersonOption
from bulletin_study.ui.widgets.person_match import normal
from bulletin_study.usecases.session_detail import Candidate

_MOST_HOURS: Final = 24


def options(candidates: Sequence[Candidate]) -> list[PersonOption]:
    """People as the fields offer them."""
    return [
        PersonOption(
            one.person.id,
            one.person.name,
            one.person.initials,
            one.person.pinyin,
            one.person.staff_number or "",
            one.group,
        )
        for one in candidates
    ]


def flush(form: FormColumn) -> None:
    """Take the margins of a form that stands inside another."""
    layout = form.layout()
    if layout is not None:
        layout.setContentsMargins(0, 0, 0, 0)


def share(rows: Sequence[FormRow], *parts: int) -> None:
    """Let fields that stand side by side share their line in these parts."""
    holder = rows[0].parentWidget()
    layout = holder.layout() if holder is not None else None
    if isinstance(layout, QHBoxLayout):
        for at, part in enumerate(parts):
            layout.setStretch(at, part)


class HoursField(QLineEdit):
    """学时 as a number; empty takes what the kind or the length of the session gives."""

    def __init__(self, placeholder: str = "按时长") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.autosave = Autosave(self, self.value, self._write)

    def value(self) -> float | None:
        """The hours; raises ``FieldProblem`` unless 0 to 24."""
        words = normal(self.text()).removesuffix("学时").removesuffix("小时").strip()
        if not words:
            return None
        try:
            hours = float(words)
        except ValueError as wrong:
            raise FieldProblem(f"“{words}”不是数。可以写 1.5。") from wrong
        if not 0 <= hours <= _MOST_HOURS:
            raise FieldProblem("学时要在 0 到 24 之间。")
        return hours

    def set_value(self, value: float | None) -> None:
        """Show stored hours."""
        self.autosave.set_value(value)

    def _write(self, value: float | None) -> None:
        self.setText("" if value is None else f"{value:g}")
