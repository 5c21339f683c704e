"""What the two charts share: scale, labels, fills and the legend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bulletin_study.ui.theme import theme

_LEFT, _TOP, _RIGHT, _BOTTOM = 38, 18, 18, 24
CENTER = Qt.AlignmentFlag.AlignCenter
_RIGHT_MIDDLE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def figure(value: float) -> str:
    """A value as it is printed: one decimal only when it has one."""
    return f"{value:.1f}" if value % 1 else f"{value:.0f}"


class Chart(QWidget):
    """Frame, scale and labels that both charts share."""

    def __init__(self) -> None:
        super().__init__()
        self.low, self.high, self.step = 0.0, 1.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 120)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A modest size."""
        return QSize(312, 240)

    @property
    def plot(self) -> QRectF:
        """Where the values go."""
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def height_of(self, value: float) -> float:
        """The y of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.plot.bottom() - min(1.0, max(0.0, share)) * self.plot.height()

    def paint_scale(self, painter: QPainter) -> None:
        """Grid lines and their figures."""
        look, plot = theme(), self.plot
        painter.setFont(look.font(12))
        value = self.low
        while value <= self.high + 1e-9:
            y = self.height_of(value)
            painter.fillRect(QRectF(plot.x(), round(y), plot.width(), 1), look.color("grid"))
            painter.setPen(look.color("text2"))
            painter.drawText(QRectF(0, y - 9, _LEFT - 7, 18), _RIGHT_MIDDLE, figure(value))
            value += self.step

    def paint_label(self, painter: QPainter, x: float, width: float, text: str) -> None:
        """A label under the plot."""
        painter.setFont(theme().font(12))
        painter.setPen(theme().color("text2"))
        painter.drawText(QRectF(x - width / 2, self.plot.bottom() + 4, width, 18), CENTER, text)


def paint_bar_fill(painter: QPainter, box: QRectF, series: int) -> None:
    """Fill by the number of the series: solid, hatched, hollow."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    ink = look.color("chart")
    if series == 0:
        painter.fillRect(box, ink)
    else:
        painter.fillRect(box, look.color("surface"))
        if series == 1:
            painter.fillRect(box, QBrush(ink, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, 0))
    painter.restore()


class ChartLegend(QWidget):
    """Names of the series with their fills."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        super().__init__()
        self._names = list(names)
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def set_names(self, names: Sequence[str]) -> None:
        """Show other names."""
        self._names = list(names)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its names."""
        metrics = theme().metrics(12)
        return QSize(sum(metrics.horizontalAdvance(name) + 30 for name in self._names), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Swatches and names."""
        look = theme()
        painter = QPainter(self)
        painter.setFont(look.font(12))
        x = 0
        for at, name in enumerate(self._names):
            paint_bar_fill(painter, QRectF(x, 4, 12, 12), at)
            painter.setPen(look.color("text2"))
            painter.drawText(QRectF(x + 18, 0, 200, 20), Qt.AlignmentFlag.AlignVCenter, name)
            x += look.metrics(12).horizontalAdvance(name) + 30
        painter.end()
