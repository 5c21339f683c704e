"""What each kind of import asks of the store, and the comparison it makes.

Everything that is compared with is read through a :class:`StoreReader`, so that applying can
tell whether it is still so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TypeVar

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.errors import Missing, WrongStatus
from bulletin_study.domain.people import (
    AbPair,
    Absence,
    Group,
    Membership,
    MentorPair,
    Person,
    Roster,
)
from bulletin_study.domain.sessions import (
    Reflection,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.exchange.imports.absences import propose_absences
from bulletin_study.exchange.imports.attendance import propose_attendance
from bulletin_study.exchange.imports.lookup import PeopleIndex, group_today
from bulletin_study.exchange.imports.memory import Memory
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.imports.roster.changes import (
    RosterContext,
    RosterStore,
    propose_roster,
)
from bulletin_study.exchange.imports.sessions.changes import (
    SessionContext,
    SessionStore,
    propose_sessions,
)
from bulletin_study.exchange.imports.sessions.plan import PlanStore, propose_plan
from bulletin_study.usecases.importing import ImportOptions, StoreRead
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.sign_in_list import load_sign_in
from bulletin_study.usecases.titles import session_title

T = TypeVar("T")


class StoreReader:
    """Reads values and remembers what it read."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self.reads: list[StoreRead] = []

    def all(self, entity: type[T], **equals: object) -> list[T]:
        """As ``UnitOfWork.all``."""
        values = self._unit.all(entity, **equals)
        self.reads.append(StoreRead(entity, equals, tuple(values)))
        return values


def roster_proposal(
    unit: UnitOfWork, reader: StoreReader, records: Records, options: ImportOptions, memory: Memory
) -> Proposal:
    """People, groups, memberships and pairs."""
    store = RosterStore(
        reader.all(Person),
        reader.all(Group),
        reader.all(Membership),
        reader.all(MentorPair),
        reader.all(AbPair),
    )
    context = RosterContext(
        unit.services.clock.today(),
        options.choices or {},
        memory.names("group"),
        lambda ids: _first_records(unit, ids),
    )
    return propose_roster(records, store, context)


def absences_proposal(
    unit: UnitOfWork, reader: StoreReader, records: Records, options: ImportOptions, memory: Memory
) -> Proposal:
    """Absences."""
    _, people = _people(unit, reader)
    return propose_absences(records, people, reader.all(Absence))


def plan_proposal(
    unit: UnitOfWork, reader: StoreReader, records: Records, options: ImportOptions, memory: Memory
) -> Proposal:
    """The study plan."""
    _, people = _people(unit, reader)
    store = PlanStore(reader.all(StudyPlanItem), reader.all(SessionKind), people)
    return propose_plan(records, store, options.choices or {}, memory.names("kind"))


def sessions_proposal(
    unit: UnitOfWork, reader: StoreReader, records: Records, options: ImportOptions, memory: Memory
) -> Proposal:
    """Past sessions."""
    roster, people = _people(unit, reader)
    sessions = reader.all(StudySession)
    store = SessionStore(
        reader.all(SessionKind),
        sessions,
        reader.all(SessionKindLink),
        reader.all(Talk),
        _signed_in(unit, sessions),
        roster,
        people,
    )
    context = SessionContext(
        unit.services.clock.today(), options.choices or {}, memory.names("kind")
    )
    return propose_sessions(records, store, context)


def attendance_proposal(
    unit: UnitOfWork, reader: StoreReader, records: Records, options: ImportOptions, memory: Memory
) -> Proposal:
    """One session's sign-in. Raises ``Missing``, ``NotFound``, ``WrongStatus``."""
    if options.session_id is None:
        raise Missing("场次")
    sign_in = load_sign_in(unit, options.session_id)
    if sign_in.session.status is SessionStatus.CANCELLED:
        raise WrongStatus(session_title(sign_in.session, sign_in.kinds), "已取消", "签到")
    _, people = _people(unit, reader)
    reader.all(StudySession, id=options.session_id)
    reader.all(SessionKindLink, session_id=options.session_id)
    reader.all(Attendance, session_id=options.session_id)
    reader.all(Absence)
    proposal = propose_attendance(records, sign_in, people)
    proposal.about = session_title(sign_in.session, sign_in.kinds)
    return proposal


def _people(unit: UnitOfWork, reader: StoreReader) -> tuple[Roster, PeopleIndex]:
    roster = Roster(
        reader.all(Person),
        reader.all(Group),
        reader.all(Membership),
        mentor_pairs=reader.all(MentorPair),
    )
    index = PeopleIndex(roster.people.values(), group_today(roster, unit.services.clock.today()))
    return roster, index


def _signed_in(unit: UnitOfWork, sessions: Collection[StudySession]) -> set[int]:
    """Sessions with personal marks, among those that took place or whose day has come."""
    if not sessions:
        return set()
    first, last = min(s.day for s in sessions), max(s.day for s in sessions)
    return {marks.session_id for marks in unit.marks_by_session(first, last)}


def _first_records(unit: UnitOfWork, ids: Collection[int]) -> Mapping[int, date]:
    """The first day on which an absence, mark, talk or reflection names each of the people."""
    wanted = list(ids)
    named: list[tuple[int, int]] = [
        (row.person_id, row.session_id)
        for row in unit.all(Attendance, person_id=wanted)
        if row.mark is not None and not row.premarked
    ]
    named += [(t.speaker_id or 0, t.session_id) for t in unit.all(Talk, speaker_id=wanted)]
    named += [(r.person_id, r.session_id) for r in unit.all(Reflection, person_id=wanted)]
    day_of = {s.id: s.day for s in unit.all(StudySession)} if named else {}
    days = [(person_id, day_of[session_id]) for person_id, session_id in named]
    days += [(a.person_id, a.start) for a in unit.all(Absence, person_id=wanted)]
    first: dict[int, date] = {}
    for person_id, day in days:
        first[person_id] = min(first.get(person_id, day), day)
    return first
