"""What an import would write, collected while the records are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bulletin_study.exchange.imports.lookup import Provisional
from bulletin_study.usecases.importing import UnknownName


@dataclass(slots=True)
class Proposal:
    """Values to put and to remove, names to settle, and notes about the file as a whole.

    ``about`` is what the file belongs to (the session of a sign-in list), for the log.
    """

    ids: Provisional = field(default_factory=Provisional)
    puts: list[object] = field(default_factory=list)
    removes: list[object] = field(default_factory=list)
    unknown: list[UnknownName] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    about: str = ""

    def put(self, *values: object) -> None:
        """Values to insert or replace."""
        self.puts.extend(values)

    def remove(self, values: Iterable[object]) -> None:
        """Values to delete."""
        self.removes.extend(values)
