"""每周一讲安排表 as it is pinned to the board: an upright page, with room for the seal."""

from __future__ import annotations

from datetime import date

from bulletin_study.domain.settings import Unit
from bulletin_study.usecases.papers import (
    Grid,
    Layout,
    Paper,
    Paragraph,
    Signatures,
    Style,
    Title,
)
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import Column, ColumnKind, Row, Table, period_words
from bulletin_study.usecases.reports_rotation import places_between, remarks_of
from bulletin_study.usecases.talk_page import TalkLine
from bulletin_study.usecases.titles import WEEKDAYS, date_words

_COLUMNS = (
    Column("序号", 8, ColumnKind.INTEGER),
    Column("日期", 18),
    Column("主讲人", 13),
    Column("组室", 15),
    Column("题目", 32),
    Column("类别", 15),
    Column("帮带人", 13),
    Column("备注", 16),
)


def rotation_paper(unit: UnitOfWork, first: date, last: date) -> Paper:
    """Every place of the talk sessions of a period, empty ones too, cancelled ones not."""
    lines = places_between(unit, first, last)
    several = len({line.row.day.year for line in lines}) > 1
    rows = [_cells(number, line, several) for number, line in enumerate(lines, start=1)]
    span = period_words(first, last)
    office = next((u.name for u in unit.all(Unit) if u.name), "")
    today = unit.services.clock.today()
    made = f"填报日期：{date_words(today)}"
    return Paper(
        f"每周一讲安排表（{span}）",
        (
            Title("每周一讲安排表"),
            Paragraph(span, Style.CENTRED),
            Grid(Table("轮讲", "每周一讲安排表", _COLUMNS, rows)),
            Paragraph(f"填报单位（盖章）：{office}　　　　{made}", Style.NOTE),
            Signatures(("填报人", "审核人")),
        ),
        Layout.FORM,
    )


def _cells(number: int, line: TalkLine, several_years: bool) -> Row:
    row = line.row
    figures = f"{row.day:%Y-%m-%d}" if several_years else f"{row.day:%m-%d}"
    day = f"{figures} 周{WEEKDAYS[row.day.weekday()]}"
    return (
        number, day, row.speaker, row.group, row.title, str(row.category or ""), row.mentor,
        remarks_of(line),
    )  # fmt: skip
