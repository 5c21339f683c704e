"""代讲: the AB partner first, then by the rules, each with what it costs; and who cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.people import AbPair, Roster
from bulletin_study.domain.rotation import Bar, Problem, Substitutes, Way, plan, substitutes
from tests.unit.rotation_offices import offices, problem_of, roster_of, week, weekly


def with_partner(roster: Roster, person: int, partner: int) -> Roster:
    return Roster(
        roster.people.values(),
        roster.groups.values(),
        [m for spans in roster.memberships.values() for m in spans],
        [a for rows in roster.absences.values() for a in rows],
        roster.mentor_pairs,
        [AbPair(1, person, partner)],
    )


def saved(problem: Problem, held: int = 0) -> Problem:
    """Announced, and the first places held."""
    made = problem.announced(plan(problem))
    slots = tuple(replace(s, held=s.held or n < held) for n, s in enumerate(made.slots))
    return replace(made, slots=slots)


def fit(found: Substitutes) -> list[tuple[int, Way]]:
    return [(one.person_id, one.way) for one in found.fit]


def test_the_same_group_first_then_the_next_groups_each_with_its_price() -> None:
    """Six announced of seven people: 7 is without a place, the others swap."""
    problem = saved(problem_of(weekly(6), roster_of(3, 2, 2)), held=1)
    assert [s.speaker_id for s in problem.slots] == [1, 4, 6, 2, 5, 7]
    found = substitutes(problem, problem.slots[1])
    assert fit(found) == [
        (5, Way.SWAP),
        (6, Way.SWAP),
        (7, Way.SWAP),
        (2, Way.SWAP),
        (3, Way.FREE),
    ]
    assert [(u.person_id, u.bar, u.day) for u in found.unfit] == [(1, Bar.SPOKEN, week(0))]
    assert found.fit[0].own_day == week(4)


def test_the_partner_comes_first_whatever_his_group() -> None:
    roster = with_partner(roster_of(3, 2, 2), 4, 2)
    problem = saved(problem_of(weekly(6), roster))
    found = substitutes(problem, problem.slots[1])
    assert found.fit[0].partner
    assert found.fit[0].person_id == 2


def test_a_partner_who_has_spoken_spends_his_next_turn() -> None:
    roster = with_partner(roster_of(3, 2, 2), 4, 1)
    problem = saved(problem_of(weekly(6), roster), held=1)
    one = substitutes(problem, problem.slots[1]).fit[0]
    assert (one.person_id, one.way, one.next_turn) == (1, Way.FREE, True)


def test_who_has_spoken_and_is_announced_for_the_next_round_gives_that_place_up() -> None:
    roster = with_partner(roster_of(3), 3, 1)
    problem = saved(problem_of(weekly(6), roster), held=1)
    assert [s.speaker_id for s in problem.slots] == [1, 2, 3, 1, 2, 3]
    one = substitutes(problem, problem.slots[2]).fit[0]
    assert (one.person_id, one.next_turn, one.way, one.own) == (1, True, Way.SWAP, (4, 1))


def test_where_everybody_has_spoken_the_longest_wait_goes_first() -> None:
    problem = saved(problem_of(weekly(3), roster_of(3)), held=2)
    found = substitutes(problem, problem.slots[2])
    assert fit(found) == [(1, Way.FREE), (2, Way.FREE)]
    assert found.unfit == ()


def test_an_absentee_who_cannot_serve_the_other_date_leaves_it_empty() -> None:
    roster = roster_of(3, away={2: [(1, 2)]})
    slots = [
        replace(slot, speaker_id=who, round=1, group_id=1, held=who == 1)
        for slot, who in zip(weekly(3), (1, 2, 3), strict=True)
    ]
    found = substitutes(problem_of(slots, roster), slots[1])
    assert [(s.person_id, s.way, s.own, s.own_day) for s in found.fit] == [
        (3, Way.LEAVE, (3, 1), week(2))
    ]


def test_who_is_away_or_speaks_that_day_or_is_pinned_soon_is_named() -> None:
    roster = roster_of(5, away={3: [(1, 1)]}, joined={5: week(3)})
    slots = weekly(3, per_date=2)
    slots[2] = replace(slots[2], speaker_id=1, round=1)
    slots[3] = replace(slots[3], speaker_id=2, round=1)
    slots[5] = replace(slots[5], speaker_id=4, round=1, pinned=True)
    found = substitutes(problem_of(slots, roster), slots[2])
    assert fit(found) == []
    assert [(u.person_id, u.bar, u.day) for u in found.unfit] == [
        (2, Bar.SAME_DATE, None),
        (3, Bar.ABSENT, None),
        (4, Bar.PINNED_AHEAD, week(2)),
    ]


def test_an_empty_place_is_offered_to_the_group_in_turn() -> None:
    slots = [replace(weekly(3)[0], speaker_id=1, round=1, group_id=1, held=True), *weekly(3)[1:]]
    found = substitutes(problem_of(slots, roster_of(2, 2)), slots[1])
    assert [one.person_id for one in found.fit] == [3, 4, 2]
    assert (found.fit[0].days, found.fit[0].since) == (
        (week(1) - date(2020, 1, 1)).days,
        date(2020, 1, 1),
    )


@given(offices(), st.data())
def test_nobody_offered_breaks_a_rule_about_the_date(problem: Problem, data: st.DataObject) -> None:
    problem = saved(problem)
    target = data.draw(st.sampled_from([s for s in problem.slots if problem.is_open(s)]))
    found = substitutes(problem, target)
    offered = [one.person_id for one in found.fit]
    assert target.speaker_id not in offered
    assert len(set(offered)) == len(offered)
    for one in found.fit:
        assert problem.roster.available(one.person_id, target.day)
        assert problem.roster.people[one.person_id].in_rotation
        same_date = [s for s in problem.slots if s.day == target.day and s != target]
        assert all(s.speaker_id != one.person_id for s in same_date)
    named = {u.person_id for u in found.unfit} | set(offered)
    expected = {
        p.id for p in problem.roster.on(target.day) if p.in_rotation and p.id != target.speaker_id
    }
    assert named == expected
