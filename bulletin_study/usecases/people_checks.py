"""What must hold of a person before a change is saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.errors import BeforeEntry, Duplicate, EndBeforeStart, InUse, Missing
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Absence, Group, Person, covers
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    SessionKind,
    SessionStatus,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.usecases.ports import UnitOfWork


def check_person(unit: UnitOfWork, person: Person) -> None:
    """Name, 工号 and span are sound. Raises ``Missing``, ``Duplicate``, ``EndBeforeStart``."""
    if not person.name:
        raise Missing("姓名")
    check_span("离任日期", person.joined, person.left)
    if person.staff_number:
        for other in unit.all(Person, staff_number=person.staff_number):
            if other.id != person.id:
                raise Duplicate("工号", person.staff_number, other.name)


def check_span(field: str, start: date | None, end: date | None) -> None:
    """Raises ``EndBeforeStart`` when the span ends before it starts."""
    if start is not None and end is not None and end < start:
        raise EndBeforeStart(field, start.isoformat(), end.isoformat())


def check_on_roster(person: Person, day: date) -> None:
    """Raises ``BeforeEntry`` when the person is not on the roster that day."""
    if not covers(person.joined, person.left, day):
        raise BeforeEntry(person.name, day, person.joined)


def check_records_within(unit: UnitOfWork, person: Person) -> None:
    """No record lies before 入部日期, nor what took place after the last day.

    A talk still planned after the last day is no obstacle: the rotation repairs it.
    Raises ``BeforeEntry`` with the first record outside.
    """
    if person.joined is not None:
        days = [a.start for a in unit.all(Absence, person_id=person.id)]
        days += [s.day for s in _sessions_of(unit, person.id)]
        _refuse_first(person, (day for day in days if day < person.joined))
    if person.left is not None:
        held = (s.day for s in _sessions_of(unit, person.id) if s.status is SessionStatus.HELD)
        _refuse_first(person, (day for day in held if day > person.left))


def _refuse_first(person: Person, outside: Iterable[date]) -> None:
    first = min(outside, default=None)
    if first is not None:
        raise BeforeEntry(person.name, first, person.joined)


def _sessions_of(unit: UnitOfWork, person_id: int) -> list[StudySession]:
    """Sessions that hold a mark, talk or reflection of the person."""
    ids = {
        row.session_id
        for row in unit.all(Attendance, person_id=person_id)
        if row.mark is not None and not row.premarked
    }
    ids.update(talk.session_id for talk in unit.all(Talk, speaker_id=person_id))
    ids.update(said.session_id for said in unit.all(Reflection, person_id=person_id))
    return unit.all(StudySession, id=ids) if ids else []


def refuse_if_used(unit: UnitOfWork, person: Person) -> None:
    """Raises ``InUse`` when something besides memberships and pairs names the person."""
    used: tuple[tuple[type, str, str], ...] = (
        (Attendance, "person_id", "签到记录"),
        (Talk, "speaker_id", "讲课安排"),
        (Talk, "planned_id", "讲课安排"),
        (Talk, "mentor_id", "讲课安排"),
        (Comment, "leader_id", "点评"),
        (Reflection, "person_id", "感想心得"),
        (MakeUp, "person_id", "补学记录"),
        (StudySession, "lead_id", "场次的领学人"),
        (StudySession, "host_id", "场次的主持人"),
        (StudySession, "recorder_id", "场次的记录人"),
        (StudyPlanItem, "lead_id", "学习计划"),
        (Group, "head_id", "组长的任命"),
        (Group, "leader_id", "分管的组室"),
        (Absence, "person_id", "不在岗情况"),
    )
    for entity, field, words in used:
        if unit.all(entity, **{field: person.id}):
            raise InUse(person.name, words)
    for kind in unit.all(SessionKind):
        if person.id in kind.audience.people:
            raise InUse(person.name, f"“{kind.name}”的参加范围")
