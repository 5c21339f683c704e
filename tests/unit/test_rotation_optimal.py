"""The rotation beside an exact solver: assignments as good, repairs with as few changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from bulletin_study.benchmark.rotation_rows import (
    cost_of,
    random_office,
    rounds_of,
    solve,
)
from bulletin_study.domain.people import Absence, AbsenceKind, Membership, Person, Roster
from bulletin_study.domain.rotation import PlaceState, Plan, Problem, plan, repair
from bulletin_study.domain.rotation.members import Choice, choose
from tests.unit.rotation_offices import problem_of, roster_of, week, weekly

pytestmark = pytest.mark.heavy


# --- the assignment -------------------------------------------------------------------------


def rank(choice: Choice, chosen: list[int]) -> tuple[int, int, int]:
    """What the rules put first, second and third about who speaks where."""
    first = next((i for i, k in enumerate(chosen) if k == choice.head), len(chosen))
    away = sum(choice.away[i] >> k & 1 for i, k in enumerate(chosen))
    return first, cost_of(choice, chosen), away


@pytest.mark.parametrize("seed", range(40))
def test_every_assignment_is_as_good_as_the_solver_s(seed: int) -> None:
    random = Random(seed)
    people, groups = random.randint(6, 200), random.randint(1, 10)
    places = random.randint(4, 120)
    made = rounds_of(random_office(people, groups, places, random.choice([0.0, 0.2, 0.4]), seed))
    assert made
    for choice in made:
        head = next(iter(k for k in range(people) if choice.members >> k & 1), None)
        for wanted in (choice, replace(choice, head=head)):
            assert rank(wanted, choose(wanted)) == rank(wanted, solve(wanted))


def quickest(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return min(taken)


@pytest.mark.parametrize("places", [52, 520])
def test_the_largest_office_costs_alike_and_is_twenty_times_quicker(places: int) -> None:
    made = rounds_of(random_office(200, 10, places, 0.2, seed=places))
    assert [rank(c, choose(c)) for c in made] == [rank(c, solve(c)) for c in made]
    ours = quickest(lambda: [choose(choice) for choice in made])
    theirs = quickest(lambda: [solve(choice) for choice in made])
    assert ours * 20 <= theirs


# --- the repair -----------------------------------------------------------------------------


def disturbed(seed: int) -> tuple[Problem, Problem]:
    """An announced plan of up to three rounds, and the same after one thing happened."""
    random = Random(seed)
    sizes = [random.randint(1, 5) for _ in range(random.randint(2, 6))]
    count = random.randint(sum(sizes) // 2 + 1, 3 * sum(sizes))
    before = problem_of(weekly(count, per_date=random.choice([1, 1, 2])), roster_of(*sizes))
    before = before.announced(plan(before))
    roster = before.roster
    absences = [a for rows in roster.absences.values() for a in rows]
    people, members = list(roster.people.values()), [
        m for spans in roster.memberships.values() for m in spans
    ]  # fmt: skip
    first = random.randint(0, count - 1)
    if seed % 5 == 4:
        people.append(Person(900, "新来", 900, joined=week(first)))
        members.append(Membership(900, 900, random.randint(1, len(sizes))))
    else:
        end = None if seed % 5 == 3 else week(first + random.randint(0, 6))
        who = random.choice(people).id
        absences.append(Absence(900, who, AbsenceKind.POSTED_DOWN, week(first), end))
    after = Roster(people, roster.groups.values(), members, absences)
    return before, replace(before, roster=after)


def least_changes(
    able: list[list[int]], announced: list[int | None], group: dict[int, int],
    wanted: list[int | None],
) -> tuple[int, int] | None:  # fmt: skip
    """By the solver: the fewest places with another speaker, then with another group, if every
    place is served by somebody else; ``None`` when they cannot all be served."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = {(i, k): model.new_bool_var("") for i, people in enumerate(able) for k in people}
    for i, people in enumerate(able):
        model.add_exactly_one(taken[i, k] for k in people)
    for k in {k for _, k in taken}:
        model.add_at_most_one(var for (_, other), var in taken.items() if other == k)
    changed = sum(var for (i, k), var in taken.items() if k != announced[i])
    moved = sum(var for (i, k), var in taken.items() if group[k] != wanted[i])
    model.minimize(changed * (len(able) + 1) + moved)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    found = solver.solve(model)
    assert found in (cp_model.OPTIMAL, cp_model.INFEASIBLE), "the solver proved something"
    if found == cp_model.INFEASIBLE:
        return None
    changes, groups = divmod(round(solver.objective_value), len(able) + 1)
    return changes, groups


@pytest.mark.parametrize("seed", range(200))
def test_a_repair_changes_no_more_than_is_necessary_round_by_round(seed: int) -> None:
    before, after = disturbed(seed)
    made = repair(after)
    announced = {(s.session_id, s.place): s for s in before.slots}
    roster = after.roster
    group = {p.id: roster.group_on(p.id, p.joined or made.first) or 0
             for p in roster.people.values()}  # fmt: skip
    spoken_on: dict[object, set[int]] = {}
    rounds = sorted({p.round for p in made if p.round is not None})
    for number in rounds:
        block = [p for p in made if p.round == number and p.state is PlaceState.PLANNED]

        def able(place: Plan | object, day: object) -> list[int]:
            taken = spoken_on.get(day, set())
            return [k for k in roster.people if roster.available(k, day) and k not in taken]  # type: ignore[arg-type]

        slots = [announced[p.session_id, p.place] for p in block]
        served = [able(p, p.day) for p in block]
        best = least_changes(
            served, [s.speaker_id for s in slots], group, [s.group_id for s in slots]
        )
        mine = (
            sum(p.speaker_id != s.speaker_id for p, s in zip(block, slots, strict=True)),
            sum(group[p.speaker_id or 0] != s.group_id for p, s in zip(block, slots, strict=True)),
        )
        assert mine == best, f"round {number}"
        ahead = [p for p in made if p.round is not None and p.round > number]
        if ahead:
            following = ahead[0]
            pushed = announced[following.session_id, following.place].round or 0
            here = able(following, following.day)
            if pushed <= number:
                extra = [*served, here]
                nobody = [None] * len(extra)
                assert least_changes(extra, list(nobody), group, list(nobody)) is None
            speakers = {p.speaker_id for p in block}
            assert not set(here) - speakers, "somebody still to speak could serve the next place"
        for p in block:
            spoken_on.setdefault(p.day, set()).add(p.speaker_id or 0)
