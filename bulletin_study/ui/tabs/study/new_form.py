"""新建场次: a session that is not saved before its button is pressed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from bulletin_study.domain.errors import (
    BadValue,
    BeforeEntry,
    Clash,
    EndBeforeStart,
    Missing,
    Refusal,
)
from bulletin_study.domain.sessions import StudySession
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.context import Context
from bulletin_study.ui.fields import LineField
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.tabs.study.fields import options, share
from bulletin_study.ui.tabs.study.session_form import FORMS
from bulletin_study.ui.widgets.date_field import DateField, TimeRangeField
from bulletin_study.ui.widgets.pick_many import PickMany
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.widgets.suggest_field import SuggestField
from bulletin_study.ui.widgets.who_field import WhoField
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.session_detail import SessionStart, why_day_off
from bulletin_study.usecases.sessions import new_session


class NewForm(FormColumn):
    """``made(id)`` once it is stored. What was typed stays until it is, or given up."""

    made = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._runner = context.runner
        self._draft: StudySession | None = None
        self._begun: tuple[object, ...] = ()
        self.theme = LineField("可以先空着")
        self.day = DateField(required=True)
        self.times = TimeRangeField(required=True)
        self.form = Segmented(FORMS, fill=True)
        self.lead = WhoField()
        self.venue = SuggestField("如 三楼会议室")
        self.kinds = PickMany("还没选活动类型")
        self._day_row, self._times_row = self.add_side_by_side(
            [("日期", self.day, None), ("时间", self.times, None)]
        )
        share([self._day_row, self._times_row], 3, 2)
        self._theme_row = self.add("主题", self.theme)
        self.add("形式", self.form)
        self._lead_row, self._venue_row = self.add_side_by_side(
            [("领学人", self.lead, None), ("地点", self.venue, None)]
        )
        self._kinds_row = self.add("活动类型", self.kinds)
        self.day.autosave.committed.connect(self._look)

    @property
    def started(self) -> bool:
        """Whether there is a draft with something in it."""
        return self._draft is not None

    @property
    def touched(self) -> bool:
        """Whether anything differs from what the draft began with."""
        return self.started and self._filled() != self._begun

    def _filled(self) -> tuple[object, ...]:
        texts = (self.theme, self.day, self.times, self.lead, self.venue)
        return (*(field.text().strip() for field in texts), self.form.value(), self.kinds.value())

    def begin(self, start: SessionStart) -> None:
        """Show what a new session begins with."""
        self._draft = start.draft
        people = options(start.choices.people)
        self.lead.set_people(people)
        self.venue.set_suggestions(start.choices.venues)
        self.kinds.set_options(
            [(kind.name, kind.id, kind.family or "自设活动") for kind in start.choices.kinds]
        )
        self.day.set_near(start.draft.day)
        self.day.set_value(start.draft.day)
        self.times.set_value((start.draft.start, start.draft.end))
        self.theme.set_value("")
        self.form.set_value(start.draft.form)
        self.lead.set_value((None, ""))
        self.venue.set_value(start.draft.venue)
        self.kinds.set_value(start.kind_ids)
        self._begun = self._filled()
        self._clear_rows()
        if start.plan_theme:
            self._theme_row.note(f"学习计划里是“{start.plan_theme}”，主题留空就用它。")
        self._tell_day_off(start.day_off)

    def set_day(self, day: date) -> None:
        """Another day was picked in the calendar."""
        self.day.set_value(day)
        self._look()

    def give_up(self) -> None:
        """Forget the draft."""
        self._draft = None

    def store(self, *, override: bool = False) -> None:
        """Store it."""
        self._clear_rows()
        draft = self._read()
        if draft is None:
            return
        kinds = self.kinds.value()
        self._runner.do(
            lambda unit: new_session(unit, draft, kinds, override=override),
            self._made,
            self._refused,
        )

    def _read(self) -> StudySession | None:
        if self._draft is None:
            return None
        editors = ((self._day_row, self.day), (self._times_row, self.times),
                   (self._lead_row, self.lead))  # fmt: skip
        for row, editor in editors:
            try:
                editor.value()
            except FieldProblem as problem:
                row.error(problem.sentence)
                editor.setFocus()
                return None
        day, times, lead = self.day.value(), self.times.value(), self.lead.value()
        assert day is not None
        assert times is not None
        return replace(
            self._draft,
            day=day,
            start=times[0],
            end=times[1],
            theme=self.theme.value(),
            form=self.form.value(),
            lead_id=lead[0],
            lead_name=lead[1],
            venue=self.venue.value(),
        )

    def _made(self, result: tuple[Committed, int]) -> None:
        self._draft = None
        self.made.emit(result[1])

    def _refused(self, refusal: Refusal) -> None:
        row = self._theme_row
        match refusal:
            case Missing():
                row = self._kinds_row
            case BeforeEntry():
                row = self._lead_row
            case Clash() | EndBeforeStart():
                row = self._times_row
            case BadValue():
                row = self._day_row
        anyway = ("仍这样安排", partial(self.store, override=True))
        row.error(sentence_for(refusal), anyway if isinstance(refusal, Clash) else None)

    def _clear_rows(self) -> None:
        for row in (self._day_row, self._times_row, self._theme_row, self._lead_row,
                    self._kinds_row):  # fmt: skip
            row.error("")

    def _look(self, *_: object) -> None:
        try:
            day = self.day.value()
        except FieldProblem:
            return
        if day is not None:
            self._runner.read(lambda unit: why_day_off(unit, day), self._tell_day_off)

    def _tell_day_off(self, why: str) -> None:
        self._day_row.note(f"这一天是{why}。" if why else "")
