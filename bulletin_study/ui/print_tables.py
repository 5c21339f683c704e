"""Forms and tables under the brush: rows whole, heads on every page, long words set smaller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from bulletin_study.ui.print_pages import Pages
from bulletin_study.ui.print_words import CENTRE, LEFT, RIGHT, Face, Words
from bulletin_study.usecases.paper_layout import (
    FONTS,
    FORM_POINTS,
    MM,
    TABLE_FONTS,
    TABLE_POINTS,
    TIGHT_PADDING,
    TIGHT_SPACING,
    fitted_points,
)
from bulletin_study.usecases.papers import Form, Grid, Style, table_lines
from bulletin_study.usecases.reports import FIGURES

_PAD = 4.0
"""Points between a rule and the words beside it."""
_ROW, _LOOSE = 18.0, 1.35
"""The least height of a row in points; from line to line, of the type's size."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words between two rules, in points from the left margin; ``pad`` at either side."""

    x: float
    width: float
    words: Words
    pad: float = _PAD

    @property
    def height(self) -> float:
        """What the words take."""
        return len(self.words.lines) * self.words.height

    def part(self, start: int, count: int | None) -> _Cell:
        """The cell with some of its lines."""
        return _Cell(self.x, self.width, self.words.part(start, count), self.pad)


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells side by side, at least ``least`` points high; ``pad`` above and below the words."""

    cells: Sequence[_Cell]
    least: float
    pad: float = _PAD

    @property
    def height(self) -> float:
        """What it takes of the page."""
        return max(self.least, max(cell.height for cell in self.cells) + 2 * self.pad)


class _Tight:
    """The rows of a grid of given height: words too long are set smaller."""

    def __init__(self, pages: Pages, height: float) -> None:
        self._pages, self._height = pages, height

    def cell(self, x: float, end: float, text: str, face: Face) -> _Cell:
        """The words at the size that fits."""
        points = fitted_points(text, (end - x) / MM, self._height)
        tight = Face(points, face.fonts, points * TIGHT_SPACING, face.align)
        inside = end - x - 2 * TIGHT_PADDING
        return _Cell(x, end - x, self._pages.setter.words(text, inside, tight), TIGHT_PADDING)

    def row(self, cells: Sequence[_Cell]) -> _Row:
        """As high as all of them."""
        return _Row(cells, self._height * MM, 0.0)


class _Loose:
    """The rows of an ordinary grid: words wrap and the row grows."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def cell(self, x: float, end: float, text: str, face: Face) -> _Cell:
        """The words at their own size."""
        return _loose_cell(self._pages, x, end, text, face)

    def row(self, cells: Sequence[_Cell]) -> _Row:
        """As high as its words need."""
        return _Row(cells, _ROW)


def paint_grid(pages: Pages, block: Grid) -> None:
    """A table; its head, with the lines above it, comes again on every page."""
    table = block.table
    if not table.columns:
        return
    rows = _Loose(pages) if block.height is None else _Tight(pages, block.height)
    edges = _edges([float(column.width) for column in table.columns], pages.width)
    aligns = [RIGHT if column.kind in FIGURES else LEFT for column in table.columns]

    def line(texts: Sequence[str], fonts: Sequence[str], own: Sequence[Qt.AlignmentFlag]) -> _Row:
        faces = [Face(TABLE_POINTS, fonts, TABLE_POINTS * _LOOSE, align) for align in own]
        spans = zip(edges, edges[1:], texts, faces, strict=False)
        return rows.row([rows.cell(*span) for span in spans])

    plain = Face(TABLE_POINTS, TABLE_FONTS, TABLE_POINTS * _LOOSE)
    heads = [rows.row([rows.cell(0, pages.width, words, plain)]) for words in block.above]
    titles = [column.title for column in table.columns]
    heads.append(line(titles, FONTS[Style.HEADING], [CENTRE] * len(titles)))
    for head in heads:
        _place(pages, head, ())
    lines = table_lines(table)
    for number, texts in enumerate(lines, start=1):
        total = table.total is not None and number == len(lines)
        _place(pages, line(texts, FONTS[Style.HEADING] if total else TABLE_FONTS, aligns), heads)


def paint_form(pages: Pages, block: Form) -> None:
    """Rows of boxes, each high enough to write in."""
    edges = _edges(block.widths, pages.width)
    for line in block.lines:
        cells, at = [], 0
        for box in line.boxes:
            fonts = FONTS[Style.HEADING] if box.caption else FONTS[Style.BODY]
            face = Face(FORM_POINTS, fonts, FORM_POINTS * _LOOSE, CENTRE if box.caption else LEFT)
            end = at + box.span
            cells.append(_loose_cell(pages, edges[at], edges[end], box.text, face))
            at = end
        _place(pages, _Row(cells, line.height * MM), ())


def _edges(shares: Sequence[float], width: float) -> list[float]:
    edges, whole = [0.0], sum(shares)
    for share in shares:
        edges.append(edges[-1] + width * share / whole)
    return edges


def _loose_cell(pages: Pages, x: float, end: float, text: str, face: Face) -> _Cell:
    return _Cell(x, end - x, pages.setter.words(text, end - x - 2 * _PAD, face))


def _place(pages: Pages, row: _Row, heads: Sequence[_Row]) -> None:
    """A row whole on one page; only one taller than a page goes on over several."""
    if pages.y + row.height > pages.bottom:
        _turn(pages, heads)
    while pages.y + row.height > pages.bottom:
        room = pages.bottom - pages.y - 2 * row.pad
        first = [cell.part(0, max(1, int(room // cell.words.height))) for cell in row.cells]
        _paint(pages, _Row(first, pages.bottom - pages.y, row.pad))
        pairs = zip(row.cells, first, strict=True)
        rest = [cell.part(len(done.words.lines), None) for cell, done in pairs]
        row = _Row(rest, 0.0, row.pad)
        _turn(pages, heads)
    _paint(pages, row)


def _turn(pages: Pages, heads: Sequence[_Row]) -> None:
    pages.turn()
    for head in heads:
        _paint(pages, head)


def _paint(pages: Pages, row: _Row) -> None:
    unit, height = pages.unit, row.height
    for cell in row.cells:
        pages.painter.setPen(QPen(Qt.GlobalColor.black, 0.5 * unit))
        pages.painter.drawRect(QRectF((pages.left + cell.x) * unit, pages.y * unit,
                                      cell.width * unit, height * unit))  # fmt: skip
        y = pages.y + (height - cell.height) / 2
        for line in cell.words.lines:
            pages.draw(line, cell.words, cell.x + cell.pad, cell.width - 2 * cell.pad, y)
            y += cell.words.height
    pages.y += height
