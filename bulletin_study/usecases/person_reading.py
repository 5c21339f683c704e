"""Reads what there is of one person over a period, each thing once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.make_ups import MakeUpState
from bulletin_study.domain.outlook import expected_ahead
from bulletin_study.domain.person_tally import PersonRecords, PersonTally, tally_person
from bulletin_study.domain.sessions import Comment, Reflection, SessionStatus, Talk
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.make_up_list import MakeUpLine, load_make_ups
from bulletin_study.usecases.person_lines import (
    AttendedLine,
    Commented,
    GivenTalk,
    Meeting,
    Said,
    load_meetings,
    newest,
)
from bulletin_study.usecases.ports import UnitOfWork


class PersonReader:
    """One person, one period, one unit of work."""

    def __init__(self, unit: UnitOfWork, person_id: int, first: date, last: date) -> None:
        self._unit, self._id, self._first, self._last = unit, person_id, first, last
        self.roster, self.kinds = load_roster(unit), load_kinds(unit)
        self._counted = unit.counted_sessions(first, last)
        self._held = {s.id: s for s in self._counted if s.status is SessionStatus.HELD}
        self._rows = [
            row for row in unit.all(Attendance, person_id=person_id) if row.session_id in self._held
        ]
        self._talks = unit.all(Talk, speaker_id=person_id)
        self._missed = unit.all(Talk, planned_id=person_id)
        self._reflections = unit.all(Reflection, person_id=person_id)
        self._comments = unit.all(Comment, leader_id=person_id)
        self._meetings = self._load_meetings()

    def tally(
        self,
        talks: Iterable[GivenTalk],
        said: Collection[object],
        comments: Collection[object],
        make_ups: Iterable[MakeUpLine],
    ) -> PersonTally:
        """The figures, by the one function there is for them."""
        person = self.roster.people.get(self._id)
        kinds = list(self.kinds.values())
        ahead = expected_ahead(self.roster, kinds, self._counted, only=person)
        marks = self._unit.marks_by_session(self._first, self._last)
        records = PersonRecords(
            self._held,
            self.kinds,
            self._rows,
            {row.session_id for row in marks if row.unmarked},
            sum(one.talk.speaker_id == self._id for one in talks),
            len(comments),
            len(said),
            sum(line.debt.state is MakeUpState.CLEARED for line in make_ups),
            ahead.by_person.get(self._id, 0),
        )
        return tally_person(self._id, self._first, self._last, records)

    def attended(self) -> tuple[AttendedLine, ...]:
        """Every held session of the period that the person is on the list of."""
        groups = self.roster.groups
        lines = [
            AttendedLine(
                self._meetings[row.session_id],
                row,
                groups[row.group_id].name if row.group_id in groups else "",
            )
            for row in self._rows
        ]
        return tuple(sorted(lines, key=lambda line: newest(line.meeting)))

    def talks(self) -> tuple[GivenTalk, ...]:
        """Talks held in the period, those announced and given by another among them."""
        own = [t for t in (*self._talks, *self._missed) if t.session_id in self._held]
        comments: dict[int, list[tuple[str, str]]] = {}
        for comment in self._unit.all(Comment, talk_id=[t.id for t in own]) if own else []:
            if comment.talk_id is not None and comment.text.strip():
                leader = self._name(comment.leader_id) or "点评"
                comments.setdefault(comment.talk_id, []).append((leader, comment.text))
        given = [
            GivenTalk(
                self._meetings[talk.session_id],
                talk,
                self._told(talk),
                tuple(comments.get(talk.id, ())),
            )
            for talk in own
        ]
        return tuple(sorted(given, key=lambda one: newest(one.meeting)))

    def said(self) -> tuple[Said, ...]:
        """Reflections given on the period's sessions."""
        own = [r for r in self._reflections if r.session_id in self._held and r.text.strip()]
        talks = self._talks_by_id(r.talk_id for r in own)
        lines = [
            Said(meeting := self._meetings[r.session_id], r, self._about(talks, r.talk_id, meeting))
            for r in own
        ]
        return tuple(sorted(lines, key=lambda one: newest(one.meeting)))

    def comments(self) -> tuple[Commented, ...]:
        """点评 given at the period's sessions."""
        own = [c for c in self._comments if c.session_id in self._held and c.text.strip()]
        talks = self._talks_by_id(c.talk_id for c in own)
        groups = self.roster.groups
        lines = [
            Commented(
                meeting := self._meetings[c.session_id],
                c,
                groups[c.group_id].name
                if c.group_id in groups
                else self._about(talks, c.talk_id, meeting),
            )
            for c in own
        ]
        return tuple(sorted(lines, key=lambda one: newest(one.meeting)))

    def make_ups(self) -> tuple[MakeUpLine, ...]:
        """补学 owed or noted of the period's sessions."""
        ledger = load_make_ups(
            self._unit, self._first, self._last, person_id=self._id, roster=self.roster
        )
        return tuple(reversed(ledger.lines))

    def _load_meetings(self) -> Mapping[int, Meeting]:
        linked: list[Talk | Reflection | Comment] = [
            *self._talks, *self._missed, *self._reflections, *self._comments
        ]  # fmt: skip
        wanted = {row.session_id for row in self._rows}
        wanted |= {one.session_id for one in linked if one.session_id in self._held}
        return load_meetings(self._unit, self.kinds, wanted)

    def _talks_by_id(self, ids: Iterable[int | None]) -> Mapping[int, Talk]:
        wanted = sorted({key for key in ids if key is not None})
        return {talk.id: talk for talk in self._unit.all(Talk, id=wanted)} if wanted else {}

    def _about(self, talks: Mapping[int, Talk], talk_id: int | None, meeting: Meeting) -> str:
        talk = talks.get(talk_id) if talk_id is not None else None
        if talk is None:
            return meeting.about
        speaker = self._name(talk.speaker_id) or talk.guest
        return f"{speaker}《{talk.title}》" if talk.title else f"{speaker}的讲课"

    def _told(self, talk: Talk) -> str:
        if talk.speaker_id != self._id:
            return f"由{self._name(talk.speaker_id) or talk.guest}代讲"
        announced = f"代{self._name(talk.planned_id)}讲" if talk.planned_id is not None else ""
        mentor = f"{self._name(talk.mentor_id)}帮带" if talk.mentor_id is not None else ""
        round_ = f"第{talk.round}轮" if talk.round else ""
        return " · ".join(part for part in (round_, announced, mentor) if part)

    def _name(self, person_id: int | None) -> str:
        person = self.roster.people.get(person_id) if person_id is not None else None
        return person.name if person else ""
