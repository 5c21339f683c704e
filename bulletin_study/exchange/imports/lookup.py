"""Finding whom and what a file means: people by 工号 and name, groups and kinds by name."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from bulletin_study.domain.people import Person, Roster, number_key
from bulletin_study.exchange.tables.cells import CellProblem, as_name, as_text
from bulletin_study.exchange.tables.workbook import Cell

T = TypeVar("T")

NOTHING = frozenset({"无", "/", "-", "—", "——", "--", "／", "暂无", "未定", "待定", "没有"})
"""What people put into a cell to say that it is empty."""

_SEPARATORS = re.compile(r"[、，,；;/\n]+|\s{1,}(?=[一-鿿])|(?<=[一-鿿])\s+")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_SPACED_OUT = re.compile(r"[一-鿿](?: [一-鿿])+")
_OFFICE_ENDS = re.compile(r"(?:工作)?(?:办公室|科室|组室|科|组|室|股|处|部|办|中心)$")


class Provisional:
    """Ids for values not stored yet: -1, -2, -3 …"""

    def __init__(self) -> None:
        self._ids = itertools.count(-1, -1)

    def __call__(self) -> int:
        return next(self._ids)


def as_number(cell: Cell) -> str:
    """A 工号 without spaces, "" for a blank."""
    if isinstance(cell, str) and cell.isascii() and cell.isalnum():
        return cell
    text = "".join(as_text(cell).split())
    return "" if text in NOTHING else text


def as_person(cell: Cell) -> str:
    """A personal name without what stands beside it in brackets: 张伟（女） is 张伟."""
    return bare_name(as_name(cell))


def bare_name(name: str) -> str:
    """The name without brackets; as it is when there is nothing else."""
    return name if name.isalpha() else _BRACKETS.sub("", name).strip() or name


def as_words(cell: Cell) -> str:
    """Plain text, "" for a blank and for 无, — and their like. A word spaced out to fill
    its cell (部  长) is closed up."""
    text = as_text(cell).strip()
    if " " in text and _SPACED_OUT.fullmatch(text):
        text = text.replace(" ", "")
    return "" if text in NOTHING else text


def one_of(words: dict[str, T], expected: str) -> Callable[[Cell], T | None]:
    """A reader that takes a word, or a text that contains one; ``None`` for a blank.

    Earlier words win, so put the longer ones first. It raises ``CellProblem`` naming what
    would do.
    """

    def read(cell: Cell) -> T | None:
        text = as_words(cell)
        if not text:
            return None
        found = words.get(text)
        if found is None:
            found = next((value for word, value in words.items() if word in text), None)
        if found is None:
            raise CellProblem("unknown_word", text, f"“{text}”看不懂，可以写{expected}")
        return found

    return read


def split_names(text: str) -> list[str]:
    """Several names in one cell, parted by 、 ， / or a space between Chinese words."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def similar(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """Known names that may be meant: the same but for 科, 组, 室 …, then alike ones."""
    stem = _OFFICE_ENDS.sub("", name)
    same = [k for k in known if stem and _OFFICE_ENDS.sub("", k) == stem]
    alike = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return tuple(dict.fromkeys([*same, *alike]))


class PeopleIndex:
    """The people a file may mean; ``group_of`` gives the present group's name ("": none)."""

    def __init__(self, people: Iterable[Person], group_of: Callable[[Person], str]) -> None:
        self.by_id: dict[int, Person] = {}
        self.by_number: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = {}
        self.group_of = group_of
        for person in people:
            self.add(person)

    def add(self, person: Person) -> None:
        """One more person."""
        self.by_id[person.id] = person
        if person.staff_number:
            self.by_number[number_key(person.staff_number)] = person
        self.by_name.setdefault("".join(person.name.split()), []).append(person)

    def named(self, name: str) -> list[Person]:
        """Everybody of that name; those still in the office, if there are any."""
        people = self.by_name.get("".join(name.split()), [])
        return [p for p in people if p.left is None] or people

    def find(self, name: str, number: str = "", group: str = "") -> Person | str:
        """The one person meant, or the sentence that says why nobody can be named."""
        person = self.by_number.get(number_key(number)) if number else None
        if person is not None:
            if not name or "".join(name.split()) == "".join(person.name.split()):
                return person
            return f"工号 {number} 是“{person.name}”的，和“{name}”对不上"
        if not name:
            return f"名单里没有工号 {number}" if number else "姓名为空"
        people = [p for p in self.named(name) if not number or not p.staff_number]
        if len(people) > 1 and group:
            people = [p for p in people if self.group_of(p) == group] or people
        if len(people) == 1:
            return people[0]
        if people:
            return self.ambiguous(name, people)
        if self.named(name):
            return f"“{name}”在名单里的工号不是 {number}"
        return f"名单里没有“{name}”"

    def ambiguous(self, name: str, people: Sequence[Person]) -> str:
        """The sentence for a name that several people bear."""
        where = "、".join(self.group_of(p) or "不编组" for p in people)
        return f"名单里有 {len(people)} 位“{name}”（{where}），补上工号才能分清"


def group_today(roster: Roster, today: date) -> Callable[[Person], str]:
    """The name of the group each person is in today, or at the nearest day on the roster."""

    def name_of(person: Person) -> str:
        group_id = roster.group_on(person.id, nearest_day(person, today))
        return "" if group_id is None else roster.groups[group_id].name

    return name_of


def nearest_day(person: Person, today: date) -> date:
    """Today, or the first or last day on the roster when today lies outside."""
    if person.left is not None and person.left < today:
        return person.left
    if person.joined is not None and person.joined > today:
        return person.joined
    return today
