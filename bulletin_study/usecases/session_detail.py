"""One session with everything that its form shows, and what a new one begins with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bulletin_study.domain.attendance import Headcount, Mark
from bulletin_study.domain.calendar import Calendar
from bulletin_study.domain.clashes import ClashNote
from bulletin_study.domain.people import Person, Roster
from bulletin_study.domain.series import end_time
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudyPlanItem,
    StudySession,
)
from bulletin_study.usecases.clashing import find_clashes
from bulletin_study.usecases.closing import Closing, closing_of
from bulletin_study.usecases.holidays import calendar_between
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.schedule import NewSeries
from bulletin_study.usecases.series_edit import series_of
from bulletin_study.usecases.session_list import SessionRow, list_sessions
from bulletin_study.usecases.sign_in_list import load_sign_in
from bulletin_study.usecases.study_plan import planned_for
from bulletin_study.usecases.venues import past_venues


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on the roster that day, with the group of that day."""

    person: Person
    group: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the fields of a form offer."""

    people: tuple[Candidate, ...]
    kinds: tuple[SessionKind, ...]
    venues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionDetail:
    """``clashes`` and ``day_off`` (why the office does not work that day; "" if it does)
    only while the session is still ahead; ``exempt`` counts 免到; ``plan`` is the planned
    theme it came from.
    """

    row: SessionRow
    headcount: Headcount
    exempt: int
    closing: Closing
    choices: Choices
    clashes: tuple[ClashNote, ...]
    day_off: str
    series: NewSeries | None
    plan: StudyPlanItem | None

    @property
    def session(self) -> StudySession:
        """The stored session."""
        return self.row.session


@dataclass(frozen=True, slots=True)
class SessionStart:
    """What the form of a new session shows; ``plan_theme`` waits for that week in the plan."""

    draft: StudySession
    kind_ids: tuple[int, ...]
    choices: Choices
    day_off: str
    plan_theme: str


def load_detail(unit: UnitOfWork, session_id: int) -> SessionDetail:
    """Everything about one session. Raises ``NotFound``."""
    session = require(unit, StudySession, "场次", session_id)
    rows = list_sessions(unit, session.day, session.day)
    row = next(one for one in rows if one.session.id == session_id)
    sign_in = load_sign_in(unit, session_id)
    ahead = session.status.ahead
    kind_ids = tuple(kind.id for kind in row.kinds)
    plan = unit.all(StudyPlanItem, session_id=session_id)
    return SessionDetail(
        row,
        sign_in.headcount,
        sum(one.mark is Mark.EXEMPT for one in sign_in.rows),
        closing_of(unit, sign_in),
        load_choices(unit, session.day, sign_in.roster),
        find_clashes(unit, [(session, kind_ids)]) if ahead else (),
        day_off(calendar_between(unit, session.day, session.day), session.day) if ahead else "",
        series_of(unit, session_id) if session.series_id is not None else None,
        plan[0] if plan else None,
    )


def load_start(unit: UnitOfWork, kind_id: int, day: date | None) -> SessionStart:
    """A session of this kind like its last one: on ``day``, or a week after the last.

    Raises ``NotFound`` for an unknown kind.
    """
    require(unit, SessionKind, "活动类型", kind_id)
    last = _last(unit, kind_id)
    today = unit.services.clock.today()
    wanted = day or _next_day(last, today)
    start, minutes = (last.start, last.minutes or 60) if last else (time(9), 60)
    draft = StudySession(0, wanted, start, end_time(datetime.combine(wanted, start), minutes))
    if last is not None:
        draft = replace(draft, venue=last.venue, form=last.form, talk_places=last.talk_places)
    return SessionStart(
        draft,
        (kind_id,),
        load_choices(unit, wanted),
        day_off(calendar_between(unit, wanted, wanted), wanted),
        _planned_theme(unit, kind_id, wanted),
    )


def day_off(calendar: Calendar, day: date) -> str:
    """Why the office does not work on a day: 国庆节放假, 周末, 放假日; "" on a workday."""
    if calendar.is_workday(day):
        return ""
    name = calendar.name(day)
    return f"{name}放假" if name else "周末" if day.weekday() >= 5 else "放假日"


def why_day_off(unit: UnitOfWork, day: date) -> str:
    """The same for one day of the office's calendar."""
    return day_off(calendar_between(unit, day, day), day)


def load_choices(unit: UnitOfWork, day: date, roster: Roster | None = None) -> Choices:
    """Whom, which kinds and which venues a form about that day offers."""
    roster = roster or load_roster(unit)
    people = []
    for person in roster.on(day):
        group = roster.groups.get(roster.group_on(person.id, day) or 0)
        people.append(Candidate(person, group.name if group else str(person.role)))
    kinds = tuple(kind for kind in load_kinds(unit).values() if not kind.retired)
    return Choices(tuple(people), kinds, past_venues(unit))


def _last(unit: UnitOfWork, kind_id: int) -> StudySession | None:
    ids = [link.session_id for link in unit.all(SessionKindLink, kind_id=kind_id)]
    sessions = unit.all(StudySession, id=ids) if ids else []
    kept = [s for s in sessions if s.status is not SessionStatus.CANCELLED]
    return max(kept, key=lambda s: (s.day, s.start, s.id), default=None)


def _next_day(last: StudySession | None, today: date) -> date:
    """A week after the last one was planned for, and not before today."""
    if last is None:
        return today
    day = (last.occurrence or last.moved_from or last.day) + timedelta(weeks=1)
    while day < today:
        day += timedelta(weeks=1)
    return day


def _planned_theme(unit: UnitOfWork, kind_id: int, day: date) -> str:
    waiting = [i for i in unit.all(StudyPlanItem, kind_id=kind_id) if i.session_id is None]
    exact = [i for i in waiting if i.day == day]
    week = [i for i in waiting if i.day is None and i.week is not None
            and timedelta() <= day - i.week < timedelta(weeks=1)]  # fmt: skip
    found = sorted(exact or week, key=lambda i: (planned_for(i), i.id))
    return found[0].theme if found else ""
