"""The rotation as it stands at a place: round, turns, who spoke last."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from bulletin_study.domain.people import MentorKind, Role, covers
from bulletin_study.domain.rotation.bench import Bench
from bulletin_study.domain.rotation.board import Board
from bulletin_study.domain.rotation.model import HeadFirst, Slot
from bulletin_study.domain.rotation.turns import Turns


@dataclass(slots=True)
class Round:
    """A round: its number, when it began, each person's group, one bench per group."""

    number: int
    start: date
    group_of: list[int]
    benches: list[Bench]
    seats: dict[int, int] = field(default_factory=dict)
    """Places of each date (by its number) that this round holds and has not closed."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How a place came to its group: owed or in order, after whom, its number in the round."""

    group: int
    owed: bool
    number: int
    passed: tuple[int, ...] = ()


class State:
    """Walks the places in order.

    Groups are numbered by 组序; the people without a group form one more, the last.
    ``spent[r]`` are the people whose turn of round ``r`` is taken. ``last[k]`` is the day a
    person's wait counts from (last talk, else 入部日期, else the earliest day known).
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.group_ids: list[int | None] = [*board.roster.groups, None]
        self.group_number = {gid: g for g, gid in enumerate(self.group_ids)}
        self.turns = Turns(len(self.group_ids), board.problem.settings.spread)
        self.spent: dict[int, int] = defaultdict(int)
        self.spoken = 0
        known = [s.day for s in board.slots[:1]]
        known += [p.joined for p in board.roster.people.values() if p.joined]
        epoch = min(known, default=date.min)
        self.last: list[int] = [(p.joined or epoch).toordinal() for p in board.people]
        self.running: Round | None = None

    def open_round(self, number: int, start: date) -> Round:
        """Begin a round: everybody belongs to his group of that day for all of it."""
        board = self.board
        group_of = [self.group_number[board.group_from(k, start)] for k in range(len(board.people))]
        benches = [Bench() for _ in self.group_ids]
        spent = self.spent[number]
        for k, group in enumerate(group_of):
            benches[group].everyone |= 1 << k
        for bench in benches:
            bench.members = bench.everyone & ~spent
        self.turns.new_round()
        self.running = Round(number, start, group_of, benches)
        return self.running

    def current(self) -> Round:
        """The running round; the first begins with the first place of all."""
        return self.running or self.open_round(1, self.board.slots[0].day)

    def saved_for(self, slot: Slot) -> int | None:
        """The group that a place was saved for, else its speaker's in the running round.

        Places saved without a group (imported ones) are not those of the people without one.
        ``None``: nobody's.
        """
        if slot.group_id is not None and slot.group_id in self.group_number:
            return self.group_number[slot.group_id]
        k = None if slot.speaker_id is None else self.board.number.get(slot.speaker_id)
        return None if k is None else self.current().group_of[k]

    def sizes(self, i: int) -> dict[int, int]:
        """People of each group who take part in the running round on that date."""
        here = self.board.present[self.board.date_of[i]]
        return {
            g: (bench.everyone & here).bit_count() for g, bench in enumerate(self.current().benches)
        }

    def ask(self, i: int) -> Turn | None:
        """The group that gets the place, which it then holds; ``None``: no group can.

        A group nobody of which is still to speak is out of the order for this round; one
        whose people still to speak cannot serve the date is passed over and owed a turn.
        """
        board, running, turns = self.board, self.current(), self.turns
        here = board.present[board.date_of[i]]
        passed: list[int] = []
        for group in turns.asked(self.sizes(i)):
            bench = running.benches[group]
            if bench.take(i, board.able, board.date_of):
                owed = group in turns.owed
                for other in passed:
                    turns.pass_over(other)
                turns.take(group)
                self._count_seat(i)
                return Turn(group, owed, turns.had[group], tuple(passed))
            if bench.could_take(i, here, board.able, board.date_of):
                passed.append(group)
        return None

    def hold(self, i: int, k: int) -> None:
        """Somebody has the place, as announced, whether or not he can serve it.

        If no arrangement of his group serves it, he at least is not still to speak.
        """
        running, board = self.current(), self.board
        bench = running.benches[running.group_of[k]]
        taken = bench.take(i, board.able, board.date_of)
        if not taken and not bench.spare(k, board.able, board.date_of):
            bench.spoke(k)
        self._count_seat(i)

    def _count_seat(self, i: int) -> None:
        seats, t = self.current().seats, self.board.date_of[i]
        seats[t] = seats.get(t, 0) + 1

    def somebody_can(self, i: int) -> bool:
        """Whether anybody at all, spoken or not, could serve the place."""
        t = self.board.date_of[i]
        return self.board.able[t].bit_count() > self.current().seats.get(t, 0)

    def nobody_left_can(self, i: int) -> bool:
        """Whether no arrangement of those still to speak could serve the place too."""
        board, t = self.board, self.board.date_of[i]
        return not any(
            bench.could_take(i, board.able[t], board.able, board.date_of)
            for bench in self.current().benches
        )

    def spend_pin(self, k: int, i: int) -> tuple[int, bool]:
        """Spend the turn of somebody pinned: of this round, or the next that is unspent.

        Gives the round, and whether the running round ended here: the pinned person, who
        has spoken in it, can serve the place, and nobody still to speak can.
        Places already held for his group come first when they need him.
        """
        running = self.current()
        bench = running.benches[running.group_of[k]]
        ended = False
        if bench.members >> k & 1 and bench.spare(k, self.board.able, self.board.date_of):
            number = running.number
        else:
            ended = not bench.members >> k & 1 and self.nobody_left_can(i)
            number = running.number + 1
            while self.spent[number] >> k & 1:
                number += 1
        self.spent[number] |= 1 << k
        self._note(k, i)
        return number, ended

    def speak(self, k: int, number: int, i: int) -> None:
        """Somebody spoke at a place (or will for certain) and that was his turn."""
        self.spent[number] |= 1 << k
        if self.running is not None and self.running.number == number:
            self.running.benches[self.running.group_of[k]].spoke(k)
        self._note(k, i)

    def _note(self, k: int, i: int) -> None:
        self.last[k] = max(self.last[k], self.board.slots[i].day.toordinal())
        self.spoken |= 1 << k

    def head_of(self, group: int) -> int | None:
        """Who takes the group's first place of the running round, where that is set."""
        gid, running = self.group_ids[group], self.running
        policy = self.board.problem.settings.head_first
        if gid is None or running is None or policy is HeadFirst.NEVER:
            return None
        roster, everyone = self.board.roster, running.benches[group].everyone
        head_id = roster.groups[gid].head_id
        if head_id is None:
            heads = (k for k, p in enumerate(self.board.people) if p.role is Role.HEAD)
            head = next((k for k in heads if everyone >> k & 1), None)
        else:
            head = self.board.number.get(head_id)
        if head is None or policy is HeadFirst.ALWAYS:
            return head
        paired = any(
            pair.kind is MentorKind.HEAD_WITH_MEMBERS
            and pair.mentor_id == self.board.people[head].id
            and covers(pair.start, pair.end, running.start)
            and everyone >> self.board.number.get(pair.mentee_id, len(self.board.people)) & 1
            for pair in roster.mentor_pairs
        )
        return head if paired else None
