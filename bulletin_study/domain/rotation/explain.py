"""From what was settled to a plan that says why, as data."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from bulletin_study.domain.rotation.board import bits, person_bar
from bulletin_study.domain.rotation.model import (
    Bar,
    Candidate,
    PassedOver,
    PlaceState,
    Plan,
    PlannedPlace,
    Problem,
    Reason,
    Rule,
    Summary,
)
from bulletin_study.domain.rotation.planner import Closed, Draft, Mark, draft
from bulletin_study.domain.sessions import TalkCategory

_CATEGORIES = tuple(TalkCategory)


def plan(problem: Problem) -> Plan:
    """Who speaks at every open place, with reasons; the same whatever the order of rows.

    The rules, in force from first to last: one speaker a place, nobody twice on one date or
    while away; pins stay; nobody twice in a round; groups take turns. Then every place that
    can be is filled, heads come first where set, the longest wait goes first, the speaker's
    帮带人 is on duty, and the better 排名 decides what is still equal.
    """
    return Teller(draft(problem)).told(problem)


def _summary(places: tuple[PlannedPlace, ...], longest: int) -> Summary:
    return Summary(
        rounds=len({p.round for p in places if p.round is not None}),
        filled=sum(p.speaker_id is not None or bool(p.guest) for p in places),
        empty=sum(p.state is PlaceState.EMPTY for p in places),
        changes=sum(p.changed for p in places),
        max_wait_days=longest,
    )


class Teller:
    """Turns marks into places, in order; :meth:`reasons` says why each is so."""

    def __init__(self, made: Draft) -> None:
        self.made = made
        self.board = made.board
        self.slots = made.board.slots
        self.passed: list[PassedOver] = []
        self.longest = 0
        self.place_of = {
            (m.round, m.speaker): i
            for i, m in made.marks.items()
            if m.state is PlaceState.PLANNED and m.speaker is not None
        }
        self.pins: dict[tuple[int | None, int | None], list[tuple[int, int]]] = defaultdict(list)
        for i, mark in made.marks.items():
            if mark.state is PlaceState.PINNED and mark.speaker is not None:
                self.pins[mark.round, mark.group].append((i, mark.speaker))
        self.categories = self._past_categories()

    def told(self, problem: Problem) -> Plan:
        """The whole plan."""
        places = tuple(self.place(i, mark) for i, mark in sorted(self.made.marks.items()))
        return Plan(
            problem.first,
            problem.last,
            places,
            tuple(self.passed),
            _summary(places, self.longest),
            problem.settings,
        )

    def place(self, i: int, mark: Mark) -> PlannedPlace:
        slot = self.slots[i]
        planned = mark.state in (PlaceState.PLANNED, PlaceState.EMPTY)
        speaker_id = slot.speaker_id
        if planned:
            speaker_id = None if mark.speaker is None else self.board.people[mark.speaker].id
        group_id = None if mark.group is None else self.made.state.group_ids[mark.group]
        if mark.group is None and speaker_id is not None:
            group_id = self.board.roster.group_on(speaker_id, slot.day)
        same = speaker_id == slot.speaker_id
        mentor_id = slot.mentor_id if same else None
        if mentor_id is None and speaker_id is not None:
            pair = self.board.roster.mentor_of(speaker_id, slot.day)
            mentor_id = pair.mentor_id if pair else None
        return PlannedPlace(
            session_id=slot.session_id,
            place=slot.place,
            day=slot.day,
            state=mark.state,
            speaker_id=speaker_id,
            guest=slot.guest,
            round=mark.round,
            group_id=group_id,
            mentor_id=mentor_id,
            category=self._category(i, mark, group_id, slot.category if same else None),
            was_id=slot.speaker_id,
            changed=planned and not same,
            reasons=tuple(self.reasons(i, mark, mentor_id)),
        )

    # --- categories ---------------------------------------------------------------------

    def _past_categories(self) -> dict[int | None, TalkCategory]:
        """What each group last spoke on before the first open place."""
        found: dict[int | None, TalkCategory] = {}
        for slot in self.slots[: self.board.first_open]:
            if slot.category is not None and slot.speaker_id is not None:
                group = slot.group_id
                if group is None:
                    group = self.board.roster.group_on(slot.speaker_id, slot.day)
                found[group] = slot.category
        return found

    def _category(
        self, i: int, mark: Mark, group_id: int | None, kept: TalkCategory | None
    ) -> TalkCategory | None:
        """The category agreed, else the next in alternation within the group."""
        if i < self.board.first_open or mark.state in (
            PlaceState.HELD,
            PlaceState.GUEST,
            PlaceState.EMPTY,
        ):
            return kept
        if kept is None:
            before = self.categories.get(group_id)
            at = _CATEGORIES.index(before) + 1 if before else 0
            kept = _CATEGORIES[at % len(_CATEGORIES)]
        self.categories[group_id] = kept
        return kept

    # --- reasons ------------------------------------------------------------------------

    def reasons(self, i: int, mark: Mark, mentor_id: int | None) -> list[Reason]:
        """Why the place is as it is."""
        slot = self.slots[i]
        if mark.state is PlaceState.GUEST:
            return [Reason(Rule.GUEST)]
        if mark.state is PlaceState.EMPTY:
            if slot.held:
                return []
            return [Reason(Rule.NOBODY, candidates=self.who_was_barred(i))]
        speaker_id = slot.speaker_id
        if mark.state is PlaceState.HELD:
            return [Reason(Rule.HELD, person_id=speaker_id)]
        told = [Reason(Rule.NEW_ROUND, number=mark.round)] if mark.begins else []
        if mark.state is PlaceState.PINNED and speaker_id is not None:
            told.append(Reason(Rule.PINNED, person_id=speaker_id))
            bar = person_bar(self.board.roster, speaker_id, slot.day)
            if bar is not None:
                told.append(Reason(Rule.PIN_BROKEN, person_id=speaker_id, bar=bar))
        else:
            told += self._why_group(i, mark)
            told += self._why_member(i, mark)
        return told + self.mentor_reason(i, mentor_id)

    def mentor_reason(self, i: int, mentor_id: int | None) -> list[Reason]:
        """Whether the 帮带人 is there, where there is one."""
        if mentor_id is None:
            return []
        here = self.board.roster.available(mentor_id, self.slots[i].day)
        return [Reason(Rule.MENTOR_PRESENT if here else Rule.MENTOR_AWAY, person_id=mentor_id)]

    def _why_group(self, i: int, mark: Mark) -> list[Reason]:
        turn = mark.turn
        if turn is None or mark.round is None:
            return []
        ids = self.made.state.group_ids
        spread = self.board.problem.settings.spread
        rule = Rule.GROUP_SPREAD if spread else Rule.GROUP_TURN
        told = [Reason(Rule.GROUP_OWED if turn.owed else rule, ids[turn.group], number=turn.number)]
        slot = self.slots[i]
        for group in turn.passed:
            people = self._candidates(i, self.made.closed[mark.round], group)
            told.append(Reason(Rule.GROUP_PASSED, ids[group], candidates=people))
            self.passed.append(
                PassedOver(slot.session_id, slot.place, slot.day, ids[group], people)
            )
        return told

    def _why_member(self, i: int, mark: Mark) -> list[Reason]:
        if mark.round is None or mark.speaker is None or mark.group is None:
            return []
        k, closed = mark.speaker, self.made.closed[mark.round]
        person_id = self.board.people[k].id
        told: list[Reason] = []
        if closed.head.get(mark.group) == k:
            told.append(Reason(Rule.HEAD_FIRST, person_id=person_id))
        people = self._candidates(i, closed, mark.group)
        mine = next(c for c in people if c.person_id == person_id)
        days = mine.days or 0
        self.longest = max(self.longest, days)
        longest = all((c.days or 0) <= days for c in people if c.bar is None)
        told.append(
            Reason(
                Rule.LONGEST_WAIT if longest else Rule.LONG_WAIT,
                person_id=person_id,
                number=days,
                since=mine.since,
                candidates=people,
            )
        )
        told.append(Reason(Rule.PRESENT, person_id=person_id))
        if mine.spoken_before and days < self.board.problem.settings.gap_days:
            told.append(Reason(Rule.SHORT_GAP, person_id=person_id, number=days))
        return told

    def _candidates(self, i: int, closed: Closed, group: int) -> tuple[Candidate, ...]:
        """The group's people still to speak when the place was settled, longest wait first."""
        day = self.board.days[self.board.date_of[i]]
        found: list[tuple[int, int, Candidate]] = []
        for k in bits(closed.members[group] | self._pinned_from(i, closed.number, group)):
            place = self.place_of.get((closed.number, k))
            if place is not None and place < i:
                continue
            bar = self.bar(i, k)
            if bar is Bar.OFF_ROSTER:
                continue
            if bar is Bar.SAME_DATE and place is not None:
                bar = None
            later = None if bar or place in (None, i) else self.slots[place].day
            if bar is Bar.PINNED_AHEAD:
                later = self._pin_after(i, k)
            found.append((closed.last[k] - day, k, self.candidate(i, k, closed, bar, later)))
        found.sort(key=lambda row: row[:2])
        return tuple(candidate for _, _, candidate in found)

    def _pinned_from(self, i: int, number: int, group: int) -> int:
        """The group's people whose turn of the round a pin at this place or later spends."""
        return sum({1 << k for j, k in self.pins.get((number, group), ()) if j >= i})

    def _pin_after(self, i: int, k: int) -> date | None:
        person_id, day = self.board.people[k].id, self.slots[i].day
        return next(
            (s.day for s in self.slots[i:] if s.speaker_id == person_id and s.day > day), None
        )

    def candidate(
        self, i: int, k: int, closed: Closed, bar: Bar | None, later: date | None
    ) -> Candidate:
        person = self.board.people[k]
        spoken = bool(closed.spoken >> k & 1)
        known = spoken or person.joined is not None
        return Candidate(
            person.id,
            self.slots[i].day.toordinal() - closed.last[k],
            date.fromordinal(closed.last[k]) if known else None,
            spoken,
            bar,
            later,
        )

    def who_was_barred(self, i: int) -> tuple[Candidate, ...]:
        """Everybody on the roster, and what keeps him from the empty place."""
        found = [(p.id, self.bar(i, k)) for k, p in enumerate(self.board.people)]
        return tuple(
            Candidate(person_id, bar=bar)
            for person_id, bar in found
            if bar is not None and bar is not Bar.OFF_ROSTER
        )

    def bar(self, i: int, k: int) -> Bar | None:
        """Why the person may not have the place, beside what he holds in this round."""
        t = self.board.date_of[i]
        mark = self.made.marks[i]
        if self.board.able[t] >> k & 1 or mark.speaker == k:
            return None
        if not self.board.present[t] >> k & 1:
            return Bar.OFF_ROSTER
        bar = person_bar(self.board.roster, self.board.people[k].id, self.slots[i].day)
        if bar is not None:
            return bar
        return Bar.PINNED_AHEAD if self.board.blocked(t) >> k & 1 else Bar.SAME_DATE
