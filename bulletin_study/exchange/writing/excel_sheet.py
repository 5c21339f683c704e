"""One table onto one sheet, row after row and never back (rows may already be on disk)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from bulletin_study.exchange.writing.clean import clean
from bulletin_study.exchange.writing.excel_styles import Styles
from bulletin_study.usecases.reports import (
    Cell,
    Column,
    ColumnKind,
    ColumnSum,
    Quotient,
    Row,
    RowSum,
    Table,
    plain,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
"""UTF-16 units that one cell holds."""
_PIECE = 32_000
_WRAP_FROM = 20
_LINE, _TALLEST = 15, 400
"""Points of a line, and of the highest row: not every program fits rows to wrapped text."""
_FIRST_YEAR = 1900
"""The spreadsheet calendar begins here; an earlier date is written as text."""
_DASH = "—"
_A4 = 9


@dataclass(frozen=True, slots=True)
class _LongText:
    place: str
    text: str


class LongTexts:
    """Texts too long for a cell; they go on, complete, in a sheet of their own."""

    def __init__(self) -> None:
        self._texts: list[_LongText] = []

    def cut(self, text: str, place: str) -> str:
        """What the cell shows; a cut text says where the whole stands."""
        if len(text) * 2 < _LONGEST or _units(text) <= _LONGEST:
            return text
        self._texts.append(_LongText(place, text))
        return f"{text[: _PIECE // 2]}……（共 {len(text)} 字，全文见工作表“长文”：{place}）"

    def write(self, workbook: Workbook, styles: Styles) -> None:
        """Write the sheet 长文, in pieces that fit; nothing when no text was too long."""
        if not self._texts:
            return
        sheet = workbook.add_worksheet("长文")
        sheet.set_column(0, 1, 16)
        sheet.set_column(2, 2, 100)
        for column, title in enumerate(("所在单元格", "第几段", "内容")):
            sheet.write_string(0, column, title, styles.head)
        row = 1
        for long_text in self._texts:
            step = _PIECE // 2
            for number, start in enumerate(range(0, len(long_text.text), step), start=1):
                piece = long_text.text[start : start + step]
                sheet.write_string(row, 0, long_text.place, styles.cell(ColumnKind.TEXT, False))
                sheet.write_number(row, 1, number, styles.cell(ColumnKind.INTEGER, False))
                sheet.write_string(row, 2, piece, styles.cell(ColumnKind.TEXT, True))
                row += 1


class SheetWriter:
    """Writes one table: title, subtitle, head row, rows, total, notes."""

    def __init__(
        self, sheet: Worksheet, table: Table, styles: Styles, long_texts: LongTexts
    ) -> None:
        self._sheet = sheet
        self._table = table
        self._styles = styles
        self._long_texts = long_texts
        self._formats = [styles.cell(c.kind, _wraps(c)) for c in table.columns]
        self._wrapped = [(at, c.width) for at, c in enumerate(table.columns) if _wraps(c)]
        self._row = 0
        self._first = 0
        # Added up while rows pass by: a total row must know how far its value is from the sum.
        self._sums = [0.0] * len(table.columns)
        self._summed = [
            isinstance(cell, ColumnSum) for cell in table.total or (None,) * len(table.columns)
        ]

    def write_head(self) -> None:
        """The title, what stands under it, and the head row; sets up page and panes."""
        table, sheet = self._table, self._sheet
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)
        self._line(table.title, self._styles.title, 30)
        if table.subtitle:
            width = sum(column.width for column in table.columns)
            lines = -(-_shown_width(table.subtitle) // max(width, 1))
            self._line(table.subtitle, self._styles.subtitle, 18 * lines + 6)
        head = self._row
        sheet.set_row(head, 30)
        for number, column in enumerate(table.columns):
            sheet.write_string(head, number, clean(column.title), self._styles.head)
        self._first = self._row = head + 1
        sheet.freeze_panes(self._first, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.repeat_rows(head)
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def write_row(self, row: Row) -> None:
        """One row of the body, as high as its longest wrapped text asks for."""
        lines = max((_lines(row[at], width) for at, width in self._wrapped), default=1)
        if lines > 1:
            self._sheet.set_row(self._row, min(lines * _LINE + 3, _TALLEST))
        for number, (cell, style) in enumerate(zip(row, self._formats, strict=True)):
            if self._summed[number]:
                value = plain(cell)
                self._sums[number] += value if isinstance(value, int | float) else 0
            self._cell(number, cell, row, style)
        self._row += 1

    def write_foot(self) -> None:
        """The total row, then the notes."""
        last = self._row - 1
        if self._table.rows:
            self._sheet.autofilter(self._first - 1, 0, last, len(self._table.columns) - 1)
        if self._table.total is not None:
            for number, cell in enumerate(self._table.total):
                style = self._styles.total(self._table.columns[number].kind)
                if isinstance(cell, ColumnSum):
                    self._column_sum(number, cell, last, style)
                else:
                    self._cell(number, cell, self._table.total, style)
            self._row += 1
        for note in self._table.notes:
            self._sheet.write_string(self._row, 0, clean(note), self._styles.note)
            self._row += 1

    def _line(self, text: str, style: Format, height: int) -> None:
        last = len(self._table.columns) - 1
        self._sheet.set_row(self._row, height)
        if last > 0:
            self._sheet.merge_range(self._row, 0, self._row, last, "", style)
        self._sheet.write_string(self._row, 0, clean(text), style)
        self._row += 1

    def _cell(self, number: int, cell: Cell, row: Row, style: Format) -> None:
        if isinstance(cell, RowSum):
            span = (self._name(cell.first), self._name(cell.last))
            parts = [plain(c) for c in row[cell.first : cell.last + 1]]
            found = sum(p for p in parts if isinstance(p, int | float))
            self._formula(number, f"SUM({span[0]}:{span[1]})", cell.value, found, style)
        elif isinstance(cell, Quotient):
            over, under = self._name(cell.numerator), self._name(cell.denominator)
            value = _DASH if cell.value is None else cell.value
            formula = f'=IF({under}=0,"{_DASH}",{over}/{under})'
            self._sheet.write_formula(self._row, number, formula, style, value)
        else:
            self._plain(number, plain(cell), style)

    def _plain(self, number: int, value: object, style: Format) -> None:
        sheet, row = self._sheet, self._row
        if value is None or value == "":
            sheet.write_blank(row, number, None, style)
        elif isinstance(value, str):
            place = f"{sheet.get_name()} {self._name(number)}"
            sheet.write_string(row, number, self._long_texts.cut(clean(value), place), style)
        elif isinstance(value, date):
            if value.year < _FIRST_YEAR:
                sheet.write_string(row, number, value.isoformat(), style)
            else:
                moment = datetime(value.year, value.month, value.day)
                sheet.write_datetime(row, number, moment, style)
        elif isinstance(value, time):
            sheet.write_datetime(row, number, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(row, number, value, style)

    def _column_sum(self, number: int, cell: ColumnSum, last: int, style: Format) -> None:
        if last < self._first:
            self._sheet.write_number(self._row, number, cell.value, style)
            return
        top, bottom = self._name(number, self._first), self._name(number, last)
        self._formula(number, f"SUM({top}:{bottom})", cell.value, self._sums[number], style)

    def _formula(
        self, number: int, formula: str, value: float, found: float, style: Format
    ) -> None:
        """A live sum; what must not count twice is taken off in the formula itself."""
        off = round(value - found, 6)
        correction = f"{off:+.15g}" if off else ""
        self._sheet.write_formula(self._row, number, f"={formula}{correction}", style, value)

    def _name(self, column: int, row: int | None = None) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        name: str = xl_rowcol_to_cell(self._row if row is None else row, column)
        return name


def _wraps(column: Column) -> bool:
    return column.kind is ColumnKind.TEXT and column.width >= _WRAP_FROM


def _lines(cell: Cell, width: int) -> int:
    """How many lines a text takes in a column; what surely fits is not measured."""
    if not isinstance(cell, str) or (2 * len(cell) < width and "\n" not in cell):
        return 1
    return sum(max(-(-_shown_width(line) // (width - 1)), 1) for line in cell.split("\n"))


def _units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


def _shown_width(text: str) -> int:
    return sum(2 if c > "\u2e80" or c in "“”‘’…—" else 1 for c in text)
