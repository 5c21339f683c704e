"""Undoing an operation: what it would put back, and what stands in the way."""

from __future__ import annotations

from typing import Any

from bulletin_study.domain.errors import Dependent
from bulletin_study.storage import oplog
from bulletin_study.storage.engine import Database
from bulletin_study.storage.oplog import Changes, Key
from bulletin_study.storage.records import Row
from bulletin_study.storage.tables import ENTITIES, EntityTable

UPGRADE = "程序升级"
"""Named as what stands in the way when no operation touched a row that has changed."""


def swapped(database: Database, operation_id: int) -> dict[EntityTable[Any], Changes]:
    """The changes that take an operation back, last entity first."""
    changed = oplog.read(database, operation_id)
    return {
        stored: {key: (after, before) for key, (before, after) in changes.items()}
        for stored, changes in reversed(changed.items())
    }


def require_unchanged(
    database: Database,
    stored: EntityTable[Any],
    changes: Changes,
    current: dict[Key, Row],
    operation_id: int,
    label: str,
) -> None:
    """``Dependent`` unless every row is as the operation left it."""
    for key, (left, _) in changes.items():
        if current.get(key) != left:
            raise Dependent(label, _who_changed(database, stored, {key}, operation_id))


def require_no_orphans(
    database: Database,
    changed: dict[EntityTable[Any], Changes],
    operation_id: int,
    label: str,
) -> None:
    """``Dependent`` when a row of a later operation hangs on one that would be gone."""
    gone = {
        stored.name
        for stored, changes in changed.items()
        if any(after is None for _, after in changes.values())
    }
    for child in ENTITIES.values():
        for column, parent in child.links.items():
            if parent in gone:
                orphans = _orphans(database, child, column, parent)
                if orphans:
                    raise Dependent(label, _who_changed(database, child, orphans, operation_id))


def _orphans(database: Database, child: EntityTable[Any], column: str, parent: str) -> set[Key]:
    keys = ", ".join(f'c."{name}"' for name in child.key)
    rows = database.run(
        f'SELECT {keys} FROM "{child.name}" c WHERE c."{column}" IS NOT NULL'
        f' AND NOT EXISTS (SELECT 1 FROM "{parent}" p WHERE p.id = c."{column}")'
    )
    return set(rows)


def _who_changed(
    database: Database, stored: EntityTable[Any], keys: set[Key], operation_id: int
) -> str:
    """The label of the latest later operation that touched one of these rows."""
    for label, changes in oplog.newer_change_sets(database, stored, operation_id):
        if not keys.isdisjoint(changes):
            return label
    return UPGRADE
