"""The wrong rows of an import, saved aside with their reasons."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.usecases.importing import ImportPreview


def write_rejects(preview: ImportPreview, path: Path) -> int:
    """Write the wrong rows, in the file's own columns, with row number and reason.

    xlsx or csv (UTF-8 with BOM) by suffix; an existing file is replaced only by a whole new
    one. Returns the number of rows. Raises ``FileRefused``.
    """
    raise NotImplementedError
