"""Importing a file: what a preview says, and writing it as one operation.

A preview is made against the store as it is then. It carries the values to write, with
provisional ids, and everything it read; applying refuses when one of those has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from bulletin_study.domain.errors import Stale
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import StudyPlanItem
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.study_plan import follow_plan

CREATE = "+"
"""In :attr:`ImportOptions.choices`: make a new group or kind with the file's own name."""


class ImportKind(StrEnum):
    """What a file tells."""

    ROSTER = "roster"
    ABSENCES = "absences"
    PLAN = "plan"
    SESSIONS = "sessions"
    ATTENDANCE = "attendance"


IMPORT_TITLES: Mapping[ImportKind, str] = {
    ImportKind.ROSTER: "花名册",
    ImportKind.ABSENCES: "不在岗情况",
    ImportKind.PLAN: "学习计划",
    ImportKind.SESSIONS: "以往场次",
    ImportKind.ATTENDANCE: "签到名单",
}


class RowState(StrEnum):
    """What applying would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


def shown(cell: object) -> str:
    """A cell's value as the preview shows it: dates as 2026-03-01, whole numbers bare."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


class ImportRow(NamedTuple):
    """One row of the file.

    ``row`` is its number in the file, from 1. ``raw`` are its cells, in the file's columns.
    ``errors`` say why it cannot be used; ``notes`` what was guessed or left out
    (日期已读作 2022-03-01); ``changes`` what would become of stored values
    (职务：科员→副科长). ``bad`` and ``noted`` are the names of the fields they speak of.
    """

    row: int
    raw: tuple[object, ...]
    state: RowState
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The row's cells as text, one for each of the preview's columns."""
        return tuple(shown(cell) for cell in self.raw)


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field a column can be mapped to."""

    name: str
    title: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A column of the file: header text, the field it is read as ("": not imported).

    ``offer`` is a field that it might be but was not taken for (参加工作时间 is not
    入部日期), ``double`` one that an earlier column already is.
    """

    text: str
    field: str = ""
    offer: str = ""
    double: str = ""


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """A sheet of the file; hidden ones are not read unless chosen."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A group or kind named in the file that the store does not know.

    ``field`` is ``group`` or ``kind``, ``rows`` how many rows wait for it, ``suggestions``
    are known names, the likeliest first.
    """

    field: str
    name: str
    rows: int
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user decided about a file.

    ``mapping``: header text → field name ("": leave the column out). ``fixes``: (row number,
    field) → text typed over the cell. ``choices``: (``group`` | ``kind``, name in the file)
    → known name or :data:`CREATE`. ``session_id``: whose sign-in an attendance list is.
    """

    mapping: Mapping[str, str] | None = None
    fixes: Mapping[tuple[int, str], str] | None = None
    choices: Mapping[tuple[str, str], str] | None = None
    session_id: int | None = None


NO_OPTIONS = ImportOptions()


class StoreRead(NamedTuple):
    """One read that a preview rests on: the entity, its filter, and what came back."""

    entity: type
    equals: Mapping[str, object]
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would do to the store. Counts are of rows; ``header_row`` is from 1.

    ``puts`` are the values to write (negative ids are provisional), ``removes`` the ones to
    delete, ``reads`` what the store said when the preview was made.
    """

    kind: ImportKind
    file_name: str
    sheet: str
    sheets: tuple[SheetChoice, ...]
    header_row: int
    columns: tuple[ImportColumn, ...]
    fields: tuple[FieldChoice, ...]
    rows: tuple[ImportRow, ...]
    new: int
    changed: int
    same: int
    wrong: int
    label: str
    unknown: tuple[UnknownName, ...] = ()
    notes: tuple[str, ...] = ()
    puts: tuple[object, ...] = ()
    removes: tuple[object, ...] = ()
    reads: tuple[StoreRead, ...] = ()

    @property
    def usable(self) -> int:
        """Rows that applying would take."""
        return self.new + self.changed + self.same


def apply_import(unit: UnitOfWork, preview: ImportPreview) -> Committed:
    """Write the right rows of a preview as one operation, and remember its columns.

    Planned themes find their sessions, or change what those say, in the same operation.

    Raises ``Stale`` when something the preview rests on has changed since.
    """
    for read in preview.reads:
        if tuple(unit.all(read.entity, **read.equals)) != read.values:
            raise Stale("预览时看到的数据")
    plan = unit.all(StudyPlanItem) if preview.kind is ImportKind.PLAN else []
    real = _real_ids(unit, preview.puts)
    unit.remove(*preview.removes)
    unit.put(*(_settled(unit, value, real) for value in preview.puts))
    if preview.kind is ImportKind.PLAN:
        follow_plan(unit, plan)
    return unit.commit(preview.label)


def _real_ids(unit: UnitOfWork, values: Iterable[object]) -> dict[int, int]:
    """Provisional id → the one to store it under."""
    waiting: dict[type, list[int]] = {}
    for value in values:
        provisional = getattr(value, "id", 0)
        if provisional < 0:
            waiting.setdefault(type(value), []).append(provisional)
    real: dict[int, int] = {}
    for entity, ids in waiting.items():
        real.update(zip(ids, unit.new_ids(entity, len(ids)), strict=True))
    return real


def _settled(unit: UnitOfWork, value: Any, real: Mapping[int, int]) -> object:
    """The value under its real ids; a new person gets the pinyin that finds the name."""
    changes: dict[str, object] = {}
    for name in _id_fields(value.__class__):
        number = getattr(value, name)
        if number is not None and number < 0:
            changes[name] = real[number]
    if isinstance(value, Person) and not value.pinyin:
        changes["pinyin"], changes["initials"] = unit.services.pinyin(value.name)
    return replace(value, **changes) if changes else value


@cache
def _id_fields(entity: type) -> tuple[str, ...]:
    names = (field.name for field in fields(entity))
    return tuple(name for name in names if name == "id" or name.endswith("_id"))
