"""代讲: who could take a place instead, ranked, and what becomes of his own turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bulletin_study.domain.rotation.board import Board, person_bar
from bulletin_study.domain.rotation.history import replay
from bulletin_study.domain.rotation.model import Bar, Problem, Slot
from bulletin_study.domain.rotation.state import State


class Way(StrEnum):
    """What the substitution costs.

    ``FREE``: he has no other place to serve. ``SWAP``: he changes with whom he stands in for,
    who can serve his date. ``LEAVE``: he leaves his own place, which stays empty.
    """

    FREE = "free"
    SWAP = "swap"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody who could speak instead.

    ``days`` is his wait on that date since ``since`` (``spoken_before``: his last talk, else
    入部日期; ``None``: nobody knows). ``partner``: AB岗 of whom he stands in for.
    ``next_turn``: he has spoken in the round and spends his turn of the next.
    ``groups_on``: how many groups later than the place's own in the order (0: the same).
    ``own`` is the place (session, number) he swaps or leaves, ``own_day`` its date.
    """

    person_id: int
    group_id: int | None
    way: Way
    days: int
    since: date | None
    spoken_before: bool
    partner: bool
    next_turn: bool
    groups_on: int
    mentor_away: bool = False
    own: tuple[int, int] | None = None
    own_day: date | None = None


@dataclass(frozen=True, slots=True)
class Unfit:
    """Somebody who takes part and cannot speak there, and why; ``day`` is the other date."""

    person_id: int
    bar: Bar
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Substitutes:
    """Everybody for one place: who can, the best first, and who cannot, by 排名."""

    fit: tuple[Substitute, ...] = ()
    unfit: tuple[Unfit, ...] = ()


def substitutes(problem: Problem, target: Slot) -> Substitutes:
    """Who could speak at a place instead of whoever is saved there.

    The AB partner comes first. Then by the rules of the rotation: still to speak in the
    round, without leaving a gap elsewhere, the group in turn and those after it in their
    order, longest wait, 帮带人 on duty, 排名. Who has spoken in the round is asked only as AB
    partner, or where nobody else can.
    """
    return _Search(problem, target).run()


class _Search:
    def __init__(self, problem: Problem, target: Slot) -> None:
        here = replace(target, held=False, pinned=False, speaker_id=None, guest="")
        slots = tuple(here if _key(s) == _key(target) else s for s in problem.slots)
        self.target = target
        # Everything before the place counts as it is saved; the rest is what is announced.
        self.board = Board(Problem(slots, problem.roster, target.day, date.max, problem.settings))
        self.roster = problem.roster
        self.at = next(i for i, s in enumerate(self.board.slots) if _key(s) == _key(target))
        self.state = State(self.board)
        self.epoch = list(self.state.last)
        """When each one's wait begins who has never spoken."""
        for i in range(self.at):
            replay(self.state, i)
        running = self.state.current()
        self.round = target.round or running.number
        was = target.speaker_id
        self.partner = None if was is None else self.roster.partner_of(was)
        self.turn = self._group_in_turn()

    def run(self) -> Substitutes:
        fit: list[Substitute] = []
        spoken: list[Substitute] = []
        unfit: list[Unfit] = []
        for k, person in enumerate(self.board.people):
            if person.id == self.target.speaker_id:
                continue
            found = self._weigh(k, person.id)
            if isinstance(found, Unfit):
                if found.bar is not Bar.OFF_ROSTER:
                    unfit.append(found)
            elif found.next_turn and not found.partner:
                spoken.append(found)
            else:
                fit.append(found)
        if fit:
            days = {s.speaker_id: s.day for s in self.board.slots if s.round == self.round}
            unfit += (Unfit(s.person_id, Bar.SPOKEN, days.get(s.person_id)) for s in spoken)
        else:
            fit = spoken
        order = {p.id: k for k, p in enumerate(self.board.people)}
        unfit.sort(key=lambda u: order[u.person_id])
        return Substitutes(tuple(sorted(fit, key=lambda s: self._rank(s, order))), tuple(unfit))

    def _rank(self, one: Substitute, order: dict[int, int]) -> tuple[object, ...]:
        return (
            not one.partner,
            one.next_turn,
            one.way is Way.LEAVE,
            one.groups_on,
            -one.days,
            one.mentor_away,
            order[one.person_id],
        )

    def _weigh(self, k: int, person_id: int) -> Substitute | Unfit:
        day = self.target.day
        bar = person_bar(self.roster, person_id, day)
        if bar is not None:
            return Unfit(person_id, bar)
        others = [s for s in self.board.slots if s.speaker_id == person_id]
        if any(s.day == day for s in others):
            return Unfit(person_id, Bar.SAME_DATE)
        if self.board.blocked(self.board.date_of[self.at]) >> k & 1:
            pin = min(s.day for s in others if s.day > day)
            return Unfit(person_id, Bar.PINNED_AHEAD, pin)
        # His announced place of a later round is spent too by speaking here.
        mine = [s for s in others if (s.round or 0) >= self.round]
        own = next((s for s in mine if not s.held and not s.pinned), None)
        next_turn = self._spoken(k, mine, own)
        running = self.state.current()
        group = running.group_of[k]
        # A place that he would give up is no talk he waits since.
        talks = [s.day for s in others if s.day < day and s is not own]
        spoken = bool(talks)
        last = max(talks).toordinal() if talks else self.epoch[k]
        known = spoken or self.board.people[k].joined is not None
        return Substitute(
            person_id,
            self.state.group_ids[group],
            self._way(own),
            days=day.toordinal() - last,
            since=date.fromordinal(last) if known else None,
            spoken_before=spoken,
            partner=person_id == self.partner,
            next_turn=next_turn,
            groups_on=(group - self.turn) % len(self.state.group_ids),
            mentor_away=self.board.mentor_away(k, self.at),
            own=None if own is None else _key(own),
            own_day=None if own is None else own.day,
        )

    def _way(self, own: Slot | None) -> Way:
        if own is None:
            return Way.FREE
        return Way.SWAP if self._can_serve(own) else Way.LEAVE

    def _spoken(self, k: int, mine: list[Slot], own: Slot | None) -> bool:
        """Whether his turn of this round is gone, other than to the place he would give up."""
        if any(s.round == self.round and s is not own for s in mine):
            return True
        spent = bool(self.state.spent[self.round] >> k & 1)
        return spent and (own is None or own.round != self.round)

    def _can_serve(self, other: Slot) -> bool:
        """Whether who is to be replaced could speak at the other place."""
        was = self.target.speaker_id
        if was is None or self.target.held or person_bar(self.roster, was, other.day) is not None:
            return False
        return all(s.speaker_id != was for s in self.board.slots if s.day == other.day)

    def _group_in_turn(self) -> int:
        """The group whose place it is: as announced, else the next in turn."""
        announced = self.state.saved_for(self.target)
        if announced is not None:
            return announced
        return next(iter(self.state.turns.asked(self.state.sizes(self.at))), 0)


def _key(slot: Slot) -> tuple[int, int]:
    return (slot.session_id, slot.place)
