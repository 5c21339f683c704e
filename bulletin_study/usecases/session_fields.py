"""Changing single fields of a session while others of it may be on their way, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bulletin_study.domain.errors import Stale
from bulletin_study.domain.sessions import SessionStatus, StudySession
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.session_checks import title_of
from bulletin_study.usecases.sessions import correct_date, edit_session


def edit_fields(
    unit: UnitOfWork,
    session_id: int,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    override: bool = False,
) -> Committed:
    """Set the fields ``after``; ``before`` are the same fields as the form showed them.

    What else of the session was changed meanwhile stays. The date of one that took place is
    corrected, that of one still ahead moved. Raises ``Stale`` when one of the fields is not
    as it was shown, and what ``edit_session`` and ``correct_date`` raise.
    """
    stored = require(unit, StudySession, "场次", session_id)
    if any(getattr(stored, name) != value for name, value in before.items()):
        raise Stale(title_of(unit, stored))
    if stored.status is SessionStatus.HELD and "day" in after:
        return correct_date(unit, session_id, after["day"], override=override)
    return edit_session(unit, stored, replace(stored, **after), override=override)
