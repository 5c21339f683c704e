"""A small office with six Wednesdays of 每周一讲, and short words for what is done to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Group,
    Membership,
    MentorPair,
    Person,
    Role,
)
from bulletin_study.domain.rotation import Plan
from bulletin_study.domain.sessions import SessionKindLink, SessionStatus, StudySession, Talk
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.rotation import apply_plan, plan_rotation
from bulletin_study.usecases.talk_list import PlaceRow, list_places
from tests.helpers import make_office

FIRST, LAST = date(2026, 12, 2), date(2027, 1, 6)
NAMES = ("赵一", "钱二", "孙三", "李四", "周五", "吴六")


def wednesday(number: int) -> date:
    """The date of the n-th session, 1 on 2026-12-02."""
    return FIRST + timedelta(weeks=number - 1)


def talk_office(path: Path) -> SqlOffice:
    """Three groups of two, a leader, and six Wednesdays with one talk each (ids 1 to 6)."""
    store = make_office(path)
    with store.unit() as unit:
        kind = next(k.id for k in load_kinds(unit).values() if k.has_talks)
        unit.put(*(Group(g, f"{'一二三'[g - 1]}组", g) for g in (1, 2, 3)))
        for number, name in enumerate(NAMES, start=1):
            joined = date(2020, 1, number)
            unit.put(Person(number, name, number + 1, f"00{number}", joined=joined))
            unit.put(Membership(number, number, (number + 1) // 2))
        unit.put(Person(7, "部长", 1, role=Role.LEADER))
        unit.put(MentorPair(1, 2, 1))
        for number in range(1, 7):
            day = wednesday(number)
            unit.put(StudySession(number, day, time(15), time(16), talk_places=1))
            unit.put(SessionKindLink(number, kind))
        unit.commit("准备")
    return store


def planned(office: SqlOffice, first: date = FIRST, last: date = LAST) -> Plan:
    with office.view() as unit:
        return plan_rotation(unit, first, last)


def arrange(office: SqlOffice) -> Plan:
    """Plan everything and save it."""
    plan = planned(office)
    with office.unit() as unit:
        apply_plan(unit, plan)
    return plan


def rows(office: SqlOffice) -> list[PlaceRow]:
    with office.view() as unit:
        return list_places(unit, FIRST, LAST)


def speakers(office: SqlOffice) -> list[str]:
    return [row.speaker for row in rows(office)]


def talk_of(office: SqlOffice, session_id: int) -> Talk:
    talk = next(row.talk for row in rows(office) if row.session.id == session_id)
    assert talk is not None
    return talk


def hold(office: SqlOffice, *session_ids: int) -> None:
    with office.unit() as unit:
        for session_id in session_ids:
            session = unit.get(StudySession, session_id)
            assert session is not None
            unit.put(replace(session, status=SessionStatus.HELD))
        unit.commit("开展")


def away(office: SqlOffice, person_id: int, first: date, last: date) -> None:
    with office.unit() as unit:
        unit.put(Absence(person_id, person_id, AbsenceKind.POSTED_DOWN, first, last))
        unit.commit("下派")
