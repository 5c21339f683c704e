"""The sample office's talks: planned by the rotation's own rules, then told as they went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import PlaceState, PlannedPlace, Problem, Slot, plan
from bulletin_study.domain.sessions import TALK, SessionStatus, Talk, TalkCategory
from bulletin_study.usecases.demo_meetings import TALKS_A_SESSION, Meeting
from bulletin_study.usecases.demo_words import TALK_TITLES, TALK_TOPICS
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation_json import reasons_text

_ANNOUNCED = timedelta(weeks=4, days=7)
_PINNED = "彭书瑶"
_GUEST = "县委党校 周蕴"
_GUEST_TITLE = "基层党组织书记如何讲好党课"
_CATEGORIES = tuple(TalkCategory)


def put_talks(
    unit: UnitOfWork, meetings: Sequence[Meeting], roster: Roster, monday: date, today: date
) -> list[Talk]:
    """Store who spoke and who is announced (not committed here)."""
    sessions = [
        m.session
        for m in meetings
        if m.is_a(TALK)
        and m.session.status is not SessionStatus.CANCELLED
        and m.session.day < monday + _ANNOUNCED
    ]
    slots = [
        Slot(s.id, place, s.day, s.start)
        for s in sessions
        for place in range(1, TALKS_A_SESSION + 1)
    ]
    slots = _with_guest_and_pin(slots, roster, today)
    problem = Problem(tuple(slots), roster, slots[0].day, slots[-1].day)
    talks = _talks(unit, list(plan(problem)), roster, monday)
    talks = _stood_in(talks, slots, roster, today)
    unit.put(*talks)
    return talks


def _with_guest_and_pin(slots: list[Slot], roster: Roster, today: date) -> list[Slot]:
    """One guest in the past, and one speaker fixed for a place ahead."""
    past = [at for at, slot in enumerate(slots) if slot.day < today]
    ahead = [at for at, slot in enumerate(slots) if slot.day >= today + timedelta(days=7)]
    if past:
        at = past[len(past) * 2 // 3]
        slots[at] = replace(slots[at], guest=_GUEST)
    pinned = next((p.id for p in roster.people.values() if p.name == _PINNED), None)
    if ahead and pinned is not None:
        slots[ahead[1]] = replace(slots[ahead[1]], speaker_id=pinned, pinned=True)
    return slots


def _talks(
    unit: UnitOfWork, places: Sequence[PlannedPlace], roster: Roster, monday: date
) -> list[Talk]:
    order = {group_id: at for at, group_id in enumerate(roster.groups)}
    given: Counter[int] = Counter()
    talks: list[Talk] = []
    ids = unit.new_ids(Talk, len(places))
    for number, (talk_id, place) in enumerate(zip(ids, places, strict=True)):
        talk = Talk(talk_id, place.session_id, place.place, round=place.round)
        category = place.category or _CATEGORIES[number % len(_CATEGORIES)]
        if place.guest:
            talk = replace(talk, guest=place.guest, title=_GUEST_TITLE, category=category)
        elif place.speaker_id is not None:
            at = order.get(place.group_id or 0, 0)
            title = _title(at, category, given[at])
            given[at] += 1
            # Later than next week, some still owe their title.
            owed = place.day >= monday + timedelta(days=7) and number % 2 == 1
            talk = replace(
                talk,
                speaker_id=place.speaker_id,
                group_id=place.group_id,
                mentor_id=place.mentor_id,
                category=category,
                title="" if owed else title,
                pinned=place.state is PlaceState.PINNED,
                reasons=reasons_text(place.reasons),
            )
        talks.append(talk)
    return talks


def _title(group: int, category: TalkCategory, number: int) -> str:
    topics = TALK_TOPICS[group % len(TALK_TOPICS)]
    patterns = TALK_TITLES[category]
    return patterns[number % len(patterns)].format(topics[number % len(topics)])


def _stood_in(
    talks: list[Talk], slots: Sequence[Slot], roster: Roster, today: date
) -> list[Talk]:
    """Two of one group and one round changed places: each spoke where the other was planned."""
    days = {(slot.session_id, slot.place): slot.day for slot in slots}
    past = [t for t in talks if days[t.session_id, t.place] < today and t.group_id is not None]
    for first in past[len(past) // 2 :]:
        for second in past:
            days_two = days[first.session_id, first.place], days[second.session_id, second.place]
            if (
                (first.group_id, first.round) == (second.group_id, second.round)
                and days_two[0] < days_two[1]
                and _free(roster, first.speaker_id, days_two[1])
                and _free(roster, second.speaker_id, days_two[0])
            ):
                return [_changed(t, first, second) for t in talks]
    return talks


def _free(roster: Roster, person_id: int | None, day: date) -> bool:
    return person_id is not None and roster.available(person_id, day)


def _changed(talk: Talk, first: Talk, second: Talk) -> Talk:
    other = {first.id: second, second.id: first}.get(talk.id)
    if other is None:
        return talk
    return replace(
        talk, speaker_id=other.speaker_id, planned_id=talk.speaker_id, mentor_id=other.mentor_id,
        title=other.title, category=other.category, reasons="",
    )
