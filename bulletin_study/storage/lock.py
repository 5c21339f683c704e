"""One process at a time: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from bulletin_study.domain.errors import StorageFault, StorageUnavailable


class ProcessLock:
    """The lock file beside a database."""

    def __init__(self, database: Path) -> None:
        """Take the lock at once or raise ``StorageUnavailable``: IN_USE when another has it."""
        from filelock import FileLock, Timeout

        # Not thread-local: the window may close what its worker thread opened.
        self._lock = FileLock(f"{database}.lock", timeout=0, mode=0o600, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise StorageUnavailable(StorageFault.IN_USE, str(database)) from error
        except OSError as error:
            raise StorageUnavailable(_fault(error, database.parent), str(database)) from error

    def release(self) -> None:
        """Let the next one in."""
        self._lock.release()


def _fault(error: OSError, folder: Path) -> StorageFault:
    if error.errno == errno.ENOSPC:
        return StorageFault.FULL
    refused = error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
    readable = os.access(folder, os.R_OK | os.X_OK)
    return StorageFault.READ_ONLY if refused and readable else StorageFault.CANNOT_OPEN
