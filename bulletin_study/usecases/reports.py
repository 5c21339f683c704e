"""What a report is before it becomes a file: titled tables of plain typed values.

The same report is shown, written as xlsx or csv, or printed. A figure that is a sum or a
quotient says of what, so that a spreadsheet can keep it live; its value is always given too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bulletin_study.usecases.titles import date_words, day_words


class ColumnKind(StrEnum):
    """What a column holds. PERCENT values are fractions: 0.95 is shown as 95.0%."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    PERCENT = "percent"


FIGURES = (ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.PERCENT)
"""What stands at the right of its column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` in characters of western text (a Chinese one is two wide)."""

    title: str
    width: int
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class RowSum:
    """The sum of the columns ``first`` to ``last`` (from 0, both in) of its own row.

    ``value`` may differ from that sum where something must not count twice; the difference
    is kept, so that the figure stays live and right.
    """

    value: int | float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """In a total row: the sum of the column above; ``value`` may differ as in ``RowSum``."""

    value: int | float


@dataclass(frozen=True, slots=True)
class Quotient:
    """Column ``numerator`` over column ``denominator`` (from 0) of its own row.

    ``None`` for nothing over nothing, shown as —.
    """

    value: float | None
    numerator: int
    denominator: int


Plain = str | int | float | date | time | None
Cell = Plain | RowSum | ColumnSum | Quotient
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``name`` is short (a sheet's name), ``subtitle`` stands under the title,
    ``notes`` at the foot. Each row has a cell for each column."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    total: Row | None = None
    subtitle: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbered:
    """第N次 as a document names it: of this session, under this kind."""

    session_id: int
    kind_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Report:
    """Tables handed up together. ``numbers``: see ``usecases.handing_in``."""

    title: str
    tables: tuple[Table, ...]
    numbers: tuple[Numbered, ...] = ()

    @property
    def size(self) -> int:
        """Rows in all tables, totals left out."""
        return sum(len(table.rows) for table in self.tables)


def plain(cell: Cell) -> Plain:
    """The value of a cell, whether it was summed, divided or simply there."""
    return cell.value if isinstance(cell, RowSum | ColumnSum | Quotient) else cell


def period_words(first: date, last: date) -> str:
    """A period as titles say it: 2022年1月1日至12月18日."""
    start = date_words(first)
    if first == last:
        return start
    year = "" if first.year == last.year else f"{last.year}年"
    return f"{start}至{year}{day_words(last)}"
