"""What people type into cells, read as text, names, dates, times and counts.

Every reader is pure. It takes a cell of any type and returns its value, or raises
``CellProblem`` with the reason in Chinese. Where something had to be guessed the value
comes with a note to show beside it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from bulletin_study.exchange.tabular import Cell

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value, and what had to be guessed to get it (``None``: nothing)."""

    value: T
    note: str | None = None


class CellProblem(ValueError):
    """A cell that cannot be read: ``code`` for programs, ``text`` what it held, ``reason``."""

    def __init__(self, code: str, text: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.text = text
        self.reason = reason


class When(NamedTuple):
    """A day with its start and end, as far as they were given."""

    day: dt.date
    start: dt.time | None
    end: dt.time | None


def as_text(cell: Cell) -> str:
    """Plain text, "" for a blank: full-width digits and letters made half-width, spaces
    collapsed, numbers without their ".0". Punctuation inside stays as typed.

    Raises ``CellProblem`` for a cell that shows an error.
    """
    raise NotImplementedError


def as_name(cell: Cell) -> str:
    """A personal name, "" for a blank: no spaces inside a Chinese name, one between the
    words of a Latin one, every kind of middle dot as ·."""
    raise NotImplementedError


def as_date(cell: Cell, *, default_year: int | None = None) -> Read[dt.date]:
    """A day. Raises ``CellProblem`` for a blank, an impossible or unreadable date."""
    raise NotImplementedError


def as_open_date(cell: Cell, *, default_year: int | None = None) -> Read[dt.date | None]:
    """Like ``as_date``, and ``None`` for a blank, 至今, 长期, 待定 … (an open end)."""
    raise NotImplementedError


def as_when(cell: Cell, *, default_year: int | None = None) -> Read[When]:
    """A day with its time of day or span, as in "2024年1月5日 8:30-10:00"."""
    raise NotImplementedError


def as_time(cell: Cell) -> dt.time:
    """A time of day: 8:30, 08：30, 8点半, 下午3:00, 0.354166 (a part of a day)."""
    raise NotImplementedError


def as_minutes(cell: Cell) -> int:
    """A duration in minutes: 90, "90分钟", "1.5小时", "1小时30分", "1:30"."""
    raise NotImplementedError


def as_count(cell: Cell) -> int:
    """A number of people or things: 48, "48人", "４８", "四十八"."""
    raise NotImplementedError
