"""Random small offices for the rotation, and an independent reading of its rules.

The reading here is slow and plain on purpose: it enumerates, shares no code with the
planner beyond the roster's "on that day", and follows the rules word by word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import permutations

from hypothesis import strategies as st

from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Group,
    Membership,
    MentorKind,
    MentorPair,
    Person,
    Role,
    Roster,
    StaffCategory,
)
from bulletin_study.domain.rotation import Plan, Problem, Settings, Slot

START = date(2026, 1, 7)


def week(number: int) -> date:
    """The date of the n-th session (n may be negative: history)."""
    return START + timedelta(weeks=number)


def roster_of(
    *sizes: int,
    away: dict[int, Sequence[tuple[int, int]]] | None = None,
    heads: dict[int, int] | None = None,
    pairs: Sequence[tuple[int, int, MentorKind]] = (),
    joined: dict[int, date] | None = None,
) -> Roster:
    """An office of groups with so many people each, numbered through from 1 by 排名.

    ``away``: person → inclusive ranges of weeks; ``heads``: group → person.
    """
    people: list[Person] = []
    members: list[Membership] = []
    absences: list[Absence] = []
    for group, size in enumerate(sizes, start=1):
        for _ in range(size):
            number = len(people) + 1
            entry = (joined or {}).get(number, date(2020, 1, 1))
            role = Role.HEAD if (heads or {}).get(group) == number else Role.MEMBER
            people.append(Person(number, f"甲{number}", number, role=role, joined=entry))
            members.append(Membership(number, number, group))
    for person, ranges in (away or {}).items():
        for first, last in ranges:
            absences.append(
                Absence(len(absences) + 1, person, AbsenceKind.LEAVE, week(first), week(last))
            )
    groups = [Group(g, f"{g}组", g, head_id=(heads or {}).get(g)) for g in range(1, len(sizes) + 1)]
    mentors = [MentorPair(n, a, b, kind) for n, (a, b, kind) in enumerate(pairs, start=1)]
    return Roster(people, groups, members, absences, mentors)


def weekly(count: int, per_date: int = 1, start: int = 0) -> list[Slot]:
    """Empty places, one session a week."""
    return [
        Slot(number + 1, place, week(number))
        for number in range(start, start + count)
        for place in range(1, per_date + 1)
    ]


def problem_of(slots: Sequence[Slot], roster: Roster, settings: Settings | None = None) -> Problem:
    """Everything from week 0 on is planned; earlier places are history."""
    return Problem(tuple(slots), roster, START, date(2030, 1, 1), settings or Settings())


def announced(problem: Problem, plan: Plan) -> Problem:
    """The problem as it is once the plan has been saved."""
    return problem.announced(plan)


@st.composite
def offices(
    draw: st.DrawFn, pins: bool = True, history: bool = True, leavers: bool = True
) -> Problem:
    """Offices of up to 4 groups and 8 people with everything that can happen to them."""
    groups = draw(st.integers(1, 4))
    count = draw(st.integers(1, 8))
    weeks = draw(st.integers(1, 9))
    people, members, absences = [], [], []
    for number in range(1, count + 1):
        group = draw(st.integers(1, groups + 1))
        role = draw(st.sampled_from([Role.MEMBER, Role.MEMBER, Role.MEMBER, Role.HEAD]))
        category = draw(st.sampled_from([StaffCategory.ESTABLISHED] * 6 + [StaffCategory.BORROWED]))
        joined = draw(
            st.one_of(
                st.none(),
                st.integers(-400, -200).map(lambda d: START + timedelta(days=d)),
                st.integers(0, 6).map(week),
            )
        )
        left = draw(st.sampled_from([None] * 6 + [week(2), week(5)])) if leavers else None
        if left is not None and joined is not None and left < joined:
            left = None
        rank = draw(st.integers(1, 20))
        people.append(
            Person(
                number, f"甲{number}", rank, role=role, category=category, joined=joined, left=left
            )
        )
        if group <= groups:
            moved = draw(st.sampled_from([None] * 5 + [2, 4]))
            end = None if moved is None else week(moved) - timedelta(days=1)
            members.append(Membership(len(members) + 1, number, group, None, end))
            if moved is not None:
                other = draw(st.integers(1, groups))
                members.append(Membership(len(members) + 1, number, other, week(moved)))
        for _ in range(draw(st.integers(0, 2))):
            first = draw(st.integers(-2, weeks))
            last = first + draw(st.integers(0, 4))
            absences.append(
                Absence(len(absences) + 1, number, AbsenceKind.LEAVE, week(first), week(last))
            )
    pairs = []
    for _ in range(draw(st.integers(0, 3))):
        mentor, mentee = draw(st.integers(1, count)), draw(st.integers(1, count))
        if mentor != mentee:
            kind = draw(st.sampled_from(list(MentorKind)))
            pairs.append(MentorPair(len(pairs) + 1, mentor, mentee, kind))
    turn_order = draw(st.permutations(range(1, groups + 1)))
    roster = Roster(
        people,
        [Group(g, f"{g}组", turn_order[g - 1]) for g in range(1, groups + 1)],
        members,
        absences,
        pairs,
    )
    slots = _slots(draw, weeks, count, pins, history)
    return problem_of(slots, roster, Settings(spread=draw(st.booleans())))


def _slots(draw: st.DrawFn, weeks: int, count: int, pins: bool, history: bool) -> list[Slot]:
    slots: list[Slot] = []
    anybody = st.integers(1, count)
    for number in range(-draw(st.integers(0, 4)) if history else 0, weeks):
        for place in range(1, draw(st.integers(1, 2)) + 1):
            slot = Slot(number + 100, place, week(number), held=number < 0)
            if number < 0:
                slot = replace(slot, speaker_id=draw(anybody))
            elif pins:
                what = draw(st.sampled_from(["open"] * 8 + ["pin", "guest"]))
                if what == "pin":
                    slot = replace(slot, speaker_id=draw(anybody), pinned=True)
                elif what == "guest":
                    slot = replace(slot, guest="校外专家")
            slots.append(slot)
    return slots


# --- the plain reading ------------------------------------------------------------------


@dataclass
class Place:
    """What the plain reading settles for one place."""

    slot: Slot
    group: int | None = None
    round: int | None = None
    speaker: int | None = None
    passed: list[int] = field(default_factory=list)


class PlainReading:
    """The rules, read from a fresh start (no history), by trying everything."""

    def __init__(self, problem: Problem) -> None:
        self.roster = problem.roster
        self.spread = problem.settings.spread
        self.slots = sorted(problem.slots, key=lambda s: (s.day, s.start, s.session_id, s.place))
        self.people = [p.id for p in self.roster.people.values() if p.in_rotation]
        self.order = [*self.roster.groups, 0]
        joins = [p.joined for p in self.roster.people.values() if p.joined]
        epoch = min([self.slots[0].day, *joins])
        self.last = {p: self.roster.people[p].joined or epoch for p in self.people}
        self.places = [Place(slot) for slot in self.slots]
        self.spent: dict[int, set[int]] = {}
        self.owed: list[int] = []
        self.pointer = 0
        self.number = 0

    def solve(self) -> list[Place]:
        self.begin(1, self.slots[0].day)
        for i, place in enumerate(self.places):
            slot = place.slot
            if slot.guest:
                continue
            if slot.pinned:
                self.pin(i, place)
                continue
            while not self.give(i, place):
                if not [p for p in self.people if self.could(p, i) and not self.has(p, i)]:
                    break
                if not self.anybody_free(i):
                    break
                self.finish()
                self.begin(self.number + 1, slot.day)
        self.finish()
        return self.places

    # --- who could --------------------------------------------------------------------

    def could(self, person: int, i: int) -> bool:
        """Rules 1 and 2 for one person at one place, apart from open places."""
        day = self.slots[i].day
        if not self.roster.available(person, day):
            return False
        for j, other in enumerate(self.slots):
            if not other.pinned or other.speaker_id != person:
                continue
            if other.day == day:
                return False
            last_of_date = max(n for n, s in enumerate(self.slots) if s.day == day)
            if day < other.day and j - last_of_date < self.headcount(day):
                return False
        return True

    def headcount(self, day: date) -> int:
        return sum(self.roster.on_roster(p, day) for p in self.people)

    def has(self, person: int, i: int) -> bool:
        """Already speaks on the date in a round that is over."""
        day = self.slots[i].day
        return any(p.speaker == person and p.slot.day == day for p in self.places)

    def anybody_free(self, i: int) -> bool:
        """More people could serve the date than this round already binds to it."""
        day = self.slots[i].day
        bound = sum(self.slots[j].day == day for g in self.dates.values() for j in g)
        return sum(self.could(p, i) and not self.has(p, i) for p in self.people) > bound

    # --- rounds -----------------------------------------------------------------------

    def begin(self, number: int, day: date) -> None:
        self.number = number
        self.group = {p: self.group_at(p, day) for p in self.people}
        self.left = {
            g: [
                p for p in self.people if self.group[p] == g and p not in self.spent.get(number, ())
            ]
            for g in self.order
        }
        self.dates: dict[int, list[int]] = {g: [] for g in self.order}
        self.had = dict.fromkeys(self.order, 0)

    def group_at(self, person: int, day: date) -> int:
        joined = self.roster.people[person].joined
        at = max(day, joined) if joined else day
        group = self.roster.group_on(person, at)
        if group is None:
            later = [m for m in self.roster.memberships[person] if m.start and m.start > at]
            group = min(later, key=lambda m: m.start or at).group_id if later else None
        return group or 0

    def arrangements(self, group: int, places: Sequence[int], lax: int | None = None) -> bool:
        """Whether some arrangement of those left serves these places (``lax``: absences at
        that one do not matter)."""

        def fits(person: int, i: int) -> bool:
            if i == lax:
                return self.roster.on_roster(person, self.slots[i].day)
            return self.could(person, i) and not self.has(person, i)

        return any(
            all(fits(person, i) for person, i in zip(people, places, strict=True))
            for people in permutations(self.left[group], len(places))
        )

    def queue(self, i: int) -> list[int]:
        day = self.slots[i].day
        size = {
            g: sum(self.group[p] == g and self.roster.on_roster(p, day) for p in self.people)
            for g in self.order
        }
        turn = self.order[self.pointer :] + self.order[: self.pointer]
        if self.spread:
            turn = sorted(
                (g for g in self.order if size[g]),
                key=lambda g: ((self.had[g] + 0.5) / size[g], self.order.index(g)),
            )
        return [g for g in self.owed + [g for g in turn if g not in self.owed] if size[g]]

    def give(self, i: int, place: Place) -> bool:
        passed: list[int] = []
        for group in self.queue(i):
            if self.arrangements(group, [*self.dates[group], i]):
                for other in passed:
                    if other not in self.owed:
                        self.owed.append(other)
                if group in self.owed:
                    self.owed.remove(group)
                else:
                    self.pointer = (self.order.index(group) + 1) % len(self.order)
                self.dates[group].append(i)
                self.had[group] += 1
                place.group, place.round, place.passed = group, self.number, passed
                return True
            if self.arrangements(group, [*self.dates[group], i], lax=i):
                passed.append(group)
        return False

    def pin(self, i: int, place: Place) -> None:
        person = place.slot.speaker_id
        place.round = self.number
        if person not in self.people:
            return
        group = self.group[person]
        spent = person not in self.left[group]
        if not spent:
            self.left[group].remove(person)
            if not self.arrangements(group, self.dates[group]):
                self.left[group].append(person)
                self.left[group].sort(key=self.people.index)
                spent = True
                place.round = self.next_unspent(person, self.number + 1)
            else:
                self.spent.setdefault(self.number, set()).add(person)
        else:
            place.round = self.next_unspent(person, self.number + 1)
            if not any(self.arrangements(g, [*self.dates[g], i]) for g in self.order):
                self.spent.setdefault(place.round, set()).add(person)
                self.finish()
                self.begin(self.number + 1, place.slot.day)
        if spent:
            self.spent.setdefault(place.round, set()).add(person)
        self.last[person] = max(self.last[person], place.slot.day)

    def next_unspent(self, person: int, number: int) -> int:
        while person in self.spent.get(number, ()):
            number += 1
        return number

    # --- members ----------------------------------------------------------------------

    def finish(self) -> None:
        held = [i for places in self.dates.values() for i in places]
        if not held:
            return
        after = self.slots[max(held)].day + timedelta(days=1)
        for group, places in self.dates.items():
            if places:
                people = self.best(group, places, after)
                for i, person in zip(places, people, strict=True):
                    self.places[i].speaker = person
        for i in held:
            person = self.places[i].speaker
            self.spent.setdefault(self.number, set()).add(person)
            self.last[person] = max(self.last[person], self.slots[i].day)

    def best(self, group: int, places: list[int], after: date) -> tuple[int, ...]:
        """The best arrangement by head, waits, mentors, 排名, in this order."""
        left = self.left[group]
        head = self.head(group)

        def cost(people: tuple[int, ...]) -> tuple[object, ...]:
            at = next((n for n, p in enumerate(people) if p == head), len(people))
            waits = sum(
                (self.slots[i].day - self.last[p]).days ** 2
                for p, i in zip(people, places, strict=True)
            ) + sum((after - self.last[p]).days ** 2 for p in left if p not in people)
            mentors = sum(
                self.mentor_away(p, self.slots[i].day) for p, i in zip(people, places, strict=True)
            )
            return (at, waits, mentors, [self.people.index(p) for p in people])

        good = [
            people
            for people in permutations(left, len(places))
            if all(
                self.could(p, i) and not self.has(p, i) for p, i in zip(people, places, strict=True)
            )
        ]
        return min(good, key=cost)

    def head(self, group: int) -> int | None:
        if group == 0:
            return None
        started = self.round_started()
        members = [p for p in self.people if self.group[p] == group]
        heads = [p for p in members if self.roster.people[p].role is Role.HEAD]
        if not heads:
            return None
        paired = any(
            pair.kind is MentorKind.HEAD_WITH_MEMBERS
            and pair.mentor_id == heads[0]
            and pair.mentee_id in members
            and (pair.start is None or pair.start <= started)
            for pair in self.roster.mentor_pairs
        )
        return heads[0] if paired else None

    def round_started(self) -> date:
        return min(self.slots[i].day for places in self.dates.values() for i in places)

    def mentor_away(self, person: int, day: date) -> bool:
        pair = self.roster.mentor_of(person, day)
        return pair is not None and not self.roster.available(pair.mentor_id, day)
