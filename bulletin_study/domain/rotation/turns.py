"""Whose turn it is: the order of the groups, and the turns they are owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Turns:
    """The group order as it stands.

    Groups are numbered by 组序. ``at`` is the group asked next in strict order; ``owed``
    are the groups owed one turn, oldest first (a group is owed one at most, however often
    it was passed over meanwhile); ``had`` are the turns had in the running round.
    """

    groups: int
    spread: bool = False
    at: int = 0
    owed: list[int] = field(default_factory=list)
    had: dict[int, int] = field(default_factory=dict)

    def asked(self, sizes: Mapping[int, int]) -> list[int]:
        """The groups in the order in which they are asked for the next place.

        ``sizes``: people of each group in this round; groups without any are not asked.
        """
        if self.spread:
            others = sorted(range(self.groups), key=lambda g: (self._share(g, sizes), g))
        else:
            others = [*range(self.at, self.groups), *range(self.at)]
        queue = [*self.owed, *(g for g in others if g not in self.owed)]
        return [g for g in queue if sizes.get(g)]

    def _share(self, group: int, sizes: Mapping[int, int]) -> float:
        """(turns had + ½) ÷ members."""
        size = sizes.get(group, 0)
        return (self.had.get(group, 0) + 0.5) / size if size else float("inf")

    def pass_over(self, group: int) -> None:
        """The group could not take its turn and is owed it."""
        if group not in self.owed:
            self.owed.append(group)

    def take(self, group: int) -> None:
        """The group takes a turn: the one it is owed, or the one in the order."""
        if group in self.owed:
            self.owed.remove(group)
        else:
            self.at = (group + 1) % self.groups
        self.had[group] = self.had.get(group, 0) + 1

    def new_round(self) -> None:
        """Turns are counted by round; order and debts go on."""
        self.had = {}
