"""Timing two things in turn, so that a ratio holds when the machine's speed drifts."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

Timed = Callable[[], float | None]
"""Does the work once. Gives its own milliseconds, or ``None`` to be timed from outside."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the benchmark.

    ``ratio`` is ours ÷ reference (median of the pairs); ``goal`` the largest ratio that
    meets the promise, ``None`` when the reference is missing (``note`` says what to install).
    """

    name: str
    ours: float
    unit: str
    reference: float | None
    reference_name: str
    ratio: float | None
    goal: float | None
    met: bool | None
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def once(work: Timed) -> float:
    """Milliseconds of one run."""
    gc.collect()
    begun = time.perf_counter()
    own = work()
    took = (time.perf_counter() - begun) * 1000
    return took if own is None else own


def compare(
    name: str, ours: Timed, reference: Timed, reference_name: str, goal: float, *, runs: int = 7
) -> Row:
    """Run both in turn and give the medians; one uncounted run each comes first."""
    once(ours)
    once(reference)
    pairs = [(once(ours), once(reference)) for _ in range(runs)]
    ratio = statistics.median(mine / max(theirs, 1e-6) for mine, theirs in pairs)
    return Row(
        name=name,
        ours=round(statistics.median(mine for mine, _ in pairs), 2),
        unit="ms",
        reference=round(statistics.median(theirs for _, theirs in pairs), 2),
        reference_name=reference_name,
        ratio=round(ratio, 2),
        goal=goal,
        met=ratio <= goal,
    )
