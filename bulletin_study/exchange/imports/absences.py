"""A list of absences: who is away, why, from when to when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bulletin_study.domain.people import Absence, AbsenceKind, Person, covers
from bulletin_study.exchange.imports.lookup import PeopleIndex, as_words
from bulletin_study.exchange.imports.people import (
    GROUP_FIELD,
    NAME_FIELD,
    NUMBER_FIELD,
    find_people,
)
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.tables.cells import CellProblem, Read, as_date, as_open_date
from bulletin_study.exchange.tables.columns import Field
from bulletin_study.exchange.tables.workbook import Cell

ABSENCE_FIELDS: tuple[Field, ...] = (
    replace(NAME_FIELD, required=True),
    NUMBER_FIELD,
    GROUP_FIELD,
    Field("kind", "类别", ("请假类别", "不在岗类别", "请假类型", "假别", "类型", "情况")),
    Field(
        "start",
        "开始日期",
        ("开始时间", "起始日期", "起始时间", "请假开始日期", "自", "开始", "起始", "离岗日期"),
    ),
    Field(
        "end",
        "结束日期",
        ("结束时间", "截止日期", "终止日期", "截止时间", "请假结束日期", "至", "结束", "返岗日期"),
    ),
    Field("span", "起止日期", ("起止时间", "请假时间", "请假日期", "时间", "起讫日期")),
    Field("reason", "事由", ("原因", "请假事由", "请假原因", "具体事由", "说明", "去向", "备注")),
)

_KINDS: dict[str, AbsenceKind] = {
    "脱产": AbsenceKind.FULL_TIME_TRAINING,
    "长期病": AbsenceKind.LONG_SICK,
    "长病": AbsenceKind.LONG_SICK,
    "病": AbsenceKind.SICK,
    "陪产": AbsenceKind.LEAVE,
    "产假": AbsenceKind.MATERNITY,
    "生育": AbsenceKind.MATERNITY,
    "下派": AbsenceKind.POSTED_DOWN,
    "墩苗": AbsenceKind.POSTED_DOWN,
    "驻村": AbsenceKind.POSTED_DOWN,
    "下沉": AbsenceKind.POSTED_DOWN,
    "挂职": AbsenceKind.TEMPORARY_POST,
    "挂任": AbsenceKind.TEMPORARY_POST,
    "借调": AbsenceKind.SECONDED,
    "借出": AbsenceKind.SECONDED,
    "抽调": AbsenceKind.SECONDED,
    "离岗": AbsenceKind.OFF_POST,
    "内退": AbsenceKind.OFF_POST,
    "出差": AbsenceKind.TRAVEL,
    "公差": AbsenceKind.TRAVEL,
    "公出": AbsenceKind.TRAVEL,
    "因公": AbsenceKind.TRAVEL,
    "培训": AbsenceKind.TRAINING,
    "调训": AbsenceKind.TRAINING,
    "假": AbsenceKind.LEAVE,
    "年休": AbsenceKind.LEAVE,
}
"""Words to look for, the more particular first; 产假 inside 陪产假 is none."""

_TO = re.compile(r"\s*(?:至|到|~|～|—+|–|--+)\s*|\s+-\s+|(?<=\d)-(?=\d{1,4}[.年])")


def propose_absences(records: Records, people: PeopleIndex, stored: Sequence[Absence]) -> Proposal:
    """Compare the records with the stored absences; remarks go to the records.

    Overlapping ones are all kept. The same one again is the same; one that was open and now
    has an end is changed.
    """
    found = find_people(records, people)
    kinds = _kinds(records)
    spans = _spans(records)
    reasons = [reason or "" for reason in records.read("reason", as_words)]
    proposal = Proposal()
    known = _Known(stored)
    for at in list(records.usable()):
        person, kind, span = found[at], kinds[at], spans[at]
        if person is None or kind is None or span is None:
            continue
        if _fits(records, at, person, span):
            word, absence_kind = kind
            reason = reasons[at] or (word if word != absence_kind else "")
            absence = Absence(0, person.id, absence_kind, *span, reason)
            _compare(records, at, absence, known, proposal)
    return proposal


class _Known:
    """Stored and already proposed absences, to recognise the same ones by."""

    def __init__(self, stored: Sequence[Absence]) -> None:
        self.same: dict[tuple[object, ...], list[Absence]] = {}
        self.open: dict[tuple[object, ...], Absence] = {}
        for absence in stored:
            self.add(absence)

    def add(self, absence: Absence) -> None:
        key = (absence.person_id, absence.kind, absence.start)
        self.same.setdefault((*key, absence.end), []).append(absence)
        if absence.end is None:
            self.open[key] = absence

    def take_open(self, absence: Absence) -> Absence | None:
        return self.open.pop((absence.person_id, absence.kind, absence.start), None)

    def has(self, absence: Absence) -> bool:
        key = (absence.person_id, absence.kind, absence.start, absence.end)
        return any(
            not absence.reason or absence.reason == other.reason for other in self.same.get(key, ())
        )


def _compare(
    records: Records, at: int, absence: Absence, known: _Known, proposal: Proposal
) -> None:
    if known.has(absence):
        return
    opened = None if absence.end is None else known.take_open(absence)
    if opened is not None and opened.id > 0:
        closed = replace(opened, end=absence.end, reason=absence.reason or opened.reason)
        records.remarks.change(at, f"结束日期：空→{absence.end}")
        proposal.put(closed)
        known.add(closed)
        return
    fresh = replace(absence, id=proposal.ids())
    records.remarks.new(at)
    proposal.put(fresh)
    known.add(fresh)


def _fits(records: Records, at: int, person: Person, span: tuple[date, date | None]) -> bool:
    """The span runs forward and begins while the person is on the roster."""
    start, end = span
    if end is not None and end < start:
        records.remarks.wrong(at, "end", f"结束日期 {end} 早于开始日期 {start}")
    elif not covers(person.joined, None, start):
        text = f"开始日期 {start} 早于{person.name}的入部日期 {person.joined}"
        records.remarks.wrong(at, "start", text)
    elif not covers(None, person.left, start):
        text = f"开始日期 {start} 晚于{person.name}的离任日期 {person.left}"
        records.remarks.wrong(at, "start", text)
    else:
        return True
    return False


def _kinds(records: Records) -> list[tuple[str, AbsenceKind] | None]:
    """The kind of each record with the word it was read from; 事由 serves without 类别."""
    field = "kind" if records.has("kind") else "reason"
    kinds = records.read(field, _read_kind)
    for at, kind in enumerate(kinds):
        if kind is None and at not in records.remarks.errors:
            records.remarks.wrong(at, field, "类别为空")
    return kinds


def _read_kind(cell: Cell) -> tuple[str, AbsenceKind] | None:
    text = as_words(cell)
    if not text:
        return None
    for word, kind in _KINDS.items():
        if word in text:
            return text, kind
    known = "、".join(AbsenceKind)
    raise CellProblem("unknown_word", text, f"“{text}”看不懂，可以写{known}")


def _spans(records: Records) -> list[tuple[date, date | None] | None]:
    def first(cell: Cell) -> Read[date] | None:
        return as_date(cell, default_year=records.year) if as_words(cell) else None

    def last(cell: Cell) -> Read[date | None]:
        return as_open_date(cell, default_year=records.year)

    def both(cell: Cell) -> Read[tuple[date, date | None]] | None:
        return _read_span(cell, records.year)

    starts, ends = records.read_noted("start", first), records.read_noted("end", last)
    wholes = records.read_noted("span", both)
    spans: list[tuple[date, date | None] | None] = []
    for at, (start, end, whole) in enumerate(zip(starts, ends, wholes, strict=True)):
        if start is not None:
            whole = (start, end)
        elif whole is None and at not in records.remarks.errors:
            records.remarks.wrong(at, "start", "开始日期为空")
        spans.append(whole)
    return spans


def _read_span(cell: Cell, year: int) -> Read[tuple[date, date | None]] | None:
    """ "2026.3.1-3.5", "3月1日至3月5日", or a single day."""
    if not isinstance(cell, str):
        day = as_date(cell, default_year=year)
        return Read((day.value, day.value), day.note)
    text = as_words(cell)
    if not text:
        return None
    begin, *rest = _TO.split(text, maxsplit=1)
    start = as_date(begin, default_year=year)
    if not rest:
        return Read((start.value, start.value), start.note)
    end = as_open_date(_with_month(rest[0], start.value), default_year=start.value.year)
    return Read((start.value, end.value), f"日期已读作 {start.value} 至 {end.value or '今'}")


def _with_month(text: str, start: date) -> str:
    """ "5日" after "3月1日" is the 5th of the same month."""
    found = re.fullmatch(r"\s*(\d{1,2})\s*[日号]?\s*", text)
    return f"{start.year}-{start.month}-{found[1]}" if found else text
