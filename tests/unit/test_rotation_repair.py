"""After leave, a posting or a newcomer: as little of the announced plan changes as can be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Membership,
    MentorKind,
    Person,
    Roster,
)
from bulletin_study.domain.rotation import (
    Bar,
    BreachRule,
    HeadFirst,
    PlaceState,
    Plan,
    Problem,
    Rule,
    Settings,
    Slot,
    chains,
    check,
    plan,
    repair,
)
from tests.unit.rotation_offices import (
    START,
    announced,
    offices,
    problem_of,
    roster_of,
    week,
    weekly,
)


def saved(problem: Problem) -> Problem:
    return announced(problem, plan(problem))


def with_roster(problem: Problem, roster: Roster) -> Problem:
    return replace(problem, roster=roster)


def away_too(roster: Roster, person: int, first: int, last: int | None) -> Roster:
    """The office with one absence more (weeks, inclusive)."""
    end = None if last is None else week(last)
    more = Absence(900 + person, person, AbsenceKind.POSTED_DOWN, week(first), end)
    return Roster(
        roster.people.values(),
        roster.groups.values(),
        [m for spans in roster.memberships.values() for m in spans],
        [*(a for rows in roster.absences.values() for a in rows), more],
        roster.mentor_pairs,
    )


def joined_too(roster: Roster, group: int, first: int) -> Roster:
    """The office with one newcomer more, number 99."""
    person = Person(99, "新来", 99, joined=week(first))
    return Roster(
        [*roster.people.values(), person],
        roster.groups.values(),
        [*(m for spans in roster.memberships.values() for m in spans), Membership(99, 99, group)],
        [a for rows in roster.absences.values() for a in rows],
        roster.mentor_pairs,
    )


def speakers(made: Plan) -> list[int | None]:
    return [p.speaker_id for p in made]


def changed(made: Plan) -> list[tuple[int | None, int | None]]:
    return [(p.was_id, p.speaker_id) for p in made if p.changed]


# --- cases that can be read ---------------------------------------------------------------


def test_one_away_changes_places_with_one_other() -> None:
    before = saved(problem_of(weekly(4), roster_of(4)))
    assert [s.speaker_id for s in before.slots] == [1, 2, 3, 4]
    made = repair(with_roster(before, away_too(before.roster, 2, 1, 1)))
    # The two swap whose waits it disturbs least; the others keep their dates.
    assert len(changed(made)) == 2
    assert sorted(s for s in speakers(made) if s) == [1, 2, 3, 4]
    assert made.places[1].speaker_id != 2
    assert made.summary.changes == 2


def test_somebody_still_without_a_place_steps_in_alone() -> None:
    """Four places announced for six people: one of the two left takes the place."""
    before = saved(problem_of(weekly(4), roster_of(6)))
    made = repair(with_roster(before, away_too(before.roster, 2, 1, 1)))
    assert changed(made) == [(2, 5)]
    rules = [r.rule for r in made.places[1].reasons]
    assert rules == [Rule.REPAIRED, Rule.LONGEST_WAIT, Rule.FEWEST_CHANGES, Rule.PRESENT]
    instead = made.places[1].reasons[0]
    assert (instead.candidates[0].person_id, instead.candidates[0].bar) == (2, Bar.ABSENT)
    assert made.places[0].reasons == ()


def test_the_same_group_steps_in_before_another() -> None:
    before = saved(problem_of(weekly(4), roster_of(3, 3)))
    assert [s.speaker_id for s in before.slots] == [1, 4, 2, 5]
    made = repair(with_roster(before, away_too(before.roster, 4, 1, 1)))
    assert changed(made) == [(4, 6)]
    assert check(announced(with_roster(before, away_too(before.roster, 4, 1, 1)), made)) == []


def test_a_place_announced_without_its_group_is_its_speakers_groups() -> None:
    """4 comes from the same group as the absent 3, so he steps in and not 2, who would too."""
    before = saved(problem_of(weekly(3), roster_of(2, 2, 1)))
    assert [s.speaker_id for s in before.slots] == [1, 3, 5]
    slots = [replace(s, group_id=None) for s in before.slots]
    after = with_roster(replace(before, slots=tuple(slots)), away_too(before.roster, 3, 1, None))
    assert changed(repair(after)) == [(3, 4)]


def test_another_group_steps_in_where_its_own_cannot_and_the_check_accepts_it() -> None:
    before = saved(problem_of(weekly(3), roster_of(2, 1, 1)))
    assert [s.speaker_id for s in before.slots] == [1, 3, 4]
    after = with_roster(before, away_too(before.roster, 3, 1, None))
    made = repair(after)
    assert changed(made) == [(3, 2)]
    (told,) = check(announced(after, made))
    assert told.accepted
    assert (told.rule, told.group_id, told.person_id) == (BreachRule.ORDER_YIELDED, 2, 3)


def test_the_last_place_of_a_round_that_lost_somebody_begins_the_next() -> None:
    before = saved(problem_of(weekly(6), roster_of(3)))
    assert [s.speaker_id for s in before.slots] == [1, 2, 3, 1, 2, 3]
    after = with_roster(before, away_too(before.roster, 3, 0, None))
    made = repair(after)
    assert [(p.speaker_id, p.round) for p in made] == [
        (1, 1), (2, 1), (2, 2), (1, 2), (2, 3), (1, 3),
    ]  # fmt: skip
    # Only the two dates that were his have another speaker.
    assert changed(made) == [(3, 2), (3, 1)]
    assert [b for b in check(announced(after, made)) if not b.accepted] == []


def test_a_newcomer_joins_the_running_round() -> None:
    before = saved(problem_of(weekly(6), roster_of(3)))
    after = with_roster(before, joined_too(before.roster, 1, 2))
    made = repair(after)
    assert [(p.speaker_id, p.round) for p in made] == [
        (1, 1), (2, 1), (3, 1), (99, 1), (2, 2), (3, 2),
    ]  # fmt: skip
    assert len(chains(made, after)) == 1


def test_pins_guests_held_talks_and_empty_places_stay() -> None:
    slots = weekly(6)
    slots[1] = replace(slots[1], guest="校外专家")
    slots[2] = replace(slots[2], speaker_id=3, pinned=True)
    before = saved(problem_of(slots, roster_of(6)))
    held = [replace(before.slots[0], held=True), *before.slots[1:]]
    held[5] = Slot(6, 1, week(5))
    before = replace(before, slots=tuple(held))
    after = with_roster(before, away_too(before.roster, held[0].speaker_id or 0, 0, 0))
    made = repair(after)
    assert changed(made) == []
    assert [p.state for p in made] == [
        PlaceState.HELD,
        PlaceState.GUEST,
        PlaceState.PINNED,
        PlaceState.PLANNED,
        PlaceState.PLANNED,
        PlaceState.EMPTY,
    ]


def test_a_broken_pin_stays_for_a_hand_to_decide() -> None:
    slots = weekly(3)
    slots[1] = replace(slots[1], speaker_id=2, pinned=True)
    before = saved(problem_of(slots, roster_of(4)))
    made = repair(with_roster(before, away_too(before.roster, 2, 1, 1)))
    assert changed(made) == []
    assert made.places[1].speaker_id == 2


def test_somebody_pinned_by_hand_gives_up_his_announced_place() -> None:
    before = saved(problem_of(weekly(4), roster_of(5)))
    slots = list(before.slots)
    slots[0] = replace(slots[0], speaker_id=3, pinned=True, round=1, group_id=1)
    made = repair(replace(before, slots=tuple(slots)))
    # 3 speaks on the first date, so his third place is free; 1 lost his and gets it.
    assert changed(made) == [(3, 1)]
    assert made.places[2].reasons[0].candidates[0].bar is Bar.SPOKEN


def test_nobody_at_all_leaves_the_place_empty() -> None:
    before = saved(problem_of(weekly(3), roster_of(2)))
    roster = away_too(away_too(before.roster, 1, 1, 1), 2, 1, 1)
    made = repair(with_roster(before, roster))
    assert speakers(made) == [1, None, 2]
    assert made.places[1].state is PlaceState.EMPTY
    assert [r.rule for r in made.places[1].reasons] == [Rule.REPAIRED, Rule.NOBODY]


def test_the_head_keeps_his_groups_first_place() -> None:
    pairs = [(3, 1, MentorKind.HEAD_WITH_MEMBERS)]
    before = saved(problem_of(weekly(3), roster_of(4, heads={1: 3}, pairs=pairs)))
    assert [s.speaker_id for s in before.slots] == [3, 1, 2]
    made = repair(with_roster(before, away_too(before.roster, 1, 1, 1)))
    assert changed(made) == [(1, 4)]


def test_moved_inside_the_round_says_where_to() -> None:
    before = saved(problem_of(weekly(3), roster_of(3)))
    made = repair(with_roster(before, away_too(before.roster, 1, 0, 0)))
    assert len(changed(made)) == 2
    place = made.places[0]
    assert place.reasons[0].candidates[0].bar is Bar.ABSENT or place.reasons[0].candidates[0]
    other = next(p for p in made if p.speaker_id == 1)
    moved = next(r for r in other.reasons if r.rule is Rule.MOVED_HERE)
    assert moved.since == week(0)


def test_two_changes_that_have_nothing_to_do_with_each_other_are_two_chains() -> None:
    before = saved(problem_of(weekly(4), roster_of(6)))
    roster = away_too(away_too(before.roster, 1, 0, 3), 3, 0, 3)
    after = with_roster(before, roster)
    made = repair(after)
    assert changed(made) == [(1, 5), (3, 6)]
    assert [[p.day for p in chain] for chain in chains(made, after)] == [[week(0)], [week(2)]]


# --- what must hold in any office ---------------------------------------------------------


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[Problem, Problem]:
    """An office with its announced plan, and the same office after something happened."""
    before = saved(draw(offices(pins=False)))
    roster = before.roster
    for _ in range(draw(st.integers(1, 2))):
        person = draw(st.sampled_from(sorted(roster.people)))
        first = draw(st.integers(0, 8))
        last = draw(st.one_of(st.none(), st.integers(first, first + 3)))
        roster = away_too(roster, person, first, last)
    if draw(st.booleans()):
        roster = joined_too(
            roster, draw(st.sampled_from(sorted(roster.groups))), draw(st.integers(0, 6))
        )
    return before, with_roster(before, roster)


def keeps_the_rules(before: Problem, after: Problem) -> None:
    made = repair(after)
    slots = {(s.session_id, s.place): s for s in after.slots}
    roster = after.roster
    rounds: Counter[tuple[int | None, int | None]] = Counter()
    dates: Counter[tuple[object, int | None]] = Counter()
    for p in made:
        slot = slots[p.session_id, p.place]
        if p.state is PlaceState.PLANNED and p.speaker_id is not None:
            assert roster.available(p.speaker_id, p.day)
            assert roster.people[p.speaker_id].in_rotation
            rounds[p.round, p.speaker_id] += 1
            dates[p.day, p.speaker_id] += 1
        if slot.speaker_id is None or slot.held:
            assert p.speaker_id == slot.speaker_id
    assert all(times == 1 for times in (*rounds.values(), *dates.values()))
    remaining = [b for b in check(announced(after, made)) if not b.accepted]
    gaps = {b.rule for b in remaining}
    assert gaps <= {BreachRule.LEFT_EMPTY}, remaining


@given(disturbed())
def test_a_repair_keeps_every_hard_rule(offices: tuple[Problem, Problem]) -> None:
    keeps_the_rules(*offices)


@pytest.mark.heavy
@given(disturbed())
def test_a_repair_keeps_every_hard_rule_in_many_offices(offices: tuple[Problem, Problem]) -> None:
    keeps_the_rules(*offices)


@given(offices(), st.integers(0, 8))
def test_a_plan_that_still_holds_is_left_as_it_is(problem: Problem, held: int) -> None:
    before = saved(problem)
    days = sorted({s.day for s in before.slots if before.is_open(s)})[:held]
    slots = tuple(replace(s, held=s.held or s.day in days) for s in before.slots)
    now = replace(before, slots=slots)
    assume(not check(now))
    assert chains(repair(now), now) == ()


@given(disturbed(), st.integers(0, 8))
def test_a_mended_plan_still_holds_when_some_of_it_has_been_held(
    offices: tuple[Problem, Problem], held: int
) -> None:
    mended = offices[1].announced(repair(offices[1]))
    days = sorted({s.day for s in mended.slots if mended.is_open(s)})[:held]
    slots = tuple(replace(s, held=s.held or s.day in days) for s in mended.slots)
    now = replace(mended, slots=slots)
    ahead = [b for b in check(now) if not b.accepted and b.day not in days]
    assert {b.rule for b in ahead} <= {BreachRule.LEFT_EMPTY}, ahead


@given(disturbed())
def test_repairing_twice_changes_nothing_more(offices: tuple[Problem, Problem]) -> None:
    after = offices[1]
    once = announced(after, repair(after))
    assert changed(repair(once)) == []


@given(disturbed(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    offices: tuple[Problem, Problem], random: Random
) -> None:
    after = offices[1]
    slots = random.sample(list(after.slots), len(after.slots))
    assert repair(replace(after, slots=tuple(slots))) == repair(after)


@given(disturbed(), st.randoms(use_true_random=False))
def test_any_chain_by_itself_leaves_nobody_twice(
    offices: tuple[Problem, Problem], random: Random
) -> None:
    after = offices[1]
    made = repair(after)
    taken = {
        (p.session_id, p.place): p
        for chain in chains(made, after)
        if random.random() < 0.5
        for p in chain
    }
    seen: Counter[tuple[int, int]] = Counter()
    for slot in after.slots:
        if not after.is_open(slot) or slot.pinned or slot.guest:
            continue
        p = taken.get((slot.session_id, slot.place))
        who, number = (p.speaker_id, p.round) if p else (slot.speaker_id, slot.round)
        if who is not None and number is not None:
            seen[who, number] += 1
    assert all(times == 1 for times in seen.values())


def test_heads_and_spread_are_as_the_office_has_set_them() -> None:
    settings = Settings(spread=True, head_first=HeadFirst.ALWAYS)
    before = saved(problem_of(weekly(4), roster_of(3, 3, heads={1: 2, 2: 5}), settings))
    made = repair(before)
    assert changed(made) == []
    assert made.first == START
    assert made.places[-1].day == START + timedelta(weeks=3)
