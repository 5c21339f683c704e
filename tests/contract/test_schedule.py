"""Series through the store: previewed, made, undone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bulletin_study.domain.calendar import HolidayDay
from bulletin_study.domain.clashes import ClashKind
from bulletin_study.domain.errors import BadRecurrence, BadValue, Clash, Missing, NotFound, Refusal
from bulletin_study.domain.sessions import (
    HolidayPolicy,
    Series,
    SessionKindLink,
    SessionStatus,
    StudyPlanItem,
    StudySession,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.closing import hold
from bulletin_study.usecases.holidays import (
    holiday_rows,
    load_calendar,
    put_holidays,
    remove_holidays,
)
from bulletin_study.usecases.schedule import NewSeries, apply_series, preview_series
from bulletin_study.usecases.session_list import list_sessions
from tests.contract.schedule_office import (
    CHOIR,
    MEETING,
    REVIEW,
    STUDY,
    TALK,
    WEEKLY,
    draft,
    everything,
    furnish,
    plan,
    plan_series,
    stored,
)


@pytest.fixture(autouse=True)
def _people(office: SqlOffice) -> None:
    furnish(office)


def test_a_preview_saves_nothing(office: SqlOffice) -> None:
    with office.view() as unit:
        preview = preview_series(unit, WEEKLY)
    assert len(preview.made) == 22
    assert preview.clashes == ()
    assert preview.unknown_years == ()
    assert preview.same_day == ()
    assert everything(office) == []


def test_the_published_case_gives_21_by_months(office: SqlOffice) -> None:
    ids = plan_series(office)
    with office.unit() as unit:
        hold(unit, ids[:21])
    with office.view() as unit:
        rows = list_sessions(unit, date(2022, 1, 1), date(2022, 12, 18), STUDY)
    held = [row.session for row in rows if row.session.status is SessionStatus.HELD]
    assert len(held) == 21
    assert Counter(s.day.month for s in held) == {7: 1, 8: 5, 9: 4, 10: 5, 11: 4, 12: 2}
    assert [rows[-1].ordinal_by_kind["每周一学"].number for _ in held][-1] == 21
    moved = {s.moved_from: s.day for s in held if s.moved_from}
    assert moved == {
        date(2022, 9, 12): date(2022, 9, 13),
        date(2022, 10, 3): date(2022, 10, 8),
    }


def test_sessions_are_made_as_asked_and_undone_as_one(office: SqlOffice) -> None:
    with office.unit() as unit:
        committed, ids = apply_series(unit, WEEKLY, override_clashes=False)
    assert committed.label == "批量安排 每周一学 22 场（2022-07-25 至 2022-12-19）"
    assert committed.entities == {Series, StudySession, SessionKindLink}
    shifted = next(s for s in everything(office) if s.occurrence == date(2022, 10, 3))
    assert (shifted.day, shifted.moved_from) == (date(2022, 10, 8), date(2022, 10, 3))
    assert shifted.status is SessionStatus.MOVED
    first = stored(office, ids[0])
    assert (first.start, first.end, first.venue) == (time(8, 30), time(10), "三楼会议室")
    assert first.status is SessionStatus.PLANNED
    assert first.talk_places == 0
    assert committed.operation_id is not None
    with office.unit() as unit:
        unit.revert(committed.operation_id, "撤销")
    assert everything(office) == []


def test_a_series_of_talks_has_places_and_may_be_held_as_two_kinds(office: SqlOffice) -> None:
    ids = plan_series(office, replace(WEEKLY, kind_ids=(TALK, STUDY, TALK), talk_places=2))
    assert stored(office, ids[0]).talk_places == 2
    with office.view() as unit:
        row = list_sessions(unit, date(2022, 7, 25), date(2022, 7, 25))[0]
    assert row.kind_names == ("每周一学", "每周一讲")
    assert {name: ordinal.number for name, ordinal in row.ordinal_by_kind.items()} == {
        "每周一学": 1,
        "每周一讲": 1,
    }


def test_a_year_beyond_the_library_is_named_until_the_office_completes_it(
    office: SqlOffice,
) -> None:
    beyond = replace(WEEKLY, start=datetime(2031, 9, 22, 8, 30), until=date(2031, 10, 6))
    with office.view() as unit:
        assert preview_series(unit, beyond).unknown_years == (2031,)
    own = [
        HolidayDay(date(2031, 1, 1), False, "元旦"),
        *(HolidayDay(date(2031, 10, day), False, "国庆节") for day in range(1, 8)),
    ]
    with office.unit() as unit:
        committed = put_holidays(unit, own)
    assert committed.label == "登记节假日：2031-01-01 元旦放假等 8 天"
    with office.view() as unit:
        preview = preview_series(unit, beyond)
        assert [row.name for row in holiday_rows(unit, 2031)][:2] == ["元旦", "国庆节"]
    assert preview.unknown_years == ()
    assert preview.occurrences[-1].day == date(2031, 10, 8)


def test_own_days_overrule_the_library_and_can_be_taken_back(office: SqlOffice) -> None:
    closed = HolidayDay(date(2022, 10, 8), False, "停电")
    with office.unit() as unit:
        put_holidays(unit, [closed])
    with office.view() as unit:
        assert not load_calendar(unit, [2022]).is_workday(date(2022, 10, 8))
        rows = {row.day: row for row in holiday_rows(unit, 2022)}
        assert (rows[closed.day].own, rows[date(2022, 10, 9)].own) == (True, False)
    with office.unit() as unit:
        assert remove_holidays(unit, [closed]).label == "删除登记的节假日：2022-10-08 停电放假"
    with office.view() as unit:
        assert load_calendar(unit, [2022]).is_workday(date(2022, 10, 8))


def test_two_on_one_day_are_made_and_reported(office: SqlOffice) -> None:
    twice = replace(
        WEEKLY,
        rrule="FREQ=WEEKLY;BYDAY=MO,TU",
        start=datetime(2022, 9, 12, 8, 30),
        until=date(2022, 9, 13),
    )
    with office.view() as unit:
        preview = preview_series(unit, twice)
    assert preview.same_day == (date(2022, 9, 13),)
    assert {note.kind for note in preview.clashes} == {ClashKind.VENUE, ClashKind.PEOPLE}
    assert len(plan_series(office, twice)) == 2
    assert [s.day for s in everything(office)] == [date(2022, 9, 13)] * 2


def test_a_clash_stops_a_series_until_it_is_overridden(office: SqlOffice) -> None:
    plan(office, draft(date(2022, 8, 1), "09:30", "11:00", venue="三楼会议室"), CHOIR)
    with office.unit() as unit, pytest.raises(Clash) as refused:
        apply_series(unit, WEEKLY, override_clashes=False)
    assert refused.value.reasons == (
        "08-01 08:30—10:00“每周一学”与09:30—11:00“志愿服务”时间重叠，都在“三楼会议室”",
        "08-01 08:30—10:00“每周一学”与09:30—11:00“志愿服务”时间重叠，"
        "是同一批人 4 人（秦维新、王立言、周敏之等）",
    )
    assert len(everything(office)) == 1
    assert len(plan_series(office)) == 22


def test_a_meeting_of_others_at_that_time_is_no_clash(office: SqlOffice) -> None:
    only_members = draft(date(2022, 8, 1), "08:30", "10:00", venue="二楼")
    plan(office, only_members, MEETING)
    with office.view() as unit:
        reviews = replace(WEEKLY, kind_ids=(REVIEW,), venue="")
        assert [n.who for n in preview_series(unit, reviews).clashes] == [(1,)]
        later = replace(WEEKLY, start=datetime(2022, 7, 25, 10, 0))
        assert preview_series(unit, later).clashes == ()


def test_planned_themes_become_the_sessions_themes(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(
            StudyPlanItem(1, STUDY, "条例第一章", day=date(2022, 8, 1), lead_id=2),
            StudyPlanItem(2, STUDY, "国庆前后", day=date(2022, 10, 3)),
            StudyPlanItem(3, STUDY, "中秋那周", week=date(2022, 9, 12)),
            StudyPlanItem(4, TALK, "讲课", day=date(2022, 8, 1)),
        )
        unit.commit("导入学习计划")
    plan_series(office)
    themes = {s.day: s.theme for s in everything(office) if s.theme}
    assert themes == {
        date(2022, 8, 1): "条例第一章",
        date(2022, 9, 13): "中秋那周",
        date(2022, 10, 8): "国庆前后",
    }
    with office.view() as unit:
        assert [item.session_id is None for item in unit.all(StudyPlanItem)] == [
            False,
            False,
            False,
            True,
        ]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (replace(WEEKLY, rrule="每周"), BadRecurrence),
        (replace(WEEKLY, kind_ids=()), Missing),
        (replace(WEEKLY, kind_ids=(STUDY, 999)), NotFound),
        (replace(WEEKLY, minutes=1000), BadValue),
        (replace(WEEKLY, talk_places=-1), BadValue),
        (replace(WEEKLY, until=date(9999, 12, 31)), BadValue),
        (replace(WEEKLY, start=datetime(22, 7, 25, 8, 30)), BadValue),
        (
            replace(
                WEEKLY,
                start=datetime(2022, 10, 3, 9),
                until=date(2022, 10, 3),
                holiday=HolidayPolicy.SKIP,
            ),
            BadRecurrence,
        ),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_saved(
    office: SqlOffice, wrong: NewSeries, refusal: type[Refusal]
) -> None:
    with office.unit() as unit, pytest.raises(refusal):
        apply_series(unit, wrong, override_clashes=True)
    assert everything(office) == []
