"""What a saved operation is, as others see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Committed:
    """One saved operation: what it did in words and which entities it touched.

    ``entities`` are the dataclass types, so that a page reloads when it shows one of them.
    ``operation_id`` is ``None`` when there was nothing to change.
    """

    operation_id: int | None
    label: str
    entities: frozenset[type]
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """操作记录: one thing somebody did.

    ``reverts`` is the operation that this one undid (or, when that was itself an undo,
    redid). ``reverted_by`` is the latest operation reverting this one, if any.
    """

    id: int
    label: str
    actor: str
    at: datetime
    changes: int
    entities: tuple[str, ...]
    reverts: int | None = None
    reverted_by: int | None = None
