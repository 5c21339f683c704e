"""不在岗: who is away from when to when. Overlapping ones are all kept."""

from __future__ import annotations

from datetime import date

from bulletin_study.domain.people import Absence
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork


def add_absence(unit: UnitOfWork, absence: Absence) -> Committed:
    """Record an absence; ``absence.id`` is ignored.

    Raises ``NotFound`` (person), ``EndBeforeStart``, ``BeforeEntry``, ``Duplicate`` (the
    very same one is already there).
    """
    raise NotImplementedError


def edit_absence(unit: UnitOfWork, original: Absence, edited: Absence) -> Committed:
    """Change an absence. Raises as :func:`add_absence`, and ``Stale``."""
    raise NotImplementedError


def end_absence(unit: UnitOfWork, absence_id: int, last_day: date) -> Committed:
    """The person is back after ``last_day``. Raises ``NotFound``, ``EndBeforeStart``."""
    raise NotImplementedError


def remove_absence(unit: UnitOfWork, absence: Absence) -> Committed:
    """Delete an absence entered by mistake. Raises ``Stale``."""
    raise NotImplementedError
