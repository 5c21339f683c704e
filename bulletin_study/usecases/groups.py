"""组室: their turn order, heads, 分管领导, and who moves where and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bulletin_study.domain.people import Group
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork


def add_group(unit: UnitOfWork, name: str) -> Committed:
    """Add a group, last in the turn order. Raises ``Missing``, ``Duplicate``."""
    raise NotImplementedError


def rename_group(unit: UnitOfWork, original: Group, name: str) -> Committed:
    """Give a group another name. Raises ``Missing``, ``Duplicate``, ``Stale``."""
    raise NotImplementedError


def remove_group(unit: UnitOfWork, group: Group) -> Committed:
    """Delete a group nobody is or was in.

    Raises ``GroupNotEmpty``, ``InUse`` (a kind expects it), ``Stale``.
    """
    raise NotImplementedError


def order_groups(unit: UnitOfWork, group_ids: Sequence[int]) -> Committed:
    """Number 组序 1, 2, 3 … in the given order; groups not named follow in theirs."""
    raise NotImplementedError


def move_group(unit: UnitOfWork, group_id: int, steps: int) -> Committed:
    """Move a group up (negative) or down the turn order. Raises ``NotFound``."""
    raise NotImplementedError


def set_head(unit: UnitOfWork, group_id: int, person_id: int | None) -> Committed:
    """Make somebody 组长 of a group (``None``: nobody); the former head becomes 组员.

    Raises ``NotFound``, ``WrongRole`` when the person is in another group.
    """
    raise NotImplementedError


def set_leader(unit: UnitOfWork, group_id: int, person_id: int | None) -> Committed:
    """Set the 分管领导 of a group. Raises ``NotFound``, ``WrongRole`` (not 部领导)."""
    raise NotImplementedError


def move_person(unit: UnitOfWork, person_id: int, group_id: int | None, start: date) -> Committed:
    """From ``start`` on the person belongs to that group (``None``: to no group).

    The old membership ends the day before; earlier days stay as they were. Raises
    ``NotFound``, ``BeforeEntry`` (a day before 入部日期 or after leaving).
    """
    raise NotImplementedError
