"""A store in one SQLite file, and its opening."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bulletin_study.config import files_dir, private_dir
from bulletin_study.domain.errors import StorageFault, StorageUnavailable
from bulletin_study.storage import schema, tallies, text_index
from bulletin_study.storage.checks import findings
from bulletin_study.storage.engine import Database
from bulletin_study.storage.files import FileFolder
from bulletin_study.storage.lock import ProcessLock
from bulletin_study.storage.unit_of_work import SqlUnit
from bulletin_study.usecases.ports import Services


class SqlOffice:
    """The open store; gives out one unit at a time (see ``usecases.ports.Office``)."""

    def __init__(self, database: Database, lock: ProcessLock, services: Services) -> None:
        self._database = database
        self._lock = lock
        self._services = services
        self._files = FileFolder(files_dir(database.path))
        self._files.sweep()

    @property
    def services(self) -> Services:
        return self._services

    @property
    def files(self) -> FileFolder:
        """The folder of files beside the database."""
        return self._files

    @property
    def path(self) -> Path:
        """The database file."""
        return self._database.path

    @contextmanager
    def unit(self) -> Iterator[SqlUnit]:
        """A unit that writes; rolled back unless committed."""
        with self._transaction(write=True) as unit:
            yield unit

    @contextmanager
    def view(self) -> Iterator[SqlUnit]:
        """A unit that reads one unchanging state."""
        with self._transaction(write=False) as unit:
            yield unit

    @contextmanager
    def _transaction(self, write: bool) -> Iterator[SqlUnit]:
        if self._database.in_transaction:
            raise RuntimeError("one unit at a time")
        self._database.begin(write)
        try:
            yield SqlUnit(self._database, self._services, self._files, write)
        finally:
            self._database.rollback()

    def rebuild_kept(self) -> None:
        """Make anew what is kept beside the rows, sums and index; the rows stay as they are."""
        self._database.begin(write=True)
        try:
            tallies.rebuild(self._database)
            text_index.rebuild(self._database)
            self._database.commit()
        finally:
            self._database.rollback()

    def check(self) -> list[str]:
        """What is wrong with the store, in words; empty when all is well."""
        return findings(self._database)

    def close(self) -> None:
        """Close the file and let the next process in."""
        try:
            self._database.close()
        finally:
            self._lock.release()


def open_office(path: Path, services: Services) -> SqlOffice:
    """Open the store in this file, making or upgrading it where needed.

    Raises ``StorageUnavailable`` (IN_USE when another process has it open, READ_ONLY,
    CANNOT_OPEN, FULL, BUSY), ``StorageDamaged`` for what is no database of this program,
    ``StorageNewer`` for one written by a newer version.
    """
    path = path.absolute()
    try:
        private_dir(path.parent)
    except OSError as error:
        raise StorageUnavailable(StorageFault.CANNOT_OPEN, str(path)) from error
    lock = ProcessLock(path)
    try:
        return SqlOffice(_opened(path), lock, services)
    except BaseException:
        lock.release()
        raise


def _opened(path: Path) -> Database:
    database = Database(path)
    try:
        database.configure()
        schema.prepare(database)
    except BaseException:
        database.close()
        raise
    return database
