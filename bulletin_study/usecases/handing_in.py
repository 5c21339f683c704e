"""Papers that are handed in fix the 第N次 that they name.

Once a 签到表, 会议记录 or 讲课记录 of a session that took place is printed or written to a file,
the number on it must not change any more (domain rule: archived or printed). Every builder of
such a paper notes in ``numbers`` what it names; whoever has written or printed it calls
:func:`fix_printed`, the window and the command line alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from bulletin_study.domain.errors import Stale
from bulletin_study.domain.ordinals import ordinals
from bulletin_study.domain.sessions import (
    OpeningFigure,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.ports import UnitOfWork, names
from bulletin_study.usecases.reports import Numbered
from bulletin_study.usecases.session_list import SessionRow
from bulletin_study.usecases.titles import session_title


def numbers_named(row: SessionRow, kinds: Iterable[SessionKind]) -> tuple[Numbered, ...]:
    """What a paper of this session names under these kinds: nothing while it is ahead."""
    if row.session.status is not SessionStatus.HELD:
        return ()
    wanted = {kind.id for kind in kinds}
    pairs = zip(row.kinds, row.ordinals, strict=True)
    return tuple(
        Numbered(row.session.id, kind.id, one.number)
        for kind, one in pairs
        if kind.id in wanted and one is not None
    )


class HandedIn(Protocol):
    """What leaves the office: a report, a paper, a package of them."""

    @property
    def numbers(self) -> tuple[Numbered, ...]:
        """The 第N次 that it names."""


def fix_printed(unit: UnitOfWork, document: HandedIn) -> Committed:
    """Fix the numbers that something written or printed names, as one operation.

    Nothing is saved where all of them are fixed already. Raises ``Stale`` when a number is
    no longer what the document says.
    """
    sessions = {session.id: session for session in unit.all(StudySession)}
    links = {(link.session_id, link.kind_id): link for link in unit.all(SessionKindLink)}
    numbers = ordinals(sessions.values(), links.values(), unit.all(OpeningFigure))
    kinds = load_kinds(unit)
    fixed: dict[SessionKindLink, str] = {}
    for named in dict.fromkeys(document.numbers):
        key = (named.session_id, named.kind_id)
        stands = numbers.get(key)
        title = _title(sessions.get(named.session_id), kinds.get(named.kind_id))
        if stands is None or stands.number != named.number:
            raise Stale(f"{title}的期次")
        if not stands.fixed:
            link = replace(links[key], ordinal=named.number)
            fixed[link] = f"{title}第{named.number}次"
    unit.put(*fixed)
    return unit.commit(f"固定期次：{names(list(fixed.values()))}")


def _title(session: StudySession | None, kind: SessionKind | None) -> str:
    return session_title(session, [kind] if kind else []) if session else "场次"
