"""The roster as a table: it can be taken in again as it is."""

from __future__ import annotations

from datetime import date

from bulletin_study.usecases.people_rows import PersonRow, roster_rows
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import Column, ColumnKind, Report, Row, Table
from bulletin_study.usecases.titles import date_words

_COLUMNS = (
    Column("序号", 6, ColumnKind.INTEGER),
    Column("姓名", 12),
    Column("工号", 12),
    Column("组室", 16),
    Column("职务", 18),
    Column("身份", 10),
    Column("人员类别", 10),
    Column("入部日期", 12, ColumnKind.DATE),
    Column("入党日期", 12, ColumnKind.DATE),
    Column("帮带人", 12),
    Column("帮带方式", 14),
    Column("AB岗", 12),
    Column("在岗情况", 18),
)


def roster_report(unit: UnitOfWork, day: date) -> Report:
    """Everybody on the roster that day, by 排名."""
    title = f"花名册（{date_words(day)}）"
    rows = [_row(row) for row in roster_rows(unit, day) if row.on_roster]
    return Report(title, (Table("花名册", title, _COLUMNS, rows),))


def _row(row: PersonRow) -> Row:
    person = row.person
    return (
        person.rank,
        person.name,
        person.staff_number,
        row.group_name,
        person.title,
        str(person.role),
        str(person.category),
        person.joined,
        person.party_joined,
        row.mentor_name,
        str(row.mentor_kind or ""),
        row.partner_name,
        str(row.absence.kind) if row.absence else "在岗",
    )
