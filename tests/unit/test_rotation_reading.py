"""The planner against an independent, enumerating reading of the rules."""

from __future__ import annotations

import pytest
from hypothesis import given

from bulletin_study.domain.rotation import PlaceState, Problem, plan
from tests.unit.rotation_offices import PlainReading, offices


def agree(problem: Problem) -> None:
    made = plan(problem)
    read = PlainReading(problem).solve()
    got = [(p.group_id or 0, p.round, p.speaker_id) for p in made if p.state is PlaceState.PLANNED]
    want = [(p.group, p.round, p.speaker) for p in read if p.group is not None]
    assert got == want
    assert [p.state is PlaceState.EMPTY for p in made] == [
        p.group is None and not p.slot.pinned and not p.slot.guest for p in read
    ]
    assert [p.round for p in made if p.state is PlaceState.PINNED] == [
        p.round for p in read if p.slot.pinned
    ]
    assert [(p.day, p.group_id or 0) for p in made.passed_over] == [
        (p.slot.day, group) for p in read for group in p.passed
    ]


@given(offices(pins=False, history=False))
def test_groups_rounds_and_people_are_those_of_the_plain_reading(problem: Problem) -> None:
    agree(problem)


@given(offices(pins=True, history=False))
def test_also_with_pins_and_guests(problem: Problem) -> None:
    agree(problem)


@pytest.mark.heavy
@given(offices(pins=True, history=False))
def test_also_over_many_offices(problem: Problem) -> None:
    agree(problem)
