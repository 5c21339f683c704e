"""A sign-in list as the roster shows it: leaders first, then group by group, 列席 last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.people import Person, Role
from bulletin_study.ui.widgets.person_match import PersonOption
from bulletin_study.ui.widgets.roster_layout import RosterBox, RosterLine
from bulletin_study.usecases.sign_in_list import SignIn

LEADERS, OTHERS, OBSERVERS = -1, -2, -3
"""Boxes that are no group."""


def boxes(sign_in: SignIn, *, may_come: bool = True) -> list[RosterBox]:
    """The boxes in order; within one by 排名. The note counts who has a mark.

    ``may_come`` is False where nobody's rest can be marked 到, as before the day.
    """
    filed: dict[int, list[Attendance]] = {}
    for row in sign_in.rows:
        filed.setdefault(_box_of(sign_in, row), []).append(row)
    groups = [(group.id, group.name) for group in sign_in.roster.groups.values()]
    order = [(LEADERS, str(Role.LEADER)), *groups, (OTHERS, "其他"), (OBSERVERS, "列席")]
    return [replace(_box(sign_in, key, title, filed[key]), may_come=may_come)
            for key, title in order if key in filed]  # fmt: skip


def unmarked_in(sign_in: SignIn, box: int) -> list[int]:
    """The people of a box who are expected and 未签."""
    return [
        row.person_id
        for row in sign_in.rows
        if row.mark is None and row.expected_by and _box_of(sign_in, row) == box
    ]


def first_unmarked(sign_in: SignIn) -> int | None:
    """The first person 未签 in the order of the roster."""
    for box in boxes(sign_in):
        for line in box.lines:
            if line.unmarked:
                return line.person_id
    return None


def options(sign_in: SignIn) -> list[PersonOption]:
    """Whom the quick box finds: the list first, then anybody else who is there that day."""
    listed = {row.person_id: row for row in sign_in.rows}
    people = sign_in.roster.on(sign_in.session.day)
    first = [p for p in sign_in.roster.people.values() if p.id in listed]
    rest = [p for p in people if p.id not in listed]
    return [
        *(_option(sign_in, p, _note(sign_in, listed[p.id])) for p in first),
        *(_option(sign_in, p, "不在名单，记列席") for p in rest),
    ]


def person_options(people: Sequence[Person], notes: Sequence[str]) -> list[PersonOption]:
    """People for a combo, each with a note."""
    return [
        PersonOption(p.id, p.name, p.initials, p.pinyin, p.staff_number or "", note)
        for p, note in zip(people, notes, strict=True)
    ]


def _option(sign_in: SignIn, person: Person, note: str) -> PersonOption:
    return person_options([person], [note])[0]


def _note(sign_in: SignIn, row: Attendance) -> str:
    group = sign_in.roster.groups.get(row.group_id or 0)
    place = group.name if group else ""
    if row.mark is Mark.EXEMPT:
        return f"{place} 免到".strip()
    return place or str(sign_in.roster.people[row.person_id].role)


def _box_of(sign_in: SignIn, row: Attendance) -> int:
    if row.mark is Mark.OBSERVER and not row.expected_by:
        return OBSERVERS
    person = sign_in.roster.people.get(row.person_id)
    if person is not None and person.role is Role.LEADER:
        return LEADERS
    return row.group_id if row.group_id in sign_in.roster.groups else OTHERS


def _box(sign_in: SignIn, key: int, title: str, rows: Sequence[Attendance]) -> RosterBox:
    expected = [row for row in rows if row.expected_by]
    marked = sum(row.mark is not None for row in expected)
    note = f"{marked}/{len(expected)}" if expected else ""
    if key == OBSERVERS:
        note = f"{len(rows)} 人，不计入应到"
    people = sign_in.roster.people
    # Where others have a 工号, whoever has none keeps its column, so that names stand in line.
    numbered = any(r.person_id in people and people[r.person_id].staff_number for r in rows)
    lines = tuple(_line(sign_in, key, row, "—" if numbered else "") for row in rows)
    return RosterBox(key, title, note, lines)


def _line(sign_in: SignIn, box: int, row: Attendance, missing: str) -> RosterLine:
    person = sign_in.roster.people.get(row.person_id)
    group = sign_in.roster.groups.get(row.group_id or 0)
    heads = group is not None and group.head_id == row.person_id
    return RosterLine(
        row.person_id,
        (person.staff_number or missing) if person else missing,
        person.name if person else "",
        str(row.mark) if row.mark else None,
        role="组长" if heads and box != LEADERS else "",
        reason=row.reason,
        premarked=row.premarked,
        exempt=row.mark is Mark.EXEMPT,
        observer=box == OBSERVERS,
    )
