"""Somebody on the roster, or the name of somebody from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.widgets.person_combo import PersonCombo, PersonOption
from bulletin_study.ui.widgets.person_match import find_people, normal

Who = tuple[int | None, str]
"""A person's id, or the name of somebody from outside; (None, "") for nobody."""

NOBODY: Final[Who] = (None, "")


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
