"""Editors of this page: somebody on the roster or from outside, a start, hours of study."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from bulletin_study.ui.autosave import Autosave, FieldProblem
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.widgets.person_combo import PersonCombo, PersonOption
from bulletin_study.ui.widgets.person_match import find_people, normal
from bulletin_study.usecases.session_detail import Candidate

Who = tuple[int | None, str]
"""A person's id, or the name of somebody from outside; (None, "") for nobody."""

NOBODY: Final[Who] = (None, "")
_CLOCK: Final = re.compile(r"(\d{1,2})\s*[:：点时]?\s*(\d{2})?\s*分?")
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


class WhoField(PersonCombo):
    """Its value is a :data:`Who`: typed words that name nobody on the roster are a name."""

    def __init__(self, placeholder: str = "姓名，部外的也可以写") -> None:
        self._outside = ""
        super().__init__((), placeholder)

    def value(self) -> Who:  # type: ignore[override]
        """The person, or the name from outside; raises ``FieldProblem`` when several fit."""
        words = self.text().strip()
        if not words:
            return NOBODY
        if words == self._outside and self._chosen is None:
            return (None, words)
        try:
            return (super().value(), "")
        except FieldProblem:
            if find_people(self._people, words) or normal(words).isascii():
                raise
            return (None, words)

    def set_value(self, value: Who | None) -> None:  # type: ignore[override]
        """Show a stored person or name."""
        self.autosave.set_value(value)

    def set_people(self, people: Sequence[PersonOption]) -> None:
        """Whom to offer; what is shown stays."""
        self._people = list(people)
        if not self.hasFocus():
            self._write((self._chosen, self._outside))

    def _typed(self) -> None:
        words = self.text().strip()
        self.popup.offer(find_people(self._people, words),
                         none=f"名单上没有“{words}”，回车记为部外人员。")  # fmt: skip

    def _write(self, value: Any) -> None:
        """Takes a person's id too: the list of the base chooses by it."""
        chosen, outside = value if isinstance(value, tuple) else (value, "")
        self._chosen, self._outside = chosen, outside
        person = self._by_id(chosen)
        self.setText(person.name if person is not None else outside)
        if not self.hasFocus():
            self.setCursorPosition(0)


class ClockField(QLineEdit):
    """A time of day as 9:00, 9点 or 0900; empty is ``None``."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("如 09:00")
        self.autosave = Autosave(self, self.value, self._write)

    def value(self) -> time | None:
        """The time; raises ``FieldProblem`` for anything else."""
        words = normal(self.text())
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
