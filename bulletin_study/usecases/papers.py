"""What a paper is before it becomes a Word file, a PDF or ink: pages of plain blocks.

The official layout follows GB/T 9704-2012: A4, 22 lines of 28 characters, 仿宋 3号 for the
body. Forms and tables are set smaller, so that they fit on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bulletin_study.usecases.reports import Cell, ColumnKind, Quotient, Report, Table, plain


class Layout(StrEnum):
    """``OFFICIAL``: running text on the official grid. ``FORM``: a form or a short table,
    upright. ``WIDE``: a table across the page."""

    OFFICIAL = "official"
    FORM = "form"
    WIDE = "wide"


class Style(StrEnum):
    """``HEADING``: 一、 in 黑体; ``SUBHEADING``: （一） in 楷体; ``NOTE``: small, under a table;
    ``CENTRED``: a line under the title."""

    BODY = "body"
    HEADING = "heading"
    SUBHEADING = "subheading"
    NOTE = "note"
    CENTRED = "centred"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in one style; lines of the text begin new paragraphs."""

    text: str
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a form: a caption, or what is filled in over ``span`` columns."""

    text: str
    span: int = 1
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a form; at least ``height`` millimetres, so that one can write by hand."""

    boxes: tuple[Box, ...]
    height: float = 10.0


@dataclass(frozen=True, slots=True)
class Form:
    """Rows of boxes; ``widths`` are the shares of the columns."""

    widths: tuple[float, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose head is repeated on every page, no row of which is split."""

    table: Table


@dataclass(frozen=True, slots=True)
class Signatures:
    """Names with room to sign, side by side."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title of what follows, centred."""

    text: str


Block = Title | Paragraph | Form | Grid | Signatures | NewPage


@dataclass(frozen=True, slots=True)
class Paper:
    """Blocks in order; ``title`` names the document."""

    title: str
    blocks: tuple[Block, ...]
    layout: Layout = Layout.FORM


def as_paper(document: Report | Paper) -> Paper:
    """A report's tables one after another, each on pages of its own."""
    if isinstance(document, Paper):
        return document
    blocks: list[Block] = []
    for table in document.tables:
        if blocks:
            blocks.append(NewPage())
        blocks.append(Title(table.title))
        if table.subtitle:
            blocks.append(Paragraph(table.subtitle, Style.CENTRED))
        blocks.append(Grid(table))
        blocks += [Paragraph(note, Style.NOTE) for note in table.notes]
    columns = max((table.columns for table in document.tables), key=len, default=())
    wide = sum(column.width for column in columns) > 90
    return Paper(document.title, tuple(blocks), Layout.WIDE if wide else Layout.FORM)


def cell_words(cell: Cell, kind: ColumnKind) -> str:
    """A cell as it is printed: dates in figures, shares in per cent, — for nothing over nothing."""
    value = plain(cell)
    if value is None:
        return "—" if isinstance(cell, Quotient) else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, int | float):
        return f"{value:.1%}" if kind is ColumnKind.PERCENT else f"{value:.15g}"
    return str(value)


def table_lines(table: Table) -> list[tuple[str, ...]]:
    """The rows of a table in words, the total last."""
    rows = [*table.rows, *([table.total] if table.total is not None else [])]
    kinds = [column.kind for column in table.columns]
    return [
        tuple(cell_words(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in rows
    ]


# --- the official layout --------------------------------------------------------------------

MM = 72 / 25.4
"""Points of a millimetre."""
A4 = (210.0, 297.0)
"""Width and height in millimetres, upright."""
BODY_POINTS, TITLE_POINTS, FORM_POINTS = 16.0, 22.0, 12.0
BODY_SPACING, LETTER_SPACING = 28.9, -0.25
"""Points from line to line, and between characters: 22 lines of 28 characters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in millimetres: its size and margins."""

    width: float
    height: float
    top: float
    left: float
    right: float
    bottom: float

    @property
    def inside(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right


def sheet_of(layout: Layout) -> Sheet:
    """The page of a layout; forms and tables take smaller margins."""
    width, height = A4
    if layout is Layout.OFFICIAL:
        return Sheet(width, height, 37, 28, 26, 35)
    if layout is Layout.FORM:
        return Sheet(width, height, 25, 22, 20, 22)
    return Sheet(height, width, 20, 18, 18, 18)


FONTS: dict[Style | None, tuple[str, ...]] = {
    None: ("方正小标宋简体", "方正小标宋_GBK", "宋体", "SimSun", "Noto Serif CJK SC"),
    Style.BODY: ("仿宋_GB2312", "仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC"),
    Style.HEADING: ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC"),
    Style.SUBHEADING: ("楷体_GB2312", "楷体", "KaiTi", "STKaiti", "Noto Serif CJK SC"),
    Style.NOTE: ("仿宋_GB2312", "仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC"),
    Style.CENTRED: ("楷体_GB2312", "楷体", "KaiTi", "STKaiti", "Noto Serif CJK SC"),
}
"""Typefaces by style (``None``: titles), the wanted one first. None comes with the program."""
TABLE_FONTS = ("宋体", "SimSun", "Noto Serif CJK SC", "Noto Sans CJK SC")
