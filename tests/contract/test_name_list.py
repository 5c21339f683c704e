"""A pasted list of names against a sign-in on a real store: compared, settled, saved at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.errors import WrongStatus
from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Group,
    Membership,
    Person,
    Role,
)
from bulletin_study.domain.sessions import SessionKindLink, SessionStatus, StudySession
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.attendance import MarkEntry, mark
from bulletin_study.usecases.history import undo
from bulletin_study.usecases.name_list.matching import (
    Choice,
    LineState,
    ListPreview,
    compare_list,
)
from bulletin_study.usecases.name_list.saving import mark_by_list
from bulletin_study.usecases.sign_in_list import load_sign_in
from tests.contract.stores import quick_office
from tests.helpers import TODAY

REVIEW = 3  # expects the leaders only
NAMES = ("秦维新", "张伟", "张伟", "周敏之", "罗婉清", "曾向阳", "艾力·买买提", "方同舟")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    """Two called 张伟 in two groups, one on maternity leave, one travelling, one gone."""
    store = quick_office(tmp_path / "store.sqlite3")
    with store.unit() as unit:
        for at, name in enumerate(NAMES, start=1):
            spell, initials = unit.services.pinyin(name)
            role = Role.LEADER if at == 1 else Role.MEMBER
            left = TODAY - timedelta(days=30) if name == "方同舟" else None
            unit.put(Person(at, name, at, f"00{at}", role, pinyin=spell, initials=initials,
                            left=left))  # fmt: skip
        unit.put(Group(1, "办公室", 1), Group(2, "干部组", 2))
        unit.put(*(Membership(p, p, 1 if p in (2, 4) else 2) for p in range(2, 8)))
        unit.put(
            Absence(1, 5, AbsenceKind.MATERNITY, date(2026, 10, 8), date(2027, 3, 14)),
            Absence(2, 6, AbsenceKind.TRAVEL, TODAY, TODAY, "省里开会"),
        )
        for session, day in ((1, TODAY), (2, TODAY + timedelta(days=7)), (3, TODAY)):
            unit.put(StudySession(session, day, time(9), time(10)))
            unit.put(SessionKindLink(session, REVIEW if session == 3 else 1))
        unit.commit("准备")
    yield store
    store.close()


def compare(
    office: SqlOffice, text: str, session: int = 1, plain: Mark = Mark.PRESENT,
    **choices: Choice,
) -> ListPreview:  # fmt: skip
    with office.view() as unit:
        settled = {(line, line.split()[0]): choice for line, choice in choices.items()}
        return compare_list(
            load_sign_in(unit, session), text, today=TODAY, pinyin=unit.services.pinyin,
            plain=plain, choices=settled,
        )  # fmt: skip


def states(preview: ListPreview) -> list[LineState]:
    return [line.state for line in preview.lines]


def rows(office: SqlOffice, session: int = 1) -> dict[int, tuple[Mark | None, str]]:
    with office.view() as unit:
        return {r.person_id: (r.mark, r.reason) for r in load_sign_in(unit, session).rows}


def test_every_kind_of_line_is_told_apart(office: SqlOffice) -> None:
    with office.unit() as unit:
        mark(unit, 1, [MarkEntry(1, Mark.LATE), MarkEntry(4, Mark.PRESENT)])
    preview = compare(
        office,
        "秦维新\n周敏之\n买买提·艾力\n张伟\n罗婉清 请假\n曾向阳\n方同舟\n艾力•买买提 下乡",
    )
    assert states(preview) == [
        LineState.CHANGED,  # 迟到 → 到
        LineState.SAME,
        LineState.UNKNOWN,
        LineState.AMBIGUOUS,
        LineState.SAME,  # 免到 stays 免到
        LineState.CHANGED,  # 公出, marked beforehand
        LineState.WRONG,  # no longer on the roster
        LineState.NEW,
    ]
    assert preview.lines[0].note == "原为迟到"
    assert preview.lines[5].note == "原为公出（不在岗）"
    assert [e.person_id for e in preview.entries] == [1, 6, 7]
    assert [p.id for p in preview.rest] == [2, 3], "those two could still be either"


@pytest.mark.parametrize(
    ("line", "person"),
    [("张伟（办公室）", 2), ("干部组 张伟", 3), ("002 张伟", 2), ("003", 3), ("3", 3)],
)
def test_same_named_people_are_told_apart_by_group_or_number(
    office: SqlOffice, line: str, person: int
) -> None:
    (found,) = compare(office, line).lines
    assert found.person is not None
    assert (found.person.id, found.state) == (person, LineState.NEW)


def test_an_ambiguous_name_is_settled_by_a_choice(office: SqlOffice) -> None:
    (open_line,) = compare(office, "张伟").lines
    assert [p.id for p in open_line.candidates] == [2, 3]
    assert compare(office, "张伟").entries == ()
    (settled,) = compare(office, "张伟", 张伟=Choice(3)).lines
    assert (settled.person and settled.person.id, settled.state) == (3, LineState.NEW)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("周敏芝", 4), ("周明之", 4), ("周敏", 4), ("周敏之之", 4), ("敏周之", 4), ("罗宛青", 5),
     ("艾力·买买题", 7)],
)  # fmt: skip
def test_a_misspelt_name_is_offered_its_nearest(
    office: SqlOffice, written: str, meant: int
) -> None:
    (line,) = compare(office, f"1. {written}").lines
    assert line.state is LineState.UNKNOWN
    assert [p.id for p in line.candidates] == [meant]


def test_nobody_is_offered_for_a_stranger(office: SqlOffice) -> None:
    (line,) = compare(office, "1. 李无名").lines
    assert (line.state, line.candidates) == (LineState.UNKNOWN, ())


def test_the_line_that_says_something_stands_and_else_the_later(office: SqlOffice) -> None:
    preview = compare(office, "周敏之 请假\n秦维新 迟到\n周敏之\n秦维新 公出")
    assert states(preview) == [
        LineState.NEW, LineState.REPEATED, LineState.REPEATED, LineState.NEW,
    ]  # fmt: skip
    assert [(e.person_id, e.mark) for e in preview.entries] == [
        (4, Mark.LEAVE), (1, Mark.OFFICIAL),
    ]  # fmt: skip


def test_a_list_of_those_away_is_what_the_plain_names_are_said_to_be(office: SqlOffice) -> None:
    preview = compare(office, "周敏之、秦维新", plain=Mark.LEAVE)
    assert {e.mark for e in preview.entries} == {Mark.LEAVE}


def test_a_change_can_be_left_out(office: SqlOffice) -> None:
    with office.unit() as unit:
        mark(unit, 1, [MarkEntry(4, Mark.LATE, "堵车")])
    preview = compare(office, "周敏之", 周敏之=Choice(left=True))
    assert (states(preview), preview.entries) == ([LineState.LEFT], ())


def test_somebody_not_expected_who_came_is_an_observer_and_who_did_not_is_not_written(
    office: SqlOffice,
) -> None:
    preview = compare(office, "秦维新\n周敏之\n曾向阳 请假", session=3)
    assert states(preview) == [LineState.NEW, LineState.NEW, LineState.WRONG]
    assert preview.lines[1].note == "不在名单，记列席"
    with office.unit() as unit:
        mark_by_list(unit, 3, preview.entries)
    assert rows(office, 3) == {1: (Mark.PRESENT, ""), 4: (Mark.OBSERVER, "")}
    assert states(compare(office, "周敏之", session=3)) == [LineState.SAME]


def test_ahead_of_the_day_only_those_away_are_taken(office: SqlOffice) -> None:
    preview = compare(office, "周敏之\n秦维新 请假", session=2)
    assert states(preview) == [LineState.WRONG, LineState.NEW]


@pytest.mark.parametrize(
    ("rest", "mark_of_rest", "label"),
    [
        (None, None, "11月25日每周一学 签到：按名单记 2 人"),
        (Mark.PRESENT, Mark.PRESENT, "11月25日每周一学 签到：按名单记 2 人，其余 3 人标为“到”"),
        (Mark.ABSENT, Mark.ABSENT, "11月25日每周一学 签到：按名单记 2 人，其余 3 人标为“缺席”"),
    ],
)
def test_a_list_is_saved_as_one_operation_that_can_be_undone(
    office: SqlOffice, rest: Mark | None, mark_of_rest: Mark | None, label: str
) -> None:
    before = rows(office)
    preview = compare(office, "#接龙\n1. 秦维新\n2. 周敏之 请假（看病）")
    with office.unit() as unit:
        done = mark_by_list(unit, 1, preview.entries, rest=rest, hold=True)
    assert done.label.endswith(label.split(" ", 1)[1])
    after = rows(office)
    assert after[1] == (Mark.PRESENT, "")
    assert after[4] == (Mark.LEAVE, "看病")
    assert {after[p] for p in (2, 3, 7)} == {(mark_of_rest, "")}
    assert after[6] == (Mark.OFFICIAL, "出差：省里开会"), "what was marked beforehand stays"
    assert after[5][0] is Mark.EXEMPT
    with office.view() as unit:
        session = unit.get(StudySession, 1)
        assert session is not None
        assert session.status is SessionStatus.HELD
    with office.unit() as unit:
        undo(unit)
    assert rows(office) == before


def test_a_cancelled_session_takes_no_list(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(StudySession(1, TODAY, time(9), time(10), status=SessionStatus.CANCELLED))
        unit.commit("取消")
    with office.unit() as unit, pytest.raises(WrongStatus):
        mark_by_list(unit, 1, [MarkEntry(1, Mark.PRESENT)])


def test_a_post_names_whom_alone_it_fits(office: SqlOffice) -> None:
    with office.unit() as unit:
        for person in unit.all(Person):
            title = {"周敏之": "办公室主任", "罗婉清": "四级主任科员"}.get(person.name, "")
            unit.put(replace(person, title=title, role=Role.HEAD) if person.name == "曾向阳"
                     else replace(person, title=title))  # fmt: skip
        unit.commit("职务")
    preview = compare(office, "秦部长\n周副主任 请假\n曾组长")
    assert [line.person.name if line.person else "" for line in preview.lines] == [
        "秦维新", "周敏之", "曾向阳",
    ]  # fmt: skip
    assert preview.lines[1].mark is Mark.LEAVE
    (unknown,) = compare(office, "1. 罗主任").lines or (None,)
    assert unknown is None or unknown.person is None, "四级主任科员 is no 主任"
    with office.unit() as unit:
        unit.put(replace(unit.all(Person)[0], id=99, name="秦开", staff_number="099", rank=99))
        unit.commit("又一位")
    (line,) = compare(office, "秦部长").lines
    assert line.state is LineState.AMBIGUOUS
