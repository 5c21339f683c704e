"""Editing a series: one session, this and the following ones, or all; shown before saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bulletin_study.domain.errors import Clash, NotFound
from bulletin_study.domain.series import normal_rule, occurrences, rest_of_rule
from bulletin_study.domain.sessions import Series, StudySession
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.holidays import calendar_between
from bulletin_study.usecases.ports import UnitOfWork, new_id, require
from bulletin_study.usecases.schedule import (
    NewSeries,
    check_series,
    put_sessions,
    stored_series,
)
from bulletin_study.usecases.series_diff import (
    EditPlan,
    SeriesEditPreview,
    SeriesScope,
    planned,
    preview_many,
    preview_one,
)
from bulletin_study.usecases.session_checks import title_of
from bulletin_study.usecases.session_kinds import put_kinds
from bulletin_study.usecases.sessions import remove_sessions
from bulletin_study.usecases.study_plan import link_plan
from bulletin_study.usecases.titles import kinds_text


def series_of(unit: UnitOfWork, session_id: int) -> NewSeries:
    """The series of a session as an edit form starts from it. Raises ``NotFound``."""
    series = _series(unit, require(unit, StudySession, "场次", session_id))
    return NewSeries(
        series.kind_ids,
        series.rrule,
        series.start,
        series.minutes,
        series.until,
        series.holiday,
        series.venue,
        series.talk_places,
    )


def preview_series_edit(
    unit: UnitOfWork, session_id: int, scope: SeriesScope, changed: NewSeries
) -> SeriesEditPreview:
    """The difference that an edit would make.

    ``ONE`` takes time of day, length, venue, kinds and number of talks from ``changed``,
    and not its rule, end or holiday policy. ``FOLLOWING`` and ``ALL`` take everything; the
    date in ``changed.start`` counts for ``ALL`` only. Raises as ``preview_series``, and
    ``WrongStatus`` when the one session may not be touched, ``NotFound`` when it belongs to
    no series.
    """
    return _plan(unit, session_id, scope, changed)[1]


def apply_series_edit(
    unit: UnitOfWork,
    session_id: int,
    scope: SeriesScope,
    changed: NewSeries,
    *,
    override_clashes: bool = False,
) -> Committed:
    """Save what :func:`preview_series_edit` shows, as one operation.

    ``FOLLOWING`` ends the old series before the session and begins a new one with it.
    Raises as the preview, and ``Clash`` unless ``override_clashes``.
    """
    plan, preview = _plan(unit, session_id, scope, changed)
    if preview.clashes and not override_clashes:
        raise Clash(tuple(note.reason for note in preview.clashes))
    series_id = _put_series(unit, plan)
    remove_sessions(unit, preview.removed)
    for diff in preview.changed:
        unit.put(diff.after)
        if diff.kinds_changed:
            put_kinds(unit, diff.after, preview.kinds)
    if plan.splits:
        sessions = unit.all(StudySession, series_id=plan.series.id)
        unit.put(*(replace(s, series_id=series_id) for s in sessions if planned(s) >= plan.pivot))
    ids = unit.new_ids(StudySession, len(preview.added))
    added = [
        replace(session, id=new, series_id=series_id)
        for new, session in zip(ids, preview.added, strict=True)
    ]
    put_sessions(unit, added, [kind.id for kind in preview.kinds])
    link_plan(unit)
    return unit.commit(_label(unit, plan, preview))


def _plan(
    unit: UnitOfWork, session_id: int, scope: SeriesScope, changed: NewSeries
) -> tuple[EditPlan, SeriesEditPreview]:
    session = require(unit, StudySession, "场次", session_id)
    series = _series(unit, session)
    kinds, wanted = check_series(unit, changed)
    pivot = session.occurrence or session.day
    if scope is SeriesScope.ONE:
        plan = EditPlan(scope, session, series, wanted, kinds, pivot)
        return plan, preview_one(unit, plan)
    first = min(series.start.date(), wanted.start.date())
    last = max(series.until, wanted.until)
    calendar = calendar_between(unit, first, last)
    found = occurrences(series, calendar)
    before = tuple(one.planned for one in found if one.day is not None)
    already = sum(one.planned < pivot for one in found)
    if scope is SeriesScope.FOLLOWING:
        wanted = _from_pivot(series, wanted, pivot, already)
        plan = EditPlan(scope, session, series, wanted, kinds, pivot, before, already > 0)
    else:
        plan = EditPlan(scope, session, series, wanted, kinds, date.min, before)
    return plan, preview_many(unit, plan, calendar)


def _series(unit: UnitOfWork, session: StudySession) -> Series:
    if session.series_id is None:
        raise NotFound("系列", title_of(unit, session))
    return require(unit, Series, "系列", session.series_id)


def _from_pivot(series: Series, wanted: NewSeries, pivot: date, already: int) -> NewSeries:
    """The wanted series beginning with the pivot; an unedited ``COUNT`` goes on counting."""
    rule = normal_rule(wanted.rrule)
    if rule == normal_rule(series.rrule):
        rule = rest_of_rule(rule, already)
    start = wanted.start.replace(year=pivot.year, month=pivot.month, day=pivot.day)
    return replace(wanted, rrule=rule, start=start)


def _put_series(unit: UnitOfWork, plan: EditPlan) -> int:
    """Store the series as the edit leaves it; gives the id of the sessions' series."""
    if plan.scope is SeriesScope.ONE:
        return plan.series.id
    if not plan.splits:
        unit.put(stored_series(plan.series.id, plan.wanted))
        return plan.series.id
    unit.put(replace(plan.series, until=plan.pivot - timedelta(days=1)))
    series_id = new_id(unit, Series)
    unit.put(stored_series(series_id, plan.wanted))
    return series_id


def _label(unit: UnitOfWork, plan: EditPlan, preview: SeriesEditPreview) -> str:
    if plan.scope is SeriesScope.ONE:
        return f"修改系列中的一场：{title_of(unit, plan.session)}"
    parts = [
        f"{word} {len(found)} 场"
        for word, found in (
            ("改", preview.changed),
            ("增", preview.added),
            ("删", preview.removed),
        )
        if found
    ]
    reach = "全部" if plan.scope is SeriesScope.ALL else f"{plan.pivot} 起"
    return f"修改系列 {kinds_text(preview.kinds)}（{reach}）：{'，'.join(parts) or '场次不变'}"
