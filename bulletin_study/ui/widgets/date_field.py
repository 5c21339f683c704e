"""Dates and times as clerks type them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from bulletin_study.ui.autosave import Autosave, FieldProblem
from bulletin_study.ui.icons import icon
from bulletin_study.ui.popup import Popup
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.week_calendar import WeekCalendar

WEEKDAYS: Final = "一二三四五六日"
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９：－．／～　", "0123456789:-./~ ")
_DATE: Final = re.compile(
    r"^(?:(?P<y>\d{4}|\d{2})\s*[-./年])?\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*[日号]?"
    r"\s*(?:(?:周|星期)[一二三四五六日天])?$"
)
_DIGITS: Final = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_TIME: Final = re.compile(r"^(\d{1,2})\s*(?::|点|时)?\s*(\d{2})?\s*分?$")
_BETWEEN: Final = re.compile(r"\s*(?:—+|–|-|~|至|到)\s*")


def parse_date(text: str, near: date | None = None) -> date | None:
    """Read 11-30, 2026-11-30, 2026.11.30, 11月30日 or 20261130; nothing from an empty text.

    Without a year the one that brings the date closest to ``near`` (default: today) is
    meant. Raises `FieldProblem` with a sentence for anything else.
    """
    words = text.translate(_FULL_WIDTH).strip()
    if not words:
        return None
    around = near or date.today()
    found = _DATE.match(words)
    digits = _DIGITS.match(words)
    try:
        if digits:
            return date(int(digits[1]), int(digits[2]), int(digits[3]))
        if not found:
            raise FieldProblem(f"“{text.strip()}”不像日期。可以写 11-30 或 2026-11-30。")
        month, day = int(found["m"]), int(found["d"])
        if found["y"]:
            year = int(found["y"])
            return date(year + 2000 if year < 100 else year, month, day)
        return _closest(month, day, around)
    except ValueError as wrong:
        if isinstance(wrong, FieldProblem):
            raise
        raise FieldProblem(f"没有“{text.strip()}”这一天。") from wrong


def _closest(month: int, day: int, around: date) -> date:
    made = []
    for year in (around.year, around.year + 1, around.year - 1):
        if 1 <= year <= 9999 and not (month == 2 and day == 29 and not _leap(year)):
            made.append(date(year, month, day))
    if not made:
        raise ValueError
    return min(made, key=lambda found: abs((found - around).days))


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def date_words(day: date | None) -> str:
    """2026-11-30 周一; empty for no date."""
    return f"{day:%Y-%m-%d} 周{WEEKDAYS[day.weekday()]}" if day is not None else ""


def parse_times(text: str) -> tuple[time, time] | None:
    """Read 09:00—10:00, 9:00-10:30, 9点到10点 or 0900-1000; nothing from an empty text.

    Raises `FieldProblem` when it is not a range of times or ends before it starts.
    """
    words = text.translate(_FULL_WIDTH).strip()
    if not words:
        return None
    parts = _BETWEEN.split(words)
    if len(parts) != 2:
        raise FieldProblem(f"“{text.strip()}”不像起止时间。可以写 09:00—10:30。")
    start, end = _time(parts[0], text), _time(parts[1], text)
    if end <= start:
        raise FieldProblem("结束时间要晚于开始时间。")
    return start, end


def _time(part: str, whole: str) -> time:
    found = _TIME.match(part.strip())
    try:
        if found:
            return time(int(found[1]), int(found[2] or 0))
        if re.fullmatch(r"\d{3,4}", part.strip()):
            return time(int(part.strip()[:-2]), int(part.strip()[-2:]))
    except ValueError as wrong:
        raise FieldProblem(f"没有“{part.strip()}”这个时刻。") from wrong
    raise FieldProblem(f"“{whole.strip()}”不像起止时间。可以写 09:00—10:30。")


class DateField(QLineEdit):
    """A date: typed in any usual way, or picked from a calendar (Alt+↓ or the icon)."""

    def __init__(self, *, required: bool = False, near: date | None = None) -> None:
        super().__init__()
        self._required, self._near = required, near
        # Files are dropped on the page, and their paths are no text for this field.
        self.setAcceptDrops(False)
        self.setPlaceholderText("如 11-30")
        self.setProperty("lead", True)
        self._open = QAction(icon("calendar"), "选日期", self)
        self._open.triggered.connect(self.show_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.LeadingPosition)
        theme().changed.connect(self._tint)
        self.autosave = Autosave(self, self.value, self._write)
        self.editingFinished.connect(self._tidy)

    def _tidy(self) -> None:
        """Show in full how what was typed is read: “12-2” may be of another year."""
        day = self._readable()
        if day is not None and self.text() != date_words(day):
            # The value is the same: nobody need hear of it.
            self.blockSignals(True)
            self.setText(date_words(day))
            self.blockSignals(False)

    def value(self) -> date | None:
        """The date; raises `FieldProblem` when what was typed is none."""
        found = parse_date(self.text(), self._near)
        if found is None and self._required:
            raise FieldProblem("还没填日期。")
        return found

    def set_value(self, value: date | None) -> None:
        """Show a stored date."""
        self.autosave.set_value(value)

    def set_near(self, day: date) -> None:
        """Read dates without a year as the ones closest to this day."""
        self._near = day

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↓ opens the calendar, ↑ and ↓ move by a day."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Down and alt:
            self.show_calendar()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def show_calendar(self) -> None:
        """Open the calendar below the field; a click or Enter takes the day."""
        popup = Popup(self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = WeekCalendar(weeks=8, legend=False)
        day = self._readable() or self._near or date.today()
        calendar.set_today(self._near or date.today())
        calendar.show_from(day - timedelta(weeks=3))
        calendar.set_selected(day)

        def take(chosen: date) -> None:
            popup.close()
            self.setText(date_words(chosen))
            self.autosave.commit()

        calendar.day_clicked.connect(take)
        calendar.day_opened.connect(take)
        popup.hold(calendar)
        popup.open_below(self, 308, calendar.sizeHint().height())
        calendar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _write(self, value: date | None) -> None:
        self.setText(date_words(value))

    def _tint(self) -> None:
        self._open.setIcon(icon("calendar"))

    def _move(self, days: int) -> None:
        day = self._readable()
        if day is not None:
            self.setText(date_words(date.fromordinal(day.toordinal() + days)))

    def _readable(self) -> date | None:
        try:
            return parse_date(self.text(), self._near)
        except FieldProblem:
            return None


class TimeRangeField(QLineEdit):
    """From–to within a day, e.g. 09:00—10:30."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__()
        self._required = required
        self.setPlaceholderText("如 09:00—10:30")
        self.autosave = Autosave(self, self.value, self._write)

    def value(self) -> tuple[time, time] | None:
        """Start and end; raises `FieldProblem` when what was typed is no range."""
        found = parse_times(self.text())
        if found is None and self._required:
            raise FieldProblem("还没填起止时间。")
        return found

    def set_value(self, value: tuple[time, time] | None) -> None:
        """Show stored times."""
        self.autosave.set_value(value)

    def _write(self, value: tuple[time, time] | None) -> None:
        self.setText(f"{value[0]:%H:%M}—{value[1]:%H:%M}" if value is not None else "")
