"""The sign-in list of one session as it stands.

The list of a session that has not taken place is worked out from the roster each time,
with the marks already made laid over it. It freezes when the session is marked held; from
then on roster changes offer corrections (``usecases.attendance``) and never force them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bulletin_study.domain.attendance import (
    Attendance,
    Headcount,
    Mark,
    carried,
    expected_list,
    headcount_of,
)
from bulletin_study.domain.people import Roster, covers
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork, require


@dataclass(frozen=True, slots=True)
class SignIn:
    """The sign-in list of one session. ``rows`` are by 排名, 列席 and 免到 among them.

    ``added`` and ``dropped`` are the ids of people whom today's roster would expect or no
    longer expect, ``regrouped`` of those it has in another group on that day, for a list
    already frozen: an offer, see :func:`~bulletin_study.usecases.attendance.correct_list`.
    ``unlisted``: it took place, but nobody was written down (an old session with totals).
    Whoever then writes down one writes all: a list of one would be that one's 100 %.
    """

    session: StudySession
    kinds: tuple[SessionKind, ...]
    rows: tuple[Attendance, ...]
    roster: Roster
    added: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    regrouped: tuple[int, ...] = ()
    unlisted: bool = False

    @property
    def headcount(self) -> Headcount:
        """Everybody expected by any of the kinds, once."""
        return headcount_of(self.rows)

    def headcount_for(self, kind_id: int) -> Headcount:
        """One kind's own audience."""
        return headcount_of(self.rows, kind_id)

    @property
    def observers(self) -> tuple[Attendance, ...]:
        """列席."""
        return tuple(row for row in self.rows if row.mark is Mark.OBSERVER)


def kinds_of(unit: UnitOfWork, session_id: int) -> tuple[SessionKind, ...]:
    """The session's kinds in their order."""
    linked = {link.kind_id for link in unit.all(SessionKindLink, session_id=session_id)}
    return tuple(kind for kind in load_kinds(unit).values() if kind.id in linked)


def load_sign_in(unit: UnitOfWork, session_id: int, roster: Roster | None = None) -> SignIn:
    """The sign-in list as it stands; ``roster`` if it is loaded already. Raises ``NotFound``."""
    session = require(unit, StudySession, "场次", session_id)
    kinds = kinds_of(unit, session_id)
    roster = roster or load_roster(unit)
    stored = {row.person_id: row for row in unit.all(Attendance, session_id=session_id)}
    fresh = {r.person_id: r for r in expected_list(roster, session_id, session.day, kinds)}
    frozen = session.status is SessionStatus.HELD and bool(stored)
    merged = stored if frozen else _laid_over(roster, session, fresh, stored)
    rows = sorted(merged.values(), key=lambda row: _rank(roster, row.person_id))
    if not frozen:
        unlisted = session.status is SessionStatus.HELD
        return SignIn(session, kinds, tuple(rows), roster, unlisted=unlisted)
    expected = {pid for pid, row in fresh.items() if row.expected_by}
    listed = {pid for pid, row in stored.items() if row.expected_by}
    overruled = {pid for pid, row in stored.items() if not row.premarked}
    elsewhere = {p for p in listed & expected if stored[p].group_id != fresh[p].group_id}

    def by_rank(people: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(people, key=lambda person_id: _rank(roster, person_id)))

    return SignIn(
        session,
        kinds,
        tuple(rows),
        roster,
        added=by_rank(
            person_id
            for person_id in expected - set(stored)
            if covers(roster.known_from(person_id), None, session.day)
        ),
        dropped=by_rank(listed - expected - (overruled & set(fresh))),
        regrouped=by_rank(elsewhere),
    )


def _laid_over(
    roster: Roster,
    session: StudySession,
    fresh: Mapping[int, Attendance],
    stored: Mapping[int, Attendance],
) -> dict[int, Attendance]:
    """The list of the day with the marks already made."""
    rows = dict(fresh)
    for person_id, row in stored.items():
        there = person_id in roster.people and roster.on_roster(person_id, session.day)
        kept = carried(fresh.get(person_id), row) if there else None
        if kept is not None:
            rows[person_id] = kept
    return rows


def _rank(roster: Roster, person_id: int) -> tuple[int, int]:
    person = roster.people.get(person_id)
    return (person.rank if person else 1 << 30, person_id)
