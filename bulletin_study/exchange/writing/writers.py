"""One way to write a report or a paper, whatever its format."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.domain.errors import FileFault, FileRefused
from bulletin_study.exchange.writing import csv_out, excel, word
from bulletin_study.exchange.writing.atomic import Cancel, replacing
from bulletin_study.usecases.papers import Develop, Paper
from bulletin_study.usecases.ports import Progress
from bulletin_study.usecases.reports import Report

TABLES = (".xlsx", ".csv", ".docx", ".pdf")
"""What a report can become."""
PAPERS = (".docx", ".pdf")
"""What a paper can become."""
PACKAGES = (".zip",)
"""What the evidence of a period becomes."""


def write(
    document: Report | Paper,
    path: Path,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    develop: Develop | None = None,
) -> None:
    """Write it in the format that the file's suffix names, whole or not at all.

    ``develop`` makes photos ready for paper. PDF is painted elsewhere (:func:`write_bytes`).
    Raises ``FileRefused`` (FORMAT for a suffix that it cannot have) and ``Cancelled``.
    """
    suffix = check_suffix(path, PAPERS if isinstance(document, Paper) else TABLES)
    if suffix == ".docx" or isinstance(document, Paper):
        word.write(document, path, progress, cancel, develop)
    elif suffix == ".csv":
        csv_out.write(document, path, progress, cancel)
    else:
        excel.write(document, path, progress, cancel)


def write_bytes(data: bytes, path: Path, cancel: Cancel | None = None) -> None:
    """Write what is complete already. Raises ``FileRefused``, ``Cancelled``."""
    with replacing(path, cancel) as out:
        out.write(data)


def check_suffix(path: Path, allowed: tuple[str, ...] = TABLES) -> str:
    """The suffix; ``FileRefused`` before any work is done for a file that could not be written."""
    suffix = path.suffix.lower()
    if suffix not in allowed:
        raise FileRefused(path.name, FileFault.FORMAT, f"可用 {'、'.join(allowed)}")
    return suffix
