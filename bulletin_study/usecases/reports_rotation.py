"""The rotation as a table: who speaks when, whose turn it is, what about."""

from __future__ import annotations

from datetime import date

from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import (
    Column,
    ColumnKind,
    Report,
    Row,
    Table,
    period_words,
)
from bulletin_study.usecases.rotation_words import STATE_WORDS
from bulletin_study.usecases.talk_page import TalkLine, load_talk_page
from bulletin_study.usecases.titles import WEEKDAYS

_K = ColumnKind
_COLUMNS = (
    Column("序号", 6, _K.INTEGER),
    Column("日期", 12, _K.DATE),
    Column("星期", 6),
    Column("开始", 8, _K.TIME),
    Column("期次", 8),
    Column("主讲人", 12),
    Column("组室", 16),
    Column("题目", 44),
    Column("类别", 10),
    Column("帮带人", 12),
    Column("轮次", 6, _K.INTEGER),
    Column("状态", 8),
    Column("地点", 18),
    Column("备注", 30),
)


def rotation_report(unit: UnitOfWork, first: date, last: date) -> Report:
    """Every place of the talk sessions of a period, empty ones too, cancelled ones not."""
    title = f"每周一讲安排（{period_words(first, last)}）"
    lines = places_between(unit, first, last)
    rows = [_cells(number, line) for number, line in enumerate(lines, start=1)]
    return Report(title, (Table("轮讲", title, _COLUMNS, rows),))


def places_between(unit: UnitOfWork, first: date, last: date) -> list[TalkLine]:
    """The places of a period's talk sessions in order, cancelled ones not."""
    lines = load_talk_page(unit).lines
    return [line for line in lines if first <= line.row.day <= last and not line.cancelled]


def remarks_of(line: TalkLine) -> str:
    """What a table says beside a place: who had been announced, why it cannot be."""
    row = line.row
    remarks = [f"原定{row.stood_in_for}"] if row.stood_in_for else []
    remarks += [f"有冲突：{line.conflict}"] if line.conflict else []
    remarks += [f"材料 {len(row.materials)} 份"] if row.materials else []
    return "；".join(remarks)


def _cells(number: int, line: TalkLine) -> Row:
    row = line.row
    session = row.session
    return (
        number,
        session.day,
        f"周{WEEKDAYS[session.day.weekday()]}",
        session.start,
        f"第{line.ordinal.number}次" if line.ordinal else "",
        row.speaker,
        row.group,
        row.title,
        str(row.category or ""),
        row.mentor,
        row.round,
        STATE_WORDS[row.state],
        session.venue,
        remarks_of(line),
    )
