"""Reminders of a real store: who is named, who never is, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.kinds import BUILT_IN_KINDS
from bulletin_study.domain.people import Absence, AbsenceKind, Group, Membership, Person
from bulletin_study.domain.sessions import (
    TALK,
    Comment,
    Reflection,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.alerts import Alert, AlertKind, load_alerts
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.settings import GROUP_RATE, PERSON_RATE, set_option
from bulletin_study.usecases.week import load_week
from tests.contract.stores import quick_office
from tests.helpers import TODAY

TALK_ID = next(kind.id for kind in BUILT_IN_KINDS if kind.name == TALK)
PEOPLE = range(1, 5)
FIRST = TODAY - timedelta(70)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    """Four people by 排名 4 3 2 1; ten sessions of 每周一讲, a week apart, all there."""
    opened = quick_office(tmp_path / "store.sqlite3")
    with opened.unit() as unit:
        unit.put(Group(1, "甲组", 1), Group(2, "乙组", 2))
        unit.put(*(Person(n, f"第{n}人", 5 - n) for n in PEOPLE))
        unit.put(*(Membership(n, n, 1 + n % 2) for n in PEOPLE))
        for key in range(1, 11):
            day = FIRST + timedelta(7 * (key - 1))
            unit.put(StudySession(key, day, time(15), time(16), status=SessionStatus.HELD))
            unit.put(SessionKindLink(key, TALK_ID))
            unit.put(Talk(key, key, 1, 4, title=f"第{key}讲"))
            unit.put(Comment(key, key, None, "好", key))
            unit.put(*(
                Attendance(key, n, 1 + n % 2, (TALK_ID,), Mark.PRESENT) for n in PEOPLE
            ))  # fmt: skip
        unit.commit("准备")
    yield opened
    opened.close()


def missed(office: SqlOffice, who: int, sessions: range, mark: Mark | None = Mark.ABSENT) -> None:
    with office.unit() as unit:
        unit.put(*(Attendance(s, who, 1 + who % 2, (TALK_ID,), mark) for s in sessions))
        unit.commit("没到")


def alerts(office: SqlOffice) -> list[Alert]:
    with office.view() as unit:
        week = load_week(unit, TODAY)
        figures = count(unit, date(TODAY.year, 1, 1), TODAY)
        return list(load_alerts(unit, week, figures))


def told(office: SqlOffice) -> list[tuple[AlertKind, str]]:
    return [(alert.kind, alert.who) for alert in alerts(office)]


def test_nobody_is_named_while_all_is_well(office: SqlOffice) -> None:
    assert alerts(office) == []


def test_people_and_groups_under_their_limits_by_rank(office: SqlOffice) -> None:
    missed(office, 1, range(1, 5))
    missed(office, 3, range(1, 4))
    found = alerts(office)
    assert [(a.kind, a.who) for a in found] == [
        (AlertKind.GROUP_RATE, "乙组"),
        (AlertKind.PERSON_RATE, "第3人"),
        (AlertKind.PERSON_RATE, "第1人"),
    ]
    assert found[0].words == "今年到会率 65.0%（13/20），低于 85%"
    assert found[2].words == "今年到会率 60.0%（6/10），低于 80%"
    with office.unit() as unit:
        set_option(unit, PERSON_RATE, 60)
    with office.unit() as unit:
        set_option(unit, GROUP_RATE, 65)
    assert alerts(office) == [], "exactly the limit is not under it"


def test_a_session_with_somebody_unsigned_does_not_count_for_anybody(office: SqlOffice) -> None:
    missed(office, 1, range(1, 5))
    missed(office, 2, range(1, 6), None)
    assert AlertKind.PERSON_RATE not in {kind for kind, _ in told(office)}


def test_few_sessions_name_nobody(office: SqlOffice) -> None:
    missed(office, 1, range(7, 11))
    missed(office, 2, range(1, 7), None)
    assert [kind for kind, _ in told(office) if kind in (
        AlertKind.PERSON_RATE, AlertKind.GROUP_RATE
    )] == []  # fmt: skip


def test_who_is_posted_away_or_has_left_is_not_named(office: SqlOffice) -> None:
    missed(office, 1, range(1, 6))
    missed(office, 2, range(1, 6))
    with office.unit() as unit:
        unit.put(Absence(1, 1, AbsenceKind.POSTED_DOWN, TODAY - timedelta(3)))
        unit.put(Person(2, "第2人", 3, left=TODAY - timedelta(1)))
        unit.commit("下派、调离")
    assert {kind for kind, _ in told(office)} == {AlertKind.GROUP_RATE}


def test_a_talk_without_a_comment_is_told_after_its_days(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.remove(*unit.all(Comment, session_id=[9, 10]))
        unit.put(StudySession(11, TODAY - timedelta(3), time(15), time(16),
                              status=SessionStatus.HELD))  # fmt: skip
        unit.put(SessionKindLink(11, TALK_ID), Talk(11, 11, 1, 4, title="第11讲"))
        unit.commit("没有点评")
    found = [a for a in alerts(office) if a.kind is AlertKind.COMMENT]
    assert [(a.who, a.words, a.talk_id) for a in found] == [
        ("第4人", "《第9讲》还没有点评，已过 14 天", 9),
        ("第4人", "《第10讲》还没有点评，已过 7 天", 10),
    ]


def test_who_was_asked_and_has_not_written_is_told_once_with_the_longest(
    office: SqlOffice,
) -> None:
    with office.unit() as unit:
        unit.put(
            Reflection(1, 9, 1, talk_id=9),
            Reflection(2, 8, 1, talk_id=8),
            Reflection(3, 9, 3, talk_id=9),
            Reflection(4, 10, 2, talk_id=10),
            Reflection(5, 9, 2, text="写了", talk_id=9),
        )
        unit.commit("指定发言人")
    found = [a for a in alerts(office) if a.kind is AlertKind.REFLECTION]
    assert [(a.who, a.words, a.number) for a in found] == [
        ("第3人", "还差 1 篇心得，已过 14 天", 1),
        ("第1人", "还差 2 篇心得，最久的已过 21 天", 2),
    ]
    assert found[1].talk_id == 8
    assert found[1].session is not None
    assert found[1].session.id == 8


def test_an_archived_session_reminds_nobody(office: SqlOffice) -> None:
    with office.unit() as unit:
        session = unit.all(StudySession, id=9)[0]
        unit.put(Reflection(1, 9, 1, talk_id=9))
        unit.put(StudySession(**{f: getattr(session, f) for f in session.__slots__}
                              | {"archived": True, "waiver": "来不及"}))  # fmt: skip
        unit.commit("归档")
    assert alerts(office) == []
