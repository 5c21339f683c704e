"""Add, change and remove people, let them leave, and keep their 排名."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bulletin_study.domain.errors import NotFound, Stale
from bulletin_study.domain.people import AbPair, Group, Membership, MentorPair, Person, Role
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.people_checks import (
    check_person,
    check_records_within,
    refuse_if_used,
)
from bulletin_study.usecases.ports import UnitOfWork, new_id, require


def add_person(unit: UnitOfWork, person: Person, group_id: int | None = None) -> Committed:
    """Put a person on the roster, in a group from 入部日期 on. ``person.id`` is ignored.

    A ``rank`` of 0 means after everybody, one that is taken pushes the others down; pinyin
    is filled in when empty. Raises ``Missing`` (no name), ``Duplicate`` (工号),
    ``EndBeforeStart``, ``NotFound`` (group).
    """
    person = _tidied(replace(person, id=0))
    check_person(unit, person)
    if group_id is not None:
        require(unit, Group, "组室", group_id)
    person = replace(_with_pinyin(unit, person), id=new_id(unit, Person))
    person = _placed(unit, person)
    unit.put(person)
    if group_id is not None:
        unit.put(
            Membership(new_id(unit, Membership), person.id, group_id, person.joined, person.left)
        )
    return unit.commit(f"新增人员 {person.name}")


def edit_person(unit: UnitOfWork, original: Person, edited: Person) -> Committed:
    """Change a person; ``original`` is what the form showed.

    Pinyin follows a changed name unless it was edited too. Memberships and pairs that began
    or ended with the old 入部日期 or last day follow the new one. Raises ``Stale``,
    ``Missing``, ``Duplicate``, ``EndBeforeStart``, and ``BeforeEntry`` when records lie
    outside the new span.
    """
    if unit.get(Person, original.id) != original:
        raise Stale(f"人员 {original.name}")
    edited = _tidied(replace(edited, id=original.id))
    check_person(unit, edited)
    check_records_within(unit, edited)
    if edited.name != original.name and edited.pinyin == original.pinyin:
        edited = replace(edited, pinyin="", initials="")
    edited = _with_pinyin(unit, edited)
    if edited.rank != original.rank:
        edited = _placed(unit, edited)
    unit.put(edited)
    _follow_span(unit, original, edited)
    _follow_role(unit, original, edited)
    return unit.commit(f"修改人员 {edited.name}")


def remove_person(unit: UnitOfWork, person: Person) -> Committed:
    """Delete somebody entered by mistake, with memberships and pairs.

    Raises ``InUse`` when a record hangs on the person (let him leave instead), ``Stale``.
    """
    refuse_if_used(unit, person)
    unit.remove(
        *unit.all(Membership, person_id=person.id),
        *unit.all(MentorPair, mentor_id=person.id),
        *unit.all(MentorPair, mentee_id=person.id),
        *unit.all(AbPair, person_id=person.id),
        *unit.all(AbPair, partner_id=person.id),
    )
    unit.remove(person)
    return unit.commit(f"删除人员 {person.name}")


def leave(unit: UnitOfWork, person_id: int, last_day: date) -> Committed:
    """The person leaves the office after ``last_day``: memberships and pairs end with it.

    What bears no dates (heading a group, 分管, AB岗) ends at once when the day has come.
    Raises ``NotFound``, ``EndBeforeStart``, ``BeforeEntry`` (a record after that day).
    """
    person = require(unit, Person, "人员", person_id)
    gone = replace(person, left=last_day)
    check_person(unit, gone)
    check_records_within(unit, gone)
    unit.put(gone)
    _follow_span(unit, person, gone)
    if last_day <= unit.services.clock.today():
        _drop_posts(unit, person_id)
    return unit.commit(f"人员离任 {person.name}（{last_day:%Y-%m-%d}）")


def move_rank(unit: UnitOfWork, person_id: int, steps: int) -> Committed:
    """Move a person up (negative) or down the 排名 by so many places, past whom it takes.

    Raises ``NotFound``.
    """
    people = _by_rank(unit)
    at = next((i for i, p in enumerate(people) if p.id == person_id), None)
    if at is None:
        raise NotFound("人员", str(person_id))
    person = people.pop(at)
    people.insert(min(max(at + steps, 0), len(people)), person)
    unit.put(*_numbered(people))
    return unit.commit(f"调整排名 {person.name}")


def order_people(unit: UnitOfWork, person_ids: Sequence[int]) -> Committed:
    """Number 排名 1, 2, 3 … in the given order; people not named follow in theirs."""
    place = {person_id: i for i, person_id in enumerate(person_ids)}
    people = sorted(_by_rank(unit), key=lambda p: place.get(p.id, len(place)))
    unit.put(*_numbered(people))
    return unit.commit("调整排名")


def renumber(unit: UnitOfWork) -> Committed:
    """Close the gaps: 排名 1, 2, 3 … in the present order, leaders first."""
    people = sorted(_by_rank(unit), key=lambda p: p.role is not Role.LEADER)
    unit.put(*_numbered(people))
    return unit.commit("重排排名")


def _by_rank(unit: UnitOfWork) -> list[Person]:
    return sorted(unit.all(Person), key=lambda p: (p.rank, p.id))


def _numbered(people: Sequence[Person]) -> list[Person]:
    return [replace(p, rank=i) for i, p in enumerate(people, start=1) if p.rank != i]


def _tidied(person: Person) -> Person:
    number = (person.staff_number or "").strip()
    return replace(person, name=person.name.strip(), staff_number=number or None)


def _with_pinyin(unit: UnitOfWork, person: Person) -> Person:
    if person.pinyin and person.initials:
        return person
    pinyin, initials = unit.services.pinyin(person.name)
    return replace(person, pinyin=person.pinyin or pinyin, initials=person.initials or initials)


def _placed(unit: UnitOfWork, person: Person) -> Person:
    """The person at its rank, whoever stood there and after it pushed down by one."""
    others = [p for p in _by_rank(unit) if p.id != person.id]
    if person.rank <= 0:
        return replace(person, rank=max((p.rank for p in others), default=0) + 1)
    if any(p.rank == person.rank for p in others):
        unit.put(*(replace(p, rank=p.rank + 1) for p in others if p.rank >= person.rank))
    return person


def _follow_span(unit: UnitOfWork, before: Person, after: Person) -> None:
    """Spans that began or ended with the person's own follow it; none outlasts the last day."""
    spans: list[Membership | MentorPair] = [
        *unit.all(Membership, person_id=after.id),
        *unit.all(MentorPair, mentee_id=after.id),
        *unit.all(MentorPair, mentor_id=after.id),
    ]
    for span in spans:
        start, end = span.start, span.end
        if start == before.joined and isinstance(span, Membership):
            start = after.joined
        if before.left is not None and end == before.left:
            end = after.left
        if after.left is not None and (end is None or end > after.left):
            end = after.left
        if start is not None and end is not None and end < start:
            unit.remove(span)
        elif (start, end) != (span.start, span.end):
            unit.put(replace(span, start=start, end=end))


def _follow_role(unit: UnitOfWork, before: Person, after: Person) -> None:
    """Posts that the new role does not allow are vacated; a new head takes a vacant one."""
    if before.role is after.role:
        return
    if after.role is Role.MEMBER:
        unit.put(*(replace(g, head_id=None) for g in unit.all(Group, head_id=after.id)))
    if before.role is Role.LEADER:
        unit.put(*(replace(g, leader_id=None) for g in unit.all(Group, leader_id=after.id)))
    if after.role is Role.HEAD:
        for member in unit.all(Membership, person_id=after.id, end=None):
            group = unit.get(Group, member.group_id)
            if group is not None and group.head_id is None:
                unit.put(replace(group, head_id=after.id))


def _drop_posts(unit: UnitOfWork, person_id: int) -> None:
    unit.put(*(replace(g, head_id=None) for g in unit.all(Group, head_id=person_id)))
    unit.put(*(replace(g, leader_id=None) for g in unit.all(Group, leader_id=person_id)))
    unit.remove(
        *unit.all(AbPair, person_id=person_id),
        *unit.all(AbPair, partner_id=person_id),
    )
