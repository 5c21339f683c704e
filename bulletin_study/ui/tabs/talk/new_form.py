"""新建场次: one more session of 每周一讲, not saved before its button is pressed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from bulletin_study.domain.errors import BadValue, Clash, EndBeforeStart, Refusal
from bulletin_study.domain.sessions import StudySession
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.context import Context
from bulletin_study.ui.fields import ChoiceField
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.tabs.talk.session_fields import place_options
from bulletin_study.ui.widgets.date_field import DateField, TimeRangeField
from bulletin_study.ui.widgets.suggest_field import SuggestField
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.session_detail import SessionStart, load_start, why_day_off
from bulletin_study.usecases.sessions import new_session


class NewForm(FormColumn):
    """``made(session id)`` once it is stored."""

    made = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._runner = context.runner
        self._draft: StudySession | None = None
        self._kind_ids: tuple[int, ...] = ()
        self.day, self.times = DateField(required=True), TimeRangeField(required=True)
        self.venue, self.count = SuggestField("如 三楼会议室"), ChoiceField(place_options())
        self._day_row = self.add("日期", self.day, self._look)
        self._times_row = self.add("时间", self.times)
        self._venue_row, self._count_row = self.add_side_by_side(
            [("地点", self.venue, None), ("本场人数", self.count, None)]
        )

    def begin(self, kind_id: int) -> None:
        """Start like the last session, a week after it."""
        self._runner.read(lambda unit: load_start(unit, kind_id, None), self._show)

    def store(self, *, override: bool = False) -> None:
        """Store it."""
        draft = self._read()
        if draft is not None:
            kinds = self._kind_ids
            self._runner.do(
                lambda unit: new_session(unit, draft, kinds, override=override),
                self._made,
                self._refused,
            )

    def _show(self, start: SessionStart) -> None:
        draft = start.draft
        self._draft, self._kind_ids = draft, start.kind_ids
        self.day.set_near(draft.day)
        self.day.set_value(draft.day)
        self.times.set_value((draft.start, draft.end))
        self.venue.set_suggestions(start.choices.venues)
        self.venue.set_value(draft.venue)
        places = max(draft.talk_places, 1)
        self.count.set_options(place_options(places))
        self.count.set_value(places)
        for row in (self._day_row, self._times_row):
            row.error("")
        self._tell_day_off(start.day_off)

    def _read(self) -> StudySession | None:
        if self._draft is None:
            return None
        for row, editor in ((self._day_row, self.day), (self._times_row, self.times)):
            row.error("")
            try:
                editor.value()
            except FieldProblem as problem:
                row.error(problem.sentence)
                editor.setFocus()
                return None
        day, times = self.day.value(), self.times.value()
        assert day is not None
        assert times is not None
        return replace(
            self._draft,
            day=day,
            start=times[0],
            end=times[1],
            venue=self.venue.value(),
            talk_places=self.count.value(),
        )

    def _made(self, result: tuple[Committed, int]) -> None:
        self._draft = None
        self.made.emit(result[1])

    def _refused(self, refusal: Refusal) -> None:
        row = self._times_row if isinstance(refusal, Clash | EndBeforeStart) else self._day_row
        anyway = ("仍这样安排", lambda: self.store(override=True))
        row.error(sentence_for(refusal), anyway if isinstance(refusal, Clash) else None)
        if isinstance(refusal, BadValue):
            self.day.setFocus()

    def _look(self, *_: object) -> None:
        day = self.day.value()
        if day is not None:
            self._runner.read(lambda unit: why_day_off(unit, day), self._tell_day_off)

    def _tell_day_off(self, why: str) -> None:
        self._day_row.note(f"这一天是{why}。" if why else "")
