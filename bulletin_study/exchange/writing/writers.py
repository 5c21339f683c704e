"""One way to write a report, whatever its format."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.domain.errors import FileFault, FileRefused
from bulletin_study.exchange.writing import csv_out, excel
from bulletin_study.exchange.writing.atomic import Cancel, Progress
from bulletin_study.usecases.reports import Report

SUFFIXES = (".xlsx", ".csv")


def write(
    report: Report, path: Path, progress: Progress | None = None, cancel: Cancel | None = None
) -> None:
    """Write the report in the format that the file's suffix names, whole or not at all.

    Raises ``FileRefused`` (FORMAT for a suffix other than those of ``SUFFIXES``) and
    ``Cancelled``.
    """
    check_suffix(path)
    writer = csv_out.write if path.suffix.lower() == ".csv" else excel.write
    writer(report, path, progress, cancel)


def check_suffix(path: Path) -> None:
    """Raise ``FileRefused`` before any work is done for a file that could not be written."""
    if path.suffix.lower() not in SUFFIXES:
        raise FileRefused(path.name, FileFault.FORMAT, f"可用 {'、'.join(SUFFIXES)}")
