"""Who is away when: bars of days over weeks, one row a person."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from bulletin_study.ui.focus import ring_after
from bulletin_study.ui.shapes import TRIANGLE, paint_shape
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.date_field import WEEKDAYS

_NAMES, _HEAD, _ROW, _PAD = 72, 29, 30, 16
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """An absence: first and last day, words on it, tone, and a warning beside it."""

    key: Hashable
    start: date
    end: date | None
    text: str
    tone: str = "blue"
    warning: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A person and the bars of that person."""

    name: str
    bars: tuple[TimelineBar, ...] = ()


class Timeline(QScrollArea):
    """``bar_opened(key)`` on click or Enter; ↑ ↓ move from bar to bar."""

    bar_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.canvas = TimelineCanvas(self)
        self.setWidget(self.canvas)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.canvas)
        self.setMinimumHeight(_HEAD + 2 * _ROW)

    def set_rows(
        self, rows: Sequence[TimelineRow], first: date, weeks: int = 4, today: date | None = None
    ) -> None:
        """Show ``weeks`` weeks from the Monday of ``first``."""
        self.canvas.set_rows(rows, first - timedelta(days=first.weekday()), weeks, today)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stretch the days."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = max(self.viewport().height(), self.canvas.needed)
        self.canvas.resize(self.viewport().width(), wanted)


class TimelineCanvas(QWidget):
    """The painted inside of the timeline."""

    def __init__(self, owner: Timeline) -> None:
        super().__init__()
        self._owner = owner
        self._rows: list[TimelineRow] = []
        self._first = date.today()
        self._weeks = 4
        self._today: date | None = None
        self._at = -1
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("不在岗时间线")
        theme().changed.connect(self.update)

    def set_rows(
        self, rows: Sequence[TimelineRow], first: date, weeks: int, today: date | None
    ) -> None:
        """Show other values."""
        self._rows, self._first, self._weeks, self._today = list(rows), first, weeks, today
        self._at = min(self._at, len(self._bars()) - 1)
        self.update()

    @property
    def needed(self) -> int:
        """Height of all rows."""
        return _HEAD + _ROW * len(self._rows) + 4

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(516, self.needed)

    def _x(self, day: date) -> float:
        room = self.width() - _NAMES - 8
        return _NAMES + (day - self._first).days * room / (7 * self._weeks)

    def _bars(self) -> list[tuple[int, TimelineBar]]:
        return [(at, bar) for at, row in enumerate(self._rows) for bar in row.bars]

    def rect_of(self, row: int, bar: TimelineBar) -> QRectF:
        """Where a bar lies, cut at the edges of the weeks in sight."""
        after = self._first + timedelta(weeks=self._weeks)
        start = max(bar.start, self._first)
        end = min(bar.end + timedelta(days=1), after) if bar.end is not None else after
        left, right = self._x(start), self._x(max(end, start))
        return QRectF(left, _HEAD + row * _ROW + 5, max(6.0, right - left), 20)

    # ---- painting ----
    def paintEvent(self, event: QPaintEvent) -> None:
        """Weeks, names, bars, today."""
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("surface"))
        painter.fillRect(0, 0, self.width(), _HEAD - 1, look.color("surface2"))
        painter.fillRect(0, _HEAD - 1, self.width(), 1, look.color("line"))
        bottom = _HEAD + _ROW * len(self._rows)
        painter.setFont(look.font(12))
        for week in range(self._weeks):
            monday = self._first + timedelta(weeks=week)
            x = round(self._x(monday))
            painter.fillRect(x, _HEAD, 1, bottom - _HEAD, look.color("line"))
            painter.setPen(look.color("text2"))
            words = f"{monday:%m-%d}" + (f" 周{WEEKDAYS[0]}" if week == 0 else "")
            painter.drawText(QRectF(x + 4, 0, 120, _HEAD - 1), _MIDDLE, words)
        for at, row in enumerate(self._rows):
            y = _HEAD + at * _ROW
            painter.fillRect(0, y + _ROW - 1, self.width(), 1, look.color("grid"))
            painter.setFont(look.font(13))
            painter.setPen(look.color("text"))
            painter.drawText(QRectF(_PAD, y, _NAMES - _PAD - 4, _ROW - 1), _MIDDLE, row.name)
        self._paint_today(painter, bottom)
        for number, (at, bar) in enumerate(self._bars()):
            self._paint_bar(painter, at, bar, number == self._at)
        painter.end()

    def _paint_bar(self, painter: QPainter, row: int, bar: TimelineBar, here: bool) -> None:
        look = theme()
        ink, fill = look.tone(bar.tone)
        box = self.rect_of(row, bar)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 3, 3)
        if here and self.hasFocus() and self._ring:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 3, 3)
        painter.setFont(look.font(12))
        painter.setPen(ink)
        width = look.metrics(12).horizontalAdvance(bar.text)
        painter.drawText(QRectF(box.x() + 6, box.y(), width + 4, box.height()), _MIDDLE, bar.text)
        if bar.warning:
            x = max(box.right(), box.x() + width + 10) + 6
            paint_shape(painter, QRectF(x, box.center().y() - 5, 10, 10), TRIANGLE,
                        look.color("amber"))  # fmt: skip
            painter.setPen(look.color("amber"))
            painter.drawText(QRectF(x + 14, box.y(), 400, box.height()), _MIDDLE, bar.warning)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_today(self, painter: QPainter, bottom: int) -> None:
        after = self._first + timedelta(weeks=self._weeks)
        if self._today is not None and self._first <= self._today < after and self._rows:
            day = self._x(self._first + timedelta(days=1)) - self._x(self._first)
            x = round(self._x(self._today) + day / 2)
            painter.fillRect(x, _HEAD, 2, bottom - _HEAD, theme().color("accent"))

    # ---- events ----
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ move, Enter opens."""
        self._ring = True
        bars = self._bars()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and bars:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._at = max(0, min(len(bars) - 1, self._at + step))
            row, bar = bars[self._at]
            self.setAccessibleDescription(f"{self._rows[row].name} {bar.text} {bar.warning}")
            y = int(self.rect_of(row, bar).center().y())
            self._owner.ensureVisible(0, y, 0, _ROW)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._at < len(bars):
            self._owner.bar_opened.emit(bars[self._at][1].key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        self._ring = False
        for number, (row, bar) in enumerate(self._bars()):
            if self.rect_of(row, bar).contains(event.position()):
                self._at = number
                self._owner.bar_opened.emit(bar.key)
                return

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Belongs to the press."""
        event.accept()

    def event(self, event: QEvent) -> bool:
        """The whole words under the mouse."""
        if isinstance(event, QHelpEvent):
            at = QPointF(event.pos())
            hits = [bar for row, bar in self._bars() if self.rect_of(row, bar).contains(at)]
            words = (hits[0].tip or hits[0].text) if hits else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the first bar; the ring is for the keyboard."""
        self._ring = ring_after(event, self._ring)
        if self._at < 0 and self._bars():
            self._at = 0
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        super().focusOutEvent(event)
        self.update()
