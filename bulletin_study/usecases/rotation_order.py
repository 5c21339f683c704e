"""The group order after a hand has changed what was announced: it yields, and says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bulletin_study.domain.rotation import Reason, Rule, yielding
from bulletin_study.domain.sessions import Talk
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation import load_problem, load_talks, talk_at
from bulletin_study.usecases.rotation_json import read_reasons, reasons_text


def let_order_yield(unit: UnitOfWork) -> None:
    """Note it at every announced place whose order the change has upset (not committed here).

    Without it one swap would make the whole rest of the plan look wrong.
    """
    found = yielding(load_problem(unit, unit.services.clock.today(), date.max))
    talks = load_talks(unit, *{session_id for session_id, _ in found}) if found else {}
    unit.put(
        *(
            told
            for key, group_id in found.items()
            if (talk := talk_at(talks, *key)) is not None
            and (told := with_order_yielding(talk, group_id)) != talk
        )
    )


def with_order_yielding(talk: Talk, group_id: int | None) -> Talk:
    """The talk saying that its group was not in turn any more when the plan was changed."""
    known = read_reasons(talk.reasons)
    if any(reason.rule is Rule.ORDER_YIELDS for reason in known):
        return talk
    reasons = (*known, Reason(Rule.ORDER_YIELDS, group_id=group_id))
    return replace(talk, reasons=reasons_text(reasons))
