"""Where the header of a sheet is, and which column is which field.

Guesses are shown and can be overruled; they never decide silently between two columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bulletin_study.exchange.tabular import Cell, Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Field:
    """Something a table can tell. ``offered`` names are reported, never assumed."""

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderGuess:
    """A header row and what its columns are.

    ``row_index`` is the last row of the header, 0-based; data start at the next. ``texts``
    are the header's words as in the file, one for each column ("" where there are none).
    ``columns`` maps column numbers to field names; ``offers`` maps columns that might be a
    field but are not taken for it; ``doubles`` maps columns that say the same as one already
    taken. Fields of ``missing`` are required and have no column.
    """

    row_index: int
    columns: Mapping[int, str]
    texts: tuple[str, ...]
    fields: tuple[Field, ...]
    offers: Mapping[int, str]
    doubles: Mapping[int, str]

    @property
    def missing(self) -> tuple[Field, ...]:
        """Required fields that no column was found for."""
        raise NotImplementedError

    def cell(self, row: Sequence[Cell], name: str) -> Cell:
        """The cell of field ``name`` in ``row``, ``None`` when it has no column."""
        raise NotImplementedError


def find_header(sheet: Sheet, fields: Sequence[Field]) -> HeaderGuess | None:
    """The row (or two rows) of the sheet's beginning that names most of the fields.

    ``None`` when no row names any required field (or, without required ones, two fields).
    """
    raise NotImplementedError


def is_noise(row: Sequence[Cell], guess: HeaderGuess) -> bool:
    """Whether a row below the header is no record: blank, the header repeated, a section
    title, a total, a note or a signature line at the foot."""
    raise NotImplementedError


def best_sheet(
    workbook: Workbook, fields: Sequence[Field], name: str | None = None
) -> tuple[Sheet, HeaderGuess]:
    """The first of the visible sheets with the best header, or the one called ``name``.

    Raises ``UnreadableFile`` with NO_SHEET, NO_ROWS or NO_HEADER.
    """
    raise NotImplementedError


def apply_map(guess: HeaderGuess, mapping: Mapping[str, str]) -> HeaderGuess:
    """The guess overruled by hand: header text (or 第N列) → field title or name.

    "" (or 不导入) as field leaves the column out. Raises ``BadMap``.
    """
    raise NotImplementedError
