"""One process at a time: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.domain.errors import StorageFault, StorageUnavailable
from bulletin_study.storage.faults import opening_fault


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
            raise StorageUnavailable(opening_fault(error, database), str(database)) from error

    def release(self) -> None:
        """Let the next one in."""
        self._lock.release()
