"""One session at a time: make, edit, move, cancel, correct, delete.

Series are in :mod:`.schedule` and :mod:`.series_edit`; the list in :mod:`.session_list`;
marking held and archiving in :mod:`.closing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bulletin_study.domain.attendance import CAME, Attendance
from bulletin_study.domain.errors import BadValue, InUse, Missing, Stale
from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Person
from bulletin_study.domain.series import end_time
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.clashing import refuse_clashes
from bulletin_study.usecases.ports import UnitOfWork, names, new_id, require
from bulletin_study.usecases.session_checks import (
    check_day,
    check_kinds,
    check_on_roster,
    check_people,
    check_times,
    kinds_of_session,
    places,
    title_of,
    wrong_status,
)
from bulletin_study.usecases.session_words import edit_label
from bulletin_study.usecases.study_plan import link_plan, release_items
from bulletin_study.usecases.titles import day_text, session_title


def new_session(
    unit: UnitOfWork, draft: StudySession, kind_ids: Sequence[int], *, override: bool = False
) -> tuple[Committed, int]:
    """Plan one session of one or several kinds held together; gives its id too.

    ``draft.id``, its status and series are ignored: it starts as planned. A planned theme
    of that date or week fills what is empty. Raises ``Missing`` (no kind),
    ``EndBeforeStart``, ``BadValue`` (a year outside 1949–2099), ``BeforeEntry``,
    ``NotFound``, and ``Clash`` unless ``override``.
    """
    kinds = check_kinds(unit, kind_ids)
    fresh = StudySession(-1, draft.day, draft.start, draft.end)
    session = replace(_with_own_status(draft, fresh), id=-1)
    session = replace(_tidied(session), talk_places=places(kinds, draft.talk_places))
    check_day(session.day)
    check_times(session)
    check_people(unit, session)
    ids = tuple(kind.id for kind in kinds)
    if not override:
        refuse_clashes(unit, [(session, ids)])
    session = replace(session, id=new_id(unit, StudySession))
    unit.put(session)
    unit.put(*(SessionKindLink(session.id, kind_id) for kind_id in ids))
    link_plan(unit)
    return unit.commit(f"新建场次 {session_title(session, kinds)}"), session.id


def edit_session(
    unit: UnitOfWork, original: StudySession, edited: StudySession, *, override: bool = False
) -> Committed:
    """Change what a session says; ``original`` is what the form showed.

    Status, archiving and series are not for editing here and stay as stored. Another date
    moves a session still ahead (see :func:`move_session`); for a held one see
    :func:`correct_date`. A session of a series that gets another date, time or venue goes
    its own way from then on. Raises ``Stale``, ``EndBeforeStart``, ``BeforeEntry``,
    ``NotFound``, ``WrongStatus``, and ``Clash`` for clashes that the change brings, unless
    ``override``.
    """
    stored = unit.get(StudySession, original.id)
    if stored is None or stored != original:
        raise Stale(f"场次 {original.day}")
    wanted = _tidied(_with_own_status(edited, stored))
    if wanted.day != stored.day:
        if not stored.status.ahead:
            raise wrong_status(unit, stored, "改期")
        wanted = _moved(wanted, stored, wanted.day)
    return _save(unit, stored, wanted, edit_label(unit, stored, wanted), override)


def move_session(
    unit: UnitOfWork,
    session_id: int,
    day: date,
    start: time | None = None,
    *,
    override: bool = False,
) -> Committed:
    """改期: another date, another start (its length stays), or both.

    ``moved_from`` keeps the first date ever; back on that date it is simply planned again.
    Its planned theme stays with it. Raises ``NotFound``, ``WrongStatus`` (held or cancelled),
    ``BadValue`` (it would cross midnight), ``BeforeEntry``, and ``Clash`` unless
    ``override``.
    """
    stored = require(unit, StudySession, "场次", session_id)
    if not stored.status.ahead:
        raise wrong_status(unit, stored, "改期")
    wanted = _moved(_restarted(stored, start), stored, day)
    where = day_text(day) if start is None else f"{day_text(day)} {start:%H:%M}"
    return _save(unit, stored, wanted, f"改期：{title_of(unit, stored)} 改到 {where}", override)


def correct_date(
    unit: UnitOfWork,
    session_id: int,
    day: date,
    start: time | None = None,
    *,
    override: bool = False,
) -> Committed:
    """Correct the date (and start) of a session that took place; it stays held.

    In another year its fixed 第N次 is given up, as numbers count by year. Raises
    ``WrongStatus`` unless held, ``BadValue`` for a day still to come or across midnight,
    ``BeforeEntry`` when somebody who came was not yet, or no longer, on the roster then,
    ``Clash`` unless ``override``.
    """
    stored = require(unit, StudySession, "场次", session_id)
    if stored.status is not SessionStatus.HELD:
        raise wrong_status(unit, stored, "更正开展日期")
    if day > unit.services.clock.today():
        raise BadValue("日期", str(day), "今天或以前的日期")
    for row in unit.all(Attendance, session_id=session_id):
        if row.mark in CAME:
            check_on_roster(require(unit, Person, "人员", row.person_id), day)
    if day.year != stored.day.year:
        _free_numbers(unit, session_id)
    wanted = replace(_restarted(stored, start), day=day)
    label = f"更正日期：{title_of(unit, stored)} 改为 {day_text(day)}"
    return _save(unit, stored, wanted, label, override)


def cancel_session(unit: UnitOfWork, session_id: int, why: str) -> Committed:
    """取消 a session still ahead, with a reason; it stays listed, uncounted, unnumbered.

    Raises ``NotFound``, ``Missing`` (no reason), ``WrongStatus``.
    """
    stored = require(unit, StudySession, "场次", session_id)
    reason = why.strip()
    if not stored.status.ahead:
        raise wrong_status(unit, stored, "取消")
    if not reason:
        raise Missing("取消的原因")
    _free_numbers(unit, session_id)
    unit.put(replace(stored, status=SessionStatus.CANCELLED, status_reason=reason))
    return unit.commit(f"取消 {title_of(unit, stored)}（{reason}）")


def restore_session(unit: UnitOfWork, session_id: int, *, override: bool = False) -> Committed:
    """Take a cancellation back: planned again, or moved if it had been.

    Raises ``NotFound``, ``WrongStatus`` unless cancelled, ``Clash`` unless ``override``.
    """
    stored = require(unit, StudySession, "场次", session_id)
    if stored.status is not SessionStatus.CANCELLED:
        raise wrong_status(unit, stored, "恢复")
    status = SessionStatus.PLANNED if stored.moved_from is None else SessionStatus.MOVED
    wanted = replace(stored, status=status, status_reason="")
    if not override:
        kinds = kinds_of_session(unit, session_id)
        refuse_clashes(unit, [(wanted, tuple(kind.id for kind in kinds))])
    unit.put(wanted)
    return unit.commit(f"恢复 {title_of(unit, stored)}")


def delete_session(unit: UnitOfWork, session_id: int) -> Committed:
    """Delete a session entered by mistake; a planned theme is freed for another.

    Raises ``NotFound``, ``WrongStatus`` unless still ahead, ``InUse`` when marks, talks,
    comments, reflections or files hang on it.
    """
    stored = require(unit, StudySession, "场次", session_id)
    if not stored.status.ahead:
        raise wrong_status(unit, stored, "删除")
    title = title_of(unit, stored)
    used = records_of(unit, session_id)
    if used:
        raise InUse(title, names(used, limit=4))
    remove_sessions(unit, [stored])
    return unit.commit(f"删除场次 {title}")


def records_of(unit: UnitOfWork, session_id: int) -> list[str]:
    """What hangs on a session, in words; an empty place for a talk is nothing."""
    talks = unit.all(Talk, session_id=session_id)
    found = {
        "签到记录": bool(unit.all(Attendance, session_id=session_id)),
        "讲课安排": any(talk.speaker_id or talk.guest or talk.title for talk in talks),
        "点评": bool(unit.all(Comment, session_id=session_id)),
        "感想心得体会": bool(unit.all(Reflection, session_id=session_id)),
        "佐证材料": bool(unit.all(Evidence, session_id=session_id)),
        "补学记录": bool(unit.all(MakeUp, session_id=session_id)),
    }
    return [word for word, there in found.items() if there]


def remove_sessions(unit: UnitOfWork, sessions: Sequence[StudySession]) -> None:
    """Delete sessions without records, with all that belongs to them (not committed here)."""
    ids = [session.id for session in sessions]
    if ids:
        release_items(unit, ids)
        unit.remove(*unit.all(Talk, session_id=ids), *unit.all(SessionKindLink, session_id=ids))
        unit.remove(*sessions)


def _save(
    unit: UnitOfWork, stored: StudySession, wanted: StudySession, label: str, override: bool
) -> Committed:
    """Check and store an edited session; with a new place or time it leaves its series."""
    # An imported session may have no length: that stands in the way of nothing else.
    if wanted.day != stored.day:
        check_day(wanted.day)
    if (wanted.start, wanted.end) != (stored.start, stored.end):
        check_times(wanted)
    check_people(unit, wanted, stored)
    if wanted.series_id is not None and _slot(wanted) != _slot(stored):
        wanted = replace(wanted, excepted=True)
    if not override and _wanting(wanted) != _wanting(stored):
        ids = tuple(kind.id for kind in kinds_of_session(unit, stored.id))
        refuse_clashes(unit, [(wanted, ids)], before=[(stored, ids)])
    unit.put(wanted)
    return unit.commit(label)


def _slot(session: StudySession) -> tuple[object, ...]:
    return (session.day, session.start, session.end, session.venue)


def _wanting(session: StudySession) -> tuple[object, ...]:
    """Everything that can make a clash."""
    lead = (session.lead_id, session.lead_name)
    host = (session.host_id, session.host_name)
    return (_slot(session), lead, host, session.recorder_id, session.recorder_name)


def _moved(wanted: StudySession, stored: StudySession, day: date) -> StudySession:
    first = stored.moved_from or stored.day
    back = day == first
    return replace(
        wanted,
        day=day,
        moved_from=None if back else first,
        status=SessionStatus.PLANNED if back else SessionStatus.MOVED,
    )


def _restarted(session: StudySession, start: time | None) -> StudySession:
    if start is None:
        return session
    end = end_time(datetime.combine(session.day, start), session.minutes)
    return replace(session, start=start, end=end)


def _with_own_status(edited: StudySession, stored: StudySession) -> StudySession:
    return replace(
        edited,
        id=stored.id,
        status=stored.status,
        status_reason=stored.status_reason,
        moved_from=stored.moved_from,
        archived=stored.archived,
        waiver=stored.waiver,
        series_id=stored.series_id,
        occurrence=stored.occurrence,
        excepted=stored.excepted,
    )


def _tidied(session: StudySession) -> StudySession:
    return replace(
        session,
        theme=session.theme.strip(),
        venue=session.venue.strip(),
        lead_name=session.lead_name.strip() if session.lead_id is None else "",
        host_name=session.host_name.strip() if session.host_id is None else "",
        recorder_name=session.recorder_name.strip() if session.recorder_id is None else "",
    )


def _free_numbers(unit: UnitOfWork, session_id: int) -> None:
    links = unit.all(SessionKindLink, session_id=session_id)
    unit.put(*(replace(link, ordinal=None) for link in links))
