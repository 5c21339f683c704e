"""The schema that migrations make is the one the tables describe."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from sqlalchemy.schema import CreateIndex, CreateTable

from bulletin_study.storage import migrations
from bulletin_study.storage.migrations import HEAD, REVISIONS
from bulletin_study.storage.office import SqlOffice
from bulletin_study.storage.statements import DIALECT
from bulletin_study.storage.tables import metadata
from tests.helpers import make_office

FOLDER = Path(str(migrations.__file__)).parent


def test_migrations_make_what_the_tables_describe(office: SqlOffice) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(office._database.connection)
    assert compare_metadata(context, metadata) == []


def test_down_to_the_last_check_and_clause(office: SqlOffice) -> None:
    with closing(sqlite3.connect(office.path)) as connection:
        made = {
            name: _parts(text)
            for name, text in connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            )
            if name != "alembic_version"
        }
    described = {
        table.name: _parts(str(CreateTable(table).compile(dialect=DIALECT)))
        for table in metadata.sorted_tables
    }
    for table in metadata.sorted_tables:
        for index in table.indexes:
            text = str(CreateIndex(index).compile(dialect=DIALECT))
            described[str(index.name)] = _parts(text)
    assert made == described


def _parts(text: str) -> set[str]:
    """The lines of a CREATE statement, in whatever order they were written."""
    # A table made anew and renamed has its name in quotes.
    text = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", text.strip())
    lines = (re.sub(r"\s+", " ", line).strip(" ,") for line in text.splitlines())
    return {line for line in lines if line}


def test_revisions_form_one_line_to_the_head() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [HEAD]
    assert tuple(r.revision for r in reversed(list(script.walk_revisions()))) == REVISIONS


def test_opening_an_existing_store_does_not_load_alembic(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    make_office(path).close()
    code = (
        "import sys; from pathlib import Path; from tests.helpers import make_office;"
        "make_office(Path(sys.argv[1])).close();"
        "print([m for m in ('alembic', 'mako') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        cwd=root,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == "[]"


def test_a_store_in_the_making_is_finished_by_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE person (id)")
        connection.execute("DROP TABLE person")
    office = make_office(path)
    assert office.check() == []
    office.close()


def test_migrations_import_nothing_that_changes_later() -> None:
    """A migration describes the past: were it to read today's tables, it would rewrite it."""
    for revision in REVISIONS:
        (module,) = (FOLDER / "versions").glob(f"{revision}_*.py")
        assert "bulletin_study" not in module.read_text(encoding="utf-8")
