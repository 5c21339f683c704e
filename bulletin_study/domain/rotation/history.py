"""What happened, read as rounds and turns: history is fixed, and leaves the order somewhere."""

from __future__ import annotations

from bulletin_study.domain.rotation.board import Board
from bulletin_study.domain.rotation.model import Slot
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
        running = state.open_round(number, slot.day)
    group = _turn_of(state, slot, running.group_of)
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
    """The group has the place's turn; those before it that could not serve are owed one."""
    board, turns = state.board, state.turns
    t = board.date_of[i]
    queue = turns.asked(state.sizes(i))
    for other in queue[: queue.index(group)] if group in queue else ():
        bench = state.current().benches[other]
        here, able = board.present[t], board.able
        if bench.could_take(i, here, able, board.date_of) and not bench.could_take(
            i, able[t], able, board.date_of
        ):
            turns.pass_over(other)
    turns.take(group)


def _substituted(slot: Slot) -> bool:
    return slot.planned_id is not None and slot.planned_id != slot.speaker_id


def _turn_of(state: State, slot: Slot, group_of: list[int]) -> int | None:
    """The group whose turn the place was: a pin is nobody's, a substitute's the absentee's."""
    if slot.pinned:
        return None
    number = state.board.number
    if _substituted(slot) and slot.planned_id is not None:
        return group_of[number[slot.planned_id]] if slot.planned_id in number else None
    if slot.group_id in state.group_number:
        return state.group_number[slot.group_id]
    return None if slot.speaker_id not in number else group_of[number[slot.speaker_id]]


def standing(board: Board) -> State:
    """The state at the first open place."""
    state = State(board)
    for i in range(board.first_open):
        replay(state, i)
    return state
