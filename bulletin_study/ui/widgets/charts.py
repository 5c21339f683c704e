"""The two small charts: a line of rates and grouped bars of counts; values are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen

from bulletin_study.ui.shapes import DIAMOND, paint_shape
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.chart_parts import (
    CENTER,
    Chart,
    ChartLegend,
    figure,
    paint_bar_fill,
)

__all__ = ["BarChart", "BarSeries", "ChartLegend", "ChartPoint", "LineChart"]


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A point of a line; no value leaves a gap."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class BarSeries:
    """One set of bars, a value per category."""

    name: str
    values: tuple[float, ...]


class LineChart(Chart):
    """A line with a dashed target; a point below it is ◆ with its value printed."""

    def __init__(self) -> None:
        super().__init__()
        self._points: list[ChartPoint] = []
        self._target: float | None = None

    def set_points(
        self, points: Sequence[ChartPoint], *, low: float = 80, high: float = 100,
        target: float | None = 90, step: float = 5,
    ) -> None:  # fmt: skip
        """Show points from the oldest to the newest; the scale opens down to the lowest."""
        self._points, self._target = list(points), target
        values = [point.value for point in points if point.value is not None]
        self.low, self.high, self.step = low, high, step
        if values and min(values) < low:
            self.low = max(0.0, min(values) // 10 * 10)
            self.step = step * (2 if high - self.low <= 50 else 4)
        said = "，".join(f"{p.label} {figure(p.value)}" for p in points if p.value is not None)
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Scale, target, line, points; the newest value and all below the target printed."""
        look = theme()
        painter = QPainter(self)
        self.paint_scale(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._target is not None:
            y = round(self.height_of(self._target)) + 0.5
            painter.setPen(QPen(look.color("text3"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(self.plot.x(), y), QPointF(self.plot.right(), y))
        spots = self._spots()
        painter.setPen(QPen(look.color("chart"), 2))
        for before, after in pairwise(spots):
            if before is not None and after is not None:
                painter.drawLine(before, after)
        self._paint_points(painter, spots)
        self._paint_labels(painter)
        painter.end()

    def _spots(self) -> list[QPointF | None]:
        count = len(self._points)
        gap = self.plot.width() / max(1, count - 1)
        first = self.plot.x() if count > 1 else self.plot.center().x()
        return [
            None if point.value is None
            else QPointF(first + gap * at, self.height_of(point.value))
            for at, point in enumerate(self._points)
        ]  # fmt: skip

    def _paint_points(self, painter: QPainter, spots: Sequence[QPointF | None]) -> None:
        look = theme()
        known = [at for at, spot in enumerate(spots) if spot is not None]
        for at in known:
            spot, value = spots[at], self._points[at].value
            if spot is None or value is None:
                continue
            below = self._target is not None and value < self._target
            if below:
                paint_shape(painter, QRectF(spot.x() - 5, spot.y() - 5, 10, 10), DIAMOND,
                            look.color("amber"))  # fmt: skip
            else:
                painter.setPen(QPen(look.color("chart"), 1.6))
                painter.setBrush(look.color("surface"))
                painter.drawEllipse(spot, 3, 3)
            if below or at == known[-1]:
                self._paint_value(painter, spot, value, below)

    def _paint_value(self, painter: QPainter, spot: QPointF, value: float, below: bool) -> None:
        look = theme()
        painter.setFont(look.font(12, bold=not below))
        painter.setPen(look.color("amber" if below else "text"))
        left = min(spot.x() - 22, self.width() - 46.0)
        top = spot.y() + 6 if below else spot.y() - 22
        painter.drawText(QRectF(left, top, 44, 18), CENTER, figure(value))

    def _paint_labels(self, painter: QPainter) -> None:
        count = len(self._points)
        if not count:
            return
        gap = self.plot.width() / max(1, count - 1)
        every = max(1, round(46 / gap + 0.49)) if gap else 1
        first = self.plot.x() if count > 1 else self.plot.center().x()
        for at, point in enumerate(self._points):
            if (count - 1 - at) % every == 0:
                x = max(24.0, min(first + gap * at, self.width() - 22.0))
                self.paint_label(painter, x, 48, point.label)


class BarChart(Chart):
    """Grouped bars: solid, hatched, hollow; ``clicked(category, series)``."""

    clicked = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._categories: list[str] = []
        self._series: list[BarSeries] = []
        self._selected: tuple[int, int | None] | None = None

    def set_data(self, categories: Sequence[str], series: Sequence[BarSeries]) -> None:
        """Show up to three series over the categories."""
        self._categories, self._series = list(categories), list(series)
        top = max((value for one in series for value in one.values), default=1)
        self.step = next((s for s in (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0) if top / s <= 4),
                         200.0)  # fmt: skip
        self.low, self.high = 0.0, max(self.step, -(-top // self.step) * self.step)
        self.setAccessibleName("；".join(
            f"{one.name} " + "，".join(f"{c} {figure(v)}" for c, v in
                                     zip(categories, one.values, strict=False))
            for one in series
        ))  # fmt: skip
        self.update()

    def set_selected(self, category: int | None, series: int | None = None) -> None:
        """Frame a bar, or all bars of a category."""
        self._selected = (category, series) if category is not None else None
        self.update()

    def bar(self, category: int, series: int) -> QRectF:
        """Where a bar stands."""
        span = self.plot.width() / max(1, len(self._categories))
        count = max(1, len(self._series))
        width = max(3.0, min(16.0, (span - 8) / count - 2))
        x = self.plot.x() + span * (category + 0.5) - (width + 2) * count / 2
        x += (width + 2) * series + 1
        top = self.height_of(self._series[series].values[category])
        return QRectF(round(x), round(top), round(width), round(self.plot.bottom()) - round(top))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Scale, bars with their values, labels."""
        painter = QPainter(self)
        self.paint_scale(painter)
        span = self.plot.width() / max(1, len(self._categories))
        for category, name in enumerate(self._categories):
            for series in range(len(self._series)):
                self._paint_bar(painter, category, series)
            self.paint_label(painter, self.plot.x() + span * (category + 0.5), span + 20, name)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which bar was clicked; the column above a bar counts too."""
        for category in range(len(self._categories)):
            for series in range(len(self._series)):
                reach = self.bar(category, series)
                reach.setTop(self.plot.top())
                if reach.adjusted(-1, 0, 1, 0).contains(event.position()):
                    self.clicked.emit(category, series)
                    return

    def _paint_bar(self, painter: QPainter, category: int, series: int) -> None:
        value = self._series[series].values[category]
        if not value:
            return
        look, box = theme(), self.bar(category, series)
        paint_bar_fill(painter, box, series)
        if self._selected in ((category, series), (category, None)):
            painter.setPen(QPen(look.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, 0, 0))
        painter.setPen(look.color("text"))
        painter.setFont(look.font(12))
        painter.drawText(QRectF(box.center().x() - 20, box.top() - 17, 40, 16), CENTER,
                         figure(value))  # fmt: skip
