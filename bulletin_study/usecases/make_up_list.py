"""Who owes 补学: of one session, of a period, of one person; and the words to chase them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.make_ups import MISSED, Debt, MakeUp, MakeUpState, debts
from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import SessionKind, SessionStatus, StudySession
from bulletin_study.usecases.loading import links_by_session, load_kinds, load_roster
from bulletin_study.usecases.mark_words import why_words
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reflections import reminder_text
from bulletin_study.usecases.settings import MAKE_UP_DAYS, read_option
from bulletin_study.usecases.sign_in_list import SignIn
from bulletin_study.usecases.titles import day_words, kinds_text

LOOK_BACK = timedelta(days=92)
"""What was missed longer ago is in the ledger, but no longer brought up by itself."""


@dataclass(frozen=True, slots=True)
class MakeUpLine:
    """One line of the ledger; ``group`` is the name of the group of that day, ``rank`` 排名."""

    debt: Debt
    session: StudySession
    kinds: tuple[SessionKind, ...]
    name: str
    group: str
    rank: int

    @property
    def key(self) -> tuple[int, int]:
        """What names it: session and person."""
        return self.debt.session_id, self.debt.person_id

    @property
    def why(self) -> str:
        """请假：看病; the mark as it stands now."""
        return why_words(self.debt.mark, self.debt.reason)


class Wanted(StrEnum):
    """Which lines of the ledger are asked for."""

    OPEN = "待补"
    OVERDUE = "逾期"
    ALL = "全部"


@dataclass(frozen=True, slots=True)
class MakeUpLedger:
    """The lines of a period by session, within one by 排名. ``days``: the usual time for it."""

    first: date
    last: date
    today: date
    days: int
    lines: tuple[MakeUpLine, ...]

    @property
    def open(self) -> tuple[MakeUpLine, ...]:
        """Those still owed by somebody who is still here."""
        return tuple(line for line in self.lines if line.debt.waits)

    @property
    def overdue(self) -> tuple[MakeUpLine, ...]:
        """Those whose last day is past."""
        return tuple(line for line in self.lines if line.debt.days_over(self.today))

    def only(self, wanted: Wanted) -> tuple[MakeUpLine, ...]:
        """The lines asked for."""
        match wanted:
            case Wanted.OPEN:
                return self.open
            case Wanted.OVERDUE:
                return self.overdue
            case Wanted.ALL:
                return self.lines


@dataclass(frozen=True, slots=True)
class OverdueMakeUps:
    """One session of which 补学 is overdue: whom it waits for, and the most days."""

    session: StudySession
    kinds: tuple[SessionKind, ...]
    waiting: tuple[str, ...]
    days: int


def session_debts(unit: UnitOfWork, sign_in: SignIn) -> tuple[Debt, ...]:
    """Who owes a session whose sign-in is loaded, and what is noted about it, by 排名."""
    session = sign_in.session
    # A list never written down says who would be expected, not who was away.
    rows = () if sign_in.unlisted else sign_in.rows
    return tuple(
        debts(
            session,
            sign_in.kinds,
            rows,
            unit.all(MakeUp, session_id=session.id),
            sign_in.roster,
            days=read_option(unit, MAKE_UP_DAYS),
            today=unit.services.clock.today(),
        )
    )


def load_make_ups(
    unit: UnitOfWork,
    first: date,
    last: date,
    *,
    person_id: int | None = None,
    roster: Roster | None = None,
) -> MakeUpLedger:
    """Everything owed or noted of the sessions of a period, of everybody or of one person."""
    today, days = unit.services.clock.today(), read_option(unit, MAKE_UP_DAYS)
    roster = roster or load_roster(unit)
    sessions = {session.id: session for session in unit.sessions_between(first, last)}
    kinds = _kinds_of(unit, sessions)
    who = {} if person_id is None else {"person_id": person_id}
    noted: dict[int, list[MakeUp]] = defaultdict(list)
    for one in unit.all(MakeUp, session_id=list(sessions), **who):
        noted[one.session_id].append(one)
    marks = _marks(unit, sessions, kinds, noted, who)
    lines: list[MakeUpLine] = []
    for session in sessions.values():
        if session.id not in marks and session.id not in noted:
            continue
        of_session = kinds.get(session.id, ())
        owed = debts(session, of_session, marks.get(session.id, ()), noted.get(session.id, ()),
                     roster, days=days, today=today)  # fmt: skip
        lines += (_line(debt, session, of_session, roster) for debt in owed)
    return MakeUpLedger(first, last, today, days, tuple(lines))


def overdue_make_ups(unit: UnitOfWork, roster: Roster | None = None) -> tuple[OverdueMakeUps, ...]:
    """The recent sessions of which a 补学 is overdue, one line each, the oldest first."""
    today = unit.services.clock.today()
    ledger = load_make_ups(unit, today - LOOK_BACK, today, roster=roster)
    return tuple(
        OverdueMakeUps(
            lines[0].session,
            lines[0].kinds,
            tuple(line.name for line in lines),
            max(line.debt.days_over(today) for line in lines),
        )
        for lines in by_session(ledger.overdue)
    )


def by_session(lines: Iterable[MakeUpLine]) -> list[list[MakeUpLine]]:
    """The lines of each session together, in the order given."""
    return [list(own) for _, own in groupby(lines, key=lambda line: line.session.id)]


def state_words(debt: Debt, today: date) -> str:
    """How it stands: 待补, 已发材料, 已写, 逾期 5 天, 已补, 不用补了, 已离开."""
    over = debt.days_over(today)
    settled = debt.state in (MakeUpState.CLEARED, MakeUpState.DROPPED)
    if debt.gone and not settled:
        return "已离开"
    return f"逾期 {over} 天" if over else str(debt.state)


def words_owed(debt: Debt, today: date) -> str:
    """What somebody has still to do, by when, and how late it is."""
    what = "读材料、交心得" if debt.state is MakeUpState.HANDED_OUT else "补学"
    over = debt.days_over(today)
    late = f"，已逾期 {over} 天" if over else ""
    return f"{what}，期限{day_words(debt.due)}{late}"


def chasing_text(lines: Sequence[MakeUpLine], today: date) -> str:
    """A 催办 text, session by session; empty when nobody is to be chased.

    Who has written already is not chased: that waits for the clerk.
    """
    asked = [line for line in lines if line.debt.to_chase]
    asked.sort(key=lambda line: (line.session.day, line.session.start, line.session.id))
    blocks = []
    for own in by_session(asked):
        people = [(line.name, words_owed(line.debt, today)) for line in own]
        title = f"{kinds_text(own[0].kinds)}补学"
        blocks.append(reminder_text(own[0].session.day, people, today, title))
    return "\n\n".join(blocks)


def _kinds_of(unit: UnitOfWork, session_ids: Iterable[int]) -> dict[int, tuple[SessionKind, ...]]:
    kinds = load_kinds(unit)
    found = {}
    for session_id, links in links_by_session(unit, session_ids).items():
        linked = {link.kind_id for link in links}
        found[session_id] = tuple(kind for kind in kinds.values() if kind.id in linked)
    return found


def _marks(
    unit: UnitOfWork,
    sessions: dict[int, StudySession],
    kinds: dict[int, tuple[SessionKind, ...]],
    noted: dict[int, list[MakeUp]],
    who: dict[str, int],
) -> dict[int, list[Attendance]]:
    """The marks that can owe, and those of everybody about whom something is noted."""
    asked = [
        session.id
        for session in sessions.values()
        if session.status is SessionStatus.HELD
        and any(kind.owes_make_up for kind in kinds.get(session.id, ()))
    ]
    rows = unit.all(Attendance, session_id=asked, mark=list(MISSED), **who) if asked else []
    people = sorted({one.person_id for own in noted.values() for one in own})
    more = unit.all(Attendance, session_id=list(noted), person_id=people) if noted else []
    found: dict[int, dict[int, Attendance]] = defaultdict(dict)
    for row in rows:
        found[row.session_id][row.person_id] = row
    wanted = {(one.session_id, one.person_id) for own in noted.values() for one in own}
    for row in more:
        if (row.session_id, row.person_id) in wanted:
            found[row.session_id][row.person_id] = row
    return {session_id: list(own.values()) for session_id, own in found.items()}


def _line(
    debt: Debt, session: StudySession, kinds: tuple[SessionKind, ...], roster: Roster
) -> MakeUpLine:
    person = roster.people[debt.person_id]
    group = roster.groups.get(debt.group_id) if debt.group_id is not None else None
    where = group.name if group else str(person.role)
    return MakeUpLine(debt, session, kinds, person.name, where, person.rank)
