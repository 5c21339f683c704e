"""Which kinds a session is held as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bulletin_study.domain.attendance import CAME, Attendance, Mark, expected_list, in_audience
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudyPlanItem,
    StudySession,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.clashing import refuse_clashes
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.session_checks import (
    check_kinds,
    kinds_of_session,
    places,
    wrong_status,
)
from bulletin_study.usecases.study_plan import link_plan
from bulletin_study.usecases.titles import kinds_text, session_title


def set_session_kinds(
    unit: UnitOfWork, session_id: int, kind_ids: Sequence[int], *, override: bool = False
) -> Committed:
    """Hold a session as these kinds. Kinds that stay keep their fixed numbers.

    Planned themes of kinds that go are freed. The list of a session already held is worked
    out again for the new kinds: marks stay; who is expected no longer and came is 列席.
    Raises ``NotFound``, ``Missing`` (no kind), ``WrongStatus`` (cancelled or archived), and
    ``Clash`` for clashes that the change brings, unless ``override``.
    """
    session = require(unit, StudySession, "场次", session_id)
    if session.archived or session.status is SessionStatus.CANCELLED:
        raise wrong_status(unit, session, "改活动类型")
    before = kinds_of_session(unit, session_id)
    after = check_kinds(unit, kind_ids)
    if not override:
        refuse_clashes(unit, [(session, _ids(after))], before=[(session, _ids(before))])
    put_kinds(unit, session, after)
    if session.status is SessionStatus.HELD:
        _relist(unit, session, before, after)
    excepted = session.excepted or (session.series_id is not None and before != after)
    talk_places = places(after, session.talk_places)
    unit.put(replace(session, excepted=excepted, talk_places=talk_places))
    link_plan(unit)
    title = session_title(session, before)
    return unit.commit(f"修改 {title}：活动类型改为“{kinds_text(after)}”")


def put_kinds(unit: UnitOfWork, session: StudySession, kinds: Sequence[SessionKind]) -> None:
    """Bring a session's links to these kinds (not committed here)."""
    stored = {link.kind_id: link for link in unit.all(SessionKindLink, session_id=session.id)}
    wanted = _ids(kinds)
    items = unit.all(StudyPlanItem, session_id=session.id)
    unit.put(*(replace(item, session_id=None) for item in items if item.kind_id not in wanted))
    unit.remove(*(link for kind_id, link in stored.items() if kind_id not in wanted))
    unit.put(*(SessionKindLink(session.id, kind_id) for kind_id in wanted if kind_id not in stored))


def _relist(
    unit: UnitOfWork,
    session: StudySession,
    before: Sequence[SessionKind],
    after: Sequence[SessionKind],
) -> None:
    """Bring a frozen list to new kinds."""
    stored = {row.person_id: row for row in unit.all(Attendance, session_id=session.id)}
    if not stored:
        return
    roster = load_roster(unit)
    for row in stored.values():
        person = roster.people[row.person_id]
        changed = _relisted(row, _expecting(before, person, row), _expecting(after, person, row))
        if changed is None:
            unit.remove(row)
        else:
            unit.put(changed)
    fresh = expected_list(roster, session.id, session.day, after)
    unit.put(*(row for row in fresh if row.person_id not in stored))


def _relisted(
    row: Attendance, before: tuple[int, ...], after: tuple[int, ...]
) -> Attendance | None:
    """One line of the list under other kinds; ``None`` if it has no place there."""
    if row.mark is Mark.EXEMPT:
        return row if after else None
    if row.mark is Mark.OBSERVER:
        joins = after and not before
        return replace(row, expected_by=after, mark=Mark.PRESENT) if joins else row
    if after:
        return replace(row, expected_by=after)
    if row.mark in CAME:
        return replace(row, expected_by=(), mark=Mark.OBSERVER, reason="", premarked=False)
    return None


def _expecting(kinds: Sequence[SessionKind], person: Person, row: Attendance) -> tuple[int, ...]:
    return tuple(sorted(k.id for k in kinds if in_audience(k.audience, person, row.group_id)))


def _ids(kinds: Sequence[SessionKind]) -> tuple[int, ...]:
    return tuple(kind.id for kind in kinds)
