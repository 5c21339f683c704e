"""The operation log: what an operation changed, packed into one row for each entity.

A change is a pair of rows, before and after; ``None`` before was nothing, after is nothing.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bulletin_study.storage.engine import Database
from bulletin_study.storage.records import Row
from bulletin_study.storage.tables import BY_NAME, EntityTable
from bulletin_study.usecases.changes import Operation

Key = tuple[Any, ...]
Change = tuple[Row | None, Row | None]
Changes = dict[Key, Change]

# Below this a compressed payload saves no page of the file.
_COMPRESS_FROM = 8192


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ``operation`` row says."""

    label: str
    actor: str
    at: datetime
    revision: str
    reverts: int | None = None


def write(database: Database, entry: Entry, changed: dict[EntityTable[Any], Changes]) -> int:
    """Write one operation with its change sets inside the open transaction; its id."""
    ((operation_id,),) = database.run(
        "INSERT INTO operation (label, actor, at, revision, reverts, changes)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (
            entry.label,
            entry.actor,
            entry.at.isoformat(),
            entry.revision,
            entry.reverts,
            sum(map(len, changed.values())),
        ),
    )
    database.run_many(
        "INSERT INTO change_set (operation_id, seq, entity, columns, payload)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (operation_id, seq, stored.name, ",".join(stored.names), pack(changes.values()))
            for seq, (stored, changes) in enumerate(changed.items())
        ],
    )
    return int(operation_id)


def pack(changes: Any) -> bytes:
    """Changes as compact JSON, compressed when that saves room."""
    data = json.dumps(list(changes), ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(data, 1) if len(data) >= _COMPRESS_FROM else data


def unpack(payload: bytes) -> list[list[list[Any] | None]]:
    """The opposite of :func:`pack`. JSON begins with ``[``, a compressed payload never does."""
    data = payload if payload.startswith(b"[") else zlib.decompress(payload)
    changes: list[list[list[Any] | None]] = json.loads(data)
    return changes


def read(database: Database, operation_id: int) -> dict[EntityTable[Any], Changes]:
    """What an operation changed, as rows of today's columns."""
    changed: dict[EntityTable[Any], Changes] = {}
    for entity, columns, payload in database.run(
        "SELECT entity, columns, payload FROM change_set WHERE operation_id = ? ORDER BY seq",
        (operation_id,),
    ):
        stored = BY_NAME[entity]
        changed[stored] = aligned(stored, columns.split(","), unpack(payload))
    return changed


def aligned(
    stored: EntityTable[Any], names: Sequence[str], changes: list[list[list[Any] | None]]
) -> Changes:
    """Rows in today's columns; a field that came later holds its default."""
    if tuple(names) == stored.names:
        whole = [(_row(before), _row(after)) for before, after in changes]
    else:
        at = {name: place for place, name in enumerate(names)}
        defaults = {n: stored.codec.default(n) for n in stored.names if n not in at}

        def today(row: list[Any] | None) -> Row | None:
            if row is None:
                return None
            return tuple(row[at[n]] if n in at else defaults[n] for n in stored.names)

        whole = [(today(before), today(after)) for before, after in changes]
    return {stored.key_of(before or after): (before, after) for before, after in whole}


def _row(values: list[Any] | None) -> Row | None:
    return None if values is None else tuple(values)


def latest(database: Database, limit: int, before: int | None) -> list[Operation]:
    """Operations, latest first, older than ``before``."""
    rows = database.run(
        "SELECT o.id, o.label, o.actor, o.at, o.changes, o.reverts,"
        " (SELECT max(r.id) FROM operation r WHERE r.reverts = o.id),"
        " (SELECT group_concat(c.entity) FROM"
        "  (SELECT entity FROM change_set WHERE operation_id = o.id ORDER BY seq) c)"
        " FROM operation o WHERE ? IS NULL OR o.id < ? ORDER BY o.id DESC LIMIT ?",
        (before, before, limit),
    )
    return [
        Operation(
            id=number,
            label=label,
            actor=actor,
            at=datetime.fromisoformat(at),
            changes=changes,
            entities=tuple(_entity_name(name) for name in (entities or "").split(",")),
            reverts=reverts,
            reverted_by=reverted_by,
        )
        for number, label, actor, at, changes, reverts, reverted_by, entities in rows
    ]


def _entity_name(table: str) -> str:
    return BY_NAME[table].entity.__name__ if table in BY_NAME else table


def label_of(database: Database, operation_id: int) -> str | None:
    """The label of an operation, or ``None`` when there is no such operation."""
    rows = database.run("SELECT label FROM operation WHERE id = ?", (operation_id,))
    return rows[0][0] if rows else None


def newer_change_sets(
    database: Database, stored: EntityTable[Any], operation_id: int
) -> Iterator[tuple[str, Changes]]:
    """Label and changes of later operations on one entity, latest first."""
    found = database.run(
        "SELECT o.id, o.label FROM change_set c JOIN operation o ON o.id = c.operation_id"
        " WHERE o.id > ? AND c.entity = ? ORDER BY o.id DESC",
        (operation_id, stored.name),
    )
    for later, label in found:
        yield label, read(database, later)[stored]
