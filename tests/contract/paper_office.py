"""Offices of any size for the papers: names that are hard to set, kinds held together."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Group,
    Membership,
    Person,
    Role,
)
from bulletin_study.domain.sessions import (
    Audience,
    Comment,
    Form,
    Reflection,
    ReflectionKind,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
    TalkCategory,
)
from bulletin_study.domain.settings import Unit
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.attendance import MarkEntry, mark, mark_rest_present
from bulletin_study.usecases.ports import UnitOfWork
from tests.contract.stores import quick_office

LONG_NAME = "买买提·吐尔逊江·阿不都"
RARE = "𬱖㛃"
STUDY, TALK, PARTY = 1, 2, 90
HELD, TOGETHER, AHEAD, TALKS, TOTALS, OFF = 1, 2, 3, 4, 5, 6
DAY = date(2026, 11, 23)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "一二三四五六七八九十"


def name_of(number: int) -> str:
    """The n-th person, from 1; the fourth and the fifth are hard to set."""
    special = {4: LONG_NAME, 5: f"周{RARE}"}
    at = number - 1
    return special.get(number, _SURNAMES[at % 20] + _GIVEN[at // 20 % 10] + _GIVEN[at % 7])


def paper_office(path: Path, people: int = 48) -> SqlOffice:
    """Three leaders, members in four groups; a session of each sort, nobody marked but
    in ``HELD``, where everybody came but the last four."""
    store = quick_office(path)
    with store.unit() as unit:
        unit.put(Unit(1, "某县委组织部"))
        unit.put(*(Group(g, name, g) for g, name in enumerate(
            ("办公室", "干部教育监督组", "组织组", "公务员一组"), start=1)))  # fmt: skip
        for number in range(1, people + 1):
            role = Role.LEADER if number <= 3 else Role.MEMBER
            title = ("部长", "副部长", "部务委员")[number - 1] if number <= 3 else ""
            if number % 6 == 0:
                title = "一级主任科员"
            joined = date(2010, 7, 1) if number % 2 else None
            unit.put(Person(number, name_of(number), number, f"{number:04}", role, title=title,
                            party_joined=joined))  # fmt: skip
            if number > 3:
                unit.put(Membership(number, number, number % 4 + 1))
        unit.put(SessionKind(PARTY, "主题党日", 90, audience=Audience(party_only=True)))
        _sessions(unit)
        unit.put(Absence(1, 8, AbsenceKind.POSTED_DOWN, date(2026, 1, 1), date(2026, 12, 31)))
        day = date(2026, 11, 30)
        unit.put(Absence(2, 9, AbsenceKind.TRAVEL, day, day, "到市里报送材料"))
        unit.commit("准备")
    _marks(store, people)
    return store


def _sessions(unit: UnitOfWork) -> None:
    put = unit.put
    theme = "学习贯彻党的二十大精神"
    put(
        StudySession(HELD, DAY, time(8, 30), time(10), theme, "三楼会议室", Form.LEADER_LED,
                     lead_id=1, host_id=2, recorder_id=7, status=SessionStatus.HELD),
        StudySession(TOGETHER, date(2026, 11, 24), time(9), time(10), "重温入党誓词", "一楼",
                     host_id=1, status=SessionStatus.HELD),
        StudySession(AHEAD, date(2026, 11, 30), time(8, 30), time(10), venue="三楼会议室"),
        StudySession(TALKS, date(2026, 11, 18), time(15), time(16), venue="四楼", talk_places=2,
                     status=SessionStatus.HELD),
        StudySession(TOTALS, date(2026, 3, 2), time(8, 30), time(10), "旧的一场",
                     status=SessionStatus.HELD, expected_total=46, present_total=40),
        StudySession(OFF, date(2026, 11, 9), time(8, 30), time(10),
                     status=SessionStatus.CANCELLED),
    )  # fmt: skip
    put(*(SessionKindLink(s, STUDY) for s in (HELD, TOGETHER, AHEAD, TOTALS, OFF)),
        SessionKindLink(TOGETHER, PARTY), SessionKindLink(TALKS, TALK))  # fmt: skip
    put(
        Talk(1, TALKS, 1, 6, title="怎样写简报", category=TalkCategory.BUSINESS, group_id=3),
        Talk(2, TALKS, 2, 7, title="公务员法释义", category=TalkCategory.POLICY, group_id=4),
        Comment(1, TALKS, 1, "讲得实在。", talk_id=1),
        Reflection(1, TALKS, 4, ReflectionKind.INSIGHT, "回去就改。", 1),
        Reflection(2, TALKS, 5, ReflectionKind.IMPRESSION, "", 1),
        Reflection(3, HELD, 5, ReflectionKind.UNDERSTANDING, "学而后知不足。\n还要多读。",
                   written=True),
        Reflection(4, TALKS, 5, ReflectionKind.UNDERSTANDING, "法条要背熟。", 2),
    )  # fmt: skip


def _marks(office: SqlOffice, people: int) -> None:
    """Freeze the lists; the last four of ``HELD`` came late or were away."""
    away = [
        MarkEntry(people - 3, Mark.LATE, "堵车"),
        MarkEntry(people - 2, Mark.LEAVE, "看病"),
        MarkEntry(people - 1, Mark.OFFICIAL, "下乡调研"),
        MarkEntry(people, Mark.ABSENT, "没有说明"),
    ]
    leave = [MarkEntry(7, Mark.LEAVE, "事假")]
    for session_id, exceptions in ((HELD, away), (TOGETHER, leave), (TALKS, [])):
        with office.unit() as unit:
            mark_rest_present(unit, session_id, exceptions=exceptions)
    with office.unit() as unit:
        mark(unit, TALKS, [MarkEntry(10, None)])
