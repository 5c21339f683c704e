"""Lists of absences: whose, why, from when to when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bulletin_study.domain.people import Absence, AbsenceKind, Person
from bulletin_study.exchange.imports.absences import ABSENCE_FIELDS, propose_absences
from bulletin_study.exchange.imports.lookup import PeopleIndex
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.tables.workbook import Cell
from tests.import_tables import records_of

PEOPLE = (
    Person(1, "石小满", 1, "053", joined=date(2026, 1, 5)),
    Person(2, "任可为", 2, "054", left=date(2026, 10, 31)),
    Person(3, "张伟", 3, "005"),
    Person(4, "张伟", 4, "007"),
    Person(5, "彭书瑶", 5),
)
GROUPS = {3: "组织组", 4: "人才组"}
HEAD = ("姓名", "工号", "类别", "开始日期", "结束日期", "事由")


def propose(
    *rows: tuple[Cell, ...], head: tuple[str, ...] = HEAD, stored: tuple[Absence, ...] = ()
) -> tuple[Records, Proposal]:
    records = records_of(ABSENCE_FIELDS, head, *rows)
    people = PeopleIndex(PEOPLE, lambda person: GROUPS.get(person.id, ""))
    return records, propose_absences(records, people, stored)


def absences(proposal: Proposal) -> list[Absence]:
    return [value for value in proposal.puts if isinstance(value, Absence)]


def errors(records: Records) -> list[str]:
    return [text for said in records.remarks.errors.values() for _, text in said]


@pytest.mark.parametrize(
    ("word", "kind", "reason"),
    [
        ("请假", AbsenceKind.LEAVE, ""),
        ("事假", AbsenceKind.LEAVE, "事假"),
        ("年休假", AbsenceKind.LEAVE, "年休假"),
        ("陪产假", AbsenceKind.LEAVE, "陪产假"),
        ("产假", AbsenceKind.MATERNITY, ""),
        ("病假", AbsenceKind.SICK, ""),
        ("长期病假", AbsenceKind.LONG_SICK, ""),
        ("公差", AbsenceKind.TRAVEL, "公差"),
        ("出差", AbsenceKind.TRAVEL, ""),
        ("脱产学习", AbsenceKind.FULL_TIME_TRAINING, "脱产学习"),
        ("培训", AbsenceKind.TRAINING, ""),
        ("墩苗", AbsenceKind.POSTED_DOWN, "墩苗"),
        ("驻村工作队", AbsenceKind.POSTED_DOWN, "驻村工作队"),
        ("挂职锻炼", AbsenceKind.TEMPORARY_POST, "挂职锻炼"),
        ("借调", AbsenceKind.SECONDED, ""),
        ("离岗", AbsenceKind.OFF_POST, ""),
    ],
)
def test_kinds_under_their_usual_names(word: str, kind: AbsenceKind, reason: str) -> None:
    _, proposal = propose(("石小满", "053", word, "2026.3.2", "2026.3.6", ""))
    (absence,) = absences(proposal)
    assert (absence.kind, absence.reason) == (kind, reason)
    assert (absence.person_id, absence.start, absence.end) == (
        1, date(2026, 3, 2), date(2026, 3, 6),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("某某", "", "请假", "2026.3.2", "", ""), "名单里没有“某某”"),
        (("张伟", "", "请假", "2026.3.2", "", ""), "名单里有 2 位“张伟”（组织组、人才组）"),
        (("石小满", "005", "请假", "2026.3.2", "", ""), "工号 005 是“张伟”的，和“石小满”对不上"),
        (("石小满", "", "", "2026.3.2", "", ""), "类别为空"),
        (("石小满", "", "旷工", "2026.3.2", "", ""), "“旷工”看不懂"),
        (("石小满", "", "请假", "", "2026.3.2", ""), "开始日期为空"),
        (("石小满", "", "请假", "2026.3.2", "2026.3.1", ""), "早于开始日期 2026-03-02"),
        (("石小满", "", "请假", "2026.1.4", "", ""), "早于石小满的入部日期 2026-01-05"),
        (("任可为", "", "请假", "2026.11.1", "", ""), "晚于任可为的离任日期 2026-10-31"),
        (("石小满", "", "请假", "2026-02-30", "", ""), "没有“2026-02-30”这一天"),
    ],
)  # fmt: skip
def test_wrong_rows_say_why_and_block_nobody(row: tuple[Cell, ...], reason: str) -> None:
    records, proposal = propose(row, ("彭书瑶", "", "病假", "2026.3.2", "至今", ""))
    (said,) = errors(records)
    assert reason in said
    (absence,) = absences(proposal)
    assert (absence.person_id, absence.end) == (5, None)


def test_namesakes_are_told_apart_by_group() -> None:
    _, proposal = propose(
        ("张伟", "人才组", "请假", "2026.3.2", ""), head=("姓名", "科室", "类别", "开始", "结束")
    )
    assert [a.person_id for a in absences(proposal)] == [4]


def test_overlapping_ones_are_kept_and_the_same_is_the_same() -> None:
    rows = (
        ("石小满", "", "请假", "2026.3.2", "2026.3.6", "探亲"),
        ("石小满", "", "病假", "2026.3.4", "2026.3.5", ""),
        ("石小满", "", "请假", "2026.3.2", "2026.3.6", "探亲"),
    )
    records, proposal = propose(*rows)
    assert [str(records.remarks.state(at)) for at in range(3)] == ["new", "new", "same"]
    stored = tuple(replace(a, id=at) for at, a in enumerate(absences(proposal), start=1))
    records, proposal = propose(*rows, stored=stored)
    assert [str(records.remarks.state(at)) for at in range(3)] == ["same"] * 3
    assert not proposal.puts


def test_an_open_absence_is_closed_not_doubled() -> None:
    stored = (Absence(7, 1, AbsenceKind.POSTED_DOWN, date(2026, 3, 2), None, "驻村"),)
    row = ("石小满", "", "下派", "2026.3.2", "2026.9.30", "")
    records, proposal = propose(row, stored=stored)
    assert records.remarks.changes[0] == ["结束日期：空→2026-09-30"]
    assert absences(proposal) == [replace(stored[0], end=date(2026, 9, 30))]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026.3.2-3.6", (date(2026, 3, 2), date(2026, 3, 6))),
        ("2026年3月2日至3月6日", (date(2026, 3, 2), date(2026, 3, 6))),
        ("3月2日～6日", (date(2026, 3, 2), date(2026, 3, 6))),
        ("2026-03-02 至 2026-03-06", (date(2026, 3, 2), date(2026, 3, 6))),
        ("2026.3.2至今", (date(2026, 3, 2), None)),
        ("2026.3.2", (date(2026, 3, 2), date(2026, 3, 2))),
    ],
)
def test_both_days_may_stand_in_one_cell(text: str, span: tuple[date, date | None]) -> None:
    records, proposal = propose(("石小满", "事假", text), head=("姓名", "请假类别", "起止时间"))
    assert errors(records) == []
    (absence,) = absences(proposal)
    assert (absence.start, absence.end) == span


def test_the_reason_serves_where_there_is_no_kind() -> None:
    _, proposal = propose(
        ("石小满", "2026.3.2", "2026.3.3", "到省里培训"), head=("姓名", "开始", "结束", "事由")
    )
    (absence,) = absences(proposal)
    assert (absence.kind, absence.reason) == (AbsenceKind.TRAINING, "到省里培训")
