"""What every session must satisfy before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bulletin_study.domain.errors import (
    BadValue,
    BeforeEntry,
    EndBeforeStart,
    Missing,
    NotFound,
    WrongStatus,
)
from bulletin_study.domain.people import Person, covers
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.titles import session_title

STATUS_WORDS: dict[SessionStatus, str] = {
    SessionStatus.PLANNED: "还没有开展",
    SessionStatus.MOVED: "还没有开展",
    SessionStatus.HELD: "已经开展",
    SessionStatus.CANCELLED: "已经取消",
}


_FIRST_YEAR, _LAST_YEAR = 1949, 2099


def check_times(session: StudySession) -> None:
    """Raise ``EndBeforeStart`` unless the session has a length and ends the same day."""
    if session.end <= session.start:
        raise EndBeforeStart("时间", f"{session.start:%H:%M}", f"{session.end:%H:%M}")


def check_day(day: date, field: str = "日期") -> None:
    """Raise ``BadValue`` for a date no office means (a year typed wrong)."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadValue(field, str(day), f"{_FIRST_YEAR} 到 {_LAST_YEAR} 年之间的日期")


def check_kinds(unit: UnitOfWork, kind_ids: Iterable[int]) -> tuple[SessionKind, ...]:
    """The kinds in their order. Raises ``Missing`` for none, ``NotFound`` for a wrong id."""
    wanted = dict.fromkeys(kind_ids)
    kinds = load_kinds(unit)
    for kind_id in wanted:
        if kind_id not in kinds:
            raise NotFound("活动类型", str(kind_id))
    if not wanted:
        raise Missing("活动类型")
    return tuple(kind for kind in kinds.values() if kind.id in wanted)


def check_people(unit: UnitOfWork, after: StudySession, before: StudySession | None = None) -> None:
    """Raise ``BeforeEntry`` when a 领学人, 主持人 or 记录人 is not on the roster that day.

    With ``before``, only what the change concerns is checked.
    """
    was = _on_duty(before) if before is not None and before.day == after.day else ()
    for person_id in _on_duty(after):
        if person_id is not None and person_id not in was:
            check_on_roster(require(unit, Person, "人员", person_id), after.day)


def check_on_roster(person: Person, day: date) -> None:
    """Raise ``BeforeEntry`` for a day before 入部日期 or after the person's last day."""
    if not covers(person.joined, person.left, day):
        raise BeforeEntry(person.name, day, person.joined)


def title_of(unit: UnitOfWork, session: StudySession) -> str:
    """The stored session in words."""
    return session_title(session, kinds_of_session(unit, session.id))


def kinds_of_session(unit: UnitOfWork, session_id: int) -> tuple[SessionKind, ...]:
    """A stored session's kinds in their order."""
    linked = {link.kind_id for link in unit.all(SessionKindLink, session_id=session_id)}
    return tuple(kind for kind in load_kinds(unit).values() if kind.id in linked)


def wrong_status(unit: UnitOfWork, session: StudySession, action: str) -> WrongStatus:
    """The refusal of an action that the session's status forbids."""
    words = "已经归档" if session.archived else STATUS_WORDS[session.status]
    return WrongStatus(title_of(unit, session), words, action)


def places(kinds: Sequence[SessionKind], wanted: int) -> int:
    """How many talks a session holds: none unless one of its kinds has talks, else at least 1."""
    return max(wanted, 1) if any(kind.has_talks for kind in kinds) else 0


def _on_duty(session: StudySession) -> tuple[int | None, ...]:
    return (session.lead_id, session.host_id, session.recorder_id)
