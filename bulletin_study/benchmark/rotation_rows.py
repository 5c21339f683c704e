"""Rows about the rotation: each round's assignment against an exact solver on the same work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from random import Random

from bulletin_study.benchmark.measure import Row, compare, once
from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Group,
    Membership,
    MentorPair,
    Person,
    Roster,
)
from bulletin_study.domain.rotation import Problem, Slot
from bulletin_study.domain.rotation.board import bits
from bulletin_study.domain.rotation.members import Choice, choose
from bulletin_study.domain.rotation.planner import draft

FIRST = date(2026, 1, 7)
PEOPLE, GROUPS, AWAY = 200, 10, 0.2
_GOAL, _SOLVER = 0.05, "CP-SAT"
_INSTALL = "没有对照，先装 requirements/all.txt（run.py test --all 会装）"


def rotation_rows() -> Iterator[Row]:
    """52 and 520 places for 200 people, a fifth of them unavailable; and that both cost alike."""
    for places in (52, 520):
        made = rounds_of(random_office(PEOPLE, GROUPS, places, AWAY, seed=places))
        name = f"轮讲指派（{PEOPLE} 人 {GROUPS} 组 {places} 个位子）"

        def ours(work: Sequence[Choice] = made) -> None:
            for choice in work:
                choose(choice)

        if find_spec("ortools") is None:
            took = round(once(ours), 2)
            yield Row(name, took, "ms", None, _SOLVER, None, None, None, _INSTALL)
            continue

        def theirs(work: Sequence[Choice] = made) -> None:
            for choice in work:
                solve(choice)

        yield compare(name, ours, theirs, _SOLVER, _GOAL, runs=3 if places > 100 else 5)
        yield _cost_row(made, places)


def _cost_row(made: Sequence[Choice], places: int) -> Row:
    mine = sum(cost_of(choice, choose(choice)) for choice in made)
    best = sum(cost_of(choice, solve(choice)) for choice in made)
    ratio = round(mine / best, 6) if best else 1.0
    name = f"轮讲指派的代价（{places} 个位子）"
    return Row(name, mine, "天²", best, _SOLVER, ratio, 1.0, mine == best)


def random_office(people: int, groups: int, places: int, away: float, seed: int) -> Problem:
    """An office with a place a week and people who are away for a few weeks at a time."""
    random = Random(seed)
    weeks = [FIRST + timedelta(weeks=n) for n in range(places)]
    members = [Membership(k, k, (k - 1) % groups + 1) for k in range(1, people + 1)]
    staff = [
        Person(k, f"人员{k:03}", k, joined=FIRST - timedelta(days=random.randint(30, 4000)))
        for k in range(1, people + 1)
    ]
    absences: list[Absence] = []
    for k in range(1, people + 1):
        at = random.randint(0, 12)
        while away and at < places:
            length = random.randint(1, 6)
            end = weeks[min(at + length, places) - 1]
            absences.append(Absence(len(absences) + 1, k, AbsenceKind.LEAVE, weeks[at], end))
            at += length + max(1, round(length * (1 - away) / away * random.uniform(0.6, 1.4)))
    pairs = [MentorPair(n, k - 1, k) for n, k in enumerate(range(2, people + 1, 3), start=1)]
    roster = Roster(
        staff, [Group(g, f"第{g}组", g) for g in range(1, groups + 1)], members, absences, pairs
    )
    slots = tuple(Slot(n, 1, day) for n, day in enumerate(weeks, start=1))
    return Problem(slots, roster, FIRST, weeks[-1])


def rounds_of(problem: Problem) -> list[Choice]:
    """What the plan has to choose: every group's places of every round."""
    closed = draft(problem).closed.values()
    return [choice for one in closed for choice in one.choices.values()]


def cost_of(choice: Choice, chosen: Sequence[int]) -> int:
    """The sum of squared waits, those left without a place counted the day after the last."""
    spoken = dict(zip(chosen, choice.days, strict=True))
    return sum((spoken.get(k, choice.after) - choice.last[k]) ** 2 for k in bits(choice.members))


def solve(choice: Choice) -> list[int]:
    """The same choice by the solver: head first, then waits, then mentors on duty."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    places = range(len(choice.days))
    taken = {(i, k): model.new_bool_var(f"{i}.{k}") for i in places for k in bits(choice.fit[i])}
    for i in places:
        model.add_exactly_one(taken[i, k] for k in bits(choice.fit[i]))
    for k in bits(choice.members):
        model.add_at_most_one(taken[i, k] for i in places if (i, k) in taken)
    unit = len(choice.days) + 1
    head_unit = (
        2 * unit * sum(max(abs(_wait(choice, i, k)) for k in bits(choice.fit[i])) for i in places)
        + unit
    )
    terms = [
        (_wait(choice, i, k) * unit + (choice.away[i] >> k & 1)) * var
        for (i, k), var in taken.items()
    ]
    head = choice.head
    if head is not None:
        # Later than the last place is worse than any place.
        terms += [(i - len(choice.days)) * head_unit * var
                  for (i, k), var in taken.items() if k == head]  # fmt: skip
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    # Its quickest way with this kind of problem: the whole linear relaxation, at once.
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_presolve = False
    if solver.solve(model) != cp_model.OPTIMAL:
        raise ValueError("no assignment serves all places")
    return [next(k for k in bits(choice.fit[i]) if solver.value(taken[i, k])) for i in places]


def _wait(choice: Choice, i: int, k: int) -> int:
    since = choice.last[k]
    return int((choice.days[i] - since) ** 2 - (choice.after - since) ** 2)
