"""What tests of several kinds begin with: a store of their own with a clock that stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from bulletin_study.exchange.holidays import year_holidays
from bulletin_study.exchange.pinyin import pinyin
from bulletin_study.storage.office import SqlOffice, open_office
from bulletin_study.usecases.ports import Services

TODAY = date(2026, 11, 25)


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()


def make_services(today: date = TODAY, actor: str = "文书") -> Services:
    """The real adapters, on a fixed day at nine in the morning."""
    return Services(FixedClock(datetime.combine(today, time(9))), year_holidays, pinyin, actor)


def make_office(path: Path, today: date = TODAY, actor: str = "文书") -> SqlOffice:
    """Open (or make) a store in this file. Close it, or the next opening finds it in use."""
    return open_office(path, make_services(today, actor))
