"""Driver errors, sorted by who is to blame, as the refusals the rest of the program knows."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bulletin_study.domain.errors import (
    Conflict,
    Refusal,
    StorageDamaged,
    StorageFault,
    StorageUnavailable,
)
from bulletin_study.storage.tables import words_for

_FAULTS: dict[int, StorageFault] = {
    sqlite3.SQLITE_FULL: StorageFault.FULL,
    sqlite3.SQLITE_READONLY: StorageFault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: StorageFault.CANNOT_OPEN,
    sqlite3.SQLITE_PERM: StorageFault.CANNOT_OPEN,
    sqlite3.SQLITE_AUTH: StorageFault.CANNOT_OPEN,
    sqlite3.SQLITE_BUSY: StorageFault.BUSY,
    sqlite3.SQLITE_LOCKED: StorageFault.BUSY,
    sqlite3.SQLITE_PROTOCOL: StorageFault.BUSY,
}
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_REFUSED = (sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH)


_NO_TABLE = "no such table"
_HARDLY_ANY = 1 << 20


class BrokenLink(Conflict):
    """A commit would leave a row that points at nothing. The transaction is still open."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise ``StorageUnavailable``, ``StorageDamaged`` or ``Conflict`` for what befalls the file.

    A number or text that no column can hold (beyond 64 bits, half a surrogate pair) is a
    ``Conflict`` too. Anything else is a bug and passes through.
    """
    try:
        yield
    except (OverflowError, UnicodeEncodeError) as error:
        raise Conflict("有的数字太大，或文字里有无法保存的字符") from error
    except DBAPIError as error:
        refusal = _refusal(error.orig, path)
        if refusal is None:
            raise
        raise refusal from error
    except sqlite3.Error as error:
        refusal = _refusal(error, path)
        if refusal is None:
            raise
        raise refusal from error


@contextmanager
def decoding(path: Path, what: str) -> Iterator[None]:
    """Raise ``StorageDamaged`` when a stored row of ``what`` cannot be read as such a value."""
    try:
        yield
    except (KeyError, ValueError) as error:
        raise StorageDamaged(str(path), f"{what}：{error}") from error


def _refusal(error: BaseException | None, path: Path) -> Refusal | None:
    extended = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        return None
    if extended == sqlite3.SQLITE_READONLY_DBMOVED:
        return StorageUnavailable(StorageFault.GONE, str(path))
    if extended == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return BrokenLink("所指的内容不存在")
    code = extended & 0xFF
    if code == sqlite3.SQLITE_IOERR:
        return StorageUnavailable(_disk_fault(path), str(path))
    if code in _FAULTS:
        return StorageUnavailable(_FAULTS[code], str(path))
    if code in _DAMAGE or str(error).startswith(_NO_TABLE):
        return StorageDamaged(str(path), str(error))
    if code in _REFUSED:
        return Conflict(words_for(str(error)))
    return None


def opening_fault(error: OSError, path: Path) -> StorageFault:
    """What keeps a file from being opened for writing, or from being made."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFault.FULL
    denied = error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
    return StorageFault.READ_ONLY if denied and _readable(path) else StorageFault.CANNOT_OPEN


def _readable(path: Path) -> bool:
    """Whether the file (or, before there is one, its folder) can at least be read."""
    effective = os.access in os.supports_effective_ids
    if os.access(path, os.F_OK, effective_ids=effective):
        return os.access(path, os.R_OK, effective_ids=effective)
    return os.access(path.parent, os.R_OK | os.X_OK, effective_ids=effective)


def _disk_fault(path: Path) -> StorageFault:
    """What lies behind a failed read or write: a pulled stick, a full disk, a sick one.

    SQLite says SQLITE_FULL only where it notices itself; growing its shared memory on a full
    disk is a mere I/O error.
    """
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        return StorageFault.GONE
    if not path.exists():
        return StorageFault.GONE
    return StorageFault.FULL if free < _HARDLY_ANY else StorageFault.CANNOT_OPEN
