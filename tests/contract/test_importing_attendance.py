"""Sign-in lists for one session, with or without a column of marks."""

from __future__ import annotations

from datetime import date, time

import pytest

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import Missing, NotFound, WrongStatus
from bulletin_study.domain.people import Absence, AbsenceKind, Person, Role
from bulletin_study.domain.sessions import SessionKindLink, SessionStatus, StudySession
from bulletin_study.exchange.imports.importers import preview
from bulletin_study.exchange.tables.workbook import Cell
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import absences, people
from bulletin_study.usecases.importing import (
    ImportKind,
    ImportOptions,
    ImportPreview,
    apply_import,
)
from bulletin_study.usecases.sign_in_list import load_sign_in
from tests.import_tables import row_at, states, table

DAY = date(2026, 11, 23)
NAMES = ("高远山", "梁守正", "宋佳怡", "石小满", "邓启明", "任可为", "晚到人")


@pytest.fixture
def session(office: SqlOffice) -> int:
    """部务会-like session expecting everybody; 石小满 on leave, 邓启明 posted down."""
    for place, name in enumerate(NAMES, start=1):
        role = Role.LEADER if place == 1 else Role.MEMBER
        joined = date(2026, 11, 24) if name == "晚到人" else None
        with office.unit() as unit:
            people.add_person(unit, Person(0, name, place, f"00{place}", role, joined=joined))
    for person_id, kind in ((4, AbsenceKind.LEAVE), (5, AbsenceKind.POSTED_DOWN)):
        with office.unit() as unit:
            absences.add_absence(unit, Absence(0, person_id, kind, DAY, DAY, "探亲"))
    return held(office, kind_id=1)


def held(office: SqlOffice, kind_id: int, status: SessionStatus = SessionStatus.PLANNED) -> int:
    with office.unit() as unit:
        session = StudySession(
            unit.new_ids(StudySession)[0], DAY, time(8, 30), time(10), status=status
        )
        unit.put(session, SessionKindLink(session.id, kind_id))
        unit.commit("场次")
    return session.id


def look(office: SqlOffice, session_id: int | None, *rows: tuple[Cell, ...]) -> ImportPreview:
    with office.view() as unit:
        return preview(
            unit,
            ImportKind.ATTENDANCE,
            table(*rows),
            options=ImportOptions(session_id=session_id),
        )


def bring_in(office: SqlOffice, session_id: int, *rows: tuple[Cell, ...]) -> ImportPreview:
    seen = look(office, session_id, *rows)
    with office.unit() as unit:
        apply_import(unit, seen)
    return seen


def marks_of(office: SqlOffice, session_id: int) -> dict[int, tuple[Mark | None, str]]:
    with office.view() as unit:
        rows = load_sign_in(unit, session_id).rows
    return {row.person_id: (row.mark, row.reason) for row in rows}


def test_without_marks_everybody_listed_was_there(office: SqlOffice, session: int) -> None:
    rows = (("姓名",), ("梁 守正",), ("宋佳怡",), ("某某",))
    seen = bring_in(office, session, *rows)
    assert states(seen) == ["new", "new", "wrong"]
    assert row_at(seen, 4).errors == ("名单里没有“某某”",)
    marks = marks_of(office, session)
    assert marks[2] == marks[3] == (Mark.PRESENT, "")
    assert marks[1] == (None, "")
    assert states(look(office, session, *rows)) == ["same", "same", "wrong"]


@pytest.mark.parametrize(
    ("word", "mark", "reason"),
    [
        ("到", Mark.PRESENT, ""),
        ("√", Mark.PRESENT, ""),
        ("✓", Mark.PRESENT, ""),
        ("出勤", Mark.PRESENT, ""),
        ("已到", Mark.PRESENT, ""),
        ("正常签到", Mark.PRESENT, ""),
        ("迟到", Mark.LATE, ""),
        ("早退", Mark.LEFT_EARLY, ""),
        ("请假", Mark.LEAVE, ""),
        ("事假", Mark.LEAVE, "事假"),
        ("病假", Mark.LEAVE, "病假"),
        ("公出", Mark.OFFICIAL, ""),
        ("公差", Mark.OFFICIAL, "公差"),
        ("因公外出", Mark.OFFICIAL, "因公外出"),
        ("出差", Mark.OFFICIAL, "出差"),
        ("缺勤", Mark.ABSENT, "缺勤"),
        ("未到", Mark.ABSENT, "未到"),
        ("旷会", Mark.ABSENT, "旷会"),
        ("未请假", Mark.ABSENT, "未请假"),
        ("列席", Mark.OBSERVER, ""),
    ],
)
def test_marks_under_their_usual_names(
    office: SqlOffice, session: int, word: str, mark: Mark, reason: str
) -> None:
    rows = (("姓名", "签到情况"), ("梁守正", word))
    bring_in(office, session, *rows)
    assert marks_of(office, session)[2] == (mark, reason)
    assert states(look(office, session, *rows)) == ["same"]


def test_the_reason_may_have_a_column(office: SqlOffice, session: int) -> None:
    seen = bring_in(
        office,
        session,
        ("工号", "姓名", "状态", "原因"),
        ("002", "梁守正", "公出", "去市里开会"),
        ("003", "宋佳怡", "事假", "家事"),
        ("006", "任可为", "缺席", ""),
        ("002", "梁守正", "到", ""),
    )
    marks = marks_of(office, session)
    assert marks[2] == (Mark.OFFICIAL, "去市里开会")
    assert marks[3] == (Mark.LEAVE, "事假：家事")
    assert marks[6] == (Mark.ABSENT, "")
    assert row_at(seen, 4).notes == ("“缺席”没有写事由，可以以后补",)
    assert row_at(seen, 5).errors == ("与第 2 行是同一个人，以第 2 行为准",)


def test_a_premark_stays_and_can_be_overruled(office: SqlOffice, session: int) -> None:
    head = ("姓名", "状态")
    seen = look(office, session, head, ("石小满", "请假"), ("邓启明", "下派"))
    assert states(seen) == ["same", "same"]
    assert seen.puts == ()
    seen = bring_in(office, session, head, ("石小满", "√"), ("邓启明", "到"))
    assert states(seen) == ["changed", "changed"]
    assert row_at(seen, 2).changes == ("签到：请假（请假：探亲）→到",)
    marks = marks_of(office, session)
    assert marks[4] == marks[5] == (Mark.PRESENT, "")


def test_a_blank_mark_changes_nothing(office: SqlOffice, session: int) -> None:
    seen = look(office, session, ("姓名", "状态"), ("梁守正", ""), ("宋佳怡", "未签"))
    assert states(seen) == ["same", "same"]
    assert row_at(seen, 2).notes == ("状态是空的，没有改动",)


def test_somebody_not_expected_is_an_observer(office: SqlOffice, session: int) -> None:
    leaders_only = held(office, kind_id=4)
    rows = (("姓名", "状态"), ("高远山", "到"), ("石小满", "到"), ("宋佳怡", "请假"))
    seen = bring_in(office, leaders_only, *rows)
    assert row_at(seen, 3).notes == ("不在应到名单里，记作列席",)
    assert row_at(seen, 4).notes == ("不在应到名单里，没有记",)
    marks = marks_of(office, leaders_only)
    assert marks[4] == (Mark.OBSERVER, "")
    assert 3 not in marks
    assert states(look(office, leaders_only, *rows)) == ["same"] * 3


def test_wrong_rows_say_why(office: SqlOffice, session: int) -> None:
    seen = bring_in(
        office,
        session,
        ("姓名", "工号", "状态"),
        ("晚到人", "007", "到"),
        ("梁守正", "003", "到"),
        ("任可为", "006", "神游"),
        ("", "999", "到"),
        ("宋佳怡", "003", "到"),
    )
    assert states(seen) == ["wrong"] * 4 + ["new"]
    assert row_at(seen, 2).errors == ("2026-11-23 那天晚到人不在名单上",)
    assert row_at(seen, 3).errors == ("工号 003 是“宋佳怡”的，和“梁守正”对不上",)
    assert row_at(seen, 4).errors[0].startswith("状态：“神游”看不懂")
    assert row_at(seen, 5).errors == ("名单里没有工号 999",)


def test_it_needs_a_session_that_takes_place(office: SqlOffice, session: int) -> None:
    rows = (("姓名",), ("梁守正",))
    with pytest.raises(Missing):
        look(office, None, *rows)
    with pytest.raises(NotFound):
        look(office, 999, *rows)
    cancelled = held(office, kind_id=1, status=SessionStatus.CANCELLED)
    with pytest.raises(WrongStatus):
        look(office, cancelled, *rows)


def test_a_few_names_for_a_session_held_without_a_list_make_no_list_of_a_few(
    office: SqlOffice, session: int
) -> None:
    old = held(office, kind_id=1, status=SessionStatus.HELD)
    bring_in(office, old, ("姓名",), ("梁守正",))
    with office.view() as unit:
        headcount = load_sign_in(unit, old).headcount
    assert (headcount.came, headcount.leave, headcount.unmarked) == (1, 1, 3)
    again = bring_in(office, old, ("姓名",), ("宋佳怡",), ("邓启明",))
    assert states(again) == ["new", "changed"]
    with office.view() as unit:
        headcount = load_sign_in(unit, old).headcount
    assert (headcount.came, headcount.leave, headcount.unmarked) == (3, 1, 2)


def test_one_operation_for_the_whole_list(office: SqlOffice, session: int) -> None:
    bring_in(office, session, ("姓名",), *[(name,) for name in NAMES[:4]])
    with office.view() as unit:
        operation = unit.operations(limit=1)[0]
        assert len(unit.all(Attendance)) == 4
    assert operation.label == (
        "导入签到名单“名单.xlsx”（2026-11-23 每周一学）：新增 3 行，更新 1 行"
    )
    with office.unit() as unit:
        unit.revert(operation.id, "撤销")
    with office.view() as unit:
        assert unit.all(Attendance) == []
