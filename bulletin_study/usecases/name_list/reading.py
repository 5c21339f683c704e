"""Reading a list of names: who is meant, and what is said of each.

Understands what an office's chat holds: ``#接龙`` and other headings, numbers of every kind
before the names, several names on a line, headings with a mark (请假：甲、乙), marks and
reasons in any order, brackets, titles, @, 工号. What is no name is kept as a note.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.people import number_key
from bulletin_study.usecases.mark_words import LETTERS, SIGNS
from bulletin_study.usecases.name_list.names import (
    EXAMPLE,
    SKIPPED,
    Known,
    Named,
    is_noise,
    split_unknown,
)
from bulletin_study.usecases.name_list.remarks import mark_of_heading, said_together
from bulletin_study.usecases.name_list.tokens import (
    BLANK,
    CLAUSE,
    COLON,
    JOINED,
    LISTED,
    NUMBERED,
    Token,
    clean,
    tokens_of,
)

_MOST_PIECES = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as named on one line; ``number`` and ``group`` only tell same-named people
    apart, unless there is no ``name``.

    ``mark`` ``None``: only named. ``unsure``: something was said that gives no mark; it
    stands as the reason.
    """

    line: int
    text: str
    name: str
    number: str = ""
    group: str = ""
    mark: Mark | None = None
    reason: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everybody named, and the other lines as (number of the line, text)."""

    entries: tuple[Entry, ...]
    notes: tuple[tuple[int, str], ...]


def read_names(text: str, known: Known) -> Reading:
    """Read a pasted text; ``known`` are the people of the office."""
    entries: list[Entry] = []
    notes: list[tuple[int, str]] = []
    context = _Context()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _Line(known, context, number, raw.strip())
        found = line.read()
        entries += found
        if raw.strip() and not found:
            notes.append((number, raw.strip()))
    return Reading(tuple(entries), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Heading:
    """What the names after it share: a mark with its reason, a group."""

    mark: Mark | None = None
    reason: str = ""
    group: str = ""


@dataclass(slots=True)
class _Context:
    """What a heading says of the lines below it, up to the next heading or blank line."""

    heading: _Heading = _Heading()
    skip: bool = False

    def forget(self) -> None:
        self.heading, self.skip = _Heading(), False


@dataclass(slots=True)
class _Person:
    name: str
    before: str
    number: str
    under: _Heading
    group: str
    words: list[str] = field(default_factory=list)


class _Line:
    """One line being read, word by word."""

    def __init__(self, known: Known, context: _Context, number: int, raw: str) -> None:
        self.known, self.context, self.number, self.raw = known, context, number, raw
        self.people: list[_Person] = []
        self.tokens: list[Token] = []
        self.heading = context.heading
        self.hint = ""
        self.numbered = False

    def read(self) -> list[Entry]:
        """Everybody named on the line."""
        line = clean(self.raw)
        if not line or EXAMPLE.match(line):
            self.context.forget()
            return []
        self.tokens = tokens_of(line)
        if SKIPPED.match(line):
            # Of these nothing is known yet; a heading alone speaks of the lines below it.
            self.context.forget()
            self.context.skip = len(self.tokens) == 1
            return []
        if self.context.skip:
            return []
        at = 0
        while at < len(self.tokens):
            at += self._take(at)
        if not self.people and self.heading != _Heading():
            # A heading alone on its line.
            self.context.heading = self.heading
        return [self._entry(person) for person in self.people]

    # ---- word by word ----
    def _take(self, at: int) -> int:
        """Read what begins here; how many words it took."""
        token = self.tokens[at]
        self.numbered = token.before == NUMBERED or (self.numbered and at > 0)
        if token.aside:
            if self.people:
                self._say(token.text)
            elif self.heading.mark is not None and not is_noise(token.text):
                self.heading = replace(self.heading, reason=token.text)
            return 1
        known = self._known_name(at)
        if known is not None:
            named, used = known
            self.hint = named.number or self.hint
            if named.group:
                self.heading = replace(self.heading, group=named.group)
            self._add(named.name, token.before, named.tail)
            return used
        if self._number(at) or self._heading(at):
            return 1
        used = self._unknown_name(at)
        if used:
            return used
        if self.people:
            self._say_to_run(token.text, token.before)
        return 1

    def _known_name(self, at: int) -> tuple[Named, int] | None:
        """The longest known name that begins here, its blanks inside passed over, and how many
        words it took."""
        best: tuple[Named, int] | None = None
        text = ""
        for used, token in enumerate(self.tokens[at : at + _MOST_PIECES], start=1):
            if used > 1 and (token.aside or token.before != BLANK):
                break
            reached = len(text)
            text += token.text
            found = self.known.named_at_start(text)
            # A name of several pieces must reach into the last of them.
            if found is not None and len(text) - len(found.tail) > reached:
                best = found, used
        return best

    def _number(self, at: int) -> bool:
        """A 工号 that stands for a person, or before a name to tell whose it is."""
        token = self.tokens[at]
        if not token.text.isalnum() or not token.text.isascii() or self._silent(token):
            return False
        followed = at + 1 < len(self.tokens) and self._known_name(at + 1) is not None
        if followed and not self.people:
            self.hint = token.text
            return True
        if number_key(token.text) not in self.known.numbers:
            return False
        self.hint = token.text
        self._add("", token.before, "")
        return True

    def _silent(self, token: Token) -> bool:
        """A digit after a name is a sign (1 到, 0 缺) or of no meaning, never somebody."""
        return bool(self.people) and token.before in (JOINED, COLON)

    def _heading(self, at: int) -> bool:
        """A mark or a group that the names after it share."""
        token = self.tokens[at]
        following = self.tokens[at + 1].before if at + 1 < len(self.tokens) else ""
        if self.people and following != COLON:
            return False
        text = token.text
        group = self.known.group_at_start(text)
        if group and not self.people:
            self.heading = replace(self.heading, group=group)
            text = text[len(group) :]
            if not text:
                return True
        mark, reason = mark_of_heading(text)
        if mark is None:
            return False
        self.heading = replace(self.heading, mark=mark, reason=reason)
        return True

    def _unknown_name(self, at: int) -> int:
        """Somebody who is not on the roster, or misspelt; how many words the name took."""
        token = self.tokens[at]
        if not self._may_be_named(token):
            return 0
        text, used = self._closed_up(at)
        found = split_unknown(text, numbered=self.numbered and token.before == NUMBERED)
        if found is None:
            return 0
        self._add(found[0], token.before, found[1])
        return used

    def _may_be_named(self, token: Token) -> bool:
        if not self.people or token.before in (NUMBERED, LISTED):
            return True
        return token.before in (BLANK, CLAUSE) and not self.people[-1].words

    def _closed_up(self, at: int) -> tuple[str, int]:
        """A name spaced out over single characters, as one word."""
        pieces = [self.tokens[at].text]
        for token in self.tokens[at + 1 : at + _MOST_PIECES]:
            if token.aside or token.before != BLANK or len(token.text) > 1:
                break
            if token.text in LETTERS or token.text in SIGNS:
                break
            pieces.append(token.text)
        one_each = len(pieces) > 1 and len(pieces[0]) == 1
        return ("".join(pieces), len(pieces)) if one_each else (pieces[0], 1)

    # ---- what was found ----
    def _add(self, name: str, before: str, tail: str) -> None:
        person = _Person(name, before, self.hint, self.heading, self.heading.group)
        self.people.append(person)
        self.hint = ""
        joined = tail[1:] if tail[:1] and tail[0] in "和及与跟" else tail
        another = self.known.name_at_start(joined) if joined else None
        if another is not None:
            self._add(another[0], LISTED, another[1])
        elif tail:
            self._say_to_run(tail, JOINED)

    def _say(self, text: str) -> None:
        group = self.known.group_at_start(text)
        if group == text and text:
            self.people[-1].group = text
        elif not is_noise(text):
            self.people[-1].words.append(text)

    def _say_to_run(self, text: str, before: str) -> None:
        """What stands after several bare names is said of them all: 甲、乙请假; 甲 乙 请假.

        Not below a heading that has said already what they have in common.
        """
        first = not self.people[-1].words
        self._say(text)
        if not first or not self.people[-1].words or self.people[-1].under.mark is not None:
            return
        joins = (LISTED,) if before == JOINED else (LISTED, CLAUSE, BLANK)
        for person, following in zip(self.people[-2::-1], self.people[:0:-1], strict=False):
            if person.words or following.before not in joins:
                break
            person.words += self.people[-1].words

    def _entry(self, person: _Person) -> Entry:
        mark, reason = said_together(person.words, person.under.mark)
        if not person.words:
            reason = person.under.reason
        return Entry(
            self.number, self.raw, person.name, person.number, person.group, mark, reason,
            unsure=mark is None and bool(reason),
        )  # fmt: skip
