"""What use cases need from outside: a unit of work, files, a clock, holidays, pinyin."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.calendar import YearHolidays
from bulletin_study.domain.drafts import Draft
from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.evidence import FileState
from bulletin_study.domain.sessions import StudySession
from bulletin_study.domain.tally_facts import CountedSession, GroupMarks, PersonMarks, SessionMarks
from bulletin_study.domain.written import TextHits, TextPlace, Word
from bulletin_study.usecases.changes import Committed, Operation

T = TypeVar("T")
Key = int | str | date


class Clock(Protocol):
    """Local civil time (Asia/Shanghai wall clock of the machine)."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Services:
    """The outside world in plain functions.

    ``holidays(year)`` gives the year's statutory table or ``None`` when the kept library
    does not know the year. ``pinyin(name)`` gives (full pinyin with spaces, initials).
    ``actor`` is who is at the keyboard, for the operation log.
    """

    clock: Clock
    holidays: Callable[[int], YearHolidays | None]
    pinyin: Callable[[str], tuple[str, str]]
    actor: str = ""


Progress = Callable[[int, int], None]
"""(done, total) in rows, blocks or bytes; may raise ``Cancelled`` to stop."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A copy of a file that has come into the store's folder but belongs to nothing yet."""

    part: Path
    original: str
    sha256: str
    size: int


class FileStore(Protocol):
    """The store's own folder of files. Paths are relative to it, with ``/``."""

    def stage(self, source: Path, progress: Progress | None = None) -> Staged:
        """Copy a file in, whole or not at all. Raises ``CopyRefused``, ``Cancelled``."""

    def keep(self, staged: Staged, folder: str, stem: str) -> str:
        """Give a copy its name for good, never that of another; its path."""

    def drop(self, staged: Staged) -> None:
        """Forget a copy; without effect on one that was kept."""

    def withdraw(self, path: str) -> None:
        """Take back what was just kept, because its row could not be saved."""

    def locate(self, path: str) -> Path:
        """Where it lies. Raises ``NotFound`` for a path that leads out of the folder."""

    def state(
        self,
        path: str,
        sha256: str,
        size: int,
        progress: Progress | None = None,
        *,
        afresh: bool = False,
    ) -> FileState:
        """Whether it is there unchanged; ``afresh``: read again whatever is known of it."""

    def paths(self) -> Iterator[tuple[str, int]]:
        """Every file there is, with its size in bytes."""


class UnitOfWork(Protocol):
    """One transaction with its operation log.

    Values are frozen dataclasses; a key is the entity's ``id`` or, for the linked ones, the
    tuple of its key fields. Nothing is kept unless :meth:`commit` is called; leaving the
    ``with`` block without it rolls back. Writes are visible to later reads of the same unit.
    A unit opened for reading refuses writes with ``RuntimeError`` (a bug).
    """

    @property
    def services(self) -> Services: ...

    @property
    def files(self) -> FileStore: ...

    def get(self, entity: type[T], *key: Key) -> T | None:
        """The value with this key, or ``None``."""

    def all(self, entity: type[T], **equals: object) -> list[T]:
        """All values whose fields equal the given ones, by key.

        A tuple, list, set or frozenset as a value means "one of these".
        """

    def new_ids(self, entity: type, count: int = 1) -> range:
        """Fresh ids, never given out before, not even to something since removed."""

    def put(self, *values: object) -> None:
        """Insert or replace; equal values are no change. One statement for many rows."""

    def remove(self, *values: object) -> None:
        """Delete; each must equal what is stored, otherwise ``Stale``."""

    def commit(self, label: str) -> Committed:
        """Save as one operation named ``label`` (Chinese, shown to the user)."""

    # --- words being typed --------------------------------------------------------------

    def drafts(self) -> list[Draft]:
        """Words typed and not saved, the oldest first."""

    def keep_draft(self, target: str, base: str, text: str) -> None:
        """Keep what is typed in a field, in the place of what was kept of it before.

        Drafts are saved by :meth:`commit` with whatever else the unit changes; without
        anything else they make no operation.
        """

    def drop_draft(self, target: str) -> None:
        """Forget the draft of a field; without effect when there is none."""

    # --- named queries ------------------------------------------------------------------

    def sessions_between(self, first: date, last: date) -> list[StudySession]:
        """Sessions with ``first <= day <= last``, by day, start, id."""

    def counted_sessions(self, first: date, last: date) -> list[CountedSession]:
        """The same sessions in the same order, with no more than figures need."""

    def headcounts(self, session_ids: Iterable[int]) -> dict[int, Headcount]:
        """The sign-in of each of these sessions as numbers, whoever of its kinds expects
        somebody; sessions without a list are left out."""

    def marks_by_session(self, first: date, last: date) -> list[SessionMarks]:
        """Sign-in figures of held sessions of a period (without 免到 and 列席)."""

    def marks_by_person(self, first: date, last: date) -> list[PersonMarks]:
        """Sign-in figures per person of held sessions of a period (no 免到, no 列席)."""

    def marks_by_group(self, first: date, last: date) -> list[GroupMarks]:
        """Sign-in figures per group of held sessions of a period (no 免到, no 列席)."""

    def made_up_by_person(self, first: date, last: date) -> dict[int, int]:
        """How many held sessions of a period each person missed and made up (补学 cleared)."""

    def texts_holding(
        self,
        words: Sequence[Word],
        places: Collection[TextPlace] | None = None,
        first: int = 0,
        limit: int | None = None,
    ) -> TextHits:
        """Texts that hold all these words, whatever case and width, by their session's day, start
        and id, the newest first; ``limit`` of them beginning with the one numbered ``first``.

        Only hits of ``places`` are given (``None``: of all); the counts are of all places.
        """

    # --- history ------------------------------------------------------------------------

    def operations(self, limit: int = 200, before: int | None = None) -> list[Operation]:
        """Latest operations first."""

    def revert(self, operation_id: int, label: str) -> Committed:
        """Undo one operation as a new operation, saved at once (no :meth:`commit`).

        Raises ``Dependent`` when a row no longer is as that operation left it, or
        something saved later hangs on it; ``NotFound`` for an unknown id.
        """


class Office(Protocol):
    """A store that gives out units of work."""

    @property
    def services(self) -> Services: ...

    @property
    def files(self) -> FileStore:
        """The store's folder of files; copying into it needs no unit."""

    def unit(self) -> AbstractContextManager[UnitOfWork]:
        """A unit that writes; one at a time."""

    def view(self) -> AbstractContextManager[UnitOfWork]:
        """A unit that only reads."""


def new_id(unit: UnitOfWork, entity: type) -> int:
    """One fresh id."""
    return unit.new_ids(entity, 1)[0]


def require(unit: UnitOfWork, entity: type[T], what: str, *key: Key) -> T:
    """The value with this key; ``NotFound`` naming ``what`` when there is none."""
    found = unit.get(entity, *key)
    if found is None:
        raise NotFound(what, "、".join(str(part) for part in key))
    return found


def names(values: Sequence[str], limit: int = 3) -> str:
    """“甲、乙、丙等 5 人”-style short list, without the closing noun."""
    if len(values) <= limit:
        return "、".join(values)
    return f"{'、'.join(values[:limit])}等 {len(values)} 个"
