"""How the headings and rows of the sign-in roster look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from bulletin_study.ui.shapes import CIRCLE, paint_shape
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.roster_layout import (
    MARKS,
    Placed,
    RosterLine,
    segment,
    segments,
)

REST: Final = "本组其余到"
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class RowLook:
    """State of a row: chosen, with focus ring, which segment the mouse is over, last of its
    box."""

    chosen: bool
    ring: bool
    hover: int
    last: bool


def rest_link(spot: Placed) -> QRectF:
    """Where the link of a heading lies."""
    width = theme().metrics(13).horizontalAdvance(REST) + 8
    return QRectF(spot.head.right() - width - 6, spot.head.y() + 3, width, 26)


def paint_head(painter: QPainter, spot: Placed) -> None:
    """The box itself, its title, its count, and the link while somebody is unmarked."""
    look, head = theme(), spot.head
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("line"), 1))
    painter.setBrush(look.color("surface"))
    painter.drawRoundedRect(spot.rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(head.adjusted(1, 1, -1, 0), look.color("surface2"))
    painter.fillRect(QRectF(head.x() + 1, head.bottom(), head.width() - 2, 1), look.color("grid"))
    painter.setFont(look.font(13, bold=True))
    painter.setPen(look.color("text"))
    painter.drawText(head.adjusted(11, 0, 0, 0), _MIDDLE, spot.box.title)
    x = 11 + look.metrics(13, bold=True).horizontalAdvance(spot.box.title) + 8
    painter.setFont(look.font(12))
    painter.setPen(look.color("text2"))
    painter.drawText(head.adjusted(x, 0, 0, 0), _MIDDLE, spot.box.note)
    if spot.box.offers_rest:
        painter.setFont(look.font(13))
        painter.setPen(look.color("link"))
        painter.drawText(rest_link(spot), _CENTER, REST)
    painter.restore()


def paint_row(painter: QPainter, row: QRectF, line: RosterLine, state: RowLook) -> None:
    """Shape and number, name, role or reason, segments."""
    look = theme()
    painter.save()
    if state.chosen:
        painter.fillRect(row.adjusted(1, 0, -1, -1), look.color("sel"))
        painter.fillRect(QRectF(row.x(), row.y(), 3, row.height() - 1), look.color("accent"))
    if not state.last:
        painter.fillRect(QRectF(row.x() + 1, row.bottom() - 1, row.width() - 2, 1),
                         look.color("grid"))  # fmt: skip
    if line.unmarked:
        spot = QRectF(row.x() + 11, row.center().y() - 5.5, 10, 10)
        paint_shape(painter, spot, CIRCLE, look.color("amber"))
    _paint_words(painter, row, line)
    if line.exempt or line.observer:
        painter.setFont(look.font(12))
        painter.setPen(look.color("text2"))
        words = "列席" if line.observer else "免到"
        words += f" · {line.reason}" if line.reason else ""
        painter.drawText(row.adjusted(0, 0, -14, -1), _MIDDLE | Qt.AlignmentFlag.AlignRight, words)
    else:
        _paint_segments(painter, row, line, state)
    if state.ring:
        painter.setPen(QPen(look.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(row.adjusted(1, 1, -1, -2))
    painter.restore()


def _paint_words(painter: QPainter, row: QRectF, line: RosterLine) -> None:
    look = theme()
    room = segments(row).x() - 8
    x = row.x() + 24
    if line.number and row.width() >= 320:
        painter.setFont(look.font(12))
        painter.setPen(look.color("text2"))
        painter.drawText(QRectF(x, row.y(), 40, row.height() - 1), _MIDDLE, line.number)
        x += max(34, look.metrics(12).horizontalAdvance(line.number) + 10)
    x += _paint_name(painter, QRectF(x, row.y(), room - x, row.height() - 1), line) + 4
    aside = line.role
    if line.reason and not (line.exempt or line.observer):
        aside = line.reason
    if aside and room - x >= 24:
        painter.setFont(look.font(12))
        painter.setPen(look.color("text2"))
        words = look.metrics(12).elidedText(aside, Qt.TextElideMode.ElideRight, int(room - x))
        painter.drawText(QRectF(x, row.y(), room - x, row.height() - 1), _MIDDLE, words)


def _paint_name(painter: QPainter, box: QRectF, line: RosterLine) -> int:
    """The name; one too long for a line in the least type on two. The width that it takes."""
    look, width = theme(), max(0, int(box.width()))
    painter.setPen(look.color("text"))
    for size in (13, 12):
        metrics = look.metrics(size, line.unmarked)
        if metrics.horizontalAdvance(line.name) <= width:
            painter.setFont(look.font(size, line.unmarked))
            painter.drawText(box, _MIDDLE, line.name)
            return metrics.horizontalAdvance(line.name)
    painter.setFont(look.font(12, line.unmarked))
    for words, base in zip(two_lines(line.name, metrics, width), (12, 25), strict=False):
        painter.drawText(QPointF(box.x(), box.y() + base), words)
    return width


def two_lines(name: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """A long name on two lines, parted at its point where that leaves room for the rest."""
    fits = next((at for at in range(len(name), 0, -1)
                 if metrics.horizontalAdvance(name[:at]) <= width), 1)  # fmt: skip
    point = name.find("·") + 1
    if 0 < point <= fits and metrics.horizontalAdvance(name[point:]) <= width:
        fits = point
    rest = name[fits:]
    if metrics.horizontalAdvance(rest) > width:
        rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return name[:fits], rest


def _paint_segments(painter: QPainter, row: QRectF, line: RosterLine, state: RowLook) -> None:
    look, whole = theme(), segments(row)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(look.color("surface"))
    painter.drawRoundedRect(whole, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for at, (mark, letter, tone) in enumerate(MARKS):
        cell = segment(row, at)
        lit = line.mark == mark
        ink, fill = look.tone(tone)
        if lit or state.hover == at:
            painter.fillRect(cell.adjusted(1, 1, -1 if at == len(MARKS) - 1 else 0, -1),
                             fill if lit else look.color("hover"))  # fmt: skip
        if at:
            painter.setPen(QPen(look.color("line"), 1, _dash(line)))
            x, top = int(cell.x()), int(cell.y())
            painter.drawLine(x, top + 1, x, int(cell.bottom()) - 2)
        painter.setFont(look.font(13 if lit else 12, lit))
        painter.setPen(ink if lit else look.color("text" if line.unmarked else "text2"))
        painter.drawText(cell.adjusted(1, -1, 0, -1), _CENTER, letter)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("line2" if line.unmarked else "line"), 1, _dash(line)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _dash(line: RosterLine) -> Qt.PenStyle:
    return Qt.PenStyle.DashLine if line.unmarked else Qt.PenStyle.SolidLine
