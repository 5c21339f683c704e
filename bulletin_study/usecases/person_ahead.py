"""What waits for one person: sessions to come, talks, 领学 and the like, reflections owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bulletin_study.domain.attendance import in_audience, premark
from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import (
    Reflection,
    SessionKind,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.usecases.person_lines import Meeting, load_meetings
from bulletin_study.usecases.ports import UnitOfWork

AHEAD = timedelta(days=30)
"""How far ahead sessions that merely expect somebody are told; duties at any distance."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One session with what it asks of the person, in words.

    Without words it merely expects the person. ``place`` is the place to speak at. ``owed``
    is a reflection asked for and not given; such a line is of a session held. ``away`` says
    why the person will not be there.
    """

    meeting: Meeting
    words: tuple[str, ...]
    place: int | None = None
    owed: Reflection | None = None
    away: str = ""

    @property
    def own(self) -> bool:
        """Whether there is more to do than to come."""
        return bool(self.words)


def load_duties(
    unit: UnitOfWork,
    roster: Roster,
    kinds: Mapping[int, SessionKind],
    person_id: int,
    today: date,
) -> tuple[Duty, ...]:
    """Reflections owed, the oldest first; what is to be done, the next first; what to come to."""
    owed = _owed(unit, kinds, person_id)
    ahead = [s for s in unit.sessions_between(today, date.max) if s.status.ahead]
    known = load_meetings(unit, kinds, [session.id for session in ahead])
    talks = {t.session_id: t for t in unit.all(Talk, speaker_id=person_id)}
    duties = []
    for session in ahead:
        talk, meeting = talks.get(session.id), known[session.id]
        words = _words(session, talk, person_id)
        near = session.day <= today + AHEAD
        if words or (near and _expected(roster, meeting, person_id)):
            pre = premark(roster, person_id, session.day)
            away = f"{pre[0]}（{pre[1]}）" if pre else ""
            place = talk.place if talk else None
            duties.append(Duty(meeting, tuple(words), place, away=away))
    return (*owed, *sorted(duties, key=lambda duty: not duty.own))


def _owed(
    unit: UnitOfWork, kinds: Mapping[int, SessionKind], person_id: int
) -> list[Duty]:
    asked = [r for r in unit.all(Reflection, person_id=person_id) if not r.text.strip()]
    known = load_meetings(unit, kinds, {r.session_id for r in asked})
    owed = [
        Duty(meeting, (f"补{r.kind}",), owed=r)
        for r in asked
        if (meeting := known[r.session_id]).session.status is SessionStatus.HELD
        and not meeting.session.archived
    ]
    return sorted(owed, key=lambda duty: (duty.meeting.day, duty.meeting.session.id))


def _words(session: StudySession, talk: Talk | None, person_id: int) -> list[str]:
    words = []
    if talk is not None:
        words.append(f"主讲《{talk.title}》" if talk.title else "主讲（题目还没报）")
    for name, holder in (
        ("领学", session.lead_id),
        ("主持", session.host_id),
        ("记录", session.recorder_id),
    ):
        if holder == person_id:
            words.append(name)
    return words


def _expected(
    roster: Roster, meeting: Meeting, person_id: int
) -> bool:
    if not roster.on_roster(person_id, meeting.day):
        return False
    person, group_id = roster.people[person_id], roster.group_on(person_id, meeting.day)
    return any(in_audience(kind.audience, person, group_id) for kind in meeting.kinds)
