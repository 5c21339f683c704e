"""Papers on a printer or as PDF: the same blocks painted page by page.

Own layout instead of rich text, because a form must keep its rows whole, a table its head on
every page, and running text its official grid. Needs no screen and may run on any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)

from bulletin_study.ui.tokens import FAMILIES
from bulletin_study.usecases.papers import (
    BODY_POINTS,
    BODY_SPACING,
    FONTS,
    FORM_POINTS,
    LETTER_SPACING,
    MM,
    TABLE_FONTS,
    TITLE_POINTS,
    Block,
    Form,
    Grid,
    Layout,
    NewPage,
    Paper,
    Paragraph,
    Signatures,
    Style,
    Title,
    as_paper,
    sheet_of,
    table_lines,
)
from bulletin_study.usecases.ports import Progress
from bulletin_study.usecases.reports import ColumnKind, Report

_DPI = 600
_PAD = 4.0
"""Points between a rule and the words beside it."""
_CENTRE, _LEFT, _RIGHT = (
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignRight,
)


def pdf_bytes(document: Report | Paper, progress: Progress | None = None) -> bytes:
    """The paper as a PDF file with its typefaces inside. ``progress`` may raise to stop."""
    paper = as_paper(document)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(paper.title)
    writer.setCreator("学讲评")
    paint(paper, writer, progress)
    buffer.close()
    return bytes(buffer.data().data())


def paint(
    document: Report | Paper, device: QPagedPaintDevice, progress: Progress | None = None
) -> int:
    """Paint a paper on a printer or PDF writer; how many pages it took."""
    paper = as_paper(document)
    device.setPageLayout(page_layout(paper))
    painter = QPainter(device)
    try:
        pages = _Pages(paper, device, painter)
        for number, block in enumerate(paper.blocks, start=1):
            pages.add(block)
            if progress is not None:
                progress(number, len(paper.blocks))
        return pages.finish()
    finally:
        painter.end()


def page_layout(paper: Paper) -> QPageLayout:
    """A4 upright or across; the margins are the paper's own business."""
    sheet = sheet_of(paper.layout)
    across = sheet.width > sheet.height
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
        QPageLayout.Unit.Millimeter,
    )


@dataclass(slots=True)
class _Words:
    """Words broken into lines of a width, ready to be drawn from any line on."""

    lines: list[str]
    font: QFont
    height: float
    """From line to line, in points."""
    align: Qt.AlignmentFlag = _LEFT


@dataclass(slots=True)
class _Cell:
    """Words between two rules, in points from the left margin."""

    x: float
    width: float
    words: _Words


class _Pages:
    """Where the next block goes. All lengths are points."""

    def __init__(self, paper: Paper, device: QPagedPaintDevice, painter: QPainter) -> None:
        self.paper, self.device, self.painter = paper, device, painter
        self.sheet = sheet_of(paper.layout)
        self.official = paper.layout is Layout.OFFICIAL
        # A4 in points is what the page is told in; the device may round.
        self.unit = device.logicalDpiX() / 72
        self.left, self.top = self.sheet.left * MM, self.sheet.top * MM
        self.width = self.sheet.inside * MM
        self.bottom = (self.sheet.height - self.sheet.bottom) * MM
        self.y, self.number = self.top, 1

    def add(self, block: Block) -> None:
        """Paint one block, on new pages as needed."""
        match block:
            case Title(text):
                points = TITLE_POINTS if self.official else 18.0
                self._text(text, points, FONTS[None], _CENTRE, 1.5)
                self.y += 6
            case Paragraph():
                self._paragraph(block)
            case Form():
                self._form(block)
            case Grid():
                self._grid(block)
            case Signatures(names):
                room = "　" * 6
                self.y += 14
                words = room.join(f"{name}：{room}" for name in names)
                self._text(words, FORM_POINTS, FONTS[Style.BODY], _LEFT, 1.5)
            case NewPage():
                self._turn()

    def finish(self) -> int:
        """The last page's number, painted; how many pages there are."""
        self._paint_number()
        return self.number

    # --- text ---------------------------------------------------------------------------

    def _paragraph(self, block: Paragraph) -> None:
        style = block.style
        small = style in (Style.NOTE, Style.CENTRED) or not self.official
        points = (10.5 if style is Style.NOTE else FORM_POINTS) if small else BODY_POINTS
        align = _CENTRE if style is Style.CENTRED else _LEFT
        indent = "　　" if style in (Style.BODY, Style.HEADING, Style.SUBHEADING) else ""
        for text in block.text.split("\n"):
            self._text(indent + text, points, FONTS[style], align, 1.4)

    def _text(
        self, text: str, points: float, fonts: Sequence[str], align: Qt.AlignmentFlag,
        spacing: float,
    ) -> None:  # fmt: skip
        height = points * spacing
        if self.official and points in (BODY_POINTS, TITLE_POINTS):
            height = BODY_SPACING
        words = self._words(text, self.width, points, fonts, align, height)
        for line in words.lines:
            if self.y + height > self.bottom + 0.5:
                self._turn()
            self._draw(line, words, 0, self.width, self.y)
            self.y += height

    def _words(
        self, text: str, width: float, points: float, fonts: Sequence[str],
        align: Qt.AlignmentFlag, height: float,
    ) -> _Words:  # fmt: skip
        font = QFont()
        font.setFamilies([*fonts, *FAMILIES])
        font.setPointSizeF(points)
        font.setStyleHint(QFont.StyleHint.Serif)
        if self.official and points == BODY_POINTS:
            spacing = QFont.SpacingType.AbsoluteSpacing
            # Given in pixels of an ordinary screen, which Qt scales to the device.
            font.setLetterSpacing(spacing, LETTER_SPACING * 96 / 72)
        lines: list[str] = []
        for part in text.split("\n"):
            lines += self._break(part, font, width * self.unit)
        return _Words(lines, font, height, align)

    def _break(self, text: str, font: QFont, width: float) -> list[str]:
        layout = QTextLayout(text, font, self.device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        found: list[str] = []
        # Qt counts positions in UTF-16, Python in characters.
        units = text.encode("utf-16-le", "surrogatepass")
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1.0))
            start, length = line.textStart() * 2, line.textLength() * 2
            found.append(units[start : start + length].decode("utf-16-le", "replace"))
        layout.endLayout()
        return found or [""]

    def _draw(self, line: str, words: _Words, x: float, width: float, y: float) -> None:
        unit = self.unit
        self.painter.setFont(words.font)
        box = QRectF(
            (self.left + x) * unit, y * unit, width * unit, words.height * unit
        )
        self.painter.drawText(box, words.align | Qt.AlignmentFlag.AlignVCenter |
                              Qt.TextFlag.TextDontClip, line)  # fmt: skip

    # --- tables -------------------------------------------------------------------------

    def _grid(self, block: Grid) -> None:
        table = block.table
        if not table.columns:
            return
        whole = sum(column.width for column in table.columns)
        edges = [0.0]
        for column in table.columns:
            edges.append(edges[-1] + self.width * column.width / whole)
        figures = (ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.PERCENT)
        aligns = [_RIGHT if c.kind in figures else _LEFT for c in table.columns]

        def cells(texts: Sequence[str], fonts: Sequence[str], head: bool) -> list[_Cell]:
            return [
                self._cell(edges[at], edges[at + 1], text, 10.5, fonts,
                           _CENTRE if head else aligns[at])
                for at, text in enumerate(texts)
            ]  # fmt: skip

        titles = [column.title for column in table.columns]
        head = cells(titles, FONTS[Style.HEADING], True)
        self._row(head, 18)
        lines = table_lines(table)
        for number, texts in enumerate(lines, start=1):
            total = table.total is not None and number == len(lines)
            fonts = FONTS[Style.HEADING] if total else TABLE_FONTS
            self._row(cells(texts, fonts, False), 18, head)

    def _form(self, block: Form) -> None:
        whole = sum(block.widths)
        edges = [0.0]
        for share in block.widths:
            edges.append(edges[-1] + self.width * share / whole)
        for line in block.lines:
            cells, at = [], 0
            for box in line.boxes:
                fonts = FONTS[Style.HEADING] if box.caption else FONTS[Style.BODY]
                align = _CENTRE if box.caption else _LEFT
                end = at + box.span
                cells.append(self._cell(edges[at], edges[end], box.text, FORM_POINTS, fonts, align))
                at = end
            self._row(cells, line.height * MM)

    def _cell(
        self, x: float, end: float, text: str, points: float, fonts: Sequence[str],
        align: Qt.AlignmentFlag,
    ) -> _Cell:  # fmt: skip
        inside = end - x - 2 * _PAD
        return _Cell(x, end - x, self._words(text, inside, points, fonts, align, points * 1.35))

    def _row(self, cells: list[_Cell], least: float, head: list[_Cell] | None = None) -> None:
        """A row whole on one page; only one taller than a page goes on over several."""
        height = max(least, _height(cells))
        if self.y + height > self.bottom:
            self._turn()
            if head is not None:
                self._row(head, 18)
        while self.y + height > self.bottom:
            room = self.bottom - self.y - 2 * _PAD
            first = [_part(cell, 0, max(1, int(room // cell.words.height))) for cell in cells]
            self._paint_row(first, self.bottom - self.y)
            cells = [_part(cell, len(done.words.lines), None)
                     for cell, done in zip(cells, first, strict=True)]  # fmt: skip
            height = _height(cells)
            self._turn()
            if head is not None:
                self._row(head, 18)
        self._paint_row(cells, height)

    def _paint_row(self, cells: list[_Cell], height: float) -> None:
        unit = self.unit
        self.painter.setPen(QPen(Qt.GlobalColor.black, 0.5 * unit))
        for cell in cells:
            box = QRectF((self.left + cell.x) * unit, self.y * unit, cell.width * unit,
                         height * unit)  # fmt: skip
            self.painter.drawRect(box)
            words = cell.words
            y = self.y + (height - len(words.lines) * words.height) / 2
            for line in words.lines:
                self._draw(line, words, cell.x + _PAD, cell.width - 2 * _PAD, y)
                y += words.height
        self.y += height

    # --- pages --------------------------------------------------------------------------

    def _turn(self) -> None:
        self._paint_number()
        self.device.newPage()
        self.number += 1
        self.y = self.top

    def _paint_number(self) -> None:
        """— 1 —, one character in from the right on odd pages, from the left on even ones."""
        words = self._words(f"— {self.number} —", self.width, 14, TABLE_FONTS, _LEFT, 18)
        odd = self.number % 2 == 1
        words.align = _RIGHT if odd else _LEFT
        at = QPointF(-14 if odd else 14, self.bottom + 7 * MM)
        self.painter.setPen(Qt.GlobalColor.black)
        self._draw(words.lines[0], words, at.x(), self.width, at.y() - 9)


def _height(cells: list[_Cell]) -> float:
    return max(len(c.words.lines) * c.words.height for c in cells) + 2 * _PAD


def _part(cell: _Cell, start: int, count: int | None) -> _Cell:
    """The cell with some of its lines."""
    words = cell.words
    lines = words.lines[start : None if count is None else start + count]
    return _Cell(cell.x, cell.width, _Words(lines, words.font, words.height, words.align))
