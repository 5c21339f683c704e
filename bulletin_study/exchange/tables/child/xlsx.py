"""xlsx (and WPS files of that make): the fast reader, mended where it loses something."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterable
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

from bulletin_study.exchange.tables.child.ooxml import (
    SheetPart,
    date_styles,
    shared_strings,
    sheet_parts,
    unescape,
)
from bulletin_study.exchange.tables.child.sheetxml import RawCell, SheetXml
from bulletin_study.exchange.tables.child.sink import Area, ErrorCell, Sink
from bulletin_study.exchange.tables.child.zip import Package
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import FORMULA, Stop

_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?[A-Za-z_]")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")

Errors = dict[int, dict[int, str]]


class Scan(threading.Thread):
    """Goes through the parts while the fast reader works.

    Whatever is not as declared comes out of ``finish``; ``marked`` are the parts that may hold
    error values or formulas without a result.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.marked: set[str] = set()
        self._path = path
        # Until it has gone through everything, as it may die of what it reads.
        self._refusal: Stop | None = Stop(Unreadable.DAMAGED, why="scan")

    def run(self) -> None:
        try:
            package = Package(self._path)
            for name in package.names:
                if name.lower().endswith((".xml", ".rels")):
                    self._scan(package, name)
            self._refusal = None
        except Stop as stop:
            self._refusal = stop
        except MemoryError:
            self._refusal = Stop(Unreadable.TOO_LARGE, why="memory")

    def finish(self) -> None:
        """Wait for the end; raises the ``Stop`` that it came to."""
        self.join()
        if self._refusal is not None:
            raise self._refusal

    def _scan(self, package: Package, name: str) -> None:
        """Look at the beginning, go through the rest, and note what needs mending.

        The words looked for are few, since the search takes longer than the unpacking.
        """
        pieces = package.stream(name)
        first = next(pieces, b"")
        root = _ROOT.search(first)
        if first and (root is None or any(word in first for word in _FORBIDDEN)):
            raise Stop(Unreadable.SUSPICIOUS)
        opening = b"<" + (root.group(1) or b"" if root else b"") + b"f"
        formula = re.compile(re.escape(opening) + rb"[\s>/]")
        error = b"t='e'" if b"='" in first else b't="e"'
        tail = b""
        for piece in chain((first,), pieces):
            if name not in self.marked:
                whole = tail + piece
                if error in whole or (opening in whole and formula.search(whole)):
                    self.marked.add(name)
                tail = whole[-40:]


def read_fast(path: Path, package: Package, workbook: str, sheet: str | None, sink: Sink) -> None:
    """Read with calamine; its own refusals come out as its own exceptions."""
    import python_calamine as calamine

    scan = Scan(path)
    scan.start()
    visible = calamine.SheetVisibleEnum.Visible
    worksheet = calamine.SheetTypeEnum.WorkSheet
    with calamine.load_workbook(BytesIO(path.read_bytes())) as book:
        wanted = [
            (meta.name, meta.visible is not visible)
            for meta in book.sheets_metadata
            if meta.typ is worksheet
        ]
        parts = None
        for name, hidden in wanted:
            if not chosen(name, hidden, sheet):
                sink.open_sheet(name, hidden)
                sink.close_sheet()
                continue
            found = book.get_sheet_by_name(name)
            scan.finish()
            if scan.marked and parts is None:
                parts = {part.name: part for part in sheet_parts(package, workbook)[0]}
            errors = _errors(package, (parts or {}).get(name), scan.marked)
            send_sheet(found, name, hidden, errors, sink)


def chosen(name: str, hidden: bool, sheet: str | None) -> bool:
    """Whether a sheet is read: the one asked for, or every visible one."""
    return not hidden if sheet is None else name.strip() == sheet.strip()


def send_sheet(found: object, name: str, hidden: bool, errors: Errors, sink: Sink) -> None:
    """Send one calamine sheet. Its rows come from the sheet's first row on, but from the
    first filled column only."""
    import python_calamine as calamine

    assert isinstance(found, calamine.CalamineSheet)
    sink.open_sheet(name, hidden, found.total_height)
    start = found.start
    lead: list[object] = [None] * (start[1] if start else 0)
    rows: Iterable[list[Any]] = found.iter_rows() if start else ()
    index = -1
    for index, cells in enumerate(rows):
        if lead:
            cells[:0] = lead
        if index in errors:
            put_errors(cells, errors[index])
        sink.row(index, cells)
    # The reader ends at the last value; below it there may be formulas without one.
    for below in sorted(row for row in errors if row > index):
        cells = []
        put_errors(cells, errors[below])
        sink.row(below, cells)
    ranges = found.merged_cell_ranges or ()
    sink.close_sheet([(*first, *last) for first, last in ranges])


def put_errors(cells: list[object], errors: dict[int, str]) -> None:
    """Put error values back into a row that lost them."""
    cells.extend([None] * (max(errors) + 1 - len(cells)))
    for column, code in errors.items():
        cells[column] = ErrorCell(code)


def _errors(package: Package, part: SheetPart | None, marked: Iterable[str]) -> Errors:
    """Where a sheet shows errors or formulas without a result: row → column → code."""
    errors: Errors = {}
    if part is None or part.part not in marked:
        return errors

    def take(index: int, cells: list[RawCell]) -> None:
        for cell in cells:
            code = _error(cell)
            if code:
                errors.setdefault(index, {})[cell.column] = code

    SheetXml(take).read(package.stream(part.part))
    return errors


def _error(cell: RawCell) -> str:
    if cell.kind == "e":
        return cell.text or "#N/A"
    if cell.formula and not cell.text and cell.kind != "str":
        return FORMULA
    return ""


def read_careful(package: Package, workbook: str, sheet: str | None, sink: Sink) -> None:
    """Read row by row with little memory, leaving broken styles aside."""
    parts, since_1904 = sheet_parts(package, workbook)
    strings = shared_strings(package, workbook)
    dates = date_styles(package, workbook)

    def take(index: int, raw: list[RawCell]) -> None:
        cells: list[object] = []
        for cell in raw:
            if cell.column >= len(cells):
                cells.extend([None] * (cell.column + 1 - len(cells)))
            cells[cell.column] = _value(cell, strings, dates, since_1904)
        sink.row(index, cells)

    for part in parts:
        sink.open_sheet(part.name, part.hidden)
        merges: tuple[Area, ...] = ()
        if chosen(part.name, part.hidden, sheet):
            reader = SheetXml(take)
            reader.read(package.stream(part.part))
            merges = tuple(reader.merges)
        sink.close_sheet(merges)


def _value(cell: RawCell, strings: list[str], dates: frozenset[int], since_1904: bool) -> object:
    error = _error(cell)
    if error:
        return ErrorCell(error)
    text = cell.text
    if not text:
        return None
    try:
        if cell.kind == "s":
            return strings[int(text)]
        if cell.kind in ("str", "inlineStr"):
            return unescape(text)
        if cell.kind == "b":
            return text.strip() == "1"
        if cell.kind == "d":
            return dt.datetime.fromisoformat(text)
        number = float(text)
    except (ValueError, IndexError):
        return text
    return from_serial(number, since_1904) if cell.style in dates else number


def from_serial(number: float, since_1904: bool) -> object:
    """A day, moment or time of day from a spreadsheet's serial number; else the number."""
    if not 0 <= number < 2_958_466:
        return number
    if number < 1:
        return (dt.datetime(1900, 1, 1) + dt.timedelta(days=number)).time().replace(microsecond=0)
    first = dt.datetime(1904, 1, 1) if since_1904 else dt.datetime(1899, 12, 30)
    if number < 60 and not since_1904:
        number += 1
    moment = first + dt.timedelta(seconds=round(number * 86_400))
    return moment.date() if number == int(number) else moment
