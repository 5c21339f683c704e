"""An announced plan mended with the fewest changes, told as a difference with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from bulletin_study.domain.rotation.board import bits, person_bar
from bulletin_study.domain.rotation.check import check
from bulletin_study.domain.rotation.explain import Teller
from bulletin_study.domain.rotation.mending import mend
from bulletin_study.domain.rotation.model import (
    Bar,
    BreachRule,
    Candidate,
    PlaceState,
    Plan,
    PlannedPlace,
    Problem,
    Reason,
    Rule,
)
from bulletin_study.domain.rotation.planner import Draft, Mark


def repair(problem: Problem) -> Plan:
    """What was announced, mended after leave, a posting or a newcomer.

    Rules 1 to 3 and the pins bind. Round by round the announced places are assigned anew over
    the whole roster: fewest changed speakers, then fewest changed groups, then heads first,
    longest waits, mentors on duty. A plan that still keeps the rules comes back as it is.
    Whoever stays keeps the reasons he was announced with; that the group order yields is one
    more, from the first place at which it does.
    """
    return _with_order(_RepairTeller(mend(problem)).told(problem), problem)


def yielding(problem: Problem) -> dict[tuple[int, int], int | None]:
    """The announced places whose order cannot be judged any more, with the group that would
    be in turn there by now, if there is one.

    From the first place on at which a change after the announcement broke the group order:
    groups run out at other times than was foreseen, so what was announced stands.
    """
    told = {
        (b.session_id, b.place): b.group_id
        for b in check(problem)
        if b.rule in (BreachRule.GROUP_ORDER, BreachRule.ORDER_YIELDED)
    }
    found: dict[tuple[int, int], int | None] = {}
    yields = False
    for slot in sorted(problem.slots, key=lambda s: s.order):
        key = (slot.session_id, slot.place)
        yields = yields or key in told
        announced = slot.speaker_id is not None and not slot.pinned and problem.is_open(slot)
        if yields and announced and slot.mended is None and not slot.order_yields:
            found[key] = told.get(key)
    return found


def _with_order(mended: Plan, problem: Problem) -> Plan:
    """The plan, saying where the group order yields."""
    found = yielding(problem.announced(mended)) if mended.places else {}
    places = []
    for place in mended:
        key = (place.session_id, place.place)
        if key in found and place.kept:
            place = replace(place, reasons=(Reason(Rule.ORDER_YIELDS, group_id=found[key]),))
        places.append(place)
    return replace(mended, places=tuple(places))


def chains(plan: Plan, problem: Problem) -> tuple[tuple[PlannedPlace, ...], ...]:
    """The changes of a repair that hang together: taken whole or left whole, each by itself.

    Places are in one chain when somebody leaves one for the other, straight or through
    others. A place that only passes to another round goes with its speaker.
    """
    rounds = {(s.session_id, s.place): s.round for s in problem.slots}
    touched = [
        p
        for p in plan
        if p.state in (PlaceState.PLANNED, PlaceState.EMPTY)
        and p.was_id is not None
        and (p.changed or rounds[p.session_id, p.place] not in (None, p.round))
    ]
    found: list[tuple[set[int], list[PlannedPlace]]] = []
    for place in touched:
        people = {k for k in (place.was_id, place.speaker_id) if k is not None}
        joined = [chain for chain in found if chain[0] & people]
        found = [chain for chain in found if not chain[0] & people]
        people.update(*(chain[0] for chain in joined))
        found.append((people, [p for chain in joined for p in chain[1]] + [place]))
    ordered = (sorted(places, key=touched.index) for _, places in found)
    return tuple(sorted(map(tuple, ordered), key=lambda chain: touched.index(chain[0])))


class _RepairTeller(Teller):
    """Says of each changed place who had been announced, what kept him, and why this one."""

    def __init__(self, made: Draft) -> None:
        super().__init__(made)
        self.old_places: dict[int, list[int]] = {}
        for i, mark in made.marks.items():
            person_id = self.slots[i].speaker_id
            if mark.state is PlaceState.PLANNED and person_id is not None:
                self.old_places.setdefault(person_id, []).append(i)

    @cached_property
    def changes(self) -> int:
        """How many places have another speaker."""
        return sum(self._changed(i, mark) for i, mark in self.made.marks.items())

    def place(self, i: int, mark: Mark) -> PlannedPlace:
        """The place; one that is not changed is kept with everything agreed about it."""
        told, slot = super().place(i, mark), self.slots[i]
        stays = (PlaceState.PLANNED, PlaceState.PINNED)
        if told.changed or slot.speaker_id is None or told.state not in stays:
            return told
        group_id = slot.group_id if slot.group_id is not None else told.group_id
        return replace(told, kept=True, category=slot.category, group_id=group_id)

    def reasons(self, i: int, mark: Mark, mentor_id: int | None) -> list[Reason]:
        """Why the place changes; nothing for one that does not."""
        if not self._changed(i, mark):
            return []
        told = [self._instead(i, mark)]
        if mark.speaker is None:
            return [*told, Reason(Rule.NOBODY, candidates=self.who_was_barred(i))]
        told += self._why_this_one(i, mark, mark.speaker)
        told.append(Reason(Rule.PRESENT, person_id=self.board.people[mark.speaker].id))
        return told + self.mentor_reason(i, mentor_id)

    def _changed(self, i: int, mark: Mark) -> bool:
        was = self.slots[i].speaker_id
        if was is None or mark.state not in (PlaceState.PLANNED, PlaceState.EMPTY):
            return False
        return mark.speaker is None or self.board.people[mark.speaker].id != was

    def _instead(self, i: int, mark: Mark) -> Reason:
        """Who had been announced: what keeps him, or where he speaks now."""
        slot = self.slots[i]
        was = slot.speaker_id or 0
        k = self.board.number.get(was)
        now = None if k is None else self.place_of.get((mark.round, k))
        bar = self._kept_by(i, mark, was)
        day = None if now is None else self.slots[now].day
        group_id = slot.mended.group_id if slot.mended else slot.group_id
        if group_id is None:
            group_id = self.board.roster.group_on(was, slot.day)
        return Reason(
            Rule.REPAIRED,
            group_id=group_id,
            person_id=None if mark.speaker is None else self.board.people[mark.speaker].id,
            candidates=(Candidate(was, bar=bar, speaks_on=day),),
        )

    def _kept_by(self, i: int, mark: Mark, person_id: int) -> Bar | None:
        slot, board = self.slots[i], self.board
        bar = person_bar(board.roster, person_id, slot.day)
        k = board.number.get(person_id)
        if bar is not None or k is None:
            return bar
        if board.blocked(board.date_of[i]) >> k & 1:
            return Bar.PINNED_AHEAD
        same_date = (j for j, s in enumerate(self.slots) if s.day == slot.day and board.is_fixed(j))
        if any(self.slots[j].speaker_id == person_id for j in same_date):
            return Bar.SAME_DATE
        closed = self.made.closed.get(mark.round or 0)
        unspent = closed is None or any(people >> k & 1 for people in closed.members.values())
        return None if unspent else Bar.SPOKEN

    def _why_this_one(self, i: int, mark: Mark, k: int) -> Iterator[Reason]:
        """Moved from another place of the round, or the one the rules bring forward."""
        person_id = self.board.people[k].id
        before = [
            j
            for j in self.old_places.get(person_id, ())
            if (self.slots[j].round or mark.round) == mark.round
        ]
        if before:
            day = self.slots[before[0]].day
            yield Reason(Rule.MOVED_HERE, person_id=person_id, since=day)
        else:
            yield self._waited(i, mark, k)
        yield Reason(Rule.FEWEST_CHANGES, number=self.changes)

    def _waited(self, i: int, mark: Mark, k: int) -> Reason:
        """How long he waited, beside the others of the round who had no place in it."""
        closed = self.made.closed[mark.round or 0]
        able = self.board.able[self.board.date_of[i]]
        weighed = [k]
        for members in closed.members.values():
            free = members & able & ~(1 << k)
            weighed += [x for x in bits(free) if (closed.number, x) not in self.place_of]
        people = [self.candidate(i, x, closed, None, None) for x in sorted(weighed)]
        people.sort(key=lambda c: -(c.days or 0))
        mine = next(c for c in people if c.person_id == self.board.people[k].id)
        self.longest = max(self.longest, mine.days or 0)
        longest = people[0].days == mine.days
        return Reason(
            Rule.LONGEST_WAIT if longest else Rule.LONG_WAIT,
            person_id=mine.person_id,
            number=mine.days,
            since=mine.since,
            candidates=tuple(people),
        )
