"""The left side of 批量安排: what, how often, from when to when, where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QSpinBox, QWidget

from bulletin_study.domain.sessions import HolidayPolicy, SessionKind
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.fields import ChoiceField, LineField
from bulletin_study.ui.focus import focus_first
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.series_dialog_rule import NTHS, WORDS, Frequency, Rule, read_rule
from bulletin_study.ui.widgets.date_field import DateField, TimeRangeField
from bulletin_study.ui.widgets.pick_many import PickMany
from bulletin_study.ui.widgets.suggest_field import SuggestField
from bulletin_study.usecases.schedule import MOST_TALKS, NewSeries
from bulletin_study.usecases.series_start import SeriesStart

POLICIES: Final = (
    ("顺延到下一个工作日", HolidayPolicy.NEXT),
    ("提前到上一个工作日", HolidayPolicy.PREVIOUS),
    ("跳过这一场", HolidayPolicy.SKIP),
    ("照常安排", HolidayPolicy.KEEP),
)
_NTHS: Final = [(words, nth) for nth, words in NTHS]


class WeekdayTicks(QWidget):
    """Seven ticks, 一 to 日; ``touched`` once the user set one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.touched = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.ticks = [QCheckBox(word) for word in WORDS]
        for tick, word in zip(self.ticks, WORDS, strict=True):
            tick.setAccessibleName(f"星期{word}")
            tick.clicked.connect(self._clicked)
            row.addWidget(tick)
        row.addStretch(1)

    def value(self) -> tuple[int, ...]:
        """The chosen days, 0 for Monday."""
        return tuple(at for at, tick in enumerate(self.ticks) if tick.isChecked())

    def set_value(self, days: tuple[int, ...]) -> None:
        """Tick these."""
        for at, tick in enumerate(self.ticks):
            tick.setChecked(at in days)

    def _clicked(self) -> None:
        self.touched = True
        self.changed.emit()


class SeriesForm(QScrollArea):
    """Emits ``changed`` at every edit; :meth:`read` gives the series or says what is wrong."""

    changed = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._filling = False
        self._kinds: dict[int, SessionKind] = {}
        self.kinds = PickMany("还没选活动类型")
        self.frequency = ChoiceField([(one.value, one) for one in Frequency])
        self.weekdays = WeekdayTicks()
        self.nth = ChoiceField(_NTHS)
        self.weekday = ChoiceField([(f"星期{word}", at) for at, word in enumerate(WORDS)])
        self.own = LineField("如 FREQ=WEEKLY;BYDAY=MO,TH")
        self.start = DateField(required=True)
        self.times = TimeRangeField(required=True)
        self.until = DateField(required=True)
        self.policy = ChoiceField(POLICIES)
        self.venue = SuggestField("如 三楼会议室")
        self.places = QSpinBox()
        self.places.setRange(1, MOST_TALKS)
        self._build()
        self._listen()

    def fill(self, start: SeriesStart) -> None:
        """Show what a new series begins with."""
        self._filling = True
        self._kinds = {kind.id: kind for kind in start.kinds}
        self.start.set_near(start.first.start.date())
        self.until.set_near(start.first.until)
        self.kinds.set_options([(k.name, k.id, k.family or "自设") for k in start.kinds])
        self.kinds.set_value(start.first.kind_ids)
        self._show_rule(start.first)
        self.start.set_value(start.first.start.date())
        self.times.set_value(_times(start.first))
        self.until.set_value(start.first.until)
        self.policy.set_value(start.first.holiday)
        self.venue.set_suggestions(start.venues)
        self.venue.set_value(start.first.venue)
        self.places.setValue(max(start.first.talk_places, 1))
        self._filling = False
        self._arrange()

    def read(self) -> NewSeries:
        """The series as the form asks for it. Raises ``FieldProblem``."""
        first, until, times = self.start.value(), self.until.value(), self.times.value()
        # All three are required: without a value they raise.
        assert first
        assert until
        assert times
        begin, end = times
        minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
        return NewSeries(
            self.kinds.value(),
            self.rule().text,
            datetime.combine(first, begin),
            minutes,
            until,
            self.policy.value(),
            self.venue.value(),
            self.places.value() if self._has_talks() else 1,
        )

    def rule(self) -> Rule:
        """How often. Raises ``FieldProblem`` when no weekday is chosen or no rule written."""
        frequency = self.frequency.value()
        if frequency is Frequency.OWN:
            if not self.own.value():
                raise FieldProblem("还没写重复规则，例如 FREQ=WEEKLY;BYDAY=MO。")
            return Rule(frequency, own=self.own.value())
        if frequency is Frequency.MONTHLY:
            return Rule(frequency, (self.weekday.value(),), self.nth.value())
        if not self.weekdays.value():
            raise FieldProblem("还没选星期几。")
        return Rule(frequency, self.weekdays.value())

    def focus_first(self) -> None:
        """Put the focus where most begin: the first date."""
        self.start.setFocus()
        self.start.selectAll()

    def focus_problem(self) -> None:
        """Put the focus into the first field that cannot be read, else into the first field."""
        for editor in (self.start, self.times, self.until):
            try:
                editor.value()
            except FieldProblem:
                editor.setFocus()
                return
        target = self.own if self.frequency.value() is Frequency.OWN else self.weekdays
        focus_first(target if self.kinds.value() else self.kinds)

    # ---- inside ----
    def _build(self) -> None:
        form = FormColumn()
        form.escaped.connect(self.escaped)
        form.add("活动类型", self.kinds)
        form.add("多久一次", self.frequency)
        self._weekdays_row = form.add("星期", self.weekdays)
        self._monthly_rows = form.add_side_by_side(
            [("第几个", self.nth, None), ("星期", self.weekday, None)]
        )
        self._own_row = form.add("重复规则（RFC 5545）", self.own)
        form.add_side_by_side([("第一场", self.start, None), ("最后一场不晚于", self.until, None)])
        form.add("起止时间", self.times)
        form.add("遇到放假", self.policy)
        form.add("地点", self.venue)
        self._places_row = form.add("每场讲课人数", self.places)
        self.setWidget(form)

    def _listen(self) -> None:
        texts = (self.own, self.start, self.times, self.until, self.venue)
        for field in texts:
            field.textChanged.connect(self._edited)
        for choice in (self.frequency, self.nth, self.weekday, self.policy):
            choice.currentIndexChanged.connect(self._edited)
        self.kinds.autosave.committed.connect(self._edited)
        self.weekdays.changed.connect(self._edited)
        self.places.valueChanged.connect(self._edited)
        self.start.textChanged.connect(self._follow_start)

    def _edited(self, *_: object) -> None:
        if not self._filling:
            self._arrange()
            self.changed.emit()

    def _arrange(self) -> None:
        frequency = self.frequency.value()
        weekly = frequency in (Frequency.WEEKLY, Frequency.FORTNIGHTLY)
        self._weekdays_row.setVisible(weekly)
        for row in self._monthly_rows:
            row.setVisible(frequency is Frequency.MONTHLY)
        holder = self._monthly_rows[0].parentWidget()
        if holder is not None:
            holder.setVisible(frequency is Frequency.MONTHLY)
        self._own_row.setVisible(frequency is Frequency.OWN)
        self._places_row.setVisible(self._has_talks())

    def _follow_start(self) -> None:
        """Until a weekday was ticked by hand, the day of the first session is meant."""
        if self._filling or self.weekdays.touched or len(self.weekdays.value()) > 1:
            return
        day = _readable(self.start.value)
        if day is not None:
            self.weekdays.set_value((day.weekday(),))
            self.weekday.set_value(day.weekday())

    def _show_rule(self, series: NewSeries) -> None:
        rule = read_rule(series.rrule, series.start.date())
        self.frequency.set_value(rule.frequency)
        self.weekdays.set_value(rule.weekdays)
        self.weekday.set_value(rule.weekdays[0])
        self.nth.set_value(rule.nth)
        self.own.set_value(series.rrule)

    def _has_talks(self) -> bool:
        return any(self._kinds[kind_id].has_talks for kind_id in self.kinds.value())


def _times(series: NewSeries) -> tuple[time, time]:
    end = (series.start.hour * 60 + series.start.minute + series.minutes) % (24 * 60)
    return series.start.time(), time(end // 60, end % 60)


def _readable(read: Callable[[], date | None]) -> date | None:
    try:
        return read()
    except FieldProblem:
        return None
