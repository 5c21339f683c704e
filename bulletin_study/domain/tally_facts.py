"""What the figures are made from: sessions and their sign-ins, already summed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.sessions import (
    OpeningFigure,
    SessionKind,
    SessionStatus,
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A quotient with its parts; ``value`` is ``None`` (shown as —) for nothing over nothing."""

    numerator: int = 0
    denominator: int = 0

    @property
    def value(self) -> float | None:
        """Between 0 and 1."""
        return self.numerator / self.denominator if self.denominator else None

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)


def attendance_rate(count: Headcount) -> Rate:
    """到会率 = 实到 / 应到."""
    return Rate(count.came, count.expected)


def on_duty_rate(count: Headcount) -> Rate:
    """在岗到会率 = 实到 / (应到 − 请假 − 公出)."""
    return Rate(count.came, count.expected - count.leave - count.official)


class CountedSession(NamedTuple):
    """What figures need to know of a session (see ``StudySession``) and its kinds."""

    id: int
    day: date
    start: time
    end: time
    status: SessionStatus
    hours: float | None = None
    expected_total: int | None = None
    present_total: int | None = None
    leave_total: int | None = None
    kind_ids: tuple[int, ...] = ()


class SessionMarks(NamedTuple):
    """The marks at one session of those whom the same of its kinds expect, as a headcount."""

    session_id: int
    expected_by: tuple[int, ...]
    present: int = 0
    late: int = 0
    left_early: int = 0
    leave: int = 0
    official: int = 0
    absent: int = 0
    unmarked: int = 0

    def expected_for(self, kind_id: int | None) -> bool:
        """Whether the kind (``None``: any kind) expects them."""
        return bool(self.expected_by) if kind_id is None else kind_id in self.expected_by


@dataclass(frozen=True, slots=True)
class PersonMarks:
    """One person's marks over the held sessions of a period that expected them.

    ``rated`` are those at sessions in which nobody at all is 未签: they enter rates.
    """

    person_id: int
    headcount: Headcount
    rated: Headcount = Headcount()


@dataclass(frozen=True, slots=True)
class GroupMarks:
    """One group's marks over the held sessions of a period, by the group of that day.

    ``held`` is how many of them expected anybody of the group; ``rate`` is over those of
    them in which nobody at all is 未签.
    """

    group_id: int | None
    held: int
    headcount: Headcount
    rate: Rate


def summed(marks: Sequence[SessionMarks]) -> Headcount:
    """Marks together."""
    if len(marks) == 1:
        return Headcount(*marks[0][2:])
    return Headcount(*map(sum, zip(*(row[2:] for row in marks), strict=True)))


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many times planned sessions expect somebody: for each kind, for each group (of that
    day, ``None``: none) and for each person; kinds held together count once for the latter."""

    by_kind: Mapping[int, int] = field(default_factory=dict)
    by_group: Mapping[int | None, int] = field(default_factory=dict)
    by_person: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the figures are made from, all of one period.

    ``marks``, ``groups`` and ``people`` are of held sessions. ``talks_by_person`` (who spoke
    at held sessions), ``talks_by_group``, ``comments_by_person``, ``reflections_by_person``
    and ``made_up_by_person`` (补学 cleared) are numbers.
    """

    sessions: Sequence[CountedSession]
    kinds: Sequence[SessionKind]
    marks: Iterable[SessionMarks] = ()
    groups: Iterable[GroupMarks] = ()
    people: Iterable[PersonMarks] = ()
    openings: Sequence[OpeningFigure] = ()
    talks_by_person: Mapping[int, int] = field(default_factory=dict)
    talks_by_group: Mapping[int | None, int] = field(default_factory=dict)
    comments_by_person: Mapping[int, int] = field(default_factory=dict)
    reflections_by_person: Mapping[int, int] = field(default_factory=dict)
    made_up_by_person: Mapping[int, int] = field(default_factory=dict)
    ahead: Ahead = Ahead()
