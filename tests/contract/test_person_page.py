"""A person's page: the same figures as everywhere, and every record in its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.kinds import BUILT_IN_KINDS
from bulletin_study.domain.make_ups import MakeUp, MakeUpState
from bulletin_study.domain.people import (
    AbPair,
    Absence,
    AbsenceKind,
    Group,
    Membership,
    MentorPair,
    Person,
    Role,
)
from bulletin_study.domain.sessions import (
    STUDY,
    TALK,
    Comment,
    Reflection,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.domain.tally_facts import Rate
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.counts import count, counts_json, rate_json
from bulletin_study.usecases.demo import fill_demo
from bulletin_study.usecases.person_page import PersonPage, load_person
from tests.contract.stores import quick_office
from tests.helpers import TODAY

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
STUDY_ID, TALK_ID = (next(k.id for k in BUILT_IN_KINDS if k.name == n) for n in (STUDY, TALK))
ONE, HEAD, LEADER = 1, 2, 3
AWAY = TODAY + timedelta(7)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    opened = quick_office(tmp_path / "store.sqlite3")
    yield opened
    opened.close()


def furnish(office: SqlOffice) -> None:
    """One who moved in June, with a talk, a reflection given and one owed, a 补学."""
    with office.unit() as unit:
        unit.put(Group(1, "甲组", 1), Group(2, "乙组", 2))
        unit.put(
            Person(ONE, "阿不都热西提·买买提", 3, "007", joined=date(2026, 3, 1)),
            Person(HEAD, "何组长", 2, role=Role.HEAD),
            Person(LEADER, "卢部长", 1, role=Role.LEADER),
        )
        unit.put(
            Membership(1, ONE, 1, None, date(2026, 5, 31)),
            Membership(2, ONE, 2, date(2026, 6, 1)),
            MentorPair(1, HEAD, ONE),
            AbPair(1, ONE, HEAD),
            AbPair(2, HEAD, ONE),
            Absence(1, ONE, AbsenceKind.TRAVEL, AWAY, AWAY, "送材料"),
        )
        held, ahead = SessionStatus.HELD, SessionStatus.PLANNED
        for key, day, status, kind in (
            (1, date(2026, 5, 4), held, STUDY_ID),
            (2, date(2026, 7, 6), held, STUDY_ID),
            (3, date(2026, 11, 4), held, TALK_ID),
            (4, date(2026, 11, 11), held, TALK_ID),
            (5, TODAY + timedelta(7), ahead, TALK_ID),
            (6, TODAY + timedelta(90), ahead, STUDY_ID),
        ):
            lead = ONE if key == 6 else None
            unit.put(StudySession(key, day, time(9), time(10), "主题", lead_id=lead, status=status))
            unit.put(SessionKindLink(key, kind))
        unit.put(
            Attendance(1, ONE, 1, (STUDY_ID,), Mark.PRESENT),
            Attendance(2, ONE, 2, (STUDY_ID,), Mark.LEAVE, "看病"),
            Attendance(3, ONE, 2, (TALK_ID,), Mark.LATE),
            Attendance(4, ONE, 2, (TALK_ID,), Mark.PRESENT),
            Attendance(4, HEAD, 2, (TALK_ID,), None),
        )
        unit.put(
            Talk(1, 3, 1, ONE, title="怎样办文", mentor_id=HEAD, round=2),
            Talk(2, 4, 1, HEAD, title="怎样办会", planned_id=ONE),
            Talk(3, 5, 1, ONE),
        )
        unit.put(
            Comment(1, 3, LEADER, "讲得实", 1),
            Reflection(1, 4, ONE, text="学到了办会的次序", talk_id=2),
            Reflection(2, 4, ONE, talk_id=2),
            MakeUp(1, 2, ONE, "学习材料", "补记", cleared=date(2026, 7, 20)),
        )
        unit.commit("准备")


def page_of(office: SqlOffice, person_id: int = ONE) -> PersonPage:
    furnish(office)
    with office.view() as unit:
        return load_person(unit, person_id, *YEAR)


def test_figures_are_those_of_counts_for_everybody(tmp_path: Path) -> None:
    office = quick_office(tmp_path / "demo.sqlite3")
    with office.unit() as unit:
        fill_demo(unit, TODAY)
    with office.view() as unit:
        figures = count(unit, *YEAR)
        told = {one["name"]: one for one in counts_json(figures)["people"]}
        assert len(told) > 40
        for person in unit.all(Person):
            page = load_person(unit, person.id, *YEAR)
            own, heads, said = page.tally.count, page.tally.count.headcount, told.get(person.name)
            assert (said is None) == (not heads.expected and not own.talks and not own.comments)
            if said is not None:
                assert said["expected"] == heads.expected == sum(
                    m.headcount.expected for m in page.tally.months.values()
                )
                assert (said["present"], said["leave"]) == (heads.came, heads.leave)
                assert (said["absent"], said["unmarked"]) == (heads.absent, heads.unmarked)
                assert said["rate"] == rate_json(own.rate)
                assert said["rate_over_planned"] == rate_json(own.rate_over_planned)
                assert said["highest_possible"] == rate_json(own.highest_possible)
                assert (said["talks"], said["comments"]) == (own.talks, own.comments)
                assert said["made_up"] == own.made_up
                assert said["reflections"] == own.reflections == len(page.said)
    office.close()


def test_who_moved_counts_for_the_group_of_that_day(office: SqlOffice) -> None:
    page = page_of(office)
    assert page.group_name == "乙组"
    by_name = {page.name_of_group(key): own for key, own in page.tally.groups.items()}
    assert (by_name["甲组"].expected, by_name["乙组"].expected) == (1, 3)
    assert [line.group for line in page.attended] == ["乙组", "乙组", "乙组", "甲组"]
    assert [m.group_id for m in page.memberships] == [2, 1]


def test_rates_leave_out_where_somebody_is_unsigned_and_hours_do_not(office: SqlOffice) -> None:
    tally = page_of(office).tally
    assert tally.rates == (("到会率", Rate(2, 3)), ("在岗到会率", Rate(2, 2)))
    assert tally.outlook == (("含计划", Rate(2, 4)), ("最高可到", Rate(3, 4)))
    assert (tally.incomplete, tally.hours) == (1, 3.0)


def test_every_record_is_there_the_latest_first(office: SqlOffice) -> None:
    page = page_of(office)
    assert [(t.talk.title, t.told) for t in page.talks] == [
        ("怎样办会", "由何组长代讲"),
        ("怎样办文", "第2轮 · 何组长帮带"),
    ]
    assert page.talks[1].comments == (("卢部长", "讲得实"),)
    assert page.tally.count.talks == 1, "who stood in has the talk"
    assert [(s.about, s.reflection.text) for s in page.said] == [
        ("何组长《怎样办会》", "学到了办会的次序")
    ]
    assert [(m.debt.note, m.debt.state) for m in page.make_ups] == [("补记", MakeUpState.CLEARED)]
    assert page.tally.count.made_up == 1
    assert [(c.words, c.person.name) for c in page.companions] == [
        ("帮带人（老带新）", "何组长"), ("AB岗", "何组长")
    ]  # fmt: skip
    reasons = [(line.row.mark, line.row.reason) for line in page.attended]
    assert (Mark.LEAVE, "看病") in reasons


def test_what_is_ahead_says_what_is_asked_and_whether_one_is_away(office: SqlOffice) -> None:
    duties = page_of(office).duties
    assert [(d.meeting.session.id, d.words, d.place) for d in duties] == [
        (4, ("补感想",), None),
        (5, ("主讲（题目还没报）",), 1),
        (6, ("领学",), None),
    ]
    assert duties[0].owed is not None
    assert duties[1].away == "公出（出差：送材料）"


def test_a_leader_has_the_comments_given(office: SqlOffice) -> None:
    page = page_of(office, LEADER)
    assert [(c.about, c.comment.text) for c in page.comments] == [
        ("阿不都热西提·买买提《怎样办文》", "讲得实")
    ]
    assert page.attended == ()
    assert page.tally.count.rate == Rate()
    assert (page.before, page.after) == (None, HEAD)


def test_nobody_has_no_page(office: SqlOffice) -> None:
    with office.view() as unit, pytest.raises(NotFound):
        load_person(unit, 99, *YEAR)
