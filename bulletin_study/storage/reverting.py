"""Undoing an operation: what it would put back, and what stands in the way."""

from __future__ import annotations

from typing import Any

from bulletin_study.domain.errors import Dependent
from bulletin_study.storage import oplog
from bulletin_study.storage.engine import Database
from bulletin_study.storage.links import orphans
from bulletin_study.storage.oplog import Changes, Key
from bulletin_study.storage.records import Row
from bulletin_study.storage.statements import many
from bulletin_study.storage.tables import EntityTable

UPGRADE = "程序升级"
"""Named as what stands in the way when no operation touched a row that has changed."""


class Reverting:
    """One operation about to be taken back; every refusal is ``Dependent``."""

    def __init__(self, database: Database, operation_id: int, label: str) -> None:
        self._database = database
        self._id = operation_id
        self._label = label

    def changes(self) -> dict[EntityTable[Any], Changes]:
        """The changes that take it back, its last entity first."""
        changed = oplog.read(self._database, self._id)
        return {
            stored: {key: (after, before) for key, (before, after) in changes.items()}
            for stored, changes in reversed(changed.items())
        }

    def require_unchanged(
        self, stored: EntityTable[Any], changes: Changes, current: dict[Key, Row]
    ) -> None:
        """Refuse unless every row is as the operation left it."""
        differing = {key for key, (left, _) in changes.items() if current.get(key) != left}
        if differing:
            raise self._refusal(stored, differing)

    def require_free(self, stored: EntityTable[Any], changes: Changes) -> None:
        """Refuse when another row has since taken a value that only one may have."""
        for name, at in zip(stored.unique, stored.unique_at, strict=True):
            wanted = [after[at] for _, after in changes.values() if after is not None]
            keys = ", ".join(stored.key)
            holders = self._database.run(
                f'SELECT {keys} FROM "{stored.name}"'
                f" WHERE {name} IN (SELECT value FROM json_each(?))",
                (many(value for value in wanted if value is not None),),
            )
            others = set(holders) - set(changes)
            if others:
                raise self._refusal(stored, others)

    def broken_link(self, changed: dict[EntityTable[Any], Changes]) -> Dependent:
        """Why it cannot be saved: a later row hangs on one that would be gone, or what one of
        its own rows hung on is gone."""
        for orphan in orphans(self._database):
            if orphan.key in changed.get(orphan.child, {}):
                return self._refusal(orphan.parent, {(orphan.parent_id,)})
            return self._refusal(orphan.child, {orphan.key})
        return Dependent(self._label, UPGRADE)

    def _refusal(self, stored: EntityTable[Any], keys: set[Key]) -> Dependent:
        later = who_changed(self._database, stored, keys, self._id)
        return Dependent(self._label, UPGRADE if later is None else later)


def who_changed(
    database: Database, stored: EntityTable[Any], keys: set[Key], since: int = 0
) -> str | None:
    """The label of the latest operation after ``since`` that touched one of these rows."""
    for label, changes in oplog.newer_change_sets(database, stored, since):
        if not keys.isdisjoint(changes):
            return label
    return None
