"""学习计划: themes planned for a date or a week, and the sessions they become.

A theme stays with its session wherever that is moved, and keeps the date or week it was
planned for: the plan says what was planned, and the same file imported again finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bulletin_study.domain.calendar import week_start
from bulletin_study.domain.errors import Missing, Stale
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionStatus,
    StudyPlanItem,
    StudySession,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import links_by_session, load_kinds
from bulletin_study.usecases.ports import UnitOfWork, new_id, require
from bulletin_study.usecases.session_checks import check_day

# How far a session may have been moved and still be found by the date it was planned for.
_REACH = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the study plan; ``session`` is what it became, if anything yet."""

    item: StudyPlanItem
    kind: SessionKind
    session: StudySession | None
    lead: str


def list_plan(
    unit: UnitOfWork, first: date, last: date, kind_id: int | None = None
) -> list[PlanRow]:
    """The plan of a period by date (weeks by their Monday)."""
    kinds = load_kinds(unit)
    people = {person.id: person.name for person in unit.all(Person)}
    items = [
        item
        for item in unit.all(StudyPlanItem)
        if week_start(first) <= planned_for(item) <= last and kind_id in (None, item.kind_id)
    ]
    wanted = [item.session_id for item in items if item.session_id is not None]
    sessions = {s.id: s for s in unit.all(StudySession, id=wanted)} if wanted else {}
    return [
        PlanRow(
            item,
            kinds[item.kind_id],
            sessions.get(item.session_id) if item.session_id is not None else None,
            people.get(item.lead_id, item.lead_name) if item.lead_id else item.lead_name,
        )
        for item in sorted(items, key=_order)
        if item.day is None or item.day >= first
    ]


def add_plan_item(unit: UnitOfWork, item: StudyPlanItem) -> tuple[Committed, int]:
    """Plan a theme (``item.id`` is ignored) and join it to its session, if there is one.

    Raises ``Missing`` without a theme or without a date or week, ``NotFound`` for the kind
    or the 领学人.
    """
    item = replace(_checked(unit, item), id=new_id(unit, StudyPlanItem), session_id=None)
    unit.put(item)
    link_plan(unit)
    return unit.commit(f"新增学习计划：{item.theme}"), item.id


def edit_plan_item(unit: UnitOfWork, original: StudyPlanItem, edited: StudyPlanItem) -> Committed:
    """Change a planned theme; its session follows where it still says what the plan said.

    Another date, week or kind looks for its session anew. Raises ``Stale``, ``Missing``,
    ``NotFound``.
    """
    if unit.get(StudyPlanItem, original.id) != original:
        raise Stale(f"学习计划“{original.theme}”")
    edited = _checked(unit, replace(edited, id=original.id, session_id=original.session_id))
    if (edited.day, edited.week, edited.kind_id) != (
        original.day,
        original.week,
        original.kind_id,
    ):
        edited = replace(edited, session_id=None)
    unit.put(edited)
    follow_plan(unit, [original])
    return unit.commit(f"修改学习计划：{edited.theme}")


def remove_plan_item(unit: UnitOfWork, item: StudyPlanItem) -> Committed:
    """Take a theme out of the plan; its session keeps what it says. Raises ``Stale``."""
    unit.remove(item)
    return unit.commit(f"删除学习计划：{item.theme}")


def match_plan(unit: UnitOfWork) -> tuple[Committed, int]:
    """Join every planned theme that has no session yet to one; also gives how many found one."""
    found = link_plan(unit)
    return unit.commit(f"学习计划对应到场次：{found} 项"), found


def link_plan(unit: UnitOfWork) -> int:
    """Join planned themes to sessions; gives how many found one (not committed here).

    A session matches by its date, or by the date it was first planned for; a theme of a
    week takes the first session of that kind in that week which has none yet. Cancelled
    and archived sessions are left alone. What the session already says stays: only empty
    fields are filled.
    """
    items = unit.all(StudyPlanItem)
    waiting = sorted((i for i in items if i.session_id is None), key=_order)
    if not waiting:
        return 0
    first = max(planned_for(waiting[0]), date.min + _REACH)
    last = min(planned_for(waiting[-1]), date.max - _REACH)
    sessions = [
        session
        for session in unit.sessions_between(first - _REACH, last + _REACH)
        if session.status is not SessionStatus.CANCELLED and not session.archived
    ]
    links = links_by_session(unit, [session.id for session in sessions])
    free = {
        (link.kind_id, session.id): session for session in sessions for link in links[session.id]
    }
    for item in items:
        if item.session_id is not None:
            free.pop((item.kind_id, item.session_id), None)
    return _join(unit, waiting, free)


def follow_plan(unit: UnitOfWork, before: Iterable[StudyPlanItem]) -> None:
    """Let sessions follow what was changed about their themes since ``before``, and join
    themes that have no session yet (not committed here).

    A session follows field by field, where it still says what the plan said.
    """
    for was in before:
        item = unit.get(StudyPlanItem, was.id)
        if item is None or item == was or item.session_id is None:
            continue
        session = require(unit, StudySession, "场次", item.session_id)
        if not session.archived:
            unit.put(_follow_words(session, was, item))
    link_plan(unit)


def release_items(unit: UnitOfWork, session_ids: Sequence[int]) -> None:
    """Free the planned themes of sessions about to be deleted (not committed here)."""
    items = unit.all(StudyPlanItem, session_id=list(session_ids))
    unit.put(*(replace(item, session_id=None) for item in items))


def planned_for(item: StudyPlanItem) -> date:
    """The item's date, or the Monday of its week."""
    return item.day or item.week or date.min


def _order(item: StudyPlanItem) -> tuple[date, bool, int]:
    return (planned_for(item), item.day is None, item.id)


def _join(
    unit: UnitOfWork,
    waiting: Sequence[StudyPlanItem],
    free: dict[tuple[int, int], StudySession],
) -> int:
    filled: dict[int, StudySession] = {}
    linked: list[StudyPlanItem] = []
    # Exact dates choose first: a theme of the week takes what they leave.
    for item in sorted(waiting, key=lambda i: (i.day is None, *_order(i))):
        fits = [
            session
            for (kind_id, _), session in free.items()
            if kind_id == item.kind_id and _fits(item, session)
        ]
        if not fits:
            continue
        session = min(fits, key=lambda s: (s.day != item.day, s.day, s.start, s.id))
        del free[item.kind_id, session.id]
        linked.append(replace(item, session_id=session.id))
        filled[session.id] = _filled(filled.get(session.id, session), item)
    unit.put(*filled.values())
    unit.put(*linked)
    return len(linked)


def _fits(item: StudyPlanItem, session: StudySession) -> bool:
    if item.day is not None:
        return item.day in (session.day, session.moved_from)
    return week_start(session.moved_from or session.day) == item.week


def _filled(session: StudySession, item: StudyPlanItem) -> StudySession:
    nobody = session.lead_id is None and not session.lead_name
    return replace(
        session,
        theme=session.theme or item.theme,
        form=session.form or item.form,
        venue=session.venue or item.venue,
        lead_id=item.lead_id if nobody else session.lead_id,
        lead_name=item.lead_name if nobody else session.lead_name,
    )


def _follow_words(
    session: StudySession, before: StudyPlanItem, after: StudyPlanItem
) -> StudySession:
    same_lead = (session.lead_id, session.lead_name) == (before.lead_id, before.lead_name)
    return replace(
        session,
        theme=after.theme if session.theme in ("", before.theme) else session.theme,
        form=after.form if session.form in (None, before.form) else session.form,
        venue=after.venue if session.venue in ("", before.venue) else session.venue,
        lead_id=after.lead_id if same_lead else session.lead_id,
        lead_name=after.lead_name if same_lead else session.lead_name,
    )


def _checked(unit: UnitOfWork, item: StudyPlanItem) -> StudyPlanItem:
    require(unit, SessionKind, "活动类型", item.kind_id)
    if item.lead_id is not None:
        require(unit, Person, "人员", item.lead_id)
    theme = item.theme.strip()
    if not theme:
        raise Missing("学习内容")
    if item.day is None and item.week is None:
        raise Missing("日期或周次")
    check_day(planned_for(item))
    week = None if item.day is not None or item.week is None else week_start(item.week)
    return replace(item, theme=theme, venue=item.venue.strip(), week=week)
