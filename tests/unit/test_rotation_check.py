"""What is saved is judged against the hard rules, and each breach is named."""

from __future__ import annotations

from dataclasses import replace

from bulletin_study.domain.people import StaffCategory
from bulletin_study.domain.rotation import (
    Bar,
    Breach,
    BreachRule,
    Mended,
    Problem,
    Slot,
    check,
    plan,
)
from tests.unit.rotation_offices import announced, problem_of, roster_of, week, weekly


def saved(problem: Problem) -> Problem:
    return announced(problem, plan(problem))


def with_slot(problem: Problem, number: int, **changes: object) -> Problem:
    slots = list(problem.slots)
    slots[number] = replace(slots[number], **changes)  # type: ignore[arg-type]
    return replace(problem, slots=tuple(slots))


def rules(breaches: list[Breach]) -> list[BreachRule]:
    return [b.rule for b in breaches]


def test_a_plan_as_saved_has_no_breach_and_an_unplanned_year_has_none() -> None:
    problem = problem_of(weekly(12, per_date=2), roster_of(3, 2, 4))
    assert check(saved(problem)) == []
    assert check(problem) == []


def test_leave_entered_afterwards_is_named_with_its_speaker() -> None:
    made = saved(problem_of(weekly(4), roster_of(2, 2)))
    who = made.slots[2].speaker_id
    away = replace(made, roster=roster_of(2, 2, away={who or 0: [(2, 2)]}))
    first = check(away)[0]
    assert (first.rule, first.day, first.person_id, first.bar) == (
        BreachRule.SPEAKER,
        week(2),
        who,
        Bar.ABSENT,
    )


def test_somebody_who_takes_no_turns_may_speak_when_pinned_only() -> None:
    roster = roster_of(2, 1)
    roster.people[3] = replace(roster.people[3], category=StaffCategory.BORROWED)
    made = with_slot(saved(problem_of(weekly(3), roster)), 1, speaker_id=3, group_id=None)
    assert BreachRule.SPEAKER in rules(check(made))
    assert BreachRule.SPEAKER not in rules(check(with_slot(made, 1, pinned=True)))


def test_twice_on_a_date_and_twice_in_a_round() -> None:
    made = saved(problem_of(weekly(2, per_date=2), roster_of(4)))
    twice = with_slot(made, 1, speaker_id=made.slots[0].speaker_id)
    assert set(rules(check(twice))) >= {BreachRule.TWICE_ON_DATE, BreachRule.TWICE_IN_ROUND}


def test_groups_swapped_by_hand() -> None:
    made = saved(problem_of(weekly(3), roster_of(1, 1, 1)))
    swapped = with_slot(with_slot(made, 0, speaker_id=2), 1, speaker_id=1)
    breaches = check(swapped)
    assert [(b.rule, b.day, b.group_id) for b in breaches] == [
        (BreachRule.GROUP_ORDER, week(0), 1),
    ]
    mended = with_slot(
        with_slot(swapped, 0, mended=Mended(1, 1, Bar.ABSENT)), 1, mended=Mended(2, 2)
    )
    told = check(mended)
    assert all(b.accepted for b in told)
    assert [(b.rule, b.group_id, b.person_id, b.bar) for b in told] == [
        (BreachRule.ORDER_YIELDED, 1, 1, Bar.ABSENT),
        (BreachRule.ORDER_YIELDED, 2, 2, None),
    ]
    known = with_slot(with_slot(swapped, 0, order_yields=True), 1, order_yields=True)
    assert [b.accepted for b in check(known)] == [True, True]


def test_somebody_away_after_the_announcement_is_the_only_breach() -> None:
    made = saved(problem_of(weekly(6), roster_of(2, 2, 2)))
    roster = roster_of(2, 2, 2, away={3: [(1, 1)]})
    assert [(b.rule, b.person_id) for b in check(replace(made, roster=roster))] == [
        (BreachRule.SPEAKER, 3)
    ]


def test_a_round_cut_short_and_a_talk_of_a_round_that_is_over() -> None:
    made = saved(problem_of(weekly(4), roster_of(3)))
    short = with_slot(made, 2, speaker_id=1, round=2)
    found = check(short)
    assert BreachRule.ROUND_CUT_SHORT in rules(found)
    cut = next(b for b in found if b.rule is BreachRule.ROUND_CUT_SHORT)
    assert (cut.person_id, cut.round) == (3, 1)
    late = with_slot(made, 3, speaker_id=3, round=1)
    assert rules(check(with_slot(late, 2, speaker_id=1, round=2)))[-1] is BreachRule.ROUND_ENDED


def test_asked_shortly_before_a_pin() -> None:
    slots = weekly(3)
    slots[2] = replace(slots[2], speaker_id=1, pinned=True)
    made = with_slot(saved(problem_of(slots, roster_of(3))), 0, speaker_id=1)
    before = [b for b in check(made) if b.rule is BreachRule.BEFORE_PIN]
    assert [(b.day, b.other_day) for b in before] == [(week(0), week(2))]


def test_a_place_left_empty_in_the_middle_of_a_plan() -> None:
    made = saved(problem_of(weekly(4), roster_of(4)))
    gap = with_slot(made, 1, speaker_id=None, round=None, group_id=None)
    assert [(b.rule, b.day, b.person_id) for b in check(gap)] == [
        (BreachRule.LEFT_EMPTY, week(1), 2)
    ]
    tail = with_slot(made, 3, speaker_id=None, round=None, group_id=None)
    assert check(tail) == []


def test_of_talks_held_the_order_of_groups_is_not_asked() -> None:
    past = [Slot(n, 1, week(n), held=True, speaker_id=who) for n, who in ((0, 3), (1, 1), (2, 2))]
    assert check(problem_of(past, roster_of(1, 1, 1))) == []
