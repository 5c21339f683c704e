"""The row of figures over a sign-in: 应到 48 · 实到 31 …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bulletin_study.ui.shapes import paint_shape
from bulletin_study.ui.theme import theme

_FIRST, _NEXT = 44, 30
"""How high the first line is, and each one after it."""


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
    """Figures that are always in sight; a click on one tells its key.

    When it is narrow, gaps and notes give way, and then what is left goes on another line.
    """

    clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "plain")
        self.setFixedHeight(_FIRST)
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
        self._fit()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """May be narrow: it grows downwards."""
        return QSize(200, _FIRST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many lines as the width asks for."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Labels and figures of a line on one base line."""
        painter = QPainter(self)
        look = theme()
        painter.fillRect(self.rect(), look.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))
        self._places = []
        lines, notes, gap = self._lines()
        for at, line in enumerate(lines):
            x = 16.0
            for item in line:
                x += self._paint_item(painter, x, 29 + _NEXT * at, item, notes) + gap
        x = self.width() - 16.0 - self._right_width() + 24 * bool(self._right)
        for item in self._right:
            x += self._paint_item(painter, x, 29, item, True) + 24
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which figure was clicked."""
        for place, key in self._places:
            if place.contains(event.position()):
                self.clicked.emit(key)

    def _right_width(self) -> float:
        return sum(_width(item, True) + 24 for item in self._right)

    def _lines(self) -> tuple[list[list[CounterItem]], bool, float]:
        """The items of each line, whether notes are shown, and the gap between items."""
        room = self.width() - 32 - self._right_width()
        for notes, gap in ((True, 24.0), (True, 14.0), (False, 14.0)):
            if sum(_width(item, notes) + gap for item in self._left) <= room + gap:
                return [self._left], notes, gap
        lines: list[list[CounterItem]] = [[]]
        left = room
        for item in self._left:
            if lines[-1] and _width(item, True) > left:
                lines.append([])
                left = self.width() - 32.0
            lines[-1].append(item)
            left -= _width(item, True) + 24
        return lines, True, 24.0

    def _fit(self) -> None:
        self.setFixedHeight(_FIRST + _NEXT * (len(self._lines()[0]) - 1))

    def _paint_item(
        self, painter: QPainter, x: float, base: int, item: CounterItem, notes: bool
    ) -> float:
        look = theme()
        start = x
        if item.shape:
            paint_shape(painter, QRectF(x, base - 10, 10, 10), item.shape, look.color(item.tone))
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
        self._places.append((QRectF(start - 4, base - 25, x - start + 8, 36), item.key))
        return x - start


def _width(item: CounterItem, notes: bool) -> float:
    look = theme()
    width = look.metrics(12).horizontalAdvance(item.label) + 6.0
    width += look.metrics(21, bold=True).horizontalAdvance(item.value)
    if item.note and notes:
        width += 6 + look.metrics(12).horizontalAdvance(item.note)
    return width + (15 if item.shape else 0)
