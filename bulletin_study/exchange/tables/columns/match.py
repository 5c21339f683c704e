"""Which header text means which field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST_HEADER = 40
"""Longer texts are sentences, not column names."""

EXACT, BARE, ENDS, CONTAINS = 8, 7, 3, 2
"""What a match is worth when rows compete for being the header."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〕]*〕|【[^】]*】")
_MARKS = re.compile(r"[\s*:：、_\-/]+")


@dataclass(frozen=True, slots=True)
class Field:
    """Something a table can tell. ``offered`` names are reported, never assumed."""

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The columns of one row of texts, and how well they match."""

    columns: dict[int, str]
    offers: dict[int, str]
    doubles: dict[int, str]
    score: int

    def good_enough(self, fields: Sequence[Field], filled: int) -> bool:
        """Whether the row can be a header: it names a required field (if there are any), and
        either two fields or one for sure."""
        names = set(self.columns.values())
        required = {field.name for field in fields if field.required}
        if required and not names & required:
            return False
        sure = self.score >= BARE and (bool(required) or filled == 1)
        return len(names) >= 2 or sure


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """A header text without what varies: width, case, blanks, line breaks, asterisks."""
    if len(text) > 4 * LONGEST_HEADER:
        return text
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=4096)
def bare_key(text: str) -> str:
    """The same without what stands in brackets: 实际会议时间（年月日） → 实际会议时间."""
    folded = unicodedata.normalize("NFKC", text)
    return header_key(_BRACKETS.sub("", folded)) or header_key(text)


def _names(field: Field) -> tuple[str, ...]:
    return (field.title, *field.aliases, field.name)


def match_columns(texts: Sequence[str], fields: Sequence[Field]) -> Match:
    """Match header texts to fields, the surest first: exact, without brackets, by their end,
    by what they contain. What is offered as a field is never taken for any by the last two.
    """
    keys = {
        column: (header_key(text), bare_key(text))
        for column, text in enumerate(texts)
        if text and len(text) <= LONGEST_HEADER
    }
    columns: dict[int, str] = {}
    doubles: dict[int, str] = {}
    score = 0
    offers = _offers(keys, fields)
    keys = {column: key for column, key in keys.items() if column not in offers}

    def take(column: int, name: str, worth: int) -> None:
        nonlocal score
        if name in columns.values():
            doubles[column] = name
        else:
            columns[column] = name
            score += worth

    for form, worth in ((0, EXACT), (1, BARE)):
        known = _known(fields, bare_key if form else header_key)
        for column, key in keys.items():
            if column not in columns and column not in doubles and key[form] in known:
                take(column, known[key[form]], worth)
    for column, (_, bare) in keys.items():
        if column not in columns and column not in doubles:
            name, worth = _contained(bare, fields)
            if name:
                take(column, name, worth)
    return Match(dict(sorted(columns.items())), offers, doubles, score)


def speaks(text: str, fields: Sequence[Field]) -> bool:
    """Whether a text has the name of a field in it."""
    return bool(_contained(bare_key(text), fields)[0])


def _known(fields: Sequence[Field], key: Callable[[str], str]) -> dict[str, str]:
    """Key of every name → field; of two fields with the same name the first counts."""
    known: dict[str, str] = {}
    for field in fields:
        for text in _names(field):
            known.setdefault(key(text), field.name)
    return known


def _offers(keys: dict[int, tuple[str, str]], fields: Sequence[Field]) -> dict[int, str]:
    """Columns that contain an offered name and are called exactly like no field."""
    exact = _known(fields, header_key)
    offered = {header_key(text): field.name for field in fields for text in field.offered}
    return {
        column: name
        for column, (whole, bare) in keys.items()
        for text, name in offered.items()
        if text in bare and whole not in exact and bare not in exact
    }


def _contained(key: str, fields: Sequence[Field]) -> tuple[str, int]:
    """The field with the longest name inside a header text, one at its end before others."""
    best = ("", 0)
    rank = (0, 0)
    for field in fields:
        for text in _names(field):
            name = bare_key(text)
            if len(name) < 2 or name.isascii() or name not in key:
                continue
            ends = key.endswith(name)
            if (len(name), ends) > rank:
                rank = (len(name), ends)
                best = (field.name, ENDS if ends else CONTAINS)
    return best
