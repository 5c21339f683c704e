"""A roster file: its records as typed lines, one for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.people import MentorKind, Role, StaffCategory
from bulletin_study.exchange.imports.lookup import as_number, as_words, bare_name, one_of
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.imports.roster.words import (
    CATEGORY_WORDS,
    LEADERS_AS_GROUP,
    MENTOR_WORDS,
    NO_PARTY,
    ROLE_WORDS,
)
from bulletin_study.exchange.tables.cells import Read, as_count, as_date, as_name
from bulletin_study.exchange.tables.workbook import Cell

_read_role = one_of(ROLE_WORDS, "部领导、组长、组员")
_read_category = one_of(CATEGORY_WORDS, "在编、借调来、跟班、编外")
_read_mentor_kind = one_of(MENTOR_WORDS, "老带新、长带短、组长带组员")


_MOST = 10**9
_HEAD_COUNT = re.compile(r"\d\s*[人名]")


@dataclass(frozen=True, slots=True)
class RosterColumns:
    """What the file says, column by column; ``None`` where it says nothing.

    Every list has one entry for each record.
    """

    rank: list[int | None]
    name: list[str | None]
    number: list[str | None]
    group: list[str | None]
    title: list[str | None]
    role: list[Role | None]
    category: list[StaffCategory | None]
    joined: list[date | None]
    party_joined: list[date | None]
    moved: list[date | None]
    mentor: list[str | None]
    mentor_kind: list[MentorKind | None]
    partner: list[str | None]
    order: list[int | None]


def read_roster(records: Records) -> RosterColumns:
    """Read every column; what cannot be read, and a missing name, is an error of its record."""

    def day(cell: Cell) -> Read[date] | None:
        return as_date(cell, default_year=records.year) if as_words(cell) else None

    def party_day(cell: Cell) -> Read[date] | None:
        return None if isinstance(cell, str) and cell.strip() in NO_PARTY else day(cell)

    columns = RosterColumns(
        rank=records.read("rank", _count),
        name=records.read("name", as_name),
        number=records.read("number", as_number),
        group=records.read("group", as_words),
        title=records.read("title", as_words),
        role=records.read("role", _read_role),
        category=records.read("category", _read_category),
        joined=records.read_noted("joined", day),
        party_joined=records.read_noted("party_joined", party_day),
        moved=records.read_noted("moved", day),
        mentor=records.read("mentor", _name_or_number),
        mentor_kind=records.read("mentor_kind", _read_mentor_kind),
        partner=records.read("partner", _name_or_number),
        order=records.read("order", _count),
    )
    _check_names(records, columns.name)
    _leaders_in_group_column(records, columns)
    return columns


def _check_names(records: Records, names: list[str | None]) -> None:
    """Somebody must be named; what stands in brackets beside a name is left out."""
    for at, name in enumerate(names):
        if name is None:
            if at not in records.remarks.errors:
                records.remarks.wrong(at, "name", "姓名为空")
        elif not name.isalpha() and (bare := bare_name(name)) != name:
            if _HEAD_COUNT.search(name):
                records.remarks.wrong(at, "name", f"“{name}”不像姓名")
            else:
                records.remarks.note(at, "name", f"“{name}”的括号没有写进姓名")
                names[at] = bare


def _leaders_in_group_column(records: Records, columns: RosterColumns) -> None:
    """部领导 written where the group stands tells the role; leaders need no group."""
    for at, group in enumerate(columns.group):
        if group in LEADERS_AS_GROUP:
            columns.group[at] = None
            if columns.role[at] is None:
                columns.role[at] = Role.LEADER
                records.remarks.note(at, "group", f"组室写的是“{group}”，已读作身份“部领导”")


def _count(cell: Cell) -> int | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return as_count(cell) if as_words(cell) else None
    return int(cell) if abs(cell) < _MOST and cell == int(cell) else as_count(cell)


def _name_or_number(cell: Cell) -> str | None:
    """A personal name (or 工号); 无 and its like are blanks."""
    words = as_words(cell)
    return as_name(words) if words else None
