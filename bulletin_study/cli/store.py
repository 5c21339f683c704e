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
    """The data folder; with ``--database`` the folder that the file lies in.

    Raises ``BadValue`` for an empty place.
    """
    database = database_of(args)
    if database is not None:
        return database.parent
    chosen: str | None = getattr(args, "data", None)
    if chosen == "":
        # A variable that was never set, in a script: not the office's own data.
        raise BadValue("数据文件夹", "", "文件夹的位置")
    return config.data_dir(None if chosen is None else Path(chosen))


def database_of(args: Namespace) -> Path | None:
    """The database file that ``--database`` names; ``None`` for the one in the data folder.

    Raises ``BadValue`` for an address that this version cannot open. The address is not
    repeated: it may hold a password.
    """
    url: str | None = getattr(args, "database", None)
    if url is None:
        return None
    path = unquote(url.removeprefix(_SQLITE).partition("?")[0])
    if not url.startswith(_SQLITE) or not path or "\0" in path:
        scheme = url.partition(":")[0]
        raise BadValue(
            "数据库地址", f"{scheme}:…", "sqlite:///文件路径；这个版本还不能连接共享数据库"
        )
    return config.at_home(Path(path))


@contextmanager
def opened(args: Namespace, today: date | None = None) -> Iterator[SqlOffice]:
    """The store, closed when the block ends. Raises what opening it raises."""
    from bulletin_study.app import open_store

    office = open_store(data_of(args), today, database=database_of(args))
    try:
        yield office
    finally:
        office.close()
