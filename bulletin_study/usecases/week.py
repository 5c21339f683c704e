"""本周: the week's sessions and what each still misses, and what earlier weeks left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.calendar import week_start
from bulletin_study.domain.closing import CheckItem
from bulletin_study.domain.ordinals import Ordinal, ordinals
from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import (
    STUDY,
    ClosingItem,
    OpeningFigure,
    Reflection,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.domain.tally_facts import Rate, SessionMarks, summed
from bulletin_study.usecases.closing import Closing, load_closings
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.make_up_list import OverdueMakeUps, overdue_make_ups
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.sign_in_list import load_sign_in

TREND_LENGTH = 8
_LOOK_BACK = timedelta(days=92)
SPEAKERS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class WeekCard:
    """One session of the week: its checklist, talks by place, sign-in figures, 第N次."""

    closing: Closing
    ordinal: Ordinal | None
    headcount: Headcount
    talks: tuple[Talk, ...]
    lead: str
    host: str

    @property
    def session(self) -> StudySession:
        """The session."""
        return self.closing.session


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something an earlier session still misses: one line of 待完善.

    ``waiting`` are the names of the people it waits for, where that is known.
    """

    closing: Closing
    item: CheckItem
    talk: Talk | None
    waiting: tuple[str, ...] = ()

    @property
    def session(self) -> StudySession:
        """The session."""
        return self.closing.session

    @property
    def kinds(self) -> tuple[SessionKind, ...]:
        """What it was held as."""
        return self.closing.kinds


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """到会率 of one held session without 未签."""

    day: date
    rate: Rate
    official: int


@dataclass(frozen=True, slots=True)
class NextSpeaker:
    """Who speaks next: a talk ahead with its session."""

    session: StudySession
    talk: Talk
    name: str
    group: str
    mentor: str


@dataclass(frozen=True, slots=True)
class Week:
    """One week, Monday to Sunday."""

    monday: date
    today: date
    cards: tuple[WeekCard, ...]
    open_items: tuple[OpenItem, ...]
    trend: tuple[TrendPoint, ...]
    speakers: tuple[NextSpeaker, ...]
    roster: Roster
    make_ups: tuple[OverdueMakeUps, ...] = ()

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def waiting_sessions(self) -> frozenset[int]:
        """The sessions that still wait for something."""
        ids = {item.session.id for item in self.open_items}
        return frozenset(ids | {line.session.id for line in self.make_ups})


def load_week(unit: UnitOfWork, day: date) -> Week:
    """The week containing ``day``, as of today."""
    monday = week_start(day)
    today = unit.services.clock.today()
    roster = load_roster(unit)
    sessions = unit.sessions_between(monday, monday + timedelta(days=6))
    return Week(
        monday=monday,
        today=today,
        cards=_cards(unit, sessions, roster),
        open_items=_open_items(unit, roster),
        trend=_trend(unit),
        speakers=_next_speakers(unit, today, roster),
        roster=roster,
        make_ups=overdue_make_ups(unit, roster),
    )


def _cards(
    unit: UnitOfWork, sessions: Sequence[StudySession], roster: Roster
) -> tuple[WeekCard, ...]:
    if not sessions:
        return ()
    numbers = ordinals(
        unit.all(StudySession), unit.all(SessionKindLink), unit.all(OpeningFigure)
    )
    sign_ins = {session.id: load_sign_in(unit, session.id, roster) for session in sessions}
    expected = {s.id: sign_ins[s.id].headcount for s in sessions if s.status.ahead}
    cards = []
    for session, closing in zip(sessions, load_closings(unit, sessions, expected), strict=True):
        talks = sorted(unit.all(Talk, session_id=session.id), key=lambda t: t.place)
        first_kind = closing.kinds[0].id if closing.kinds else 0
        cards.append(
            WeekCard(
                closing,
                numbers.get((session.id, first_kind)),
                sign_ins[session.id].headcount,
                tuple(talks),
                name_of(roster, session.lead_id, session.lead_name),
                name_of(roster, session.host_id, session.host_name),
            )
        )
    return tuple(cards)


def _open_items(unit: UnitOfWork, roster: Roster) -> tuple[OpenItem, ...]:
    held = [
        s
        for s in unit.all(StudySession, status=SessionStatus.HELD, archived=False)
        if s.expected_total is None or s.series_id is not None
    ]
    today = unit.services.clock.today()
    recent = unit.sessions_between(today - _LOOK_BACK, today)
    # Archived as complete, but something was taken back since: it must not pass for complete.
    held += [s for s in recent if s.archived and not s.waiver]
    held.sort(key=lambda s: (s.day, s.start, s.id))
    unsure = [s for s in recent if s.status.ahead and s.day < today]
    closings = load_closings(unit, held)
    ids = [s.id for s in held]
    talks = {t.id: t for t in unit.all(Talk, session_id=ids)} if ids else {}
    asked: dict[int | None, list[str]] = {}
    for reflection in unit.all(Reflection, session_id=ids) if ids else []:
        person = roster.people.get(reflection.person_id)
        if not reflection.text.strip() and person is not None:
            asked.setdefault(reflection.talk_id, []).append(person.name)
    unheld = CheckItem(ClosingItem.SIGN_IN, 0, 1)
    open_items = [OpenItem(closing, unheld, None) for closing in load_closings(unit, unsure)]
    open_items += [
        OpenItem(
            closing,
            item,
            talks.get(item.talk_id) if item.talk_id is not None else None,
            tuple(asked.get(item.talk_id, ())) if item.talk_id is not None else (),
        )
        for closing in closings
        for item in closing.owed
    ]
    return tuple(sorted(open_items, key=lambda i: (i.closing.session.day, i.closing.session.id)))


def _trend(unit: UnitOfWork) -> tuple[TrendPoint, ...]:
    study = {k.id for k in load_kinds(unit).values() if k.name == STUDY}
    held = [
        s
        for s in unit.counted_sessions(date.min, date.max)
        if s.status is SessionStatus.HELD and study.intersection(s.kind_ids)
    ]
    if not held:
        return ()
    marks: dict[int, list[SessionMarks]] = defaultdict(list)
    for row in unit.marks_by_session(held[0].day, held[-1].day):
        marks[row.session_id].append(row)
    points: list[TrendPoint] = []
    for session in reversed(held):
        count = summed(marks[session.id]) if session.id in marks else Headcount()
        if count.expected and not count.unmarked:
            rate = Rate(count.came, count.expected)
            points.append(TrendPoint(session.day, rate, count.official))
        if len(points) == TREND_LENGTH:
            break
    return tuple(reversed(points))


def _next_speakers(unit: UnitOfWork, today: date, roster: Roster) -> tuple[NextSpeaker, ...]:
    ahead = {
        s.id: s
        for s in unit.sessions_between(today, today + timedelta(days=120))
        if s.status.ahead
    }
    talks = list(unit.all(Talk, session_id=list(ahead))) if ahead else []
    talks.sort(key=lambda t: (ahead[t.session_id].day, ahead[t.session_id].start, t.place))
    found = []
    for talk in talks[:SPEAKERS_AHEAD]:
        session = ahead[talk.session_id]
        speaker = talk.speaker_id
        group_id = roster.group_on(speaker, session.day) if speaker is not None else None
        group = roster.groups[group_id].name if group_id in roster.groups else ""
        found.append(
            NextSpeaker(
                session,
                talk,
                name_of(roster, speaker, talk.guest),
                group,
                name_of(roster, talk.mentor_id, ""),
            )
        )
    return tuple(found)


def name_of(roster: Roster, person_id: int | None, other: str) -> str:
    """A person's name, or the name typed for somebody outside the roster."""
    person = roster.people.get(person_id) if person_id is not None else None
    return person.name if person else other
