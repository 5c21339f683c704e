"""One group in one round: who is still to speak, and an arrangement that serves its dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Bench:
    """``members`` are still to speak (their turn neither taken nor spent by a pin).

    ``places`` are the group's places of this round in order; ``sitter`` and ``seat`` hold
    one arrangement of them (place → person, person → place): proof that there is one.
    Who really speaks where is decided when the round is complete.
    """

    everyone: int = 0
    members: int = 0
    places: list[int] = field(default_factory=list)
    sitter: dict[int, int] = field(default_factory=dict)
    seat: dict[int, int] = field(default_factory=dict)
    seated: int = 0

    def take(self, place: int, able: Sequence[int], date_of: Sequence[int]) -> bool:
        """Hold one place more, if some arrangement serves it together with those held."""
        path = self._path(place, able[date_of[place]], able, date_of)
        if path is None:
            return False
        self._follow(path)
        self.places.append(place)
        return True

    def could_take(
        self, place: int, here: int, able: Sequence[int], date_of: Sequence[int]
    ) -> bool:
        """Whether it could hold the place too if ``here`` were able to serve it."""
        return self._path(place, here, able, date_of) is not None

    def spare(self, k: int, able: Sequence[int], date_of: Sequence[int]) -> bool:
        """Take a member out whose turn is spent by a pin, if the rest can do without him."""
        place = self.seat.get(k)
        self.members &= ~(1 << k)
        if place is None:
            return True
        self._unseat(k)
        path = self._path(place, able[date_of[place]], able, date_of)
        if path is None:
            self.members |= 1 << k
            self._follow([(place, k)])
            return False
        self._follow(path)
        return True

    def spoke(self, k: int) -> None:
        """The member has spoken in this round: history, nothing to arrange."""
        self.members &= ~(1 << k)

    def _path(
        self, place: int, here: int, able: Sequence[int], date_of: Sequence[int]
    ) -> list[tuple[int, int]] | None:
        """An augmenting path from the place: (place, person) moves, or ``None``."""
        came: dict[int, tuple[int, int]] = {}
        unseen = self.members
        queue = [place]
        for at in queue:
            fit = (here if at == place else able[date_of[at]]) & unseen
            free = fit & ~self.seated
            if free:
                return self._trace(came, at, (free & -free).bit_length() - 1, place)
            unseen &= ~fit
            while fit:
                low = fit & -fit
                fit ^= low
                k = low.bit_length() - 1
                came[self.seat[k]] = (at, k)
                queue.append(self.seat[k])
        return None

    @staticmethod
    def _trace(
        came: dict[int, tuple[int, int]], at: int, k: int, start: int
    ) -> list[tuple[int, int]]:
        path = [(at, k)]
        while at != start:
            at, k = came[at]
            path.append((at, k))
        return path

    def _follow(self, path: list[tuple[int, int]]) -> None:
        for place, k in path:
            self.sitter[place] = k
            self.seat[k] = place
            self.seated |= 1 << k

    def _unseat(self, k: int) -> None:
        del self.sitter[self.seat.pop(k)]
        self.seated &= ~(1 << k)
