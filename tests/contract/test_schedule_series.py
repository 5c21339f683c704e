"""Editing a series: shown first, then saved; what took place is never touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_study.domain.errors import BadRecurrence, Clash, NotFound, WrongStatus
from bulletin_study.domain.sessions import (
    HolidayPolicy,
    Series,
    SessionKindLink,
    SessionStatus,
    StudyPlanItem,
    Talk,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.closing import archive, hold
from bulletin_study.usecases.schedule import NewSeries
from bulletin_study.usecases.series_diff import SeriesEditPreview, SeriesScope
from bulletin_study.usecases.series_edit import (
    apply_series_edit,
    preview_series_edit,
    series_of,
)
from bulletin_study.usecases.sessions import cancel_session, delete_session, move_session
from tests.contract.schedule_office import (
    MEETING,
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
from tests.helpers import make_office

ONE, FOLLOWING, ALL = SeriesScope.ONE, SeriesScope.FOLLOWING, SeriesScope.ALL
HELD = SessionStatus.HELD
SHORT = replace(WEEKLY, until=date(2022, 9, 5))
"""Mondays from 07-25 to 09-05: seven sessions, no holiday."""


@pytest.fixture(autouse=True)
def _people(office: SqlOffice) -> None:
    furnish(office)


def look(
    office: SqlOffice, session_id: int, scope: SeriesScope, **fields: object
) -> SeriesEditPreview:
    with office.view() as unit:
        wanted: NewSeries = replace(series_of(unit, session_id), **fields)  # type: ignore[arg-type]
        return preview_series_edit(unit, session_id, scope, wanted)


def edit(
    office: SqlOffice,
    session_id: int,
    scope: SeriesScope,
    override: bool = False,
    **fields: object,
) -> str:
    with office.unit() as unit:
        wanted: NewSeries = replace(series_of(unit, session_id), **fields)  # type: ignore[arg-type]
        return apply_series_edit(unit, session_id, scope, wanted, override_clashes=override).label


def days(office: SqlOffice) -> list[str]:
    return [f"{s.day:%m-%d}" for s in everything(office)]


def all_series(office: SqlOffice) -> list[Series]:
    with office.view() as unit:
        return unit.all(Series)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2022, 7, 25, hour, minute)


def test_a_preview_saves_nothing(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    before = everything(office), all_series(office)
    preview = look(office, ids[0], ALL, start=at(14), minutes=60, venue="二楼")
    assert len(preview.changed) == 7
    assert {(d.after.start, d.after.end, d.after.venue) for d in preview.changed} == {
        (time(14), time(15), "二楼")
    }
    assert (everything(office), all_series(office)) == before
    assert look(office, ids[0], ALL).empty


def test_one_session_goes_its_own_way(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    label = edit(office, ids[2], ONE, start=at(14), venue="二楼", kind_ids=(STUDY, TALK))
    assert label == "修改系列中的一场：2022-08-08 每周一学、每周一讲"
    changed = stored(office, ids[2])
    assert (changed.start, changed.end, changed.venue) == (time(14), time(15, 30), "二楼")
    assert (changed.excepted, changed.day, changed.talk_places) == (True, date(2022, 8, 8), 1)
    assert [stored(office, i).start for i in ids if i != ids[2]] == [time(8, 30)] * 6
    (series,) = all_series(office)
    assert (series.start, series.venue) == (at(8, 30), "三楼会议室")


def test_all_of_a_series(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    label = edit(office, ids[3], ALL, start=at(14), kind_ids=(TALK,))
    assert label == "修改系列 每周一讲（全部）：改 7 场"
    assert {s.start for s in everything(office)} == {time(14)}
    assert {s.talk_places for s in everything(office)} == {1}
    with office.view() as unit:
        assert {link.kind_id for link in unit.all(SessionKindLink)} == {TALK}
    assert [s.id for s in everything(office)] == list(ids)


def test_this_and_the_following_begin_a_series_of_their_own(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    label = edit(office, ids[3], FOLLOWING, start=at(14))
    assert label == "修改系列 每周一学（2022-08-15 起）：改 4 场"
    assert [s.start.hour for s in everything(office)] == [8, 8, 8, 14, 14, 14, 14]
    old, new = all_series(office)
    assert (old.until, old.start) == (date(2022, 8, 14), at(8, 30))
    assert (new.start, new.until) == (datetime(2022, 8, 15, 14), date(2022, 9, 5))
    assert [stored(office, i).series_id for i in ids] == [old.id] * 3 + [new.id] * 4
    edit(office, ids[0], ALL, venue="二楼")
    assert [s.venue for s in everything(office)] == ["二楼"] * 3 + ["三楼会议室"] * 4


def test_from_the_first_session_on_is_all_of_it(office: SqlOffice) -> None:
    ids = plan_series(office, replace(SHORT, start=datetime(2022, 7, 22, 8, 30)))
    edit(office, ids[0], FOLLOWING, minutes=60)
    (series,) = all_series(office)
    assert series.minutes == 60
    assert {s.series_id for s in everything(office)} == {series.id}


def test_a_counted_rule_goes_on_counting_after_the_split(office: SqlOffice) -> None:
    ids = plan_series(office, replace(SHORT, rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=5"))
    assert look(office, ids[3], FOLLOWING).empty
    edit(office, ids[3], FOLLOWING, minutes=60)
    assert days(office) == ["07-25", "08-01", "08-08", "08-15", "08-22"]
    assert all_series(office)[1].rrule == "FREQ=WEEKLY;BYDAY=MO;COUNT=2"


def test_what_took_place_was_cancelled_or_edited_alone_is_kept_and_named(
    office: SqlOffice,
) -> None:
    ids = plan_series(office, SHORT)
    with office.unit() as unit:
        hold(unit, ids[:2])
    with office.unit() as unit:
        archive(unit, ids[0], anyway=True, why="补录")
    with office.unit() as unit:
        cancel_session(unit, ids[2], "停电")
    with office.unit() as unit:
        move_session(unit, ids[3], date(2022, 8, 16))
    before = {i: stored(office, i) for i in ids[:4]}
    preview = look(office, ids[4], ALL, rrule="FREQ=WEEKLY;BYDAY=TU", start=at(14))
    assert [(k.session.id, k.why) for k in preview.kept] == [
        (ids[0], "已经归档"),
        (ids[1], "已经开展"),
        (ids[2], "已经取消"),
        (ids[3], "单独改过"),
    ]
    assert [d.before.id for d in preview.changed] == list(ids[4:6])
    assert preview.added == ()
    # The Tuesday of the last week lies beyond the end of the series.
    assert [s.id for s in preview.removed] == [ids[6]]
    edit(office, ids[4], ALL, rrule="FREQ=WEEKLY;BYDAY=TU", start=at(14))
    assert {i: stored(office, i) for i in ids[:4]} == before
    assert days(office)[4:] == ["08-23", "08-30"]


def test_another_weekday_keeps_the_sessions_with_what_they_say(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    with office.unit() as unit:
        unit.put(StudyPlanItem(1, STUDY, "条例", day=date(2022, 8, 1)))
        unit.commit("准备")
    edit(office, ids[0], ALL, rrule="FREQ=WEEKLY;BYDAY=WE")
    assert [s.id for s in everything(office)] == list(ids[:6])
    assert days(office) == ["07-27", "08-03", "08-10", "08-17", "08-24", "08-31"]
    moved = stored(office, ids[1])
    assert (moved.status, moved.theme) == (SessionStatus.PLANNED, "")
    assert moved.occurrence == date(2022, 8, 3)


def test_a_theme_goes_along_with_its_session(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(StudyPlanItem(1, STUDY, "条例", day=date(2022, 8, 1)))
        unit.commit("准备")
    ids = plan_series(office, SHORT)
    edit(office, ids[0], ALL, rrule="FREQ=WEEKLY;BYDAY=WE")
    assert stored(office, ids[1]).theme == "条例"
    with office.view() as unit:
        (item,) = unit.all(StudyPlanItem)
    assert (item.day, item.session_id) == (date(2022, 8, 1), ids[1])


def test_a_longer_and_a_shorter_series(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    assert edit(office, ids[0], ALL, until=date(2022, 9, 19)) == (
        "修改系列 每周一学（全部）：增 2 场"
    )
    assert days(office)[-2:] == ["09-13", "09-19"]
    with office.unit() as unit:
        unit.put(Talk(1, ids[6], 1, speaker_id=2))
        unit.commit("排讲课人")
    preview = look(office, ids[0], ALL, until=date(2022, 8, 1))
    assert [(k.session.id, k.why) for k in preview.kept] == [(ids[6], "已有讲课安排")]
    edit(office, ids[0], ALL, until=date(2022, 8, 1))
    assert days(office) == ["07-25", "08-01", "09-05"]


def test_what_was_deleted_stays_deleted(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    with office.unit() as unit:
        delete_session(unit, ids[3])
    assert look(office, ids[0], ALL).empty
    edit(office, ids[0], ALL, minutes=60)
    assert "08-15" not in days(office)


def test_another_holiday_policy(office: SqlOffice) -> None:
    ids = plan_series(office, WEEKLY)
    edit(office, ids[0], ALL, holiday=HolidayPolicy.SKIP)
    assert len(everything(office)) == 20
    preview = look(office, ids[0], ALL, holiday=HolidayPolicy.PREVIOUS)
    assert [(s.day, s.moved_from) for s in preview.added] == [
        (date(2022, 9, 9), date(2022, 9, 12)),
        (date(2022, 9, 30), date(2022, 10, 3)),
    ]
    edit(office, ids[0], ALL, holiday=HolidayPolicy.KEEP)
    assert {"09-12", "10-03"} <= set(days(office))


def test_an_edit_that_clashes_waits_for_a_word(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    plan(office, draft(date(2022, 8, 1), "14:00", "15:00"), MEETING)
    with pytest.raises(Clash):
        edit(office, ids[0], ALL, start=at(14))
    edit(office, ids[0], ALL, override=True, start=at(14))
    assert stored(office, ids[1]).start == time(14)


def test_edits_that_cannot_be(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    alone = plan(office, draft(date(2026, 11, 16)))
    with office.unit() as unit:
        hold(unit, [ids[0]])
    with pytest.raises(NotFound):
        look(office, alone, ALL)
    with pytest.raises(BadRecurrence):
        look(office, ids[1], ALL, rrule="每周")
    with pytest.raises(WrongStatus):
        look(office, ids[0], ONE, minutes=60)


def test_an_edit_of_a_series_is_undone_as_one(office: SqlOffice) -> None:
    ids = plan_series(office, SHORT)
    before = everything(office), all_series(office)
    with office.unit() as unit:
        wanted = replace(series_of(unit, ids[3]), rrule="FREQ=WEEKLY;BYDAY=TU,TH", minutes=60)
        committed = apply_series_edit(unit, ids[3], FOLLOWING, wanted)
    assert len(everything(office)) == 9
    assert committed.operation_id is not None
    with office.unit() as unit:
        unit.revert(committed.operation_id, "撤销")
    assert (everything(office), all_series(office)) == before


RULES = st.sampled_from(
    [
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=MONTHLY;BYDAY=1MO",
    ]
)


@settings(max_examples=25)
@given(
    rule=RULES,
    weeks=st.integers(5, 15),
    scope=st.sampled_from([FOLLOWING, ALL]),
    at_session=st.integers(0, 7),
    held=st.sets(st.integers(0, 7)),
)
def test_after_any_edit_the_series_is_what_its_rule_says(
    rule: str, weeks: int, scope: SeriesScope, at_session: int, held: set[int]
) -> None:
    with TemporaryDirectory() as folder:
        office = make_office(Path(folder) / "store.sqlite3")
        try:
            _edited_and_looked_at(office, rule, weeks, scope, at_session, held)
        finally:
            office.close()


def _edited_and_looked_at(
    office: SqlOffice, rule: str, weeks: int, scope: SeriesScope, at_session: int, held: set[int]
) -> None:
    start = datetime(2023, 2, 6, 9)
    ids = plan_series(office, replace(WEEKLY, start=start, until=date(2023, 3, 27)))
    before = {ids[n]: replace(stored(office, ids[n]), status=HELD) for n in held}
    with office.unit() as unit:
        unit.put(*before.values())
        unit.commit("开展")
    chosen = ids[at_session]
    # Five weeks and more are left, so that every rule has a date.
    until = stored(office, chosen).day + timedelta(weeks=weeks)
    preview = look(office, chosen, scope, rrule=rule, until=until, start=start)
    edit(office, chosen, scope, rrule=rule, until=until, start=start, override=True)
    after = {session.id: session for session in everything(office)}
    # Held ones say what they said; only the series they are filed under may be the new one.
    kept = {i: replace(after[i], series_id=session.series_id) for i, session in before.items()}
    assert kept == before
    assert {session.id for session in preview.removed}.isdisjoint(after)
    assert len(after) == len(ids) + len(preview.added) - len(preview.removed)
    if chosen in after:
        assert look(office, chosen, ALL).empty
