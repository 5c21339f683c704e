"""One place of a talk session: read, checked, filled, freed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bulletin_study.domain.errors import BadValue, Missing, NotFound, RuleBroken
from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import Bar, Problem, Slot, person_bar, turn_of
from bulletin_study.domain.sessions import Comment, Reflection, StudySession, Talk
from bulletin_study.usecases.evidence_moves import put_with_materials
from bulletin_study.usecases.ports import UnitOfWork, new_id, require
from bulletin_study.usecases.rotation import load_talks, places_of, slot_of, talk_at
from bulletin_study.usecases.rotation_words import bar_words
from bulletin_study.usecases.session_checks import check_on_roster, kinds_of_session, title_of

_LONGEST_TITLE = 100
_HANGING: tuple[type, ...] = (Comment, Reflection, Evidence)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place with what is saved there (``talk.id`` 0: nothing yet)."""

    session: StudySession
    talk: Talk
    name: str


def require_talks(unit: UnitOfWork, session: StudySession) -> str:
    """The session's name; ``NotFound`` when it holds no talks."""
    title = title_of(unit, session)
    if not any(kind.has_talks for kind in kinds_of_session(unit, session.id)):
        raise NotFound("讲课", title)
    return title


def spot_at(unit: UnitOfWork, session_id: int, place: int) -> Spot:
    """A place by its number. Raises ``NotFound``."""
    session = require(unit, StudySession, "场次", session_id)
    title = require_talks(unit, session)
    talks = load_talks(unit, session_id)
    numbers = places_of(session, talks)
    name = f"{title}第 {place} 位" if len(numbers) > 1 or place != 1 else title
    if place not in numbers:
        raise NotFound("讲课位", name)
    return Spot(session, talk_at(talks, session_id, place) or Talk(0, session_id, place), name)


def spot_of(unit: UnitOfWork, talk_id: int) -> Spot:
    """The place of a stored talk. Raises ``NotFound``."""
    talk = require(unit, Talk, "讲课", talk_id)
    return spot_at(unit, talk.session_id, talk.place)


def slot_at(spot: Spot) -> Slot:
    """The place as the rotation sees it."""
    return slot_of(spot.session, spot.talk.place, spot.talk)


def check_speaker(
    roster: Roster, slots: list[Slot], spot: Spot, speaker_id: int, override: bool
) -> None:
    """The rules about one speaker on one date; ``override`` leaves only the roster's.

    Raises ``BeforeEntry``, ``RuleBroken``.
    """
    person, day = roster.people[speaker_id], spot.session.day
    check_on_roster(person, day)
    if override:
        return
    bar = person_bar(roster, speaker_id, day)
    here = (spot.session.id, spot.talk.place)
    if bar is None and any(
        s.day == day and s.speaker_id == speaker_id and (s.session_id, s.place) != here
        for s in slots
    ):
        bar = Bar.SAME_DATE
    if bar is not None:
        raise RuleBroken(bar_words(bar, roster, speaker_id, day), person.name, day)


def speaker_talk(roster: Roster, slots: list[Slot], spot: Spot, speaker_id: int) -> Talk:
    """The talk with this speaker: his round, group and 帮带人; another's title goes."""
    day = spot.session.day
    problem = Problem(tuple(slots), roster, day, day)
    number, group_id = turn_of(problem, slot_at(spot), speaker_id)
    same = spot.talk.speaker_id == speaker_id
    pair = roster.mentor_of(speaker_id, day)
    mentor_id = spot.talk.mentor_id if same else None
    return replace(
        spot.talk,
        speaker_id=speaker_id,
        guest="",
        title=spot.talk.title if same else "",
        category=spot.talk.category if same else None,
        mentor_id=mentor_id or (pair.mentor_id if pair else None),
        group_id=group_id,
        round=number,
    )


def guest_talk(talk: Talk, guest: str) -> Talk:
    """The talk with a guest, who uses no one's turn. Raises ``Missing``."""
    name = guest.strip()
    if not name:
        raise Missing("主讲人")
    same = talk.guest == name
    return replace(
        talk,
        speaker_id=None,
        guest=name,
        title=talk.title if same else "",
        category=talk.category if same else None,
        mentor_id=None,
        group_id=None,
        round=None,
    )


def moved_here(
    roster: Roster, slots: list[Slot], spot: Spot, other: Talk, override: bool
) -> Talk:
    """The other talk's speaker and subject at this place; what a hand has moved stays.

    ``slots`` are the places that stay as they are. Raises as :func:`check_speaker`.
    """
    if other.speaker_id is None:
        talk = guest_talk(spot.talk, other.guest)
    else:
        check_speaker(roster, slots, spot, other.speaker_id, override)
        talk = speaker_talk(roster, slots, spot, other.speaker_id)
    return replace(
        talk,
        title=other.title,
        category=other.category,
        pinned=True,
        planned_id=None,
        reasons="",
    )


def put_talk(unit: UnitOfWork, talk: Talk) -> None:
    """Store the talk, under a fresh id when the place had none."""
    unit.put(talk if talk.id else replace(talk, id=new_id(unit, Talk)))


def hand_over(unit: UnitOfWork, left: Talk, taken: Talk) -> None:
    """A speaker leaves one place for another, his files with him; the one left is free."""
    target = taken if taken.id else replace(taken, id=new_id(unit, Talk))
    empty = Talk(left.id, left.session_id, left.place)
    put_with_materials(unit, [empty, target])
    free_place(unit, empty)


def free_place(unit: UnitOfWork, talk: Talk) -> None:
    """Free the place; the row stays while a comment, reflection or file hangs on it."""
    if any(unit.all(entity, talk_id=talk.id) for entity in _HANGING):
        unit.put(Talk(talk.id, talk.session_id, talk.place))
    else:
        unit.remove(talk)


def who_speaks(roster: Roster, talk: Talk) -> str:
    """Speaker or guest by name; "" for an empty place."""
    return roster.people[talk.speaker_id].name if talk.speaker_id is not None else talk.guest


def tidy_title(text: str) -> str:
    """A title on one line. Raises ``BadValue`` when it is longer than 100 characters."""
    title = " ".join(text.split())
    if len(title) > _LONGEST_TITLE:
        raise BadValue("题目", title, f"不超过 {_LONGEST_TITLE} 个字")
    return title
