"""What the reading child tells its parent: framed JSON, never anything executable.

A frame is four bytes of length and UTF-8 JSON: ``[tag, …]``.

    ["kind", kind]                          how the file was recognised
    ["sheet", name, hidden, rows]           a sheet begins; rows as far as known
    ["rows", rows, specials]                next rows; specials are [row, column, code, value]
    ["close", width, merges, stray]         the sheet is whole
    ["refused", reason, detail]             nothing more follows
    ["done"]
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from bulletin_study.exchange.unreadable import Unreadable

LONGEST_TEXT = 32_767
"""Characters a cell can hold in every spreadsheet program; longer ones are no table."""

LARGEST_FRAME = 64 << 20
CHUNK = 2_000
EXACT = 1e15
ERROR, DATE, MOMENT, TIME = "e", "d", "m", "t"

Special = tuple[int, int, str, str | int]
Area = tuple[int, int, int, int]


class Stop(Exception):
    """The file is refused; raised in the child, an ``UnreadableFile`` in the parent."""

    def __init__(self, reason: Unreadable, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class ErrorCell:
    """A cell that shows an error, on its way to the parent."""

    __slots__ = ("code",)

    def __init__(self, code: str) -> None:
        self.code = code


class Sink:
    """Takes rows as they are read, keeps the limits, sends them on in chunks.

    ``rows`` and ``columns`` bound where content may stand, ``cells`` what a file may hold.
    """

    def __init__(self, out: BinaryIO, rows: int, columns: int, cells: int) -> None:
        self._out = out
        self._max_rows, self._max_columns, self._cells_left = rows, columns, cells
        self._rows: list[list[object]] = []
        self._specials: list[Special] = []
        self._filled = 0
        self._next = 0
        self._width = 0
        self._stray = 0

    def send(self, *message: object) -> None:
        """Write one frame."""
        text = json.dumps(message, ensure_ascii=False, check_circular=False)
        data = text.encode("utf-8", "replace")
        if len(data) > LARGEST_FRAME:
            raise Stop(Unreadable.TOO_LARGE)
        self._out.write(len(data).to_bytes(4, "big") + data)
        self._out.flush()

    def open_sheet(self, name: str, hidden: bool, rows: int = 0) -> None:
        """Begin a sheet."""
        self._filled = self._next = self._width = self._stray = 0
        self.send("sheet", name, hidden, min(rows, self._max_rows))

    def row(self, index: int, cells: list[object]) -> None:
        """Take row ``index`` (0-based, rising); the list is used up."""
        if index < self._next:
            raise Stop(Unreadable.DAMAGED, "row order")
        cut = cells[self._max_columns :]
        if cut:
            self._stray += sum(1 for cell in cut if not _is_blank(cell))
            del cells[self._max_columns :]
        at = index - self._next + len(self._rows)
        last, specials = _plain(cells, at)
        if last < 0:
            return
        self._filled += 1
        if self._filled > self._max_rows:
            raise Stop(Unreadable.TOO_MANY_ROWS, str(self._max_rows))
        if index >= self._max_rows:
            self._stray += sum(1 for cell in cells if cell is not None)
            return
        self._cells_left -= last + 1
        if self._cells_left < 0:
            raise Stop(Unreadable.TOO_LARGE)
        if last >= self._width:
            self._width = last + 1
        if index > self._next:
            self._rows.extend([] for _ in range(index - self._next))
        self._rows.append(cells)
        self._specials += specials
        self._next = index + 1
        if len(self._rows) >= CHUNK:
            self._flush()

    def close_sheet(self, merges: Sequence[Area] = ()) -> None:
        """End the sheet; merges are (top, left, bottom, right), 0-based, inclusive."""
        self._flush()
        kept = []
        for top, left, bottom, right in merges:
            bottom, right = min(bottom, self._next - 1), min(right, self._width - 1)
            if top <= bottom and left <= right:
                self._cells_left -= bottom - top
                kept.append((top, left, bottom, right))
        if self._cells_left < 0:
            raise Stop(Unreadable.TOO_LARGE)
        self.send("close", self._width, kept, self._stray)

    def _flush(self) -> None:
        if self._rows:
            self.send("rows", self._rows, self._specials)
            self._rows, self._specials = [], []


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def _plain(cells: list[object], at: int) -> tuple[int, list[Special]]:
    """Make a row's cells plain JSON in place; the last filled column and what is special."""
    last = -1
    specials: list[Special] = []
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        if isinstance(cell, str):
            if not cell or cell.isspace():
                cells[column] = None
                continue
            if len(cell) > LONGEST_TEXT:
                raise Stop(Unreadable.LONG_CELL)
        elif isinstance(cell, float):
            if cell.is_integer() and -EXACT < cell < EXACT:
                cells[column] = int(cell)
            elif not math.isfinite(cell):
                cells[column] = None
                specials.append((at, column, ERROR, "#NUM!"))
        elif not isinstance(cell, int):
            special = _SPECIAL[type(cell)](cell)
            if isinstance(special, str):
                cells[column] = special
            else:
                cells[column] = None
                specials.append((at, column, *special))
        last = column
    return last, specials


def _moment(value: dt.datetime) -> tuple[str, str]:
    if value.microsecond:
        value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    return MOMENT, value.isoformat()


def _duration(value: dt.timedelta) -> tuple[str, str] | str:
    seconds = round(value.total_seconds())
    if 0 <= seconds < 86_400:
        moment = dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        return TIME, moment.isoformat()
    sign = "-" if seconds < 0 else ""
    minutes = abs(seconds) // 60
    return f"{sign}{minutes // 60}:{minutes % 60:02}"


_SPECIAL: dict[type, Callable[..., tuple[str, str | int] | str]] = {
    dt.date: lambda value: (DATE, value.toordinal()),
    dt.datetime: _moment,
    dt.time: lambda value: (TIME, value.replace(microsecond=0).isoformat()),
    dt.timedelta: _duration,
    ErrorCell: lambda value: (ERROR, value.code),
}


def frames(stream: BinaryIO) -> Iterator[list[object]]:
    """The frames of a stream until it ends; ends early where a frame is cut off.

    Raises ``ValueError`` for a frame that is none.
    """
    while len(head := stream.read(4)) == 4:
        size = int.from_bytes(head, "big")
        if size > LARGEST_FRAME:
            raise ValueError("frame too large")
        data = stream.read(size)
        if len(data) < size:
            return
        message = json.loads(data)
        if not isinstance(message, list):
            raise ValueError("no frame")
        yield message
