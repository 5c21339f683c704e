"""The list of sessions, and the numbers it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.sessions import SessionStatus, StudySession, Talk
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.attendance import MarkEntry, mark
from bulletin_study.usecases.closing import archive, hold
from bulletin_study.usecases.numbering import preview_renumbering, renumber
from bulletin_study.usecases.openings import set_opening
from bulletin_study.usecases.session_list import SessionRow, list_sessions
from bulletin_study.usecases.sessions import cancel_session
from tests.contract.schedule_office import (
    CHOIR,
    MEETING,
    STUDY,
    TALK,
    draft,
    everything,
    furnish,
    plan,
)

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _people(office: SqlOffice) -> None:
    furnish(office)


def rows(office: SqlOffice, kind_id: int | None = None) -> list[SessionRow]:
    with office.view() as unit:
        return list_sessions(unit, FIRST, LAST, kind_id)


def held(office: SqlOffice, day: date, *kinds: int) -> int:
    session_id = plan(office, draft(day), *kinds)
    with office.unit() as unit:
        hold(unit, [session_id])
    return session_id


def test_a_line_says_everything_about_its_session(office: SqlOffice) -> None:
    one = plan(office, draft(date(2026, 11, 23), lead_id=1, talk_places=3), TALK, STUDY)
    with office.unit() as unit:
        unit.put(
            Talk(1, one, 3, guest="区委党校李老师"),
            Talk(2, one, 1, speaker_id=4),
            Talk(3, one, 2),
        )
        unit.commit("排讲课人")
    with office.unit() as unit:
        given = [MarkEntry(2, Mark.PRESENT), MarkEntry(3, Mark.LEAVE, "家事")]
        mark(unit, one, given, hold=True)
    (row,) = rows(office)
    assert row.session == replace(row.session, id=one, day=date(2026, 11, 23), start=time(9))
    assert row.kind_names == ("每周一学", "每周一讲")
    assert row.speakers == ("罗婉清", "区委党校李老师")
    assert row.lead == "秦维新"
    assert (row.expected, row.present, row.unmarked) == (5, 1, 3)


def test_a_planned_line_has_no_figures_yet(office: SqlOffice) -> None:
    plan(office, draft(date(2026, 11, 30), lead_name="市委党校王教授"))
    (row,) = rows(office)
    assert (row.expected, row.present, row.unmarked, row.headcount) == (None, None, 0, None)
    assert row.lead == "市委党校王教授"
    assert row.ordinal_by_kind["每周一学"].tentative


def test_imported_totals_stay_totals(office: SqlOffice) -> None:
    with office.unit() as unit:
        old = StudySession(1, FIRST, time(9), time(10), status=SessionStatus.HELD)
        unit.put(replace(old, expected_total=48, present_total=46))
        unit.commit("导入")
    (row,) = rows(office)
    assert (row.expected, row.present, row.unmarked, row.kinds) == (48, 46, 0, ())


def test_figures_and_lines_of_one_kind(office: SqlOffice) -> None:
    held(office, date(2026, 11, 2), STUDY, MEETING)
    held(office, date(2026, 11, 3), CHOIR)
    assert [(row.kind_names, row.expected) for row in rows(office, MEETING)] == [
        (("每周一学", "部务会"), 1)
    ]
    assert [row.expected for row in rows(office)] == [5, 5]


def test_numbers_count_the_whole_year_whatever_the_period(office: SqlOffice) -> None:
    for day in (date(2026, 3, 2), date(2026, 11, 2), date(2025, 11, 3)):
        held(office, day, STUDY)
    gone = plan(office, draft(date(2026, 11, 9)))
    with office.unit() as unit:
        cancel_session(unit, gone, "停电")
    plan(office, draft(date(2026, 11, 16)))
    with office.unit() as unit:
        set_opening(unit, STUDY, 2026, 15)
    shown = [(row.session.day.day, row.ordinal_by_kind.get("每周一学")) for row in rows(office)]
    assert [(day, o and (o.number, o.tentative)) for day, o in shown] == [
        (2, (17, False)),
        (9, None),
        (16, (18, True)),
    ]
    with office.unit() as unit:
        set_opening(unit, STUDY, 2026, 0)
    assert rows(office)[0].ordinals[0] is not None
    assert rows(office)[0].ordinals[0].number == 2


def test_renumbering_is_shown_then_done_and_undone_as_one(office: SqlOffice) -> None:
    ids = [held(office, date(2026, 11, day), STUDY) for day in (2, 16, 23)]
    for session_id in ids[:2]:
        with office.unit() as unit:
            archive(unit, session_id, anyway=True, why="补录")
    late = held(office, date(2026, 11, 9), STUDY)
    numbers = {row.session.id: row.ordinals[0].number for row in rows(office) if row.ordinals[0]}
    assert numbers == {ids[0]: 1, late: 4, ids[1]: 2, ids[2]: 3}
    with office.view() as unit:
        proposal = preview_renumbering(unit, STUDY, 2026)
    assert [(r.session.id, r.change.before, r.change.after) for r in proposal] == [
        (late, 4, 2),
        (ids[1], 2, 3),
        (ids[2], 3, 4),
    ]
    before = everything(office)
    with office.unit() as unit:
        committed = renumber(unit, STUDY, 2026)
    assert committed.label == "重排期次：2026 年 每周一学，3 场"
    assert [row.ordinals[0].number for row in rows(office) if row.ordinals[0]] == [1, 2, 3, 4]
    assert everything(office) == before
    with office.view() as unit:
        assert preview_renumbering(unit, STUDY, 2026) == []
    assert committed.operation_id is not None
    with office.unit() as unit:
        unit.revert(committed.operation_id, "撤销")
    assert {r.session.id: r.ordinals[0].number for r in rows(office) if r.ordinals[0]} == numbers
