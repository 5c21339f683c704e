"""Files about a talk follow its speaker when he is moved to another place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.sessions import Talk
from bulletin_study.usecases.ports import UnitOfWork


def put_with_materials(unit: UnitOfWork, talks: Sequence[Talk]) -> None:
    """Store talks that may have changed speakers among themselves (not committed here).

    The files of a speaker who has no new place among them stay where they are: they cannot
    vanish from sight.
    """
    ids = [talk.id for talk in talks]
    before = {talk.id: talk for talk in unit.all(Talk, id=ids)} if ids else {}
    unit.put(*talks)
    files = unit.all(Evidence, talk_id=list(before)) if before else []
    if files:
        goals = _goals(before, talks)
        unit.put(
            *(
                replace(file, session_id=to.session_id, talk_id=to.id)
                for file in files
                if (to := goals.get(file.talk_id or 0)) is not None
            )
        )


def _goals(before: dict[int, Talk], after: Sequence[Talk]) -> dict[int, Talk]:
    """Where the speaker of each talk went, by the id of the talk he left."""
    changed = [talk for talk in after if _who(before.get(talk.id)) != _who(talk)]
    waiting: dict[object, list[Talk]] = defaultdict(list)
    for talk in changed:
        waiting[_who(talk)].append(talk)
    goals = {}
    for talk in changed:
        who = _who(before.get(talk.id))
        if who is not None and waiting[who]:
            goals[talk.id] = waiting[who].pop(0)
    return goals


def _who(talk: Talk | None) -> int | str | None:
    return None if talk is None else talk.speaker_id or talk.guest or None
