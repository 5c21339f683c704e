"""Rows that point at something which is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bulletin_study.storage.engine import Database
from bulletin_study.storage.oplog import Key
from bulletin_study.storage.tables import BY_NAME, ENTITIES, EntityTable

_ENOUGH = 1000


@dataclass(frozen=True, slots=True)
class Orphan:
    """The row ``key`` of ``child`` points at ``parent_id`` of ``parent``, which is missing."""

    child: EntityTable[Any]
    key: Key
    parent: EntityTable[Any]
    parent_id: int

    def __str__(self) -> str:
        return f"“{self.child.label}”所指的“{self.parent.label}”不存在"


def orphans(database: Database) -> list[Orphan]:
    """Every such row (of each link the first thousand). Looks through whole tables."""
    found = []
    for child in ENTITIES.values():
        keys = ", ".join(f'c."{name}"' for name in child.key)
        for column, parent in child.links.items():
            rows = database.run(
                f'SELECT c."{column}", {keys} FROM "{child.name}" c'
                f' WHERE c."{column}" IS NOT NULL'
                f' AND NOT EXISTS (SELECT 1 FROM "{parent}" p WHERE p.id = c."{column}")'
                f" LIMIT {_ENOUGH}"
            )
            found += [Orphan(child, row[1:], BY_NAME[parent], row[0]) for row in rows]
    return found
