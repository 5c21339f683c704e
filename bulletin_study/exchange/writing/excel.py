"""Reports as xlsx: a sheet for each table, styled, typed, ready to print on A4 across."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bulletin_study.domain.errors import Refusal
from bulletin_study.exchange.writing.atomic import Cancel, Growing, replacing, stop_if
from bulletin_study.exchange.writing.excel_sheet import LongTexts, SheetWriter
from bulletin_study.exchange.writing.excel_styles import DEFAULT_FONT, Styles
from bulletin_study.usecases.ports import Progress
from bulletin_study.usecases.reports import Report

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_LARGE = 5_000
"""From so many rows on, rows go to disk as they come: slower to open, but memory stays flat."""
_STEP = 500


def write(
    report: Report, path: Path, progress: Progress | None = None, cancel: Cancel | None = None
) -> None:
    """Write the report to ``path``, whole or not at all.

    Sums and quotients are live formulas that carry their values; text is never taken for a
    formula; text longer than a cell can hold goes on in a sheet of its own. ``progress``
    gets (rows written, rows in all). Raises ``FileRefused``, ``Cancelled``.
    """
    with replacing(path, cancel) as out:
        _pack(report, out, progress, cancel)


def packed(report: Report) -> bytes:
    """The whole file, to be put into another."""
    whole = BytesIO()
    _pack(report, whole)
    return whole.getvalue()


def _pack(
    report: Report,
    out: Growing | BytesIO,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> None:
    with _workbook(out, report) as workbook:
        styles = Styles(workbook)
        long_texts = LongTexts()
        done = 0
        names = _sheet_names([table.name for table in report.tables])
        for table, name in zip(report.tables, names, strict=True):
            sheet = SheetWriter(workbook.add_worksheet(name), table, styles, long_texts)
            sheet.write_head()
            for row in table.rows:
                if done % _STEP == 0:
                    stop_if(cancel)
                    if progress is not None:
                        progress(done, report.size)
                sheet.write_row(row)
                done += 1
            sheet.write_foot()
        long_texts.write(workbook, styles)
        if progress is not None:
            progress(report.size, report.size)


@contextmanager
def _workbook(out: Growing | BytesIO, report: Report) -> Iterator[Workbook]:
    """A workbook that is packed into ``out`` when the block ends well, and else dropped."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(prefix="bulletin-study-", ignore_cleanup_errors=True) as folder:
        large = report.size > _LARGE
        options = {
            "constant_memory": large,
            "in_memory": not large,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "use_zip64": True,
            "default_format_properties": {"font_name": DEFAULT_FONT, "font_size": 11},
        }
        workbook = xlsxwriter.Workbook(_Sink(out), options)
        try:
            workbook.set_properties({"title": report.title})
            yield workbook
            workbook.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else None
            raise (cause if isinstance(cause, OSError) else OSError(str(error))) from error
        finally:
            for sheet in workbook.worksheets():
                # Rows set aside on disk; left open they would outlive a cancelled export.
                if sheet.row_data_fh is not None:
                    sheet.row_data_fh.close()


class _Sink:
    """What the packer writes to. After the first failure it takes everything silently.

    A zip file that is dropped half written still tries to write its end when it is
    collected, long after the file below is closed and removed; it works out that end from
    positions, which therefore go on as if all had been written.
    """

    def __init__(self, out: Growing | BytesIO) -> None:
        self._out = out
        self._over = False
        self._at = 0

    def write(self, data: bytes) -> int:
        """Pass the bytes on; raises as the file does, once."""
        self._at += len(data)
        if not self._over:
            try:
                self._out.write(data)
            except (OSError, Refusal):
                self._over = True
                raise
        return len(data)

    def seek(self, offset: int) -> int:
        """Move to a position from the start, as a file does."""
        self._at = offset
        if not (self._over or self._out.closed):
            self._out.seek(offset)
        return offset

    def tell(self) -> int:
        """The position, as of a file."""
        return self._at

    def flush(self) -> None:
        """Nothing waits here."""


def _sheet_names(wanted: list[str]) -> list[str]:
    """Names that a workbook accepts: 31 characters, none of []:*?/\\, each once."""
    names: list[str] = []
    for name in wanted:
        clean = "".join("、" if c in "[]:*?/\\" else c for c in name).strip("' ") or "表"
        tried, number = clean[:31], 1
        while tried.lower() in {other.lower() for other in names}:
            number += 1
            tried = f"{clean[:27]}（{number}）"
        names.append(tried)
    return names
