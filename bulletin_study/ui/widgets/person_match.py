"""Find a person by what a clerk types: initials, pinyin, staff number or name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

FULL_WIDTH: Final = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"　": " "}
)
MARK_OF_DIGIT: Final[dict[str, str]] = {
    "1": "到", "2": "迟到", "3": "早退", "4": "请假", "5": "公出", "6": "缺席",
}  # fmt: skip
"""The digit typed after a person and the mark it gives."""


@dataclass(frozen=True, slots=True)
class PersonOption:
    """A person to choose: ``initials`` and ``pinyin`` in lower case without tones."""

    id: int
    name: str
    initials: str = ""
    pinyin: str = ""
    number: str = ""
    note: str = ""


def normal(text: str) -> str:
    """What was typed, in half-width lower case without blanks at the ends."""
    return text.translate(FULL_WIDTH).strip().lower()


def find_people(people: Iterable[PersonOption], text: str) -> list[PersonOption]:
    """People that match, the best first: exact number or name, then beginnings, then parts.

    Within one rank the given order stays.
    """
    words = normal(text).replace(" ", "")
    if not words:
        return list(people)
    ranked = [(rank, person) for person in people if (rank := _rank(person, words)) is not None]
    return [person for _, person in sorted(ranked, key=lambda pair: pair[0])]


def _rank(person: PersonOption, words: str) -> int | None:
    number = person.number.lower()
    if words.isdigit():
        if number == words:
            return 0
        if number.lstrip("0") == words.lstrip("0"):
            return 1
        return 3 if number.startswith(words) else 5 if words in number else None
    name, pinyin = person.name.lower(), person.pinyin.replace(" ", "")
    if words in (name, person.initials, number):
        return 0
    if name.startswith(words) or person.initials.startswith(words):
        return 2
    if pinyin.startswith(words):
        return 3
    if words in name:
        return 4
    return 5 if len(words) > 1 and (words in person.initials or words in pinyin) else None


def read_quick(people: Sequence[PersonOption], text: str) -> tuple[list[PersonOption], str]:
    """The people meant and the mark meant by words such as ``wz``, ``wz2``, ``007 4``.

    Without a digit after them the mark is 到. What is somebody's whole number is nothing
    else. Digits alone are a number first; only when there is none such, the last digit is a
    mark, and then what stands before it must be a number as it is written: an unknown card
    must not mark the one whose number it happens to begin with.
    """
    words = normal(text)
    if not words:
        return [], "到"
    head, last = words[:-1].rstrip(), words[-1]
    apart = len(words) > 1 and words[-2] == " "
    found = find_people(people, words)
    if last not in MARK_OF_DIGIT or not head or any(p.number.lower() == words for p in people):
        return found, "到"
    if apart or not words.isdigit():
        return find_people(people, head), MARK_OF_DIGIT[last]
    named = [] if found else [person for person in people if person.number == head]
    return (named, MARK_OF_DIGIT[last]) if named else (found, "到")
