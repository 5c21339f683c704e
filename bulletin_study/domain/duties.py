"""Duties around a talk rotate fairly: who comments, who says what they learned.

Fewest first, longest wait first. Somebody new, or back after a long time away, joins where
the others stand: he is neither asked again and again to catch up, nor let off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Served:
    """One occasion: who could have had the duty that day, and who had it."""

    day: date
    able: AbstractSet[int]
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Somebody drawn: how often he has had the duty, and when last (``None``: never)."""

    person_id: int
    times: int = 0
    last: date | None = None


@dataclass(slots=True)
class Standing:
    """Everybody's turns so far. ``floor`` is how many all who could be asked have had.

    A turn counts from the floor of that day at least: who was not there when the others had
    theirs owes none of them.
    """

    floor: int = 0
    had: dict[int, int] = field(default_factory=dict)
    times: dict[int, int] = field(default_factory=dict)
    last: dict[int, date] = field(default_factory=dict)

    def level(self, person_id: int) -> int:
        """Turns had, at least as many as the floor."""
        return max(self.had.get(person_id, 0), self.floor)

    def serve(self, served: Served) -> None:
        """Take one occasion in; occasions come by date."""
        self.floor = min(map(self.level, served.able), default=self.floor)
        for person_id in served.people:
            self.had[person_id] = self.level(person_id) + 1
            self.times[person_id] = self.times.get(person_id, 0) + 1
            self.last[person_id] = served.day


def standing(past: Iterable[Served]) -> Standing:
    """How everybody stands after these occasions, in whatever order they are given."""
    found = Standing()
    for served in sorted(past, key=lambda one: one.day):
        found.serve(served)
    return found


def draw(
    able: Sequence[int],
    stands: Standing,
    count: int,
    group_of: Mapping[int, int | None],
    used: AbstractSet[int | None] = frozenset(),
) -> tuple[Drawn, ...]:
    """Up to ``count`` of ``able`` (given by 排名): fewest turns, then longest wait, then 排名.

    At most one a group while others can, ``used`` being the groups that somebody is named
    from already; people without a group are no group.
    """
    queue = sorted(able, key=lambda k: (stands.level(k), stands.last.get(k, date.min)))
    chosen: list[int] = []
    groups = set(used) - {None}
    for alone in (True, False):
        for k in queue:
            group = group_of.get(k)
            if len(chosen) >= count or k in chosen or (alone and group in groups):
                continue
            chosen.append(k)
            if group is not None:
                groups.add(group)
    return tuple(Drawn(k, stands.times.get(k, 0), stands.last.get(k)) for k in chosen)
