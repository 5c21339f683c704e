"""The repair: announced places assigned anew, round by round, with the fewest changes.

The whole roster of a round is weighed at once, since the group order may yield. Which places
a round has is a matching; who serves them a minimum-cost assignment whose costs put changed
speakers before changed groups, before the rules of an ordinary plan.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from bulletin_study.domain.rotation.assignment import FORBIDDEN, cheapest
from bulletin_study.domain.rotation.bench import Bench
from bulletin_study.domain.rotation.board import Board, bits
from bulletin_study.domain.rotation.history import replay
from bulletin_study.domain.rotation.model import PlaceState, Problem
from bulletin_study.domain.rotation.planner import Closed, Draft, Mark, as_saved
from bulletin_study.domain.rotation.state import Round, State


def mend(problem: Problem) -> Draft:
    """Settle every place from the problem's first to its last date, the announced ones anew.

    Places without a speaker are nobody's announcement and stay empty.
    """
    return _Mending(problem).run()


@dataclass(slots=True)
class _Block:
    """The places of one round that are assigned together, and who could still serve them."""

    running: Round
    unspent: int
    places: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    pushed: list[int] = field(default_factory=list)
    """Where the round ended before its time: these fall to the next."""


class _Mending:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.board = Board(problem)
        self.state = State(self.board)
        self.made = Draft(self.board, self.state)
        self.ahead: list[tuple[int, int]] = []
        """(round, place) of the announced places not yet settled, in order."""
        self.pins: list[tuple[int, int, int]] = []
        """(place, person, round) of what is fixed among them and not yet said."""

    def run(self) -> Draft:
        board = self.board
        for i in range(board.first_open):
            number = replay(self.state, i)
            if self.problem.first <= board.slots[i].day <= self.problem.last:
                self.made.marks[i] = as_saved(self.made, i, number)
        self._read_announced()
        while self.ahead:
            self._settle_round()
        self._say_pins(len(board.slots))
        return self.made

    # --- what was announced -------------------------------------------------------------

    def _read_announced(self) -> None:
        """Sort the open places into announced ones by round, fixed ones and the rest."""
        board, marks = self.board, self.made.marks
        label = self.state.current().number if board.slots else 1
        taken: dict[int, int] = defaultdict(int)
        for i in range(board.first_open, len(board.slots)):
            slot = board.slots[i]
            if slot.day > self.problem.last:
                break
            if slot.guest or slot.speaker_id is None:
                marks[i] = Mark(PlaceState.GUEST if slot.guest else PlaceState.EMPTY)
                continue
            k = board.number.get(slot.speaker_id)
            number = slot.round or label
            if k is not None:
                while not slot.round and (self.state.spent[number] | taken[number]) >> k & 1:
                    number += 1
                taken[number] |= 1 << k
            if board.is_fixed(i):
                marks[i] = Mark(PlaceState.HELD if slot.held else PlaceState.PINNED, number, k)
                if k is not None:
                    self.pins.append((i, k, number))
            else:
                label = max(label, number)
                self.ahead.append((label, i))

    # --- one round ----------------------------------------------------------------------

    def _settle_round(self) -> None:
        block = self._cut(self.state.current())
        chosen = self._assign(block)
        while self._goes_on(block, chosen):
            chosen = self._assign(block)
        self._close(block, chosen)
        if self.ahead:
            self._open_next()

    def _goes_on(self, block: _Block, chosen: list[int]) -> bool:
        """Take the next place in, if somebody left without one in this round can serve it.

        Rule 3: the round ends only where nobody still to speak can; a place that nobody at
        all can serve ends nothing.
        """
        left = block.unspent & ~sum(1 << k for k in chosen)
        while self.ahead and not block.pushed:
            i = self.ahead[0][1]
            if self._ended_by_pin(block, left, i):
                break
            if left & self.board.able[self.board.date_of[i]]:
                self.ahead.pop(0)
                block.places = sorted([*block.places, i])
                return True
            if self._somebody_can(block, i):
                break
            self.ahead.pop(0)
            block.empty.append(i)
        return False

    def _ended_by_pin(self, block: _Block, left: int, i: int) -> bool:
        """Whether a pin before the place ended the round: its speaker had had his turn, and
        nobody still to speak could have served that date."""
        since = max(block.places, default=-1)
        able, date_of = self.board.able, self.board.date_of
        return any(
            since < j < i and number > block.running.number and not left & able[date_of[j]]
            for j, _, number in self.pins
        )

    def _somebody_can(self, block: _Block, i: int) -> bool:
        """Whether anybody, spoken or not, could serve the place beside those of its date."""
        t = self.board.date_of[i]
        bound = sum(self.board.date_of[j] == t for j in block.places)
        return self.board.able[t].bit_count() > bound

    def _open_next(self) -> None:
        """Begin the round of the next place. Rounds are numbered on, even where one is gone."""
        number = self.state.current().number + 1
        fixed = ((n, i) for i, _, n in self.pins if n >= number)
        label, first = min([*self.ahead, *fixed])
        gone = label - number
        self.ahead = [(other - gone, i) for other, i in self.ahead]
        self.pins = [(i, k, n - gone if n >= number + gone else n) for i, k, n in self.pins]
        self.state.open_round(number, self.board.slots[first].day)

    def _cut(self, running: Round) -> _Block:
        """Take the round's places out of what is ahead, as far as it can serve them."""
        board, number = self.board, running.number
        for _, k, fixed in self.pins:
            if fixed <= number:
                self.state.spent[fixed] |= 1 << k
        everyone = reduce(or_, (bench.everyone for bench in running.benches), 0)
        block = _Block(running, everyone & ~self.state.spent[number])
        mine = [i for label, i in self.ahead if label <= number]
        rest = [(label, i) for label, i in self.ahead if label > number]
        bench = Bench(members=block.unspent)
        for at, i in enumerate(mine):
            if bench.take(i, board.able, board.date_of):
                block.places.append(i)
            elif self._somebody_can(block, i):
                block.pushed = mine[at:]
                break
            else:
                block.empty.append(i)
        self.ahead = sorted([*((number + 1, i) for i in block.pushed), *rest])
        return block

    def _close(self, block: _Block, chosen: list[int]) -> None:
        """Write the round down; it is history for the next."""
        state, marks, number = self.state, self.made.marks, block.running.number
        closed = Closed(number, last=list(state.last), spoken=state.spoken)
        for group, bench in enumerate(block.running.benches):
            closed.members[group] = bench.everyone & block.unspent
            closed.head[group] = state.head_of(group)
        self.made.closed[number] = closed
        for i in block.empty:
            marks[i] = Mark(PlaceState.EMPTY)
        for i, k in zip(block.places, chosen, strict=True):
            group = block.running.group_of[k]
            marks[i] = Mark(PlaceState.PLANNED, number, k, group)
            state.speak(k, number, i)
            self.board.engage(k, i)

    # --- who serves which place -----------------------------------------------------------

    def _assign(self, block: _Block) -> list[int]:
        """The person for each place of the block.

        Few changed speakers weigh most, then few changed groups, heads at their groups' first
        places, the sum of squared waits, mentors on duty; 排名 decides what is still equal.
        """
        if not block.places:
            return []
        self._say_pins(block.places[-1])
        board, places = self.board, block.places
        crew = list(bits(block.unspent))
        column = {k: at for at, k in enumerate(crew)}
        heads = self._first_places_of_heads(block)
        after = board.days[board.date_of[places[-1]]] + 1
        waits = [self._waits(i, crew, after) for i in places]
        step = len(places) + 1
        # Each rule outweighs all that follow it together.
        head_unit = step * (2 * len(places) * max(abs(w) for row in waits for w in row) + 1)
        group_unit, speaker_unit = head_unit * step, head_unit * step * step
        costs: list[list[int]] = []
        guess: list[int | None] = []
        for i, wait in zip(places, waits, strict=True):
            group = self.state.saved_for(board.slots[i])
            was = board.number.get(board.slots[i].speaker_id or 0)
            here, row = board.able[board.date_of[i]], []
            for k, days in zip(crew, wait, strict=True):
                if not here >> k & 1:
                    row.append(FORBIDDEN)
                    continue
                cost = days * step - head_unit * (heads.get(k) == i)
                cost += speaker_unit * (k != was) + group_unit * (
                    block.running.group_of[k] != group
                )
                row.append(cost + (board.mentored >> k & 1 and board.mentor_away(k, i)))
            costs.append(row)
            guess.append(None if was is None else column.get(was))
        idle = [0] * len(crew)
        costs.extend(idle for _ in range(len(crew) - len(places)))
        columns = cheapest(costs, _whole(guess, len(crew)), matter=len(places))
        return [crew[at] for at in columns[: len(places)]]

    def _waits(self, i: int, crew: list[int], after: int) -> list[int]:
        """(days waited)² if each spoke there, against the day after the block."""
        day, last = self.board.days[self.board.date_of[i]], self.state.last
        return [(day - last[k]) ** 2 - (after - last[k]) ** 2 for k in crew]

    def _first_places_of_heads(self, block: _Block) -> dict[int, int]:
        """By head: the first place announced for his group that he can serve."""
        board, found = self.board, dict[int, int]()
        for group in range(len(block.running.benches)):
            head = self.state.head_of(group)
            if head is None or not block.unspent >> head & 1:
                continue
            mine = (i for i in block.places if self.state.saved_for(board.slots[i]) == group)
            first = next((i for i in mine if board.able[board.date_of[i]] >> head & 1), None)
            if first is not None:
                found[head] = first
        return found

    def _say_pins(self, until: int) -> None:
        """What is fixed before a place counts as said when waits are weighed."""
        for i, k, number in self.pins:
            if i < until:
                mark = self.made.marks[i]
                mark.round, mark.group = number, self.state.current().group_of[k]
                self.state.speak(k, number, i)
        self.pins = [pin for pin in self.pins if pin[0] >= until]


def _whole(guess: list[int | None], size: int) -> list[int]:
    """A column for each row, each once: those guessed, and the others in order."""
    kept: list[int | None] = []
    for column in guess:
        kept.append(None if column in kept else column)
    free = iter(sorted(set(range(size)).difference(c for c in kept if c is not None)))
    padded = [*kept, *[None] * (size - len(kept))]
    return [next(free) if column is None else column for column in padded]
