"""How the board is painted: cards, cells and the two frozen headers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from bulletin_study.ui.cell_painting import paint_progress
from bulletin_study.ui.icons import paint_icon
from bulletin_study.ui.shapes import paint_shape
from bulletin_study.ui.tabs.talk.rows import BADGES
from bulletin_study.ui.tabs.talk.week_model import WeekModel, second_line
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.chip import paint_badge
from bulletin_study.usecases.talk_page import TalkLine

CARD, EMPTY, GAP = 56, 28, 4
LEFT, TOP = 128, 44
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
_FAINT: Final = 0.35


@dataclass(frozen=True, slots=True)
class CardLook:
    """What is special about a card now."""

    selected: bool = False
    focused: bool = False
    marked: bool = False
    """Chosen to change places with another."""
    faint: bool = False
    """Passed over by the filter."""


def card_rects(rect: QRect, lines: tuple[TalkLine, ...]) -> list[QRect]:
    """Where the cards of a cell lie, from its top."""
    found, y = [], rect.y() + GAP
    for line in lines:
        height = CARD if line.taken else EMPTY
        found.append(QRect(rect.x() + GAP, y, rect.width() - 2 * GAP - 1, height))
        y += height + GAP
    return found


def cell_height(lines: tuple[TalkLine, ...]) -> int:
    """The height that a cell with these cards needs."""
    return GAP + sum((CARD if line.taken else EMPTY) + GAP for line in lines)


def paint_card(painter: QPainter, rect: QRect, line: TalkLine, look: CardLook) -> None:
    """One talk: badge, name and state above, what matters most below."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if look.faint:
        painter.setOpacity(_FAINT)
    _paint_frame(painter, rect, line, look)
    inside = QRectF(rect).adjusted(6, 3, -5, -3)
    if line.taken:
        half = inside.height() / 2
        _paint_name(painter, QRectF(inside.x(), inside.y(), inside.width(), half), line)
        below = QRectF(inside.x(), inside.y() + half, inside.width(), half)
        _paint_second(painter, below, line)
    else:
        colours = theme()
        painter.setFont(colours.font(12))
        painter.setPen(colours.color("text2"))
        words = "待补" if not line.ahead else "空缺"
        painter.drawText(inside, _MIDDLE, f"第{line.row.place}位 {words}")
    painter.restore()


def _paint_frame(painter: QPainter, rect: QRect, line: TalkLine, look: CardLook) -> None:
    colours = theme()
    fill, edge = "surface", "line3"
    if not line.ahead:
        fill, edge = "surface2", "line"
    if line.conflict:
        fill, edge = "amber_fill", "amber"
    pen = QPen(colours.color(edge), 1)
    if not line.taken:
        pen.setStyle(Qt.PenStyle.DashLine)
    if look.selected:
        pen = QPen(colours.color("focus" if look.focused else "line2"), 2)
    if look.marked:
        pen = QPen(colours.color("blue"), 2, Qt.PenStyle.DashLine)
    half = pen.widthF() / 2
    painter.setPen(pen)
    painter.setBrush(colours.color(fill))
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), 4, 4)


def _paint_name(painter: QPainter, box: QRectF, line: TalkLine) -> None:
    colours, row = theme(), line.row
    x, right, middle = box.x(), box.right(), box.center().y()
    if row.category:
        letter, tone = BADGES[row.category]
        paint_badge(painter, x, middle, letter, colours.color(tone if line.ahead else "text2"))
        x += 21
    shape = "triangle" if line.conflict else "" if line.ahead else "check"
    if shape:
        ink = colours.color("amber" if line.conflict else "green")
        paint_shape(painter, QRectF(right - 11, middle - 5, 10, 10), shape, ink)
        right -= 14
    elif row.pinned:
        paint_icon(painter, QRectF(right - 13, middle - 6, 12, 12), "pin")
        right -= 16
    painter.setFont(colours.font(13, bold=line.ahead))
    painter.setPen(colours.color("text" if line.ahead else "text2"))
    name = colours.metrics(13, line.ahead).elidedText(row.speaker, _ELIDE, int(right - x))
    painter.drawText(QRectF(x, box.y(), right - x, box.height()), _MIDDLE, name)


def _paint_second(painter: QPainter, box: QRectF, line: TalkLine) -> None:
    colours = theme()
    words = line.conflict or second_line(line)
    if line.row.pinned and not line.conflict:
        words = f"固定 · {words}"
    painter.setFont(colours.font(12))
    painter.setPen(colours.color("amber" if line.conflict else "text2"))
    text = colours.metrics(12).elidedText(words, _ELIDE, int(box.width()))
    painter.drawText(box, _MIDDLE, text)


class _Header(QHeaderView):
    """A frozen header that paints its sections from the plan."""

    def __init__(self, orientation: Qt.Orientation, model: WeekModel, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._week = model
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        theme().changed.connect(self.viewport().update)


class DayHeader(_Header):
    """Date and note; this week tinted with the accent line under it."""

    def __init__(self, model: WeekModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, model, parent)
        self.setFixedHeight(TOP)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one session's head."""
        colours = theme()
        column = self._week.plan.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, colours.color("sel" if column.current else "surface2"))
        line = colours.color("line")
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), colours.color("grid"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, line)
        if column.current:
            painter.fillRect(rect.x(), rect.bottom() - 2, rect.width(), 3, colours.color("accent"))
        inside = rect.adjusted(8, 4, -4, -5)
        half = inside.height() // 2
        painter.setFont(colours.font(13, bold=True))
        painter.setPen(colours.color("text2" if column.past else "text"))
        top = QRect(inside.x(), inside.y(), inside.width(), half)
        painter.drawText(top, _MIDDLE, column.title)
        painter.setFont(colours.font(12))
        painter.setPen(colours.color("text2"))
        words = colours.metrics(12).elidedText(column.note, _ELIDE, inside.width())
        painter.drawText(top.translated(0, half), _MIDDLE, words)
        painter.restore()


class GroupHeader(_Header):
    """Number, name and how far the group is in the round."""

    def __init__(self, model: WeekModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, model, parent)
        self.setFixedWidth(LEFT)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one group's head."""
        colours = theme()
        row = self._week.plan.rows[logicalIndex]
        painter.save()
        painter.fillRect(rect, colours.color("surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.color("grid"))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), colours.color("line"))
        x = rect.x() + 12
        top = QRectF(x, rect.y() + 8, rect.width() - 16, 22)
        painter.setFont(colours.font(12))
        painter.setPen(colours.color("text2"))
        if row.number:
            painter.drawText(top, _MIDDLE, str(row.number))
            top.setLeft(x + 18)
        painter.setFont(colours.font(13, bold=bool(row.number)))
        painter.setPen(colours.color("text" if row.number else "text2"))
        name = colours.metrics(13, bool(row.number)).elidedText(row.name, _ELIDE, int(top.width()))
        painter.drawText(top, _MIDDLE, name)
        if row.progress is not None:
            done = row.progress
            bar = QRectF(top.x(), top.bottom() + 7, 48, 6)
            paint_progress(painter, bar, done.spoken / done.members if done.members else 0.0)
            painter.setFont(colours.font(12))
            painter.setPen(colours.color("text2"))
            figure = QRectF(bar.right() + 6, bar.y() - 7, 40, 20)
            painter.drawText(figure, _MIDDLE, f"{done.spoken}/{done.members}")
        painter.restore()
