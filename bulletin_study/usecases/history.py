"""Undo, redo and what was done: the operation log as a person uses it.

An operation is *work*, an *undo* (it reverts work, or a redo) or a *redo* (it reverts an
undo). Undo takes back the latest own operation that is in force and no undo; redo brings
back what the latest own undo took, as long as no own work came after that undo.
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_study.domain.errors import NotFound, NothingToUndo
from bulletin_study.usecases.changes import Committed, Operation
from bulletin_study.usecases.ports import UnitOfWork

UNDO = "撤销："
REDO = "恢复："
_PAGE = 100


def history(unit: UnitOfWork, limit: int = 200, before: int | None = None) -> list[Operation]:
    """The latest operations first; ``before`` an id: those older than it."""
    return unit.operations(limit, before)


def undo(unit: UnitOfWork) -> Committed:
    """Take back the latest own operation that is in force and no undo itself.

    Raises ``NothingToUndo``; ``Dependent`` when something later stands in the way.
    """
    log = _Log(unit)
    found = log.to_undo()
    if found is None:
        raise NothingToUndo()
    return log.revert(found)


def redo(unit: UnitOfWork) -> Committed:
    """Bring back what the latest own undo took away; own work since then clears it.

    Raises ``NothingToUndo`` (``redo`` true); ``Dependent`` when something stands in the way.
    """
    log = _Log(unit)
    found = log.to_redo()
    if found is None:
        raise NothingToUndo(redo=True)
    return log.revert(found)


def revert_one(unit: UnitOfWork, operation_id: int) -> Committed:
    """Take back one operation out of the history, whoever did it and whatever came after.

    Work that was undone and redone is taken back too. Raises ``NotFound``;
    ``NothingToUndo`` when it is no longer in force; ``Dependent`` when something later
    depends on it.
    """
    log = _Log(unit)
    chosen = log.get(operation_id)
    last = log.last_word(chosen)
    if log.depth(last) % 2 != log.depth(chosen) % 2:
        raise NothingToUndo()
    return log.revert(last)


def next_steps(unit: UnitOfWork) -> tuple[str | None, str | None]:
    """What undo and what redo would take on now, as labels; ``None``: nothing."""
    log = _Log(unit)
    back, forth = log.to_undo(), log.to_redo()
    return (
        None if back is None else log.root(back).label,
        None if forth is None else log.root(forth).label,
    )


class _Log:
    """The operations read so far."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._known: dict[int, Operation] = {}

    def get(self, operation_id: int) -> Operation:
        if operation_id not in self._known:
            found = self._unit.operations(1, operation_id + 1)
            if not found or found[0].id != operation_id:
                raise NotFound("操作", str(operation_id))
            self._known[operation_id] = found[0]
        return self._known[operation_id]

    def own(self) -> Iterator[Operation]:
        """Operations of whoever is at the keyboard, latest first."""
        before: int | None = None
        while page := self._unit.operations(_PAGE, before):
            self._known.update((operation.id, operation) for operation in page)
            yield from (o for o in page if o.actor == self._unit.services.actor)
            before = page[-1].id

    def depth(self, operation: Operation) -> int:
        """0 for work, odd for an undo, even for a redo."""
        depth = 0
        while operation.reverts is not None:
            operation = self.get(operation.reverts)
            depth += 1
        return depth

    def root(self, operation: Operation) -> Operation:
        """The work that an undo or redo is about."""
        while operation.reverts is not None:
            operation = self.get(operation.reverts)
        return operation

    def last_word(self, operation: Operation) -> Operation:
        """The latest undo or redo of an operation, or itself."""
        while operation.reverted_by is not None:
            operation = self.get(operation.reverted_by)
        return operation

    def to_undo(self) -> Operation | None:
        for operation in self.own():
            if operation.reverted_by is None and self.depth(operation) % 2 == 0:
                return operation
        return None

    def to_redo(self) -> Operation | None:
        for operation in self.own():
            if operation.reverts is None:
                return None
            if operation.reverted_by is None and self.depth(operation) % 2 == 1:
                return operation
        return None

    def revert(self, operation: Operation) -> Committed:
        prefix = REDO if self.depth(operation) % 2 else UNDO
        return self._unit.revert(operation.id, prefix + self.root(operation).label)
