"""One transaction with its operation log: every write of the program goes through here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any, TypeVar

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.drafts import Draft
from bulletin_study.domain.errors import Conflict, NotFound, Stale
from bulletin_study.domain.sessions import StudySession
from bulletin_study.domain.tally_facts import CountedSession, GroupMarks, PersonMarks, SessionMarks
from bulletin_study.domain.written import TextHits, TextPlace, Word
from bulletin_study.storage import drafts, oplog, queries, tallies, text_index, text_query
from bulletin_study.storage.engine import Database
from bulletin_study.storage.faults import BrokenLink, decoding
from bulletin_study.storage.ids import IdCounter
from bulletin_study.storage.links import orphans
from bulletin_study.storage.migrations import HEAD
from bulletin_study.storage.oplog import Changes, Key
from bulletin_study.storage.records import Row
from bulletin_study.storage.reverting import Reverting, who_changed
from bulletin_study.storage.statements import Statements, condition_of, many
from bulletin_study.storage.tables import EntityTable, table_of
from bulletin_study.usecases.changes import Committed, Operation
from bulletin_study.usecases.ports import FileStore, Services
from bulletin_study.usecases.ports import Key as KeyPart

T = TypeVar("T")

_LONGEST_LABEL = 160

statements_of: Callable[[EntityTable[Any]], Statements] = cache(Statements)


class SqlUnit:
    """A unit of work on a database with an open transaction (see ``usecases.ports``)."""

    def __init__(
        self, database: Database, services: Services, files: FileStore, writes: bool
    ) -> None:
        self._database = database
        self._services = services
        self._files = files
        self._writes = writes
        self._changed: dict[EntityTable[Any], Changes] = {}
        self._ids = IdCounter(database)
        self._lifted: set[int] = set()
        self._drafted = False

    @property
    def services(self) -> Services:
        return self._services

    @property
    def files(self) -> FileStore:
        return self._files

    # --- reading ------------------------------------------------------------------------

    def get(self, entity: type[T], *key: KeyPart) -> T | None:
        found = self.all(entity, **dict(zip(table_of(entity).key, key, strict=True)))
        return found[0] if found else None

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

    def counted_sessions(self, first: date, last: date) -> list[CountedSession]:
        return queries.counted_sessions(self._database, first, last)

    def headcounts(self, session_ids: Iterable[int]) -> dict[int, Headcount]:
        self._lay()
        return queries.headcounts(self._database, session_ids)

    def marks_by_session(self, first: date, last: date) -> list[SessionMarks]:
        self._lay()
        return queries.marks_by_session(self._database, first, last)

    def marks_by_person(self, first: date, last: date) -> list[PersonMarks]:
        self._lay()
        return queries.marks_by_person(self._database, first, last)

    def marks_by_group(self, first: date, last: date) -> list[GroupMarks]:
        self._lay()
        return queries.marks_by_group(self._database, first, last)

    def made_up_by_person(self, first: date, last: date) -> dict[int, int]:
        return queries.made_up_by_person(self._database, first, last)

    def texts_holding(
        self,
        words: Sequence[Word],
        places: Collection[TextPlace] | None = None,
        first: int = 0,
        limit: int | None = None,
    ) -> TextHits:
        return text_query.texts_holding(self._database, words, places, first, limit)

    def operations(self, limit: int = 200, before: int | None = None) -> list[Operation]:
        return oplog.latest(self._database, limit, before)

    # --- writing ------------------------------------------------------------------------

    def new_ids(self, entity: type, count: int = 1) -> range:
        self._must_write()
        stored: EntityTable[Any] = table_of(entity)
        if not stored.has_ids:
            raise TypeError(f"{entity.__name__} has no ids")
        return self._ids.take(stored.name, count)

    def put(self, *values: object) -> None:
        with self._all_or_nothing():
            for entity, same in _by_type(values).items():
                stored: EntityTable[Any] = table_of(entity)
                rows = _keyed(stored, stored.codec.encode(same))
                before = self._current(stored, rows)
                self._apply(
                    stored,
                    {
                        key: (before.get(key), row)
                        for key, row in rows.items()
                        if before.get(key) != row
                    },
                )

    def remove(self, *values: object) -> None:
        with self._all_or_nothing():
            for entity, same in _by_type(values).items():
                stored: EntityTable[Any] = table_of(entity)
                rows = _keyed(stored, stored.codec.encode(same))
                current = self._current(stored, rows)
                changed = {key for key, row in rows.items() if current.get(key) != row}
                if changed:
                    raise Stale(stored.label, who_changed(self._database, stored, changed) or "")
                self._apply(stored, {key: (row, None) for key, row in rows.items()})

    def drafts(self) -> list[Draft]:
        return drafts.every(self._database)

    def keep_draft(self, target: str, base: str, text: str) -> None:
        with self._all_or_nothing():
            drafts.keep(self._database, Draft(target, base, text, self._services.clock.now()))
            self._drafted = True

    def drop_draft(self, target: str) -> None:
        with self._all_or_nothing():
            self._drafted |= drafts.drop(self._database, target)

    def commit(self, label: str) -> Committed:
        with self._all_or_nothing():
            try:
                return self._commit(label)
            except BrokenLink as error:
                found = orphans(self._database)
                raise Conflict(str(found[0]) if found else error.detail) from error

    def revert(self, operation_id: int, label: str) -> Committed:
        if self._changed:
            raise RuntimeError("a revert is an operation of its own")
        with self._all_or_nothing():
            reverted = oplog.label_of(self._database, operation_id)
            if reverted is None:
                raise NotFound("操作", str(operation_id))
            plan = Reverting(self._database, operation_id, reverted)
            for stored, changes in plan.changes().items():
                plan.require_unchanged(stored, changes, self._current(stored, changes))
                plan.require_free(stored, changes)
                self._apply(stored, changes)
            try:
                return self._commit(label, operation_id)
            except BrokenLink as error:
                raise plan.broken_link(self._changed) from error

    def _commit(self, label: str, reverts: int | None = None) -> Committed:
        changed = {stored: changes for stored, changes in self._changed.items() if changes}
        if not changed:
            self._finish_without_operation()
            return Committed(None, label, frozenset())
        label = _line(label)
        services = self._services
        entry = oplog.Entry(label, services.actor, services.clock.now(), HEAD, reverts)
        for stored, changes in changed.items():
            if stored.has_ids:
                added = (key[0] for key, (before, _) in changes.items() if before is None)
                self._ids.pass_over(stored.name, added)
        self._lay()
        operation_id = oplog.write(self._database, entry, changed)
        self._database.commit()
        return Committed(
            operation_id,
            label,
            frozenset(stored.entity for stored in changed),
            sum(map(len, changed.values())),
        )

    def _finish_without_operation(self) -> None:
        """Drafts are kept and dropped although nothing else has changed."""
        if self._drafted:
            self._lay()
            self._database.commit()
        else:
            self._database.rollback()

    def _apply(self, stored: EntityTable[Any], changes: Changes) -> None:
        """Make the rows so, one statement for all of them, and remember what they were."""
        statements = statements_of(stored)
        self._lift(tallies.touched(stored, changes))
        # A row that gives up its unique value leaves first: two rows may swap theirs. Links
        # to it are only looked at when the transaction commits.
        leaving = [
            key
            for key, (before, after) in changes.items()
            if before is not None and (after is None or _gives_up(stored, before, after))
        ]
        coming = [after for _, after in changes.values() if after is not None]
        self._database.run_many(statements.delete, leaving)
        self._database.run_many(statements.upsert, coming)
        text_index.follow(self._database, stored, changes)
        known = self._changed.setdefault(stored, {})
        for key, (before, after) in changes.items():
            first = known[key][0] if key in known else before
            if first == after:
                known.pop(key, None)
            else:
                known[key] = (first, after)

    def _lift(self, session_ids: set[int]) -> None:
        """Take sessions out of the kept sums until the unit is saved or figures are asked for."""
        fresh = session_ids - self._lifted
        if fresh:
            tallies.lift(self._database, fresh)
            self._lifted |= fresh

    def _lay(self) -> None:
        if self._lifted:
            tallies.lay(self._database, self._lifted)
            self._lifted = set()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Whatever fails inside ends the unit: half a bulk write must never be committed."""
        self._must_write()
        try:
            yield
        except BaseException:
            self._database.rollback()
            raise

    def _must_write(self) -> None:
        if not (self._writes and self._database.in_transaction):
            raise RuntimeError("this unit only reads, was saved already, or failed before")

    def _current(self, stored: EntityTable[Any], keys: Iterable[Key]) -> dict[Key, Row]:
        rows = self._database.run(statements_of(stored).by_keys, (many(keys),))
        return _keyed(stored, rows)

    def _decode(self, stored: EntityTable[T], rows: list[Row]) -> list[T]:
        with decoding(self._database.path, stored.label):
            return stored.codec.decode(rows)


def _line(label: str) -> str:
    """A label as the log keeps it: one line, and of a very long one the beginning."""
    flat = " ".join(label.split())
    return f"{flat[:_LONGEST_LABEL]}…" if len(flat) > _LONGEST_LABEL else flat


def _keyed(stored: EntityTable[Any], rows: Iterable[Row]) -> dict[Key, Row]:
    return {stored.key_of(row): row for row in rows}


def _by_type(values: Iterable[object]) -> dict[type, list[object]]:
    found: dict[type, list[object]] = {}
    for value in values:
        found.setdefault(type(value), []).append(value)
    return found


def _gives_up(stored: EntityTable[Any], before: Row, after: Row) -> bool:
    return any(before[at] is not None and before[at] != after[at] for at in stored.unique_at)
