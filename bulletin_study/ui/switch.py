"""The wish to go on with another store. Alone in its module: what asks and what does it are
loaded at different times."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Switch:
    """Which store to go on with: ``formal``, ``sample``, ``reset`` (a fresh sample), or
    ``restore`` (the formal one, taken from the file ``source``)."""

    to: str
    source: Path | None = None

    @property
    def sample(self) -> bool:
        """Whether it leads to the sample office."""
        return self.to in ("sample", "reset")
