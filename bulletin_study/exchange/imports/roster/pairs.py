"""帮带 and AB岗 as a roster tells them.

Both name people who may stand later in the same file, so they are looked at last. A name
that cannot be settled is noted and not written; the person's own line stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bulletin_study.domain.people import (
    AbPair,
    MentorKind,
    MentorPair,
    Person,
    covers,
    number_key,
)
from bulletin_study.exchange.imports.lookup import PeopleIndex, nearest_day
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Remarks


class PairBook:
    """Pairs as stored, and what becomes of them.

    ``people`` is everybody by id as they will be, ``index`` finds among them.
    """

    def __init__(
        self,
        people: Mapping[int, Person],
        index: PeopleIndex,
        remarks: Remarks,
        proposal: Proposal,
        today: date,
    ) -> None:
        self._people = people
        self._index = index
        self._remarks = remarks
        self._proposal = proposal
        self._today = today

    def mentors(
        self,
        stored: Sequence[MentorPair],
        told: Mapping[int, tuple[int, str, MentorKind | None]],
    ) -> None:
        """``told``: record → (mentee's id, the mentor's name or 工号, the kind if given)."""
        pairs: dict[int, list[MentorPair]] = {}
        for pair in stored:
            pairs.setdefault(pair.mentee_id, []).append(pair)
        for at, (mentee_id, text, kind) in told.items():
            mentee = self._people[mentee_id]
            mentor = self._locate(at, "mentor", "帮带人", text, mentee)
            if mentor is not None:
                self._mentor(at, mentee, mentor, kind, pairs.get(mentee_id, []))

    def _mentor(
        self,
        at: int,
        mentee: Person,
        mentor: Person,
        kind: MentorKind | None,
        pairs: Sequence[MentorPair],
    ) -> None:
        day = nearest_day(mentee, self._today)
        running = [p for p in pairs if covers(p.start, p.end, day)]
        pair = max(running, key=lambda p: (p.start or date.min, p.id), default=None)
        if pair is not None and pair.mentor_id == mentor.id:
            if kind is not None and kind is not pair.kind:
                self._remarks.change(at, f"帮带方式：{pair.kind}→{kind}")
                self._proposal.put(replace(pair, kind=kind))
            return
        before = self._people[pair.mentor_id].name if pair else "空"
        self._remarks.change(at, f"帮带人：{before}→{mentor.name}")
        if pair is not None:
            self._end(pair, day)
        begins = day if pairs else None
        self._proposal.put(
            MentorPair(
                self._proposal.ids(),
                mentor.id,
                mentee.id,
                kind or MentorKind.OLD_WITH_NEW,
                begins,
            )
        )

    def _end(self, pair: MentorPair, day: date) -> None:
        """The pair ends the day before; one that began that very day never was."""
        if pair.start is not None and pair.start >= day:
            self._proposal.remove([pair])
        else:
            self._proposal.put(replace(pair, end=day - timedelta(days=1)))

    def partners(self, stored: Sequence[AbPair], told: Mapping[int, tuple[int, str]]) -> None:
        """``told``: record → (person's id, the partner's name or 工号)."""
        pairs = {pair.person_id: pair for pair in stored}
        for at, (person_id, text) in told.items():
            partner = self._locate(at, "partner", "AB岗", text, self._people[person_id])
            pair = pairs.get(person_id)
            if partner is None or (pair is not None and pair.partner_id == partner.id):
                continue
            before = self._people[pair.partner_id].name if pair else "空"
            self._remarks.change(at, f"AB岗：{before}→{partner.name}")
            pair_id = pair.id if pair else self._proposal.ids()
            self._proposal.put(AbPair(pair_id, person_id, partner.id))

    def _locate(self, at: int, field: str, title: str, text: str, who: Person) -> Person | None:
        """The person named in the cell; otherwise a note says why nothing was written."""
        found = self._index.by_number.get(number_key(text)) or self._named(text, who)
        if isinstance(found, Person) and found.id != who.id:
            return found
        why = found if isinstance(found, str) else f"“{text}”是本人"
        self._remarks.note(at, field, f"{title}{why}，这一项没有写入")
        return None

    def _named(self, name: str, who: Person) -> Person | str:
        """The one other person of that name, in the same group if there are several."""
        people = self._index.named(name)
        others = [p for p in people if p.id != who.id]
        if len(others) > 1:
            group = self._index.group_of(who)
            others = [p for p in others if self._index.group_of(p) == group] or others
        if len(others) == 1:
            return others[0]
        if others:
            return self._index.ambiguous(name, others)
        return who if people else f"“{name}”不在名单里"
