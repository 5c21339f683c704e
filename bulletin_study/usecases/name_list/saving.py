"""A list of names becomes marks, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bulletin_study.domain.attendance import Mark
from bulletin_study.usecases.attendance import MarkEntry, put_rows, unmarked, with_entries
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.titles import session_title


def mark_by_list(
    unit: UnitOfWork,
    session_id: int,
    entries: Sequence[MarkEntry],
    *,
    rest: Mark | None = None,
    hold: bool = False,
) -> Committed:
    """A whole list of names at once; ``rest`` is what everybody else still unmarked gets.

    Raises as :func:`~bulletin_study.usecases.attendance.mark`.
    """
    sign_in, listed = with_entries(unit, session_id, entries)
    others_left = [replace(r, mark=rest) for r in unmarked(sign_in, listed)] if rest else []
    put_rows(unit, sign_in, [*listed.values(), *others_left], hold=hold)
    told = f"按名单记 {len(listed)} 人"
    if others_left:
        told += f"，其余 {len(others_left)} 人标为“{rest}”"
    return unit.commit(f"{session_title(sign_in.session, sign_in.kinds)} 签到：{told}")
