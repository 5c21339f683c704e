"""Frozen values become rows and come back the same."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.people import Person, Role
from bulletin_study.domain.sessions import Audience, Series, SessionKind, StudySession
from bulletin_study.storage.records import Codec
from bulletin_study.storage.tables import ENTITIES, table_of, words_for
from tests.contract.samples import values_of


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda e: e.__name__)
@given(data=st.data())
def test_a_value_comes_back_as_it_was(entity: type, data: st.DataObject) -> None:
    values = data.draw(st.lists(values_of(entity), max_size=4))
    codec: Codec[Any] = ENTITIES[entity].codec
    rows = codec.encode(values)
    assert codec.decode(rows) == values
    assert all(isinstance(cell, int | float | str | None) for row in rows for cell in row)
    assert not any(isinstance(cell, bool) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("value", "field", "cell"),
    [
        (Person(1, "王立言", 1, joined=date(2022, 7, 4)), "joined", "2022-07-04"),
        (Person(1, "王立言", 1, role=Role.LEADER), "role", "部领导"),
        (Person(1, "王立言", 1, speaks=False), "speaks", 0),
        (Person(1, "王立言", 1), "speaks", None),
        (StudySession(1, date(2022, 7, 25), time(8, 30), time(10)), "start", "08:30"),
        (StudySession(1, date(2022, 7, 25), time(8, 30, 5), time(10)), "start", "08:30:05"),
        (Attendance(1, 2, expected_by=(1, 4), mark=Mark.LATE), "expected_by", "1,4"),
        (Attendance(1, 2), "expected_by", ""),
        (Attendance(1, 2, mark=Mark.LATE), "mark", "迟到"),
        (SessionKind(1, "党课", 1), "audience", "{}"),
        (
            SessionKind(1, "党课", 1, audience=Audience(roles=(Role.HEAD,), party_only=True)),
            "audience",
            '{"roles":["组长"],"party_only":true}',
        ),
        (
            Series(1, (1, 2), "FREQ=WEEKLY", datetime(2026, 1, 5, 8, 30), 90, date(2026, 12, 31)),
            "start",
            "2026-01-05T08:30:00",
        ),
    ],
)
def test_columns_hold_plain_sortable_text(value: object, field: str, cell: object) -> None:
    stored: Any = table_of(type(value))
    (row,) = stored.codec.encode([value])
    assert row[stored.names.index(field)] == cell


def test_no_rows_give_no_values() -> None:
    assert Codec(Person).decode([]) == []
    assert Codec(Person).encode([]) == []


def test_a_field_that_no_row_holds_yet_has_its_default() -> None:
    codec = Codec(SessionKind)
    assert codec.default("closing") == '["sign_in","theme"]'
    assert codec.default("hours") is None
    assert codec.default("retired") == 0


def test_a_type_without_a_table_is_a_bug() -> None:
    with pytest.raises(TypeError, match="Audience is not stored"):
        table_of(Audience)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("UNIQUE constraint failed: person.staff_number", "干部的工号重复"),
        ("CHECK constraint failed: ck_absence_span", "不在岗：结束早于开始"),
        ("NOT NULL constraint failed: person.name", "person.name"),
    ],
)
def test_constraints_are_named_in_words(message: str, words: str) -> None:
    assert words_for(message) == words
