"""The row of figures over a sign-in: 应到 48 · 实到 31 …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bulletin_study.ui.shapes import paint_shape
from bulletin_study.ui.theme import theme


@dataclass(frozen=True, slots=True)
class CounterItem:
    """A label, its figure in a tone, and small words after it."""

    key: str
    label: str
    value: str
    tone: str = "text"
    note: str = ""
    shape: str = ""


class Counters(QWidget):
    """Figures that are always in sight; a click on one tells its key."""

    clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "plain")
        self.setFixedHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._left: list[CounterItem] = []
        self._right: list[CounterItem] = []
        self._places: list[tuple[QRectF, str]] = []
        theme().changed.connect(self.update)

    def set_items(self, items: Sequence[CounterItem], right: Sequence[CounterItem] = ()) -> None:
        """Show figures from the left, and others at the right edge."""
        self._left, self._right = list(items), list(right)
        shown = [*self._left, *self._right]
        self.setAccessibleName("，".join(f"{item.label}{item.value}" for item in shown))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """May be cut at the notes."""
        return QSize(200, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Labels and figures on one base line; notes and gaps give way when it is narrow."""
        painter = QPainter(self)
        look = theme()
        painter.fillRect(self.rect(), look.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))
        self._places = []
        right = sum(_width(item, True) for item in self._right) + 24 * len(self._right)
        room = self.width() - 32 - right
        notes, gap = True, 24.0
        if self._total(notes, gap) > room:
            gap = 14.0
        if self._total(notes, gap) > room:
            notes = False
        x = 16.0
        for item in self._left:
            x += self._paint_item(painter, x, item, notes) + gap
        x = self.width() - 16.0 - right + 24 * bool(self._right)
        for item in self._right:
            x += self._paint_item(painter, x, item, True) + 24
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which figure was clicked."""
        for place, key in self._places:
            if place.contains(event.position()):
                self.clicked.emit(key)

    def _total(self, notes: bool, gap: float) -> float:
        return sum(_width(item, notes) + gap for item in self._left)

    def _paint_item(self, painter: QPainter, x: float, item: CounterItem, notes: bool) -> float:
        look = theme()
        base = 29
        start = x
        if item.shape:
            paint_shape(painter, QRectF(x, 19, 10, 10), item.shape, look.color(item.tone))
            x += 15
        painter.setFont(look.font(12))
        painter.setPen(look.color(item.tone if item.shape else "text2"))
        painter.drawText(int(x), base, item.label)
        x += look.metrics(12).horizontalAdvance(item.label) + 6
        painter.setFont(look.font(21, bold=True))
        painter.setPen(look.color(item.tone))
        painter.drawText(int(x), base, item.value)
        x += look.metrics(21, bold=True).horizontalAdvance(item.value)
        if item.note and notes:
            painter.setFont(look.font(12))
            painter.setPen(look.color("text2"))
            painter.drawText(int(x) + 6, base, item.note)
            x += 6 + look.metrics(12).horizontalAdvance(item.note)
        self._places.append((QRectF(start - 4, 4, x - start + 8, 36), item.key))
        return x - start


def _width(item: CounterItem, notes: bool) -> float:
    look = theme()
    width = look.metrics(12).horizontalAdvance(item.label) + 6.0
    width += look.metrics(21, bold=True).horizontalAdvance(item.value)
    if item.note and notes:
        width += 6 + look.metrics(12).horizontalAdvance(item.note)
    return width + (15 if item.shape else 0)
