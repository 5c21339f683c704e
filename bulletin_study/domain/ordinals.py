"""第N次: the number of a session among those of its kind in its year.

The rules, exactly. Per kind and calendar year, after the kind's opening figure:

1. A fixed number (archived or printed) stays whatever happens, and is taken.
2. Held sessions without one take, by (day, start, id), the lowest numbers not taken. With
   nothing fixed that is the rank by date plus the opening figure.
3. But a number must stay below that of every later session whose number is fixed. A session
   for which no such number is left was filled in afterwards: it waits until the others have
   theirs and takes the next free number after all.
4. Sessions still ahead go on from there, in the same order; those numbers are tentative.
5. Cancelled sessions have none, and a number fixed for one is free again.

Fixing a number that a session shows therefore never changes the number of another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import count

from bulletin_study.domain.sessions import (
    OpeningFigure,
    SessionKindLink,
    SessionStatus,
    StudySession,
)

Key = tuple[int, int]
"""(session id, kind id)."""


@dataclass(frozen=True, slots=True)
class Ordinal:
    """第 ``number`` 次; ``tentative`` for a session that has not taken place."""

    number: int
    fixed: bool = False
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Renumber:
    """One line of a renumbering: what a session shows now and what it would show."""

    session_id: int
    kind_id: int
    before: int
    after: int
    fixed: bool


_Entry = tuple[StudySession, SessionKindLink]


def ordinals(
    sessions: Iterable[StudySession],
    links: Iterable[SessionKindLink],
    openings: Iterable[OpeningFigure],
) -> dict[Key, Ordinal]:
    """The number of every session under every kind it is held as.

    Whole years must be given, or numbers start too low. Links of sessions not given are
    passed over.
    """
    counted = {(figure.kind_id, figure.year): figure.count for figure in openings}
    found: dict[Key, Ordinal] = {}
    for (kind_id, year), entries in _by_kind_and_year(sessions, links).items():
        numbers = _numbered(entries, counted.get((kind_id, year), 0))
        for session, link in entries:
            found[session.id, kind_id] = Ordinal(
                numbers[session.id], link.ordinal is not None, session.status.ahead
            )
    return found


def renumbering(
    sessions: Iterable[StudySession],
    links: Iterable[SessionKindLink],
    openings: Iterable[OpeningFigure],
    kind_id: int,
    year: int,
) -> tuple[Renumber, ...]:
    """What would change if all of a kind's sessions of a year were numbered by date anew.

    Lines are by date. Where ``fixed`` is set the new number has to be fixed instead of the
    old one; the others follow by themselves.
    """
    opening = sum(f.count for f in openings if f.kind_id == kind_id and f.year == year)
    entries = _by_kind_and_year(sessions, links).get((kind_id, year), [])
    now = _numbered(entries, opening)
    anew = sorted(entries, key=lambda entry: (entry[0].status.ahead, _place(entry[0])))
    return tuple(
        Renumber(session.id, kind_id, now[session.id], after, link.ordinal is not None)
        for after, (session, link) in enumerate(anew, start=opening + 1)
        if now[session.id] != after
    )


def _place(session: StudySession) -> tuple[date, time, int]:
    return (session.day, session.start, session.id)


def _by_kind_and_year(
    sessions: Iterable[StudySession], links: Iterable[SessionKindLink]
) -> Mapping[Key, list[_Entry]]:
    counted = {s.id: s for s in sessions if s.status is not SessionStatus.CANCELLED}
    groups: dict[Key, list[_Entry]] = defaultdict(list)
    for link in links:
        session = counted.get(link.session_id)
        if session is not None:
            groups[link.kind_id, session.day.year].append((session, link))
    for entries in groups.values():
        entries.sort(key=lambda entry: _place(entry[0]))
    return groups


def _numbered(entries: Sequence[_Entry], opening: int) -> dict[int, int]:
    """Session id → number, for one kind and year; ``entries`` are by date."""
    numbers = {s.id: link.ordinal for s, link in entries if link.ordinal is not None}
    free = _free_numbers(opening, set(numbers.values()))
    below = _ceilings(entries)
    late: list[int] = []
    candidate = next(free)
    for session, link in entries:
        if link.ordinal is not None or session.status.ahead:
            continue
        if candidate < below[session.id]:
            numbers[session.id], candidate = candidate, next(free)
        else:
            late.append(session.id)
    ahead = [s.id for s, link in entries if link.ordinal is None and s.status.ahead]
    for session_id in (*late, *ahead):
        numbers[session_id], candidate = candidate, next(free)
    return numbers


def _free_numbers(opening: int, taken: set[int]) -> Iterator[int]:
    return (number for number in count(opening + 1) if number not in taken)


def _ceilings(entries: Sequence[_Entry]) -> dict[int, float]:
    """Session id → the lowest number fixed for a later session (infinite if there is none)."""
    lowest = float("inf")
    found: dict[int, float] = {}
    for session, link in reversed(entries):
        found[session.id] = lowest
        if link.ordinal is not None:
            lowest = min(lowest, link.ordinal)
    return found
