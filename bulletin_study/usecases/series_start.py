"""What a new series begins with: going on as the last one of its kind did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bulletin_study.domain.calendar import week_start
from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.series import normal_rule
from bulletin_study.domain.sessions import (
    Series,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.schedule import NewSeries
from bulletin_study.usecases.venues import past_venues

_USUAL_START, _USUAL_MINUTES = time(9), 60
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class SeriesStart:
    """``first`` is what the form of a new series shows; ``kinds`` and ``venues`` to choose."""

    first: NewSeries
    kinds: tuple[SessionKind, ...]
    venues: tuple[str, ...]


def series_start(unit: UnitOfWork, kind_name: str) -> SeriesStart:
    """A series of this kind that goes on after its last session.

    Rule, time, length, venue and holiday policy are those of the latest series of the kind,
    or else those of its latest session, once a week. It begins in the week after the last
    session, never in the past, and ends with the year, or with the next one when fewer than
    eight weeks are left. Raises ``NotFound`` for an unknown kind.
    """
    kinds = tuple(
        kind for kind in load_kinds(unit).values() if not kind.retired or kind.name == kind_name
    )
    kind = next((one for one in kinds if one.name == kind_name), None)
    if kind is None:
        raise NotFound("活动类型", kind_name)
    last = _last_session(unit, kind)
    found = [one for one in unit.all(Series) if kind.id in one.kind_ids]
    latest = max(found, key=lambda one: (one.until, one.id), default=None)
    if latest is not None:
        first = _like_series(latest)
    elif last is not None:
        first = _like_session(kind, last)
    else:
        first = _usual(kind, unit.services.clock.today())
    day = _first_day(first, last, unit.services.clock.today())
    first = replace(first, start=datetime.combine(day, first.start.time()), until=_end(day))
    return SeriesStart(first, kinds, past_venues(unit))


def _last_session(unit: UnitOfWork, kind: SessionKind) -> StudySession | None:
    ids = [link.session_id for link in unit.all(SessionKindLink, kind_id=kind.id)]
    sessions = unit.all(StudySession, id=ids) if ids else []
    kept = [s for s in sessions if s.status is not SessionStatus.CANCELLED]
    return max(kept, key=lambda s: (s.occurrence or s.day, s.start, s.id), default=None)


def _like_series(series: Series) -> NewSeries:
    parts = normal_rule(series.rrule).split(";")
    rule = ";".join(part for part in parts if not part.startswith(("COUNT=", "UNTIL=")))
    return NewSeries(
        series.kind_ids,
        rule,
        series.start,
        series.minutes,
        series.until,
        series.holiday,
        series.venue,
        series.talk_places,
    )


def _like_session(kind: SessionKind, last: StudySession) -> NewSeries:
    planned = last.occurrence or last.moved_from or last.day
    return NewSeries(
        (kind.id,),
        f"FREQ=WEEKLY;BYDAY={_DAYS[planned.weekday()]}",
        datetime.combine(planned, last.start),
        last.minutes or _USUAL_MINUTES,
        planned,
        venue=last.venue,
        talk_places=max(last.talk_places, 1),
    )


def _usual(kind: SessionKind, today: date) -> NewSeries:
    start = datetime.combine(today, _USUAL_START)
    return NewSeries((kind.id,), "FREQ=WEEKLY;BYDAY=MO", start, _USUAL_MINUTES, today)


def _first_day(series: NewSeries, last: StudySession | None, today: date) -> date:
    """A day of the rule's own week rhythm; the Monday of that week for any other rule."""
    after = max(today, last.occurrence or last.day) if last is not None else today
    monday = week_start(after) + timedelta(weeks=1)
    if "FREQ=WEEKLY" not in series.rrule:
        return monday
    if last is not None and "INTERVAL=2" in series.rrule:
        while (monday - week_start(last.occurrence or last.day)).days % 14:
            monday += timedelta(weeks=1)
    days = [i for i, name in enumerate(_DAYS) if name in series.rrule.partition("BYDAY=")[2]]
    return monday + timedelta(days=days[0] if days else series.start.weekday())


def _end(day: date) -> date:
    end = date(day.year, 12, 31)
    return end if end - day >= _SHORTEST else date(day.year + 1, 12, 31)
