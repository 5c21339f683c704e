"""补学: what somebody who missed a session reads and writes afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MakeUp:
    """One person's making up of one session: material → note → cleared.

    ``material`` is what was handed out, ``note`` what the person wrote about it. ``due`` is
    the last day for it where one was set by hand. ``cleared`` is the day on which it was
    accepted; until then it is owed.
    """

    id: int
    session_id: int
    person_id: int
    material: str = ""
    note: str = ""
    due: date | None = None
    cleared: date | None = None
