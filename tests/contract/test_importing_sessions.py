"""Lists of past sessions: held sessions with totals as totals, and who spoke."""

from __future__ import annotations

from datetime import date, time

import pytest

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.people import Membership, MentorPair, Person
from bulletin_study.domain.sessions import (
    Form,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.exchange.imports.importers import preview
from bulletin_study.exchange.tables.workbook import Cell
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import groups, pairs, people
from bulletin_study.usecases.importing import (
    CREATE,
    NO_OPTIONS,
    ImportKind,
    ImportOptions,
    ImportPreview,
    apply_import,
)
from tests.import_tables import row_at, states, table

HEAD = ("会议类型", "实际会议时间", "会议主题", "地点", "应到人数", "实到人数", "请假人数")


def look(
    office: SqlOffice, *rows: tuple[Cell, ...], options: ImportOptions = NO_OPTIONS
) -> ImportPreview:
    with office.view() as unit:
        return preview(unit, ImportKind.SESSIONS, table(*rows), options=options)


def bring_in(
    office: SqlOffice, *rows: tuple[Cell, ...], options: ImportOptions = NO_OPTIONS
) -> ImportPreview:
    seen = look(office, *rows, options=options)
    with office.unit() as unit:
        apply_import(unit, seen)
    return seen


def test_a_number_beyond_all_bounds_is_wrong_and_blocks_nothing(office: SqlOffice) -> None:
    for huge in ("9" * 30, 10**22, 1e300, "1" + "0" * 400):
        seen = bring_in(
            office,
            HEAD,
            ("每周一学", "2024-03-04 08:30", "甲", "", huge, 1, 0),
            ("每周一学", "2024-03-11 08:30", "乙", "", 10, 9, 1),
        )
        assert row_at(seen, 2).errors[0].startswith("应到人数：")
        assert row_at(seen, 3).errors == ()
    assert [session.theme for session in sessions_of(office)] == ["乙"]


def sessions_of(office: SqlOffice) -> list[StudySession]:
    with office.view() as unit:
        return unit.all(StudySession)


def kinds_of(office: SqlOffice, session: StudySession) -> list[str]:
    with office.view() as unit:
        names = {kind.id: kind.name for kind in unit.all(SessionKind)}
        return [names[k.kind_id] for k in unit.all(SessionKindLink, session_id=session.id)]


def plan(office: SqlOffice, kind_id: int, day: date, **fields: object) -> StudySession:
    with office.unit() as unit:
        session = StudySession(
            unit.new_ids(StudySession)[0],
            day,
            time(8, 30),
            time(10),
            **fields,  # type: ignore[arg-type]
        )
        unit.put(session, SessionKindLink(session.id, kind_id))
        unit.commit("计划")
    return session


def add_people(office: SqlOffice) -> None:
    with office.unit() as unit:
        groups.add_group(unit, "组织组")
    for number, (name, joined) in enumerate(
        (("梁守正", date(2009, 8, 3)), ("石小满", date(2026, 9, 1))), start=1
    ):
        with office.unit() as unit:
            people.add_person(unit, Person(0, name, number, f"00{number}", joined=joined), 1)
    with office.unit() as unit:
        pairs.set_mentor(unit, 2, 1)


def test_a_past_session_comes_in_held_with_its_totals(office: SqlOffice) -> None:
    rows = (
        (*HEAD, "时长（分钟）", "主持人", "记录人", "形式", "备注"),
        (
            *("每周一学", "2026年3月2日  8:30-10:00", "党的二十大精神", "三楼会议室"),
            *("48人", 45, 3, "", "外请人", "", "集中学习", "首次"),
        ),
    )
    seen = bring_in(office, *rows)
    assert (seen.new, row_at(seen, 2).notes) == (1, ("“外请人”不在名单里，只记下名字",))
    (session,) = sessions_of(office)
    assert (session.day, session.start, session.end) == (date(2026, 3, 2), time(8, 30), time(10))
    assert (session.theme, session.venue, session.note) == ("党的二十大精神", "三楼会议室", "首次")
    assert session.status is SessionStatus.HELD
    assert (session.expected_total, session.present_total, session.leave_total) == (48, 45, 3)
    assert (session.host_name, session.form) == ("外请人", Form.COLLECTIVE)
    with office.view() as unit:
        assert unit.all(Attendance) == []
    assert states(look(office, *rows)) == ["same"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("每周一学", "", "主题"), "没有实际时间，没开展的不算场次"),
        (("每周一学", "未开展", "主题"), "看不出是哪一天"),
        (("每周一学", "2026-11-30 8:30", "主题"), "实际时间 2026-11-30 还没有到"),
        (("", "2026-3-2", "主题"), "活动类型为空"),
        (("读书会", "2026-3-2", "主题"), "没有“读书会”这种活动，可以新建"),
        (("每周一学", "2026-3-2", "", "", 40, 39, 2), "应到 40 人少于实到 39 人加请假 2 人"),
        (("每周一学", "2026-3-2", "", "", "若干", "", ""), "“若干”不是人数"),
        (("每周一学", "2026-3-2 10:00-8:30", "主题"), "结束时间不晚于开始时间"),
    ],
)
def test_wrong_rows_say_why(office: SqlOffice, row: tuple[Cell, ...], reason: str) -> None:
    good = ("每周一学", "2026-3-9 8:30-10:00", "另一场")
    seen = bring_in(office, HEAD, row, good)
    assert states(seen) == ["wrong", "new"]
    assert reason in "；".join(row_at(seen, 2).errors)
    assert [s.theme for s in sessions_of(office)] == ["另一场"]


def test_day_and_hours_may_stand_apart(office: SqlOffice) -> None:
    head = ("活动类型", "日期", "时间", "主题", "时长")
    seen = bring_in(
        office,
        head,
        ("每周一学", "2026.3.2", "8:30-10:00", "甲", ""),
        ("每周一学", "2026.3.9", "下午3点", "乙", "1.5小时"),
        ("每周一学", "2026.3.16", "", "丙", ""),
    )
    times = [(s.day.day, s.start, s.end) for s in sessions_of(office)]
    assert times == [
        (2, time(8, 30), time(10)),
        (9, time(15), time(16, 30)),
        (16, time(8, 30), time(10)),
    ]
    assert row_at(seen, 4).notes == ("没有写开始时间，按 08:30 记", "没有写时长，按 90 分钟记")


def test_several_kinds_in_one_cell_are_one_session(office: SqlOffice) -> None:
    bring_in(
        office,
        HEAD,
        ("每周一学/主题党日", "2026-3-2 8:30-10:00", "参观"),
        ("业务比武/岗位练兵", "2026-3-3 8:30-10:00", "比武"),
        ("支部党员大会、党课；警示教育", "2026-3-4 8:30-10:00", "会"),
    )
    assert [kinds_of(office, s) for s in sessions_of(office)] == [
        ["每周一学", "主题党日"],
        ["业务比武/岗位练兵"],
        ["支部党员大会", "党课", "警示教育"],
    ]


def test_an_unknown_kind_is_mapped_or_made_by_the_user(office: SqlOffice) -> None:
    row = ("读书会", "2026-3-2 8:30-10:00", "好书")
    seen = look(office, HEAD, row)
    assert [(u.field, u.name) for u in seen.unknown] == [("kind", "读书会")]
    mapped = ImportOptions(choices={("kind", "读书会"): "每周一学"})
    made = ImportOptions(choices={("kind", "读书会"): CREATE})
    assert states(look(office, HEAD, row, options=mapped)) == ["new"]
    bring_in(office, HEAD, row, options=made)
    (session,) = sessions_of(office)
    assert kinds_of(office, session) == ["读书会"]
    assert states(look(office, HEAD, row)) == ["same"]


def test_the_title_serves_where_there_is_no_kind(office: SqlOffice) -> None:
    seen = bring_in(office, ("会议名称", "会议时间"), ("第3期每周一学", "2026-3-2 8:30-10:00"))
    assert row_at(seen, 2).notes == ("活动类型按名称读作“每周一学”",)
    (session,) = sessions_of(office)
    assert (session.theme, kinds_of(office, session)) == ("第3期每周一学", ["每周一学"])


def test_the_same_session_is_changed_not_doubled(office: SqlOffice) -> None:
    bring_in(office, HEAD, ("每周一学", "2026-3-2 8:30-10:00", "旧", "礼堂", 48, 45, 3))
    seen = bring_in(
        office,
        HEAD,
        ("每周一学", "2026-3-2 8:30-10:30", "新", "", 48, 44, 4),
        ("每周一学", "2026-3-2 8:30", "又一行", "", "", "", ""),
    )
    assert row_at(seen, 2).changes == (
        "主题：旧→新",
        "实到人数：45→44",
        "请假人数：3→4",
        "结束时间：10:00→10:30",
    )
    assert row_at(seen, 3).errors == ("与第 2 行是同一场“每周一学”，以第 2 行为准",)
    (session,) = sessions_of(office)
    assert (session.theme, session.venue) == ("新", "礼堂")


def test_a_planned_session_becomes_held_even_if_it_was_moved(office: SqlOffice) -> None:
    plan(office, 1, date(2026, 3, 2))
    plan(office, 1, date(2026, 3, 9))
    head = ("活动类型", "计划时间", "实际时间", "主题")
    rows = (
        head,
        ("每周一学", "2026-3-2", "2026-3-2", "甲"),
        ("每周一学", "2026-3-9", "2026-3-11 15:00-16:30", "乙"),
    )
    seen = bring_in(office, *rows)
    assert states(seen) == ["changed", "changed"]
    assert "状态：计划→已开展" in row_at(seen, 2).changes
    assert "日期：2026-03-09→2026-03-11" in row_at(seen, 3).changes
    first, second = sessions_of(office)
    assert (first.status, first.moved_from, first.theme) == (SessionStatus.HELD, None, "甲")
    assert (second.day, second.moved_from) == (date(2026, 3, 11), date(2026, 3, 9))
    assert states(look(office, *rows)) == ["same", "same"]


def test_a_new_session_keeps_its_planned_day(office: SqlOffice) -> None:
    bring_in(
        office,
        ("活动类型", "计划时间", "实际时间", "主题"),
        ("每周一学", "2026-3-9", "2026-3-11 15:00-16:30", "乙"),
    )
    (session,) = sessions_of(office)
    assert session.moved_from == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": SessionStatus.CANCELLED}, "这一场已经取消"),
        ({"status": SessionStatus.HELD, "archived": True}, "这一场已经归档"),
    ],
)
def test_closed_sessions_are_not_touched(
    office: SqlOffice, fields: dict[str, object], reason: str
) -> None:
    session = plan(office, 1, date(2026, 3, 2), **fields)
    seen = bring_in(office, HEAD, ("每周一学", "2026-3-2 8:30", "新主题"))
    assert reason in row_at(seen, 2).errors[0]
    assert sessions_of(office) == [session]


def test_totals_never_stand_beside_personal_marks(office: SqlOffice) -> None:
    add_people(office)
    session = plan(office, 1, date(2026, 3, 2), status=SessionStatus.HELD)
    with office.unit() as unit:
        unit.put(Attendance(session.id, 1, 1, (1,), Mark.PRESENT))
        unit.commit("签到")
    row = ("每周一学", "2026-3-2 8:30", "", "", 48, 45, 3)
    seen = look(office, HEAD, row)
    assert states(seen) == ["same"]
    assert row_at(seen, 2).notes == ("这一场有逐人签到，人数以签到为准",)


def test_speakers_become_talks(office: SqlOffice) -> None:
    add_people(office)
    head = ("活动类型", "实际时间", "主题", "主讲人")
    rows = (
        head,
        ("每周一讲", "2026-10-14 8:30-9:30", "发展党员", "石小满"),
        ("每周一讲", "2026-10-21 8:30-9:30", "公务员法", "梁守正、省里专家"),
    )
    seen = bring_in(office, *rows)
    assert row_at(seen, 3).notes == ("“省里专家”不在名单里，记作外请",)
    with office.view() as unit:
        talks = unit.all(Talk)
        places = [s.talk_places for s in unit.all(StudySession)]
        assert unit.all(Membership)
        assert unit.all(MentorPair)
    assert [(t.session_id, t.place, t.speaker_id, t.guest) for t in talks] == [
        (1, 1, 2, ""),
        (2, 1, 1, ""),
        (2, 2, None, "省里专家"),
    ]
    assert (talks[0].title, talks[0].mentor_id, talks[0].group_id) == ("发展党员", 1, 1)
    assert places == [1, 2]
    assert states(look(office, *rows)) == ["same", "same"]
    spoke = bring_in(office, head, ("每周一讲", "2026-10-14 8:30", "", "梁守正"))
    assert row_at(spoke, 2).changes == ("主讲人：石小满→梁守正",)
    with office.view() as unit:
        talk = unit.all(Talk)[0]
    assert (talk.speaker_id, talk.planned_id) == (1, 2)


def test_nobody_speaks_before_joining(office: SqlOffice) -> None:
    add_people(office)
    seen = look(
        office,
        ("活动类型", "实际时间", "主讲人"),
        ("每周一讲", "2026-8-31 8:30-9:30", "石小满"),
    )
    assert row_at(seen, 2).errors == ("2026-08-31 那天石小满不在名单上（入部日期 2026-09-01）",)


def test_an_import_of_sessions_is_undone_as_one(office: SqlOffice) -> None:
    add_people(office)
    bring_in(
        office,
        ("活动类型", "实际时间", "主讲人"),
        ("每周一讲", "2026-10-14 8:30-9:30", "石小满"),
        ("每周一学、主题党日", "2026-10-15 8:30-9:30", ""),
    )
    with office.view() as unit:
        operation = unit.operations(limit=1)[0]
    assert operation.label == "导入以往场次“名单.xlsx”：新增 2 行"
    with office.unit() as unit:
        unit.revert(operation.id, "撤销")
    assert sessions_of(office) == []
