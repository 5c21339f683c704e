"""The cheapest assignment is as cheap as any, and ties fall to the first columns."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.rotation.assignment import FORBIDDEN, cheapest
from bulletin_study.domain.rotation.members import Choice, choose

COSTS = st.one_of(st.integers(-9, 9), st.just(FORBIDDEN))


@st.composite
def squares(draw: st.DrawFn) -> list[list[int]]:
    size = draw(st.integers(1, 6))
    return [[draw(COSTS) for _ in range(size)] for _ in range(size)]


def best(costs: list[list[int]]) -> list[int] | None:
    """By trying all: the least total, then the smallest columns."""
    allowed = [
        columns
        for columns in permutations(range(len(costs)))
        if all(costs[row][column] < FORBIDDEN for row, column in enumerate(columns))
    ]
    found = min(
        allowed,
        key=lambda columns: (sum(costs[r][c] for r, c in enumerate(columns)), columns),
        default=None,
    )
    return None if found is None else list(found)


def agrees(costs: list[list[int]], guess: list[int], potentials: list[int]) -> None:
    wanted = best(costs)
    if wanted is None:
        with pytest.raises(ValueError, match="forbidden"):
            cheapest(costs)
    else:
        assert cheapest(costs) == wanted
        assert cheapest(costs, guess[: len(costs)], potentials[: len(costs)]) == wanted


@given(squares(), st.lists(st.integers(-20, 0), min_size=6, max_size=6), st.data())
def test_the_assignment_is_the_best_of_all(
    costs: list[list[int]], potentials: list[int], data: st.DataObject
) -> None:
    agrees(costs, data.draw(st.permutations(range(len(costs)))), potentials)


@pytest.mark.heavy
@given(squares(), st.lists(st.integers(-20, 0), min_size=6, max_size=6), st.data())
def test_the_assignment_is_the_best_of_all_in_many_cases(
    costs: list[list[int]], potentials: list[int], data: st.DataObject
) -> None:
    agrees(costs, data.draw(st.permutations(range(len(costs)))), potentials)


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=5).map(sorted),
    st.lists(st.integers(-30, -1), min_size=5, max_size=6),
    st.data(),
)
def test_members_wait_as_little_as_can_be(
    days: list[int], last: list[int], data: st.DataObject
) -> None:
    """Given dates, people and who can when, no other arrangement has a smaller cost."""
    sets = st.integers(0, (1 << len(last)) - 1)
    fit = [data.draw(sets) for _ in days]
    away = [data.draw(sets) for _ in days]
    choice = Choice(days, fit, away, (1 << len(last)) - 1, last, max(days) + 1)
    people = range(len(last))
    allowed = [
        who
        for who in permutations(people, len(days))
        if all(fit[place] >> k & 1 for place, k in enumerate(who))
    ]

    def cost(who: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        waits = sum((days[place] - last[k]) ** 2 for place, k in enumerate(who))
        waits += sum((choice.after - last[k]) ** 2 for k in people if k not in who)
        return waits, sum(away[place] >> k & 1 for place, k in enumerate(who)), who

    if allowed:
        assert tuple(choose(choice)) == min(allowed, key=cost)
    else:
        with pytest.raises(ValueError, match=r"forbidden|people"):
            choose(choice)
