"""The parent's half of reading: frames of the child become sheets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bulletin_study.exchange.tabular import Cell, CellError, Merge, Sheet, Workbook
from bulletin_study.exchange.tabular_wire import DATE, ERROR, MOMENT

HEAD_ROWS = 60
"""Wide merges are remembered this far down: only a header needs them."""


class Assembly:
    """Builds a workbook from the child's messages."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.rows_read = 0
        self.rows_total = 0
        self._sheets: list[Sheet] = []
        self._name, self._hidden = "", False
        self._rows: list[list[Cell]] = []

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

    def _take_rows(self, rows: list[list[Cell]], specials: list[list[Any]]) -> None:
        for row, column, code, value in specials:
            rows[row][column] = _special(code, value)
        self._rows += rows
        self.rows_read += len(rows)
        self.rows_total = max(self.rows_total, self.rows_read)

    def _close(self, width: int, merges: list[list[int]], stray: int) -> None:
        areas = [Merge(*merge) for merge in merges]
        rows = self._rows
        _spread(rows, areas)
        blank: tuple[Cell, ...] = (None,) * width
        whole = tuple(
            tuple(row)
            if len(row) == width
            else (tuple(row[:width]) + blank[len(row) :] if row else blank)
            for row in rows
        )
        wide = tuple(m for m in areas if m.right > m.left and m.top < HEAD_ROWS)
        self._sheets.append(Sheet(self._name, self._hidden, whole, wide, stray))
        self._rows = []


def _special(code: str, value: Any) -> Cell:
    if code == DATE:
        return dt.date.fromordinal(value)
    if code == ERROR:
        return CellError(value)
    if code == MOMENT:
        return dt.datetime.fromisoformat(value)
    return dt.time.fromisoformat(value)


def _spread(rows: list[list[Cell]], merges: list[Merge]) -> None:
    """Put a tall area's value into its rows, but not into rows that are blank without it."""
    tall = [merge for merge in merges if merge.bottom > merge.top]
    own = {
        index
        for merge in tall
        for index in range(merge.top, merge.bottom + 1)
        if any(cell is not None for cell in rows[index])
    }
    for merge in tall:
        first = rows[merge.top]
        value = first[merge.left] if merge.left < len(first) else None
        if value is None:
            continue
        for index in range(merge.top + 1, merge.bottom + 1):
            row = rows[index]
            if index in own:
                row.extend([None] * (merge.left + 1 - len(row)))
                if row[merge.left] is None:
                    row[merge.left] = value
