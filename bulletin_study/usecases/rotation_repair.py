"""每周一讲 after it was announced: what leave, a posting or a newcomer changes, and no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from bulletin_study.domain.errors import Stale
from bulletin_study.domain.rotation import (
    Breach,
    PlaceState,
    Plan,
    PlannedPlace,
    Problem,
    chains,
    check,
    repair,
)
from bulletin_study.domain.sessions import Talk
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation import (
    agreed_titles,
    emptied,
    filled,
    load_problem,
    load_talks,
    put_planned,
    talk_at,
)
from bulletin_study.usecases.rotation_order import with_order_yielding


@dataclass(frozen=True, slots=True)
class Mending:
    """A repair to be looked at: the plan, and its changes in ``chains`` that stand alone.

    ``problem`` is what was announced. Nothing is saved.
    """

    problem: Problem
    plan: Plan
    chains: tuple[tuple[PlannedPlace, ...], ...]

    @property
    def idle(self) -> bool:
        """Whether what is saved stays as it is."""
        return not self.chains and not any(place.reasons for place in self.plan)

    def taken(self, chosen: Collection[int] | None = None) -> Plan:
        """The plan with the changes of these chains only (``None``: of all)."""
        if chosen is None:
            return self.plan
        left = {
            (p.session_id, p.place)
            for number, chain in enumerate(self.chains)
            if number not in chosen
            for p in chain
        }
        places = [p for p in self.plan if (p.session_id, p.place) not in left]
        return replace(self.plan, places=tuple(places))

    def breaches(self, chosen: Collection[int] | None = None) -> list[Breach]:
        """What would still break the rules with these chains taken."""
        return [b for b in check(self.problem.announced(self.taken(chosen))) if not b.accepted]


def propose_repair(unit: UnitOfWork, first: date, last: date = date.max) -> Mending:
    """Mend what is announced from ``first`` to ``last`` with the fewest changes.

    Nothing is saved. Raises ``EndBeforeStart``.
    """
    problem = load_problem(unit, first, last)
    ahead = [s.day for s in problem.slots if problem.is_open(s) and s.speaker_id is not None]
    problem = replace(problem, last=max(ahead, default=first))
    mended = repair(problem)
    return Mending(problem, mended, chains(mended, problem))


def apply_repair(
    unit: UnitOfWork, proposed: Mending, chosen: Collection[int] | None = None
) -> Committed:
    """Save a repair as one operation: all of it, or the chains with these numbers.

    A title agreed with a speaker goes with him. Raises ``Stale`` when people, leave or talks
    have changed since it was proposed.
    """
    problem = proposed.problem
    if propose_repair(unit, problem.first, problem.last).plan != proposed.plan:
        raise Stale("轮讲安排")
    taken = proposed.taken(chosen)
    talks = load_talks(unit)
    agreed = agreed_titles(taken.places, talks)
    wanted: list[Talk] = []
    for place in taken:
        old = talk_at(talks, place.session_id, place.place)
        if old is None or place.was_id is None:
            continue
        if place.kept:
            wanted.append(_kept(old, place))
        elif place.state is PlaceState.PLANNED:
            wanted.append(filled(old, place, agreed))
        elif place.state is PlaceState.EMPTY:
            wanted.append(emptied(old, place))
    put_planned(unit, wanted)
    return unit.commit(_label(taken))


def _kept(old: Talk, place: PlannedPlace) -> Talk:
    """The speaker stays; the round may be another, and the order may have yielded."""
    told = with_order_yielding(old, place.reasons[0].group_id) if place.reasons else old
    return replace(told, round=place.round)


def _label(taken: Plan) -> str:
    changed = [place for place in taken if place.changed]
    if not changed:
        return "讲课安排照公布的办"
    days = _days(place.day for place in changed)
    return f"调整公布的讲课安排：改 {len(changed)} 位（{days}）"


def _days(days: Iterable[date]) -> str:
    several = [f"{day:%m-%d}" for day in dict.fromkeys(days)]
    return "、".join(several[:4]) + ("等" if len(several) > 4 else "")
