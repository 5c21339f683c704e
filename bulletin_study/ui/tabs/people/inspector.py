"""What is selected on the page: a person, a group, an absence, or somebody new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bulletin_study.domain.people import Group, Role
from bulletin_study.ui.controls import small_button
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.tabs.people import rows as lines
from bulletin_study.ui.tabs.people.person_form import PersonForm
from bulletin_study.ui.tabs.people.side_forms import AbsenceForm, GroupForm
from bulletin_study.ui.widgets.person_match import PersonOption
from bulletin_study.usecases.people_rows import AbsenceRow, PersonRow


class Showing(StrEnum):
    """Which form is up."""

    PERSON = "person"
    NEW = "new"
    GROUP = "group"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True)
class Roll:
    """Everything the page read: people, groups and the absences of the weeks in sight."""

    today: date
    people: tuple[PersonRow, ...]
    groups: tuple[Group, ...]
    absences: tuple[AbsenceRow, ...]

    def person(self, person_id: int | None) -> PersonRow | None:
        """One person's row."""
        return next((r for r in self.people if r.person.id == person_id), None)

    def group(self, group_id: object) -> Group | None:
        """One group."""
        return next((g for g in self.groups if g.id == group_id), None)


class PeopleInspector(Inspector):
    """Three forms, one shown. ``absence_wanted(person id)`` asks for a new absence,
    ``page_wanted(person id)`` for everything about somebody; ``added`` after a
    new person was saved."""

    absence_wanted = Signal(int)
    page_wanted = Signal(int)
    added = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.showing = Showing.PERSON
        self.absence_id: int | None = None
        self.person_form = PersonForm(runner)
        self.person_form.added.connect(self.added.emit)
        self.group_form = GroupForm(runner)
        self.absence_form = AbsenceForm(runner)
        self._forms: dict[Showing, QWidget] = {
            Showing.PERSON: self.person_form,
            Showing.GROUP: self.group_form,
            Showing.ABSENCE: self.absence_form,
        }
        for form in self._forms.values():
            layout = form.layout()
            if layout is not None:
                layout.setContentsMargins(0, 0, 0, 0)
            self.form.add_widget(form)

    def show_roll(self, roll: Roll, selected: int | None, place: object) -> None:
        """Show what is selected, as the store has it now."""
        people = lines.options(roll.people)
        self.person_form.set_choices(roll.groups, people)
        row, group = roll.person(selected), roll.group(place)
        if self.showing is Showing.GROUP and group is None:
            self.showing = Showing.PERSON
        if self.showing is Showing.PERSON and row is None:
            self.show_empty("选一个人，就能在这里看和改。")
            return
        self.set_footer(())
        self.show_form()
        shown = Showing.PERSON if self.showing is Showing.NEW else self.showing
        for name, form in self._forms.items():
            form.setVisible(name is shown)
        if self.showing is Showing.NEW:
            self.set_header("新增人员")
            self.person_form.show_row(None, roll.today, group.id if group else None)
        elif self.showing is Showing.ABSENCE:
            self._show_absence(roll, people, selected)
        elif self.showing is Showing.GROUP and group is not None:
            self._show_group(roll, people, group)
        elif row is not None:
            self._show_person(row, roll.today)

    def _show_person(self, row: PersonRow, today: date) -> None:
        self.set_header(row.person.name, row.group_name or str(row.person.role))
        self.person_form.show_row(row, today)
        person_id = row.person.id
        whole = small_button("个人页", "person", tip="他的全部学习记录（在名单里按 Enter）",
                             on_click=lambda: self.page_wanted.emit(person_id))
        away = small_button("登记不在岗…", on_click=lambda: self.absence_wanted.emit(person_id))
        self.set_footer([whole, away], "改完即存")

    def _show_group(self, roll: Roll, people: Sequence[PersonOption], group: Group) -> None:
        leaders = {r.person.id for r in roll.people if r.person.role is Role.LEADER}
        self.set_header(group.name, "组室")
        self.group_form.show_group(group, people, [p for p in people if p.id in leaders])

    def _show_absence(
        self, roll: Roll, people: Sequence[PersonOption], selected: int | None
    ) -> None:
        found = next((r.absence for r in roll.absences if r.absence.id == self.absence_id), None)
        self.set_header("不在岗情况" if found else "登记不在岗")
        self.absence_form.show_absence(found, people, roll.today, selected)
