"""Whether what is saved keeps the hard rules: the same walk as the plan's, with its speakers."""

from __future__ import annotations

from datetime import date

from bulletin_study.domain.rotation.board import Board, bits, person_bar
from bulletin_study.domain.rotation.history import next_unspent, replay
from bulletin_study.domain.rotation.model import Bar, Breach, BreachRule, Problem, Slot
from bulletin_study.domain.rotation.state import Round, State


def check(problem: Problem) -> list[Breach]:
    """Every breach of the hard rules from the problem's first to its last date, in order.

    Who spoke is history: of talks held only rules about the speaker and the round are
    checked. A pinned speaker may be somebody who takes no turns. Places not filled yet are
    no breach unless later ones are planned. Where an announced plan was mended and the group
    order yielded, that is told as accepted.
    """
    return _Checker(problem).run()


class _Checker:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.board = Board(problem)
        self.state = State(self.board)
        self.breaches: list[Breach] = []
        self.announced: list[tuple[int, int]] = []
        self.turn_days: dict[tuple[int, int], date] = {}
        self.round_mended = False
        self.planned_last = max(
            (i for i, s in enumerate(self.board.slots) if self._is_planned(s)), default=-1
        )

    def _is_planned(self, slot: Slot) -> bool:
        """Open, with somebody announced who is neither pinned nor a guest."""
        return (
            self.problem.is_open(slot)
            and slot.speaker_id is not None
            and not slot.pinned
            and not slot.guest
        )

    def run(self) -> list[Breach]:
        for i, slot in enumerate(self.board.slots):
            if slot.day > self.problem.last:
                break
            number = self._walk(i, slot)
            if slot.speaker_id is not None and not slot.guest:
                self._speaker(i, slot)
                self._once_a_round(i, slot, number)
        return self.breaches

    def _walk(self, i: int, slot: Slot) -> int | None:
        """Take the place as saved; the round of its talk."""
        if i < self.board.first_open:
            return replay(self.state, i)
        if slot.guest:
            return None
        if slot.speaker_id is None:
            self._empty(i, slot)
            return None
        k = self.board.number.get(slot.speaker_id)
        if k is None:
            return None
        if not self._is_planned(slot):
            return self._fixed(i, slot, k)
        return self._planned(i, slot, k)

    def _report(
        self,
        i: int,
        rule: BreachRule,
        *,
        person_id: int | None = None,
        group_id: int | None = None,
        bar: Bar | None = None,
        number: int | None = None,
        other_day: date | None = None,
    ) -> None:
        slot = self.board.slots[i]
        if slot.day >= self.problem.first:
            self.breaches.append(
                Breach(
                    rule,
                    slot.session_id,
                    slot.place,
                    slot.day,
                    person_id,
                    group_id,
                    bar,
                    number,
                    other_day,
                )
            )

    # --- the speaker --------------------------------------------------------------------

    def _speaker(self, i: int, slot: Slot) -> None:
        """Rules about one speaker on one date."""
        speaker_id = slot.speaker_id
        if speaker_id is None:
            return
        bar = person_bar(self.board.roster, speaker_id, slot.day)
        chosen_by_hand = bar is Bar.NOT_TAKING_PART and (slot.pinned or slot.held)
        if bar is not None and not chosen_by_hand:
            self._report(i, BreachRule.SPEAKER, person_id=speaker_id, bar=bar)
        slots = self.board.slots
        t = self.board.date_of[i]
        same_date = (j for j in range(i) if self.board.date_of[j] == t)
        if any(slots[j].speaker_id == speaker_id for j in same_date):
            self._report(i, BreachRule.TWICE_ON_DATE, person_id=speaker_id)
        k = self.board.number.get(speaker_id)
        if k is not None and self._is_planned(slot) and self.board.blocked(t) >> k & 1:
            pin = next(
                s
                for s in slots[i:]
                if s.speaker_id == speaker_id and s.day > slot.day and (s.pinned or s.held)
            )
            self._report(i, BreachRule.BEFORE_PIN, person_id=speaker_id, other_day=pin.day)

    def _once_a_round(self, i: int, slot: Slot, number: int | None) -> None:
        if number is None or slot.speaker_id not in self.board.number:
            return
        turn = (slot.speaker_id, slot.round or number)
        if turn in self.turn_days:
            self._report(
                i,
                BreachRule.TWICE_IN_ROUND,
                person_id=slot.speaker_id,
                number=turn[1],
                other_day=self.turn_days[turn],
            )
        else:
            self.turn_days[turn] = slot.day

    # --- rounds and groups --------------------------------------------------------------

    def _empty(self, i: int, slot: Slot) -> None:
        if slot.held or i > self.planned_last or not self.state.somebody_can(i):
            return
        t = self.board.date_of[i]
        busy = {s.speaker_id for s in self.board.slots if s.day == slot.day}
        left = self._left(i) & self.board.able[t]
        able = [*bits(left), *bits(self.board.able[t] & ~left)]
        free = (self.board.people[k].id for k in able)
        person_id = next((p for p in free if p not in busy), None)
        if person_id is not None:
            self._report(i, BreachRule.LEFT_EMPTY, person_id=person_id)

    def _fixed(self, i: int, slot: Slot, k: int) -> int:
        number, ended = self.state.spend_pin(k, i)
        if ended:
            self._next_round(slot.day)
        return number

    def _planned(self, i: int, slot: Slot, k: int) -> int:
        state = self.state
        running = state.current()
        number = slot.round or self._derived_round(k)
        cut_short = False
        while running.number < number:
            if not cut_short and self._somebody_left_can(i):
                cut_short = True
                self._report(
                    i,
                    BreachRule.ROUND_CUT_SHORT,
                    person_id=self._somebody_left(i),
                    number=running.number,
                )
            running = self._next_round(slot.day)
        if number < running.number:
            self._report(i, BreachRule.ROUND_ENDED, person_id=slot.speaker_id, number=number)
            return number
        self._group_order(i, slot, running.group_of[k])
        state.hold(i, k)
        self.announced.append((i, k))
        return number

    def _group_order(self, i: int, slot: Slot, group: int) -> None:
        """A mended place keeps the turn it was announced for, whoever serves it now."""
        turn, mended = group, slot.mended
        if mended is not None:
            self.round_mended = True
            turn = self.state.group_number.get(mended.group_id, group)
        known = mended is not None or slot.order_yields
        wronged = self._take_turn(i, turn, known)
        before = wronged if turn == group else turn
        if before is None:
            return
        group_id = self.state.group_ids[before]
        if not known:
            self._report(i, BreachRule.GROUP_ORDER, person_id=slot.speaker_id, group_id=group_id)
        else:
            was_id, bar = (mended.was_id, mended.bar) if mended else (None, None)
            self._report(i, BreachRule.ORDER_YIELDED, person_id=was_id, group_id=group_id, bar=bar)

    def _derived_round(self, k: int) -> int:
        number = next_unspent(self.state, k)
        running = self.state.running
        if running is not None and number == running.number:
            number += any(k == other for _, other in self.announced)
        return number

    def _take_turn(self, i: int, group: int, known: bool) -> int | None:
        """The group has the turn; those wronged by it, or away, are owed theirs.

        Where the order is known to yield nobody is owed for it. Gives the first wronged.
        """
        board, state = self.board, self.state
        t = board.date_of[i]
        queue = state.turns.asked(state.sizes(i))
        wronged: list[int] = []
        if group in queue:
            for other in queue[: queue.index(group)]:
                bench = state.current().benches[other]
                if bench.could_take(i, board.able[t], board.able, board.date_of):
                    wronged.append(other)
                    if known:
                        continue
                elif not bench.could_take(i, board.present[t], board.able, board.date_of):
                    continue
                state.turns.pass_over(other)
        state.turns.take(group)
        return wronged[0] if wronged else None

    def _left(self, i: int) -> int:
        """Those still to speak in the running round."""
        left = 0
        for bench in self.state.current().benches:
            left |= bench.members
        for _, k in self.announced:
            left &= ~(1 << k)
        return left

    def _somebody_left_can(self, i: int) -> bool:
        """Whether the running round had to go on with this place.

        As planned: some arrangement of its people could serve the place too. Once places were
        mended, their speakers stand and only those left without one count.
        """
        if self.round_mended:
            return bool(self._left(i) & self.board.able[self.board.date_of[i]])
        return not self.state.nobody_left_can(i)

    def _somebody_left(self, i: int) -> int | None:
        """One person still to speak, if possible one who could serve the place himself."""
        left = self._left(i)
        here = left & self.board.able[self.board.date_of[i]] or left
        return next((self.board.people[k].id for k in bits(here)), None)

    def _next_round(self, start: date) -> Round:
        """What was announced for the running round is history for the next."""
        running = self.state.running
        number = running.number if running is not None else 0
        for i, k in self.announced:
            self.state.speak(k, number, i)
            self.board.engage(k, i)
        self.announced = []
        self.round_mended = False
        return self.state.open_round(number + 1, start)
