"""What happened, read as rounds and turns: history is fixed, and leaves the order somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time

from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation.board import Board, bits
from bulletin_study.domain.rotation.model import Problem, Slot
from bulletin_study.domain.rotation.state import State


def replay(state: State, i: int, *, turns: bool = True) -> int | None:
    """Take place ``i`` as it is saved; the round it belongs to (``None``: nobody spoke).

    A talk without a round joins the running one, or begins the next when its speaker
    repeats. A pinned or substituted speaker who repeats only spends his next turn ahead of
    time, as long as somebody still to speak could have served the date.
    """
    slot = state.board.slots[i]
    if slot.guest or slot.speaker_id is None:
        return None
    running = state.current()
    k = state.board.number.get(slot.speaker_id)
    if k is None:
        return slot.round or running.number
    number = slot.round or next_unspent(state, k)
    ahead = (slot.pinned or _substituted(slot)) and not state.nobody_left_can(i)
    if number > running.number and not ahead:
        state.open_round(number, slot.day)
    group = _turn_of(state, slot)
    if turns and group is not None:
        concede(state, i, group)
    state.speak(k, number, i)
    return number


def next_unspent(state: State, k: int) -> int:
    """The first round from the running one on in which the person's turn is not spent."""
    number = state.running.number if state.running else 1
    while state.spent[number] >> k & 1:
        number += 1
    return number


def concede(state: State, i: int, group: int) -> None:
    """The group has the place's turn; those skipped with people still to speak are owed one.

    So a place given away by hand costs nobody's group its turn.
    """
    board, turns = state.board, state.turns
    here = board.present[board.date_of[i]]
    queue = turns.asked(state.sizes(i))
    for other in queue[: queue.index(group)] if group in queue else ():
        if state.current().benches[other].could_take(i, here, board.able, board.date_of):
            turns.pass_over(other)
    turns.take(group)


def _substituted(slot: Slot) -> bool:
    return slot.planned_id is not None and slot.planned_id != slot.speaker_id


def _turn_of(state: State, slot: Slot) -> int | None:
    """The group whose turn the place was: a pin is nobody's, a substitute's the absentee's,
    a mended place's the one it was announced for."""
    if slot.pinned:
        return None
    if _substituted(slot) and slot.planned_id is not None:
        k = state.board.number.get(slot.planned_id)
        return None if k is None else state.current().group_of[k]
    if slot.mended is not None and slot.mended.group_id in state.group_number:
        return state.group_number[slot.mended.group_id]
    return state.saved_for(slot)


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """How many of a group's people (``None``: those without one) have spoken this round, and
    who of them has not, by 排名."""

    group_id: int | None
    spoken: int
    members: int
    waiting: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far a round is; groups by 组序, without those that have nobody in it.

    ``day`` is the day it is told for: today, or the last talk of an earlier round;
    ``running`` the number of the round that runs today.
    """

    number: int
    groups: tuple[GroupProgress, ...]
    day: date
    running: int

    @property
    def spoken(self) -> int:
        """People who have had their turn."""
        return sum(group.spoken for group in self.groups)

    @property
    def members(self) -> int:
        """People in the round."""
        return sum(group.members for group in self.groups)


def progress(
    roster: Roster, held: Iterable[Slot], today: date, number: int | None = None
) -> RoundProgress:
    """A round after the talks held (in any order): the one that runs, or an earlier one.

    It counts who has spoken in it and, of the others who take part, those on the roster.
    """
    past = tuple(held)
    # A clock may be wrong; what was held lies behind all the same.
    day = max([today, *(slot.day for slot in past)])
    state = standing(_board_on(past, roster, day))
    running = state.current().number
    if number is not None and number < running:
        past = _until_round(past, roster, day, number)
        day = max((slot.day for slot in past), default=day)
        state = standing(_board_on(past, roster, day))
    now = state.current()
    people = state.board.people
    present = state.board.present[state.board.date_of[state.board.first_open]]
    rows = []
    for group_id, bench in zip(state.group_ids, now.benches, strict=True):
        spoken = bench.everyone & state.spent[now.number]
        waiting = bench.everyone & present & ~spoken
        if spoken | waiting:
            left = tuple(people[k].id for k in bits(waiting))
            count = spoken.bit_count()
            rows.append(GroupProgress(group_id, count, count + len(left), left))
    return RoundProgress(now.number, tuple(rows), day, running)


def _board_on(past: tuple[Slot, ...], roster: Roster, day: date) -> Board:
    """The talks held and one open place at the end of the day."""
    return Board(Problem((*past, Slot(0, 0, day, time.max)), roster, day, day))


def _until_round(
    past: tuple[Slot, ...], roster: Roster, day: date, number: int
) -> tuple[Slot, ...]:
    """The talks up to the end of a round."""
    board = _board_on(past, roster, day)
    state = State(board)
    for i in range(board.first_open):
        replay(state, i)
        if state.current().number > number:
            return tuple(board.slots[:i])
    return past


def turn_of(problem: Problem, target: Slot, speaker_id: int) -> tuple[int, int | None]:
    """The round whose turn somebody spends by speaking at a place, and his group then.

    Everything before the place counts as it is saved; somebody who takes no turns gets the
    running round and his group of the day.
    """
    before = tuple(s for s in problem.slots if s.order < target.order)
    here = replace(target, held=False, speaker_id=None, guest="", pinned=False)
    board = Board(Problem((*before, here), problem.roster, target.day, target.day))
    state = State(board)
    for i in range(len(board.slots) - 1):
        replay(state, i)
    running = state.current()
    k = board.number.get(speaker_id)
    if k is None:
        return running.number, problem.roster.group_on(speaker_id, target.day)
    return next_unspent(state, k), state.group_ids[running.group_of[k]]


def standing(board: Board) -> State:
    """The state at the first open place."""
    state = State(board)
    for i in range(board.first_open):
        replay(state, i)
    return state
