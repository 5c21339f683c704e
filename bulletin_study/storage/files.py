"""The store's own folder of files: what belongs to sessions is copied in here.

A copy grows under a hidden name and is hashed while it grows; only when it is whole and on the
disk does it get its name, in one step. Nothing here is ever overwritten, and nothing removed
but copies that were never taken in.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from bulletin_study.config import private_dir
from bulletin_study.domain.errors import CopyFault, CopyRefused, NotFound
from bulletin_study.domain.evidence import FileState, suffix_of
from bulletin_study.durable import settle
from bulletin_study.usecases.ports import Progress, Staged

MOST_BYTES = 2 * 1024**3
"""Larger files are refused: a copy of each would go into every backup."""
_KEPT_FREE = 64 * 1024**2
"""Left on the disk, so that the database itself can still be written."""
_PIECE = 1024**2
_PART = ".part"
_FORGOTTEN_AFTER = 3600.0
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FileFolder:
    """The folder ``root``; it is made when the first file comes."""

    def __init__(self, root: Path, most: int = MOST_BYTES) -> None:
        self._root = root
        self._most = most
        self._hashes: dict[tuple[Path, int, int], str] = {}

    # --- coming in ----------------------------------------------------------------------

    def stage(self, source: Path, progress: Progress | None = None) -> Staged:
        """Copy a file in, to be kept later or dropped. Raises ``CopyRefused``, ``Cancelled``."""
        with _opened(source, self._most) as reader:
            size = os.fstat(reader.fileno()).st_size
            part = self._new_part(source.name, size)
            try:
                sha256 = _copied(reader, part, source.name, size, progress)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        return Staged(part, _readable(source.name), sha256, size)

    def keep(self, staged: Staged, folder: str, stem: str) -> str:
        """Give a copy its name, with a number where the stem is taken; the relative path."""
        try:
            home = private_dir(private_dir(self._root) / folder)
            names = [other.name for other in home.iterdir()]
            target = home / _free_name(names, stem, suffix_of(staged.original))
            staged.part.rename(target)
            settle(home)
        except OSError as error:
            raise CopyRefused(staged.original, _store_fault(error)) from error
        return f"{folder}/{target.name}"

    def drop(self, staged: Staged) -> None:
        """Forget a copy that was not kept."""
        with suppress(OSError):
            staged.part.unlink()

    def withdraw(self, path: str) -> None:
        """Take back a file just kept, whose row could not be saved."""
        with suppress(OSError):
            self.locate(path).unlink()

    def sweep(self) -> None:
        """Remove copies that a killed program left half made."""
        with suppress(OSError):
            for part in self._root.glob(f".*{_PART}"):
                if time.time() - part.stat().st_mtime > _FORGOTTEN_AFTER:
                    part.unlink()

    # --- looking ------------------------------------------------------------------------

    def locate(self, path: str) -> Path:
        """Where a stored path lies. Raises ``NotFound`` for one that leads elsewhere."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or set(path) & set('\\:\0') or not path:
            raise NotFound("文件", path)
        return self._root / pure

    def state(
        self,
        path: str,
        sha256: str,
        size: int,
        progress: Progress | None = None,
        *,
        afresh: bool = False,
    ) -> FileState:
        """Whether a file is there with the content it had.

        One read before and not touched since is not read again, unless ``afresh``. Raises
        ``Cancelled`` when ``progress`` does.
        """
        try:
            target = self.locate(path)
            info = target.stat()
        except (OSError, NotFound):
            return FileState.MISSING
        if not stat.S_ISREG(info.st_mode):
            return FileState.MISSING
        if info.st_size != size:
            return FileState.CHANGED
        known = (target, info.st_size, info.st_mtime_ns)
        if afresh or known not in self._hashes:
            try:
                self._hashes[known] = _hash(target, size, progress)
            except OSError:
                return FileState.UNREADABLE
        return FileState.FINE if self._hashes[known] == sha256 else FileState.CHANGED

    def paths(self) -> Iterator[tuple[str, int]]:
        """Every file with its size, the hidden ones left out."""
        for folder, _, names in os.walk(self._root):
            for name in names:
                found = Path(folder) / name
                if not name.startswith("."):
                    with suppress(OSError):
                        yield found.relative_to(self._root).as_posix(), found.stat().st_size

    def _new_part(self, name: str, size: int) -> Path:
        try:
            private_dir(self._root)
            free = shutil.disk_usage(self._root).free
        except OSError as error:
            raise CopyRefused(name, _store_fault(error)) from error
        if free < size + _KEPT_FREE:
            raise CopyRefused(name, CopyFault.DISK_FULL)
        return self._root / f".{secrets.token_hex(8)}{_PART}"


def _readable(name: str) -> str:
    """The name as text that can be kept: on Linux the names out of a zip that was packed on
    Windows are often GBK, no UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        with suppress(UnicodeDecodeError):
            return raw.decode("gb18030")
        return raw.decode("utf-8", "replace")
    return name


def _opened(source: Path, most: int) -> BinaryIO:
    """The source, opened; what is no ordinary file is not even opened (a pipe would wait)."""
    name = source.name
    try:
        info = source.stat()
        if stat.S_ISDIR(info.st_mode):
            raise CopyRefused(name, CopyFault.IS_DIRECTORY)
        if not stat.S_ISREG(info.st_mode):
            raise CopyRefused(name, CopyFault.UNREADABLE)
        if info.st_size == 0:
            raise CopyRefused(name, CopyFault.EMPTY)
        if info.st_size > most:
            raise CopyRefused(name, CopyFault.TOO_LARGE)
        return source.open("rb")
    except FileNotFoundError as error:
        raise CopyRefused(name, CopyFault.NOT_FOUND) from error
    except NotADirectoryError as error:
        raise CopyRefused(name, CopyFault.NOT_FOUND) from error
    except (OSError, ValueError) as error:
        raise CopyRefused(name, CopyFault.UNREADABLE) from error


def _copied(
    reader: BinaryIO, part: Path, name: str, size: int, progress: Progress | None
) -> str:
    """Copy and hash; the source must be the same before and after."""
    before = os.fstat(reader.fileno())
    found, done = hashlib.sha256(), 0
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        with os.fdopen(handle, "wb") as writer:
            while piece := _read(reader, name):
                done += len(piece)
                if done > size:
                    raise CopyRefused(name, CopyFault.CHANGING)
                found.update(piece)
                writer.write(piece)
                if progress is not None:
                    progress(done, size)
            writer.flush()
            os.fsync(writer.fileno())
    except OSError as error:
        raise CopyRefused(name, _store_fault(error)) from error
    after = os.fstat(reader.fileno())
    if done != size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise CopyRefused(name, CopyFault.CHANGING)
    return found.hexdigest()


def _read(reader: BinaryIO, name: str) -> bytes:
    try:
        return reader.read(_PIECE)
    except OSError as error:
        raise CopyRefused(name, CopyFault.UNREADABLE) from error


def _hash(path: Path, size: int, progress: Progress | None) -> str:
    found, done = hashlib.sha256(), 0
    with path.open("rb") as reader:
        while piece := reader.read(_PIECE):
            found.update(piece)
            done += len(piece)
            if progress is not None:
                progress(done, size)
    return found.hexdigest()


def _store_fault(error: OSError) -> CopyFault:
    return CopyFault.DISK_FULL if error.errno in _FULL else CopyFault.STORE_CLOSED


def _free_name(names: Iterable[str], stem: str, suffix: str) -> str:
    """The stem, with a number where it is taken, whatever the suffix of the other."""
    taken = {name.casefold() for name in names}
    taken |= {name.removesuffix(suffix_of(name)) for name in taken}
    number, free = 1, stem
    while {free.casefold(), f"{free}{suffix}".casefold()} & taken:
        number += 1
        free = f"{stem}-{number}"
    return f"{free}{suffix}"


_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would else turn line ends."""
