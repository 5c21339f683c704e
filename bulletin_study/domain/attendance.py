"""Sign-in: marks, who is expected, pre-marks from absences, and the figures of one session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bulletin_study.domain.people import AbsenceKind, Person, Roster
from bulletin_study.domain.sessions import Audience, SessionKind


class Mark(StrEnum):
    """签到 marks. No mark is 未签, which is not absent.

    ``EXEMPT`` (免到) and ``OBSERVER`` (列席) stand outside every figure.
    """

    PRESENT = "到"
    LATE = "迟到"
    LEFT_EARLY = "早退"
    LEAVE = "请假"
    OFFICIAL = "公出"
    ABSENT = "缺席"
    EXEMPT = "免到"
    OBSERVER = "列席"


CAME: frozenset[Mark] = frozenset({Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY})
NEEDS_REASON: frozenset[Mark] = frozenset({Mark.LEAVE, Mark.OFFICIAL, Mark.ABSENT})

_PREMARKS: dict[AbsenceKind, Mark] = {
    AbsenceKind.TRAVEL: Mark.OFFICIAL,
    AbsenceKind.TRAINING: Mark.OFFICIAL,
    AbsenceKind.LEAVE: Mark.LEAVE,
    AbsenceKind.SICK: Mark.LEAVE,
}


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one session.

    ``expected_by`` are the ids of the session's kinds whose audience expects the person
    (sorted; empty for 免到 and 列席, who enter no figure). ``group_id`` is the group on
    that day. ``premarked`` says the mark came from 不在岗, not from a hand.
    """

    session_id: int
    person_id: int
    group_id: int | None = None
    expected_by: tuple[int, ...] = ()
    mark: Mark | None = None
    reason: str = ""
    premarked: bool = False


def in_audience(audience: Audience, person: Person, group_id: int | None) -> bool:
    """Whether a kind with this audience expects the person, who is then in that group."""
    if audience.people:
        return person.id in audience.people
    return (
        (not audience.groups or group_id in audience.groups)
        and (not audience.roles or person.role in audience.roles)
        and (not audience.categories or person.category in audience.categories)
        and (not audience.party_only or person.party_joined is not None)
    )


def premark(roster: Roster, person_id: int, day: date) -> tuple[Mark, str] | None:
    """The mark and its reason that the person's absences give for the day, if any.

    出差, 培训 give 公出; 请假, 病假 give 请假; an exempting absence gives 免到. A long kind
    that was set to stay in 应到 gives 请假.
    """
    absences = roster.absences_on(person_id, day)
    if not absences:
        return None
    exempting = next((a for a in absences if a.exempts), None)
    absence = exempting or absences[0]
    reason = f"{absence.kind}：{absence.reason}" if absence.reason else str(absence.kind)
    if exempting is not None:
        return Mark.EXEMPT, reason
    return _PREMARKS.get(absence.kind, Mark.LEAVE), reason


def expected_list(
    roster: Roster, session_id: int, day: date, kinds: Sequence[SessionKind]
) -> list[Attendance]:
    """The sign-in list of a session on a day, by 排名, with pre-marks, nobody else marked.

    应到 = the audience of that kind on that date: on the roster that day, not exempt.
    Exempt people are listed as 免到 with an empty ``expected_by``.
    """
    rows: list[Attendance] = []
    for person in roster.on(day):
        group_id = roster.group_on(person.id, day)
        by = tuple(sorted(k.id for k in kinds if in_audience(k.audience, person, group_id)))
        if not by:
            continue
        pre = premark(roster, person.id, day)
        if pre is None:
            rows.append(Attendance(session_id, person.id, group_id, by))
        else:
            mark, reason = pre
            kept = () if mark is Mark.EXEMPT else by
            rows.append(Attendance(session_id, person.id, group_id, kept, mark, reason, True))
    return rows


def carried(fresh: Attendance | None, stored: Attendance) -> Attendance | None:
    """A mark made before the session took place, as the roster of the day now has it.

    ``fresh`` is the person's line of the list (``None``: not expected). The mark and its
    reason stay; group and kinds follow the roster, so that nobody counts for a group or an
    audience that he left meanwhile. ``None``: the line is gone.
    """
    if fresh is None:
        came = stored.mark in CAME or stored.mark is Mark.OBSERVER
        return replace(stored, mark=Mark.OBSERVER, expected_by=()) if came else None
    if not fresh.expected_by:
        # 免到: whoever was marked by hand all the same was overruled, and stays so.
        return replace(stored, group_id=fresh.group_id)
    figured = stored.mark not in (Mark.EXEMPT, Mark.OBSERVER)
    return replace(
        stored, group_id=fresh.group_id, expected_by=fresh.expected_by if figured else ()
    )


@dataclass(frozen=True, slots=True)
class Headcount:
    """Figures that always add up: 应到 = 实到 + 请假 + 公出 + 缺席 + 未签."""

    present: int = 0
    late: int = 0
    left_early: int = 0
    leave: int = 0
    official: int = 0
    absent: int = 0
    unmarked: int = 0

    @property
    def came(self) -> int:
        """实到 = 到 + 迟到 + 早退."""
        return self.present + self.late + self.left_early

    @property
    def expected(self) -> int:
        """应到."""
        return self.came + self.leave + self.official + self.absent + self.unmarked

    def __add__(self, other: Headcount) -> Headcount:
        return Headcount(
            self.present + other.present,
            self.late + other.late,
            self.left_early + other.left_early,
            self.leave + other.leave,
            self.official + other.official,
            self.absent + other.absent,
            self.unmarked + other.unmarked,
        )


FIELD_OF: dict[Mark | None, str] = {
    Mark.PRESENT: "present",
    Mark.LATE: "late",
    Mark.LEFT_EARLY: "left_early",
    Mark.LEAVE: "leave",
    Mark.OFFICIAL: "official",
    Mark.ABSENT: "absent",
    None: "unmarked",
}
"""Mark → the number of a headcount that it adds to; the others stand in no figure."""


def headcount(counted: Iterable[tuple[Mark | None, int]]) -> Headcount:
    """Sum (mark, number of people) pairs of expected people into a headcount.

    免到 and 列席 are passed over: they stand in no figure.
    """
    sums: dict[str, int] = {}
    for mark, number in counted:
        name = FIELD_OF.get(mark)
        if name is not None:
            sums[name] = sums.get(name, 0) + number
    return Headcount(**sums)


def headcount_of(rows: Iterable[Attendance], kind_id: int | None = None) -> Headcount:
    """The headcount of one sign-in, for one of its kinds or (``None``) for anybody expected."""
    return headcount(
        (row.mark, 1)
        for row in rows
        if (row.expected_by if kind_id is None else kind_id in row.expected_by)
    )
