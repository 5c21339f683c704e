"""One SQLite file, one connection, explicit transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool

from bulletin_study.domain.errors import StorageFault, StorageUnavailable
from bulletin_study.storage.faults import opening_fault, translated

APPLICATION_ID = 0x58_4A_50_31  # "XJP1": marks the file as this program's own
BUSY_MILLISECONDS = 2000

# journal_size_limit: the write-ahead log of a large import does not stay on the disk.
# synchronous FULL: with NORMAL a power cut loses commits that were acknowledged.
# secure_delete: without it the text of deleted rows stays readable in the file.
PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-32768",
    "journal_size_limit=16777216",
)


class Database:
    """The file held open. Every error of the driver leaves as a refusal (see ``faults``)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._make_private()
        with translated(path):
            self._engine = _engine(path)
            self.connection: Connection = self._engine.connect()
        self._identity = self._stat()

    def configure(self) -> None:
        """Set what holds for this connection only; the file is not touched."""
        for pragma in PRAGMAS:
            self.run(f"PRAGMA {pragma}")

    def write_ahead(self) -> None:
        """Keep changes in a log beside the file until they are folded in: survives kills."""
        self.run("PRAGMA journal_mode=WAL")

    def run(self, text: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; its rows, if it gives any."""
        with translated(self.path):
            result = self.connection.exec_driver_sql(text, tuple(parameters))
            # Straight from the driver: nothing here wants rows that know their column names,
            # and for a hundred thousand of them these cost as much as the query.
            rows = [] if result.cursor is None else list(result.cursor.fetchall())
            result.close()
            return rows

    def run_many(self, text: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows."""
        if rows:
            with translated(self.path):
                self.connection.exec_driver_sql(text, list(rows))

    def begin(self, write: bool) -> None:
        """Begin a transaction; a writing one takes the write lock at once."""
        self.run("BEGIN IMMEDIATE" if write else "BEGIN")

    def commit(self) -> None:
        """Make the transaction durable; ``StorageUnavailable(GONE)`` if the file was taken away.

        SQLite would go on writing into a deleted file and report success.
        """
        if self._stat() != self._identity:
            raise StorageUnavailable(StorageFault.GONE, str(self.path))
        self.run("COMMIT")

    def rollback(self) -> None:
        """Drop the transaction; SQLite may already have done so itself."""
        if self.in_transaction:
            self.run("ROLLBACK")

    @property
    def in_transaction(self) -> bool:
        """Whether the driver has a transaction open."""
        return bool(self._raw.in_transaction)

    @property
    def _raw(self) -> sqlite3.Connection:
        raw = self.connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        return raw

    def close(self) -> None:
        """Close; SQLite folds the write-ahead log back into the file."""
        self.connection.close()
        self._engine.dispose()

    def _make_private(self) -> None:
        """Create the file readable by its owner only; SQLite gives -wal and -shm the same mode."""
        try:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise StorageUnavailable(opening_fault(error, self.path), str(self.path)) from error

    def _stat(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        # Units run on the runner's worker thread, which is not the one that opened the file.
        return sqlite3.connect(
            path,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MILLISECONDS / 1000,
        )

    return create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=StaticPool, isolation_level="AUTOCOMMIT"
    )
