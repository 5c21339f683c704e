"""每周一讲 as a list: every place with who speaks, and how far the round is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import (
    Bar,
    PlaceState,
    Reason,
    RoundProgress,
    person_bar,
    progress,
)
from bulletin_study.domain.sessions import StudySession, Talk, TalkCategory
from bulletin_study.usecases.evidence import materials_by_talk
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation import (
    load_slots,
    load_talks,
    places_of,
    talk_at,
    talk_sessions,
)
from bulletin_study.usecases.rotation_json import read_reasons
from bulletin_study.usecases.rotation_words import bar_words


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: 日期 主讲人 组室 题目 帮带人, whether somebody speaks there or not.

    ``talk`` is ``None`` while nothing is saved. ``group`` is the group the turn counted
    for, else the speaker's on that day. ``stood_in_for`` is who had been announced when
    somebody else spoke. ``conflict`` says why the announced speaker cannot, in words;
    ``materials`` are the files of the talk.
    """

    session: StudySession
    place: int
    talk: Talk | None
    state: PlaceState
    speaker: str = ""
    group: str = ""
    mentor: str = ""
    stood_in_for: str = ""
    conflict: str | None = None
    materials: tuple[Evidence, ...] = ()

    @property
    def day(self) -> date:
        """The session's date."""
        return self.session.day

    @property
    def title(self) -> str:
        """The talk's title ("" while unknown)."""
        return self.talk.title if self.talk else ""

    @property
    def category(self) -> TalkCategory | None:
        """业务知识 / 政策法规 / 经验方法."""
        return self.talk.category if self.talk else None

    @property
    def round(self) -> int | None:
        """The round whose turn the talk is."""
        return self.talk.round if self.talk else None

    @property
    def pinned(self) -> bool:
        """Kept by every plan."""
        return self.talk is not None and self.talk.pinned

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the planner chose so; none for what was set by hand."""
        return read_reasons(self.talk.reasons) if self.talk else ()


def list_places(
    unit: UnitOfWork, first: date, last: date, roster: Roster | None = None
) -> list[PlaceRow]:
    """Every place of the talk sessions of a period, empty ones too, in order."""
    roster = roster or load_roster(unit)
    talks = load_talks(unit)
    sessions = [s for s in talk_sessions(unit) if first <= s.day <= last]
    files = materials_by_talk(unit, [session.id for session in sessions])
    days: dict[tuple[date, int], int] = {}
    rows: list[PlaceRow] = []
    for session in sessions:
        for place in places_of(session, talks):
            talk = talk_at(talks, session.id, place)
            again = False
            if talk is not None and talk.speaker_id is not None:
                again = (session.day, talk.speaker_id) in days
                days[session.day, talk.speaker_id] = place
            mine = files.get(talk.id, ()) if talk is not None else ()
            rows.append(replace(_row(roster, session, place, talk, again), materials=mine))
    return rows


def round_progress(
    unit: UnitOfWork, roster: Roster | None = None, number: int | None = None
) -> RoundProgress:
    """How far a round is after the talks held: the one that runs today, or an earlier one."""
    held = [slot for slot in load_slots(unit) if slot.held]
    today = unit.services.clock.today()
    return progress(roster or load_roster(unit), held, today, number)


def _row(
    roster: Roster, session: StudySession, place: int, talk: Talk | None, again: bool
) -> PlaceRow:
    state = _state(session, talk)
    if talk is None:
        return PlaceRow(session, place, talk, state)
    group_id = talk.group_id
    if group_id is None and talk.speaker_id is not None:
        group_id = roster.group_on(talk.speaker_id, session.day)
    group = roster.groups.get(group_id) if group_id is not None else None
    return PlaceRow(
        session,
        place,
        talk,
        state,
        speaker=_name(roster, talk.speaker_id) or talk.guest,
        group=group.name if group else "",
        mentor=_name(roster, talk.mentor_id),
        stood_in_for=_name(roster, talk.planned_id),
        conflict=_conflict(roster, session, talk, again),
    )


def _state(session: StudySession, talk: Talk | None) -> PlaceState:
    if talk is None or (talk.speaker_id is None and not talk.guest):
        return PlaceState.EMPTY
    if talk.guest:
        return PlaceState.GUEST
    if not session.status.ahead:
        return PlaceState.HELD
    return PlaceState.PINNED if talk.pinned else PlaceState.PLANNED


def _conflict(roster: Roster, session: StudySession, talk: Talk, again: bool) -> str | None:
    """Why somebody still to speak cannot; a pin may be of somebody who takes no turns."""
    if not session.status.ahead or talk.speaker_id is None:
        return None
    bar = person_bar(roster, talk.speaker_id, session.day)
    if bar is not None and not (bar is Bar.NOT_TAKING_PART and talk.pinned):
        return bar_words(bar, roster, talk.speaker_id, session.day)
    return bar_words(Bar.SAME_DATE, roster, talk.speaker_id, session.day) if again else None


def _name(roster: Roster, person_id: int | None) -> str:
    return roster.people[person_id].name if person_id is not None else ""
