"""帮带 and AB岗: who guides whom, who stands in for whom."""

from __future__ import annotations

from datetime import date

from bulletin_study.domain.people import MentorKind
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork


def set_mentor(
    unit: UnitOfWork,
    mentee_id: int,
    mentor_id: int,
    kind: MentorKind = MentorKind.OLD_WITH_NEW,
    start: date | None = None,
) -> Committed:
    """From ``start`` on (``None``: ever) this is the mentee's 帮带人.

    A pair in force ends the day before, one that began on or after ``start`` is replaced.
    Raises ``NotFound``, ``BadValue`` (oneself).
    """
    raise NotImplementedError


def end_mentor(unit: UnitOfWork, mentee_id: int, last_day: date | None = None) -> Committed:
    """The mentee's pair ends on ``last_day`` (``None``: it is deleted, as never was).

    Raises ``NotFound`` (no pair in force), ``EndBeforeStart``.
    """
    raise NotImplementedError


def set_partner(unit: UnitOfWork, person_id: int, partner_id: int | None) -> Committed:
    """``partner_id`` stands in when the person is away (``None``: nobody does).

    Raises ``NotFound``, ``BadValue`` (oneself).
    """
    raise NotImplementedError
