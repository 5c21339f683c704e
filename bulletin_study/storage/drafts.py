"""Words being typed, in a table outside the operation log: saving them is the operation."""

from __future__ import annotations

from datetime import datetime

from bulletin_study.domain.drafts import Draft
from bulletin_study.storage.engine import Database


def keep(database: Database, draft: Draft) -> None:
    """Put a draft in the place of the last one of its target."""
    database.run(
        "INSERT INTO draft (target, base, text, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (target) DO UPDATE SET base = excluded.base, text = excluded.text,"
        " at = excluded.at",
        (draft.target, draft.base, draft.text, draft.at.isoformat()),
    )


def drop(database: Database, target: str) -> bool:
    """Forget the draft of a target; whether there was one."""
    return bool(database.run("DELETE FROM draft WHERE target = ? RETURNING 1", (target,)))


def every(database: Database) -> list[Draft]:
    """All drafts, the oldest first."""
    rows = database.run("SELECT target, base, text, at FROM draft ORDER BY at, target")
    return [
        Draft(target, base, text, datetime.fromisoformat(at)) for target, base, text, at in rows
    ]
