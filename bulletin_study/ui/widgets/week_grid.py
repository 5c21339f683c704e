"""The painted weeks of the week calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bulletin_study.ui.focus import ring_after
from bulletin_study.ui.shapes import paint_shape
from bulletin_study.ui.theme import theme
from bulletin_study.usecases.titles import day_words

if TYPE_CHECKING:
    from bulletin_study.ui.widgets.week_calendar import DayMark

_GUTTER = 36
_HEAD = 24
_WEEK = 36
_DAYS: Final = "一二三四五六日"
_STEPS: Final = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
    Qt.Key.Key_PageUp: -28, Qt.Key.Key_PageDown: 28,
}  # fmt: skip


class WeekGrid(QWidget):
    """Weeks as rows, days as columns; shows as many of its weeks as fit."""

    day_selected = Signal(date)
    day_opened = Signal(date)
    day_clicked = Signal(date)
    range_changed = Signal(date, date)

    def __init__(self, weeks: int) -> None:
        super().__init__()
        self._weeks = weeks
        self.today = date.today()
        self.selected: date | None = None
        self._days: Mapping[date, DayMark] = {}
        self.first = _monday(self.today - timedelta(weeks=8))
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_HEAD + 4 * _WEEK)
        self.setMaximumHeight(_HEAD + weeks * _WEEK + 1)
        self.setAccessibleName("日历")
        theme().changed.connect(self.update)

    @property
    def rows(self) -> int:
        """How many weeks are in sight."""
        return max(1, min(self._weeks, (self.height() - _HEAD) // _WEEK))

    @property
    def last(self) -> date:
        """The last day in sight."""
        return self.first + timedelta(days=7 * self.rows - 1)

    def set_today(self, day: date) -> None:
        """Which day is inverted."""
        self.today = day
        self.show_from(day - timedelta(weeks=8))

    def set_days(self, days: Mapping[date, DayMark]) -> None:
        """What lies on the days."""
        self._days = days
        self.update()

    def set_selected(self, day: date | None) -> None:
        """Select without telling."""
        self.selected = day
        if day is not None:
            self._reveal(day)
            mark = self._days.get(day)
            self.setAccessibleDescription(f"{day_words(day)} {mark.tip if mark else ''}")
        self.update()

    def show_from(self, day: date) -> None:
        """Let the week of this day be the first row."""
        first = _monday(day)
        if first != self.first:
            self.first = first
            self.update()
            self.range_changed.emit(self.first, self.last)

    def scroll_weeks(self, weeks: int) -> None:
        """Move by weeks."""
        self.show_from(self.first + timedelta(weeks=weeks))

    def sizeHint(self) -> QSize:
        """All weeks."""
        return QSize(288, _HEAD + self._weeks * _WEEK + 1)

    def _reveal(self, day: date) -> None:
        if day < self.first:
            self.show_from(day)
        elif day > self.last:
            self.show_from(day - timedelta(weeks=self.rows - 1))

    def _pick(self, day: date) -> None:
        self.set_selected(day)
        self.day_selected.emit(day)

    # ---- where ----
    def cell(self, day: date) -> QRectF:
        """The rectangle of a day."""
        days = (day - self.first).days
        width = (self.width() - _GUTTER - 1) / 7
        left = round(_GUTTER + days % 7 * width)
        right = round(_GUTTER + (days % 7 + 1) * width)
        return QRectF(left, _HEAD + days // 7 * _WEEK, right - left, _WEEK)

    def day_at(self, x: float, y: float) -> date | None:
        """The day under a point."""
        row = int((y - _HEAD) // _WEEK)
        if y < _HEAD or x < _GUTTER or row >= self.rows:
            return None
        column = min(6, int((x - _GUTTER) * 7 / max(1, self.width() - _GUTTER - 1)))
        return self.first + timedelta(days=7 * row + column)

    # ---- painting ----
    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekday heads, month names, days, the stepped border between months."""
        look = theme()
        painter = QPainter(self)
        painter.setFont(look.font(12))
        painter.setPen(look.color("text2"))
        for at, name in enumerate(_DAYS):
            box = self.cell(self.first + timedelta(days=at))
            painter.drawText(QRectF(box.x(), 0, box.width(), _HEAD), Qt.AlignmentFlag.AlignCenter,
                             name)  # fmt: skip
        for at in range(7 * self.rows):
            self._paint_day(painter, self.first + timedelta(days=at))
        self._paint_months(painter)
        if self.selected is not None and self.first <= self.selected <= self.last:
            self._paint_selected(painter, self.selected)
        painter.end()

    def _paint_day(self, painter: QPainter, day: date) -> None:
        look, box = theme(), self.cell(day)
        mark = self._days.get(day)
        quiet = (mark.word == "休") if mark is not None and mark.word else day.weekday() >= 5
        if (day.month - self.today.month) % 2:
            painter.fillRect(box, look.color("surface2"))
        if day == self.selected:
            painter.fillRect(box, look.color("sel"))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), look.color("grid"))
        painter.fillRect(QRectF(box.right() - 1, box.y(), 1, box.height()), look.color("grid"))
        if day.weekday() == 0:
            painter.fillRect(QRectF(box.x() - 1, box.y(), 1, box.height()), look.color("grid"))
        number = QRectF(box.x(), box.y() + 1, box.width(), 20)
        if day == self.today:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("text"))
            painter.drawRoundedRect(QRectF(number.center().x() - 11, box.y() + 1, 22, 19), 3, 3)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        today = day == self.today
        muted = quiet and day != self.selected
        painter.setPen(look.color("surface" if today else "text3" if muted else "text"))
        painter.setFont(look.font(13, today))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if mark is not None:
            self._paint_mark(painter, box, mark)

    def _paint_mark(self, painter: QPainter, box: QRectF, mark: DayMark) -> None:
        look = theme()
        middle = box.bottom() - 8
        if mark.word:
            painter.setFont(look.font(12, bold=True))
            painter.setPen(look.color("green" if mark.word == "休" else "amber"))
            painter.drawText(QRectF(box.x(), middle - 9, box.width() - 3, 18),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                             mark.word)  # fmt: skip
        if mark.shape:
            x = box.x() + 7 if mark.word else box.center().x() - 5
            paint_shape(painter, QRectF(x, middle - 5, 10, 10), mark.shape, look.color(mark.tone))

    def _paint_months(self, painter: QPainter) -> None:
        """Names at the week where a month begins, and a line between two months."""
        look = theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        line = look.color("line2")
        painter.setFont(look.font(12, bold=True))
        for at in range(7 * self.rows):
            day = self.first + timedelta(days=at)
            box = self.cell(day)
            before, above = day - timedelta(days=1), day - timedelta(days=7)
            if before.month != day.month and day.weekday() and at:
                painter.fillRect(QRectF(box.x() - 1, box.y(), 1, box.height()), line)
            if above.month != day.month and above >= self.first:
                painter.fillRect(QRectF(box.x() - 1, box.y() - 1, box.width() + 1, 1), line)
            if day.day == 1 or at == 0:
                self._paint_month_name(painter, day, box)

    def _paint_month_name(self, painter: QPainter, day: date, box: QRectF) -> None:
        """Beside the week in which the month begins; at the top also the month under way,
        unless the next one begins in that week."""
        if day.day > 1 and (_next_month(day) - day).days < 7:
            return
        painter.setPen(theme().color("text2"))
        painter.setFont(theme().font(12, bold=True))
        painter.drawText(QRectF(0, box.y(), _GUTTER - 2, _WEEK), Qt.AlignmentFlag.AlignCenter,
                         f"{day.month}月")  # fmt: skip

    def _paint_selected(self, painter: QPainter, day: date) -> None:
        box = self.cell(day)
        painter.setPen(QPen(theme().color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        if self.hasFocus() and self._ring:
            painter.setPen(QPen(theme().color("focus"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(box.adjusted(3, 3, -4, -4))

    # ---- events ----
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, PgUp, PgDn, Home, Enter."""
        self._ring = True
        key = Qt.Key(event.key())
        here = self.selected or self.today
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _STEPS and plain:
            self._pick(here + timedelta(days=_STEPS[key]) if self.selected else here)
        elif key == Qt.Key.Key_Home and plain:
            self._pick(self.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.day_opened.emit(here)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Click selects."""
        self._ring = False
        day = self.day_at(event.position().x(), event.position().y())
        if day is not None:
            self._pick(day)
            self.day_clicked.emit(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Double click opens."""
        day = self.day_at(event.position().x(), event.position().y())
        if day is not None:
            self.day_opened.emit(day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One week a notch."""
        notches = event.angleDelta().y() / 120
        if abs(notches) >= 1:
            self.scroll_weeks(-int(notches))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Tell under the mouse what lies on a day."""
        if isinstance(event, QHelpEvent):
            day = self.day_at(event.pos().x(), event.pos().y())
            mark = self._days.get(day) if day is not None else None
            QToolTip.showText(event.globalPos(), mark.tip if mark is not None else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for the keyboard."""
        self._ring = ring_after(event, self._ring)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        super().focusOutEvent(event)
        self.update()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
