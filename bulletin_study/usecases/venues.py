"""Where sessions were held so far, to be offered again."""

from __future__ import annotations

from collections import Counter

from bulletin_study.domain.sessions import StudySession
from bulletin_study.usecases.ports import UnitOfWork


def past_venues(unit: UnitOfWork) -> tuple[str, ...]:
    """Every venue ever written, the most used first."""
    used = Counter(session.venue for session in unit.all(StudySession) if session.venue)
    return tuple(sorted(used, key=lambda venue: (-used[venue], venue)))
