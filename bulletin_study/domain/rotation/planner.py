"""The plan: groups by greedy choice over matchings, members by cheapest assignment.

Round by round: while a round runs, each place goes to a group and only the proof is kept
that its people can serve all its dates; when the round is over (or the places are), its
people are chosen all at once, and become history for the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bulletin_study.domain.rotation.board import Board, bits
from bulletin_study.domain.rotation.history import replay
from bulletin_study.domain.rotation.members import Choice, choose
from bulletin_study.domain.rotation.model import PlaceState, Problem
from bulletin_study.domain.rotation.state import State, Turn


@dataclass(slots=True)
class Mark:
    """What the planner settled for one place (``speaker`` and ``group``: their numbers).

    ``begins``: a round begins with this place.
    """

    state: PlaceState
    round: int | None = None
    speaker: int | None = None
    group: int | None = None
    turn: Turn | None = None
    begins: bool = False


@dataclass(slots=True)
class Closed:
    """A round whose people are chosen: per group its members and places, and their waits."""

    number: int
    members: dict[int, int] = field(default_factory=dict)
    head: dict[int, int | None] = field(default_factory=dict)
    choices: dict[int, Choice] = field(default_factory=dict)
    """What each group's people were chosen from."""
    last: list[int] = field(default_factory=list)
    spoken: int = 0


@dataclass(slots=True)
class Draft:
    """A plan before it is put into words."""

    board: Board
    state: State
    marks: dict[int, Mark] = field(default_factory=dict)
    closed: dict[int, Closed] = field(default_factory=dict)


def draft(problem: Problem) -> Draft:
    """Settle every place from the problem's first to its last date."""
    board = Board(problem)
    state = State(board)
    made = Draft(board, state)
    for i, slot in enumerate(board.slots):
        if i < board.first_open:
            number = replay(state, i)
            if problem.first <= slot.day <= problem.last:
                made.marks[i] = as_saved(made, i, number)
        elif slot.day > problem.last:
            break
        else:
            made.marks[i] = _settle(made, i)
    _close(made)
    return made


def as_saved(made: Draft, i: int, number: int | None) -> Mark:
    """The mark of a place that stays as it is."""
    board = made.board
    slot = board.slots[i]
    state = PlaceState.GUEST if slot.guest else PlaceState.HELD
    if slot.speaker_id is None and not slot.guest:
        state = PlaceState.EMPTY
    speaker = None if slot.speaker_id is None else board.number.get(slot.speaker_id)
    return Mark(state, number, speaker, _group_now(made, speaker))


def _group_now(made: Draft, k: int | None) -> int | None:
    running = made.state.running
    return running.group_of[k] if running is not None and k is not None else None


def _settle(made: Draft, i: int) -> Mark:
    board, state = made.board, made.state
    slot = board.slots[i]
    if slot.guest or (slot.held and slot.speaker_id is None):
        return as_saved(made, i, None)
    if board.is_fixed(i):
        return _fixed(made, i)
    turn = state.ask(i)
    begins = False
    while turn is None and state.somebody_can(i):
        _next_round(made, slot.day)
        begins = True
        turn = state.ask(i)
    if turn is None:
        return Mark(PlaceState.EMPTY)
    number = state.current().number
    return Mark(PlaceState.PLANNED, number, group=turn.group, turn=turn, begins=begins)


def _fixed(made: Draft, i: int) -> Mark:
    """A pin, or a talk held between places still open: it spends the person's turn."""
    board, state = made.board, made.state
    slot = board.slots[i]
    kind = PlaceState.HELD if slot.held else PlaceState.PINNED
    running = state.current()
    k = board.number.get(slot.speaker_id) if slot.speaker_id is not None else None
    if k is None:
        return Mark(kind, running.number)
    number, ended = state.spend_pin(k, i)
    if ended:
        _next_round(made, slot.day)
    return Mark(kind, number, k, _group_now(made, k), begins=ended)


def _next_round(made: Draft, start: date) -> None:
    _close(made)
    running = made.state.running
    made.state.open_round(running.number + 1 if running else 1, start)


def _close(made: Draft) -> None:
    """Choose the people of the running round and make them history."""
    board, state = made.board, made.state
    running = state.running
    if running is None:
        return
    closed = Closed(running.number, last=list(state.last), spoken=state.spoken)
    made.closed[running.number] = closed
    held = [i for bench in running.benches for i in bench.places]
    after = board.days[board.date_of[max(held)]] + 1 if held else 0
    for group, bench in enumerate(running.benches):
        closed.members[group] = bench.members
        if not bench.places:
            continue
        closed.head[group] = state.head_of(group)
        choice = closed.choices[group] = Choice(
            days=[board.days[board.date_of[i]] for i in bench.places],
            fit=[board.able[board.date_of[i]] & bench.members for i in bench.places],
            away=[_away(board, bench.members, i) for i in bench.places],
            members=bench.members,
            last=closed.last,
            after=after,
            head=closed.head[group],
        )
        for i, k in zip(bench.places, choose(choice), strict=True):
            made.marks[i].speaker = k
    for i in held:
        k_chosen = made.marks[i].speaker
        if k_chosen is not None:
            state.speak(k_chosen, running.number, i)
            board.engage(k_chosen, i)


def _away(board: Board, members: int, i: int) -> int:
    """The members whose 帮带人 is not on duty on the date of the place."""
    found = 0
    for k in bits(members & board.mentored):
        if board.mentor_away(k, i):
            found |= 1 << k
    return found
