"""Who on the roster is meant by a list of names, and what it would change in a sign-in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bulletin_study.domain.attendance import CAME, NEEDS_REASON, Attendance, Mark
from bulletin_study.domain.people import Person, number_key
from bulletin_study.usecases.attendance import MarkEntry, unmarked
from bulletin_study.usecases.name_list.addresses import addresses
from bulletin_study.usecases.name_list.names import Known, name_key
from bulletin_study.usecases.name_list.reading import Entry, Reading, read_names
from bulletin_study.usecases.sign_in_list import SignIn

Pinyin = Callable[[str], tuple[str, str]]
LineKey = tuple[str, str]
"""The line as pasted, and the name in it."""


class LineState(StrEnum):
    """What becomes of one name of the list."""

    UNKNOWN = "没找到"
    AMBIGUOUS = "同名"
    WRONG = "不能记"
    CHANGED = "会改"
    NEW = "新标"
    SAME = "不变"
    REPEATED = "重复"
    LEFT = "不记"


TO_MEND = frozenset({LineState.UNKNOWN, LineState.AMBIGUOUS, LineState.WRONG})


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user settled for one name; ``None``: as it was read. ``left``: do nothing."""

    person_id: int | None = None
    mark: Mark | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One name of the list. ``index`` names it; ``candidates`` are those it may mean, the
    likeliest first (of an unknown name: the people of similar names).

    ``mark`` is what it gives, ``before`` the person's row as it stands; ``note`` says why.
    """

    index: int
    entry: Entry
    person: Person | None
    candidates: tuple[Person, ...]
    mark: Mark
    reason: str
    before: Attendance | None
    state: LineState
    note: str = ""

    @property
    def written(self) -> str:
        """The name or the 工号 as it was pasted."""
        return self.entry.name or self.entry.number

    @property
    def key(self) -> LineKey:
        """What names the line whatever stands above it."""
        return key_of(self.entry)


@dataclass(frozen=True, slots=True)
class ListPreview:
    """The list compared with a sign-in. ``entries`` are the marks it would make; ``rest``
    those expected and 未签 whom it does not name."""

    lines: tuple[ListedLine, ...]
    notes: tuple[tuple[int, str], ...]
    entries: tuple[MarkEntry, ...]
    rest: tuple[Person, ...]

    def count(self, *states: LineState) -> int:
        """How many names are in one of these states."""
        found = Counter(line.state for line in self.lines)
        return sum(found[state] for state in states)


def key_of(entry: Entry) -> LineKey:
    """What names an entry whatever stands above it."""
    return entry.text, entry.name or entry.number


def known_people(sign_in: SignIn) -> Known:
    """Whom a list for this sign-in may name."""
    people = sign_in.roster.people.values()
    return Known.of(
        (*(p.name for p in people), *addresses(sign_in.roster, sign_in.session.day)),
        (p.staff_number for p in people if p.staff_number),
        (group.name for group in sign_in.roster.groups.values()),
    )


def compare_list(
    sign_in: SignIn,
    text: str,
    *,
    today: date,
    pinyin: Pinyin,
    plain: Mark = Mark.PRESENT,
    choices: Mapping[LineKey, Choice] | None = None,
) -> ListPreview:
    """Read a pasted list and compare it. ``plain`` is the mark of those only named.

    ``choices`` are what the user settled, by the key of the line; they outlive changes of
    the text elsewhere.
    """
    reading = read_names(text, known_people(sign_in))
    book = _Book(sign_in, today, pinyin, plain)
    lines = [
        book.line(index, entry, (choices or {}).get(key_of(entry), Choice()))
        for index, entry in enumerate(reading.entries)
    ]
    return _preview(sign_in, reading, _without_repeats(lines))


def _preview(
    sign_in: SignIn, reading: Reading, lines: Sequence[ListedLine]
) -> ListPreview:
    named = {line.person.id for line in lines if line.person is not None}
    people = sign_in.roster.people
    return ListPreview(
        tuple(lines),
        reading.notes,
        tuple(
            MarkEntry(line.person.id, line.mark, line.reason)
            for line in lines
            if line.person is not None and line.state in (LineState.NEW, LineState.CHANGED)
        ),
        tuple(people[row.person_id] for row in unmarked(sign_in, named)),
    )


def _without_repeats(lines: list[ListedLine]) -> list[ListedLine]:
    """Of one person named twice the line that says something stands, of two such the later."""
    standing: dict[int, ListedLine] = {}
    for line in lines:
        if line.person is None:
            continue
        other = standing.get(line.person.id)
        if other is None or line.entry.mark is not None or other.entry.mark is None:
            standing[line.person.id] = line
    result = []
    for line in lines:
        stands = standing[line.person.id] if line.person is not None else line
        if stands is not line:
            note = f"第 {stands.entry.line} 行也有，以那一行为准"
            line = replace(line, state=LineState.REPEATED, note=note)
        result.append(line)
    return result


@dataclass(slots=True)
class _Book:
    """The people of a sign-in by every name and number they go by."""

    sign_in: SignIn
    today: date
    pinyin: Pinyin
    plain: Mark
    rows: dict[int, Attendance] = field(init=False)
    by_name: dict[str, list[Person]] = field(init=False)
    by_number: dict[str, Person] = field(init=False)
    addressed: dict[str, list[Person]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = {row.person_id: row for row in self.sign_in.rows}
        self.by_name, self.by_number = {}, {}
        day = self.sign_in.session.day
        roster = self.sign_in.roster
        self.addressed = addresses(roster, day)
        # Of several of one name those on the list come first, then those there that day.
        order = sorted(
            roster.people.values(),
            key=lambda p: (p.id not in self.rows, not roster.on_roster(p.id, day), p.rank, p.id),
        )
        for person in order:
            self.by_name.setdefault(name_key(person.name), []).append(person)
            if person.staff_number:
                self.by_number.setdefault(number_key(person.staff_number), person)

    def line(self, index: int, entry: Entry, choice: Choice) -> ListedLine:
        """One name compared."""
        mark = choice.mark or entry.mark or self.plain
        people = self._meant(entry)
        person: Person | None = people[0] if len(people) == 1 else None
        if choice.person_id is not None:
            person = self.sign_in.roster.people.get(choice.person_id, person)
        if person is not None:
            return self._compared(index, entry, choice, person, mark)
        if people:
            state, note = LineState.AMBIGUOUS, f"有 {len(people)} 位，选一位"
        else:
            people = self._similar(entry.name)
            state = LineState.UNKNOWN
            note = "花名册里没有"
        if choice.left:
            state, note = LineState.LEFT, ""
        return ListedLine(
            index, entry, None, tuple(people), mark, entry.reason, None, state, note
        )

    def _meant(self, entry: Entry) -> list[Person]:
        """Who bears the name, narrowed by what stands beside it; the list's people first."""
        numbered = self.by_number.get(number_key(entry.number)) if entry.number else None
        if not entry.name:
            return [numbered] if numbered is not None else []
        key = name_key(entry.name)
        people = self.by_name.get(key) or self.addressed.get(key, [])
        if numbered in people:
            return [numbered] if numbered is not None else []
        in_group = [p for p in people if entry.group and self._group(p) == entry.group]
        people = in_group or people
        day, roster = self.sign_in.session.day, self.sign_in.roster
        listed = [p for p in people if p.id in self.rows]
        return listed or [p for p in people if roster.on_roster(p.id, day)] or people

    def _group(self, person: Person) -> str:
        roster = self.sign_in.roster
        group_id = roster.group_on(person.id, self.sign_in.session.day)
        return roster.groups[group_id].name if group_id in roster.groups else ""

    def _compared(
        self, index: int, entry: Entry, choice: Choice, person: Person, mark: Mark
    ) -> ListedLine:
        before = self.rows.get(person.id)
        if before is not None and before.mark is Mark.OBSERVER and mark in CAME:
            mark = Mark.OBSERVER
        exempt = before is not None and before.mark is Mark.EXEMPT
        if before is None and mark in CAME:
            mark = Mark.OBSERVER
        state, note = self._state(person, before, mark, entry)
        if state is LineState.CHANGED and exempt and mark in NEEDS_REASON:
            state, note, mark = LineState.SAME, "免到，不用记", Mark.EXEMPT
        if choice.left and state in (LineState.NEW, LineState.CHANGED):
            state, note = LineState.LEFT, ""
        reason = entry.reason or (before.reason if before and before.mark is mark else "")
        people = self.by_name.get(name_key(person.name), [])
        return ListedLine(
            index, entry, person, tuple(people), mark, reason, before, state, note
        )

    def _state(
        self, person: Person, before: Attendance | None, mark: Mark, entry: Entry
    ) -> tuple[LineState, str]:
        session, roster = self.sign_in.session, self.sign_in.roster
        if not roster.on_roster(person.id, session.day):
            return LineState.WRONG, "那天不在花名册上"
        if session.day > self.today and (mark in CAME or mark is Mark.OBSERVER):
            return LineState.WRONG, "还没到日期，不能标“到”"
        if before is None and mark is not Mark.OBSERVER:
            return LineState.WRONG, "不在应到名单里"
        if before is not None and before.mark is mark:
            if not entry.reason or entry.reason == before.reason:
                return LineState.SAME, ""
            return LineState.CHANGED, f"原因原为“{before.reason}”" if before.reason else "写上原因"
        unsure = f"“{entry.reason}”看不懂，留作原因" if entry.unsure else ""
        if before is None:
            return LineState.NEW, "不在名单，记列席"
        if before.mark is None:
            return LineState.NEW, unsure
        was = f"原为{before.mark}" + ("（不在岗）" if before.premarked else "")
        return LineState.CHANGED, was if not unsure else f"{was}；{unsure}"

    def _similar(self, name: str) -> list[Person]:
        """People of similar names: those that sound the same, then those a character off."""
        if not name:
            return []
        wanted, key = self.pinyin(name)[0].replace(" ", ""), name_key(name)
        ranked: list[tuple[int, int, Person]] = []
        for at, (other, people) in enumerate(self.by_name.items()):
            sound = people[0].pinyin.replace(" ", "")
            rank = 0 if sound and sound == wanted else 1 if _one_off(key, other) else 2
            ranked += [(rank, at, p) for p in people if rank < 2]
        return [person for _, _, person in sorted(ranked, key=lambda found: found[:2])]


def _one_off(one: str, other: str) -> bool:
    """Whether two names differ in one character: another, one more, one less, or two swapped."""
    if len(one) == len(other):
        differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        swapped = len(differing) == 2 and differing[0] == differing[1][::-1]
        return swapped or (len(differing) == 1 and len(one) > 1)
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1 or len(shorter) < 2:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
