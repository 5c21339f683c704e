"""The board: all places in order, all people by 排名, and who could serve which date.

People are numbered 0, 1, … by 排名 and sets of them are integers with one bit each, so that
"who of this group could serve that date" is one ``&``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from bulletin_study.domain.people import MentorPair, Person, Roster, covers
from bulletin_study.domain.rotation.model import Bar, Problem, Slot


def bits(mask: int) -> Iterator[int]:
    """The members of a set, best 排名 first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def person_bar(roster: Roster, person_id: int, day: date) -> Bar | None:
    """Why the rules keep the person from speaking on the day, whatever else is planned."""
    if not roster.people[person_id].in_rotation:
        return Bar.NOT_TAKING_PART
    if not roster.on_roster(person_id, day):
        return Bar.OFF_ROSTER
    return Bar.ABSENT if roster.absences_on(person_id, day) else None


class Board:
    """Places and people of one problem.

    ``able[t]`` and ``present[t]`` are the people who could serve the ``t``-th date and those
    who take part and are on the roster then. Somebody with a fixed place on a date, or
    pinned soon after it, is not able; whoever gets a place is struck out by :meth:`engage`.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.roster = problem.roster
        self.slots: list[Slot] = sorted(problem.slots, key=lambda s: s.order)
        self.people: list[Person] = [p for p in self.roster.people.values() if p.in_rotation]
        self.number: dict[int, int] = {p.id: k for k, p in enumerate(self.people)}
        self.days: list[int] = sorted({s.day.toordinal() for s in self.slots})
        at = {day: t for t, day in enumerate(self.days)}
        self.date_of: list[int] = [at[s.day.toordinal()] for s in self.slots]
        self.first_open: int = next(
            (i for i, s in enumerate(self.slots) if problem.is_open(s)), len(self.slots)
        )
        spans = [self._spans(p) for p in self.people]
        self.present: list[int] = _sweep(len(self.days), (whole for whole, _ in spans))
        self.able: list[int] = _sweep(len(self.days), (free for _, free in spans))
        self._mentors: dict[int, list[MentorPair]] = defaultdict(list)
        for pair in self.roster.mentor_pairs:
            if pair.mentee_id in self.number:
                self._mentors[self.number[pair.mentee_id]].append(pair)
        self.mentored: int = sum(1 << k for k in self._mentors)
        self._duty: dict[int, int] = {}
        self._blocked: dict[int, int] = defaultdict(int)
        self._hold_fixed_places()

    def _spans(self, person: Person) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Date ranges [from, to) on the roster, and those of them without an absence."""
        days = self.days
        start = bisect_left(days, person.joined.toordinal()) if person.joined else 0
        end = bisect_right(days, person.left.toordinal()) if person.left else len(days)
        if start >= end:
            return [], []
        free: list[tuple[int, int]] = []
        at = start
        for absence in self.roster.absences.get(person.id, ()):
            a = bisect_left(days, absence.start.toordinal())
            b = bisect_right(days, absence.end.toordinal()) if absence.end else len(days)
            if a >= b:
                continue
            if at < min(a, end):
                free.append((at, min(a, end)))
            at = max(at, b)
        if at < end:
            free.append((at, end))
        return [(start, end)], free

    def _hold_fixed_places(self) -> None:
        """Strike those with a fixed place out of that date, and of the dates before a pin.

        Distances are counted in places, from the last place of a date: somebody who may not
        serve one place of a date may serve none of it.
        """
        last_of = {t: i for i, t in enumerate(self.date_of)}
        for i, slot in enumerate(self.slots):
            if not self.is_fixed(i) or slot.speaker_id not in self.number:
                continue
            bit = 1 << self.number[slot.speaker_id]
            self.able[self.date_of[i]] &= ~bit
            if not (slot.pinned or i > self.first_open):
                continue
            for t in range(self.date_of[i] - 1, -1, -1):
                ahead = i - last_of[t]
                if ahead >= len(self.people):
                    break
                if ahead < self.present[t].bit_count():
                    self.able[t] &= ~bit
                    self._blocked[t] |= bit

    def is_fixed(self, i: int) -> bool:
        """Whether the speaker saved there stays: history, or pinned."""
        slot = self.slots[i]
        if slot.speaker_id is None or slot.guest:
            return False
        return slot.pinned or slot.held or slot.day < self.problem.first

    def blocked(self, t: int) -> int:
        """People pinned so soon after the date that they get no place on it."""
        return self._blocked.get(t, 0)

    def engage(self, k: int, i: int) -> None:
        """The person has place ``i``, so no other place of that date."""
        self.able[self.date_of[i]] &= ~(1 << k)

    def mentor_of(self, k: int, day: date) -> int | None:
        """The person id of the 帮带人 that day (the pair begun last)."""
        found = [p for p in self._mentors.get(k, ()) if covers(p.start, p.end, day)]
        if not found:
            return None
        return max(found, key=lambda p: (p.start or date.min, p.id)).mentor_id

    def mentor_away(self, k: int, i: int) -> bool:
        """Whether the person has a 帮带人 who is not on duty on the date of the place."""
        mentor = self.mentor_of(k, self.slots[i].day)
        return mentor is not None and not self._on_duty(mentor) >> self.date_of[i] & 1

    def _on_duty(self, person_id: int) -> int:
        """The dates on which somebody, in the rotation or not, is there: one bit each."""
        if person_id not in self._duty:
            _, free = self._spans(self.roster.people[person_id])
            self._duty[person_id] = sum((1 << end) - (1 << start) for start, end in free)
        return self._duty[person_id]

    def group_from(self, k: int, start: date) -> int | None:
        """The group for a round begun on ``start``: the one then, or on joining.

        Somebody without a group at that time counts to the first one he gets later.
        """
        person = self.people[k]
        day = max(start, person.joined) if person.joined else start
        group = self.roster.group_on(person.id, day)
        if group is None:
            later = [
                m for m in self.roster.memberships.get(person.id, ()) if m.start and m.start > day
            ]
            group = later[0].group_id if later else None
        return group if group in self.roster.groups else None


def _sweep(dates: int, spans: Iterable[list[tuple[int, int]]]) -> list[int]:
    """For each date the set of people, numbered in order, one of whose spans covers it."""
    toggles = [0] * (dates + 1)
    for k, ranges in enumerate(spans):
        for start, end in ranges:
            toggles[start] ^= 1 << k
            toggles[end] ^= 1 << k
    found: list[int] = []
    here = 0
    for t in range(dates):
        here ^= toggles[t]
        found.append(here)
    return found
