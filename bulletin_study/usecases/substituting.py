"""代讲: who could stand in at a place, in words, and letting somebody do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import (
    Substitute,
    Substitutes,
    Way,
    substitutes,
)
from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation import load_problem, load_slots
from bulletin_study.usecases.rotation_order import let_order_yield
from bulletin_study.usecases.rotation_words import bar_words, group_name, wait_words
from bulletin_study.usecases.talk_spots import (
    hand_over,
    moved_here,
    slot_at,
    spot_at,
    who_speaks,
)
from bulletin_study.usecases.talks import assign_speaker, record_speaker, swap


@dataclass(frozen=True, slots=True)
class Offer:
    """One candidate in words: 蒋一诺 · 公务员组 · 同组，等 13 周；与 12-16 对调."""

    person_id: int
    name: str
    group: str
    why: str


@dataclass(frozen=True, slots=True)
class Offers:
    """Candidates for a place, the best first; ``unfit`` are (name, why not) by 排名."""

    session_id: int
    place: int
    fit: tuple[Offer, ...]
    unfit: tuple[tuple[str, str], ...]


def load_offers(unit: UnitOfWork, session_id: int, place: int) -> Offers:
    """Who could take the place instead; nobody once it is cancelled. Raises ``NotFound``."""
    spot = spot_at(unit, session_id, place)
    if spot.session.status is SessionStatus.CANCELLED:
        return Offers(session_id, place, (), ())
    found, roster = _found(unit, session_id, place)
    day = spot.session.day
    fit = tuple(
        Offer(
            one.person_id,
            roster.people[one.person_id].name,
            group_name(roster, one.group_id),
            offer_words(one, day),
        )
        for one in found.fit
    )
    unfit = tuple(
        (
            roster.people[u.person_id].name,
            bar_words(u.bar, roster, u.person_id, day) + (f" {u.day:%m-%d}" if u.day else ""),
        )
        for u in found.unfit
    )
    return Offers(session_id, place, fit, unfit)


def offer_words(one: Substitute, day: date) -> str:
    """What speaks for a candidate and what it costs: 同组，等 13 周；与 12-16 对调."""
    reasons = ["AB岗"] if one.partner else []
    if one.groups_on < 2:
        reasons.append("同组" if one.groups_on == 0 else "下一组")
    if one.since is None:
        reasons.append("还没讲过")
    else:
        reasons.append(f"等 {wait_words(one.days)}")
    if one.mentor_away:
        reasons.append("帮带人不在")
    return "，".join(reasons) + "；" + _price(one, day)


def _price(one: Substitute, day: date) -> str:
    lead = "本轮讲过，用下一轮的" if one.next_turn else ""
    if one.own_day is None:
        return lead or "本轮还没排"
    on = f"{one.own_day:%m-%d}" if one.own_day.year == day.year else f"{one.own_day:%Y-%m-%d}"
    price = f"与 {on} 对调" if one.way is Way.SWAP else f"原排 {on}，那天空出来"
    return "，".join(filter(None, (lead, price)))


def substitute(unit: UnitOfWork, session_id: int, place: int, person_id: int) -> Committed:
    """Let a candidate stand in, with what it costs him; one operation.

    Before the session both stay where they are in later plans; afterwards it is noted who
    really spoke and who had been announced. Raises ``NotFound``, ``BeforeEntry``,
    ``RuleBroken`` and ``WrongStatus`` (cancelled).
    """
    spot = spot_at(unit, session_id, place)
    if not spot.session.status.ahead:
        return record_speaker(unit, session_id, place, person_id)
    found, _ = _found(unit, session_id, place)
    one = next((s for s in found.fit if s.person_id == person_id), None)
    if one is None or one.own is None:
        return assign_speaker(unit, session_id, place, person_id)
    own = spot_at(unit, *one.own)
    if one.way is Way.SWAP:
        return swap(unit, spot.talk.id, own.talk.id)
    roster = load_roster(unit)
    instead = who_speaks(roster, spot.talk)
    key = (own.session.id, own.talk.place)
    slots = [s for s in load_slots(unit) if (s.session_id, s.place) != key]
    hand_over(unit, own.talk, moved_here(roster, slots, spot, own.talk, override=False))
    let_order_yield(unit)
    was = f"（原定{instead}）" if instead else ""
    name = roster.people[person_id].name
    return unit.commit(f"{spot.name}改由{name}讲{was}，{own.name}空出")


def _found(unit: UnitOfWork, session_id: int, place: int) -> tuple[Substitutes, Roster]:
    spot = spot_at(unit, session_id, place)
    problem = load_problem(unit, spot.session.day, date.max)
    return substitutes(problem, slot_at(spot)), problem.roster
