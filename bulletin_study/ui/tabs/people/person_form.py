"""The form of one person: every field saves itself as one operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.people import Group, MentorKind, Person, Role, StaffCategory
from bulletin_study.ui.fields import ChoiceField, LineField, NoteField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.widgets.person_match import PersonOption
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.groups import move_person
from bulletin_study.usecases.pairs import end_mentor, set_mentor, set_partner
from bulletin_study.usecases.people import add_person, edit_person, leave
from bulletin_study.usecases.people_rows import PersonRow
from bulletin_study.usecases.ports import UnitOfWork

NEW = Person(0, "", 0)
_SPEAKS: tuple[tuple[str, bool | None], ...] = (
    ("按规则", None),
    ("参加", True),
    ("不参加", False),
)

Action = Callable[[UnitOfWork], Any]


class PersonForm(FormColumn):
    """Shows a :class:`PersonRow`; without one it takes in a new person, who is saved as soon
    as the name is given. ``added`` after that."""

    added = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._row_shown: PersonRow | None = None
        self._new_group: int | None = None
        self._people: Sequence[PersonOption] = ()
        self.rows: dict[str, FormRow] = {}
        self._build_names()
        self._build_place()
        self._build_dates()
        self._build_pairs()
        self.name.textEdited.connect(self._tell_name)
        self._note_field = NoteField("", lines=2)
        self.rows["note"] = self.add("备注", self._note_field, self._plain("note"))

    # ---- building ----
    def _build_names(self) -> None:
        self.name, self.number = LineField("姓名"), LineField("可以不填")
        self._pair(("name", "姓名", self.name, self._named),
                   ("staff_number", "工号", self.number, self._plain("staff_number")))
        self.initials, self.title = LineField(), LineField()
        self._pair(("initials", "首字母", self.initials, self._plain("initials")),
                   ("title", "职务职级", self.title, self._plain("title")))
        self.role = ChoiceField([(str(r), r) for r in Role])
        self.category = ChoiceField([(str(c), c) for c in StaffCategory])
        self._pair(("role", "身份", self.role, self._plain("role")),
                   ("category", "人员类别", self.category, self._plain("category")))

    def _build_place(self) -> None:
        self.group = ChoiceField([("未编组", None)])
        self.since = DateField(required=True)
        self._pair(("group", "组室", self.group, self._regrouped),
                   ("since", "调组从哪天起", self.since, None))

    def _build_dates(self) -> None:
        self.joined, self.left_on = DateField(), DateField()
        self._pair(("joined", "入部时间", self.joined, self._plain("joined")),
                   ("left", "离开日期（最后一天）", self.left_on, self._left))
        self.party, self.speaks = DateField(), ChoiceField(_SPEAKS)
        self._pair(("party_joined", "入党日期", self.party, self._plain("party_joined")),
                   ("speaks", "参加轮讲", self.speaks, self._plain("speaks")))

    def _build_pairs(self) -> None:
        self.mentor, self.partner = PersonCombo(), PersonCombo()
        self.mentor_kind = ChoiceField([(str(k), k) for k in MentorKind])
        self._pair(("mentor", "帮带人", self.mentor, self._mentored),
                   ("mentor_kind", "帮带方式", self.mentor_kind, self._mentor_kind_chosen))
        self.rows["partner"] = self.add("AB岗", self.partner, self._partnered)

    def _pair(self, *fields: tuple[str, str, Any, Any]) -> None:
        made = self.add_side_by_side([(cap, editor, act) for _, cap, editor, act in fields])
        for (name, *_), row in zip(fields, made, strict=True):
            self.rows[name] = row

    # ---- showing ----
    def set_choices(self, groups: Sequence[Group], people: Sequence[PersonOption]) -> None:
        """Groups and people to choose from."""
        self._people = people
        self.group.set_options([("未编组", None), *((g.name, g.id) for g in groups)])
        self.mentor.set_people(people)
        self.partner.set_people(people)

    def show_row(self, row: PersonRow | None, today: date, group_id: int | None = None) -> None:
        """Show a person, or an empty form for a new one in a group."""
        self._row_shown, self._new_group = row, group_id
        person = row.person if row else NEW
        self.name.set_value(person.name)
        self.number.set_value(person.staff_number or "")
        self.initials.set_value(person.initials)
        self.title.set_value(person.title)
        self.role.set_value(person.role)
        self.category.set_value(person.category)
        self.group.set_value(row.group_id if row else group_id)
        self.since.set_value(today)
        self.joined.set_value(person.joined)
        self.left_on.set_value(person.left)
        self.party.set_value(person.party_joined)
        self.speaks.set_value(person.speaks)
        self.mentor.set_value(row.mentor_id if row else None)
        self.mentor_kind.set_value((row.mentor_kind if row else None) or MentorKind.OLD_WITH_NEW)
        self.partner.set_value(row.partner_id if row else None)
        self._note_field.set_value(person.note)
        for name, form_row in self.rows.items():
            form_row.editor.setEnabled(row is not None or name in ("name", "group"))
        self._tell_name(person.name)

    def _tell_name(self, name: str) -> None:
        """What is worth knowing about a name: somebody else bears it already."""
        row, field = self._row_shown, self.rows["name"]
        own = row.person.id if row else None
        same = [p for p in self._people if p.name == name.strip() and p.id != own]
        if same and not (row and row.person.staff_number):
            who = "、".join(f"{p.name}（{p.note or '未编组'}）" for p in same[:2])
            field.note(f"已有同名的 {who}。是两个人就填上工号区分。")
        elif row is None:
            field.hint("写好姓名按回车就保存，其他各项随后再填。")
        else:
            field.note("")

    # ---- saving ----
    def _save(self, field: str, action: Action, then: Callable[[], None] | None = None) -> None:
        form_row = self.rows[field]

        def refused(refusal: Refusal) -> None:
            form_row.error(sentence_for(refusal))

        self._runner.do(action, lambda _: then() if then else None, refused)

    def _plain(self, field: str) -> Callable[[Any, Any], None]:
        def committed(_: Any, value: Any) -> None:
            row = self._row_shown
            if row is None:
                return
            if field == "staff_number":
                value = value or None
            edited = replace(row.person, **{field: value})
            self._save(field, lambda unit: edit_person(unit, row.person, edited))

        return committed

    def _named(self, _: str, name: str) -> None:
        row = self._row_shown
        if row is not None:
            edited = replace(row.person, name=name)
            self._save("name", lambda unit: edit_person(unit, row.person, edited))
            return
        group_id = self.group.value()
        self._save("name", lambda unit: add_person(unit, replace(NEW, name=name), group_id),
                   self.added.emit)

    def _regrouped(self, _: int | None, group_id: int | None) -> None:
        row = self._row_shown
        if row is None:
            self._new_group = group_id
            return
        start = self.since.value()
        if start is not None:
            self._save("group", lambda unit: move_person(unit, row.person.id, group_id, start))

    def _left(self, _: date | None, day: date | None) -> None:
        row = self._row_shown
        if row is None:
            return
        if day is None:
            edited = replace(row.person, left=None)
            self._save("left", lambda unit: edit_person(unit, row.person, edited))
        else:
            self._save("left", lambda unit: leave(unit, row.person.id, day))

    def _mentored(self, _: int | None, mentor_id: int | None) -> None:
        row = self._row_shown
        if row is None:
            return
        mentee = row.person.id
        if mentor_id is None:
            last = self._runner.office.services.clock.today()
            self._save("mentor", lambda unit: end_mentor(unit, mentee, last))
            return
        kind, start = self.mentor_kind.value(), self._pair_start(row)
        self._save("mentor", lambda unit: set_mentor(unit, mentee, mentor_id, kind, start))

    def _mentor_kind_chosen(self, _: Any, kind: MentorKind) -> None:
        row = self._row_shown
        if row is None or row.mentor_id is None:
            return
        mentee, mentor, start = row.person.id, row.mentor_id, self._pair_start(row)
        self._save("mentor_kind", lambda unit: set_mentor(unit, mentee, mentor, kind, start))

    def _pair_start(self, row: PersonRow) -> date | None:
        """The first pair holds from ever; a change holds from today."""
        return self._runner.office.services.clock.today() if row.mentor_id is not None else None

    def _partnered(self, _: int | None, partner_id: int | None) -> None:
        row = self._row_shown
        if row is not None:
            person_id = row.person.id
            self._save("partner", lambda unit: set_partner(unit, person_id, partner_id))
