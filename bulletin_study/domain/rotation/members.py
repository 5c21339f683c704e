"""Who of a group speaks at which of its places: head first, longest wait, mentor on duty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from bulletin_study.domain.rotation.assignment import FORBIDDEN, cheapest
from bulletin_study.domain.rotation.bench import Bench
from bulletin_study.domain.rotation.board import bits


@dataclass(frozen=True, slots=True)
class Choice:
    """One group's places of a round, waiting for people.

    ``days``: the date of each place, in order; ``fit``: who could serve each, as sets;
    ``away``: those of them whose 帮带人 is not on duty. ``last``: per person the day the
    wait counts from. ``after``: the day after the round's last place, on which those left
    without a place count as speaking. ``head``: who takes the first place he can serve.
    """

    days: Sequence[int]
    fit: Sequence[int]
    away: Sequence[int]
    members: int
    last: Sequence[int]
    after: int
    head: int | None = None


def choose(choice: Choice) -> list[int]:
    """The member for each place.

    The head takes the first place that leaves an arrangement for the rest. Then the sum of
    (days waited)² over all members is least, then the number of places whose speaker's
    帮带人 is away, and among equals the better 排名 comes at the earlier place.

    Raises ``ValueError`` when the places cannot all be served.
    """
    fit = _head_first(choice)
    crew = list(bits(choice.members))
    if len(crew) < len(choice.days):
        raise ValueError("more places than people")
    last = [choice.last[k] for k in crew]
    # Waits decide before mentors: one day² outweighs every mentor together.
    unit = len(choice.days) + 1
    costs: list[list[int]] = []
    doubled = [(k, 2 * since) for k, since in zip(crew, last, strict=True)]
    for place, day in enumerate(choice.days):
        fits, away = fit[place], choice.away[place]
        # (day − since)² − (after − since)², in one product.
        gap, both = (day - choice.after) * unit, day + choice.after
        costs.append(
            [
                gap * (both - twice) + (away >> k & 1) if fits >> k & 1 else FORBIDDEN
                for k, twice in doubled
            ]
        )
    idle = [0] * len(crew)
    costs.extend(idle for _ in range(len(crew) - len(costs)))
    guess, potentials = _by_wait(choice, last, unit)
    columns = cheapest(costs, guess, potentials, len(choice.days))
    return [crew[column] for column in columns[: len(choice.days)]]


def _by_wait(choice: Choice, last: Sequence[int], unit: int) -> tuple[list[int], list[int]]:
    """The answer if everybody could serve every date: longest wait first; with potentials.

    Setting (day − since)² against (after − since)², what remains of a cell is
    2 · since · (after − day): a product, so sorting by both is optimal, and the potentials
    are partial sums. Cells that are forbidden or cost a mentor are only dearer.
    """
    order = sorted(range(len(last)), key=lambda c: last[c])
    potentials = [0] * len(last)
    total = 0
    for at in range(min(len(order), len(choice.days)) - 1, -1, -1):
        if at + 1 < len(order):
            rest = choice.after - choice.days[at]
            total -= 2 * rest * (last[order[at + 1]] - last[order[at]])
        potentials[order[at]] = total * unit
    return order, potentials


def _head_first(choice: Choice) -> list[int]:
    """``fit`` with the head bound to the first place he can have, if he is a member."""
    head = choice.head
    if head is None or not choice.members >> head & 1:
        return list(choice.fit)
    rest = [people & ~(1 << head) for people in choice.fit]
    for place, people in enumerate(choice.fit):
        if people >> head & 1 and servable([*rest[:place], *rest[place + 1 :]]):
            rest[place] = 1 << head
            return rest
    return list(choice.fit)


def servable(fit: Sequence[int]) -> bool:
    """Whether different people can serve all places (``fit``: the set for each)."""
    bench = Bench(members=reduce(or_, fit, 0))
    return all(bench.take(place, fit, range(len(fit))) for place in range(len(fit)))
