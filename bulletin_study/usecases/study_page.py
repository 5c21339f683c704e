"""What the page of 每周一学 shows: the sessions of one kind, and what lies on each day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bulletin_study.domain.calendar import Calendar
from bulletin_study.domain.ordinals import Renumber
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    REVIEW,
    STUDY,
    TALK,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.holidays import calendar_between
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.numbering import preview_renumbering
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.session_list import SessionRow, list_sessions

_EARLIEST, _LATEST = date(1949, 1, 1), date(2099, 12, 31)
ALL_KINDS = 0


class StudyScope(StrEnum):
    """Which sessions the list shows: of some months, those not archived yet, or all."""

    MONTHS = "months"
    WAITING = "waiting"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class StudyAsk:
    """What is asked for.

    ``kind_id`` is ``None`` for the page's own kind, named ``home``, and :data:`ALL_KINDS`
    for everything. ``first`` to ``last`` are the days of the list for ``MONTHS``,
    ``seen_first`` to ``seen_last`` those of the calendar.
    """

    kind_id: int | None
    scope: StudyScope
    first: date
    last: date
    seen_first: date
    seen_last: date
    home: str = STUDY


@dataclass(frozen=True, slots=True)
class StudyPage:
    """The answer. ``kind`` is ``None`` for everything; ``waiting`` counts those held and not
    archived; ``numbers`` is what renumbering this year by date would change.
    """

    ask: StudyAsk
    kind: SessionKind | None
    kinds: tuple[SessionKind, ...]
    rows: tuple[SessionRow, ...]
    seen: tuple[SessionRow, ...]
    waiting: int
    calendar: Calendar
    initials: dict[int, str]
    numbers: tuple[Renumber, ...]
    today: date


def load_study(unit: UnitOfWork, ask: StudyAsk) -> StudyPage:
    """The page for what is asked; a kind no longer there becomes the page's own."""
    kinds = tuple(load_kinds(unit).values())
    kind = _kind(kinds, ask.kind_id, ask.home)
    kind_id = kind.id if kind is not None else None
    first, last = min(ask.first, ask.seen_first), max(ask.last, ask.seen_last)
    near = list_sessions(unit, first, last, kind_id)
    waiting = _waiting(unit, kind_id)
    match ask.scope:
        case StudyScope.MONTHS:
            rows: Iterable[SessionRow] = (r for r in near if ask.first <= r.session.day <= ask.last)
        case StudyScope.WAITING:
            rows = _of(unit, waiting, kind_id)
        case _:
            rows = list_sessions(unit, _EARLIEST, _LATEST, kind_id)
    today = unit.services.clock.today()
    changes = preview_renumbering(unit, kind_id, today.year) if kind_id is not None else []
    return StudyPage(
        ask,
        kind,
        kinds,
        tuple(rows),
        tuple(r for r in near if ask.seen_first <= r.session.day <= ask.seen_last),
        len(waiting),
        calendar_between(unit, ask.seen_first, ask.seen_last),
        {person.id: person.initials for person in unit.all(Person)},
        tuple(row.change for row in changes),
        today,
    )


def _kind(
    kinds: Iterable[SessionKind], kind_id: int | None, home: str
) -> SessionKind | None:
    if kind_id == ALL_KINDS:
        return None
    by_id = {kind.id: kind for kind in kinds}
    own = next((kind for kind in by_id.values() if kind.name == home), None)
    return by_id.get(kind_id, own) if kind_id is not None else own


def _waiting(unit: UnitOfWork, kind_id: int | None) -> list[StudySession]:
    found = unit.all(StudySession, status=SessionStatus.HELD, archived=False)
    if kind_id is None or not found:
        return found
    ids = [session.id for session in found]
    linked = unit.all(SessionKindLink, session_id=ids, kind_id=kind_id)
    mine = {link.session_id for link in linked}
    return [session for session in found if session.id in mine]


def _of(
    unit: UnitOfWork, sessions: list[StudySession], kind_id: int | None
) -> Iterable[SessionRow]:
    if not sessions:
        return ()
    ids = {session.id for session in sessions}
    days = [session.day for session in sessions]
    rows = list_sessions(unit, min(days), max(days), kind_id)
    return (row for row in rows if row.session.id in ids)


@dataclass(frozen=True, slots=True)
class SessionPlace:
    """Where a session is found; ``home`` is the kind under which to show it."""

    session_id: int
    day: date
    kind_ids: tuple[int, ...]
    home: int


def place_of(unit: UnitOfWork, session_id: int) -> SessionPlace | None:
    """Where to find a session; ``None`` when it was deleted.

    Its home is its first kind that has no page of its own, else everything.
    """
    session = unit.get(StudySession, session_id)
    if session is None:
        return None
    linked = {link.kind_id for link in unit.all(SessionKindLink, session_id=session_id)}
    kinds = [kind for kind in load_kinds(unit).values() if kind.id in linked]
    home = next((kind.id for kind in kinds if kind.name not in (TALK, REVIEW)), ALL_KINDS)
    return SessionPlace(session_id, session.day, tuple(kind.id for kind in kinds), home)
