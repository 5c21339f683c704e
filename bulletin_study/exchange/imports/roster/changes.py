"""From the lines of a roster to the values it would write.

What the file does not say, by a missing column or an empty cell, never erases anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bulletin_study.domain.people import (
    AbPair,
    Group,
    Membership,
    MentorPair,
    Person,
    Role,
    Roster,
    StaffCategory,
    covers,
    number_key,
)
from bulletin_study.exchange.imports.lookup import (
    PeopleIndex,
    group_today,
    nearest_day,
)
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.imports.roster.groups import GroupBook
from bulletin_study.exchange.imports.roster.lines import read_roster
from bulletin_study.exchange.imports.roster.match import Line, match_lines
from bulletin_study.exchange.imports.roster.pairs import PairBook
from bulletin_study.exchange.imports.roster.ranks import new_ranks
from bulletin_study.exchange.imports.roster.words import HEAD_TITLE, LEADER_TITLE
from bulletin_study.usecases.moves import moved

_TITLES = {
    "rank": "排名",
    "staff_number": "工号",
    "title": "职务",
    "role": "身份",
    "category": "人员类别",
    "joined": "入部日期",
    "party_joined": "入党日期",
}

FirstRecords = Callable[[Collection[int]], Mapping[int, date]]
"""The first day on which a record names each of these people, for those who have one."""


@dataclass(frozen=True, slots=True)
class RosterStore:
    """What the store says about people."""

    people: Sequence[Person]
    groups: Sequence[Group]
    memberships: Sequence[Membership]
    mentor_pairs: Sequence[MentorPair]
    ab_pairs: Sequence[AbPair]


@dataclass(frozen=True, slots=True)
class RosterContext:
    """What else decides: the day, the user's choices, earlier ones, the first records."""

    today: date
    choices: Mapping[tuple[str, str], str]
    remembered: Mapping[str, str]
    first_records: FirstRecords


def propose_roster(records: Records, store: RosterStore, context: RosterContext) -> Proposal:
    """Compare the records with the store; remarks go to the records."""
    return _RosterImport(records, store, context).run()


class _RosterImport:
    def __init__(self, records: Records, store: RosterStore, context: RosterContext) -> None:
        self.records = records
        self.remarks = records.remarks
        self.store = store
        self.context = context
        self.proposal = Proposal()
        self.columns = read_roster(records)
        self.roster = Roster(store.people, store.groups, store.memberships)
        self.index = PeopleIndex(store.people, group_today(self.roster, context.today))
        self.book = GroupBook(store.groups, context.choices, context.remembered, self.proposal)
        self.person_at: dict[int, Person] = {}
        self.named_groups: dict[int, str] = {}
        self.settled: set[int] = set()

    def run(self) -> Proposal:
        groups = self.book.resolve(self.records, self.columns.group)
        columns = self.columns
        lines = [
            Line(name or "", number or "", group)
            for name, number, group in zip(columns.name, columns.number, groups, strict=True)
        ]
        found = match_lines(self.records, lines, self.index)
        self._check_days(found)
        ranks = new_ranks(self.records, columns.rank, found, self.store.people, self.proposal)
        for at in list(self.records.usable()):
            stored = found[at]
            if stored is None:
                self._add(at, ranks[at], groups[at])
            else:
                self._update(at, stored, ranks.get(at, stored.rank), groups[at])
        self._finish()
        return self.proposal

    def _check_days(self, found: Sequence[Person | None]) -> None:
        """入部日期 must not come after leaving, nor after a record that exists already."""
        later: dict[int, Person] = {}
        for at in self.records.usable():
            person, joined = found[at], self.columns.joined[at]
            if person is None or joined is None or joined == person.joined:
                continue
            if person.left is not None and joined > person.left:
                text = f"入部日期 {joined} 晚于离任日期 {person.left}"
                self.remarks.wrong(at, "joined", text)
            elif person.joined is None or joined > person.joined:
                later[at] = person
        if not later:
            return
        first = self.context.first_records({p.id for p in later.values()})
        for at, person in later.items():
            joined, day = self.columns.joined[at], first.get(person.id)
            if joined is not None and day is not None and day < joined:
                text = f"入部日期 {joined} 晚于已有的记录（{day}）"
                self.remarks.wrong(at, "joined", text)

    def _add(self, at: int, rank: int, group: str) -> None:
        columns = self.columns
        person = Person(
            self.proposal.ids(),
            columns.name[at] or "",
            rank,
            columns.number[at],
            columns.role[at] or self._role_by_title(at),
            columns.category[at] or StaffCategory.ESTABLISHED,
            columns.title[at] or "",
            columns.joined[at],
            None,
            columns.party_joined[at],
        )
        self.remarks.new(at)
        self.person_at[at] = person
        self.proposal.puts.append(person)
        if group:
            self.named_groups[person.id] = group
            start = columns.moved[at] or person.joined
            self.proposal.puts.append(
                Membership(self.proposal.ids(), person.id, self.book.take(group).id, start)
            )
        elif person.role is not Role.LEADER and self.records.has("group"):
            self.remarks.note(at, "group", "没有写组室，先不编组")

    def _role_by_title(self, at: int) -> Role:
        """Where no column tells the role, 部长 and 组长 do; otherwise it is 组员."""
        title = self.columns.title[at]
        if not title or self.records.has("role"):
            return Role.MEMBER
        if LEADER_TITLE.search(title):
            role = Role.LEADER
        elif HEAD_TITLE.fullmatch(title):
            role = self.columns.role[at] = Role.HEAD
        else:
            return Role.MEMBER
        self.remarks.note(at, "title", f"身份按职务“{title}”记作{role}")
        return role

    def _update(self, at: int, stored: Person, rank: int, group: str) -> None:
        columns = self.columns
        number = columns.number[at]
        if number and stored.staff_number and number_key(number) == number_key(stored.staff_number):
            number = stored.staff_number
        told: tuple[tuple[str, int | str | date | None], ...] = (
            ("rank", rank),
            ("staff_number", number),
            ("title", columns.title[at]),
            ("role", columns.role[at]),
            ("category", columns.category[at]),
            ("joined", columns.joined[at]),
            ("party_joined", columns.party_joined[at]),
        )
        changes = {k: v for k, v in told if v is not None and v != getattr(stored, k)}
        person = stored
        if changes:
            person = replace(stored, **changes)  # type: ignore[arg-type]
            self.proposal.puts.append(person)
            for name, value in changes.items():
                before = _shown(getattr(stored, name))
                self.remarks.change(at, f"{_TITLES[name]}：{before}→{_shown(value)}")
        self.person_at[at] = person
        if stored.left is not None and stored.left <= self.context.today:
            self.remarks.note(at, "name", f"此人已于 {stored.left} 离任，离任日期没有改动")
            return
        if group:
            self.named_groups[person.id] = group
            self._move(at, person, group)
        if "joined" in changes:
            self._follow_joined(stored, person)

    def _move(self, at: int, person: Person, group: str) -> None:
        """Another group than stored is a move, from 调入日期 or from today."""
        spans = self.roster.memberships.get(person.id, [])
        before = self.index.group_of(person)
        if before == group:
            return
        day = self.columns.moved[at] or nearest_day(person, self.context.today)
        if not spans:
            day = self.columns.moved[at] or person.joined or day
        if person.joined is not None and day < person.joined:
            day = person.joined
        group_id = self.book.take(group).id
        if spans or person.joined is not None:
            puts, removes = moved(person, spans, group_id, day, self.proposal.ids())
        else:
            puts, removes = [Membership(self.proposal.ids(), person.id, group_id)], []
        self.settled.update(m.id for m in (*puts, *removes))
        self.proposal.put(*puts)
        self.proposal.remove(removes)
        since = f"（{day}起）" if spans else ""
        self.remarks.change(at, f"组室：{before or '空'}→{group}{since}")

    def _follow_joined(self, stored: Person, person: Person) -> None:
        """The membership that began with 入部日期 begins with the new one."""
        for span in self.roster.memberships.get(person.id, ()):
            began_with_it = span.start == stored.joined and span.id not in self.settled
            if began_with_it and covers(None, span.end, person.joined or date.min):
                self.proposal.put(replace(span, start=person.joined))

    def _finish(self) -> None:
        """Groups' order and heads, then pairs, which may name anybody in the file."""
        people = {p.id: p for p in self.store.people}
        people.update((p.id, p) for p in self.person_at.values())
        self._set_groups(people)
        mentors = [(at, text) for at, text in enumerate(self.columns.mentor) if text]
        partners = [(at, text) for at, text in enumerate(self.columns.partner) if text]
        if not mentors and not partners:
            return
        final = PeopleIndex(people.values(), self._final_group)
        pairs = PairBook(people, final, self.remarks, self.proposal, self.context.today)
        kinds, person_at = self.columns.mentor_kind, self.person_at
        pairs.mentors(
            self.store.mentor_pairs,
            {at: (person_at[at].id, text, kinds[at]) for at, text in mentors if at in person_at},
        )
        pairs.partners(
            self.store.ab_pairs,
            {at: (person_at[at].id, text) for at, text in partners if at in person_at},
        )

    def _set_groups(self, people: Mapping[int, Person]) -> None:
        claims: dict[str, list[tuple[int, int]]] = {}
        roles, orders = self.columns.role, self.columns.order
        for at, person in self.person_at.items():
            if roles[at] is not Role.HEAD and orders[at] is None:
                continue
            group, order = self._final_group(person), orders[at]
            if group and order is not None:
                self.book.set_order(self.remarks, at, group, order)
            if group and roles[at] is Role.HEAD:
                claims.setdefault(group, []).append((at, person.id))
        former = self.book.set_heads(self.remarks, claims, people, self.named_groups)
        stepped_down = {person.id for person in former}
        for at, person in self.person_at.items():
            if person.id in stepped_down:
                self.remarks.change(at, f"身份：{Role.HEAD}→{Role.MEMBER}")
        self.proposal.put(*former, *self.book.changed())

    def _final_group(self, person: Person) -> str:
        name = self.named_groups.get(person.id)
        return self.index.group_of(person) if name is None and person.id > 0 else name or ""


def _shown(value: object) -> str:
    if value is None or value == "":
        return "空"
    return value.value if isinstance(value, StrEnum) else str(value)
