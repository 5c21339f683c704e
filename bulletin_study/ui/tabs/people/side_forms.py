"""The forms of a group and of an absence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bulletin_study.domain.errors import Missing, Refusal
from bulletin_study.domain.people import Absence, AbsenceKind, Group
from bulletin_study.ui.controls import small_button
from bulletin_study.ui.fields import ChoiceField, LineField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.widgets.person_match import PersonOption
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.absences import add_absence, edit_absence, remove_absence
from bulletin_study.usecases.groups import (
    move_group,
    remove_group,
    rename_group,
    set_head,
    set_leader,
)

_EXEMPT: tuple[tuple[str, bool | None], ...] = (
    ("按类别", None),
    ("免到，不算应到", True),
    ("仍算应到", False),
)


def _buttons(*made: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for button in made:
        line.addWidget(button)
    line.addStretch(1)
    return holder


class GroupForm(FormColumn):
    """Name, head, 分管领导, place in the turn order, deletion."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._group: Group | None = None
        self.name, self.head, self.leader = LineField(), PersonCombo(), PersonCombo()
        self._name_row = self.add("组室名称", self.name, self._renamed)
        self._head_row = self.add("组长", self.head, self._headed)
        self._leader_row = self.add("分管领导", self.leader, self._led)
        self.remove = small_button("删除组室", on_click=self._remove)
        up = small_button("上移", "chevron-up", on_click=lambda: self._move(-1))
        down = small_button("下移", "chevron-down", on_click=lambda: self._move(1))
        self.add_title("组序", "轮讲和各种名单都按这个次序")
        self.add_widget(_buttons(up, down, self.remove))

    def show_group(
        self, group: Group, people: Sequence[PersonOption], leaders: Sequence[PersonOption]
    ) -> None:
        """Show a group."""
        self._group = group
        self.head.set_people(people)
        self.leader.set_people(leaders)
        self.name.set_value(group.name)
        self.head.set_value(group.head_id)
        self.leader.set_value(group.leader_id)

    def _save(self, row: FormRow, action: Callable[[Any], Any]) -> None:
        def refused(refusal: Refusal) -> None:
            row.error(sentence_for(refusal))

        self._runner.do(action, None, refused)

    def _renamed(self, _: str, name: str) -> None:
        group = self._group
        if group is not None:
            self._save(self._name_row, lambda unit: rename_group(unit, group, name))

    def _headed(self, _: int | None, person_id: int | None) -> None:
        group = self._group
        if group is not None:
            self._save(self._head_row, lambda unit: set_head(unit, group.id, person_id))

    def _led(self, _: int | None, person_id: int | None) -> None:
        group = self._group
        if group is not None:
            self._save(self._leader_row, lambda unit: set_leader(unit, group.id, person_id))

    def _move(self, steps: int) -> None:
        group = self._group
        if group is not None:
            self._save(self._name_row, lambda unit: move_group(unit, group.id, steps))

    def _remove(self) -> None:
        group = self._group
        if group is not None:
            self._save(self._name_row, lambda unit: remove_group(unit, group))


class AbsenceForm(FormColumn):
    """A new absence, saved by 登记; or a stored one, whose fields save themselves."""

    done = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._absence: Absence | None = None
        self.person = PersonCombo()
        self.kind = ChoiceField([(str(k), k) for k in AbsenceKind])
        self.start, self.end = DateField(required=True), DateField()
        self.reason = LineField("例如：省里开会")
        self.exempt = ChoiceField(_EXEMPT)
        self._person_row = self.add("谁", self.person, self._changed("person_id"))
        self.add("类别", self.kind, self._changed("kind"))
        _, self._end_row = self.add_side_by_side(
            [
                ("开始日期", self.start, self._changed("start")),
                ("结束日期（空着：还没定）", self.end, self._changed("end")),
            ]
        )
        self.add("事由", self.reason, self._changed("reason"))
        self.add("应到", self.exempt, self._changed("exempt"))
        self.save = small_button("登记", on_click=self.register)
        self.remove = small_button("删除这一条", on_click=self._remove)
        self.add_widget(_buttons(self.save, self.remove))

    def show_absence(
        self,
        absence: Absence | None,
        people: Sequence[PersonOption],
        today: date,
        person_id: int | None = None,
    ) -> None:
        """Show a stored absence, or an empty form, perhaps for somebody in particular."""
        self._absence = absence
        self.person.set_people(people)
        shown = absence or Absence(0, person_id or 0, AbsenceKind.LEAVE, today)
        self.person.set_value(shown.person_id or None)
        self.kind.set_value(shown.kind)
        self.start.set_value(shown.start)
        self.end.set_value(shown.end)
        self.reason.set_value(shown.reason)
        self.exempt.set_value(shown.exempt)
        self.save.setVisible(absence is None)
        self.remove.setVisible(absence is not None)
        self.person.setEnabled(absence is None)

    def register(self) -> None:
        """Save a new absence."""
        if self._absence is not None or not self.commit():
            return
        person_id, start = self.person.value(), self.start.value()
        if person_id is None or start is None:
            self._person_row.error(sentence_for(Missing("不在岗的人" if start else "开始日期")))
            return
        made = Absence(
            0, person_id, self.kind.value(), start, self.end.value(),
            self.reason.value().strip(), self.exempt.value(),
        )  # fmt: skip
        self._runner.do(
            lambda unit: add_absence(unit, made), lambda _: self.done.emit(), self._refused
        )

    def _changed(self, field: str) -> Callable[[Any, Any], None]:
        def committed(_: Any, value: Any) -> None:
            stored = self._absence
            if stored is None:
                return
            edited = replace(stored, **{field: value})
            self._runner.do(
                lambda unit: edit_absence(unit, stored, edited), None, self._refused
            )

        return committed

    def _remove(self) -> None:
        stored = self._absence
        if stored is not None:
            self._runner.do(
                lambda unit: remove_absence(unit, stored),
                lambda _: self.done.emit(),
                self._refused,
            )

    def _refused(self, refusal: Refusal) -> None:
        self._end_row.error(sentence_for(refusal))
