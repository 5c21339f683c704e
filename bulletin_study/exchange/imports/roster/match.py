"""Which stored person each line of a roster speaks of.

Same-named people are told apart by 工号, else by group; a line that could be either of two
is wrong. Nobody is merged silently: every change of a stored value is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bulletin_study.domain.people import Person, number_key
from bulletin_study.exchange.imports.lookup import PeopleIndex
from bulletin_study.exchange.imports.records import Records, Remarks


class Line(NamedTuple):
    """What tells people apart; "" where the file says nothing."""

    name: str
    number: str
    group: str


def match_lines(records: Records, lines: Sequence[Line], index: PeopleIndex) -> list[Person | None]:
    """The stored person of each line, ``None`` for somebody new.

    Repeated and ambiguous lines become errors of their records.
    """
    return _Matching(records, lines, index).run()


class _Namesakes:
    """Earlier lines of one name: the first of each group, of all and of those without 工号."""

    def __init__(self) -> None:
        self.all: dict[str, int] = {}
        self.unnumbered: dict[str, int] = {}

    def add(self, line: Line, at: int) -> None:
        self.all.setdefault(line.group, at)
        if not line.number:
            self.unnumbered.setdefault(line.group, at)

    def confused_with(self, line: Line) -> int | None:
        """An earlier line that nothing tells from this one: not both have a 工号, and not
        both have a group, or they have the same."""
        others = self.unnumbered if line.number else self.all
        if not line.group:
            return min(others.values(), default=None)
        return others.get("", others.get(line.group))


class _Matching:
    def __init__(self, records: Records, lines: Sequence[Line], index: PeopleIndex) -> None:
        self.numbers = records.numbers
        self.remarks: Remarks = records.remarks
        self.lines = lines
        self.keys = [number_key(line.number) if line.number else "" for line in lines]
        self.index = index
        self.found: list[Person | None] = [None] * len(lines)
        self.taken: dict[int, int] = {}

    def run(self) -> list[Person | None]:
        self._refuse_repeated()
        by_name = [at for at in range(len(self.lines)) if not self._by_number(at)]
        self._by_name_and_group(by_name)
        return self.found

    def _refuse_repeated(self) -> None:
        """A repeated 工号: the first row stands. Namesakes need a 工号 or a group each."""
        first_of: dict[str, int] = {}
        for at, key in enumerate(self.keys):
            if key and first_of.setdefault(key, at) != at:
                number, row = self.lines[at].number, self.numbers[first_of[key]]
                text = f"工号 {number} 与第 {row} 行重复，以第 {row} 行为准"
                self.remarks.wrong(at, "number", text)
        if all(self.keys):
            return
        namesakes: dict[str, _Namesakes] = {}
        for at, line in enumerate(self.lines):
            if line.name and not (line.number and at in self.remarks.errors):
                others = namesakes.setdefault(line.name, _Namesakes())
                other = others.confused_with(line)
                if other is not None:
                    self._refuse_namesake(other, at)
                others.add(line, at)

    def _refuse_namesake(self, first: int, at: int) -> None:
        row, line = self.numbers[first], self.lines[at]
        if line.group and self.lines[first] == line:
            text = f"与第 {row} 行重复，以第 {row} 行为准"
        else:
            text = f"与第 {row} 行同名，补上工号才能分清"
        self.remarks.wrong(at, "name", text)

    def _by_number(self, at: int) -> bool:
        """Settle a line by its 工号; false when the store does not know that 工号."""
        key = self.keys[at]
        person = self.index.by_number.get(key) if key else None
        if person is None:
            return False
        if at in self.remarks.errors:
            return True
        name, number, _ = self.lines[at]
        if "".join(person.name.split()) == name:
            self._take(at, person)
        else:
            self.remarks.wrong(at, "number", f"工号 {number} 已被“{person.name}”使用")
        return True

    def _by_name_and_group(self, places: Sequence[int]) -> None:
        """First those whose group agrees too, so that the order of the rows never matters."""
        grouped = self._stored_by_name_and_group(places)
        left: dict[str, list[int]] = {}
        for at in places:
            name, number, group = self.lines[at]
            if not name or name not in self.index.by_name or at in self.remarks.errors:
                continue
            same = [
                p
                for p in grouped.get((name, group), ())
                if group and p.id not in self.taken and not (number and p.staff_number)
            ]
            if len(same) == 1:
                self._take(at, same[0])
            else:
                left.setdefault(name, []).append(at)
        for name, waiting in left.items():
            for at in waiting:
                self._settle(at, name, alone=len(waiting) == 1)

    def _stored_by_name_and_group(
        self, places: Sequence[int]
    ) -> dict[tuple[str, str], list[Person]]:
        grouped: dict[tuple[str, str], list[Person]] = {}
        for name in {self.lines[at].name for at in places}:
            for person in self.index.named(name):
                key = (name, self.index.group_of(person))
                grouped.setdefault(key, []).append(person)
        return grouped

    def _settle(self, at: int, name: str, *, alone: bool) -> None:
        people = self._open(at)
        if len(people) == 1 and alone:
            self._note_taken(at, people[0])
            self._take(at, people[0])
        elif people:
            self.remarks.wrong(at, "name", self.index.ambiguous(name, people))
        else:
            self._note_namesake(at, name)

    def _note_taken(self, at: int, person: Person) -> None:
        """A name alone may be a namesake's: said where the group is another one."""
        group, known = self.lines[at].group, self.index.group_of(person)
        if group and known and group != known:
            text = f"当作{known}的“{person.name}”；是另一个人就补上工号"
            self.remarks.note(at, "name", text)

    def _note_namesake(self, at: int, name: str) -> None:
        others = "、".join(p.staff_number or "无工号" for p in self.index.named(name))
        self.remarks.note(at, "name", f"名单里另有“{name}”（{others}），这一行按另一个人")

    def _open(self, at: int) -> list[Person]:
        """Stored people of the line's name whom no line has taken and its 工号 allows."""
        name, number, _ = self.lines[at]
        return [
            p
            for p in self.index.named(name)
            if p.id not in self.taken and (not number or not p.staff_number)
        ]

    def _take(self, at: int, person: Person) -> None:
        first = self.taken.setdefault(person.id, at)
        if first != at:
            row = self.numbers[first]
            self.remarks.wrong(at, "name", f"与第 {row} 行是同一个人，以第 {row} 行为准")
            return
        self.found[at] = person
