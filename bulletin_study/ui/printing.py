"""Papers on a printer or as PDF: the same blocks painted page by page.

Own layout instead of rich text, because a form must keep its rows whole, a table its head on
every page, and running text its official grid. Needs no screen and may run on any thread.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from bulletin_study.ui.print_pages import Pages
from bulletin_study.ui.print_photos import paint_pictures
from bulletin_study.ui.print_tables import paint_form, paint_grid
from bulletin_study.usecases.paper_layout import sheet_of
from bulletin_study.usecases.papers import (
    Blank,
    Block,
    Form,
    Grid,
    NewPage,
    Paper,
    Paragraph,
    Pictures,
    Signatures,
    Title,
    as_paper,
)
from bulletin_study.usecases.ports import Progress
from bulletin_study.usecases.reports import Report

_DPI = 600
_AIR = 4
"""Points between a table and what follows it."""


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
        pages = Pages(paper.layout, device, painter)
        for number, block in enumerate(paper.blocks, start=1):
            _add(pages, block)
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


def _add(pages: Pages, block: Block) -> None:
    """Paint one block, on new pages as needed."""
    match block:
        case Title(text):
            pages.title(text)
        case Paragraph():
            pages.paragraph(block)
        case Form():
            paint_form(pages, block)
            pages.y += _AIR
        case Grid():
            paint_grid(pages, block)
            pages.y += _AIR
        case Blank(lines):
            pages.blank(lines)
        case Signatures(names):
            pages.signatures(names)
        case NewPage():
            pages.turn()
        case Pictures():
            paint_pictures(pages, block)
