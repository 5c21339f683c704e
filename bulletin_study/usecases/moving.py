"""每周一讲: a talk moved to another week or place."""

from __future__ import annotations

from bulletin_study.domain.errors import Missing, NotFound
from bulletin_study.domain.sessions import StudySession
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.rotation import load_slots, load_talks, places_of, talk_at
from bulletin_study.usecases.rotation_order import let_order_yield
from bulletin_study.usecases.session_checks import title_of, wrong_status
from bulletin_study.usecases.talk_spots import (
    hand_over,
    moved_here,
    require_talks,
    spot_at,
    spot_of,
    who_speaks,
)
from bulletin_study.usecases.talks import swap


def move_talk(
    unit: UnitOfWork,
    talk_id: int,
    session_id: int,
    place: int | None = None,
    *,
    override: bool = False,
) -> Committed:
    """Move a talk, its title with it, to a session still ahead; there it stays in later plans.

    ``place`` ``None``: the first free one. Where somebody speaks the two change places.
    Raises ``NotFound`` (no such place, none free), ``Missing`` (nobody speaks),
    ``WrongStatus`` (held or cancelled) and, unless ``override``, ``RuleBroken``.
    """
    source = spot_of(unit, talk_id)
    roster = load_roster(unit)
    who = who_speaks(roster, source.talk)
    if not who:
        raise Missing("主讲人")
    target = spot_at(unit, session_id, place or _free_place(unit, session_id))
    for spot in (source, target):
        if not spot.session.status.ahead:
            raise wrong_status(unit, spot.session, "挪动讲课")
    if target.talk.id == source.talk.id:
        return unit.commit("")
    if who_speaks(roster, target.talk):
        return swap(unit, source.talk.id, target.talk.id, override=override)
    key = (source.session.id, source.talk.place)
    slots = [s for s in load_slots(unit) if (s.session_id, s.place) != key]
    hand_over(unit, source.talk, moved_here(roster, slots, target, source.talk, override))
    let_order_yield(unit)
    return unit.commit(f"把{who}的讲课从{source.name}挪到{target.name}")


def _free_place(unit: UnitOfWork, session_id: int) -> int:
    """The first place at which nobody speaks."""
    session = require(unit, StudySession, "场次", session_id)
    require_talks(unit, session)
    talks = load_talks(unit, session_id)
    for place in places_of(session, talks):
        talk = talk_at(talks, session_id, place)
        if talk is None or (talk.speaker_id is None and not talk.guest):
            return place
    raise NotFound("空的讲课位", title_of(unit, session))
