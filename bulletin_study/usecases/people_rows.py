"""What the window shows about people: the roster and the absences of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.people import Absence, MentorKind, Person
from bulletin_study.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person on one day.

    ``on_roster`` is false before 入部日期 and after leaving. ``absence`` covers the day,
    ``next_absence`` is the first to begin after it. ``last_talk`` was held up to the day,
    ``next_talk`` is planned from the day on. ``reflections`` counts the given ones of the
    day's year.
    """

    person: Person
    on_roster: bool
    group_id: int | None = None
    group_name: str = ""
    heads_group: bool = False
    mentor_id: int | None = None
    mentor_name: str = ""
    mentor_kind: MentorKind | None = None
    partner_id: int | None = None
    partner_name: str = ""
    absence: Absence | None = None
    next_absence: Absence | None = None
    last_talk: date | None = None
    last_round: int | None = None
    next_talk: date | None = None
    reflections: int = 0

    @property
    def in_rotation(self) -> bool:
        """Whether the person takes turns at 每周一讲."""
        return self.on_roster and self.person.in_rotation


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One absence that touches a period; ``talks`` are planned ones it gets in the way of."""

    absence: Absence
    person: Person
    group_name: str = ""
    talks: tuple[date, ...] = ()


def roster_rows(unit: UnitOfWork, day: date) -> list[PersonRow]:
    """Everybody ever on the roster, as of that day, by 排名."""
    raise NotImplementedError


def absence_rows(unit: UnitOfWork, first: date, last: date) -> list[AbsenceRow]:
    """Absences that touch ``first``–``last``, by 排名 of the person, then start."""
    raise NotImplementedError
