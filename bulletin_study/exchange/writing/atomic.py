"""Writing a file so that it is there whole or not at all.

The new file grows beside the old one under a hidden name, reaches the disk, and takes the
old one's place in one step. Whatever goes wrong, and however early, the old file is intact
and no half file is left.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from bulletin_study.domain.errors import Cancelled, FileFault, FileRefused
from bulletin_study.durable import settle

Cancel = Callable[[], bool]

# By name, since not every system knows every one.
_FAULTS = {
    "ENOENT": FileFault.NOT_FOUND,
    "ENOTDIR": FileFault.NOT_FOUND,
    "EISDIR": FileFault.IS_DIRECTORY,
    "EACCES": FileFault.NO_PERMISSION,
    "EPERM": FileFault.NO_PERMISSION,
    "EROFS": FileFault.NO_PERMISSION,
    "EBUSY": FileFault.IN_USE,
    "ETXTBSY": FileFault.IN_USE,
    "ENOSPC": FileFault.DISK_FULL,
    "EDQUOT": FileFault.DISK_FULL,
    "EFBIG": FileFault.DISK_FULL,
}
_BAD_NAMES = {
    "ENAMETOOLONG": "文件名太长",
    "EINVAL": "文件名里有不能用的字符",
    "EILSEQ": "文件名里有不能用的字符",
}
_SHARING_VIOLATIONS = (32, 33)


class Growing(FileIO):
    """A file being written that stops with ``Cancelled`` as soon as it is asked to."""

    def __init__(self, path: Path, cancel: Cancel | None) -> None:
        self._cancel = cancel
        super().__init__(path, "xb", opener=_readable_as_usual)

    def write(self, data: object) -> int:
        """Write all of it; raises ``Cancelled``."""
        stop_if(self._cancel)
        left = memoryview(data).cast("B")  # type: ignore[arg-type]
        size = len(left)
        while left:
            left = left[super().write(left) :]
        return size


@contextmanager
def replacing(path: Path, cancel: Cancel | None = None) -> Iterator[Growing]:
    """Open a file that takes the place of ``path`` when the block ends well.

    Raises ``FileRefused`` for whatever the file system refuses, ``Cancelled`` when asked to
    stop; in both cases, as after any other error, ``path`` is as it was.
    """
    if "\0" in str(path):
        raise FileRefused(path.name, FileFault.NOT_FOUND, _BAD_NAMES["EINVAL"])
    try:
        target = _target(path)
        if target.is_dir():
            raise FileRefused(target.name, FileFault.IS_DIRECTORY)
        if target.exists() and not target.is_file():
            # A device, perhaps behind a link: it would be replaced by a file.
            raise FileRefused(path.name, FileFault.NO_PERMISSION, "这不是一个普通文件")
        part = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.part")
        out = Growing(part, cancel)
        try:
            with out:
                yield out
                stop_if(cancel)
                os.fsync(out.fileno())
            _keep_mode(target, part)
            part.replace(target)
        finally:
            with suppress(OSError):
                part.unlink()
        settle(target.parent)
    except OSError as error:
        raise refused(path, error) from error


def _target(path: Path) -> Path:
    try:
        return path.expanduser().resolve()
    except RuntimeError as error:
        # The home of nobody, or links that go round in circles.
        raise FileRefused(path.name, FileFault.NOT_FOUND, "这个位置不存在") from error


def stop_if(cancel: Cancel | None) -> None:
    """Raise ``Cancelled`` when the user asked for it."""
    if cancel is not None and cancel():
        raise Cancelled


def refused(path: Path, error: OSError) -> FileRefused:
    """What the file system said, as a refusal that names the file."""
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return FileRefused(path.name, FileFault.IN_USE)
    name = errno.errorcode.get(error.errno or 0, "")
    if name in _BAD_NAMES:
        return FileRefused(path.name, FileFault.NOT_FOUND, _BAD_NAMES[name])
    fault = _FAULTS.get(name)
    if fault is None:
        return FileRefused(path.name, FileFault.NO_PERMISSION, "磁盘读写出错")
    if fault is FileFault.NOT_FOUND:
        return FileRefused(path.name, fault, "要写进的文件夹不存在")
    if os.name == "nt" and fault is FileFault.NO_PERMISSION and path.is_file():
        # Windows denies replacing a file that another program holds open.
        return FileRefused(path.name, FileFault.IN_USE)
    return FileRefused(path.name, fault)


def _readable_as_usual(name: str, flags: int) -> int:
    # Unlike a temporary file's 0600: exports are handed on, so the user's own umask decides.
    return os.open(name, flags, 0o666)


def _keep_mode(target: Path, part: Path) -> None:
    """A file that is replaced keeps who may read it."""
    with suppress(OSError):
        part.chmod(target.stat().st_mode & 0o777)
