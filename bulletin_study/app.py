"""Composition root: the only place that wires store, outside world and window together."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from pathlib import Path

from bulletin_study import config
from bulletin_study.exchange.holidays import year_holidays
from bulletin_study.exchange.pinyin import pinyin
from bulletin_study.storage.office import SqlOffice, open_office
from bulletin_study.usecases.importing import (
    NO_OPTIONS,
    ImportKind,
    ImportOptions,
    ImportPreview,
)
from bulletin_study.usecases.ports import Progress, Services, UnitOfWork
from bulletin_study.usecases.reports import Report


class WallClock:
    """The machine's local time, or a fixed day for samples and tours."""

    def __init__(self, today: date | None = None) -> None:
        self._today = today

    def now(self) -> datetime:
        """Local civil time, without a zone."""
        now = datetime.now()
        return now if self._today is None else datetime.combine(self._today, now.time())

    def today(self) -> date:
        """The local civil date."""
        return self._today or date.today()


class TableFiles:
    """Files in and out for the window; the readers and writers are loaded when first used."""

    def read(self, path: Path, progress: Progress | None = None) -> object:
        """An opened table file. Raises ``FileRefused``, ``Cancelled``."""
        from bulletin_study.exchange.tabular import read_workbook

        return read_workbook(path, progress=progress)

    def preview(
        self,
        unit: UnitOfWork,
        kind: ImportKind,
        source: object,
        *,
        sheet: str | None = None,
        options: ImportOptions = NO_OPTIONS,
    ) -> ImportPreview:
        """What importing an opened file (or a path) would change."""
        from bulletin_study.exchange import importers
        from bulletin_study.exchange.tabular import Workbook

        assert isinstance(source, Workbook | Path)
        return importers.preview(unit, kind, source, sheet=sheet, options=options)

    def write_rejects(self, preview: ImportPreview, path: Path) -> int:
        """Save the wrong rows aside with their reasons; gives their number."""
        from bulletin_study.exchange.rejects import write_rejects

        return write_rejects(preview, path)

    def write(self, report: Report, path: Path, progress: Progress | None = None) -> None:
        """Write a report in the format of the path's suffix."""
        from bulletin_study.exchange import writers

        writers.write(report, path, progress)


def services(today: date | None = None) -> Services:
    """The outside world as plain functions."""
    return Services(WallClock(today), year_holidays, pinyin, _actor())


def open_store(
    data: Path, today: date | None = None, *, database: Path | None = None
) -> SqlOffice:
    """Open (or make) the store in a data folder, or the one in the ``database`` file.

    Raises ``StorageUnavailable``, ``StorageDamaged`` or ``StorageNewer``.
    """
    return open_office(database or config.database_path(data), services(today))


def _actor() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # No account name to be had (a bare container): the log then names nobody.
        return ""
