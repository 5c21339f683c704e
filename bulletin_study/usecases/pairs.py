"""帮带 and AB岗: who guides whom, who stands in for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bulletin_study.domain.errors import BadValue, NotFound
from bulletin_study.domain.people import AbPair, MentorKind, MentorPair, Person, covers
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.people_checks import check_span
from bulletin_study.usecases.ports import UnitOfWork, new_id, require


def set_mentor(
    unit: UnitOfWork,
    mentee_id: int,
    mentor_id: int,
    kind: MentorKind = MentorKind.OLD_WITH_NEW,
    start: date | None = None,
) -> Committed:
    """From ``start`` on (``None``: ever) this is the mentee's 帮带人.

    A pair in force ends the day before, one that began on or after ``start`` is replaced;
    pairs that ended earlier stay. Raises ``NotFound``, ``BadValue`` (oneself).
    """
    mentee, mentor = _two(unit, "帮带人", mentee_id, mentor_id)
    begins, kept = start, None
    for pair in unit.all(MentorPair, mentee_id=mentee_id):
        if pair.end is not None and (start is None or pair.end < start):
            continue
        if (pair.mentor_id, pair.kind) == (mentor_id, kind) and _began(pair, start):
            kept, begins = pair, pair.start
        elif start is not None and _began(pair, start - timedelta(days=1)):
            unit.put(replace(pair, end=start - timedelta(days=1)))
        else:
            unit.remove(pair)
    pair_id = new_id(unit, MentorPair) if kept is None else kept.id
    unit.put(MentorPair(pair_id, mentor_id, mentee_id, kind, begins))
    return unit.commit(f"帮带 {mentor.name}→{mentee.name}（{kind}）")


def end_mentor(unit: UnitOfWork, mentee_id: int, last_day: date | None = None) -> Committed:
    """The mentee's pair ends on ``last_day`` (``None``: it is deleted, as never was).

    Raises ``NotFound`` (no pair in force), ``EndBeforeStart``.
    """
    mentee = require(unit, Person, "人员", mentee_id)
    day = last_day or unit.services.clock.today()
    found = [p for p in unit.all(MentorPair, mentee_id=mentee_id) if covers(None, p.end, day)]
    if not found:
        raise NotFound("帮带关系", mentee.name)
    pair = max(found, key=lambda p: (p.start or date.min, p.id))
    if last_day is None:
        unit.remove(pair)
        return unit.commit(f"删除帮带 {mentee.name}")
    check_span("结束日期", pair.start, last_day)
    unit.put(replace(pair, end=last_day))
    return unit.commit(f"结束帮带 {mentee.name}（到 {last_day:%Y-%m-%d}）")


def set_partner(unit: UnitOfWork, person_id: int, partner_id: int | None) -> Committed:
    """``partner_id`` stands in when the person is away (``None``: nobody does).

    Raises ``NotFound``, ``BadValue`` (oneself).
    """
    stored = unit.all(AbPair, person_id=person_id)
    if partner_id is None:
        person = require(unit, Person, "人员", person_id)
        unit.remove(*stored)
        return unit.commit(f"取消AB岗 {person.name}")
    person, partner = _two(unit, "AB岗", person_id, partner_id)
    pair_id = stored[0].id if stored else new_id(unit, AbPair)
    unit.remove(*stored[1:])
    unit.put(AbPair(pair_id, person_id, partner_id))
    return unit.commit(f"AB岗 {person.name}→{partner.name}")


def _began(pair: MentorPair, day: date | None) -> bool:
    """Whether the pair had begun by that day (``None``: the beginning of time)."""
    return pair.start is None or (day is not None and pair.start <= day)


def _two(unit: UnitOfWork, field: str, person_id: int, other_id: int) -> tuple[Person, Person]:
    person = require(unit, Person, "人员", person_id)
    other = require(unit, Person, "人员", other_id)
    if person_id == other_id:
        raise BadValue(field, other.name, "另一个人")
    return person, other
