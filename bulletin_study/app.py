"""Composition root: the only place that wires store, outside world and window together."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from pathlib import Path

from bulletin_study import config
from bulletin_study.exchange.holidays import year_holidays
from bulletin_study.exchange.pinyin import pinyin
from bulletin_study.storage.office import SqlOffice, open_office
from bulletin_study.usecases.ports import Services


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
