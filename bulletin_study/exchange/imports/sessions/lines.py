"""A list of past sessions: its records as typed lines, one for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bulletin_study.domain.sessions import Form
from bulletin_study.exchange.imports.lookup import as_words, one_of
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.imports.sessions.kinds import KIND_FIELD
from bulletin_study.exchange.imports.sessions.names import read_name
from bulletin_study.exchange.tables.cells import (
    CellProblem,
    Read,
    When,
    as_count,
    as_lines,
    as_minutes,
    as_span,
    as_time,
    as_when,
)
from bulletin_study.exchange.tables.columns import Field
from bulletin_study.exchange.tables.workbook import Cell

SESSION_FIELDS: tuple[Field, ...] = (
    KIND_FIELD,
    Field("name", "活动名称", ("会议名称", "名称", "活动标题")),
    Field(
        "actual",
        "实际时间",
        (
            "实际会议时间",
            "实际活动时间",
            "实际召开时间",
            "召开时间",
            "开展时间",
            "活动时间",
            "会议时间",
            "学习时间",
            "时间",
        ),
    ),
    Field("day", "日期", ("活动日期", "会议日期", "开展日期", "召开日期", "学习日期")),
    Field("planned", "计划时间", ("计划会议时间", "计划活动时间", "原定时间", "计划日期")),
    Field("end", "结束时间", ("散会时间", "实际结束时间")),
    Field("minutes", "时长（分钟）", ("时长", "会议时长", "活动时长", "用时")),
    Field("venue", "地点", ("会议地点", "活动地点", "学习地点", "场所")),
    Field("host", "主持人", ("会议主持人", "活动主持人")),
    Field("recorder", "记录人", ("会议记录人", "记录员")),
    Field("lead", "领学人", ("领学领导",)),
    Field("speaker", "主讲人", ("授课人", "讲课人", "主讲", "授课老师")),
    Field("form", "形式", ("学习形式", "活动形式", "开展形式")),
    Field("expected", "应到人数", ("应到", "应参加人数", "应参会人数")),
    Field("present", "实到人数", ("实到", "参加人数", "参会人数", "实际参加人数", "实际到会人数")),
    Field("leave", "请假人数", ("请假",)),
    Field(
        "theme",
        "主题",
        ("议题", "会议议题", "活动主题", "学习主题", "会议主题", "讲课题目", "题目"),
    ),
    Field("content", "内容", ("学习内容", "会议内容", "活动内容", "主要内容")),
    Field("note", "备注", ("说明",)),
)

FORM_WORDS: dict[str, Form] = {
    "领学": Form.LEADER_LED,
    "集体": Form.COLLECTIVE,
    "集中": Form.COLLECTIVE,
    "研讨": Form.COLLECTIVE,
    "自学": Form.SELF_STUDY,
}
read_form = one_of(FORM_WORDS, "领导领学、集体研学、个人自学")


@dataclass(frozen=True, slots=True)
class SessionColumns:
    """What the file says, column by column; ``None`` where it says nothing."""

    kind: list[str | None]
    name: list[str | None]
    when: list[When | None]
    planned: list[date | None]
    end: list[time | None]
    minutes: list[int | None]
    venue: list[str | None]
    host: list[str | None]
    recorder: list[str | None]
    lead: list[str | None]
    speaker: list[str | None]
    form: list[Form | None]
    expected: list[int | None]
    present: list[int | None]
    leave: list[int | None]
    theme: list[str | None]
    content: list[str | None]
    note: list[str | None]


def read_sessions(records: Records) -> SessionColumns:
    """Read every column; what cannot be read is an error of its record."""

    def planned(cell: Cell) -> Read[date] | None:
        if not as_words(cell):
            return None
        got = as_when(cell, default_year=records.year)
        return Read(got.value.day, got.note)

    return SessionColumns(
        kind=records.read("kind", as_words),
        name=records.read("name", as_words),
        when=_times(records),
        planned=records.read_noted("planned", planned),
        end=records.read("end", _end),
        minutes=records.read("minutes", _minutes),
        venue=records.read("venue", as_words),
        host=records.read("host", read_name),
        recorder=records.read("recorder", read_name),
        lead=records.read("lead", read_name),
        speaker=records.read("speaker", as_words),
        form=records.read("form", read_form),
        expected=records.read("expected", _count),
        present=records.read("present", _count),
        leave=records.read("leave", _count),
        theme=records.read("theme", as_words),
        content=records.read("content", _lines),
        note=records.read("note", _lines),
    )


def _times(records: Records) -> list[When | None]:
    """When each took place: one column, or a day in one and hours in another."""
    days = records.read_noted("day", lambda cell: _when(cell, records.year))
    moments: list[When | None] = []
    for at, cell in enumerate(records.cells("actual")):
        day = days[at]
        try:
            got = _when_on(cell, day, records.year)
        except CellProblem as problem:
            records.remarks.wrong(at, "actual", f"实际时间：{problem.reason}")
            moments.append(None)
            continue
        if got is not None and got.note:
            records.remarks.note(at, "actual", got.note)
        if got is None and at not in records.remarks.errors:
            records.remarks.wrong(at, "actual", "没有实际时间，没开展的不算场次")
        moments.append(got.value if got is not None else None)
    return moments


def _when_on(cell: Cell, day: When | None, year: int) -> Read[When] | None:
    """The cell's own day and hours; its hours alone when the day stands elsewhere."""
    if not as_words(cell):
        return None if day is None else Read(day)
    if day is None:
        return _when(cell, year)
    try:
        start, end = as_span(cell)
    except CellProblem:
        return _when(cell, year)
    return Read(When(day.day, start, end))


def _when(cell: Cell, year: int) -> Read[When] | None:
    return as_when(cell, default_year=year) if as_words(cell) else None


def _end(cell: Cell) -> time | None:
    if not as_words(cell):
        return None
    try:
        return as_time(cell)
    except CellProblem:
        return as_when(cell).value.start


def _minutes(cell: Cell) -> int | None:
    return as_minutes(cell) if as_words(cell) else None


def _count(cell: Cell) -> int | None:
    return as_count(cell) if as_words(cell) else None


def _lines(cell: Cell) -> str | None:
    return as_lines(cell) if as_words(cell) else None
