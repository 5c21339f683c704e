"""Where the words of the command line say that the store is, and opening it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bulletin_study import config
from bulletin_study.domain.errors import BadValue

if TYPE_CHECKING:
    from bulletin_study.storage.office import SqlOffice

_SQLITE = "sqlite:///"


def data_of(args: Namespace) -> Path:
    """The data folder; with ``--database`` the folder that the file lies in."""
    database = database_of(args)
    if database is not None:
        return database.parent
    chosen = getattr(args, "data", None)
    return config.data_dir(Path(chosen) if chosen else None)


def database_of(args: Namespace) -> Path | None:
    """The database file that ``--database`` names; ``None`` for the one in the data folder.

    Raises ``BadValue`` for an address that this version cannot open. The address is not
    repeated: it may hold a password.
    """
    url: str | None = getattr(args, "database", None)
    if not url:
        return None
    path = unquote(url.removeprefix(_SQLITE).partition("?")[0])
    if not url.startswith(_SQLITE) or not path:
        scheme = url.partition(":")[0]
        raise BadValue(
            "数据库地址", f"{scheme}:…", "sqlite:///文件路径；这个版本还不能连接共享数据库"
        )
    return Path(path).expanduser().absolute()


@contextmanager
def opened(args: Namespace, today: date | None = None) -> Iterator[SqlOffice]:
    """The store, closed when the block ends. Raises what opening it raises."""
    from bulletin_study.app import open_store

    office = open_store(data_of(args), today, database=database_of(args))
    try:
        yield office
    finally:
        office.close()
