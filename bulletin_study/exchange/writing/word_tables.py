"""Forms and tables in a docx: heads repeated, rows whole, long words set smaller."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulletin_study.exchange.writing.word_parts import add_run, keep_whole, set_padding
from bulletin_study.usecases.paper_layout import (
    FONTS,
    FORM_POINTS,
    TABLE_FONTS,
    TABLE_POINTS,
    TIGHT_PADDING,
    TIGHT_SPACING,
    fitted_points,
)
from bulletin_study.usecases.papers import Form, Grid, Style, table_lines
from bulletin_study.usecases.reports import FIGURES

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable

_ROW = 7.5
"""The least height of a row in millimetres."""
_PADDING = (4.0, 2.0)
"""Points beside, and above and below, the words of a cell."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How the words of one row are set; ``height`` in millimetres where they must fit it."""

    fonts: Sequence[str]
    height: float | None
    centred: bool = False
    right: Sequence[bool] = ()


def add_grid(made: Document, block: Grid, inside: float, step: Callable[[], None]) -> None:
    """A table ``inside`` millimetres wide; ``step`` is called for every row."""
    table = block.table
    if not table.columns:
        return
    lines = table_lines(table)
    shares = [float(column.width) for column in table.columns]
    above = len(block.above)
    grid = _table(made, above + 1 + len(lines), shares, inside)
    if block.height is None:
        set_padding(grid, *_PADDING)
    else:
        set_padding(grid, TIGHT_PADDING, 0)
    widths = [inside * share / sum(shares) for share in shares]
    rows = list(grid.rows)
    for row, line in zip(rows, block.above, strict=False):
        keep_whole(row, repeat=True)
        cell = row.cells[0].merge(row.cells[-1])
        _write_row(row, [cell], [line], [inside], _Look(TABLE_FONTS, block.height))
    titles = [column.title for column in table.columns]
    keep_whole(rows[above], repeat=True)
    head = _Look(FONTS[Style.HEADING], block.height, centred=True)
    _write_row(rows[above], rows[above].cells, titles, widths, head)
    right = [column.kind in FIGURES for column in table.columns]
    for number, (row, words) in enumerate(zip(rows[above + 1 :], lines, strict=True), start=1):
        total = table.total is not None and number == len(lines)
        fonts = FONTS[Style.HEADING] if total else TABLE_FONTS
        keep_whole(row, repeat=False)
        _write_row(row, row.cells, words, widths, _Look(fonts, block.height, right=right))
        step()


def _write_row(
    row: Any, cells: Sequence[Any], words: Sequence[str], widths: Sequence[float], look: _Look
) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Mm, Pt

    row.height = Mm(_ROW if look.height is None else look.height)
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    for at, (cell, text, width) in enumerate(zip(cells, words, widths, strict=True)):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        line = cell.paragraphs[0]
        points = TABLE_POINTS
        if look.height is not None:
            points = fitted_points(text, width, look.height)
            spacing = line.paragraph_format
            spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            spacing.line_spacing = Pt(points * TIGHT_SPACING)
            spacing.space_after = Pt(0)
        if look.centred:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif look.right and look.right[at]:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        add_run(line, text, points, look.fonts)


def add_form(made: Document, block: Form, inside: float) -> None:
    """A form ``inside`` millimetres wide, its boxes merged over their span."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    form = _table(made, len(block.lines), list(block.widths), inside)
    set_padding(form, *_PADDING)
    for number, line in enumerate(block.lines):
        row = form.rows[number]
        row.height, row.height_rule = Mm(line.height), WD_ROW_HEIGHT_RULE.AT_LEAST
        at = 0
        for box in line.boxes:
            cell = form.cell(number, at)
            if box.span > 1:
                cell = cell.merge(form.cell(number, at + box.span - 1))
            at += box.span
            _write_box(cell, box.text, box.caption)


def _write_box(cell: Any, words: str, caption: bool) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    text = cell.paragraphs[0]
    fonts = FONTS[Style.HEADING] if caption else FONTS[Style.BODY]
    for place, part in enumerate(words.split("\n")):
        if place:
            text = cell.add_paragraph()
        if caption:
            text.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_run(text, part, FORM_POINTS, fonts)


def _table(made: Document, rows: int, shares: list[float], inside: float) -> WordTable:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table: WordTable = made.add_table(rows, len(shares))
    table.style = made.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    whole = sum(shares) or 1.0
    widths = [Mm(inside * share / whole) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    # Some programs go by the columns, some by the cells.
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    return table
