"""The status shapes, painted as paths so that they look the same with every font."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

CHECK, CIRCLE, HALF, TRIANGLE, DIAMOND = "check", "circle", "half", "triangle", "diamond"
CROSS, ARROW, DOT, OUT = "cross", "arrow", "dot", "out"

SHAPES: Final[dict[str, str]] = {
    CHECK: "✓", CIRCLE: "○", HALF: "◐", TRIANGLE: "△", DIAMOND: "◆",
    CROSS: "✕", ARROW: "→", DOT: "●", OUT: "↗",
}  # fmt: skip
"""Name of each shape and the character that screen readers and copied text get for it."""

# Strokes on a 10 × 10 grid: lists of polylines.
_STROKES: Final[dict[str, list[list[tuple[float, float]]]]] = {
    CHECK: [[(1.2, 5.2), (4.0, 8.0), (8.8, 2.4)]],
    CROSS: [[(2.0, 2.0), (8.0, 8.0)], [(8.0, 2.0), (2.0, 8.0)]],
    ARROW: [[(0.8, 5.0), (9.0, 5.0)], [(5.8, 1.8), (9.0, 5.0), (5.8, 8.2)]],
    OUT: [[(1.8, 8.2), (8.2, 1.8)], [(3.4, 1.8), (8.2, 1.8), (8.2, 6.6)]],
}


def paint_shape(painter: QPainter, rect: QRectF, shape: str, color: QColor) -> None:
    """Paint a shape in a colour, 10 px large at most, centred in a rectangle.

    Raises KeyError for an unknown shape name.
    """
    if shape not in SHAPES:
        raise KeyError(shape)
    side = min(rect.width(), rect.height(), 10.0)
    scale = side / 10
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    painter.scale(scale, scale)
    pen = QPen(color, 1.6)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape in _STROKES:
        if shape == CHECK:
            painter.setPen(QPen(color, 2.0))
        for points in _STROKES[shape]:
            painter.drawPolyline([QPointF(x, y) for x, y in points])
    else:
        _paint_solid(painter, shape, color)
    painter.restore()


def _paint_solid(painter: QPainter, shape: str, color: QColor) -> None:
    if shape == CIRCLE:
        painter.drawEllipse(QRectF(1.2, 1.2, 7.6, 7.6))
    elif shape == DOT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(QRectF(2.0, 2.0, 6.0, 6.0))
    elif shape == HALF:
        painter.drawEllipse(QRectF(1.2, 1.2, 7.6, 7.6))
        painter.setBrush(color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPie(QRectF(1.0, 1.0, 8.0, 8.0), 90 * 16, 180 * 16)
    elif shape == TRIANGLE:
        painter.drawPolygon([QPointF(5, 1.4), QPointF(9.2, 8.8), QPointF(0.8, 8.8)])
    else:
        path = QPainterPath(QPointF(5, 0.2))
        for x, y in ((9.8, 5.0), (5.0, 9.8), (0.2, 5.0)):
            path.lineTo(x, y)
        path.closeSubpath()
        painter.fillPath(path, color)
