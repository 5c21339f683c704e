"""Foreign tables (xlsx, xls, et, ods, csv, and web systems' "xls") as plain rows.

``read_workbook`` is the whole of it. What comes back is plain data: row ``i`` of a sheet is
row ``i + 1`` of the file, every row of a sheet is equally long, and what was blank is ``None``.
"""

from __future__ import annotations

import datetime as dt
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin_study.exchange.tables.refusals import Unreadable, UnreadableFile
from bulletin_study.exchange.tables.wire import FORMULA

__all__ = [
    "DEFAULT_LIMITS",
    "FORMULA",
    "Cell",
    "CellError",
    "Limits",
    "Merge",
    "Sheet",
    "Workbook",
    "read_workbook",
]


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error: ``#DIV/0!`` …, or ``FORMULA`` for a formula saved without
    its result."""

    code: str

    def __str__(self) -> str:
        return "公式" if self.code == FORMULA else self.code


Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | CellError | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, 0-based, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Merged cells: the value stands in every row of the area that has something of its own,
    in its first column only, so that a merged title does not look like a full row.
    ``wide`` tells of areas over several columns in the first rows, for the header finder.
    ``rows`` is empty for a hidden sheet that was not asked for. ``stray`` counts filled
    cells so far right or down of the table that they were not read.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[Cell, ...], ...]
    wide: tuple[Merge, ...] = ()
    stray: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets, in its order; a csv has one, named after the file."""

    file_name: str
    sheets: tuple[Sheet, ...]
    path: Path | None = None

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name; a hidden one is read now, from the file.

        Raises as ``read_workbook`` does.
        """
        found = next((each for each in self.sheets if each.name.strip() == name.strip()), None)
        if found is not None and found.hidden and not found.rows and self.path is not None:
            return read_workbook(self.path, sheet=name).sheet(name)
        return found


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: wall-clock seconds, memory, rows and columns with content."""

    seconds: float = 20
    megabytes: int = 512
    rows: int = 200_000
    columns: int = 200


Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]

DEFAULT_LIMITS = Limits()


def read_workbook(
    path: Path,
    *,
    sheet: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Workbook:
    """Read a table file, known by its content, whatever its suffix says.

    Visible sheets are read; with ``sheet`` only that one is, hidden or not. ``progress``
    gets (rows read, rows in all), (0, 0) while the file is being opened, several times a
    second, and may raise to stop; ``cancel`` returning true stops with ``Cancelled``.

    Raises ``UnreadableFile`` (with its reason) and ``Cancelled``; nothing else for whatever
    the file holds.
    """
    check_ordinary(path)
    from bulletin_study.exchange.tables import process
    from bulletin_study.exchange.tables.wire import Stop

    try:
        workbook = process.read(path, sheet, limits, progress, cancel)
    except Stop as stop:
        raise UnreadableFile(path.name, stop.reason, stop.detail, stop.why) from stop
    if not workbook.sheets:
        raise UnreadableFile(path.name, Unreadable.NO_ROWS)
    if sheet is not None:
        names = [found.name for found in workbook.sheets]
        if sheet.strip() not in (name.strip() for name in names):
            raise UnreadableFile(path.name, Unreadable.NO_SHEET, "、".join(names))
        # Read as asked: a sheet that stayed empty is not read once more.
        return workbook
    return replace(workbook, path=path)


def check_ordinary(path: Path) -> None:
    """Refuse what is no ordinary file before a child is started for it."""
    try:
        status = path.stat()
    except PermissionError as error:
        raise UnreadableFile(path.name, Unreadable.NO_PERMISSION) from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(path.name, Unreadable.NOT_FOUND) from error
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFile(path.name, Unreadable.IS_DIRECTORY)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(path.name, Unreadable.NOT_A_TABLE)
    if status.st_size == 0:
        raise UnreadableFile(path.name, Unreadable.EMPTY)
    if path.name.startswith("~$"):
        raise UnreadableFile(path.name, Unreadable.LOCK_FILE)
