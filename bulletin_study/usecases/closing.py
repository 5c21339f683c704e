"""Marking sessions held, their closing checklist, archiving and reopening."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.closing import CheckItem, Records, Want, checklist
from bulletin_study.domain.errors import Missing, StillMissing, WrongStatus
from bulletin_study.domain.evidence import Evidence, EvidenceKind
from bulletin_study.domain.ordinals import ordinals
from bulletin_study.domain.people import Group
from bulletin_study.domain.sessions import (
    ClosingItem,
    Comment,
    OpeningFigure,
    Reflection,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.usecases.attendance import freeze
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import links_by_session, load_kinds
from bulletin_study.usecases.ports import UnitOfWork, names, require
from bulletin_study.usecases.sign_in_list import SignIn
from bulletin_study.usecases.titles import session_title

R = TypeVar("R", Talk, Comment, Reflection, Evidence)

ITEM_LABELS: Mapping[ClosingItem, str] = {
    ClosingItem.SIGN_IN: "签到",
    ClosingItem.THEME: "主题",
    ClosingItem.FORM: "形式",
    ClosingItem.LEAD: "领学人",
    ClosingItem.TALKS: "讲课题目",
    ClosingItem.COMMENTS: "领导点评",
    ClosingItem.REFLECTIONS: "心得体会",
    ClosingItem.REPORTS: "组室点评",
    ClosingItem.EVIDENCE: "佐证材料",
}
"""What each line of the checklist is called where it is shown short."""

_WORDS: Mapping[ClosingItem, str] = {
    ClosingItem.SIGN_IN: "签到",
    ClosingItem.THEME: "主题",
    ClosingItem.FORM: "形式",
    ClosingItem.LEAD: "领学人",
    ClosingItem.TALKS: "主讲人、题目和类别",
    ClosingItem.COMMENTS: "领导点评",
    ClosingItem.REFLECTIONS: "感想心得体会",
    ClosingItem.REPORTS: "各组室点评",
    ClosingItem.EVIDENCE: "佐证材料",
}


@dataclass(frozen=True, slots=True)
class Closing:
    """One session's checklist."""

    session: StudySession
    kinds: tuple[SessionKind, ...]
    items: tuple[CheckItem, ...]

    @property
    def lacking(self) -> tuple[CheckItem, ...]:
        """The lines not complete."""
        return tuple(item for item in self.items if not item.complete)

    @property
    def owed(self) -> tuple[CheckItem, ...]:
        """Those that count as missing: what was complete when it was archived stays so,
        whatever files are asked for since."""
        complete = self.session.archived and not self.session.waiver
        return tuple(
            item for item in self.lacking if not (complete and item.item is ClosingItem.EVIDENCE)
        )

    @property
    def title(self) -> str:
        """The session in words."""
        return session_title(self.session, self.kinds)


@dataclass(frozen=True, slots=True)
class HoldResult:
    """``archived``: the sessions closed at once; ``lacking``: what the others still miss."""

    committed: Committed
    closings: tuple[Closing, ...]
    archived: tuple[int, ...]


def label_of(want: Want) -> str:
    """What a line of the checklist is called: "主题", of files their kind ("照片")."""
    return str(want.evidence or ITEM_LABELS[want.item])


def item_words(item: CheckItem) -> str:
    """"签到差 2 人", "第1讲 领导点评差 1 条"."""
    what = _WORDS[item.item]
    where = f"第{item.place}讲 " if item.place else ""
    match item.item:
        case ClosingItem.SIGN_IN:
            unit = "人" if item.needed > 1 or item.done else ""
            return f"{what}差 {item.lacking} {unit}" if unit else f"{what}没有名单"
        case ClosingItem.COMMENTS | ClosingItem.REFLECTIONS:
            return f"{where}{what}差 {item.lacking} 条"
        case ClosingItem.REPORTS:
            return f"{what}差 {item.lacking} 个组室"
        case ClosingItem.EVIDENCE:
            kind = item.evidence or EvidenceKind.OTHER
            return f"{item.evidence or what}差 {kind.counted(item.lacking)}"
        case _:
            return f"{where}{what}没填"


def load_closings(
    unit: UnitOfWork,
    sessions: Sequence[StudySession],
    expected: Mapping[int, Headcount] | None = None,
) -> list[Closing]:
    """The checklists of these sessions, with few queries however many they are.

    ``expected`` are sign-ins by session to go by instead of what is stored: before a session
    took place its list is today's roster's.
    """
    ids = [session.id for session in sessions]
    kinds = load_kinds(unit)
    links = links_by_session(unit, ids)
    sign_ins = {**unit.headcounts(ids), **(expected or {})}
    talks = _by_session(unit.all(Talk, session_id=ids)) if ids else {}
    comments = _by_session(unit.all(Comment, session_id=ids)) if ids else {}
    reflections = _by_session(unit.all(Reflection, session_id=ids)) if ids else {}
    files = _by_session(unit.all(Evidence, session_id=ids)) if ids else {}
    groups = [group.id for group in unit.all(Group)]
    closings = []
    for session in sessions:
        own = sorted((kinds[k.kind_id] for k in links[session.id]), key=lambda k: k.order)
        records = Records(
            sign_ins.get(session.id, Headcount()),
            talks.get(session.id, ()),
            comments.get(session.id, ()),
            reflections.get(session.id, ()),
            groups,
            files.get(session.id, ()),
        )
        closings.append(Closing(session, tuple(own), checklist(session, own, records)))
    return closings


def closing_of(unit: UnitOfWork, sign_in: SignIn) -> Closing:
    """The checklist of a session whose sign-in is loaded."""
    session = sign_in.session
    expected = {session.id: sign_in.headcount} if session.status.ahead else {}
    return load_closings(unit, [session], expected)[0]


def hold(unit: UnitOfWork, session_ids: Sequence[int]) -> HoldResult:
    """Mark sessions 已开展, freeze their lists, archive those that lack nothing.

    Sessions already held stay so (their missing items are told again). Raises
    ``WrongStatus`` for a cancelled one; then none is changed.
    """
    held: list[StudySession] = []
    for session_id in session_ids:
        session = require(unit, StudySession, "场次", session_id)
        if session.status is SessionStatus.CANCELLED:
            raise WrongStatus(_title(unit, session), "已取消", "记为已开展")
        if session.status.ahead:
            freeze(unit, session)
            session = replace(session, status=SessionStatus.HELD)
            unit.put(session)
        held.append(session)
    closings = load_closings(unit, held)
    ready = [c.session for c in closings if not c.lacking and not c.session.archived]
    _archive(unit, ready)
    titles = [c.title for c in closings]
    committed = unit.commit(f"记为已开展：{names(titles)}")
    return HoldResult(committed, tuple(closings), tuple(session.id for session in ready))


def archive(
    unit: UnitOfWork, session_id: int, *, anyway: bool = False, why: str = ""
) -> Committed:
    """归档 a held session; with something missing only ``anyway`` and with a reason.

    Fixes its 第N次. Raises ``StillMissing``, ``Missing`` (no reason given), ``WrongStatus``.
    """
    return archive_all(unit, [session_id], anyway=anyway, why=why)


def archive_all(
    unit: UnitOfWork, session_ids: Sequence[int], *, anyway: bool = False, why: str = ""
) -> Committed:
    """归档 several held sessions as one operation, or none. Raises as :func:`archive`."""
    sessions = [require(unit, StudySession, "场次", session_id) for session_id in session_ids]
    closings = load_closings(unit, sessions)
    reason = why.strip()
    for closing in closings:
        status = closing.session.status
        if status is not SessionStatus.HELD:
            raise WrongStatus(closing.title, "还没有开展" if status.ahead else "已取消", "归档")
        if closing.lacking and not anyway:
            raise StillMissing(closing.title, tuple(item_words(i) for i in closing.lacking))
        if closing.lacking and not reason:
            raise Missing("缺项归档的原因")
    _archive(unit, [c.session for c in closings if not c.lacking])
    _archive(unit, [c.session for c in closings if c.lacking], reason)
    return unit.commit(f"归档：{names([c.title for c in closings])}")


def reopen(unit: UnitOfWork, session_id: int) -> Committed:
    """Take a session out of the archive to work on it again; its number stays fixed."""
    session = require(unit, StudySession, "场次", session_id)
    unit.put(replace(session, archived=False, waiver=""))
    return unit.commit(f"撤回归档：{_title(unit, session)}")


def fix_ordinals(unit: UnitOfWork, session_ids: Sequence[int]) -> None:
    """Fix the 第N次 of sessions that are archived or printed (not committed here)."""
    wanted = set(session_ids)
    all_sessions = unit.all(StudySession)
    links = unit.all(SessionKindLink)
    numbers = ordinals(all_sessions, links, unit.all(OpeningFigure))
    fixed = []
    for link in links:
        number = numbers.get((link.session_id, link.kind_id))
        if link.session_id in wanted and link.ordinal is None and number is not None:
            fixed.append(replace(link, ordinal=number.number))
    unit.put(*fixed)


def _archive(unit: UnitOfWork, sessions: Sequence[StudySession], waiver: str = "") -> None:
    if not sessions:
        return
    unit.put(*(replace(session, archived=True, waiver=waiver) for session in sessions))
    fix_ordinals(unit, [session.id for session in sessions])


def _title(unit: UnitOfWork, session: StudySession) -> str:
    kinds = load_kinds(unit)
    linked = unit.all(SessionKindLink, session_id=session.id)
    return session_title(session, [kinds[link.kind_id] for link in linked])


def _by_session(values: Sequence[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for value in values:
        found[value.session_id].append(value)
    return found
