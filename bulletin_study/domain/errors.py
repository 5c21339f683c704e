"""Expected refusals: classes that carry data, not prose.

Each becomes one Chinese sentence where it is shown. Anything that is not a
:class:`Refusal` is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Refusal(Exception):
    """The program will not do what was asked; nothing was saved."""


# --- values -----------------------------------------------------------------------------


@dataclass(eq=False)
class NotFound(Refusal):
    """No such thing: ``what`` is the Chinese word for it, ``key`` what was looked for."""

    what: str
    key: str


@dataclass(eq=False)
class Missing(Refusal):
    """A field that must be filled is empty."""

    field: str


@dataclass(eq=False)
class BadValue(Refusal):
    """A field holds text that cannot be read as what it should be."""

    field: str
    value: str
    expected: str = ""


@dataclass(eq=False)
class EndBeforeStart(Refusal):
    """A span ends before it starts."""

    field: str
    start: str
    end: str


@dataclass(eq=False)
class Duplicate(Refusal):
    """``field`` ``value`` already belongs to ``owner``."""

    field: str
    value: str
    owner: str


@dataclass(eq=False)
class Ambiguous(Refusal):
    """Several people bear this name and nothing tells which is meant."""

    name: str
    candidates: tuple[str, ...]


# --- people -----------------------------------------------------------------------------


@dataclass(eq=False)
class BeforeEntry(Refusal):
    """A mark, talk or duty dated before the person's 入部日期 (or after leaving)."""

    name: str
    day: date
    joined: date | None


@dataclass(eq=False)
class NobodyThere(Refusal):
    """Nobody could be drawn for a duty on a day."""

    what: str
    day: date


@dataclass(eq=False)
class GroupNotEmpty(Refusal):
    """A group that has, or had, people cannot be deleted."""

    name: str
    people: int


@dataclass(eq=False)
class InUse(Refusal):
    """Something cannot be deleted because records hang on it."""

    what: str
    used_by: str


@dataclass(eq=False)
class NotEmpty(Refusal):
    """Sample data go into an empty database only; this one has ``people`` on its roster."""

    people: int


@dataclass(eq=False)
class WrongRole(Refusal):
    """Only somebody of another role may do this (only leaders comment, …)."""

    name: str
    needed: str


# --- sessions ---------------------------------------------------------------------------


ARCHIVED = "已归档"
"""The state that can be taken back before what it forbids is done."""


@dataclass(eq=False)
class WrongStatus(Refusal):
    """The session's state forbids it, e.g. cancelling one that took place."""

    session: str
    status: str
    action: str


@dataclass(eq=False)
class StillMissing(Refusal):
    """A session cannot be archived yet; ``items`` name what is missing."""

    session: str
    items: tuple[str, ...]


@dataclass(eq=False)
class Clash(Refusal):
    """Overlapping sessions that must be overridden knowingly; ``reasons`` in words."""

    reasons: tuple[str, ...]


@dataclass(eq=False)
class BadRecurrence(Refusal):
    """A recurrence rule that cannot be read, or that never or far too often occurs."""

    rule: str
    why: str


@dataclass(eq=False)
class RuleBroken(Refusal):
    """A talk assignment that a hard rule of the rotation forbids."""

    rule: str
    name: str
    day: date


# --- history ----------------------------------------------------------------------------


@dataclass(eq=False)
class NothingToUndo(Refusal):
    """No operation is left to undo (``redo`` False) or to redo."""

    redo: bool = False


@dataclass(eq=False)
class Dependent(Refusal):
    """``label`` cannot be undone because ``blocking`` came after and depends on it."""

    label: str
    blocking: str


@dataclass(eq=False)
class Stale(Refusal):
    """What was edited has been changed meanwhile by ``label``."""

    what: str
    label: str = ""


# --- storage ----------------------------------------------------------------------------


class StorageFault(StrEnum):
    """What befell the store."""

    FULL = "full"
    READ_ONLY = "read_only"
    CANNOT_OPEN = "cannot_open"
    BUSY = "busy"
    GONE = "gone"
    IN_USE = "in_use"


@dataclass(eq=False)
class StorageUnavailable(Refusal):
    """The store cannot be read or written now; what was saved is safe."""

    fault: StorageFault
    path: str


@dataclass(eq=False)
class StorageDamaged(Refusal):
    """The file is no database, or a damaged one."""

    path: str
    detail: str = ""


@dataclass(eq=False)
class StorageNewer(Refusal):
    """The database was written by a newer version of the program."""

    path: str
    revision: str


@dataclass(eq=False)
class Conflict(Refusal):
    """The store's own constraints refused the change."""

    detail: str


# --- files ------------------------------------------------------------------------------


class FileFault(StrEnum):
    """Why a file of others could not be used, or one of ours not be written."""

    NOT_FOUND = "not_found"
    IS_DIRECTORY = "is_directory"
    NO_PERMISSION = "no_permission"
    EMPTY = "empty"
    PASSWORD = "password"
    NOT_A_TABLE = "not_a_table"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NO_SHEET = "no_sheet"
    NO_HEADER = "no_header"
    NO_ROWS = "no_rows"
    BAD_MAP = "bad_map"
    IN_USE = "in_use"
    DISK_FULL = "disk_full"
    FORMAT = "format"


@dataclass(eq=False)
class FileRefused(Refusal):
    """A file could not be read or written; ``detail`` is a name or value to show."""

    file_name: str
    fault: FileFault
    detail: str = ""


class CopyFault(StrEnum):
    """Why a file could not be copied into the store."""

    NOT_FOUND = "not_found"
    IS_DIRECTORY = "is_directory"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    CHANGING = "changing"
    DISK_FULL = "disk_full"
    STORE_CLOSED = "store_closed"


@dataclass(eq=False)
class CopyRefused(Refusal):
    """A file was not copied into the store; nothing of it is left there."""

    file_name: str
    fault: CopyFault


@dataclass(eq=False)
class AlreadyThere(Refusal):
    """Files whose content the session has already; ``names`` are those that were added."""

    session: str
    names: tuple[str, ...]


class PictureFault(StrEnum):
    """Why a picture cannot be shown or printed."""

    MISSING = "missing"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    FORMAT = "format"


@dataclass(eq=False)
class PictureRefused(Refusal):
    """A picture cannot be shown; its file is as it was."""

    file_name: str
    fault: PictureFault


class Cancelled(Refusal):
    """The user cancelled; nothing was saved."""


class NoScreen(Refusal):
    """There is no screen to open a window on."""
