"""What the window shows about people: the roster and the absences of a period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bulletin_study.domain.people import Absence, MentorKind, Person, Roster, covers
from bulletin_study.domain.sessions import Reflection, SessionStatus, StudySession, Talk
from bulletin_study.usecases.loading import load_roster
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
    roster = load_roster(unit)
    sessions = {s.id: s for s in unit.all(StudySession)}
    last, coming = _talk_days(unit, sessions, day)
    given = _reflections(unit, sessions, day.year)
    rows = []
    for person in roster.people.values():
        row = PersonRow(
            person,
            roster.on_roster(person.id, day),
            next_talk=coming.get(person.id),
            reflections=given.get(person.id, 0),
        )
        row = _with_links(row, roster, day)
        talk = last.get(person.id)
        if talk is not None:
            row = replace(row, last_talk=talk[0], last_round=talk[1])
        rows.append(row)
    return rows


def _with_links(row: PersonRow, roster: Roster, day: date) -> PersonRow:
    """The row with group, pairs and absences as they are that day."""
    person_id = row.person.id
    group = roster.groups.get(roster.group_on(person_id, day) or 0)
    pair = roster.mentor_of(person_id, day)
    partner_id = roster.partner_of(person_id)
    away = roster.absences_on(person_id, day)
    later = [a for a in roster.absences.get(person_id, ()) if a.start > day]
    return replace(
        row,
        group_id=group.id if group else None,
        group_name=group.name if group else "",
        heads_group=group is not None and group.head_id == person_id,
        mentor_id=pair.mentor_id if pair else None,
        mentor_name=roster.people[pair.mentor_id].name if pair else "",
        mentor_kind=pair.kind if pair else None,
        partner_id=partner_id,
        partner_name=roster.people[partner_id].name if partner_id is not None else "",
        absence=next((a for a in away if a.exempts), away[0]) if away else None,
        next_absence=later[0] if later else None,
    )


def _talk_days(
    unit: UnitOfWork, sessions: Mapping[int, StudySession], day: date
) -> tuple[dict[int, tuple[date, int | None]], dict[int, date]]:
    """Per person the last talk held up to the day, with its round, and the next planned one."""
    last: dict[int, tuple[date, int | None]] = {}
    coming: dict[int, date] = {}
    for talk in unit.all(Talk):
        session = sessions[talk.session_id]
        who = talk.speaker_id
        if who is None:
            continue
        if session.status is SessionStatus.HELD and session.day <= day:
            if who not in last or last[who][0] < session.day:
                last[who] = (session.day, talk.round)
        elif session.status.ahead and session.day >= day:
            coming[who] = min(coming.get(who, session.day), session.day)
    return last, coming


def _reflections(unit: UnitOfWork, sessions: Mapping[int, StudySession], year: int) -> Counter[int]:
    """How many reflections each person gave on the year's sessions."""
    return Counter(
        said.person_id
        for said in unit.all(Reflection)
        if said.text and sessions[said.session_id].day.year == year
    )


def absence_rows(unit: UnitOfWork, first: date, last: date) -> list[AbsenceRow]:
    """Absences that touch ``first``–``last``, by 排名 of the person, then start."""
    roster = load_roster(unit)
    ahead = {s.id: s.day for s in unit.all(StudySession) if s.status.ahead}
    talks: dict[int, list[date]] = defaultdict(list)
    for talk in unit.all(Talk):
        if talk.speaker_id is not None and talk.session_id in ahead:
            talks[talk.speaker_id].append(ahead[talk.session_id])
    rows = []
    for person in roster.people.values():
        for absence in roster.absences.get(person.id, ()):
            if absence.start > last or not covers(None, absence.end, first):
                continue
            group = roster.groups.get(roster.group_on(person.id, absence.start) or 0)
            hit = sorted(d for d in talks[person.id] if covers(absence.start, absence.end, d))
            rows.append(AbsenceRow(absence, person, group.name if group else "", tuple(hit)))
    return rows
