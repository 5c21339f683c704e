"""补学: what somebody who missed a session reads and writes afterwards, and who owes it.

Who was expected by a kind that asks for it and was marked 请假, 公出 or 缺席 owes it, once a
session however many kinds were held together. 未签, 免到 and 列席 never owe. That is worked
out from the marks; a :class:`MakeUp` is stored only once something was noted. A mark
corrected afterwards ends the debt and leaves what was noted where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import SessionKind, SessionStatus, StudySession

MISSED: frozenset[Mark] = frozenset({Mark.LEAVE, Mark.OFFICIAL, Mark.ABSENT})
"""Expected and not there: the marks that can owe."""


@dataclass(frozen=True, slots=True)
class MakeUp:
    """One person's making up of one session: material → note → cleared.

    ``material`` is what was handed out, ``note`` what the person wrote about it. ``due`` is
    the last day for it where one was set by hand. ``cleared`` is the day on which it was
    accepted; until then it is owed.
    """

    id: int
    session_id: int
    person_id: int
    material: str = ""
    note: str = ""
    due: date | None = None
    cleared: date | None = None

    @property
    def blank(self) -> bool:
        """Nothing is noted (any longer): not worth a row."""
        return not (self.material or self.note or self.due or self.cleared)


class MakeUpState(StrEnum):
    """How far one has come."""

    OPEN = "待补"
    HANDED_OUT = "已发材料"
    WRITTEN = "已写"
    CLEARED = "已补"
    DROPPED = "不用补了"


@dataclass(frozen=True, slots=True)
class Debt:
    """One person and one session: what is owed, or was noted although no longer owed.

    ``mark`` and ``reason`` are as they stand now, ``group_id`` is the group of that day.
    ``due`` is the last day for it. ``gone``: has left the roster since; shown, never chased.
    """

    session_id: int
    person_id: int
    day: date
    due: date
    mark: Mark | None
    reason: str
    group_id: int | None
    state: MakeUpState
    made: MakeUp | None = None
    gone: bool = False

    @property
    def material(self) -> str:
        """What was handed out."""
        return self.made.material if self.made else ""

    @property
    def note(self) -> str:
        """What was written."""
        return self.made.note if self.made else ""

    @property
    def due_by_hand(self) -> date | None:
        """The last day where one was set; ``None``: the usual one."""
        return self.made.due if self.made else None

    @property
    def cleared(self) -> date | None:
        """The day it was accepted."""
        return self.made.cleared if self.made else None

    @property
    def waits(self) -> bool:
        """Somebody still here still owes it."""
        return not self.gone and self.state not in (MakeUpState.CLEARED, MakeUpState.DROPPED)

    @property
    def to_chase(self) -> bool:
        """The person has not done his part yet; what is written waits for the clerk."""
        return self.waits and self.state is not MakeUpState.WRITTEN

    def days_over(self, today: date) -> int:
        """Days past the last day; 0 while there is time, or when nobody waits for it."""
        return max((today - self.due).days, 0) if self.waits else 0


def missed(session: StudySession, row: Attendance | None) -> bool:
    """Whether that mark says: expected at a session that took place, and not there."""
    held = session.status is SessionStatus.HELD
    return held and row is not None and bool(row.expected_by) and row.mark in MISSED


def debts(
    session: StudySession,
    kinds: Iterable[SessionKind],
    marks: Iterable[Attendance],
    noted: Iterable[MakeUp],
    roster: Roster,
    *,
    days: int,
    today: date,
) -> list[Debt]:
    """Who owes a session (``kinds`` are those it was held as) or has something noted, by 排名.

    ``days``: how long after the session there is time unless set by hand. Cleared stays
    cleared although the kind no longer asks for it.
    """
    asking = {kind.id for kind in kinds if kind.owes_make_up}
    rows = {row.person_id: row for row in marks}
    made = {one.person_id: one for one in sorted(noted, key=lambda one: -one.id)}
    usual = session.day + timedelta(days=days)
    found = []
    people = [roster.people[pid] for pid in rows.keys() | made.keys() if pid in roster.people]
    for person in sorted(people, key=lambda p: (p.rank, p.id)):
        row, own = rows.get(person.id), made.get(person.id)
        away = missed(session, row)
        owed = away and row is not None and not asking.isdisjoint(row.expected_by)
        if own is None and not owed:
            continue
        found.append(
            Debt(
                session_id=session.id,
                person_id=person.id,
                day=session.day,
                due=own.due if own and own.due else usual,
                mark=row.mark if row else None,
                reason=row.reason if row else "",
                group_id=row.group_id if row else roster.group_on(person.id, session.day),
                state=_state(own, away=away, owed=owed),
                made=own,
                gone=person.left is not None and person.left < today,
            )
        )
    return found


def _state(own: MakeUp | None, *, away: bool, owed: bool) -> MakeUpState:
    if own is not None and own.cleared is not None and away:
        return MakeUpState.CLEARED
    if not owed:
        return MakeUpState.DROPPED
    if own is not None and own.note:
        return MakeUpState.WRITTEN
    return MakeUpState.HANDED_OUT if own is not None and own.material else MakeUpState.OPEN
