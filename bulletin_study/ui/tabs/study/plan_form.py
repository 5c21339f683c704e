"""One planned theme in the inspector; a new one is stored by its button."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from bulletin_study.domain.calendar import week_start
from bulletin_study.domain.errors import Missing, Refusal
from bulletin_study.domain.sessions import SessionKind, StudyPlanItem
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import ChoiceField, NoteField
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.tabs.study.fields import options
from bulletin_study.ui.tabs.study.session_form import FORMS
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.widgets.suggest_field import SuggestField
from bulletin_study.ui.widgets.who_field import WhoField
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.session_detail import Choices, load_choices
from bulletin_study.usecases.study_plan import (
    PlanRow,
    add_plan_item,
    edit_plan_item,
    planned_for,
    remove_plan_item,
)
from bulletin_study.usecases.titles import day_text

_KEPT = ("theme", "day", "week", "form", "lead_id", "lead_name", "venue", "kind_id")


@dataclass(frozen=True, slots=True)
class PlanStart:
    """A planned theme (``row`` is ``None`` for a new one) and what its fields offer."""

    item: StudyPlanItem
    row: PlanRow | None
    choices: Choices


def load_plan_start(unit: UnitOfWork, row: PlanRow) -> PlanStart:
    """What the form of a stored item needs."""
    return PlanStart(row.item, row, load_choices(unit, planned_for(row.item)))


def blank_plan(unit: UnitOfWork, kind_id: int, day: date) -> PlanStart:
    """A new item of a kind for the week of a day."""
    item = StudyPlanItem(0, kind_id, "", week=week_start(day))
    return PlanStart(item, None, load_choices(unit, day))


class PlanForm(FormColumn):
    """``added(id)`` for a new item, ``removed`` when one was taken out."""

    added = Signal(int)
    removed = Signal()
    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._runner = context.runner
        self._item: StudyPlanItem | None = None
        self.row: PlanRow | None = None
        self.theme = NoteField("学什么", lines=2)
        self.whole_week = Segmented([("某一天", False), ("某一周", True)], fill=True)
        self.day = DateField(required=True)
        self.form = Segmented(FORMS, fill=True)
        self.lead = WhoField()
        self.venue = SuggestField("如 三楼会议室")
        self.kind = ChoiceField()
        self.state = label("", "secondary", wrap=True)
        self._theme_row = self.add("学习内容", self.theme, self._save)
        self.add("", self.whole_week, self._save)
        self._day_row = self.add("日期", self.day, self._save)
        self.add("形式", self.form, self._save)
        self._lead_row, self._venue_row = self.add_side_by_side(
            [("领学人", self.lead, self._save), ("地点", self.venue, self._save)]
        )
        self.add("活动类型", self.kind, self._save)
        self.add_widget(self.state)

    @property
    def item_id(self) -> int | None:
        """Which item is shown; 0 for a new one."""
        return self._item.id if self._item is not None else None

    def begin(self, start: PlanStart) -> None:
        """Show an item, or a blank one."""
        item = start.item
        if self._item is not None and self._item.id != item.id:
            self._forget()
        self._item, self.row = item, start.row
        self.lead.set_people(options(start.choices.people))
        self.venue.set_suggestions(start.choices.venues)
        self._offer(start.choices.kinds, start.row)
        for editor, value in self._values(item):
            editor.set_value(value)
        self._tell()
        self.changed.emit()

    def store(self) -> None:
        """Store a new item."""
        edited = self._read()
        if edited is not None:
            self._runner.do(
                lambda unit: add_plan_item(unit, edited), self._added, self._refused
            )

    def remove(self) -> None:
        """Take the item out of the plan; its session keeps what it says."""
        item = self._item
        if item is not None:
            self._runner.do(
                lambda unit: remove_plan_item(unit, item),
                lambda _: self.removed.emit(),
                self._refused,
            )

    def _save(self, *_: object) -> None:
        original = self._item
        if original is None or not original.id:
            self._tell()
            return
        edited = self._read()
        if edited is None or edited == original:
            return

        def saved(_: Committed) -> None:
            for row in (self._theme_row, self._day_row, self._lead_row):
                row.error("")

        def refused(refusal: Refusal) -> None:
            self._item = original
            self._refused(refusal)

        self._item = edited
        self._runner.do(lambda unit: _edit(unit, original, edited), saved, refused)

    def _read(self) -> StudyPlanItem | None:
        for row, editor in ((self._day_row, self.day), (self._lead_row, self.lead)):
            try:
                editor.value()
            except FieldProblem as problem:
                row.error(problem.sentence)
                return None
        day, lead, week = self.day.value(), self.lead.value(), self.whole_week.value()
        assert self._item is not None
        assert day is not None
        return replace(
            self._item,
            theme=self.theme.value(),
            day=None if week else day,
            week=week_start(day) if week else None,
            form=self.form.value(),
            lead_id=lead[0],
            lead_name=lead[1],
            venue=self.venue.value(),
            kind_id=self.kind.value(),
        )

    def _values(self, item: StudyPlanItem) -> list[tuple[Any, Any]]:
        day = planned_for(item)
        self.day.set_near(day)
        return [
            (self.theme, item.theme), (self.whole_week, item.day is None), (self.day, day),
            (self.form, item.form), (self.lead, (item.lead_id, item.lead_name)),
            (self.venue, item.venue), (self.kind, item.kind_id),
        ]  # fmt: skip

    def _offer(self, kinds: tuple[SessionKind, ...], row: PlanRow | None) -> None:
        offered = [*kinds, *([row.kind] if row is not None and row.kind not in kinds else [])]
        self.kind.set_options([(kind.name, kind.id) for kind in offered])

    def _tell(self) -> None:
        session = self.row.session if self.row is not None else None
        words = "还没有对应的场次；有同一天或同一周的场次时会自动对应。"
        if session is not None:
            words = f"对应 {session.day} {day_text(session.day)[-2:]} 的场次，改动会跟着改。"
        self.state.setText(words)
        self._day_row.set_caption("那一周的任一天" if self.whole_week.value() else "日期")

    def _forget(self) -> None:
        for editor in (self.theme, self.whole_week, self.day, self.form, self.lead, self.venue,
                       self.kind):  # fmt: skip
            editor.autosave.revert()
        for row in (self._theme_row, self._day_row, self._lead_row):
            row.error("")

    def _added(self, result: tuple[Committed, int]) -> None:
        self.added.emit(result[1])

    def _refused(self, refusal: Refusal) -> None:
        themeless = isinstance(refusal, Missing) and refusal.field == "学习内容"
        row = self._theme_row if themeless else self._day_row
        row.error(sentence_for(refusal))


def _edit(unit: UnitOfWork, original: StudyPlanItem, edited: StudyPlanItem) -> Committed:
    """Save what was edited; that a session was found for the item meanwhile is no conflict."""
    stored = unit.get(StudyPlanItem, original.id)
    if stored is not None and all(getattr(stored, n) == getattr(original, n) for n in _KEPT):
        return edit_plan_item(unit, stored, replace(edited, session_id=stored.session_id))
    return edit_plan_item(unit, original, edited)
