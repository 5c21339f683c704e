"""Who spoke, as a list of past sessions tells it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bulletin_study.domain.people import Person, Roster
from bulletin_study.domain.sessions import SessionKind, StudySession, Talk
from bulletin_study.exchange.imports.lookup import PeopleIndex, split_names
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records


class TalkBook:
    """The talks of imported sessions. Somebody not on the roster is a guest."""

    def __init__(
        self,
        records: Records,
        stored: Sequence[Talk],
        roster: Roster,
        people: PeopleIndex,
        proposal: Proposal,
    ) -> None:
        self._records = records
        self._remarks = records.remarks
        self._roster = roster
        self._people = people
        self._proposal = proposal
        self._talks: dict[int, list[Talk]] = {}
        for talk in sorted(stored, key=lambda t: t.place):
            self._talks.setdefault(talk.session_id, []).append(talk)

    def speakers_fit(
        self, at: int, text: str | None, kinds: Collection[SessionKind], day: date
    ) -> bool:
        """Every speaker is one person for sure, and was on the roster that day."""
        if not text or not any(kind.has_talks for kind in kinds):
            return True
        for name in split_names(text):
            found = self._people.find(name)
            if isinstance(found, str):
                if self._people.named(name):
                    self._remarks.wrong(at, "speaker", found)
                    return False
                self._remarks.note(at, "speaker", f"“{name}”不在名单里，记作外请")
            elif not self._roster.on_roster(found.id, day):
                text = f"{day} 那天{found.name}不在名单上（入部日期 {found.joined or '没有填'}）"
                self._remarks.wrong(at, "speaker", text)
                return False
        return True

    def add(
        self,
        at: int,
        session: StudySession,
        kinds: Collection[SessionKind],
        text: str | None,
        title: str,
    ) -> int:
        """Propose the talks of a new session; returns its number of places."""
        if not any(kind.has_talks for kind in kinds):
            return 0
        names = split_names(text or "")
        for place, name in enumerate(names, start=1):
            talk = Talk(self._proposal.ids(), session.id, place)
            talk = self._spoken(talk, name, session.day)
            self._proposal.put(replace(talk, title=title if len(names) == 1 else ""))
        return max(len(names), 1)

    def changes(
        self, at: int, session: StudySession, kinds: Collection[SessionKind], text: str | None
    ) -> list[tuple[str, Talk]]:
        """What becomes of a stored session's talks: (sentence, value), place by place."""
        if not text or not any(kind.has_talks for kind in kinds):
            return []
        stored = {talk.place: talk for talk in self._talks.get(session.id, ())}
        found: list[tuple[str, Talk]] = []
        for place, name in enumerate(split_names(text), start=1):
            before = stored.get(place)
            talk = before or Talk(self._proposal.ids(), session.id, place)
            after = self._spoken(talk, name, session.day)
            if (after.speaker_id, after.guest) != (talk.speaker_id, talk.guest) or before is None:
                found.append((f"主讲人：{self._who(before)}→{name}", after))
        return found

    def _spoken(self, talk: Talk, name: str, day: date) -> Talk:
        """The talk as given by that person; who had been announced is kept."""
        found = self._people.find(name)
        if not isinstance(found, Person):
            return replace(talk, speaker_id=None, guest=name)
        if talk.speaker_id == found.id:
            return talk
        pair = self._roster.mentor_of(found.id, day)
        return replace(
            talk,
            speaker_id=found.id,
            guest="",
            planned_id=talk.planned_id or talk.speaker_id,
            mentor_id=pair.mentor_id if pair else None,
            group_id=self._roster.group_on(found.id, day),
        )

    def _who(self, talk: Talk | None) -> str:
        if talk is None or (talk.speaker_id is None and not talk.guest):
            return "空"
        return talk.guest or self._roster.people[talk.speaker_id or 0].name
