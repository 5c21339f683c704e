"""Who comments and who says what they learned: asked equally often, one a group."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.duties import Drawn, Served, draw, standing

DAY = date(2026, 1, 7)


def week(number: int) -> date:
    return DAY + timedelta(weeks=number)


def run(
    able: list[set[int]], count: int, group_of: dict[int, int | None]
) -> tuple[list[Served], list[tuple[Drawn, ...]]]:
    """Draw week after week, each time from those who can."""
    past: list[Served] = []
    drawn = []
    for number, here in enumerate(able):
        found = draw(sorted(here), standing(past), count, group_of)
        drawn.append(found)
        past.append(Served(week(number), here, tuple(d.person_id for d in found)))
    return past, drawn


def test_everybody_is_asked_once_before_anybody_twice() -> None:
    past, _ = run([{1, 2, 3, 4, 5, 6}] * 2, 3, {})
    assert [served.people for served in past] == [(1, 2, 3), (4, 5, 6)]


def test_one_a_group_while_others_can() -> None:
    group_of = {1: 1, 2: 1, 3: 1, 4: 2, 5: 3}
    (first, second), _ = run([{1, 2, 3, 4, 5}] * 2, 3, group_of)
    assert first.people == (1, 4, 5)
    assert second.people == (2, 4, 5)
    (alone,), _ = run([{1, 2, 3}], 3, group_of)
    assert alone.people == (1, 2, 3)


def test_between_equals_the_longest_wait_goes_first_and_it_is_told() -> None:
    past = [Served(week(0), {1, 2}, (2,)), Served(week(1), {1, 2}, (1,))]
    assert draw([1, 2], standing(past), 1, {}) == (Drawn(2, 1, week(0)),)


def test_a_newcomer_joins_where_the_others_stand() -> None:
    past, _ = run([{1, 2, 3}] * 9 + [{1, 2, 3, 9}] * 8, 1, {})
    assert Counter(s.people[0] for s in past[9:]) == {1: 2, 2: 2, 3: 2, 9: 2}


def test_somebody_back_after_a_year_is_not_asked_every_week() -> None:
    past, _ = run([{1, 2, 3}] * 2 + [{1, 2}] * 20 + [{1, 2, 3}] * 6, 1, {})
    assert max(Counter(s.people[0] for s in past[22:]).values()) == 2


def test_nobody_there_nobody_drawn() -> None:
    assert draw([], standing([]), 3, {}) == ()


@given(
    st.integers(2, 9),
    st.integers(1, 4),
    st.integers(1, 30),
    st.lists(st.sampled_from([None, 1, 2, 3]), min_size=9, max_size=9),
)
def test_people_who_are_always_there_differ_by_one_at_most(
    people: int, count: int, weeks: int, groups: list[int | None]
) -> None:
    able = set(range(people))
    past, _ = run([able] * weeks, count, {})
    asked = Counter(dict.fromkeys(able, 0) | Counter(k for s in past for k in s.people))
    assert max(asked.values()) - min(asked.values()) <= 1
    assert all(len(set(s.people)) == len(s.people) == min(count, people) for s in past)
    grouped, _ = run([able] * weeks, count, dict(enumerate(groups)))
    for served in grouped:
        named = [groups[k] for k in served.people if groups[k] is not None]
        rest = able - set(served.people)
        if len(named) != len(set(named)):
            assert {groups[k] for k in rest} <= set(named), "somebody of another group could"


@given(st.lists(st.sets(st.integers(0, 6), min_size=1), min_size=1, max_size=40))
def test_among_those_who_could_be_asked_nobody_is_ahead_by_more_than_one(
    able: list[set[int]],
) -> None:
    past, _ = run(able, 1, {})
    stands = standing(past[:-1])
    (asked,) = past[-1].people
    assert stands.level(asked) == min(map(stands.level, past[-1].able))
