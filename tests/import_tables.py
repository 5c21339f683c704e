"""Tables for import tests, as they come out of the reader: no file, no child process."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.tables.columns import Field, best_sheet
from bulletin_study.exchange.tables.workbook import Cell, Sheet, Workbook
from bulletin_study.usecases.importing import ImportPreview, ImportRow

Rows = Sequence[Sequence[Cell]]


def table(*rows: Sequence[Cell], name: str = "名单.xlsx") -> Workbook:
    """A workbook of one sheet whose first row is the header."""
    width = max(len(row) for row in rows)
    filled = tuple(
        tuple(cell if cell != "" else None for cell in (*row, *[None] * (width - len(row))))
        for row in rows
    )
    return Workbook(name, (Sheet("Sheet1", False, filled),))


def records_of(fields: Sequence[Field], *rows: Sequence[Cell], year: int = 2026) -> Records:
    """The records of such a table."""
    sheet, guess = best_sheet(table(*rows), fields)
    return Records(sheet, guess, {}, year)


def row_at(preview: ImportPreview, number: int) -> ImportRow:
    """The row with this number in the file."""
    return next(row for row in preview.rows if row.row == number)


def states(preview: ImportPreview) -> list[str]:
    """The state of every row, in order."""
    return [str(row.state) for row in preview.rows]
