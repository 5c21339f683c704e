"""One person's figures of a period, made by the function that makes everybody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bulletin_study.domain.attendance import CAME, FIELD_OF, Attendance, Headcount, headcount_of
from bulletin_study.domain.sessions import SessionKind
from bulletin_study.domain.tallies import PersonCount, month_of, session_hours, tally
from bulletin_study.domain.tally_facts import Ahead, CountedSession, Facts, PersonMarks, Rate


@dataclass(frozen=True, slots=True)
class PersonRecords:
    """What one person's figures are made from.

    ``sessions`` are held ones of the period, ``open_ids`` those of them in which anybody is
    未签, ``rows`` the person's own sign-ins at them, the others are numbers of the period;
    ``ahead`` is how many sessions of it are still to come that expect the person.
    """

    sessions: Mapping[int, CountedSession]
    kinds: Mapping[int, SessionKind]
    rows: Sequence[Attendance]
    open_ids: Collection[int] = frozenset()
    talks: int = 0
    comments: int = 0
    reflections: int = 0
    made_up: int = 0
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class PersonTally:
    """One person's figures.

    ``count`` is what the whole office's figures have of the person. ``months`` maps
    "2026-01" to the marks at that month's sessions that expected the person, ``groups`` the
    group of that day (``None``: no group) to the headcount at them. ``hours`` is 学时.
    ``incomplete`` is how many of these sessions stay out of the rates since somebody is 未签.
    """

    count: PersonCount
    months: Mapping[str, PersonMarks] = field(default_factory=dict)
    groups: Mapping[int | None, Headcount] = field(default_factory=dict)
    hours: float = 0.0
    incomplete: int = 0

    @property
    def rates(self) -> tuple[tuple[str, Rate], ...]:
        """The rates so far with what they are called."""
        return (("到会率", self.count.rate), ("在岗到会率", self.count.on_duty_rate))

    @property
    def outlook(self) -> tuple[tuple[str, Rate], ...]:
        """What the sessions ahead can make of 到会率; nothing when none is ahead."""
        if not self.count.ahead:
            return ()
        return (
            ("含计划", self.count.rate_over_planned),
            ("最高可到", self.count.highest_possible),
        )


def hours_credited(session: CountedSession, kinds: Mapping[int, SessionKind],
                   expected_by: Sequence[int]) -> float:  # fmt: skip
    """学时 of one session to somebody who attended it.

    Each session counts once, however many kinds are held together: its own setting, else
    the longest of those kinds that expected the person.
    """
    own = [kinds[kind_id] for kind_id in expected_by if kind_id in kinds]
    return max((session_hours(session, kind) for kind in own), default=0.0)


def tally_person(person_id: int, first: date, last: date, records: PersonRecords) -> PersonTally:
    """The person's figures of the period."""
    rows = [r for r in records.rows if r.expected_by and r.mark in FIELD_OF]
    months: dict[str, list[Attendance]] = defaultdict(list)
    groups: dict[int | None, list[Attendance]] = defaultdict(list)
    for row in rows:
        months[month_of(records.sessions[row.session_id].day)].append(row)
        groups[row.group_id].append(row)

    def marks(own: Sequence[Attendance]) -> PersonMarks:
        inside = [row for row in own if row.session_id not in records.open_ids]
        return PersonMarks(person_id, headcount_of(own), headcount_of(inside))

    facts = Facts(
        sessions=(),
        kinds=(),
        people=(marks(rows),),
        talks_by_person={person_id: records.talks},
        comments_by_person={person_id: records.comments},
        reflections_by_person={person_id: records.reflections},
        made_up_by_person={person_id: records.made_up},
        ahead=Ahead(by_person={person_id: records.ahead}),
    )
    (count,) = tally(first, last, facts).people
    hours = sum(
        hours_credited(records.sessions[r.session_id], records.kinds, r.expected_by)
        for r in rows
        if r.mark in CAME
    )
    return PersonTally(
        count,
        {month: marks(own) for month, own in sorted(months.items())},
        {group: headcount_of(own) for group, own in groups.items()},
        round(hours, 2),
        sum(r.session_id in records.open_ids for r in rows),
    )
