"""The list of people under a field while one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tokens import GROUP_ROW
from bulletin_study.ui.widgets.column_fit import width_for
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.person_match import PersonOption

_MOST_ROWS = 8
_NAME = 64
"""Room for a name of three characters."""


class PeoplePopup(QFrame):
    """Floats in the window of its field and never takes the focus from it."""

    chosen = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.setProperty("surface", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._field = field
        self._verb = ""
        self._name_width = _NAME
        self._model: RowsModel[PersonOption] = RowsModel(
            self._columns(), key=lambda person: person.id
        )
        self._list = ListView(self._model, row_height=GROUP_ROW, header=False)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(lambda index: self.choose())
        self._hint = label("", "secondary")
        self._hint.setProperty("surface", "foot")
        # Its background is the style sheet's, which takes contents margins away.
        self._hint.setIndent(16)
        self._hint.setFixedHeight(26)
        self._none = label("", "text2")
        self._none.setContentsMargins(10, 6, 10, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._none)
        column.addWidget(self._list)
        column.addWidget(self._hint)
        self.hide()

    @property
    def people(self) -> list[PersonOption]:
        """Who is listed."""
        return list(self._model.rows())

    @property
    def current(self) -> PersonOption | None:
        """Who would be taken by Enter."""
        row = self._list.current_row() if self.isVisible() else None
        return row if isinstance(row, PersonOption) else None

    def offer(
        self, people: Sequence[PersonOption], *, verb: str = "", hint: str = "", none: str = "",
        select: int | None = None,
    ) -> None:  # fmt: skip
        """List people with the first (or the given one) selected; ``verb`` says what Enter
        does, ``hint`` stands below, ``none`` is said when nobody matches."""
        self._verb = verb
        self._list.set_column_shown("verb", bool(verb))
        self._list.set_column_shown("number", any(person.number for person in people))
        self._make_room(people)
        self._model.set_rows(people)
        self._list.setVisible(bool(people))
        rows = min(_MOST_ROWS, len(people))
        self._list.setFixedHeight(rows * GROUP_ROW)
        self._none.setText(none)
        self._none.setVisible(not people and bool(none))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint) and bool(people))
        if not people and not none:
            self.hide()
            return
        self._place()
        if select is None or not self._list.select_key(select):
            self._list.select_first()

    def step(self, by: int) -> None:
        """Move the selection."""
        self._list.step(by)

    def choose(self) -> None:
        """Take the selected person."""
        person = self.current
        if person is not None:
            self.hide()
            self.chosen.emit(person)

    def _place(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setFixedWidth(max(260, self._field.width()) + self._name_width - _NAME)
        self.adjustSize()
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        if below.y() + self.height() > window.height():
            above = self._field.mapTo(window, QPoint(0, -2)).y() - self.height()
            below.setY(above if above >= 0 else max(0, window.height() - self.height()))
        below.setX(max(0, min(below.x(), window.width() - self.width())))
        self.move(below)
        self.show()
        self.raise_()

    def _make_room(self, people: Sequence[PersonOption]) -> None:
        """A long name is not cut: who of three 阿卜杜… is meant must be seen."""
        width = width_for([person.name for person in people], _NAME)
        if width != self._name_width:
            self._name_width = width
            self._model.set_columns(self._columns())

    def _columns(self) -> list[Column[PersonOption]]:
        return [
            Column("number", "", lambda p: Cell(p.number, tone="text2"), 56),
            Column("name", "", lambda p: Cell(p.name, bold=True), self._name_width),
            Column("note", "", lambda p: Cell(_note(p), tone="text2"), least=60, most=900),
            Column("verb", "", self._verb_cell, 96, right=True),
        ]

    def _verb_cell(self, person: PersonOption) -> Cell:
        return Cell(self._verb if person == self.current else "", tone="text2")


def _note(person: PersonOption) -> str:
    return " ".join(part for part in (person.note, person.initials) if part)
