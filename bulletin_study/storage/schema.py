"""Makes a new database and brings an older one up to date, in one transaction each."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.domain.errors import StorageDamaged, StorageNewer
from bulletin_study.domain.kinds import BUILT_IN_KINDS
from bulletin_study.domain.sessions import SessionKind
from bulletin_study.storage.engine import APPLICATION_ID, Database
from bulletin_study.storage.migrations import HEAD, REVISIONS
from bulletin_study.storage.statements import Statements
from bulletin_study.storage.tables import table_of
from bulletin_study.storage.text_index import rebuild

FIRST_OWN_KIND = 101
"""Ids below are kept for the kinds that the program brings along."""


def prepare(database: Database) -> None:
    """Leave the database at the schema of this program.

    Raises ``StorageDamaged`` for a database of another program and ``StorageNewer`` for one
    that a newer version of this program wrote.
    """
    # Nothing is written before it is certain that the file is ours.
    new = _is_new(database)
    revision = None if new else revision_of(database)
    if revision is not None and revision not in REVISIONS:
        raise StorageNewer(str(database.path), revision)
    database.write_ahead()
    if revision != HEAD:
        _in_one_step(database, new)


def _is_new(database: Database) -> bool:
    """Whether the file holds nothing yet (no bytes, or a creation that was cut short)."""
    ((application,),) = database.run("PRAGMA application_id")
    ((tables,),) = database.run("SELECT count(*) FROM sqlite_master")
    if not tables and application in (0, APPLICATION_ID):
        return True
    if application != APPLICATION_ID:
        raise StorageDamaged(str(database.path), "不是本程序的数据库")
    return False


def revision_of(database: Database) -> str:
    """The schema revision written in the database; ``StorageDamaged`` without one."""
    named = database.run("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
    rows = database.run("SELECT version_num FROM alembic_version") if named else []
    if not rows:
        raise StorageDamaged(str(database.path), "没有版本记录")
    return str(rows[0][0])


def _in_one_step(database: Database, new: bool) -> None:
    # Rebuilding a table drops and renames it: links must not be followed meanwhile, and this
    # pragma does nothing inside a transaction.
    database.run("PRAGMA foreign_keys=OFF")
    database.begin(write=True)
    try:
        _upgrade(database)
        # Its table may have come with the upgrade, or the rows may be read in another way now.
        rebuild(database)
        if new:
            _furnish(database)
        if database.run("PRAGMA foreign_key_check"):
            raise StorageDamaged(str(database.path), "升级后数据之间的联系不完整")
        database.commit()
    finally:
        database.rollback()
        database.run("PRAGMA foreign_keys=ON")


def _upgrade(database: Database) -> None:
    from alembic import command
    from alembic.config import Config

    from bulletin_study.storage.faults import translated

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = database.connection
    with translated(database.path):
        command.upgrade(config, HEAD)


def _furnish(database: Database) -> None:
    """What every new database holds; part of its creation, not of its history."""
    kinds = table_of(SessionKind)
    database.run_many(Statements(kinds).upsert, kinds.codec.encode(BUILT_IN_KINDS))
    database.run(
        "INSERT INTO id_counter (entity, next) VALUES (?, ?)", (kinds.name, FIRST_OWN_KIND)
    )
    database.run(f"PRAGMA application_id={APPLICATION_ID}")
