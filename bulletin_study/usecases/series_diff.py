"""What editing a series would change, session by session.

Sessions that took place, were archived, cancelled, or edited on their own are never
touched; nor is one removed on which records hang. A session keeps its identity when its
occurrence keeps its date or, failing that, its week, so themes, talks and marks stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bulletin_study.domain.calendar import Calendar, week_start
from bulletin_study.domain.clashes import ClashNote
from bulletin_study.domain.errors import WrongStatus
from bulletin_study.domain.series import Occurrence, occurrences, same_days
from bulletin_study.domain.sessions import Series, SessionKind, StudySession
from bulletin_study.usecases.clashing import find_clashes
from bulletin_study.usecases.loading import links_by_session
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.schedule import NewSeries, session_at, unknown_years
from bulletin_study.usecases.session_checks import STATUS_WORDS, title_of
from bulletin_study.usecases.sessions import records_of


class SeriesScope(StrEnum):
    """How far an edit reaches."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class SessionDiff:
    """One session as it is and as it would be; ``kinds_changed`` if held as other kinds."""

    before: StudySession
    after: StudySession
    kinds_changed: bool = False


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session of the series that the edit leaves as it is, and why (in Chinese)."""

    session: StudySession
    why: str


@dataclass(frozen=True, slots=True)
class SeriesEditPreview:
    """What an edit would do; nothing is saved. ``added`` have ids below 0."""

    scope: SeriesScope
    kinds: tuple[SessionKind, ...]
    added: tuple[StudySession, ...]
    changed: tuple[SessionDiff, ...]
    removed: tuple[StudySession, ...]
    kept: tuple[KeptSession, ...]
    skipped: tuple[Occurrence, ...]
    clashes: tuple[ClashNote, ...]
    unknown_years: tuple[int, ...]
    same_day: tuple[date, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class EditPlan:
    """An edit made ready: it holds from the occurrence ``pivot`` on.

    ``before`` are the dates for which the series made sessions so far; ``splits`` says that
    its rule gives some before the pivot of a ``FOLLOWING`` edit: a second series begins.
    """

    scope: SeriesScope
    session: StudySession
    series: Series
    wanted: NewSeries
    kinds: tuple[SessionKind, ...]
    pivot: date
    before: tuple[date, ...] = ()
    splits: bool = False


def preview_one(unit: UnitOfWork, plan: EditPlan) -> SeriesEditPreview:
    """The difference for one session. Raises ``WrongStatus`` when it may not be touched."""
    session = plan.session
    why = _untouchable(session, excepted=False)
    if why:
        raise WrongStatus(title_of(unit, session), why, "修改")
    slot = session_at(plan.wanted, Occurrence(session.day, session.day), session.id, plan.kinds)
    after = replace(
        session,
        start=slot.start,
        end=slot.end,
        venue=plan.wanted.venue,
        talk_places=slot.talk_places,
        excepted=True,
    )
    diffs = _diffs(unit, [(session, after)], plan.kinds)
    return SeriesEditPreview(
        plan.scope,
        plan.kinds,
        added=(),
        changed=diffs,
        removed=(),
        kept=(),
        skipped=(),
        clashes=_clashes(unit, plan, diffs, ()),
        unknown_years=(),
        same_day=(),
    )


def preview_many(unit: UnitOfWork, plan: EditPlan, calendar: Calendar) -> SeriesEditPreview:
    """The difference for this and the following sessions, or for all."""
    found = occurrences(plan.wanted, calendar)
    sessions = [
        session
        for session in unit.all(StudySession, series_id=plan.series.id)
        if planned(session) >= plan.pivot
    ]
    match = _match(sessions, found)
    kept = [KeptSession(s, why) for s in sessions if (why := _untouchable(s))]
    fixed = {one.session.id for one in kept}
    pairs: list[tuple[StudySession, StudySession]] = []
    removed: list[StudySession] = []
    for session in sessions:
        occurrence = match.get(session.id)
        if session.id in fixed:
            continue
        if occurrence is not None and occurrence.day is not None:
            pairs.append((session, _changed(plan, session, occurrence)))
        elif records := records_of(unit, session.id):
            kept.append(KeptSession(session, f"已有{'、'.join(records)}"))
        else:
            removed.append(session)
    added = _added(plan, found, match.values(), sessions)
    diffs = _diffs(unit, pairs, plan.kinds)
    return SeriesEditPreview(
        plan.scope,
        plan.kinds,
        added,
        diffs,
        tuple(removed),
        tuple(sorted(kept, key=lambda one: (one.session.day, one.session.id))),
        tuple(one for one in found if one.day is None),
        _clashes(unit, plan, diffs, added, removed),
        unknown_years(found, calendar),
        same_days(found),
    )


def planned(session: StudySession) -> date:
    """The date that the series' rule gave the session."""
    return session.occurrence or session.day


def _untouchable(session: StudySession, *, excepted: bool = True) -> str:
    """Why a session may not be changed with its series; "" if it may."""
    if session.archived:
        return "已经归档"
    if not session.status.ahead:
        return STATUS_WORDS[session.status]
    return "单独改过" if excepted and session.excepted else ""


def _match(
    sessions: Iterable[StudySession], found: Iterable[Occurrence]
) -> Mapping[int, Occurrence]:
    """Session id → the occurrence it stands for: by planned date, else by week."""
    free = {one.planned: one for one in found}
    match: dict[int, Occurrence] = {}
    ordered = sorted(sessions, key=lambda s: (planned(s), s.id))
    for session in ordered:
        if planned(session) in free:
            match[session.id] = free.pop(planned(session))
    for session in ordered:
        monday = week_start(planned(session))
        same_week = (day for day in free if week_start(day) == monday)
        nearest = min(same_week, default=None)
        if session.id not in match and nearest is not None:
            match[session.id] = free.pop(nearest)
    return match


def _changed(plan: EditPlan, session: StudySession, occurrence: Occurrence) -> StudySession:
    slot = session_at(plan.wanted, occurrence, session.id, plan.kinds)
    own_venue = session.venue != plan.series.venue
    return replace(
        session,
        day=slot.day,
        start=slot.start,
        end=slot.end,
        venue=session.venue if own_venue else slot.venue,
        status=slot.status,
        moved_from=slot.moved_from,
        occurrence=slot.occurrence,
        talk_places=slot.talk_places,
    )


def _added(
    plan: EditPlan,
    found: Iterable[Occurrence],
    matched: Iterable[Occurrence],
    sessions: Iterable[StudySession],
) -> tuple[StudySession, ...]:
    """Sessions for new occurrences; one that the old rule gave too was deleted on purpose."""
    taken = {one.planned for one in matched} | {planned(s) for s in sessions} | set(plan.before)
    new = [one for one in found if one.day is not None and one.planned not in taken]
    return tuple(
        session_at(plan.wanted, one, -number, plan.kinds) for number, one in enumerate(new, start=1)
    )


def _diffs(
    unit: UnitOfWork,
    pairs: Sequence[tuple[StudySession, StudySession]],
    kinds: tuple[SessionKind, ...],
) -> tuple[SessionDiff, ...]:
    links = links_by_session(unit, [before.id for before, _ in pairs]) if pairs else {}
    wanted = {kind.id for kind in kinds}
    diffs = []
    for before, after in pairs:
        kinds_changed = {link.kind_id for link in links[before.id]} != wanted
        if kinds_changed or replace(after, excepted=before.excepted) != before:
            diffs.append(SessionDiff(before, after, kinds_changed))
    return tuple(diffs)


def _clashes(
    unit: UnitOfWork,
    plan: EditPlan,
    diffs: Iterable[SessionDiff],
    added: Iterable[StudySession],
    removed: Iterable[StudySession] = (),
) -> tuple[ClashNote, ...]:
    gone = {session.id for session in removed}
    ids = tuple(kind.id for kind in plan.kinds)
    asked = [(diff.after, ids) for diff in diffs] + [(session, ids) for session in added]
    return tuple(
        note for note in find_clashes(unit, asked) if not {note.session_a, note.session_b} & gone
    )
