"""Sign-in: marks one by one and in bulk, the list freezing, and corrections after it froze."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin_study.domain.attendance import (
    CAME,
    Attendance,
    Mark,
    expected_list,
    in_audience,
)
from bulletin_study.domain.errors import ARCHIVED, BeforeEntry, NotFound, WrongStatus
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork, names
from bulletin_study.usecases.sign_in_list import SignIn, load_sign_in
from bulletin_study.usecases.titles import session_title


@dataclass(frozen=True, slots=True)
class MarkEntry:
    """One mark to make: ``mark`` ``None`` clears to 未签."""

    person_id: int
    mark: Mark | None
    reason: str = ""


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
    session = sign_in.session
    if session.status is SessionStatus.CANCELLED or session.archived:
        state = ARCHIVED if session.archived else "已取消"
        raise WrongStatus(session_title(session, sign_in.kinds), state, action)


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
