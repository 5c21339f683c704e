"""The list of sessions with everything a line of it shows, in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.ordinals import Ordinal, ordinals
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    OpeningFigure,
    SessionKind,
    SessionKindLink,
    StudySession,
    Talk,
)
from bulletin_study.domain.tally_facts import SessionMarks, summed
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session as lists show it.

    ``ordinals`` go with ``kinds``, one each (``None``: cancelled). ``headcount`` is that of
    its sign-in once held — of the kind asked for, or of anybody expected — and ``None``
    without one. ``speakers`` and the talks' ``titles`` are by place, guests among
    them, what is not known yet left out.
    """

    session: StudySession
    kinds: tuple[SessionKind, ...]
    ordinals: tuple[Ordinal | None, ...]
    speakers: tuple[str, ...]
    lead: str
    headcount: Headcount | None
    titles: tuple[str, ...] = ()

    @property
    def kind_names(self) -> tuple[str, ...]:
        """Its kinds in their order."""
        return tuple(kind.name for kind in self.kinds)

    @property
    def ordinal_by_kind(self) -> dict[str, Ordinal]:
        """Kind name → 第N次, for the kinds under which it has one."""
        pairs = zip(self.kinds, self.ordinals, strict=True)
        return {kind.name: ordinal for kind, ordinal in pairs if ordinal is not None}

    @property
    def expected(self) -> int | None:
        """应到, from the sign-in or an imported total."""
        return self.headcount.expected if self.headcount else self.session.expected_total

    @property
    def present(self) -> int | None:
        """实到, from the sign-in or an imported total."""
        return self.headcount.came if self.headcount else self.session.present_total

    @property
    def unmarked(self) -> int:
        """未签."""
        return self.headcount.unmarked if self.headcount else 0


def list_sessions(
    unit: UnitOfWork, first: date, last: date, kind_id: int | None = None
) -> list[SessionRow]:
    """Sessions of a period by day and start, whatever their status; of one kind if asked."""
    in_years = unit.sessions_between(date(first.year, 1, 1), date(last.year, 12, 31))
    links = _links(unit, in_years)
    wanted = [
        session
        for session in in_years
        if first <= session.day <= last
        and (kind_id is None or any(link.kind_id == kind_id for link in links[session.id]))
    ]
    numbers = ordinals(
        in_years, (one for found in links.values() for one in found), unit.all(OpeningFigure)
    )
    kinds = load_kinds(unit)
    people = {person.id: person.name for person in unit.all(Person)}
    talks = _talks(unit, wanted)
    counts = _headcounts(unit, first, last, kind_id)
    return [
        SessionRow(
            session,
            own := _own_kinds(kinds, links[session.id]),
            tuple(numbers.get((session.id, kind.id)) for kind in own),
            _speakers(talks.get(session.id, ()), people),
            people.get(session.lead_id, "") if session.lead_id is not None else session.lead_name,
            counts.get(session.id),
            tuple(talk.title for talk in talks.get(session.id, ()) if talk.title),
        )
        for session in wanted
    ]


def _own_kinds(
    kinds: Mapping[int, SessionKind], links: Iterable[SessionKindLink]
) -> tuple[SessionKind, ...]:
    linked = {link.kind_id for link in links}
    return tuple(kind for kind in kinds.values() if kind.id in linked)


def _links(
    unit: UnitOfWork, sessions: Iterable[StudySession]
) -> Mapping[int, list[SessionKindLink]]:
    found: dict[int, list[SessionKindLink]] = defaultdict(list)
    ids = [session.id for session in sessions]
    for link in unit.all(SessionKindLink, session_id=ids) if ids else ():
        found[link.session_id].append(link)
    return found


def _talks(unit: UnitOfWork, sessions: Iterable[StudySession]) -> Mapping[int, list[Talk]]:
    ids = [session.id for session in sessions]
    found: dict[int, list[Talk]] = defaultdict(list)
    for talk in sorted(unit.all(Talk, session_id=ids) if ids else [], key=lambda t: t.place):
        found[talk.session_id].append(talk)
    return found


def _speakers(talks: Iterable[Talk], people: Mapping[int, str]) -> tuple[str, ...]:
    named = (people.get(t.speaker_id, "") if t.speaker_id is not None else t.guest for t in talks)
    return tuple(name for name in named if name)


def _headcounts(
    unit: UnitOfWork, first: date, last: date, kind_id: int | None
) -> dict[int, Headcount]:
    marks: dict[int, list[SessionMarks]] = defaultdict(list)
    for row in unit.marks_by_session(first, last):
        if row.expected_for(kind_id):
            marks[row.session_id].append(row)
    return {session_id: summed(found) for session_id, found in marks.items()}
