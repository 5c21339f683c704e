"""One transaction with its operation log: every write of the program goes through here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, ParamSpec, TypeVar

from bulletin_study.domain.errors import NotFound, Stale, StorageDamaged
from bulletin_study.domain.sessions import StudySession
from bulletin_study.domain.tallies import MarkCount
from bulletin_study.storage import oplog, queries, reverting
from bulletin_study.storage.engine import Database
from bulletin_study.storage.migrations import HEAD
from bulletin_study.storage.oplog import Changes, Key
from bulletin_study.storage.records import Row
from bulletin_study.storage.statements import Statements, condition_of, many
from bulletin_study.storage.tables import EntityTable, table_of
from bulletin_study.usecases.changes import Committed, Operation
from bulletin_study.usecases.ports import Key as KeyPart
from bulletin_study.usecases.ports import PersonMarks, Services

T = TypeVar("T")
P = ParamSpec("P")

statements_of: Callable[[EntityTable[Any]], Statements] = cache(Statements)


class SqlUnit:
    """A unit of work on a database with an open transaction (see ``usecases.ports``)."""

    def __init__(self, database: Database, services: Services, writes: bool) -> None:
        self._database = database
        self._services = services
        self._writes = writes
        self._changed: dict[EntityTable[Any], Changes] = {}
        self._fresh_to: dict[EntityTable[Any], int] = {}

    @property
    def services(self) -> Services:
        return self._services

    # --- reading ------------------------------------------------------------------------

    def get(self, entity: type[T], *key: KeyPart) -> T | None:
        stored: EntityTable[Any] = table_of(entity)
        encoded = [
            stored.codec.encode_field(name, part)
            for name, part in zip(stored.key, key, strict=True)
        ]
        rows = self._rows(stored, [tuple(encoded)])
        return self._decode(stored, rows)[0] if rows else None

    def all(self, entity: type[T], **equals: object) -> list[T]:
        stored: EntityTable[Any] = table_of(entity)
        shape: list[tuple[str, object]] = []
        parameters: list[Any] = []
        for name, wanted in equals.items():
            how, values = condition_of(stored, name, wanted)
            shape.append((name, how))
            parameters.extend(values)
        text = statements_of(stored).matching(tuple(shape))
        return self._decode(stored, self._database.run(text, parameters))

    def sessions_between(self, first: date, last: date) -> list[StudySession]:
        stored = table_of(StudySession)
        return self._decode(stored, queries.sessions_between(self._database, first, last))

    def marks_by_session(self, first: date, last: date) -> list[MarkCount]:
        return queries.marks_by_session(self._database, first, last)

    def marks_by_person(self, first: date, last: date) -> list[PersonMarks]:
        return queries.marks_by_person(self._database, first, last)

    def operations(self, limit: int = 200, before: int | None = None) -> list[Operation]:
        return oplog.latest(self._database, limit, before)

    # --- writing ------------------------------------------------------------------------

    def new_ids(self, entity: type, count: int = 1) -> range:
        self._must_write()
        stored: EntityTable[Any] = table_of(entity)
        if not stored.has_ids:
            raise TypeError(f"{entity.__name__} has no ids")
        ((end,),) = self._database.run(
            "INSERT INTO id_counter (entity, next) VALUES (?, 1 + ?)"
            " ON CONFLICT (entity) DO UPDATE SET next = next + ? RETURNING next",
            (stored.name, count, count),
        )
        self._fresh_to[stored] = end
        return range(end - count, end)

    def put(self, *values: object) -> None:
        self._must_write()
        for entity, same in _by_type(values).items():
            stored: EntityTable[Any] = table_of(entity)
            rows = {stored.key_of(row): row for row in self._encode(stored, same)}
            before = {stored.key_of(row): row for row in self._rows(stored, rows)}
            self._apply(
                stored,
                {
                    key: (before.get(key), row)
                    for key, row in rows.items()
                    if before.get(key) != row
                },
            )

    def remove(self, *values: object) -> None:
        self._must_write()
        for entity, same in _by_type(values).items():
            stored: EntityTable[Any] = table_of(entity)
            rows = {stored.key_of(row): row for row in self._encode(stored, same)}
            before = {stored.key_of(row): row for row in self._rows(stored, rows)}
            if before != rows:
                raise Stale(stored.label)
            self._apply(stored, {key: (row, None) for key, row in rows.items()})

    def commit(self, label: str) -> Committed:
        self._must_write()
        return self._commit(label)

    def revert(self, operation_id: int, label: str) -> Committed:
        self._must_write()
        if self._changed:
            raise RuntimeError("a revert is an operation of its own")
        reverted = oplog.label_of(self._database, operation_id)
        if reverted is None:
            raise NotFound("操作", str(operation_id))
        for stored, changes in reverting.swapped(self._database, operation_id).items():
            current = {stored.key_of(row): row for row in self._rows(stored, changes)}
            reverting.require_unchanged(
                self._database, stored, changes, current, operation_id, reverted
            )
            self._apply(stored, changes)
        reverting.require_no_orphans(self._database, self._changed, operation_id, reverted)
        return self._commit(label, operation_id)

    def _commit(self, label: str, reverts: int | None = None) -> Committed:
        changed = {stored: changes for stored, changes in self._changed.items() if changes}
        if not changed:
            self._database.rollback()
            self._writes = False
            return Committed(None, label, frozenset())
        services = self._services
        entry = oplog.Entry(label, services.actor, services.clock.now(), HEAD, reverts)
        self._keep_ids_fresh(changed)
        operation_id = oplog.write(self._database, entry, changed)
        self._database.commit()
        self._writes = False
        return Committed(
            operation_id,
            label,
            frozenset(stored.entity for stored in changed),
            sum(map(len, changed.values())),
        )

    def _apply(self, stored: EntityTable[Any], changes: Changes) -> None:
        """Make the rows so, one statement for all of them, and remember what they were."""
        statements = statements_of(stored)
        run_many = self._database.run_many
        # A row that gives up its unique value leaves first: two rows may swap theirs. Links
        # to it are only looked at when the transaction commits.
        run_many(
            statements.delete,
            [
                key
                for key, (before, after) in changes.items()
                if before is not None and (after is None or _gives_up(stored, before, after))
            ],
        )
        run_many(statements.upsert, [after for _, after in changes.values() if after is not None])
        known = self._changed.setdefault(stored, {})
        for key, (before, after) in changes.items():
            first = known[key][0] if key in known else before
            if first == after:
                known.pop(key, None)
            else:
                known[key] = (first, after)

    def _keep_ids_fresh(self, changed: dict[EntityTable[Any], Changes]) -> None:
        """Move the counters past ids that were not taken from them."""
        for stored, changes in changed.items():
            if not stored.has_ids:
                continue
            added = [key[0] for key, (before, _) in changes.items() if before is None]
            if added and max(added) >= self._fresh_to.get(stored, 0):
                self._database.run(
                    "INSERT INTO id_counter (entity, next) VALUES (?, ?) ON CONFLICT (entity)"
                    " DO UPDATE SET next = max(next, excluded.next)",
                    (stored.name, max(added) + 1),
                )

    def _must_write(self) -> None:
        if not (self._writes and self._database.in_transaction):
            raise RuntimeError("this unit only reads, was saved already, or failed before")

    def _rows(self, stored: EntityTable[Any], keys: Iterable[Key]) -> list[Row]:
        return self._database.run(statements_of(stored).by_keys, (many(keys),))

    def _encode(self, stored: EntityTable[T], values: list[Any]) -> list[Row]:
        return stored.codec.encode(values)

    def _decode(self, stored: EntityTable[T], rows: list[Row]) -> list[T]:
        try:
            return stored.codec.decode(rows)
        except (KeyError, ValueError) as error:
            detail = f"{stored.name}: {error}"
            raise StorageDamaged(str(self._database.path), detail) from error


def _by_type(values: Iterable[object]) -> dict[type, list[object]]:
    found: dict[type, list[object]] = {}
    for value in values:
        found.setdefault(type(value), []).append(value)
    return found


def _gives_up(stored: EntityTable[Any], before: Row, after: Row) -> bool:
    return any(before[at] is not None and before[at] != after[at] for at in stored.unique_at)
