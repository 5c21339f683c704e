"""A chip: shape and word in a tone, as a widget and as a function for delegates."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bulletin_study.ui.shapes import SHAPES, paint_shape
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import CHIP

_PAD, _SHAPE, _GAP = 6, 10, 4


def chip_width(text: str, shape: str = "") -> int:
    """How wide a chip is, in logical pixels."""
    words = theme().metrics(12).horizontalAdvance(text)
    return words + 2 * _PAD + (_SHAPE + _GAP if shape else 0)


def paint_chip(
    painter: QPainter, x: float, middle: float, text: str, tone: str, shape: str = "",
    *, outlined: bool = False, room: float | None = None,
) -> float:  # fmt: skip
    """Paint a chip whose left edge and vertical middle are given; return its width.

    ``outlined`` adds the 1 px outline that keeps it legible on a selected row; ``room``
    elides the word to that width.
    """
    ink, fill = theme().tone(tone)
    metrics = theme().metrics(12)
    lead = _SHAPE + _GAP if shape else 0
    if room is not None:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight,
                                  int(room - 2 * _PAD - lead))  # fmt: skip
    width = metrics.horizontalAdvance(text) + 2 * _PAD + lead
    box = QRectF(x, middle - CHIP / 2, width, CHIP)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1) if outlined else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(fill)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    if shape:
        paint_shape(painter, QRectF(x + _PAD, middle - 5, _SHAPE, _SHAPE), shape, ink)
    painter.setPen(ink)
    painter.setFont(theme().font(12))
    painter.drawText(box.adjusted(_PAD + lead, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()
    return width


def paint_badge(
    painter: QPainter, x: float, middle: float, letter: str, color: QColor
) -> float:
    """Paint the boxed letter of a category (业, 政, 经), 16 px; return its width."""
    box = QRectF(x, middle - 8, 16, 16)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(theme().font(12))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()
    return 16.0


class Chip(QWidget):
    """A chip as a widget."""

    def __init__(self, text: str = "", tone: str = "neutral", shape: str = "") -> None:
        super().__init__()
        self._text, self._tone, self._shape = text, tone, shape
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    @property
    def text(self) -> str:
        """Its word."""
        return self._text

    def set(self, text: str, tone: str = "neutral", shape: str = "") -> None:
        """Change word, tone and shape."""
        self._text, self._tone, self._shape = text, tone, shape
        self.setAccessibleName(f"{SHAPES.get(shape, '')}{text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(chip_width(self._text, self._shape), CHIP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        paint_chip(painter, 0, self.height() / 2, self._text, self._tone, self._shape)
        painter.end()
