"""Clashes: two sessions at an overlapping time that need the same people or the same room."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bulletin_study.domain.sessions import SessionStatus, StudySession

Who = int | str
"""A person's id, or the name of somebody who is not on the roster."""

_NAMED = 3


class ClashKind(StrEnum):
    """What two sessions both need."""

    PEOPLE = "people"
    VENUE = "venue"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is wanted at a session, and what it is called.

    ``title`` is the name of its kinds; ``people`` maps everybody expected or on duty to
    their name, in the order they are to be shown; ``duties`` maps those on duty (领学, 主持,
    记录, 讲课) to the word for it.
    """

    title: str
    people: Mapping[Who, str] = field(default_factory=dict)
    duties: Mapping[Who, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClashNote:
    """One clash of two sessions: one note for all the people they share, one for the venue.

    Session ids below 0 are of sessions not saved yet: -1 for the first, -2 for the second
    of those asked about. ``who`` holds the shared people, those on duty first; ``reason``
    says it all in Chinese.
    """

    kind: ClashKind
    session_a: int
    session_b: int
    day: date
    who: tuple[Who, ...]
    venue: str
    reason: str

    @property
    def key(self) -> tuple[ClashKind, int, int]:
        """What makes two notes the same clash."""
        return (self.kind, self.session_a, self.session_b)


def overlap(a: StudySession, b: StudySession) -> bool:
    """Whether both are to take place and share time; ending as the other starts is none."""
    if SessionStatus.CANCELLED in (a.status, b.status) or a.day != b.day:
        return False
    return a.start < b.end and b.start < a.end


def clashes(
    asked: Sequence[StudySession],
    others: Iterable[StudySession],
    cast_of: Callable[[StudySession], Cast],
) -> tuple[ClashNote, ...]:
    """The clashes of the sessions asked about, with the others and among themselves.

    ``others`` with the id of one asked about are passed over (they are its stored state).
    ``cast_of`` is called only for sessions that overlap another. Notes come by day and
    start, venue before people.
    """
    ids = {session.id for session in asked}
    by_day: dict[date, list[StudySession]] = defaultdict(list)
    for other in others:
        if other.id not in ids:
            by_day[other.day].append(other)
    notes: list[ClashNote] = []
    casts: dict[int, Cast] = {}

    def cast(session: StudySession) -> Cast:
        if session.id not in casts:
            casts[session.id] = cast_of(session)
        return casts[session.id]

    for session in sorted(asked, key=_order):
        for other in sorted(by_day[session.day], key=_order):
            if overlap(session, other):
                notes += _notes(session, other, cast(session), cast(other))
        by_day[session.day].append(session)
    return tuple(notes)


def _order(session: StudySession) -> tuple[object, ...]:
    return (session.day, session.start, abs(session.id))


def _notes(a: StudySession, b: StudySession, cast_a: Cast, cast_b: Cast) -> Iterable[ClashNote]:
    both = f"{a.day:%m-%d} {_titled(a, cast_a)}与{_titled(b, cast_b)}时间重叠"
    if _same_venue(a.venue, b.venue):
        venue = a.venue.strip()
        yield ClashNote(ClashKind.VENUE, a.id, b.id, a.day, (), venue, f"{both}，都在“{venue}”")
    shared = [who for who in cast_a.people if who in cast_b.people]
    shared.sort(key=lambda who: not (who in cast_a.duties or who in cast_b.duties))
    if shared:
        words = _people_words(shared, cast_a, cast_b)
        yield ClashNote(ClashKind.PEOPLE, a.id, b.id, a.day, tuple(shared), "", f"{both}，{words}")


def _titled(session: StudySession, cast: Cast) -> str:
    return f"{session.start:%H:%M}—{session.end:%H:%M}“{cast.title}”"


def _people_words(shared: Sequence[Who], cast_a: Cast, cast_b: Cast) -> str:
    names = "、".join(_named(who, cast_a, cast_b) for who in shared[:_NAMED])
    if len(shared) > _NAMED:
        return f"是同一批人 {len(shared)} 人（{names}等）"
    return f"都要{names}参加"


def _named(who: Who, cast_a: Cast, cast_b: Cast) -> str:
    duties = dict.fromkeys(cast.duties[who] for cast in (cast_a, cast_b) if who in cast.duties)
    return f"{cast_a.people[who]}（{'、'.join(duties)}）" if duties else cast_a.people[who]


def _same_venue(a: str, b: str) -> bool:
    return bool(_plain(a)) and _plain(a) == _plain(b)


def _plain(venue: str) -> str:
    return "".join(unicodedata.normalize("NFKC", venue).split()).casefold()
