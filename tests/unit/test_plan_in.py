"""Study plans: days and weeks in all the ways they are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.kinds import BUILT_IN_KINDS
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import Form, SessionKind, StudyPlanItem
from bulletin_study.exchange.imports.lookup import PeopleIndex
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.imports.sessions.plan import PLAN_FIELDS, PlanStore, propose_plan
from bulletin_study.exchange.imports.sessions.weeks import Slot, as_slot
from bulletin_study.exchange.tables.cells import CellProblem
from bulletin_study.exchange.tables.workbook import Cell
from bulletin_study.usecases.importing import CREATE
from tests.import_tables import records_of

HEAD = ("日期", "活动类型", "学习内容", "形式", "领学人", "地点")
PEOPLE = (Person(1, "高远山", 1), Person(2, "沈明珠", 2))


def propose(
    *rows: tuple[Cell, ...],
    head: tuple[str, ...] = HEAD,
    stored: tuple[StudyPlanItem, ...] = (),
    choices: dict[tuple[str, str], str] | None = None,
) -> tuple[Records, Proposal]:
    records = records_of(PLAN_FIELDS, head, *rows)
    store = PlanStore(stored, BUILT_IN_KINDS, PeopleIndex(PEOPLE, lambda person: ""))
    return records, propose_plan(records, store, choices or {}, {})


def items(proposal: Proposal) -> list[StudyPlanItem]:
    return [value for value in proposal.puts if isinstance(value, StudyPlanItem)]


def saved(proposal: Proposal) -> tuple[StudyPlanItem, ...]:
    return tuple(replace(item, id=at) for at, item in enumerate(items(proposal), start=1))


@pytest.mark.parametrize(
    ("cell", "slot"),
    [
        ("2026-11-23", Slot(date(2026, 11, 23), None)),
        ("11月23日", Slot(date(2026, 11, 23), None)),
        ("11.23", Slot(date(2026, 11, 23), None)),
        ("第48周", Slot(None, date(2026, 11, 23))),
        ("2025年第1周", Slot(None, date(2024, 12, 30))),
        ("第三周", Slot(None, date(2026, 1, 12))),
        ("11月第2周", Slot(None, date(2026, 11, 9))),
        ("2026年11月第一周", Slot(None, date(2026, 11, 2))),
        ("11.23-11.29", Slot(None, date(2026, 11, 23))),
        ("11月23日至29日", Slot(None, date(2026, 11, 23))),
        ("2026.11.23—2026.11.27", Slot(None, date(2026, 11, 23))),
        ("第48周（11.23-11.29）", Slot(None, date(2026, 11, 23))),
    ],
)
def test_days_and_weeks(cell: str, slot: Slot) -> None:
    assert as_slot(cell, year=2026, bare_weeks=False).value == slot


def test_a_bare_number_is_a_week_only_among_weeks() -> None:
    assert as_slot(48, year=2026, bare_weeks=True).value.week == date(2026, 11, 23)
    with pytest.raises(CellProblem):
        as_slot(48, year=2026, bare_weeks=False)


@pytest.mark.parametrize("text", ["第54周", "11月第5周", "13月第1周", "11.23-12.6", "每周"])
def test_weeks_that_are_none(text: str) -> None:
    with pytest.raises(CellProblem):
        as_slot(text, year=2026, bare_weeks=True)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_week_of_a_year_is_found_by_its_number(day: date) -> None:
    year, number, _ = day.isocalendar()
    week = as_slot(f"{year}年第{number}周", year=1999, bare_weeks=False).value.week
    assert week is not None
    assert week <= day < week + timedelta(days=7)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_weeks_of_months_tile_the_calendar(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    thursday = monday + timedelta(days=3)
    number = (thursday.day - 1) // 7 + 1
    text = f"{thursday.year}年{thursday.month}月第{number}周"
    assert as_slot(text, year=1999, bare_weeks=False).value.week == monday


def test_a_plan_becomes_items_and_twice_is_the_same() -> None:
    rows = (
        ("2026-11-23", "每周一学", "党的二十大精神", "领导领学", "高 远山", "三楼会议室"),
        ("第49周", "主题党日", "参观纪念馆", "", "全体党员", ""),
    )
    records, proposal = propose(*rows)
    first, second = items(proposal)
    assert (first.kind_id, first.day, first.week) == (1, date(2026, 11, 23), None)
    assert (first.form, first.lead_id, first.venue) == (Form.LEADER_LED, 1, "三楼会议室")
    assert (second.day, second.week) == (None, date(2026, 11, 30))
    assert (second.lead_id, second.lead_name) == (None, "全体党员")
    assert ("lead", "“全体党员”不在名单里，只记下名字") in records.remarks.notes[1]
    records, proposal = propose(*rows, stored=saved(proposal))
    assert [str(records.remarks.state(at)) for at in range(2)] == ["same", "same"]
    assert not proposal.puts


def test_another_theme_replaces_the_only_one_of_that_day() -> None:
    _, proposal = propose(("2026-11-23", "每周一学", "旧主题", "", "高远山", ""))
    records, changed = propose(
        ("2026-11-23", "每周一学", "新主题", "", "沈明珠", ""), stored=saved(proposal)
    )
    assert records.remarks.changes[0] == ["学习内容：旧主题→新主题", "领学人：高远山→沈明珠"]
    (item,) = items(changed)
    assert (item.id, item.theme, item.lead_id) == (1, "新主题", 2)


def test_two_themes_of_one_day_are_both_kept() -> None:
    rows = (
        ("2026-11-23", "每周一学", "主题一", "", "", ""),
        ("2026-11-23", "每周一学", "主题二", "", "", ""),
        ("2026-11-23", "每周一学", "主题一", "", "", ""),
    )
    records, proposal = propose(*rows)
    assert [str(records.remarks.state(at)) for at in range(3)] == ["new", "new", "wrong"]
    records, again = propose(*rows[:2], stored=saved(proposal))
    assert not again.puts


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "每周一学", "主题"), "日期和周次都是空的"),
        (("2026-11-23", "每周一学", ""), "学习内容为空"),
        (("2026-11-23", "读书会", "主题"), "没有“读书会”这种活动，可以新建"),
        (("2026-02-30", "每周一学", "主题"), "没有“2026-02-30”这一天"),
    ],
)
def test_wrong_rows_say_why(row: tuple[Cell, ...], reason: str) -> None:
    records, proposal = propose((*row, "", "", "礼堂"))
    said = [text for texts in records.remarks.errors.values() for _, text in texts]
    assert any(reason in text for text in said)
    assert not items(proposal)


def test_an_unknown_kind_can_be_mapped_or_made() -> None:
    row = ("2026-11-23", "读书会、周一学", "主题", "", "", "")
    _, proposal = propose(row)
    assert [(u.name, u.rows) for u in proposal.unknown] == [("读书会", 1)]
    _, proposal = propose(row, choices={("kind", "读书会"): CREATE})
    (kind,) = [value for value in proposal.puts if isinstance(value, SessionKind)]
    assert (kind.name, kind.order) == ("读书会", len(BUILT_IN_KINDS) + 1)
    assert sorted(item.kind_id for item in items(proposal)) == [kind.id, 1]


def test_without_a_column_of_kinds_it_is_the_weekly_study() -> None:
    _, proposal = propose(("48", "主题"), head=("周次", "学习内容"))
    (item,) = items(proposal)
    assert (item.kind_id, item.week) == (1, date(2026, 11, 23))
