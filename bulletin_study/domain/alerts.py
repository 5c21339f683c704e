"""When something is worth a reminder: attendance under a limit, or longer waited than allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.tally_facts import Rate

LEAST_SESSIONS = 5
"""Nobody is named for what was missed at fewer sessions."""


@dataclass(frozen=True, slots=True)
class Attended:
    """The 到会率 of a person or a group over ``sessions`` that are signed in full."""

    key: int
    rate: Rate
    sessions: int


def under(limit: int, watched: Iterable[Attended]) -> list[Attended]:
    """Those under ``limit`` per cent, in the order given.

    Exactly the limit is not under it; nothing over nothing never is.
    """
    return [
        one
        for one in watched
        if one.sessions >= LEAST_SESSIONS
        and one.rate.denominator
        and one.rate.numerator * 100 < limit * one.rate.denominator
    ]


def overdue(day: date, today: date, days: int) -> int:
    """How many days have passed since ``day``, when more than ``days`` have; else 0."""
    waited = (today - day).days
    return waited if waited > days else 0
