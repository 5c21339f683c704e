"""The child's way out: rows in, limits kept, columns of plain values sent on.

Working column by column is what keeps a table of 50,000 rows near the reader's own speed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import (
    DAY,
    DAYS,
    ERROR,
    MIXED,
    MOMENT,
    PLAIN,
    TIME,
    Stop,
    send,
)

LONGEST_TEXT = 32_767
"""Characters a cell can hold in every spreadsheet program; longer ones are no table."""

CHUNK = 2_000
EXACT = 1e15

Area = tuple[int, int, int, int]
Column = tuple[str, list[Any]]


class ErrorCell:
    """A cell that shows an error, on its way to the parent."""

    __slots__ = ("code",)

    def __init__(self, code: str) -> None:
        self.code = code


class Sink:
    """Takes rows as they are read and sends them in chunks.

    ``rows`` and ``columns`` bound where content may stand, ``cells`` what a file may hold.
    """

    def __init__(self, out: BinaryIO, rows: int, columns: int, cells: int) -> None:
        self._out = out
        self._max_rows, self._max_columns, self._cells_left = rows, columns, cells
        self._rows: list[list[object]] = []
        self._first = self._sent = self._filled = self._width = self._stray = 0

    def send(self, *message: object) -> None:
        """Send one message as it is."""
        send(self._out, *message)

    def open_sheet(self, name: str, hidden: bool, rows: int = 0) -> None:
        """Begin a sheet."""
        self._rows = []
        self._first = self._sent = self._filled = self._width = self._stray = 0
        self.send("sheet", name, hidden, min(rows, self._max_rows))

    def row(self, index: int, cells: list[object]) -> None:
        """Take row ``index`` (0-based, rising). The list is the sink's from now on."""
        if len(cells) > self._max_columns:
            self._stray += sum(not _is_blank(cell) for cell in cells[self._max_columns :])
            del cells[self._max_columns :]
        end = self._first + len(self._rows)
        if index != end or len(self._rows) >= CHUNK:
            if index < end:
                raise Stop(Unreadable.DAMAGED, why="row order")
            self._flush()
            self._first = index
        if index >= self._max_rows:
            self._take_far(cells)
        else:
            self._rows.append(cells)

    def close_sheet(self, merges: Sequence[Area] = ()) -> None:
        """End the sheet; merges are (top, left, bottom, right), 0-based, inclusive."""
        self._flush()
        kept = []
        for top, left, bottom, right in merges:
            bottom, right = min(bottom, self._sent - 1), min(right, self._width - 1)
            if top <= bottom and left <= right:
                self._spend(bottom - top)
                kept.append((top, left, bottom, right))
        self.send("close", self._width, kept, self._stray)

    def _take_far(self, cells: list[object]) -> None:
        """Count what stands below the last row that is read."""
        filled = sum(not _is_blank(cell) for cell in cells)
        self._stray += filled
        self._count_filled(1 if filled else 0)

    def _count_filled(self, rows: int) -> None:
        self._filled += rows
        if self._filled > self._max_rows:
            raise Stop(Unreadable.TOO_MANY_ROWS, str(self._max_rows))

    def _spend(self, cells: int) -> None:
        self._cells_left -= cells
        if self._cells_left < 0:
            raise Stop(Unreadable.TOO_LARGE)

    def _flush(self) -> None:
        """Send the rows that wait, without blank ones at either end."""
        rows, self._rows = self._rows, []
        while rows and all(map(_is_blank, rows[-1])):
            rows.pop()
        if not rows:
            return
        width = max(map(len, rows))
        for row in rows:
            if len(row) < width:
                row.extend([None] * (width - len(row)))
        columns = [_column(values) for values in zip(*rows, strict=True)]
        while all(value is None for value in columns[-1][1]):
            columns.pop()
        self._width = max(self._width, len(columns))
        self._spend(len(rows) * len(columns))
        self._count_filled(len(rows))
        self.send("rows", self._first - self._sent, len(rows), columns)
        self._sent = self._first + len(rows)


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def _column(values: tuple[Any, ...]) -> Column:
    """A column in its wire form; blanks become ``None``."""
    kinds = set(map(type, values))
    if kinds == {str}:
        if max(map(len, values)) > LONGEST_TEXT:
            raise Stop(Unreadable.LONG_CELL)
        if "" in values or any(map(str.isspace, values)):
            return PLAIN, [value if value and not value.isspace() else None for value in values]
        return PLAIN, list(values)
    if kinds == {float} and all(map(float.is_integer, values)) and max(map(abs, values)) < EXACT:
        return PLAIN, list(map(int, values))
    if kinds == {dt.date}:
        return DAYS, list(map(dt.date.toordinal, values))
    plain = [_plain(value) for value in values]
    return (MIXED if list in set(map(type, plain)) else PLAIN), plain


def _plain(cell: Any) -> Any:
    """A cell as JSON: itself, or [code, value]."""
    kind = type(cell)
    if kind is str:
        if len(cell) > LONGEST_TEXT:
            raise Stop(Unreadable.LONG_CELL)
        return cell if cell and not cell.isspace() else None
    if kind is float:
        if cell.is_integer() and -EXACT < cell < EXACT:
            return int(cell)
        return cell if math.isfinite(cell) else [ERROR, "#NUM!"]
    if cell is None or kind is bool or kind is int:
        return cell
    return _SPECIAL[kind](cell)


def _moment(value: dt.datetime) -> list[str]:
    if value.microsecond:
        value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    return [MOMENT, value.replace(tzinfo=None).isoformat()]


def _duration(value: dt.timedelta) -> list[str] | str:
    """A time of day; more than a day, or less than nothing, as hours and minutes in words."""
    seconds = round(value.total_seconds())
    if 0 <= seconds < 86_400:
        moment = dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        return [TIME, moment.isoformat()]
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}"


_SPECIAL: dict[type, Callable[[Any], list[Any] | str]] = {
    dt.date: lambda value: [DAY, value.toordinal()],
    dt.datetime: _moment,
    dt.time: lambda value: [TIME, value.replace(microsecond=0, tzinfo=None).isoformat()],
    dt.timedelta: _duration,
    ErrorCell: lambda value: [ERROR, value.code],
}
