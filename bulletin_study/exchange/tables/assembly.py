"""The parent's half of reading: frames of the child become sheets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bulletin_study.exchange.tables.wire import DAY, DAYS, ERROR, MIXED, MOMENT
from bulletin_study.exchange.tables.workbook import Cell, CellError, Merge, Sheet, Workbook

HEAD_ROWS = 60
"""Wide merges are remembered this far down: only a header needs them."""

Row = tuple[Cell, ...]


class Assembly:
    """Builds a workbook from the child's messages."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.rows_read = 0
        self.rows_total = 0
        self._sheets: list[Sheet] = []
        self._name, self._hidden = "", False
        self._rows: list[Row] = []

    def take(self, tag: str, *values: Any) -> None:
        """Take one message: ``sheet``, ``rows`` or ``close``; others are none of it."""
        if tag == "rows":
            self._take_rows(*values)
        elif tag == "sheet":
            self._name, self._hidden, rows = values
            self._rows = []
            self.rows_total += rows
        elif tag == "close":
            self._close(*values)

    def workbook(self) -> Workbook:
        """What has come so far."""
        return Workbook(self.file_name, tuple(self._sheets))

    def _take_rows(self, blank: int, count: int, columns: list[tuple[str, list[Any]]]) -> None:
        self._rows += [()] * blank
        self._rows += zip(*(_column(form, values) for form, values in columns), strict=True)
        self.rows_read += blank + count
        self.rows_total = max(self.rows_total, self.rows_read)

    def _close(self, width: int, merges: list[list[int]], stray: int) -> None:
        areas = [Merge(*merge) for merge in merges]
        blank: Row = (None,) * width
        rows = [
            row if len(row) == width else (row + blank[len(row) :] if row else blank)
            for row in self._rows
        ]
        _spread(rows, [area for area in areas if area.bottom > area.top])
        wide = tuple(area for area in areas if area.right > area.left and area.top < HEAD_ROWS)
        self._sheets.append(Sheet(self._name, self._hidden, tuple(rows), wide, stray))
        self._rows = []


def _column(form: str, values: list[Any]) -> list[Cell]:
    if form == DAYS:
        return list(map(dt.date.fromordinal, values))
    if form == MIXED:
        return [_special(*value) if type(value) is list else value for value in values]
    return values


def _special(code: str, value: Any) -> Cell:
    if code == DAY:
        return dt.date.fromordinal(value)
    if code == ERROR:
        return CellError(value)
    if code == MOMENT:
        return dt.datetime.fromisoformat(value)
    return dt.time.fromisoformat(value)


def _spread(rows: list[Row], tall: list[Merge]) -> None:
    """Put a tall area's value into its rows, but not into rows that are blank without it."""
    own = {
        index
        for area in tall
        for index in range(area.top, area.bottom + 1)
        if any(cell is not None for cell in rows[index])
    }
    for area in tall:
        left = area.left
        value = rows[area.top][left]
        for index in range(area.top + 1, area.bottom + 1):
            row = rows[index]
            if index in own and value is not None and row[left] is None:
                rows[index] = (*row[:left], value, *row[left + 1 :])
