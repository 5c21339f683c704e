"""What people have written, where it stands, and how words are found in it.

Words are told apart neither by case nor by width: ``ＡＢ１`` is ``ab1``. Nothing else is
folded, so that a text holds a word exactly when the folded word stands in the folded text.
Several words are found where a text holds all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from unicodedata import category

from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    StudyPlanItem,
    StudySession,
    Talk,
)

_NARROW = {0x3000: 0x20, **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
_WORD = re.compile(r'(?<!\S)(?:“([^“”]*[^“”\s][^“”]*)”|"([^"]*[^"\s][^"]*)")(?!\S)|(\S+)')

Span = tuple[int, int]
"""From a character up to, and without, another."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A field that people write into. ``code`` names it in the store and is never reused;
    ``by`` is the field that says whose words they are, "" where they are nobody's."""

    code: int
    entity: type
    field: str
    by: str = ""


WRITTEN: tuple[TextPlace, ...] = (
    TextPlace(1, Reflection, "text", "person_id"),
    TextPlace(2, Comment, "text", "leader_id"),
    TextPlace(3, StudySession, "theme"),
    TextPlace(4, StudySession, "agenda"),
    TextPlace(5, StudySession, "speeches"),
    TextPlace(6, StudySession, "decisions"),
    TextPlace(7, StudySession, "note"),
    TextPlace(8, StudySession, "materials"),
    TextPlace(9, Talk, "title", "speaker_id"),
    TextPlace(10, StudyPlanItem, "theme"),
    TextPlace(11, MakeUp, "material", "person_id"),
    TextPlace(12, MakeUp, "note", "person_id"),
    TextPlace(13, Evidence, "caption"),
    TextPlace(14, Evidence, "original"),
)
"""Everything that can be found by its words."""


@dataclass(frozen=True, slots=True)
class Word:
    """One of the words looked for. Where it is the name of ``people``, a text of theirs need
    not hold it."""

    text: str
    people: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TextHit:
    """One text that holds the words: ``key`` is the id of the value it belongs to.

    ``day`` is that of the session; of a planned theme without one its own day, or the Monday
    of its week.
    """

    place: TextPlace
    key: int
    session_id: int | None
    day: date | None
    text: str


@dataclass(frozen=True, slots=True)
class TextHits:
    """How many texts hold the words, by place (only where there are any), and some of them."""

    counts: Mapping[TextPlace, int]
    hits: tuple[TextHit, ...]


def fold(text: str) -> str:
    """The text as it is compared: half width, without case. May be longer than the text."""
    return text.translate(_NARROW).casefold()


def is_plain(folded: str) -> bool:
    """Whether only the very same letters are folded to these, as with all Chinese ones."""
    return all(category(letter) == "Lo" for letter in folded)


def words_of(asked: str) -> tuple[str, ...]:
    """The words of what somebody asks for, in their order: blanks part them, but not within
    “ ” or " " around a whole word. Such signs anywhere else are letters like all others."""
    found = (quoted or plain or word for quoted, plain, word in _WORD.findall(asked))
    return tuple({fold(word): word for word in found}.values())


def spans(text: str, *words: str) -> list[Span]:
    """Where in the text the words stand, from left to right, none over another."""
    joined: list[Span] = []
    for start, end in sorted(span for word in words for span in _spans_of(text, word)):
        if joined and start < joined[-1][1]:
            start, end = joined[-1][0], max(joined.pop()[1], end)
        joined.append((start, end))
    return joined


def _spans_of(text: str, word: str) -> list[Span]:
    folded = fold(text)
    found = list(_occurrences(folded, fold(word)))
    if len(folded) == len(text):
        return found
    # A letter such as ß becomes two when it is folded.
    ends = list(accumulate(len(fold(letter)) for letter in text))
    return [(bisect_right(ends, start), bisect_left(ends, end) + 1) for start, end in found]


def _occurrences(folded: str, wanted: str) -> Iterator[Span]:
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = folded.find(wanted, at + len(wanted))
