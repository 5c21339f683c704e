"""What a paper is before it becomes a Word file, a PDF or ink: pages of plain blocks.

How they are set (page, sizes, typefaces) says ``paper_layout``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path

from bulletin_study.usecases.reports import (
    Cell,
    ColumnKind,
    Numbered,
    Quotient,
    Report,
    Table,
    plain,
)


class Layout(StrEnum):
    """``OFFICIAL``: running text on the official grid. ``FORM``: a form or a short table,
    upright. ``LIST``: a list of names, upright, as much on a page as can be. ``WIDE``: a table
    across the page."""

    OFFICIAL = "official"
    FORM = "form"
    LIST = "list"
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
    """Text in one style; lines of the text begin new paragraphs.

    ``keep``: stays on the page of what follows, as headings do by themselves.
    """

    text: str
    style: Style = Style.BODY
    keep: bool = False

    @property
    def kept(self) -> bool:
        """Whether it must not be the last on its page."""
        return self.keep or self.style in (Style.HEADING, Style.SUBHEADING)


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
    """A table whose head is repeated on every page, no row of which is split.

    ``above``: lines across the table that belong to its head. With a ``height`` its rows are
    so many millimetres high, and what is too long for its cell is set smaller, never cut.
    """

    table: Table
    above: tuple[str, ...] = ()
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """Ruled lines to be written on by hand."""

    lines: int


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


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture file and the words under it."""

    path: Path
    caption: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photos two to a page, one under the other, each with its caption."""

    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo ready for paper: a small JPEG, upright; its size in dots."""

    data: bytes
    width: int
    height: int


Develop = Callable[[Path], Picture]
"""Makes a photo ready for paper. Raises ``PictureRefused``. Handed in where there is something
that reads pictures: this layer and the writers of files know none."""

Block = Title | Paragraph | Form | Grid | Blank | Signatures | NewPage | Pictures


@dataclass(frozen=True, slots=True)
class Paper:
    """Blocks in order; ``title`` names the document. ``numbers``: see ``usecases.handing_in``."""

    title: str
    blocks: tuple[Block, ...]
    layout: Layout = Layout.FORM
    numbers: tuple[Numbered, ...] = ()


def on_pages(parts: Sequence[Sequence[Block]]) -> tuple[Block, ...]:
    """Papers one after another, each beginning on a page of its own."""
    blocks: list[Block] = []
    for part in parts:
        blocks += [NewPage(), *part] if blocks else part
    return tuple(blocks)


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
    layout = Layout.WIDE if wide else Layout.FORM
    return Paper(document.title, tuple(blocks), layout, document.numbers)


def words_of(document: Report | Paper) -> Iterator[str]:
    """All the words that a document puts on paper."""
    for block in as_paper(document).blocks:
        match block:
            case Title(text) | Paragraph(text):
                yield text
            case Form():
                yield from (box.text for line in block.lines for box in line.boxes)
            case Pictures(photos):
                yield from (photo.caption for photo in photos)
            case Grid():
                yield from block.above
                yield from (words for line in table_lines(block.table) for words in line)


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
