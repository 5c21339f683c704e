"""Sign-in: the list, marks one by one and in bulk, and corrections after the list froze.

The list of a session that has not taken place is worked out from the roster each time,
with the marks already made laid over it. It freezes when the session is marked held; from
then on roster changes offer corrections and never force them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin_study.domain.attendance import (
    CAME,
    Attendance,
    Headcount,
    Mark,
    carried,
    expected_list,
    headcount_of,
    in_audience,
)
from bulletin_study.domain.errors import BeforeEntry, NotFound, WrongStatus
from bulletin_study.domain.people import Person, Roster, covers
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork, names, require
from bulletin_study.usecases.titles import session_title


@dataclass(frozen=True, slots=True)
class MarkEntry:
    """One mark to make: ``mark`` ``None`` clears to 未签."""

    person_id: int
    mark: Mark | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The sign-in list of one session. ``rows`` are by 排名, 列席 and 免到 among them.

    ``added`` and ``dropped`` are the ids of people whom today's roster would expect or no
    longer expect, ``regrouped`` of those it has in another group on that day, for a list
    already frozen: an offer, see :func:`correct_list`.
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


def mark(
    unit: UnitOfWork, session_id: int, entries: Sequence[MarkEntry], *, hold: bool = False
) -> Committed:
    """Make marks as one operation.

    Somebody expected gets the mark; an exempt person who is marked by hand is overruled and
    expected again; somebody outside the audience who came is 列席. ``hold`` also records
    that the session took place when its day has come (the window does so: whoever signs
    people in is in the room). Raises ``BeforeEntry`` for a day before 入部日期, ``NotFound``
    for somebody not on the list who did not come, ``WrongStatus`` for a cancelled session.
    """
    sign_in, new_rows = with_entries(unit, session_id, entries)
    put_rows(unit, sign_in, list(new_rows.values()), hold=hold)
    return unit.commit(_mark_label(sign_in, new_rows.values()))


def mark_rest_present(
    unit: UnitOfWork,
    session_id: int,
    *,
    group_id: int | None = None,
    exceptions: Sequence[MarkEntry] = (),
    hold: bool = False,
) -> Committed:
    """其余全到: everybody expected and unmarked is 到; pre-marks stay; exceptions first.

    ``group_id`` restricts it to one group's people (本组其余到).
    """
    sign_in, special = with_entries(unit, session_id, exceptions)
    rest = [
        replace(row, mark=Mark.PRESENT)
        for row in unmarked(sign_in, special)
        if group_id is None or row.group_id == group_id
    ]
    put_rows(unit, sign_in, [*special.values(), *rest], hold=hold)
    title = session_title(sign_in.session, sign_in.kinds)
    return unit.commit(f"{title} 签到：{len(rest)} 人标为“到”")


def unmarked(sign_in: SignIn, besides: Container[int] = ()) -> list[Attendance]:
    """The rows of those expected and 未签, but for some people."""
    return [
        row
        for row in sign_in.rows
        if row.mark is None and row.expected_by and row.person_id not in besides
    ]


def with_entries(
    unit: UnitOfWork, session_id: int, entries: Sequence[MarkEntry]
) -> tuple[SignIn, dict[int, Attendance]]:
    """The list as it stands, and the rows that the entries make, by person."""
    sign_in = load_sign_in(unit, session_id)
    _refuse_closed(sign_in, "签到")
    rows = {row.person_id: row for row in sign_in.rows}
    return sign_in, {e.person_id: marked_row(sign_in, rows.get(e.person_id), e) for e in entries}


def correct_list(
    unit: UnitOfWork,
    session_id: int,
    *,
    add: Iterable[int] = (),
    drop: Iterable[int] = (),
    regroup: Iterable[int] = (),
) -> Committed:
    """Bring a frozen list up to the roster, for the people chosen, as one operation.

    Who is put into another group keeps the mark.
    """
    sign_in = load_sign_in(unit, session_id)
    fresh = {
        row.person_id: row
        for row in expected_list(
            sign_in.roster, session_id, sign_in.session.day, sign_in.kinds
        )
    }
    unit.put(*(fresh[pid] for pid in add if pid in fresh))
    dropped, moved = set(drop), set(regroup) & set(fresh)
    unit.remove(*(row for row in sign_in.rows if row.person_id in dropped))
    unit.put(
        *(
            replace(row, group_id=here.group_id, expected_by=here.expected_by)
            for row in sign_in.rows
            if row.person_id in moved and (here := fresh[row.person_id]).expected_by
        )
    )
    return unit.commit(f"更正应到名单：{session_title(sign_in.session, sign_in.kinds)}")


def freeze(unit: UnitOfWork, session: StudySession, sign_in: SignIn | None = None) -> None:
    """Write down the whole list of a session that took place (not committed here).

    A session with imported totals keeps its totals: nobody is written down.
    """
    if session.expected_total is not None:
        return
    listed = sign_in or load_sign_in(unit, session.id)
    _drop_strangers(unit, listed)
    unit.put(*listed.rows)


def put_rows(
    unit: UnitOfWork, sign_in: SignIn, new_rows: list[Attendance], *, hold: bool
) -> None:
    """Write rows of a sign-in, and all the others when the list freezes with them (not
    committed here)."""
    session = sign_in.session
    takes_place = hold and session.status.ahead and session.day <= unit.services.clock.today()
    if takes_place:
        unit.put(replace(session, status=SessionStatus.HELD))
        _drop_strangers(unit, sign_in)
    unit.put(*new_rows)
    if takes_place or (sign_in.unlisted and new_rows):
        unit.put(*others(sign_in, new_rows))


def _drop_strangers(unit: UnitOfWork, sign_in: SignIn) -> None:
    """Marks made ahead of the day on people whom the list, now written down, has no more."""
    listed = {row.person_id for row in sign_in.rows}
    stored = unit.all(Attendance, session_id=sign_in.session.id)
    unit.remove(*(row for row in stored if row.person_id not in listed))


def others(sign_in: SignIn, written: Iterable[Attendance]) -> list[Attendance]:
    """The rows of everybody else on the list."""
    done = {row.person_id for row in written}
    return [row for row in sign_in.rows if row.person_id not in done]


def marked_row(sign_in: SignIn, row: Attendance | None, entry: MarkEntry) -> Attendance:
    """The row as the entry leaves it.

    Raises ``BeforeEntry``, and ``NotFound`` for somebody not on the list who did not come.
    """
    roster, session = sign_in.roster, sign_in.session
    person = roster.people.get(entry.person_id)
    if person is None or not roster.on_roster(person.id, session.day):
        raise BeforeEntry(
            person.name if person else str(entry.person_id),
            session.day,
            person.joined if person else None,
        )
    group_id = roster.group_on(person.id, session.day) if row is None else row.group_id
    audience = _audience_of(sign_in.kinds, person, group_id)
    if row is None or (row.mark is Mark.OBSERVER and not row.expected_by and not audience):
        if entry.mark not in CAME and entry.mark is not Mark.OBSERVER:
            raise NotFound("应到名单里的人", person.name)
        return Attendance(session.id, person.id, group_id, (), Mark.OBSERVER, entry.reason)
    expected = row.expected_by
    if entry.mark in (Mark.EXEMPT, Mark.OBSERVER):
        expected = ()
    elif not expected:
        expected = audience
    return replace(
        row, mark=entry.mark, reason=entry.reason, expected_by=expected, premarked=False
    )


def _audience_of(
    kinds: Iterable[SessionKind], person: Person, group_id: int | None
) -> tuple[int, ...]:
    return tuple(sorted(k.id for k in kinds if in_audience(k.audience, person, group_id)))


def _refuse_closed(sign_in: SignIn, action: str) -> None:
    if sign_in.session.status is SessionStatus.CANCELLED:
        raise WrongStatus(session_title(sign_in.session, sign_in.kinds), "已取消", action)


def _rank(roster: Roster, person_id: int) -> tuple[int, int]:
    person = roster.people.get(person_id)
    return (person.rank if person else 1 << 30, person_id)


def _mark_label(sign_in: SignIn, rows: Iterable[Attendance]) -> str:
    by_mark: dict[Mark | None, list[str]] = {}
    people: Mapping[int, Person] = sign_in.roster.people
    for row in rows:
        by_mark.setdefault(row.mark, []).append(people[row.person_id].name)
    parts = [
        f"{names(who)}标为“{given}”" if given else f"{names(who)}改回未签"
        for given, who in by_mark.items()
    ]
    return f"{session_title(sign_in.session, sign_in.kinds)} 签到：{'，'.join(parts)}"
