"""The study plan: themes find their sessions and follow them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bulletin_study.domain.errors import BadValue, Missing, NotFound, Stale
from bulletin_study.domain.sessions import Form, SessionStatus, StudyPlanItem
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.closing import archive, hold
from bulletin_study.usecases.importing import ImportKind, ImportPreview, apply_import
from bulletin_study.usecases.sessions import cancel_session, new_session
from bulletin_study.usecases.study_plan import (
    add_plan_item,
    edit_plan_item,
    list_plan,
    match_plan,
    remove_plan_item,
)
from tests.contract.schedule_office import STUDY, TALK, draft, furnish, plan, stored

MONDAY = date(2026, 11, 16)
THURSDAY = date(2026, 11, 19)
NEXT = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _people(office: SqlOffice) -> None:
    furnish(office)


def item(theme: str = "条例", **fields: object) -> StudyPlanItem:
    return replace(StudyPlanItem(0, STUDY, theme), **fields)  # type: ignore[arg-type]


def add(office: SqlOffice, wanted: StudyPlanItem) -> int:
    with office.unit() as unit:
        return add_plan_item(unit, wanted)[1]


def get(office: SqlOffice, item_id: int) -> StudyPlanItem:
    with office.view() as unit:
        found = unit.get(StudyPlanItem, item_id)
    assert found is not None
    return found


def edit(office: SqlOffice, item_id: int, **fields: object) -> None:
    shown = get(office, item_id)
    with office.unit() as unit:
        edit_plan_item(unit, shown, replace(shown, **fields))  # type: ignore[arg-type]


def test_a_theme_fills_what_its_session_leaves_open(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY, venue="三楼"))
    planned = item(" 条例 ", day=MONDAY, form=Form.COLLECTIVE, lead_id=2, venue="二楼")
    with office.unit() as unit:
        committed, item_id = add_plan_item(unit, planned)
    assert committed.label == "新增学习计划：条例"
    assert get(office, item_id).session_id == one
    session = stored(office, one)
    assert (session.theme, session.form, session.lead_id, session.venue) == (
        "条例",
        Form.COLLECTIVE,
        2,
        "三楼",
    )


def test_what_a_session_says_already_stays(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY, theme="自定", lead_name="党校老师"))
    item_id = add(office, item(day=MONDAY, lead_id=2))
    session = stored(office, one)
    assert (session.theme, session.lead_id, session.lead_name) == ("自定", None, "党校老师")
    assert get(office, item_id).session_id == one


def test_a_new_session_finds_its_theme(office: SqlOffice) -> None:
    item_id = add(office, item(week=THURSDAY))
    assert get(office, item_id).week == MONDAY
    with office.unit() as unit:
        one = new_session(unit, draft(THURSDAY), [STUDY])[1]
    assert stored(office, one).theme == "条例"


def test_exact_dates_choose_first_and_weeks_take_the_rest_in_order(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(
            StudyPlanItem(1, STUDY, "本周甲", week=MONDAY),
            StudyPlanItem(2, STUDY, "本周乙", week=MONDAY),
            StudyPlanItem(3, STUDY, "周一", day=MONDAY),
            StudyPlanItem(4, TALK, "讲课", week=MONDAY),
            StudyPlanItem(5, STUDY, "下周", week=NEXT),
        )
        unit.commit("导入学习计划")
    monday, thursday = plan(office, draft(MONDAY)), plan(office, draft(THURSDAY))
    assert (stored(office, monday).theme, stored(office, thursday).theme) == ("周一", "本周甲")
    with office.unit() as unit:
        committed, found = match_plan(unit)
    assert (found, committed.operation_id) == (0, None)
    friday = plan(office, draft(date(2026, 11, 20)), STUDY, TALK)
    assert stored(office, friday).theme in ("本周乙", "讲课")
    assert [get(office, n).session_id for n in range(1, 6)] == [
        thursday,
        friday,
        monday,
        friday,
        None,
    ]


def test_cancelled_and_archived_sessions_are_left_alone(office: SqlOffice) -> None:
    gone, done = plan(office, draft(MONDAY)), plan(office, draft(NEXT))
    with office.unit() as unit:
        cancel_session(unit, gone, "停电")
    with office.unit() as unit:
        hold(unit, [done])
    with office.unit() as unit:
        archive(unit, done, anyway=True, why="补录")
    items = [add(office, item(day=day)) for day in (MONDAY, NEXT)]
    assert [get(office, n).session_id for n in items] == [None, None]
    assert stored(office, done).theme == ""
    assert stored(office, gone).status is SessionStatus.CANCELLED


def test_an_edited_theme_changes_its_session_where_it_still_agrees(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    item_id = add(office, item(day=MONDAY, lead_id=2))
    edit(office, item_id, theme="准则", lead_id=3, form=Form.LEADER_LED)
    session = stored(office, one)
    assert (session.theme, session.lead_id, session.form) == ("准则", 3, Form.LEADER_LED)
    with office.unit() as unit:
        unit.put(replace(session, theme="自定"))
        unit.commit("改主题")
    edit(office, item_id, theme="党章")
    assert stored(office, one).theme == "自定"


def test_another_date_looks_for_another_session(office: SqlOffice) -> None:
    plan(office, draft(MONDAY))
    two = plan(office, draft(NEXT))
    item_id = add(office, item(day=MONDAY))
    edit(office, item_id, day=NEXT)
    assert get(office, item_id).session_id == two
    edit(office, item_id, day=date(2026, 12, 30))
    assert get(office, item_id).session_id is None


def test_removing_leaves_the_session_as_it_is(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    item_id = add(office, item(day=MONDAY))
    shown = get(office, item_id)
    with office.unit() as unit:
        assert remove_plan_item(unit, shown).label == "删除学习计划：条例"
    assert stored(office, one).theme == "条例"


def test_an_imported_plan_finds_its_sessions_in_the_same_operation(office: SqlOffice) -> None:
    one, two = plan(office, draft(MONDAY)), plan(office, draft(NEXT))
    item_id = add(office, item(day=MONDAY))
    changed = replace(get(office, item_id), theme="准则")
    with office.unit() as unit:
        committed = apply_import(unit, preview_of(changed, item("党章", id=-1, day=NEXT)))
    assert (stored(office, one).theme, stored(office, two).theme) == ("准则", "党章")
    assert committed.operation_id is not None
    with office.unit() as unit:
        unit.revert(committed.operation_id, "撤销")
    assert (stored(office, one).theme, stored(office, two).theme) == ("条例", "")


def preview_of(*items: StudyPlanItem) -> ImportPreview:
    return ImportPreview(
        ImportKind.PLAN,
        "学习计划.xlsx",
        "",
        (),
        1,
        (),
        (),
        (),
        1,
        1,
        0,
        0,
        "导入学习计划",
        puts=items,
    )


def test_the_list_is_by_date_with_sessions_and_names(office: SqlOffice) -> None:
    one = plan(office, draft(MONDAY))
    add(office, item("下周", week=NEXT, lead_name="党校老师"))
    add(office, item("周一", day=MONDAY, lead_id=2))
    add(office, item("以前", day=date(2026, 10, 1)))
    add(office, item("讲课", day=MONDAY, kind_id=TALK))
    with office.view() as unit:
        listed = list_plan(unit, date(2026, 11, 1), date(2026, 11, 30), STUDY)
        whole = list_plan(unit, date(2026, 11, 1), date(2026, 11, 30))
    assert [(row.item.theme, row.lead, row.session and row.session.id) for row in listed] == [
        ("周一", "王立言", one),
        ("下周", "党校老师", None),
    ]
    assert [row.kind.name for row in whole] == ["每周一学", "每周一讲", "每周一学"]


def test_what_cannot_be_planned_is_refused(office: SqlOffice) -> None:
    item_id = add(office, item(day=MONDAY))
    shown = get(office, item_id)
    edit(office, item_id, theme="准则")
    with office.unit() as unit:
        with pytest.raises(Missing):
            add_plan_item(unit, item("  ", day=MONDAY))
        with pytest.raises(Missing):
            add_plan_item(unit, item())
        with pytest.raises(BadValue):
            add_plan_item(unit, item(day=date(1, 1, 8)))
        with pytest.raises(NotFound):
            add_plan_item(unit, item(day=MONDAY, kind_id=999))
        with pytest.raises(NotFound):
            add_plan_item(unit, item(day=MONDAY, lead_id=999))
        with pytest.raises(Stale):
            edit_plan_item(unit, shown, replace(shown, theme="党章"))
        with pytest.raises(Stale):
            remove_plan_item(unit, shown)
