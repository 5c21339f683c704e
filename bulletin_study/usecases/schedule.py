"""批量安排: a series from its rule, previewed and then made.

Editing a series is in :mod:`.series_edit`, single sessions in :mod:`.sessions`, the list in
:mod:`.session_list`, themes in :mod:`.study_plan`, days off in :mod:`.holidays`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bulletin_study.domain.calendar import Calendar
from bulletin_study.domain.clashes import ClashNote
from bulletin_study.domain.errors import BadRecurrence, BadValue, Clash
from bulletin_study.domain.series import (
    Occurrence,
    end_time,
    normal_rule,
    occurrences,
    same_days,
)
from bulletin_study.domain.sessions import (
    HolidayPolicy,
    Series,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.clashing import find_clashes
from bulletin_study.usecases.holidays import calendar_between
from bulletin_study.usecases.ports import UnitOfWork, new_id
from bulletin_study.usecases.session_checks import check_day, check_kinds, places
from bulletin_study.usecases.study_plan import link_plan
from bulletin_study.usecases.titles import kinds_text

MOST_TALKS = 20


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A series as it is asked for. ``start`` is the first date and the time of day,
    ``until`` the last planned date, ``talk_places`` the talks of a session of 每周一讲.
    """

    kind_ids: tuple[int, ...]
    rrule: str
    start: datetime
    minutes: int
    until: date
    holiday: HolidayPolicy = HolidayPolicy.NEXT
    venue: str = ""
    talk_places: int = 1


@dataclass(frozen=True, slots=True)
class SeriesPreview:
    """What a series would make. ``occurrences`` with ``day`` ``None`` are skipped.

    ``unknown_years`` are touched by the series and known by their weekends only;
    ``same_day`` are dates on which several occurrences land.
    """

    kinds: tuple[SessionKind, ...]
    occurrences: tuple[Occurrence, ...]
    clashes: tuple[ClashNote, ...]
    unknown_years: tuple[int, ...]
    same_day: tuple[date, ...]

    @property
    def made(self) -> tuple[Occurrence, ...]:
        """The occurrences that become sessions."""
        return tuple(one for one in self.occurrences if one.day is not None)


def preview_series(unit: UnitOfWork, new: NewSeries) -> SeriesPreview:
    """Work out a series without saving anything.

    Raises ``BadRecurrence``, ``EndBeforeStart``, ``BadValue``, ``Missing`` (no kind),
    ``NotFound``.
    """
    kinds, checked = check_series(unit, new)
    calendar = calendar_between(unit, checked.start.date(), checked.until)
    found = occurrences(checked, calendar)
    drafts = [
        session_at(checked, one, -number, kinds)
        for number, one in enumerate((o for o in found if o.day is not None), start=1)
    ]
    if not drafts:
        raise BadRecurrence(new.rrule, "日期都在放假，按“跳过”一场也排不出来")
    return SeriesPreview(
        kinds,
        found,
        find_clashes(unit, [(draft, checked.kind_ids) for draft in drafts]),
        unknown_years(found, calendar),
        same_days(found),
    )


def apply_series(
    unit: UnitOfWork, new: NewSeries, *, override_clashes: bool
) -> tuple[Committed, tuple[int, ...]]:
    """Make a series and its sessions as one operation; gives the sessions' ids by date.

    Planned themes of those dates and weeks become the sessions' themes. Raises as
    :func:`preview_series`, and ``Clash`` with every reason unless ``override_clashes``.
    """
    preview = preview_series(unit, new)
    if preview.clashes and not override_clashes:
        raise Clash(tuple(note.reason for note in preview.clashes))
    checked = replace(
        new, rrule=normal_rule(new.rrule), kind_ids=tuple(kind.id for kind in preview.kinds)
    )
    series_id = new_id(unit, Series)
    unit.put(stored_series(series_id, checked))
    ids = tuple(unit.new_ids(StudySession, len(preview.made)))
    put_sessions(
        unit,
        [
            replace(session_at(checked, one, session_id, preview.kinds), series_id=series_id)
            for session_id, one in zip(ids, preview.made, strict=True)
        ],
        checked.kind_ids,
    )
    link_plan(unit)
    days = [one.day for one in preview.made if one.day is not None]
    label = f"批量安排 {kinds_text(preview.kinds)} {len(ids)} 场（{min(days)} 至 {max(days)}）"
    return unit.commit(label), ids


def check_series(unit: UnitOfWork, new: NewSeries) -> tuple[tuple[SessionKind, ...], NewSeries]:
    """The kinds, and the series with its ids in the kinds' order and its words tidied."""
    kinds = check_kinds(unit, new.kind_ids)
    check_day(new.start.date(), "首场日期")
    check_day(new.until, "截止日期")
    if not 0 <= new.talk_places <= MOST_TALKS:
        raise BadValue("每场讲课人数", str(new.talk_places), f"0 到 {MOST_TALKS} 之间的数")
    return kinds, replace(new, kind_ids=tuple(kind.id for kind in kinds), venue=new.venue.strip())


def session_at(
    series: NewSeries, occurrence: Occurrence, session_id: int, kinds: Sequence[SessionKind]
) -> StudySession:
    """The session that an occurrence (one with a day) becomes."""
    day = occurrence.day or occurrence.planned
    return StudySession(
        id=session_id,
        day=day,
        start=series.start.time().replace(second=0, microsecond=0),
        end=end_time(series.start, series.minutes),
        venue=series.venue,
        status=SessionStatus.MOVED if occurrence.moved else SessionStatus.PLANNED,
        moved_from=occurrence.planned if occurrence.moved else None,
        occurrence=occurrence.planned,
        talk_places=places(kinds, series.talk_places),
    )


def put_sessions(
    unit: UnitOfWork, sessions: Sequence[StudySession], kind_ids: Sequence[int]
) -> None:
    """Store sessions with their kinds (not committed here)."""
    unit.put(*sessions)
    unit.put(
        *(SessionKindLink(session.id, kind_id) for session in sessions for kind_id in kind_ids)
    )


def stored_series(series_id: int, new: NewSeries) -> Series:
    """The series as it is kept."""
    return Series(
        id=series_id,
        kind_ids=new.kind_ids,
        rrule=normal_rule(new.rrule),
        start=new.start.replace(second=0, microsecond=0),
        minutes=new.minutes,
        until=new.until,
        holiday=new.holiday,
        venue=new.venue,
        talk_places=new.talk_places,
    )


def unknown_years(found: Sequence[Occurrence], calendar: Calendar) -> tuple[int, ...]:
    """The years touched by occurrences whose holidays are not known."""
    years = {day.year for one in found for day in (one.planned, one.day) if day is not None}
    return tuple(sorted(year for year in years if not calendar.known(year)))
