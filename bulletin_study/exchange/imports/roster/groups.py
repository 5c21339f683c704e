"""The groups a roster names: known, to be created, or waiting for the user's word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bulletin_study.domain.people import Group, Person, Role
from bulletin_study.exchange.imports.lookup import similar
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records, Remarks
from bulletin_study.usecases.importing import CREATE, UnknownName


class GroupBook:
    """Groups by name, with the ones this import creates.

    With no groups stored, a roster creates them in the order of the file. Later an unknown
    one is wrong until it is mapped or created (``choices``); ``remembered`` are earlier
    mappings, which come first among the suggestions.
    """

    def __init__(
        self,
        stored: Sequence[Group],
        choices: Mapping[tuple[str, str], str],
        remembered: Mapping[str, str],
        proposal: Proposal,
    ) -> None:
        self._stored = {group.name: group for group in stored}
        self._groups = dict(self._stored)
        self._choices = choices
        self._remembered = remembered
        self._proposal = proposal
        self._waiting: Counter[str] = Counter()
        self._ordered: dict[str, int] = {}

    def resolve(self, records: Records, written: Sequence[str | None]) -> list[str]:
        """The group name each record means, "" for none; unknown ones become errors."""
        names: list[str] = []
        meant: dict[str | None, str | None] = {None: ""}
        for at, text in enumerate(written):
            if text not in meant:
                meant[text] = self._meant(text or "")
            name = meant[text]
            if name is None:
                self._refuse(records.remarks, at, text or "")
            names.append(name or "")
        self._proposal.unknown.extend(
            UnknownName("group", name, rows, self._suggestions(name))
            for name, rows in self._waiting.items()
        )
        return names

    def take(self, name: str) -> Group:
        """The group of that name, created when there is none, last in the turn order."""
        group = self._groups.get(name)
        if group is None:
            order = max((g.order for g in self._groups.values()), default=0) + 1
            group = self._groups[name] = Group(self._proposal.ids(), name, order)
        return group

    def set_order(self, remarks: Remarks, at: int, name: str, order: int) -> None:
        """组序 as a record tells it; the first record of a group decides."""
        first = self._ordered.setdefault(name, order)
        if first != order:
            remarks.note(at, "order", f"“{name}”的组序前面写的是 {first}，这一行没有用")
            return
        group = self.take(name)
        if group.order == order:
            return
        if group.id > 0:
            remarks.change(at, f"“{name}”的组序：{group.order}→{order}")
        self._groups[name] = replace(group, order=order)

    def set_heads(
        self,
        remarks: Remarks,
        claims: Mapping[str, Sequence[tuple[int, int]]],
        people: Mapping[int, Person],
        group_of: Mapping[int, str],
    ) -> list[Person]:
        """Give groups the heads the file names; returns former heads, now 组员.

        ``claims``: group → (record, person id) of those called 组长. ``people`` is everybody
        by id as they will be, ``group_of`` the group of those whom the file names. A group
        keeps its head when the file confirms it; of several new ones the first is taken.
        """
        claimed = {person_id for wanted in claims.values() for _, person_id in wanted}
        stepping_down: list[Person] = []
        for name, group in list(self._groups.items()):
            wanted = claims.get(name, ())
            head = _head(group, wanted, people, group_of)
            for at, person_id in wanted:
                if person_id != head:
                    text = f"“{name}”的组长是“{people[head or 0].name}”，没有另设"
                    remarks.note(at, "role", text)
            if head == group.head_id:
                continue
            self._groups[name] = replace(group, head_id=head)
            former = people.get(group.head_id or 0)
            if former is not None and former.role is Role.HEAD and former.id not in claimed:
                stepping_down.append(replace(former, role=Role.MEMBER))
            if wanted and group.id > 0:
                before, after = former.name if former else "空", people[head or 0].name
                remarks.change(wanted[0][0], f"“{name}”的组长：{before}→{after}")
        return stepping_down

    def changed(self) -> list[Group]:
        """Groups that are new or differ from what is stored."""
        return [g for g in self._groups.values() if self._stored.get(g.name) != g]

    def _meant(self, text: str) -> str | None:
        if text in self._groups:
            return text
        choice = self._choices.get(("group", text))
        if choice == CREATE or not self._stored:
            return text
        return choice if choice in self._groups else None

    def _refuse(self, remarks: Remarks, at: int, text: str) -> None:
        self._waiting[text] += 1
        hints = self._suggestions(text)
        hint = f"，可改为“{hints[0]}”或新建" if hints else "，可以新建"
        remarks.wrong(at, "group", f"没有“{text}”这个组室{hint}")

    def _suggestions(self, text: str) -> tuple[str, ...]:
        known = list(self._stored)
        earlier = self._remembered.get(text)
        found = similar(text, known)
        if earlier in self._stored:
            found = tuple(dict.fromkeys([str(earlier), *found]))
        return found


def _head(
    group: Group,
    wanted: Sequence[tuple[int, int]],
    people: Mapping[int, Person],
    group_of: Mapping[int, str],
) -> int | None:
    """Who heads the group once the file has spoken."""
    before = group.head_id
    if wanted:
        ids = [person_id for _, person_id in wanted]
        return before if before in ids else ids[0]
    former = people.get(before or 0)
    if former is None or former.role is Role.LEADER:
        return before
    stays = former.role is Role.HEAD and group_of.get(former.id, group.name) == group.name
    return before if stays else None
