"""Everything about one person in one place: figures, what is behind them, what is ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.people import Absence, Membership, Person, Roster
from bulletin_study.domain.person_tally import PersonTally
from bulletin_study.usecases.make_up_list import MakeUpLine
from bulletin_study.usecases.person_ahead import Duty, load_duties
from bulletin_study.usecases.person_lines import (
    AttendedLine,
    Commented,
    Companion,
    GivenTalk,
    Said,
)
from bulletin_study.usecases.person_reading import PersonReader
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.settings import PERSON_RATE, read_option


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person as of ``today`` over ``first``–``last``; lists have the latest first.

    ``before`` and ``after`` are the neighbours by 排名. ``memberships`` and ``absences`` are
    the whole history, whatever the period. ``limit`` is the 到会率 in per cent under which one
    is reminded of.
    """

    person: Person
    today: date
    first: date
    last: date
    roster: Roster
    tally: PersonTally
    attended: tuple[AttendedLine, ...] = ()
    talks: tuple[GivenTalk, ...] = ()
    said: tuple[Said, ...] = ()
    comments: tuple[Commented, ...] = ()
    make_ups: tuple[MakeUpLine, ...] = ()
    companions: tuple[Companion, ...] = ()
    duties: tuple[Duty, ...] = ()
    before: int | None = None
    after: int | None = None
    limit: int = PERSON_RATE.default

    @property
    def group_name(self) -> str:
        """The group today; on the last day for who has left."""
        day = self.today
        if self.person.left is not None and self.person.left < day:
            day = self.person.left
        return self.name_of_group(self.roster.group_on(self.person.id, day))

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """Groups, the latest first."""
        return tuple(reversed(self.roster.memberships.get(self.person.id, ())))

    @property
    def absences(self) -> tuple[Absence, ...]:
        """不在岗, the latest first."""
        return tuple(reversed(self.roster.absences.get(self.person.id, ())))

    @property
    def absence(self) -> Absence | None:
        """What keeps the person away today."""
        return next(iter(self.roster.absences_on(self.person.id, self.today)), None)

    def name_of_group(self, group_id: int | None) -> str:
        """A group's name; "" for none."""
        group = self.roster.groups.get(group_id) if group_id is not None else None
        return group.name if group else ""


def load_person(unit: UnitOfWork, person_id: int, first: date, last: date) -> PersonPage:
    """The page of a person. Figures are of ``first``–``last``. Raises ``NotFound``."""
    person = require(unit, Person, "人员", person_id)
    reader = PersonReader(unit, person_id, first, last)
    today = unit.services.clock.today()
    before, after = _neighbours(reader.roster, person_id, today)
    talks, said, comments = reader.talks(), reader.said(), reader.comments()
    make_ups = reader.make_ups()
    return PersonPage(
        person,
        today,
        first,
        last,
        reader.roster,
        reader.tally(talks, said, comments, make_ups),
        reader.attended(),
        talks,
        said,
        comments,
        make_ups,
        _companions(reader.roster, person_id),
        load_duties(unit, reader.roster, reader.kinds, person_id, today),
        before,
        after,
        read_option(unit, PERSON_RATE),
    )


def _neighbours(
    roster: Roster, person_id: int, today: date
) -> tuple[int | None, int | None]:
    order = [p.id for p in roster.people.values() if roster.on_roster(p.id, today)
             or p.id == person_id]  # fmt: skip
    at = order.index(person_id)
    return (
        order[at - 1] if at else None,
        order[at + 1] if at + 1 < len(order) else None,
    )


def _companions(roster: Roster, person_id: int) -> tuple[Companion, ...]:
    found = []
    for pair in reversed(roster.mentor_pairs):
        if pair.mentee_id == person_id:
            other, words = pair.mentor_id, f"帮带人（{pair.kind}）"
        elif pair.mentor_id == person_id:
            other, words = pair.mentee_id, f"帮带（{pair.kind}）"
        else:
            continue
        found.append(Companion(words, roster.people[other], pair.start, pair.end))
    partners = {
        ab.partner_id if ab.person_id == person_id else ab.person_id: None
        for ab in roster.ab_pairs
        if person_id in (ab.person_id, ab.partner_id)
    }
    found += [Companion("AB岗", roster.people[other]) for other in partners]
    return tuple(found)
