"""Looking into a store from outside: whole tables, and what the log alone would give."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zlib
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bulletin_study.storage.office import SqlOffice
from bulletin_study.storage.tables import ENTITIES
from tests.helpers import make_office

Table = dict[tuple[object, ...], tuple[object, ...]]
Tables = dict[str, Table]

_KEY_PLACES = {stored.name: stored.key_at for stored in ENTITIES.values()}


@cache
def _blank() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "blank.sqlite3"
        make_office(path).close()
        return path.read_bytes()


def quick_office(path: Path) -> SqlOffice:
    """An empty store, copied instead of made: for tests that need hundreds."""
    if not path.exists():
        path.write_bytes(_blank())
    return make_office(path)


def dump(path: Path) -> Tables:
    """Every table of values as it is in the file, by key."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: _keyed(name, connection.execute(f'SELECT * FROM "{name}"').fetchall())
            for name in _KEY_PLACES
        }


def replayed(path: Path) -> Tables:
    """What a new store holds with every operation of the log done to it again, in order.

    Reads the log's own format, on purpose without the program's help.
    """
    tables = _blank_tables()
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT entity, payload FROM change_set ORDER BY operation_id, seq"
        ).fetchall()
    for name, payload in rows:
        text = payload if payload[:1] == b"[" else zlib.decompress(payload)
        for before, after in json.loads(text):
            (key,) = _keyed(name, [tuple(before or after)])
            assert tables[name].pop(key, None) == (None if before is None else tuple(before))
            if after is not None:
                tables[name][key] = tuple(after)
    return tables


def _blank_tables() -> Tables:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "blank.sqlite3"
        path.write_bytes(_blank())
        return dump(path)


def _keyed(name: str, rows: list[tuple[object, ...]]) -> Table:
    return {tuple(row[at] for at in _KEY_PLACES[name]): row for row in rows}


def everything(path: Path) -> list[str]:
    """The file's whole content as SQL, schema and bookkeeping included."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def copy_aside(path: Path, to: Path) -> Path:
    """Copy a closed store."""
    shutil.copyfile(path, to)
    return to
