"""The speaker rotation as the people in it see it: one turn each, groups in turn, no favours."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.people import MentorKind, Roster
from bulletin_study.domain.rotation import (
    Bar,
    HeadFirst,
    PlaceState,
    Plan,
    Problem,
    Rule,
    Settings,
    Slot,
    check,
    plan,
)
from bulletin_study.domain.sessions import TalkCategory
from tests.unit.rotation_offices import (
    START,
    announced,
    offices,
    problem_of,
    roster_of,
    week,
    weekly,
)


def speakers(made: Plan) -> list[int | None]:
    return [p.speaker_id for p in made]


# --- what must hold in any office ---------------------------------------------------------


def holds_for(problem: Problem) -> None:
    """The hard rules and the filling of places, judged from the outside."""
    made = plan(problem)
    roster = problem.roster
    turns = [p.id for p in roster.people.values() if p.in_rotation]
    before = {(s.session_id, s.place): s for s in problem.slots}
    index = {key: i for i, key in enumerate(sorted(before, key=lambda k: before[k].order))}
    pins = [s for s in problem.slots if s.pinned]
    for p in made:
        slot = before[p.session_id, p.place]
        if slot.pinned or slot.guest:
            assert (p.speaker_id, p.guest) == (slot.speaker_id, slot.guest)
        elif p.speaker_id is not None:
            assert p.speaker_id in turns
            assert roster.available(p.speaker_id, p.day)
            for pin in pins:
                if pin.speaker_id == p.speaker_id and pin.day > p.day:
                    ahead = index[pin.session_id, pin.place] - index[p.session_id, p.place]
                    assert ahead >= sum(roster.on_roster(k, p.day) for k in turns)
    on_date = Counter((p.day, p.speaker_id) for p in made if p.state is PlaceState.PLANNED)
    assert all(times == 1 for times in on_date.values())
    by_hand = {(p.day, p.speaker_id) for p in made if p.state is PlaceState.PINNED}
    assert not by_hand & set(on_date)
    in_round = Counter(
        (p.round, p.speaker_id) for p in made if p.speaker_id in turns and p.round is not None
    )
    assert all(times == 1 for times in in_round.values())
    assert check(announced(problem, made)) == [
        b for b in check(announced(problem, made)) if before[b.session_id, b.place].pinned
    ]


@given(offices())
def test_the_hard_rules_hold(problem: Problem) -> None:
    holds_for(problem)


@pytest.mark.heavy
@given(offices())
def test_the_hard_rules_hold_in_many_offices(problem: Problem) -> None:
    holds_for(problem)


@given(offices(pins=False))
def test_no_place_is_empty_that_somebody_could_fill(problem: Problem) -> None:
    made = plan(problem)
    for p in made:
        if p.speaker_id is None:
            there = {x.speaker_id for x in made if x.day == p.day}
            free = [
                person
                for person in problem.roster.on(p.day)
                if person.in_rotation
                and problem.roster.available(person.id, p.day)
                and person.id not in there
            ]
            assert free == []


@given(offices(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(problem: Problem, random: Random) -> None:
    def mixed(rows: list[object]) -> list[object]:
        return random.sample(rows, len(rows))

    old = problem.roster
    roster = Roster(
        mixed(list(old.people.values())),  # type: ignore[arg-type]
        mixed(list(old.groups.values())),  # type: ignore[arg-type]
        mixed([m for ms in old.memberships.values() for m in ms]),  # type: ignore[arg-type]
        mixed([a for rows in old.absences.values() for a in rows]),  # type: ignore[arg-type]
        mixed(list(old.mentor_pairs)),  # type: ignore[arg-type]
    )
    other = replace(problem, slots=tuple(mixed(list(problem.slots))), roster=roster)  # type: ignore[arg-type]
    assert plan(other) == plan(problem)


def always_there(problem: Problem) -> list[int]:
    """People who could have served every place ahead, and in no history."""
    days = {s.day for s in problem.slots if problem.is_open(s)}
    return [
        p.id
        for p in problem.roster.people.values()
        if p.in_rotation and all(problem.roster.available(p.id, d) for d in days)
    ]


@given(offices(pins=False, history=False))
def test_two_of_one_group_who_were_always_there_differ_by_one_talk_at_most(
    problem: Problem,
) -> None:
    made = plan(problem)
    talks = Counter(speakers(made))
    moved = {k for k, spans in problem.roster.memberships.items() if len(spans) > 1}
    by_group: dict[int | None, list[int]] = {}
    for person in always_there(problem):
        if person not in moved:
            group = problem.roster.group_on(person, START)
            by_group.setdefault(group, []).append(talks[person])
    for counts in by_group.values():
        assert max(counts) - min(counts) <= 1


@given(offices(pins=False, history=False))
def test_two_of_different_groups_differ_by_no_talk_over_whole_rounds(problem: Problem) -> None:
    made = plan(problem)
    last = max((p.round or 0 for p in made), default=0)
    whole = Counter(p.speaker_id for p in made if p.round != last)
    there = Counter({person: whole[person] for person in always_there(problem)})
    assert len(set(there.values())) <= 1
    all_told = Counter({person: speakers(made).count(person) for person in there})
    assert max(all_told.values(), default=0) - min(all_told.values(), default=0) <= 1


@given(offices(pins=False, history=False))
def test_in_a_whole_round_everybody_who_was_always_there_speaks_once(problem: Problem) -> None:
    made = plan(problem)
    last = max((p.round or 0 for p in made), default=0)
    for person in always_there(problem):
        rounds = [p.round for p in made if p.speaker_id == person]
        assert [r for r in rounds if r != last] == list(range(1, last))


@given(offices(pins=False, leavers=False), st.integers(0, 12))
def test_what_has_been_held_as_planned_leaves_the_rest_of_the_plan_alone(
    problem: Problem, held: int
) -> None:
    made = plan(problem)
    saved = announced(problem, made)
    ahead = sorted({s.day for s in saved.slots if problem.is_open(s)})
    past = set(ahead[:held])
    slots = tuple(replace(s, held=s.held or s.day in past) for s in saved.slots)
    again = plan(replace(saved, slots=slots))
    assert [(p.speaker_id, p.round, p.group_id) for p in again] == [
        (p.speaker_id, p.round, p.group_id) for p in made
    ]


# --- cases that can be read ---------------------------------------------------------------


def test_eight_speakers_nine_fortnightly_dates_one_away_from_the_third_on() -> None:
    roster = roster_of(8, away={5: [(4, 99)]})
    slots = [Slot(n + 1, 1, week(2 * n)) for n in range(9)]
    made = plan(problem_of(slots, roster))
    first_eight = speakers(made)[:8]
    assert made.summary.empty == 0
    # The one who leaves is taken while he is there, so that all eight speak once.
    assert sorted(s for s in first_eight if s is not None) == list(range(1, 9))
    assert 5 in first_eight[:2]
    # The ninth date: the longest-waiting of those who are there.
    waited = [s for s in first_eight if s != 5]
    assert speakers(made)[8] == waited[0]


def test_groups_take_turns_and_the_order_goes_on_over_the_end_of_a_round() -> None:
    made = plan(problem_of(weekly(8), roster_of(2, 1, 2)))
    assert [p.group_id for p in made] == [1, 2, 3, 1, 3, 1, 2, 3]
    assert [p.round for p in made] == [1, 1, 1, 1, 1, 2, 2, 2]


def test_a_group_all_away_is_passed_over_and_owed_its_turn() -> None:
    made = plan(problem_of(weekly(6), roster_of(2, 2, 2, away={3: [(1, 2)], 4: [(1, 2)]})))
    # 2组 cannot in week 1 and 2, and goes first in week 3; then 3组's order stands at 1组.
    assert [p.group_id for p in made] == [1, 3, 1, 2, 2, 3]
    assert [(p.day, p.group_id) for p in made.passed_over] == [(week(1), 2), (week(2), 2)]
    assert [c.bar for c in made.passed_over[0].candidates] == [Bar.ABSENT, Bar.ABSENT]
    rules = [r.rule for r in made.places[3].reasons]
    assert Rule.GROUP_OWED in rules


def test_by_size_the_turns_are_spread_evenly() -> None:
    made = plan(problem_of(weekly(6), roster_of(4, 2), Settings(spread=True)))
    assert [p.group_id for p in made] == [1, 2, 1, 1, 2, 1]


def test_somebody_needed_later_is_kept_for_that_date() -> None:
    """Only 1 is there in week 1, so 2 speaks first although 1 has waited longer."""
    joined = {1: date(2015, 1, 1), 2: date(2019, 1, 1)}
    made = plan(problem_of(weekly(2), roster_of(2, away={2: [(1, 1)]}, joined=joined)))
    assert speakers(made) == [2, 1]
    reason = next(r for r in made.places[0].reasons if r.rule is Rule.LONG_WAIT)
    assert [(c.person_id, c.speaks_on) for c in reason.candidates] == [(1, week(1)), (2, None)]


def test_the_head_goes_first_where_he_leads_his_members() -> None:
    joined = {1: date(2010, 1, 1), 2: date(2012, 1, 1), 3: date(2024, 1, 1)}
    pairs = [(3, 1, MentorKind.HEAD_WITH_MEMBERS)]
    roster = roster_of(3, heads={1: 3}, pairs=pairs, joined=joined)
    assert speakers(plan(problem_of(weekly(3), roster))) == [3, 1, 2]
    never = Settings(head_first=HeadFirst.NEVER)
    assert speakers(plan(problem_of(weekly(3), roster, never))) == [1, 2, 3]
    alone = roster_of(3, heads={1: 3}, joined=joined)
    assert speakers(plan(problem_of(weekly(3), alone))) == [1, 2, 3]
    always = Settings(head_first=HeadFirst.ALWAYS)
    assert speakers(plan(problem_of(weekly(3), alone, always))) == [3, 1, 2]


def test_between_equals_the_one_whose_mentor_is_on_duty_speaks() -> None:
    pairs = [(3, 1, MentorKind.OLD_WITH_NEW)]
    roster = roster_of(2, 1, away={3: [(0, 0)]}, pairs=pairs)
    made = plan(problem_of(weekly(3), roster))
    assert speakers(made) == [2, 3, 1]
    assert made.places[2].mentor_id == 3
    assert made.places[2].reasons[-1].rule is Rule.MENTOR_PRESENT


def test_a_pin_stays_spends_the_turn_and_does_not_advance_the_groups() -> None:
    slots = weekly(6)
    slots[2] = replace(slots[2], speaker_id=1, pinned=True)
    made = plan(problem_of(slots, roster_of(2, 2)))
    assert [p.group_id for p in made] == [1, 2, 1, 2, 1, 2]
    assert speakers(made) == [2, 3, 1, 4, 2, 3]
    assert [p.round for p in made] == [1, 1, 1, 1, 2, 2]
    assert made.places[2].state is PlaceState.PINNED


def test_a_pin_of_somebody_who_has_spoken_spends_his_next_turn() -> None:
    slots = [replace(s, held=s.day < week(1)) for s in weekly(7)]
    slots[0] = replace(slots[0], speaker_id=1, round=1, group_id=1)
    slots[2] = replace(slots[2], speaker_id=1, pinned=True)
    made = plan(problem_of(slots, roster_of(3)))
    assert speakers(made) == [1, 2, 1, 3, 2, 3, 1]
    assert [p.round for p in made] == [1, 1, 2, 1, 2, 2, 3]


def test_nobody_is_asked_shortly_before_his_pin() -> None:
    slots = weekly(4)
    slots[3] = replace(slots[3], speaker_id=1, pinned=True)
    assert speakers(plan(problem_of(slots, roster_of(3)))) == [1, 2, 3, 1]
    assert speakers(plan(problem_of(slots, roster_of(4)))) == [2, 3, 4, 1]


def test_a_guest_uses_nobodys_turn() -> None:
    slots = weekly(4)
    slots[1] = replace(slots[1], guest="省委党校教授")
    made = plan(problem_of(slots, roster_of(1, 1, 1)))
    assert [(p.state, p.group_id) for p in made] == [
        (PlaceState.PLANNED, 1),
        (PlaceState.GUEST, None),
        (PlaceState.PLANNED, 2),
        (PlaceState.PLANNED, 3),
    ]


def test_a_newcomer_joins_the_running_round() -> None:
    joined = {3: week(1) + timedelta(days=1)}
    made = plan(problem_of(weekly(4), roster_of(3, joined=joined)))
    assert speakers(made) == [1, 2, 3, 1]
    assert [p.round for p in made] == [1, 1, 1, 2]


def test_who_missed_a_round_comes_early_in_the_next_and_once() -> None:
    made = plan(problem_of(weekly(6), roster_of(3, away={3: [(0, 2)]})))
    assert [p.round for p in made] == [1, 1, 2, 2, 2, 3]
    assert speakers(made) == [1, 2, 1, 3, 2, 1]


def test_a_date_nobody_can_serve_stays_empty_and_ends_nothing() -> None:
    everybody_away = {1: [(1, 1)], 2: [(1, 1)]}
    made = plan(problem_of(weekly(3), roster_of(2, away=everybody_away)))
    assert speakers(made) == [1, None, 2]
    assert [p.round for p in made] == [1, None, 1]
    (reason,) = made.places[1].reasons
    assert reason.rule is Rule.NOBODY
    assert [(c.person_id, c.bar) for c in reason.candidates] == [(1, Bar.ABSENT), (2, Bar.ABSENT)]


def test_a_history_without_rounds_begins_a_new_one_when_a_speaker_repeats() -> None:
    past = [
        Slot(n, 1, week(-n), held=True, speaker_id=who)
        for n, who in ((5, 1), (4, 2), (3, 3), (2, 1), (1, 2))
    ]
    made = plan(problem_of([*past, *weekly(2, start=10)], roster_of(3)))
    assert speakers(made)[-2:] == [3, 1]
    assert [p.round for p in made][-2:] == [2, 3]


def test_a_talk_held_without_its_group_was_the_turn_of_its_speakers_group() -> None:
    """As past sessions are imported: 1组 has had its turn, so 2组 is next."""
    past = Slot(90, 1, week(-1), held=True, speaker_id=1)
    made = plan(problem_of([past, *weekly(3)], roster_of(2, 2, 2)))
    assert [p.group_id for p in made] == [2, 3, 1]


def test_the_announced_plan_is_compared_not_obeyed() -> None:
    slots = [replace(s, speaker_id=w) for s, w in zip(weekly(2), (2, 1), strict=True)]
    made = plan(problem_of(slots, roster_of(2, joined={1: START - timedelta(9)})))
    assert speakers(made) == [2, 1]
    assert made.summary.changes == 0
    made = plan(problem_of(slots, roster_of(2)))
    assert [(p.was_id, p.speaker_id, p.changed) for p in made] == [(2, 1, True), (1, 2, True)]


def test_categories_alternate_within_a_group_and_what_was_agreed_stays() -> None:
    slots = weekly(6)
    slots[2] = replace(slots[2], speaker_id=2, category=TalkCategory.EXPERIENCE)
    made = plan(problem_of(slots, roster_of(3, 3)))
    assert [p.category for p in made if p.group_id == 1] == [
        TalkCategory.BUSINESS,
        TalkCategory.EXPERIENCE,
        TalkCategory.BUSINESS,
    ]


def test_each_place_says_why() -> None:
    past = [Slot(90, 1, week(-14), held=True, speaker_id=1)]
    made = plan(problem_of([*past, *weekly(1)], roster_of(1)))
    place = made.places[-1]
    assert [r.rule for r in place.reasons] == [
        Rule.NEW_ROUND,
        Rule.GROUP_TURN,
        Rule.LONGEST_WAIT,
        Rule.PRESENT,
    ]
    wait = place.reasons[2]
    assert (wait.number, wait.since) == (98, week(-14))
    assert made.summary.max_wait_days == 98
