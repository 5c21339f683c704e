"""Single sessions through the store: planned, edited, moved, cancelled, corrected, deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import (
    BadValue,
    BeforeEntry,
    Clash,
    EndBeforeStart,
    InUse,
    Missing,
    NotFound,
    Stale,
    WrongStatus,
)
from bulletin_study.domain.sessions import (
    Form,
    SessionKindLink,
    SessionStatus,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.attendance import MarkEntry, mark
from bulletin_study.usecases.closing import archive, hold
from bulletin_study.usecases.session_kinds import set_session_kinds
from bulletin_study.usecases.sessions import (
    cancel_session,
    correct_date,
    delete_session,
    edit_session,
    move_session,
    new_session,
    restore_session,
)
from bulletin_study.usecases.sign_in_list import load_sign_in
from tests.contract.schedule_office import (
    CHOIR,
    MEETING,
    STUDY,
    TALK,
    draft,
    everything,
    furnish,
    plan,
    plan_series,
    stored,
)

MONDAY = date(2026, 11, 16)
TUESDAY = date(2026, 11, 17)


@pytest.fixture(autouse=True)
def _people(office: SqlOffice) -> None:
    furnish(office)


def edit(office: SqlOffice, session_id: int, **fields: object) -> str:
    """Edit as a form does; the operation's label."""
    shown = stored(office, session_id)
    with office.unit() as unit:
        wanted: StudySession = replace(shown, **fields)  # type: ignore[arg-type]
        return edit_session(unit, shown, wanted).label


def kind_links(office: SqlOffice, session_id: int) -> dict[int, int | None]:
    with office.view() as unit:
        return {k.kind_id: k.ordinal for k in unit.all(SessionKindLink, session_id=session_id)}


# --- new --------------------------------------------------------------------------------


def test_a_new_session_starts_planned_whatever_the_draft_says(office: SqlOffice) -> None:
    cheeky = draft(MONDAY, theme=" 条例 ", status=SessionStatus.HELD, archived=True, excepted=True)
    with office.unit() as unit:
        committed, session_id = new_session(unit, cheeky, [STUDY])
    session = stored(office, session_id)
    assert committed.label == "新建场次 2026-11-16 每周一学"
    assert session == replace(draft(MONDAY, theme="条例"), id=session_id)


def test_a_session_of_talks_has_a_place(office: SqlOffice) -> None:
    assert stored(office, plan(office, draft(MONDAY), TALK)).talk_places == 1
    assert stored(office, plan(office, draft(MONDAY, talk_places=3), TALK)).talk_places == 3
    assert stored(office, plan(office, draft(MONDAY, talk_places=3), STUDY)).talk_places == 0


def test_impossible_sessions_are_refused(office: SqlOffice) -> None:
    with office.unit() as unit:
        with pytest.raises(EndBeforeStart):
            new_session(unit, draft(MONDAY, "10:00", "09:00"), [STUDY])
        with pytest.raises(EndBeforeStart):
            new_session(unit, draft(MONDAY, "23:00", "00:30"), [STUDY])
        with pytest.raises(BadValue):
            new_session(unit, draft(date(226, 11, 16)), [STUDY])
        with pytest.raises(Missing):
            new_session(unit, draft(MONDAY), [])
        with pytest.raises(NotFound):
            new_session(unit, draft(MONDAY), [999])
        with pytest.raises(NotFound):
            new_session(unit, draft(MONDAY, lead_id=99), [STUDY])
        with pytest.raises(BeforeEntry) as refused:
            new_session(unit, draft(date(2022, 11, 30), lead_id=5), [STUDY])
    assert (refused.value.name, refused.value.joined) == ("石小满", date(2022, 12, 1))
    assert everything(office) == []


def test_a_clash_is_refused_until_it_is_overridden(office: SqlOffice) -> None:
    plan(office, draft(MONDAY), STUDY)
    with office.unit() as unit, pytest.raises(Clash) as refused:
        new_session(unit, draft(MONDAY, "09:30", "11:00", host_id=2), [MEETING])
    assert refused.value.reasons == (
        "11-16 09:30—11:00“部务会”与09:00—10:00“每周一学”时间重叠，都要王立言（主持）、秦维新参加",
    )
    with office.unit() as unit:
        new_session(unit, draft(MONDAY, "09:30", "11:00"), [MEETING], override=True)
    with office.unit() as unit:
        new_session(unit, draft(MONDAY, "11:00", "12:00"), [MEETING])
    assert len(everything(office)) == 3


def test_who_came_counts_for_a_clash_with_a_held_session(office: SqlOffice) -> None:
    held = plan(office, draft(MONDAY), MEETING)
    with office.unit() as unit:
        hold(unit, [held])
    with office.unit() as unit, pytest.raises(Clash) as refused:
        new_session(unit, draft(MONDAY), [STUDY])
    assert refused.value.reasons[0].endswith("都要秦维新参加")


# --- edit -------------------------------------------------------------------------------


def test_an_edit_is_named_by_what_it_changed(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    assert edit(office, one, venue="二楼小会议室") == (
        "修改 2026-11-16 每周一学：地点改为“二楼小会议室”"
    )
    assert edit(office, one, lead_id=2) == "修改 2026-11-16 每周一学：领学人改为“王立言”"
    assert edit(office, one, agenda="一、学习条例" * 9) == "修改 2026-11-16 每周一学：填写议程"
    assert edit(office, one, agenda="") == "修改 2026-11-16 每周一学：修改议程"
    assert edit(office, one, theme="条例", form=Form.COLLECTIVE) == (
        "修改 2026-11-16 每周一学：主题、形式"
    )
    assert edit(office, one, start=time(8, 30)) == (
        "修改 2026-11-16 每周一学：时间改为“08:30—10:00”"
    )


def test_an_edit_of_what_somebody_else_changed_is_refused(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    shown = stored(office, one)
    edit(office, one, theme="甲")
    with office.unit() as unit, pytest.raises(Stale):
        edit_session(unit, shown, replace(shown, theme="乙"))
    assert stored(office, one).theme == "甲"


def test_an_edit_leaves_status_and_series_alone(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    edit(office, one, status=SessionStatus.HELD, archived=True, theme="条例")
    session = stored(office, one)
    assert (session.status, session.archived, session.theme) == (
        SessionStatus.PLANNED,
        False,
        "条例",
    )


def test_another_date_in_the_form_is_a_move_unless_it_took_place(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    edit(office, one, day=TUESDAY)
    assert stored(office, one).status is SessionStatus.MOVED
    assert stored(office, one).moved_from == MONDAY
    with office.unit() as unit:
        hold(unit, [one])
    with pytest.raises(WrongStatus):
        edit(office, one, day=MONDAY)
    edit(office, one, theme="补记的主题")
    assert stored(office, one).status is SessionStatus.HELD


def test_an_accepted_clash_does_not_stand_in_the_way_of_other_edits(office: SqlOffice) -> None:
    meeting = plan(office, draft(MONDAY, venue="三楼"), MEETING)
    one = plan(office, draft(MONDAY), STUDY)
    edit(office, one, theme="条例")
    edit(office, one, start=time(9, 15))
    with pytest.raises(Clash) as refused:
        edit(office, one, venue="三楼")
    assert [reason[-7:] for reason in refused.value.reasons] == ["，都在“三楼”"]
    with pytest.raises(Clash) as refused:
        edit(office, meeting, host_id=4)
    assert refused.value.reasons[0].endswith("都要罗婉清（主持）、秦维新参加")


def test_one_of_a_series_goes_its_own_way_only_with_place_or_time(office: SqlOffice) -> None:
    ids = plan_series(office)
    edit(office, ids[0], theme="条例")
    edit(office, ids[1], venue="二楼")
    with office.unit() as unit:
        move_session(unit, ids[2], date(2022, 8, 9))
    with office.unit() as unit:
        set_session_kinds(unit, ids[3], [STUDY, MEETING])
    assert [stored(office, i).excepted for i in ids[:5]] == [False, True, True, True, False]


def test_an_imported_session_without_a_length_can_still_be_edited(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(StudySession(1, MONDAY, time(9), time(9), expected_total=48, present_total=46))
        unit.commit("导入")
    edit(office, 1, theme="条例")
    with office.unit() as unit:
        move_session(unit, 1, TUESDAY)
    assert (stored(office, 1).theme, stored(office, 1).day) == ("条例", TUESDAY)
    with pytest.raises(EndBeforeStart):
        edit(office, 1, end=time(8))


# --- move -------------------------------------------------------------------------------


def test_moving_keeps_one_session_and_its_first_date(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY, "09:00", "10:30"))
    with office.unit() as unit:
        label = move_session(unit, one, TUESDAY, time(14)).label
    assert label == "改期：2026-11-16 每周一学 改到 11-17 周二 14:00"
    with office.unit() as unit:
        move_session(unit, one, date(2026, 11, 20))
    session = stored(office, one)
    assert (session.day, session.start, session.end) == (
        date(2026, 11, 20),
        time(14),
        time(15, 30),
    )
    assert (session.status, session.moved_from) == (SessionStatus.MOVED, MONDAY)
    with office.unit() as unit:
        move_session(unit, one, MONDAY)
    back = stored(office, one)
    assert (back.status, back.moved_from) == (SessionStatus.PLANNED, None)
    assert len(everything(office)) == 1


def test_a_session_shifted_by_a_holiday_keeps_its_first_date_too(office: SqlOffice) -> None:
    ids = plan_series(office)
    shifted = next(i for i in ids if stored(office, i).occurrence == date(2022, 10, 3))
    with office.unit() as unit:
        move_session(unit, shifted, date(2022, 10, 9))
    assert stored(office, shifted).moved_from == date(2022, 10, 3)


def test_a_new_time_on_the_same_day_is_no_move(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    with office.unit() as unit:
        move_session(unit, one, MONDAY, time(15))
    session = stored(office, one)
    assert (session.status, session.start, session.end) == (
        SessionStatus.PLANNED,
        time(15),
        time(16),
    )


def test_moves_that_cannot_be(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    other = plan(office, draft(TUESDAY), MEETING)
    with office.unit() as unit:
        with pytest.raises(BadValue):
            move_session(unit, one, TUESDAY, time(23, 30))
        with pytest.raises(BadValue):
            move_session(unit, one, date(9999, 12, 31))
        with pytest.raises(Clash):
            move_session(unit, one, TUESDAY)
        with pytest.raises(NotFound):
            move_session(unit, 999, TUESDAY)
    with office.unit() as unit:
        move_session(unit, one, TUESDAY, override=True)
    with office.unit() as unit:
        hold(unit, [other])
    with office.unit() as unit:
        cancel_session(unit, one, "停电")
    for session_id in (one, other):
        with office.unit() as unit, pytest.raises(WrongStatus):
            move_session(unit, session_id, MONDAY)


def test_the_planned_theme_stays_with_a_session_that_moves(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(StudyPlanItem(1, STUDY, "条例", day=MONDAY))
        unit.commit("导入学习计划")
    one = plan(office, draft(MONDAY))
    with office.unit() as unit:
        move_session(unit, one, TUESDAY)
    later = plan(office, draft(MONDAY))
    with office.view() as unit:
        (item,) = unit.all(StudyPlanItem)
    assert (item.session_id, item.day) == (one, MONDAY)
    assert (stored(office, one).theme, stored(office, later).theme) == ("条例", "")


# --- cancel, restore, delete ------------------------------------------------------------


def test_a_cancelled_session_stays_listed_with_its_reason_and_frees_its_number(
    office: SqlOffice,
) -> None:
    one = plan(office, draft(MONDAY))
    with office.unit() as unit:
        unit.put(SessionKindLink(one, STUDY, 22))
        unit.commit("印了签到表")
    with office.unit() as unit, pytest.raises(Missing):
        cancel_session(unit, one, "  ")
    with office.unit() as unit:
        label = cancel_session(unit, one, " 领导出差 ").label
    assert label == "取消 2026-11-16 每周一学（领导出差）"
    session = stored(office, one)
    assert (session.status, session.status_reason) == (SessionStatus.CANCELLED, "领导出差")
    assert kind_links(office, one) == {STUDY: None}
    with office.unit() as unit, pytest.raises(WrongStatus):
        cancel_session(unit, one, "再来")


def test_restoring_brings_back_what_was(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    with office.unit() as unit:
        move_session(unit, one, TUESDAY)
    moved = stored(office, one)
    with office.unit() as unit:
        cancel_session(unit, one, "停电")
    with office.unit() as unit:
        new_session(unit, draft(TUESDAY), [MEETING])
    with office.unit() as unit, pytest.raises(Clash):
        restore_session(unit, one)
    with office.unit() as unit:
        assert restore_session(unit, one, override=True).label == "恢复 2026-11-17 每周一学"
    assert stored(office, one) == moved
    with office.unit() as unit, pytest.raises(WrongStatus):
        restore_session(unit, one)


def test_only_a_planned_session_without_records_is_deleted(office: SqlOffice) -> None:
    one, two = plan(office, draft(MONDAY), TALK), plan(office, draft(TUESDAY), TALK)
    with office.unit() as unit:
        unit.put(Talk(1, one, 1, speaker_id=2), Talk(2, two, 1))
        unit.put(StudyPlanItem(1, TALK, "讲课", day=TUESDAY, session_id=two))
        unit.commit("准备")
    with office.unit() as unit, pytest.raises(InUse) as refused:
        delete_session(unit, one)
    assert refused.value.used_by == "讲课安排"
    with office.unit() as unit:
        committed = delete_session(unit, two)
    assert committed.label == "删除场次 2026-11-17 每周一讲"
    with office.view() as unit:
        assert [s.id for s in unit.all(StudySession)] == [one]
        assert [item.session_id for item in unit.all(StudyPlanItem)] == [None]
        assert [talk.id for talk in unit.all(Talk)] == [1]
    assert committed.operation_id is not None
    with office.unit() as unit:
        unit.revert(committed.operation_id, "撤销")
    assert kind_links(office, two) == {TALK: None}
    with office.unit() as unit:
        hold(unit, [two])
    with office.unit() as unit, pytest.raises(WrongStatus):
        delete_session(unit, two)


# --- correct_date -----------------------------------------------------------------------


def test_the_date_of_a_held_session_can_be_corrected(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    with office.unit() as unit, pytest.raises(WrongStatus):
        correct_date(unit, one, TUESDAY)
    with office.unit() as unit:
        hold(unit, [one])
    with office.unit() as unit:
        archive(unit, one, anyway=True, why="补录")
    with office.unit() as unit:
        label = correct_date(unit, one, TUESDAY, time(15)).label
    assert label == "更正日期：2026-11-16 每周一学 改为 11-17 周二"
    session = stored(office, one)
    assert (session.day, session.start, session.end) == (TUESDAY, time(15), time(16))
    assert (session.status, session.moved_from) == (SessionStatus.HELD, None)
    assert kind_links(office, one) == {STUDY: 1}
    with office.unit() as unit:
        correct_date(unit, one, date(2025, 11, 17))
    assert kind_links(office, one) == {STUDY: None}


def test_a_date_cannot_be_corrected_into_the_future_or_before_somebodys_entry(
    office: SqlOffice,
) -> None:
    one = plan(office, draft(MONDAY))
    with office.unit() as unit:
        mark(unit, one, [MarkEntry(5, Mark.PRESENT)], hold=True)
    with office.unit() as unit:
        with pytest.raises(BadValue):
            correct_date(unit, one, date(2026, 11, 26))
        with pytest.raises(BeforeEntry):
            correct_date(unit, one, date(2022, 11, 28))


# --- kinds ------------------------------------------------------------------------------


def test_kinds_that_stay_keep_their_numbers(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY), STUDY, CHOIR)
    with office.unit() as unit:
        unit.put(SessionKindLink(one, STUDY, 7))
        unit.commit("印了签到表")
    with office.unit() as unit:
        label = set_session_kinds(unit, one, [TALK, STUDY]).label
    assert label == "修改 2026-11-16 每周一学、志愿服务：活动类型改为“每周一学、每周一讲”"
    assert kind_links(office, one) == {STUDY: 7, TALK: None}
    assert stored(office, one).talk_places == 1
    with office.unit() as unit, pytest.raises(Missing):
        set_session_kinds(unit, one, [])


def test_another_kind_asks_again_who_was_expected(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY), MEETING)
    with office.unit() as unit:
        mark(unit, one, [MarkEntry(1, Mark.PRESENT), MarkEntry(4, Mark.PRESENT)], hold=True)
    with office.unit() as unit:
        set_session_kinds(unit, one, [STUDY])
    assert figures(office, one) == (5, 2, 3)
    with office.unit() as unit:
        mark(unit, one, [MarkEntry(2, Mark.PRESENT), MarkEntry(3, Mark.LEAVE, "家事")])
    with office.unit() as unit:
        set_session_kinds(unit, one, [MEETING])
    assert figures(office, one) == (1, 1, 0)
    with office.view() as unit:
        rows = {row.person_id: row for row in unit.all(Attendance, session_id=one)}
    assert rows[2].mark is Mark.OBSERVER
    assert 3 not in rows


def figures(office: SqlOffice, session_id: int) -> tuple[int, int, int]:
    """应到, 实到, 未签."""
    with office.view() as unit:
        count = load_sign_in(unit, session_id).headcount
    return count.expected, count.came, count.unmarked
