"""第N次 of a year: renumbering as one shown, undoable operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.ordinals import Renumber, renumbering
from bulletin_study.domain.sessions import (
    OpeningFigure,
    SessionKind,
    SessionKindLink,
    StudySession,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork, require


@dataclass(frozen=True, slots=True)
class RenumberRow:
    """One session of a renumbering; ``change.fixed`` where a fixed number would change."""

    session: StudySession
    change: Renumber


def preview_renumbering(unit: UnitOfWork, kind_id: int, year: int) -> list[RenumberRow]:
    """What would change if a kind's sessions of a year were numbered by date anew.

    Empty when every number is its rank already.
    """
    sessions, changes = _proposal(unit, kind_id, year)
    by_id = {session.id: session for session in sessions}
    return [RenumberRow(by_id[change.session_id], change) for change in changes]


def renumber(unit: UnitOfWork, kind_id: int, year: int) -> Committed:
    """Number a kind's sessions of a year by date anew, fixed numbers included.

    Numbers already printed on paper change too: show :func:`preview_renumbering` first.
    Raises ``NotFound`` for the kind.
    """
    kind = require(unit, SessionKind, "活动类型", kind_id)
    _, changes = _proposal(unit, kind_id, year)
    unit.put(
        *(
            SessionKindLink(change.session_id, kind_id, change.after)
            for change in changes
            if change.fixed
        )
    )
    return unit.commit(f"重排期次：{year} 年 {kind.name}，{len(changes)} 场")


def _proposal(
    unit: UnitOfWork, kind_id: int, year: int
) -> tuple[Sequence[StudySession], tuple[Renumber, ...]]:
    sessions = unit.sessions_between(date(year, 1, 1), date(year, 12, 31))
    links = unit.all(SessionKindLink, kind_id=kind_id)
    openings = unit.all(OpeningFigure, kind_id=kind_id, year=year)
    return sessions, renumbering(sessions, links, openings, kind_id, year)
