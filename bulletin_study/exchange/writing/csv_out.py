"""Reports as csv: UTF-8 with a byte order mark, so that WPS and Excel read the Chinese."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from bulletin_study.exchange.writing.atomic import Cancel, Growing, replacing
from bulletin_study.usecases.papers import cell_words
from bulletin_study.usecases.ports import Progress
from bulletin_study.usecases.reports import ColumnKind, Report, Row, Table, plain

_CHUNK = 2000
# A spreadsheet takes text that begins with one of these for a formula and would run it.
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r")


def write(
    report: Report, path: Path, progress: Progress | None = None, cancel: Cancel | None = None
) -> None:
    """Write the report to ``path``, whole or not at all.

    One table is written bare, head row first, so that other programs can read it; several
    stand one under another, each with its title. Raises ``FileRefused``, ``Cancelled``.
    """
    with replacing(path, cancel) as out:
        out.write(b"\xef\xbb\xbf")
        _write_lines(_lines(report), out, report.size, progress)


def _write_lines(
    lines: Iterator[list[str]], out: Growing, total: int, progress: Progress | None
) -> None:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    for number, line in enumerate(lines, start=1):
        writer.writerow(line)
        if number % _CHUNK == 0:
            _flush(buffer, out)
            if progress is not None:
                progress(min(number, total), total)
    _flush(buffer, out)
    if progress is not None:
        progress(total, total)


def _flush(buffer: StringIO, out: Growing) -> None:
    # A lone surrogate (from a damaged source) has no UTF-8; a question mark says so.
    out.write(buffer.getvalue().encode("utf-8", "replace"))
    buffer.seek(0)
    buffer.truncate()


def _lines(report: Report) -> Iterator[list[str]]:
    bare = len(report.tables) == 1
    for number, table in enumerate(report.tables):
        if not bare:
            if number:
                yield []
            yield [safe(table.title)]
            if table.subtitle:
                yield [safe(table.subtitle)]
        yield from _table_lines(table, bare)


def _table_lines(table: Table, bare: bool) -> Iterator[list[str]]:
    yield [safe(column.title) for column in table.columns]
    kinds = [column.kind for column in table.columns]
    for row in table.rows:
        yield _texts(row, kinds)
    if table.total is not None:
        yield _texts(table.total, kinds)
    if not bare:
        yield from ([safe(note)] for note in table.notes)


def _texts(row: Row, kinds: list[ColumnKind]) -> list[str]:
    # Figures are no texts: a minus before one is no formula.
    return [
        safe(words) if isinstance(plain(cell), str) else words
        for cell, words in ((c, cell_words(c, kind)) for c, kind in zip(row, kinds, strict=True))
    ]


def safe(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
