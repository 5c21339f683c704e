"""The records of a sheet, read column by column, and what is said about each of them.

A record is known by its place among the records (0, 1, 2 …); its row number in the file is
only for showing. Remarks are kept apart from the records, since most have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from bulletin_study.exchange.tables.cells import CellProblem, Read
from bulletin_study.exchange.tables.columns import HeaderGuess, is_noise
from bulletin_study.exchange.tables.workbook import Cell, Sheet
from bulletin_study.usecases.importing import ImportRow, RowState

T = TypeVar("T")

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


class Remarks:
    """Errors, notes and changes of the records, each as (field, sentence)."""

    def __init__(self) -> None:
        self.errors: dict[int, list[tuple[str, str]]] = {}
        self.notes: dict[int, list[tuple[str, str]]] = {}
        self.changes: dict[int, list[str]] = {}
        self.fresh: set[int] = set()

    def wrong(self, at: int, field: str, text: str) -> None:
        """The record cannot be used."""
        self.errors.setdefault(at, []).append((field, text))

    def note(self, at: int, field: str, text: str) -> None:
        """Something was guessed or left out."""
        self.notes.setdefault(at, []).append((field, text))

    def change(self, at: int, text: str) -> None:
        """A stored value becomes another."""
        self.changes.setdefault(at, []).append(text)

    def new(self, at: int) -> None:
        """The record is not in the store yet."""
        self.fresh.add(at)

    def state(self, at: int) -> RowState:
        """What applying would do with the record."""
        if at in self.errors:
            return RowState.WRONG
        if at in self.fresh:
            return RowState.NEW
        return RowState.CHANGED if at in self.changes else RowState.SAME


class Records:
    """The records below a sheet's header, with the user's corrections laid over the cells.

    ``fixes``: (row number in the file, field) → text. ``year`` is the one meant where a
    date has none: the year that the lines above the header speak of, or this year.
    """

    def __init__(
        self,
        sheet: Sheet,
        guess: HeaderGuess,
        fixes: Mapping[tuple[int, str], str],
        this_year: int,
    ) -> None:
        self.remarks = Remarks()
        self.year = _year_above(sheet, guess) or this_year
        self._titles = {field.name: field.title for field in guess.fields}
        self._places = {name: place for place, name in guess.columns.items()}
        first = guess.row_index + 1
        kept = [
            (number, row)
            for number, row in enumerate(sheet.rows[first:], start=first + 1)
            if not is_noise(row, guess)
        ]
        self.numbers: list[int] = [number for number, _ in kept]
        self.raws: list[tuple[Cell, ...]] = [row for _, row in kept]
        self._fixes: dict[str, list[tuple[int, str]]] = {}
        place_of = {number: at for at, number in enumerate(self.numbers)} if fixes else {}
        for (number, field), text in fixes.items():
            if number in place_of:
                self._fixes.setdefault(field, []).append((place_of[number], text))

    def __len__(self) -> int:
        return len(self.numbers)

    def has(self, field: str) -> bool:
        """Whether the file has a column for the field, or a correction in its place."""
        return field in self._places or field in self._fixes

    def cells(self, field: str) -> list[Cell]:
        """The field's cells, record by record; ``None`` throughout without a column."""
        place = self._places.get(field)
        cells: list[Cell]
        if place is None:
            cells = [None] * len(self.raws)
        else:
            cells = [raw[place] for raw in self.raws]
        for at, text in self._fixes.get(field, ()):
            cells[at] = text
        return cells

    def read(self, field: str, reader: Callable[[Cell], T | None]) -> list[T | None]:
        """The field's values: ``None`` where blank, and where unreadable, which is an error."""
        return self._read(field, reader, {})

    def read_noted(self, field: str, reader: Callable[[Cell], Read[T] | None]) -> list[T | None]:
        """Like ``read``, with a note on what had to be guessed."""
        notes: dict[object, str] = {}

        def plain(cell: Cell) -> T | None:
            got = reader(cell)
            if got is None:
                return None
            if got.note:
                notes[_key(cell)] = got.note
            return got.value

        return self._read(field, plain, notes)

    def _read(
        self, field: str, reader: Callable[[Cell], T | None], notes: dict[object, str]
    ) -> list[T | None]:
        """Equal cells are read once; ``notes`` are by cell, filled by the reader."""
        if not self.has(field):
            return [None] * len(self.raws)
        known: dict[object, T | None] = {}
        errors: dict[object, str] = {}
        values: list[T | None] = []
        for at, cell in enumerate(self.cells(field)):
            if cell is None or cell == "":
                values.append(None)
                continue
            # As _key says; spelled out, since this is done for every cell of the file.
            key = cell if type(cell) is str else (type(cell), cell)
            try:
                values.append(known[key])
            except KeyError:
                known[key] = self._value(field, reader, cell, errors)
                values.append(known[key])
            if errors and key in errors:
                self.remarks.wrong(at, field, errors[key])
            elif notes and key in notes:
                self.remarks.note(at, field, notes[key])
        return values

    def _value(
        self,
        field: str,
        reader: Callable[[Cell], T | None],
        cell: Cell,
        errors: dict[object, str],
    ) -> T | None:
        try:
            value = reader(cell)
        except CellProblem as problem:
            errors[_key(cell)] = f"{self._titles[field]}：{problem.reason}"
            return None
        return None if value == "" else value

    def usable(self) -> Iterator[int]:
        """Records without an error so far."""
        errors = self.remarks.errors
        return (at for at in range(len(self.numbers)) if at not in errors)

    def rows(self) -> tuple[ImportRow, ...]:
        """The records as the preview shows them."""
        said = self.remarks
        plain = RowState.SAME
        special = said.errors.keys() | said.notes.keys() | said.changes.keys()
        return tuple(
            self._row(at, number, raw)
            if at in special
            else ImportRow(number, raw, RowState.NEW if at in said.fresh else plain)
            for at, (number, raw) in enumerate(zip(self.numbers, self.raws, strict=True))
        )

    def _row(self, at: int, number: int, raw: tuple[Cell, ...]) -> ImportRow:
        said = self.remarks
        state = said.state(at)
        errors, notes = said.errors.get(at, ()), said.notes.get(at, ())
        return ImportRow(
            number,
            raw,
            state,
            _sentences(errors),
            _sentences(notes),
            tuple(said.changes.get(at, ())) if state is RowState.CHANGED else (),
            tuple(dict.fromkeys(field for field, _ in errors)),
            tuple(dict.fromkeys(field for field, _ in notes)),
        )


def _sentences(remarks: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for _, text in remarks))


def _key(cell: Cell) -> object:
    """What cells are equal by: 1, 1.0 and true are three."""
    return cell if type(cell) is str else (type(cell), cell)


def _year_above(sheet: Sheet, guess: HeaderGuess) -> int | None:
    for row in sheet.rows[: guess.row_index + 1]:
        for cell in row:
            found = _YEAR.search(cell) if isinstance(cell, str) else None
            if found:
                return int(found[1])
    return None
