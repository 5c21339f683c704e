"""每周一讲 in a real store: planned, changed by hand, held, corrected, undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bulletin_study.domain.errors import (
    BadValue,
    BeforeEntry,
    EndBeforeStart,
    InUse,
    Missing,
    NotFound,
    RuleBroken,
    Stale,
    WrongStatus,
)
from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Person,
)
from bulletin_study.domain.rotation import BreachRule, HeadFirst, PlaceState, Plan, Settings
from bulletin_study.domain.sessions import (
    Comment,
    SessionStatus,
    StudySession,
    Talk,
    TalkCategory,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import history, talks
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.rotation import (
    apply_plan,
    check_rotation,
    load_settings,
    plan_rotation,
    save_settings,
)
from bulletin_study.usecases.rotation_json import breaches_as_json, plan_as_json
from bulletin_study.usecases.rotation_words import reason_words
from bulletin_study.usecases.talk_list import round_progress
from tests.contract.talk_office import (
    FIRST,
    LAST,
    NAMES,
    arrange,
    away,
    hold,
    planned,
    rows,
    speakers,
    talk_of,
    talk_office,
    wednesday,
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    """A small office of one's own."""
    store = talk_office(tmp_path / "store.sqlite3")
    yield store
    store.close()


# --- planning -----------------------------------------------------------------------------


def test_a_plan_is_shown_before_it_is_saved_and_saved_as_one_operation(office: SqlOffice) -> None:
    plan = planned(office)
    assert [row.state for row in rows(office)] == [PlaceState.EMPTY] * 6
    assert plan.summary.changes == 6
    with office.unit() as unit:
        done = apply_plan(unit, plan)
    assert done.label == "自动安排 2026-12-02 至 2027-01-06 的讲课：6 处有变"
    assert speakers(office) == ["赵一", "孙三", "周五", "钱二", "李四", "吴六"]
    assert [row.group for row in rows(office)] == ["一组", "二组", "三组"] * 2
    assert {row.round for row in rows(office)} == {1}
    assert rows(office)[0].mentor == "钱二"
    with office.view() as unit:
        assert check_rotation(unit, FIRST, LAST) == []
    assert planned(office).summary.changes == 0
    with office.unit() as unit:
        history.undo(unit)
    assert speakers(office) == [""] * 6


def test_a_plan_that_rests_on_old_data_is_refused(office: SqlOffice) -> None:
    plan = planned(office)
    away(office, 1, FIRST, FIRST)
    with office.unit() as unit, pytest.raises(Stale):
        apply_plan(unit, plan)
    assert speakers(office) == [""] * 6


def test_leave_after_the_plan_shows_as_a_conflict_and_in_the_check(office: SqlOffice) -> None:
    arrange(office)
    away(office, 5, date(2026, 12, 10), date(2026, 12, 18))
    row = rows(office)[2]
    assert (row.speaker, row.conflict) == ("周五", "下派至 12-18")
    with office.view() as unit:
        breaches = check_rotation(unit, FIRST, LAST)
        told = breaches_as_json(breaches, load_roster(unit))
    assert [b.rule for b in breaches] == [BreachRule.SPEAKER]
    assert told[0]["text"] == "2026-12-16 第 1 位：周五下派至 12-18，不能讲。"


def test_planning_again_shows_only_what_differs(office: SqlOffice) -> None:
    arrange(office)
    away(office, 5, date(2026, 12, 10), date(2026, 12, 18))
    again = planned(office)
    assert [(p.session_id, p.was_id, p.speaker_id) for p in again if p.changed] == [
        (3, 5, 6),
        (6, 6, 5),
    ]


def test_titles_go_with_their_speakers(office: SqlOffice) -> None:
    arrange(office)
    mine = talk_of(office, 3)
    edited = replace(mine, title="档案怎么看", category=TalkCategory.EXPERIENCE)
    with office.unit() as unit:
        talks.set_talk_details(unit, mine, edited)
    away(office, 5, date(2026, 12, 10), date(2026, 12, 18))
    arrange(office)
    assert [(r.speaker, r.title, r.category) for r in rows(office) if r.title] == [
        ("周五", "档案怎么看", TalkCategory.EXPERIENCE)
    ]
    assert rows(office)[5].speaker == "周五"


def test_a_plan_that_can_no_longer_fill_a_place_takes_its_speaker_off(office: SqlOffice) -> None:
    arrange(office)
    with office.unit() as unit:
        for person in range(1, 7):
            day = wednesday(2)
            unit.put(Absence(person, person, AbsenceKind.TRAVEL, day, day))
        unit.commit("全体出差")
    arrange(office)
    assert speakers(office)[1] == ""
    assert rows(office)[1].state is PlaceState.EMPTY
    with office.view() as unit:
        roster = load_roster(unit)
    (reason,) = rows(office)[1].reasons
    assert reason_words(reason, roster, wednesday(2))[1].startswith("赵一出差，钱二出差，孙三出差")


def test_settings_of_the_office_are_kept_and_followed(office: SqlOffice) -> None:
    wanted = Settings(spread=True, head_first=HeadFirst.NEVER, gap_days=30)
    with office.unit() as unit:
        save_settings(unit, wanted)
    with office.view() as unit:
        assert load_settings(unit) == wanted
        assert plan_rotation(unit, FIRST, LAST).settings == wanted


def test_a_period_must_not_end_before_it_starts(office: SqlOffice) -> None:
    with office.view() as unit, pytest.raises(EndBeforeStart):
        plan_rotation(unit, LAST, FIRST)


def test_cancelled_sessions_have_no_places(office: SqlOffice) -> None:
    with office.unit() as unit:
        session = unit.get(StudySession, 2)
        assert session is not None
        unit.put(replace(session, status=SessionStatus.CANCELLED))
        unit.commit("取消")
    assert [p.session_id for p in planned(office)] == [1, 3, 4, 5, 6]


def test_reasons_are_kept_with_the_talk_and_told_in_words(office: SqlOffice) -> None:
    arrange(office)
    with office.view() as unit:
        roster = load_roster(unit)
    told = [reason_words(reason, roster, FIRST) for reason in rows(office)[0].reasons]
    assert told == [
        ("轮到本组", "按组序轮到一组，本轮第 1 次出人"),
        ("等得最久", "2020-01-01 入部，还没有讲过，已 361 周，组内第一"),
        ("本人在岗", "12-02 没有请假、公出、下派"),
        ("帮带人有空", "钱二当天在岗"),
    ]


def test_the_plan_for_programs(office: SqlOffice) -> None:
    away(office, 3, FIRST, date(2026, 12, 10))
    away(office, 4, FIRST, date(2026, 12, 10))
    with office.view() as unit:
        told = plan_as_json(plan_rotation(unit, FIRST, LAST), load_roster(unit))
    dates = told["dates"]
    assert isinstance(dates, list)
    first = dates[0]
    assert {k: first[k] for k in ("date", "session", "place", "round", "group", "speaker")} == {
        "date": "2026-12-02",
        "session": 1,
        "place": 1,
        "round": 1,
        "group": "一组",
        "speaker": "赵一",
    }
    assert (first["staff_number"], first["mentor"], first["category"]) == (
        "001",
        "钱二",
        "业务知识",
    )
    assert (first["state"], first["changed"]) == ("planned", True)
    assert all({"rule", "text"} <= set(reason) for reason in first["reasons"])
    assert told["passed_over"] == [
        {
            "date": "2026-12-09",
            "session": 2,
            "place": 1,
            "group": "二组",
            "why": "孙三下派至 12-10，李四下派至 12-10",
        }
    ]
    assert told["summary"] == {
        "rounds": 1,
        "filled": 6,
        "empty": 0,
        "changes": 6,
        "max_wait_days": 2557,
    }


# --- by hand ------------------------------------------------------------------------------


def test_a_speaker_named_by_hand_stays_in_the_plan(office: SqlOffice) -> None:
    with office.unit() as unit:
        done = talks.assign_speaker(unit, 2, 1, 6)
    assert done.label == "安排2026-12-09 每周一讲：吴六主讲"
    plan = arrange(office)
    assert plan.places[1].state is PlaceState.PINNED
    assert [speakers(office).count(name) for name in NAMES] == [1] * 6
    assert speakers(office)[1] == "吴六"


@pytest.mark.parametrize(
    ("person", "rule"),
    [(5, "下派至 12-18"), (7, "不参加轮讲"), (1, "当天已有讲课")],
)
def test_a_speaker_whom_a_rule_forbids_must_be_wanted_knowingly(
    office: SqlOffice, person: int, rule: str
) -> None:
    away(office, 5, date(2026, 12, 10), date(2026, 12, 18))
    with office.unit() as unit:
        talks.set_places(unit, 3, 2)
    with office.unit() as unit:
        talks.assign_speaker(unit, 3, 2, 1)
    with office.unit() as unit, pytest.raises(RuleBroken) as refused:
        talks.assign_speaker(unit, 3, 1, person)
    assert (refused.value.rule, refused.value.day) == (rule, wednesday(3))
    with office.unit() as unit:
        talks.assign_speaker(unit, 3, 1, person, override=True)
    assert talk_of(office, 3).speaker_id == person


def test_somebody_not_yet_on_the_roster_cannot_speak_or_have_spoken(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(Person(8, "新人", 20, joined=date(2026, 12, 20)))
        unit.commit("新人")
    for act in (talks.assign_speaker, talks.record_speaker):
        with office.unit() as unit, pytest.raises(BeforeEntry):
            act(unit, 1, 1, 8)


def test_a_guest_takes_nobodys_turn(office: SqlOffice) -> None:
    with office.unit() as unit:
        talks.assign_speaker(unit, 1, 1, guest="党校 周老师")
    arrange(office)
    assert speakers(office)[:3] == ["党校 周老师", "赵一", "孙三"]
    assert rows(office)[0].state is PlaceState.GUEST
    with office.unit() as unit, pytest.raises(Missing):
        talks.assign_speaker(unit, 1, 1, guest=" ")


def test_places_that_are_not_there(office: SqlOffice) -> None:
    for session_id, place in ((1, 2), (1, 0), (99, 1)):
        with office.unit() as unit, pytest.raises(NotFound):
            talks.assign_speaker(unit, session_id, place, 1)


def test_a_place_is_cleared_and_filled_again_by_the_plan(office: SqlOffice) -> None:
    arrange(office)
    with office.unit() as unit:
        done = talks.clear_place(unit, 2, 1)
    assert done.label == "清空2026-12-09 每周一讲（原定孙三）"
    assert speakers(office)[1] == ""
    with office.view() as unit:
        assert check_rotation(unit, FIRST, LAST)[0].rule is BreachRule.LEFT_EMPTY
    arrange(office)
    assert speakers(office)[1] == "孙三"


def test_a_pin_holds_until_it_is_taken_off(office: SqlOffice) -> None:
    arrange(office)
    talk = talk_of(office, 3)
    with office.unit() as unit:
        talks.pin(unit, talk.id, True)
    away(office, 5, date(2026, 12, 10), date(2026, 12, 18))
    plan = planned(office)
    assert plan.places[2].speaker_id == 5
    assert "固定有冲突" in str(plan_words(office, plan, 2))
    with office.unit() as unit:
        talks.pin(unit, talk.id, False)
    assert planned(office).places[2].speaker_id == 6


def plan_words(office: SqlOffice, plan: Plan, number: int) -> list[tuple[str, str]]:
    with office.view() as unit:
        roster = load_roster(unit)
    place = plan.places[number]
    return [reason_words(reason, roster, place.day) for reason in place.reasons]


def test_two_speakers_change_places_with_their_titles(office: SqlOffice) -> None:
    arrange(office)
    mine = talk_of(office, 1)
    with office.unit() as unit:
        talks.set_talk_details(unit, mine, replace(mine, title="公文写作"))
    ids = talk_of(office, 4).id, talk_of(office, 1).id
    with office.unit() as unit:
        talks.swap(unit, *ids)
    assert [(r.speaker, r.title) for r in rows(office)][::3] == [("钱二", ""), ("赵一", "公文写作")]
    assert [row.round for row in rows(office)] == [1] * 6
    with office.view() as unit:
        assert check_rotation(unit, FIRST, LAST) == []
    assert speakers(office) == [
        {p.id: p.name for p in roster_people(office)}[p.speaker_id or 0] for p in planned(office)
    ]


def roster_people(office: SqlOffice) -> list[Person]:
    with office.view() as unit:
        return list(load_roster(unit).people.values())


def test_a_swap_checks_both_dates(office: SqlOffice) -> None:
    arrange(office)
    away(office, 1, wednesday(4), wednesday(4))
    ids = talk_of(office, 1).id, talk_of(office, 4).id
    with office.unit() as unit, pytest.raises(RuleBroken):
        talks.swap(unit, *ids)
    with office.unit() as unit:
        talks.swap(unit, *ids, override=True)
    assert speakers(office)[0] == "钱二"


def test_title_category_and_mentor_of_a_talk(office: SqlOffice) -> None:
    arrange(office)
    mine = talk_of(office, 1)
    edited = replace(
        mine, title="  党费  收缴 ", category=TalkCategory.POLICY, mentor_id=3, speaker_id=6
    )
    with office.unit() as unit:
        done = talks.set_talk_details(unit, mine, edited)
    assert done.label == (
        "修改2026-12-02 每周一讲：题目改为《党费 收缴》，类别改为政策法规，帮带人改为孙三"
    )
    now = talk_of(office, 1)
    assert (now.title, now.mentor_id, now.speaker_id) == ("党费 收缴", 3, 1)
    with office.unit() as unit, pytest.raises(Stale):
        talks.set_talk_details(unit, mine, edited)
    for wrong in (replace(now, title="长" * 101), replace(now, mentor_id=1)):
        with office.unit() as unit, pytest.raises(BadValue):
            talks.set_talk_details(unit, now, wrong)


def test_how_many_talks_a_session_holds(office: SqlOffice) -> None:
    with office.unit() as unit:
        talks.set_places(unit, 1, 2)
    arrange(office)
    assert [row.place for row in rows(office) if row.session.id == 1] == [1, 2]
    with office.unit() as unit, pytest.raises(InUse):
        talks.set_places(unit, 1, 1)
    with office.unit() as unit:
        talks.clear_place(unit, 1, 2)
    with office.unit() as unit:
        talks.set_places(unit, 1, 1)
    assert len(rows(office)) == 6
    for wrong in (0, 21):
        with office.unit() as unit, pytest.raises(BadValue):
            talks.set_places(unit, 1, wrong)


def test_a_cleared_place_keeps_what_was_said_about_it(office: SqlOffice) -> None:
    arrange(office)
    talk = talk_of(office, 1)
    with office.unit() as unit:
        unit.put(Comment(1, 1, 7, "准备充分", talk.id))
        unit.commit("点评")
    with office.unit() as unit:
        talks.clear_place(unit, 1, 1)
    assert talk_of(office, 1) == Talk(talk.id, 1, 1)


# --- who spoke ----------------------------------------------------------------------------


def test_who_spoke_counts_and_who_was_announced_is_remembered(office: SqlOffice) -> None:
    arrange(office)
    hold(office, 1)
    with office.unit() as unit:
        done = talks.record_speaker(unit, 1, 1, 2, title="换了人", category=TalkCategory.POLICY)
    assert done.label == "记2026-12-02 每周一讲：钱二主讲（原定赵一）"
    row = rows(office)[0]
    assert (row.speaker, row.stood_in_for, row.title, row.state) == (
        "钱二",
        "赵一",
        "换了人",
        PlaceState.HELD,
    )
    # 钱二's turn is spent, 赵一's is not; the turns of the groups go on as announced.
    with office.view() as unit:
        assert [b.rule for b in check_rotation(unit, FIRST, LAST)] == [BreachRule.TWICE_IN_ROUND]
    arrange(office)
    assert speakers(office) == ["钱二", "孙三", "周五", "赵一", "李四", "吴六"]
    with office.unit() as unit:
        talks.record_speaker(unit, 1, 1, 1)
    assert (rows(office)[0].speaker, rows(office)[0].stood_in_for) == ("赵一", "")


def test_who_spoke_stays_though_the_session_is_not_yet_marked_held(office: SqlOffice) -> None:
    arrange(office)
    with office.unit() as unit:
        talks.record_speaker(unit, 1, 1, 2)
    arrange(office)
    row = rows(office)[0]
    assert (row.speaker, row.stood_in_for) == ("钱二", "赵一")
    hold(office, 1)
    arrange(office)
    assert (rows(office)[0].speaker, rows(office)[0].state) == ("钱二", PlaceState.HELD)


def test_a_substitute_who_has_spoken_spends_his_next_turn(office: SqlOffice) -> None:
    arrange(office)
    hold(office, 1, 2)
    with office.unit() as unit:
        talks.record_speaker(unit, 2, 1, 1)
    assert [row.round for row in rows(office)][:3] == [1, 2, 1]
    with office.view() as unit:
        progress = round_progress(unit)
    assert (progress.number, progress.spoken, progress.members) == (1, 1, 6)


def test_who_spoke_at_a_cancelled_session_is_refused(office: SqlOffice) -> None:
    with office.unit() as unit:
        session = unit.get(StudySession, 1)
        assert session is not None
        unit.put(replace(session, status=SessionStatus.CANCELLED))
        unit.commit("取消")
    with office.unit() as unit, pytest.raises(WrongStatus):
        talks.record_speaker(unit, 1, 1, 1)
    with office.unit() as unit, pytest.raises(WrongStatus):
        talks.assign_speaker(unit, 1, 1, 1)


def test_what_was_held_is_changed_only_by_saying_who_spoke(office: SqlOffice) -> None:
    arrange(office)
    talk, other = talk_of(office, 1), talk_of(office, 2)
    hold(office, 1)
    with office.unit() as unit, pytest.raises(WrongStatus):
        talks.assign_speaker(unit, 1, 1, 2)
    with office.unit() as unit, pytest.raises(WrongStatus):
        talks.clear_place(unit, 1, 1)
    with office.unit() as unit, pytest.raises(WrongStatus):
        talks.pin(unit, talk.id, True)
    with office.unit() as unit, pytest.raises(WrongStatus):
        talks.swap(unit, talk.id, other.id)


def test_how_far_the_round_is_and_who_is_still_to_speak(office: SqlOffice) -> None:
    with office.view() as unit:
        progress = round_progress(unit)
        assert (progress.number, progress.spoken, progress.members) == (1, 0, 6)
    arrange(office)
    hold(office, 1, 2)
    with office.view() as unit:
        progress = round_progress(unit)
        assert (progress.number, progress.spoken, progress.members) == (1, 2, 6)
        assert [(g.group_id, g.spoken, g.members) for g in progress.groups] == [
            (1, 1, 2),
            (2, 1, 2),
            (3, 0, 2),
        ]
        assert [g.waiting for g in progress.groups] == [(2,), (4,), (5, 6)]
    hold(office, 3, 4, 5, 6)
    with office.view() as unit:
        first = round_progress(unit, number=1)
        assert (first.number, first.spoken, first.members, first.running) == (1, 6, 6, 1)
        assert first.day == LAST
