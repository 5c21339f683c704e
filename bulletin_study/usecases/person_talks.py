"""One person's talks: when, about what, how often, and what is ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.sessions import Comment
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.talk_list import PlaceRow, list_places


@dataclass(frozen=True, slots=True)
class PersonTalk:
    """One talk; ``told`` is what is to be said beside it (代讲, 固定, who commented)."""

    row: PlaceRow
    told: str


@dataclass(frozen=True, slots=True)
class TalkRecord:
    """Talks held, the latest first, and those ahead, the next first."""

    person_id: int
    name: str
    held: tuple[PersonTalk, ...]
    ahead: tuple[PersonTalk, ...]

    @property
    def last(self) -> date | None:
        """The day of the last talk."""
        return self.held[0].row.day if self.held else None


def load_record(unit: UnitOfWork, person_id: int) -> TalkRecord:
    """Every talk of a person, and those somebody else gave for him."""
    roster = load_roster(unit)
    comments = {
        c.talk_id: roster.people[c.leader_id].name
        for c in unit.all(Comment)
        if c.talk_id is not None and c.leader_id is not None
    }
    held: list[PersonTalk] = []
    ahead: list[PersonTalk] = []
    for row in list_places(unit, date.min, date.max, roster):
        talk = row.talk
        if talk is None or person_id not in (talk.speaker_id, talk.planned_id):
            continue
        own = talk.speaker_id == person_id
        told = [f"第{row.round}轮"] if row.round and own else []
        if not own:
            told.append(f"由{row.speaker}代讲")
        elif row.stood_in_for:
            told.append(f"代{row.stood_in_for}讲")
        told += ["固定"] if row.pinned and row.session.status.ahead else []
        told += [f"{comments[talk.id]}点评"] if talk.id in comments else []
        one = PersonTalk(row, " · ".join(told))
        (ahead if row.session.status.ahead else held).append(one)
    person = roster.people[person_id]
    return TalkRecord(person_id, person.name, tuple(reversed(held)), tuple(ahead))
