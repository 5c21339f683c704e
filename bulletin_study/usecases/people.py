"""Add, change and remove people, let them leave, and keep their 排名."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bulletin_study.domain.people import Person
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork


def add_person(unit: UnitOfWork, person: Person, group_id: int | None = None) -> Committed:
    """Put a person on the roster, in a group from 入部日期 on. ``person.id`` is ignored.

    A ``rank`` of 0 means after everybody; pinyin is filled in when empty. Raises
    ``Missing`` (no name), ``Duplicate`` (工号), ``EndBeforeStart``, ``NotFound`` (group).
    """
    raise NotImplementedError


def edit_person(unit: UnitOfWork, original: Person, edited: Person) -> Committed:
    """Change a person; ``original`` is what the form showed.

    Pinyin follows a changed name unless it was edited too. A changed last day moves the end
    of the memberships with it. Raises ``Stale``, ``Missing``, ``Duplicate``,
    ``EndBeforeStart``, and ``BeforeEntry`` when records lie outside the new span.
    """
    raise NotImplementedError


def remove_person(unit: UnitOfWork, person: Person) -> Committed:
    """Delete somebody entered by mistake, with memberships and pairs.

    Raises ``InUse`` when a record hangs on the person (let him leave instead), ``Stale``.
    """
    raise NotImplementedError


def leave(unit: UnitOfWork, person_id: int, last_day: date) -> Committed:
    """The person leaves the office after ``last_day``: memberships and pairs end with it.

    Raises ``NotFound``, ``EndBeforeStart``, ``BeforeEntry`` (a record after that day).
    """
    raise NotImplementedError


def move_rank(unit: UnitOfWork, person_id: int, steps: int) -> Committed:
    """Move a person up (negative) or down the 排名 by so many places, past whom it takes."""
    raise NotImplementedError


def order_people(unit: UnitOfWork, person_ids: Sequence[int]) -> Committed:
    """Number 排名 1, 2, 3 … in the given order; people not named keep theirs, after it."""
    raise NotImplementedError


def renumber(unit: UnitOfWork) -> Committed:
    """Close the gaps: 排名 1, 2, 3 … in the present order, leaders first."""
    raise NotImplementedError
