"""Fresh ids, never given out twice: a counter for each entity, kept with the rows."""

from __future__ import annotations

from collections.abc import Iterable

from bulletin_study.storage.engine import Database


class IdCounter:
    """The counters as one unit of work moves them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fresh_to: dict[str, int] = {}

    def take(self, entity: str, count: int) -> range:
        """So many ids that nothing ever had, not even something since removed."""
        ((end,),) = self._database.run(
            "INSERT INTO id_counter (entity, next) VALUES (?, 1 + ?)"
            " ON CONFLICT (entity) DO UPDATE SET next = next + ? RETURNING next",
            (entity, count, count),
        )
        self._fresh_to[entity] = end
        return range(end - count, end)

    def pass_over(self, entity: str, added: Iterable[int]) -> None:
        """Move the counter past ids of new rows that were not taken from it."""
        last = max(added, default=0)
        if last and last >= self._fresh_to.get(entity, 0):
            self._database.run(
                "INSERT INTO id_counter (entity, next) VALUES (?, ?) ON CONFLICT (entity)"
                " DO UPDATE SET next = max(next, excluded.next)",
                (entity, last + 1),
            )
