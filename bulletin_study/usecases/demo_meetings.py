"""The sample office's year of sessions: series, holidays, what was moved and cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bulletin_study.domain.calendar import Calendar
from bulletin_study.domain.people import Role, Roster
from bulletin_study.domain.series import end_time, occurrences
from bulletin_study.domain.sessions import (
    REVIEW,
    STUDY,
    TALK,
    Form,
    Series,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudyPlanItem,
    StudySession,
)
from bulletin_study.usecases.demo_words import (
    PARTY_THEMES,
    REVIEW_THEME,
    STUDY_THEMES,
    VENUES,
)
from bulletin_study.usecases.ports import UnitOfWork, new_id

TALKS_A_SESSION = 3
PARTY_DAY, PARTY_MEETING = "主题党日", "支部党员大会"
WEEKS_BACK, WEEKS_AHEAD = 40, 12
THEMES_AHEAD = 8
"""Weeks for which the study plan already names a theme."""

# 活动, weekday from Monday, start, minutes, place.
_WEEKLY = (
    (STUDY, "MO", 0, time(9), 60, VENUES[0]),
    (TALK, "WE", 2, time(15), 90, VENUES[0]),
    (REVIEW, "FR", 4, time(16, 30), 60, VENUES[1]),
)
# 活动, weeks from now, why. Every cancelled week is a different one.
_CANCELLED = (
    (REVIEW, -7, "全员参加防汛值守"),
    (TALK, -20, "集中开展基层调研"),
    (STUDY, -29, "组织系统换届工作会议"),
    (REVIEW, 4, "与年度考核测评冲突"),
)
# 活动, weeks from now, days later.
_MOVED = ((STUDY, -1, 1), (TALK, -13, 1), (REVIEW, -24, -1), (STUDY, 3, 1))
_FORMS = (Form.LEADER_LED, Form.COLLECTIVE, Form.COLLECTIVE, Form.LEADER_LED, Form.COLLECTIVE)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session with its kinds, in their order."""

    session: StudySession
    kinds: tuple[SessionKind, ...]

    def is_a(self, name: str) -> bool:
        """Whether it is held as this kind."""
        return any(kind.name == name for kind in self.kinds)


def first_monday(monday: date) -> date:
    """Where the records begin."""
    return monday - timedelta(weeks=WEEKS_BACK)


def put_meetings(
    unit: UnitOfWork,
    today: date,
    calendar: Calendar,
    kinds: dict[str, SessionKind],
    roster: Roster,
) -> list[Meeting]:
    """Store series, sessions by date and the study plan (not committed here)."""
    monday = today - timedelta(days=today.weekday())
    drafts: list[Meeting] = []
    for name, byday, weekday, start, minutes, venue in _WEEKLY:
        series = Series(
            id=new_id(unit, Series),
            kind_ids=(kinds[name].id,),
            rrule=f"FREQ=WEEKLY;BYDAY={byday}",
            start=datetime.combine(first_monday(monday) + timedelta(days=weekday), start),
            minutes=minutes,
            until=monday + timedelta(weeks=WEEKS_AHEAD, days=weekday),
            venue=venue,
            talk_places=TALKS_A_SESSION if name == TALK else 1,
        )
        unit.put(series)
        drafts += (Meeting(s, (kinds[name],)) for s in _weekly(series, name, calendar, monday))
    drafts += _party_days(drafts, kinds, calendar, monday)
    drafts.sort(key=lambda m: (m.session.day, m.session.start))
    ids = unit.new_ids(StudySession, len(drafts))
    named = _with_words(drafts, roster, monday, today)
    meetings = [
        replace(meeting, session=replace(meeting.session, id=session_id))
        for session_id, meeting in zip(ids, named, strict=True)
    ]
    unit.put(*(meeting.session for meeting in meetings))
    unit.put(*(SessionKindLink(m.session.id, kind.id) for m in meetings for kind in m.kinds))
    unit.put(*_plan(unit, meetings, monday))
    return meetings


def _weekly(
    series: Series, name: str, calendar: Calendar, monday: date
) -> Iterator[StudySession]:
    """The sessions of a series; of two that a holiday pushes onto one day, one is cancelled."""
    cancelled = {monday + timedelta(weeks=week): why for kind, week, why in _CANCELLED
                 if kind == name}
    moved = {monday + timedelta(weeks=week): days for kind, week, days in _MOVED if kind == name}
    found = occurrences(series, calendar)
    landed = [one.day for one in found]
    for number, one in enumerate(found):
        week = one.planned - timedelta(days=one.planned.weekday())
        day = one.day or one.planned
        session = StudySession(
            id=0,
            day=day,
            start=series.start.time(),
            end=end_time(series.start, series.minutes),
            venue=series.venue,
            status=SessionStatus.MOVED if one.moved else SessionStatus.PLANNED,
            moved_from=one.planned if one.moved else None,
            series_id=series.id,
            occurrence=one.planned,
            talk_places=TALKS_A_SESSION if name == TALK else 0,
        )
        other = day + timedelta(days=moved.get(week, 0))
        if one.moved and day in landed[number + 1 :]:
            why = f"{calendar.name(one.planned) or '节日'}放假，停一次"
            session = replace(session, day=one.planned, moved_from=None)
            yield replace(session, status=SessionStatus.CANCELLED, status_reason=why)
        elif week in cancelled:
            why = cancelled[week]
            yield replace(session, status=SessionStatus.CANCELLED, status_reason=why)
        elif other != day and not one.moved and calendar.is_workday(other):
            yield replace(session, day=other, moved_from=day, status=SessionStatus.MOVED,
                          excepted=True)
        else:
            yield session


def _party_days(
    others: Sequence[Meeting], kinds: dict[str, SessionKind], calendar: Calendar, monday: date
) -> Iterator[Meeting]:
    """A 主题党日 each month on a free afternoon; each quarter's last with the 党员大会."""
    taken = {(m.session.day, m.session.start.hour >= 12) for m in others
             if m.session.status is not SessionStatus.CANCELLED}
    month = first_monday(monday).replace(day=1)
    last = monday + timedelta(weeks=WEEKS_AHEAD)
    number = 0
    while True:
        month = (month + timedelta(days=31)).replace(day=1)
        day = month + timedelta(days=(3 - month.weekday()) % 7 + 14)
        while not calendar.is_workday(day) or (day, True) in taken:
            day += timedelta(days=1)
        if day > last:
            return
        names = [PARTY_DAY, *([PARTY_MEETING] if month.month % 3 == 0 else [])]
        own = sorted((kinds[name] for name in names), key=lambda kind: kind.order)
        theme = PARTY_THEMES[number % len(PARTY_THEMES)]
        yield Meeting(
            StudySession(0, day, time(15), time(16, 30), theme=theme, venue=VENUES[0]),
            tuple(own),
        )
        number += 1


def _with_words(
    drafts: Sequence[Meeting], roster: Roster, monday: date, today: date
) -> Iterator[Meeting]:
    """Themes, forms, 领学人, 主持人 and 记录人 of what was held or is already prepared."""
    leaders = [p.id for p in roster.people.values() if p.role is Role.LEADER]
    heads = [group.head_id for group in roster.groups.values() if group.head_id]
    writers = [p.id for p in roster.people.values() if p.title.endswith("副主任")]
    writers += [p.id for p in roster.people.values() if p.title == "一级科员"]
    study = 0
    for number, meeting in enumerate(drafts):
        session = meeting.session
        if session.status is SessionStatus.CANCELLED:
            yield meeting
            continue

        def first_free(people: Sequence[int], shift: int, day: date = session.day) -> int | None:
            turned = [*people[shift % len(people):], *people[: shift % len(people)]]
            return next((p for p in turned if roster.available(p, day)), None)

        if session.day <= today:
            host = first_free(leaders, number)
            session = replace(session, host_id=host, recorder_id=first_free(writers, 0))
        if session.day < today:
            session = replace(session, status=SessionStatus.HELD)
        if meeting.is_a(STUDY):
            if session.day < monday + timedelta(weeks=THEMES_AHEAD):
                form = Form.SELF_STUDY if study % 13 == 7 else _FORMS[study % len(_FORMS)]
                led = leaders if form is Form.LEADER_LED else heads
                lead = None if form is Form.SELF_STUDY else first_free(led, study)
                theme = STUDY_THEMES[study % len(STUDY_THEMES)]
                session = replace(session, theme=theme, form=form, lead_id=lead)
            study += 1
        elif meeting.is_a(REVIEW):
            session = replace(session, theme=REVIEW_THEME)
        yield replace(meeting, session=session)


def _plan(unit: UnitOfWork, meetings: Sequence[Meeting], monday: date) -> list[StudyPlanItem]:
    """The study plan of the present week and those ahead, joined to its sessions."""
    planned = [
        m
        for m in meetings
        if m.is_a(STUDY) and m.session.theme and m.session.day >= monday
        and m.session.status is not SessionStatus.CANCELLED
    ]
    ids = unit.new_ids(StudyPlanItem, len(planned)) if planned else ()
    return [
        StudyPlanItem(
            id=item_id,
            kind_id=m.kinds[0].id,
            theme=m.session.theme,
            day=m.session.day,
            form=m.session.form,
            lead_id=m.session.lead_id,
            venue=m.session.venue,
            session_id=m.session.id,
        )
        for item_id, m in zip(ids, planned, strict=True)
    ]
