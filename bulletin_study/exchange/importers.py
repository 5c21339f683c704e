"""From a file to the preview of what it would change."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.exchange.tabular import Cancel, Progress, Workbook
from bulletin_study.usecases.importing import (
    NO_OPTIONS,
    ImportKind,
    ImportOptions,
    ImportPreview,
)
from bulletin_study.usecases.ports import UnitOfWork


def preview(
    unit: UnitOfWork,
    kind: ImportKind,
    source: Path | Workbook,
    *,
    sheet: str | None = None,
    options: ImportOptions = NO_OPTIONS,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> ImportPreview:
    """What importing the file would change, row by row; nothing is written.

    ``source`` may be a workbook read before, so that changing the mapping or fixing a cell
    does not read the file again. Raises ``FileRefused`` (unreadable, no such sheet, no
    header), ``BadMap`` and ``Cancelled``; ``NotFound`` for an unknown session.
    """
    raise NotImplementedError
