"""What the operation log packs, it unpacks; old rows are read with today's columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.people import Group, Person
from bulletin_study.storage.oplog import aligned, pack, unpack
from bulletin_study.storage.tables import table_of
from tests.contract.samples import TEXT

_CELL = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | TEXT
_ROW = st.none() | st.lists(_CELL, max_size=5).map(tuple)


@given(st.lists(st.tuples(_ROW, _ROW), max_size=6))
def test_packed_changes_come_back(changes: list[tuple[object, object]]) -> None:
    assert [tuple(_row(r) for r in pair) for pair in unpack(pack(changes))] == changes


def _row(values: list[object] | None) -> tuple[object, ...] | None:
    return None if values is None else tuple(values)


def test_many_changes_take_little_room() -> None:
    changes = [(None, (n, f"第{n}人", n, "办公室")) for n in range(2000)]
    packed = pack(changes)
    assert len(packed) < 20_000
    assert [tuple(after or ()) for _, after in unpack(packed)] == [after for _, after in changes]


def test_a_row_written_before_a_field_existed_gets_its_default() -> None:
    group = table_of(Group)
    old = aligned(group, ["name", "id", "order"], [[None, ["办公室", 7, 1]]])
    assert old == {(7,): (None, (7, "办公室", 1, None, None))}


def test_a_field_that_is_gone_is_passed_over() -> None:
    group = table_of(Group)
    names = ["id", "name", "order", "colour", "head_id", "leader_id"]
    old = aligned(group, names, [[[7, "办公室", 1, "红", 2, None], None]])
    assert old == {(7,): ((7, "办公室", 1, 2, None), None)}


def test_a_row_of_today_is_taken_as_it_is() -> None:
    person = table_of(Person)
    (row,) = person.codec.encode([Person(3, "周敏之", 2)])
    assert aligned(person, list(person.names), [[None, list(row)]]) == {(3,): (None, row)}
