"""People named in passing (主持人, 领学人 …): on the roster, or kept as a bare name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from enum import StrEnum

from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import StudyPlanItem, StudySession
from bulletin_study.exchange.imports.lookup import PeopleIndex, as_person, as_words
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.tables.workbook import Cell


def read_name(cell: Cell) -> str | None:
    """A name, ``None`` for a blank and for 无, — and their like."""
    words = as_words(cell)
    return as_person(words) if words else None


def who_is(
    records: Records, at: int, field: str, name: str | None, index: PeopleIndex
) -> tuple[int | None, str]:
    """(id, "") of somebody on the roster, (``None``, name) of anybody else.

    A name that several people bear is kept as a name, and noted.
    """
    if not name:
        return None, ""
    found = index.find(name)
    if isinstance(found, Person):
        return found.id, ""
    why = found if index.named(name) else f"“{name}”不在名单里"
    records.remarks.note(at, field, f"{why}，只记下名字")
    return None, name


def post_change(
    title: str,
    post: str,
    stored: StudySession | StudyPlanItem,
    told: Mapping[str, object],
    index: PeopleIndex,
) -> str | None:
    """ "领学人：甲→乙" when the file names another than is stored in ``post``."""
    if f"{post}_id" not in told:
        return None
    before = _post_name(getattr(stored, f"{post}_id"), getattr(stored, f"{post}_name"), index)
    after = _post_name(told[f"{post}_id"], told[f"{post}_name"], index)
    return None if before == after else f"{title}：{before}→{after}"


def _post_name(person_id: object, name: object, index: PeopleIndex) -> str:
    person = index.by_id.get(person_id) if isinstance(person_id, int) else None
    return person.name if person else str(name) or "空"


def shown_value(value: object) -> str:
    """A stored value as the list of changes shows it."""
    if value is None or value == "":
        return "空"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.value if isinstance(value, StrEnum) else str(value)
