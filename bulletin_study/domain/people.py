"""People of the office: roster, groups, memberships, absences, mentor and A/B pairs.

All spans are inclusive local civil dates; ``None`` at an end means open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """身份: only leaders comment, only heads report; leaders need no group."""

    LEADER = "部领导"
    HEAD = "组长"
    MEMBER = "组员"


class StaffCategory(StrEnum):
    """人员类别."""

    ESTABLISHED = "在编"
    BORROWED = "借调来"
    SHADOWING = "跟班"
    OUTSIDE = "编外"


class AbsenceKind(StrEnum):
    """不在岗 kinds; the long ones take a person out of 应到 by default."""

    LEAVE = "请假"
    SICK = "病假"
    MATERNITY = "产假"
    TRAVEL = "出差"
    TRAINING = "培训"
    FULL_TIME_TRAINING = "脱产培训"
    LONG_SICK = "长期病假"
    POSTED_DOWN = "下派"
    TEMPORARY_POST = "挂职"
    SECONDED = "借调"
    OFF_POST = "离岗"


EXEMPTING_BY_DEFAULT: frozenset[AbsenceKind] = frozenset(
    {
        AbsenceKind.MATERNITY,
        AbsenceKind.LONG_SICK,
        AbsenceKind.FULL_TIME_TRAINING,
        AbsenceKind.POSTED_DOWN,
        AbsenceKind.TEMPORARY_POST,
        AbsenceKind.SECONDED,
        AbsenceKind.OFF_POST,
    }
)


class MentorKind(StrEnum):
    """帮带方式."""

    OLD_WITH_NEW = "老带新"
    STRONG_WITH_WEAK = "长带短"
    HEAD_WITH_MEMBERS = "组长带组员"


@dataclass(frozen=True, slots=True)
class Person:
    """干部. ``rank`` is 排名: every list and paper follows it, leaders first.

    ``joined`` is 入部日期 (figures count from it), ``left`` the last day on the roster.
    ``speaks`` overrides whether the person takes part in the speaker rotation
    (``None``: members and heads in 在编 do, leaders and the other categories do not).
    """

    id: int
    name: str
    rank: int
    staff_number: str | None = None
    role: Role = Role.MEMBER
    category: StaffCategory = StaffCategory.ESTABLISHED
    title: str = ""
    joined: date | None = None
    left: date | None = None
    party_joined: date | None = None
    speaks: bool | None = None
    pinyin: str = ""
    initials: str = ""
    note: str = ""

    @property
    def in_rotation(self) -> bool:
        """Whether the rules let this person take turns at 每周一讲."""
        if self.speaks is not None:
            return self.speaks
        return self.role is not Role.LEADER and self.category is StaffCategory.ESTABLISHED


@dataclass(frozen=True, slots=True)
class Group:
    """组室; ``order`` is 组序 (the turn order), ``leader_id`` its 分管领导."""

    id: int
    name: str
    order: int
    head_id: int | None = None
    leader_id: int | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A person belongs to a group from–to; a move ends one span and starts another."""

    id: int
    person_id: int
    group_id: int
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """不在岗 from–to; ``exempt`` overrides its kind's default of leaving 应到."""

    id: int
    person_id: int
    kind: AbsenceKind
    start: date
    end: date | None = None
    reason: str = ""
    exempt: bool | None = None

    @property
    def exempts(self) -> bool:
        """Whether its days leave 应到 and free the person from duties."""
        return self.kind in EXEMPTING_BY_DEFAULT if self.exempt is None else self.exempt


@dataclass(frozen=True, slots=True)
class MentorPair:
    """帮带: mentor and mentee."""

    id: int
    mentor_id: int
    mentee_id: int
    kind: MentorKind = MentorKind.OLD_WITH_NEW
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class AbPair:
    """AB岗: ``partner_id`` stands in when ``person_id`` is away."""

    id: int
    person_id: int
    partner_id: int


def number_key(number: str) -> str:
    """What makes two 工号 the same: a number typed as such loses its leading zeros."""
    return number.lstrip("0") or "0" if number.isdecimal() else number.upper()


def covers(start: date | None, end: date | None, day: date) -> bool:
    """Whether the inclusive span contains the day."""
    return (start is None or start <= day) and (end is None or day <= end)


class Roster:
    """The office's people with everything dated about them, answering "on that day".

    Built once from plain values; iteration orders never matter, every list it gives is
    by 排名 (then id), so the same people always give the same answer.
    """

    def __init__(
        self,
        people: Iterable[Person] = (),
        groups: Iterable[Group] = (),
        memberships: Iterable[Membership] = (),
        absences: Iterable[Absence] = (),
        mentor_pairs: Iterable[MentorPair] = (),
        ab_pairs: Iterable[AbPair] = (),
    ) -> None:
        ordered = sorted(people, key=lambda p: (p.rank, p.id))
        self.people: dict[int, Person] = {p.id: p for p in ordered}
        self.groups: dict[int, Group] = {
            g.id: g for g in sorted(groups, key=lambda g: (g.order, g.id))
        }
        self.memberships: dict[int, list[Membership]] = defaultdict(list)
        for m in sorted(memberships, key=lambda m: (m.start or date.min, m.id)):
            self.memberships[m.person_id].append(m)
        self.absences: dict[int, list[Absence]] = defaultdict(list)
        for a in sorted(absences, key=lambda a: (a.start, a.id)):
            self.absences[a.person_id].append(a)
        self.mentor_pairs: tuple[MentorPair, ...] = tuple(sorted(mentor_pairs, key=lambda p: p.id))
        self.ab_pairs: tuple[AbPair, ...] = tuple(sorted(ab_pairs, key=lambda p: p.id))

    def on_roster(self, person_id: int, day: date) -> bool:
        """On the roster that day: from 入部日期 to the day of leaving."""
        person = self.people[person_id]
        return covers(person.joined, person.left, day)

    def known_from(self, person_id: int) -> date | None:
        """The first day on which the office is known to have had the person.

        入部日期; without one the day the first 组室 began; ``None`` when nothing is said.
        """
        starts = [m.start for m in self.memberships.get(person_id, ()) if m.start is not None]
        every = len(starts) == len(self.memberships.get(person_id, ()))
        return self.people[person_id].joined or (min(starts) if starts and every else None)

    def group_on(self, person_id: int, day: date) -> int | None:
        """The group the person belonged to that day (the latest begun, if spans overlap)."""
        found: int | None = None
        for m in self.memberships.get(person_id, ()):
            if covers(m.start, m.end, day):
                found = m.group_id
        return found

    def absences_on(self, person_id: int, day: date) -> list[Absence]:
        """All absences covering the day (overlapping ones are all kept)."""
        return [a for a in self.absences.get(person_id, ()) if covers(a.start, a.end, day)]

    def exempt(self, person_id: int, day: date) -> bool:
        """Out of 应到 and free of duties that day."""
        return any(a.exempts for a in self.absences_on(person_id, day))

    def available(self, person_id: int, day: date) -> bool:
        """On the roster and not absent in any way that day."""
        return self.on_roster(person_id, day) and not self.absences_on(person_id, day)

    def on(self, day: date) -> list[Person]:
        """Everybody on the roster that day, by 排名."""
        return [p for p in self.people.values() if self.on_roster(p.id, day)]

    def members_on(self, group_id: int, day: date) -> list[Person]:
        """The group's people on the roster that day, by 排名."""
        return [p for p in self.on(day) if self.group_on(p.id, day) == group_id]

    def mentor_of(self, person_id: int, day: date) -> MentorPair | None:
        """The mentor pair in force that day (the latest begun)."""
        found = [
            p
            for p in self.mentor_pairs
            if p.mentee_id == person_id and covers(p.start, p.end, day)
        ]
        return max(found, key=lambda p: (p.start or date.min, p.id), default=None)

    def partner_of(self, person_id: int) -> int | None:
        """The AB partner's id."""
        for pair in self.ab_pairs:
            if pair.person_id == person_id:
                return pair.partner_id
        return None
