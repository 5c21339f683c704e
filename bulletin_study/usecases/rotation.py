"""每周一讲: plan the talks, save the plan, check what is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bulletin_study.domain.errors import EndBeforeStart, Stale
from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import (
    Breach,
    HeadFirst,
    PlaceState,
    Plan,
    PlannedPlace,
    Problem,
    Settings,
    Slot,
    check,
    plan,
)
from bulletin_study.domain.sessions import (
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.domain.settings import Setting
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.evidence_moves import put_with_materials
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation_json import read_reasons, reasons_text

_SPREAD = "rotation.spread"
_HEAD_FIRST = "rotation.head_first"
_GAP = "rotation.gap_days"

Talks = dict[int, dict[int, Talk]]
"""Talks by session, then by place."""


# --- reads --------------------------------------------------------------------------------


def load_settings(unit: UnitOfWork) -> Settings:
    """What the office has set about the rotation; what it has not is as it comes."""
    found = {s.key: s.value for s in unit.all(Setting, key=[_SPREAD, _HEAD_FIRST, _GAP])}
    usual = Settings()
    gap = found.get(_GAP, "")
    policies = {policy.value: policy for policy in HeadFirst}
    return Settings(
        spread=found.get(_SPREAD) == "1",
        head_first=policies.get(found.get(_HEAD_FIRST, ""), usual.head_first),
        gap_days=int(gap) if gap.isdecimal() else usual.gap_days,
    )


def save_settings(unit: UnitOfWork, settings: Settings) -> Committed:
    """Keep the settings of the rotation; plans already saved stay as they are."""
    unit.put(
        Setting(_SPREAD, "1" if settings.spread else "0"),
        Setting(_HEAD_FIRST, settings.head_first.value),
        Setting(_GAP, str(settings.gap_days)),
    )
    return unit.commit("修改轮讲设置")


def talk_sessions(unit: UnitOfWork) -> list[StudySession]:
    """Sessions with talks, cancelled ones left out, by day, start, id."""
    with_talks = [kind.id for kind in load_kinds(unit).values() if kind.has_talks]
    if not with_talks:
        return []
    ids = {link.session_id for link in unit.all(SessionKindLink, kind_id=with_talks)}
    sessions = unit.sessions_between(date.min, date.max)
    return [s for s in sessions if s.id in ids and s.status is not SessionStatus.CANCELLED]


def load_talks(unit: UnitOfWork, *session_ids: int) -> Talks:
    """Stored talks by session and place: of the sessions given, or all."""
    found: Talks = defaultdict(dict)
    for talk in unit.all(Talk, session_id=session_ids) if session_ids else unit.all(Talk):
        found[talk.session_id][talk.place] = talk
    return found


def places_of(session: StudySession, talks: Talks) -> range:
    """The numbers of a session's places: as many as it holds, or as are filled."""
    return range(1, max(session.talk_places, 1, *talks.get(session.id, ())) + 1)


def talk_at(talks: Talks, session_id: int, place: int) -> Talk | None:
    """What is saved for a place."""
    return talks.get(session_id, {}).get(place)


def load_slots(unit: UnitOfWork) -> list[Slot]:
    """All places of all talk sessions with what is saved for them, in order."""
    talks = load_talks(unit)
    return [
        slot_of(session, place, talk_at(talks, session.id, place))
        for session in talk_sessions(unit)
        for place in places_of(session, talks)
    ]


def slot_of(session: StudySession, place: int, talk: Talk | None) -> Slot:
    """One place as the rotation sees it."""
    slot = Slot(session.id, place, session.day, session.start, session.status is SessionStatus.HELD)
    if talk is None:
        return slot
    return replace(
        slot.told(read_reasons(talk.reasons)),
        speaker_id=talk.speaker_id,
        guest=talk.guest,
        pinned=talk.pinned,
        round=talk.round,
        group_id=talk.group_id,
        planned_id=talk.planned_id,
        category=talk.category,
        mentor_id=talk.mentor_id,
    )


def load_problem(
    unit: UnitOfWork,
    first: date,
    last: date,
    *,
    settings: Settings | None = None,
    roster: Roster | None = None,
) -> Problem:
    """Everything that a plan for ``first`` … ``last`` depends on.

    Raises ``EndBeforeStart``.
    """
    if last < first:
        raise EndBeforeStart("日期", f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}")
    return Problem(
        tuple(load_slots(unit)),
        roster or load_roster(unit),
        first,
        last,
        settings or load_settings(unit),
    )


def plan_rotation(
    unit: UnitOfWork, first: date, last: date, settings: Settings | None = None
) -> Plan:
    """Propose who speaks at every place from ``first`` to ``last``; nothing is saved.

    Places say whether they differ from what is saved. Talks held and pinned, and guests,
    stay. ``settings``: other than the office's. Raises ``EndBeforeStart``.
    """
    return plan(load_problem(unit, first, last, settings=settings))


def check_rotation(unit: UnitOfWork, first: date, last: date) -> list[Breach]:
    """What is saved from ``first`` to ``last`` against every hard rule.

    Raises ``EndBeforeStart``.
    """
    return check(load_problem(unit, first, last))


# --- saving -------------------------------------------------------------------------------


def apply_plan(unit: UnitOfWork, proposed: Plan) -> Committed:
    """Save a proposal as one operation.

    A title and category agreed with a speaker go with him to his new place, as do his files. Raises
    ``Stale`` when people, leave or talks have changed since it was proposed.
    """
    again = plan_rotation(unit, proposed.first, proposed.last, proposed.settings)
    if again != proposed:
        raise Stale("轮讲安排")
    talks = load_talks(unit)
    agreed = agreed_titles(proposed.places, talks)
    wanted: list[Talk] = []
    for place in proposed.places:
        old = talk_at(talks, place.session_id, place.place)
        if place.state is PlaceState.PINNED and old is not None:
            wanted.append(_kept(old, place))
        elif place.state is PlaceState.PLANNED:
            wanted.append(filled(old, place, agreed))
        elif place.state is PlaceState.EMPTY and old is not None and place.was_id is not None:
            wanted.append(emptied(old, place))
    put_planned(unit, wanted)
    return unit.commit(_label(proposed))


def put_planned(unit: UnitOfWork, wanted: Sequence[Talk]) -> None:
    """Store talks, those with id 0 under fresh ones; their files follow their speakers."""
    fresh = iter(unit.new_ids(Talk, sum(talk.id == 0 for talk in wanted)))
    put_with_materials(
        unit, [talk if talk.id else replace(talk, id=next(fresh)) for talk in wanted]
    )


def agreed_titles(places: Iterable[PlannedPlace], talks: Talks) -> dict[int, list[Talk]]:
    """Talks with a title whose speakers are moved elsewhere, by speaker, in order."""
    found: dict[int, list[Talk]] = defaultdict(list)
    for place in places:
        old = talk_at(talks, place.session_id, place.place)
        if place.changed and old is not None and old.title and old.speaker_id is not None:
            found[old.speaker_id].append(old)
    return found


def _kept(old: Talk, place: PlannedPlace) -> Talk:
    """A pin: only what the rotation works out about it is new."""
    return replace(
        old,
        category=place.category,
        mentor_id=place.mentor_id,
        group_id=place.group_id,
        round=place.round,
        reasons=reasons_text(place.reasons),
    )


def filled(old: Talk | None, place: PlannedPlace, agreed: dict[int, list[Talk]]) -> Talk:
    """The talk with the speaker planned; a title agreed with him elsewhere comes along."""
    talk = old or Talk(0, place.session_id, place.place)
    title, category = talk.title, place.category
    if place.changed:
        waiting = agreed.get(place.speaker_id or 0)
        moved = waiting.pop(0) if waiting else None
        title = moved.title if moved else ""
        category = (moved.category if moved else None) or category
    return replace(
        talk,
        speaker_id=place.speaker_id,
        guest="",
        title=title,
        category=category,
        mentor_id=place.mentor_id,
        group_id=place.group_id,
        round=place.round,
        planned_id=None,
        reasons=reasons_text(place.reasons),
    )


def emptied(old: Talk, place: PlannedPlace) -> Talk:
    """Nobody can serve it now: whoever was announced there is taken off."""
    return Talk(old.id, old.session_id, old.place, reasons=reasons_text(place.reasons))


def _label(proposed: Plan) -> str:
    span = f"{proposed.first:%Y-%m-%d} 至 {proposed.last:%Y-%m-%d}"
    changes = proposed.summary.changes
    return f"自动安排 {span} 的讲课：{f'{changes} 处有变' if changes else '主讲人没有变'}"
