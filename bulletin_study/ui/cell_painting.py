"""Where the parts of a cell go and how they are painted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextOption

from bulletin_study.ui.cells import Cell
from bulletin_study.ui.icons import paint_icon
from bulletin_study.ui.marked_text import paint_marked
from bulletin_study.ui.shapes import paint_shape
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.chip import chip_width, paint_badge, paint_chip

_ELIDE = Qt.TextElideMode.ElideRight
_RIGHT_MIDDLE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BUTTON = 26
_GLYPH = 26


@dataclass(frozen=True, slots=True)
class Paint:
    """One painting: where, what, and in which state."""

    painter: QPainter
    box: QRectF
    cell: Cell
    selected: bool = False
    right: bool = False


def paint_cell(job: Paint) -> None:
    """Paint the contents of a cell into its box."""
    cell, box = job.cell, job.box
    if cell.glyph:
        paint_icon(job.painter, QRectF(box.x(), box.center().y() - 8, 16, 16), cell.glyph)
        box = box.adjusted(_GLYPH, 0, 0, 0)
        job = replace(job, box=box)
    if cell.button or cell.icon:
        _paint_button(job)
        if not (cell.text or cell.second):
            return
        box = box.adjusted(0, 0, -button_rect(box, cell).width() - 8, 0)
        job = replace(job, box=box)
    if cell.progress is not None:
        _paint_progress(job)
    elif cell.marks:
        inside = int(box.height() - 8) // theme().metrics(13).lineSpacing() if cell.wrap else 1
        paint_marked(job.painter, box, cell.text, cell.marks, cell.tone, max(1, inside))
    elif cell.wrap:
        _paint_wrapped(job)
    elif cell.second:
        half = box.height() / 2
        middle = box.top() + half
        _paint_line(replace(job, box=QRectF(box.x(), middle - 20, box.width(), 20)))
        _paint_second(replace(job, box=QRectF(box.x(), middle, box.width(), 18)))
    else:
        _paint_line(job)


def paint_heading(
    painter: QPainter, rect: QRect, title: str, note: str, opened: bool | None
) -> None:
    """Paint a group row; ``opened`` tells its chevron, ``None`` is without one."""
    look = theme()
    painter.fillRect(rect, look.color("surface2"))
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("grid"))
    x = rect.x() + 16
    if opened is not None:
        chevron = QRectF(x, rect.center().y() - 5, 12, 12)
        paint_icon(painter, chevron, "chevron-down" if opened else "chevron-right")
        x += 18
    line = QRect(x, rect.y(), rect.right() - x, rect.height() - 1)
    painter.setFont(look.font(12, bold=True))
    painter.setPen(look.color("text2"))
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
    line.setLeft(x + look.metrics(12, bold=True).horizontalAdvance(title) + 10)
    painter.setFont(look.font(12))
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, note)


def button_rect(box: QRectF, cell: Cell) -> QRectF:
    """Where the painted button (or icon) of a cell lies: at the right, centred."""
    words = theme().metrics(12).horizontalAdvance(cell.button)
    width = float(words + 18) if cell.button else float(_BUTTON)
    return QRectF(box.right() - width, box.center().y() - _BUTTON / 2, width, _BUTTON)


def link_rect(box: QRectF, cell: Cell) -> QRectF:
    """Where the link of a cell lies: after its text."""
    start = box.x() + _lead(cell) + theme().metrics(13, cell.bold).horizontalAdvance(cell.text)
    start += 6 if cell.text else 0
    width = theme().metrics(13).horizontalAdvance(cell.link)
    return QRectF(start, box.center().y() - 13, width, 26)


def _lead(cell: Cell) -> float:
    return (14.0 if cell.shape else 0.0) + (20.0 if cell.badge else 0.0)


def _paint_line(job: Paint) -> None:
    painter, box, cell = job.painter, job.box, job.cell
    look = theme()
    middle = box.center().y()
    if cell.chip:
        if cell.text:
            width = chip_width(cell.text, cell.shape)
            x = box.right() - width if job.right else box.x()
            paint_chip(painter, x, middle, cell.text, cell.tone, cell.shape,
                       outlined=job.selected, room=box.width())  # fmt: skip
        return
    metrics = look.metrics(13, cell.bold)
    x = box.x()
    ink = look.color("text2" if cell.tone == "text3" and job.selected else cell.tone)
    if job.right:
        x = max(x, box.right() - metrics.horizontalAdvance(cell.text) - _lead(cell))
    if cell.badge:
        paint_badge(painter, x, middle, cell.badge, look.color(cell.badge_tone))
        x += 20
    if cell.shape:
        paint_shape(painter, QRectF(x, middle - 5, 10, 10), cell.shape, ink)
        x += 14
    room = box.right() - x
    if cell.link:
        link = link_rect(box, cell)
        painter.setFont(look.font(13))
        painter.setPen(look.color("link"))
        painter.drawText(link, Qt.AlignmentFlag.AlignVCenter, cell.link)
        room = link.x() - x
    painter.setFont(look.font(13, cell.bold))
    painter.setPen(ink)
    text = metrics.elidedText(cell.text, _ELIDE, int(room) + 1)
    painter.drawText(QRectF(x, box.y(), room + 1, box.height()),
                     Qt.AlignmentFlag.AlignVCenter, text)  # fmt: skip


def _paint_second(job: Paint) -> None:
    painter, box, cell = job.painter, job.box, job.cell
    look = theme()
    if cell.second_chip:
        paint_chip(painter, box.x(), box.center().y() + 2, cell.second, cell.second_tone,
                   cell.second_shape, outlined=job.selected, room=box.width())  # fmt: skip
        return
    x = box.x()
    ink = look.color(cell.second_tone)
    if cell.second_shape:
        paint_shape(painter, QRectF(x, box.center().y() - 5, 10, 10), cell.second_shape, ink)
        x += 14
    metrics = look.metrics(12)
    room = box.right() - x
    text = metrics.elidedText(cell.second, _ELIDE, int(room))
    flags = Qt.AlignmentFlag.AlignVCenter | (
        Qt.AlignmentFlag.AlignRight if job.right else Qt.AlignmentFlag.AlignLeft
    )
    painter.setFont(look.font(12))
    painter.setPen(ink)
    painter.drawText(QRectF(x, box.y(), room, box.height()), flags, text)


def _paint_wrapped(job: Paint) -> None:
    """Two lines at most; what does not fit is cut with a mark by eliding the whole."""
    painter, box, cell = job.painter, job.box, job.cell
    metrics = theme().metrics(13, cell.bold)
    lines = max(1, int(box.height() // metrics.lineSpacing()))
    text = metrics.elidedText(cell.text, _ELIDE, int(box.width() * lines - 13 * (lines - 1)))
    option = QTextOption(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    painter.setFont(theme().font(13, cell.bold))
    painter.setPen(theme().color(cell.tone))
    painter.drawText(box, text, option)


def _paint_progress(job: Paint) -> None:
    """A bar and its figure; in two lines when the cell has a first line of its own."""
    painter, box, cell = job.painter, job.box, job.cell
    look = theme()
    middle = box.center().y()
    figure = cell.second if cell.second else cell.text
    if cell.second:
        _paint_line(replace(job, box=QRectF(box.x(), middle - 20, box.width(), 20)))
        middle += 12
    width = look.metrics(12).horizontalAdvance("100%") + 8
    bar = QRectF(box.x(), middle - 3, box.width() - width, 6)
    paint_progress(painter, bar, cell.progress or 0.0, on_selected=job.selected)
    painter.setFont(look.font(12))
    painter.setPen(look.color(cell.second_tone if cell.second else cell.tone))
    painter.drawText(QRectF(bar.right(), middle - 10, width, 20),
                     _RIGHT_MIDDLE, figure)  # fmt: skip


def paint_progress(
    painter: QPainter, bar: QRectF, share: float, *, on_selected: bool = False
) -> None:
    """Paint a progress bar; green when full, its track surface-coloured on a selected row."""
    look = theme()
    radius = bar.height() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("surface" if on_selected else "track"))
    painter.drawRoundedRect(bar, radius, radius)
    done = min(1.0, max(0.0, share))
    if done > 0:
        painter.setBrush(look.color("green" if done >= 1 else "chart"))
        painter.drawRoundedRect(QRectF(bar.x(), bar.y(), max(bar.height(), bar.width() * done),
                                       bar.height()), radius, radius)  # fmt: skip
    painter.restore()


def _paint_button(job: Paint) -> None:
    painter, cell = job.painter, job.cell
    look = theme()
    rect = button_rect(job.box, cell)
    if cell.icon:
        paint_icon(painter, QRectF(rect.center().x() - 8, rect.center().y() - 8, 16, 16), cell.icon)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("line3"), 1))
    painter.setBrush(look.color("surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(look.color("text"))
    painter.setFont(look.font(12))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cell.button)
    painter.restore()
