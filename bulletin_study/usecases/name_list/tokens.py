"""A line of chat cut into words, what stands in brackets, and what parts them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

JOINED, BLANK, LISTED, CLAUSE, COLON, DASH, NUMBERED = "", " ", "、", ",", ":", "-", "#"
"""What stood before a word: nothing, a blank, 、 or /, a comma or full stop, a colon, a dash,
a number of the list."""

_KEYCAPS = re.compile("(?:[0-9]\ufe0f?\u20e3)+")
_ODD_DASHES = re.compile("[‐-―−﹣－~～]")
_BULLETS = "•●▪◆■□○*@> \t"
_PARTS = re.compile(
    r"(?P<number>(?:^|(?<=[\s、,;。|]))(?:\(\d{1,3}\)|\d{1,3}(?:[.)](?!\d)|、(?!\s*\d)))"
    r"|^[一二三四五六七八九十]{1,3}[、.])"
    r"|(?P<aside>\([^()]*\)?|\[[^\[\]]*\]?|【[^【】]*】?|“[^“”]*”?)"
    r"|(?P<gap>[\s、,;。|/:=+!?)\]】”-]+)"
    r"|(?P<word>(?:(?<=[A-Za-z])-(?=[A-Za-z])|[^\s、,;。|/:=+!?()\[\]【】“”-])+)"
)
_GAPS: Final = ((LISTED, "、/|"), (CLAUSE, ",;。!?"), (COLON, ":"), (DASH, "-=+"))


class Token(NamedTuple):
    """A word or (``aside``) the words in brackets; ``before`` is what parts it from the last."""

    text: str
    before: str
    aside: bool = False


def clean(line: str) -> str:
    """The line in half-width, its numbers written as ``1. ``, without invisible characters."""
    line = _KEYCAPS.sub(lambda found: re.sub("[^0-9]", "", found.group()) + ". ", line)
    line = line.replace("🔟", "10. ")
    line = "".join(_numbered(char) for char in line)
    line = unicodedata.normalize("NFKC", line)
    line = "".join(char for char in line if unicodedata.category(char) != "Cf")
    return _ODD_DASHES.sub("-", line).replace("\ufe0f", "").strip(_BULLETS)


def tokens_of(line: str) -> list[Token]:
    """The words of a line made ``clean`` before."""
    found: list[Token] = []
    before = JOINED
    for part in _PARTS.finditer(line):
        text = part.group()
        if part.lastgroup == "number":
            before = NUMBERED
        elif part.lastgroup == "gap":
            before = before if before == NUMBERED else _gap(text)
        elif part.lastgroup == "aside":
            inside = tokens_of(text.strip("()[]【】“” "))
            found += [Token(token.text, before, aside=True) for token in inside]
            before = JOINED
        else:
            word = text.strip("@*•·.") if len(text) > 1 else text
            if word:
                found.append(Token(word, before))
                before = JOINED
    return found


def _numbered(char: str) -> str:
    """① and ⒈ as 1; other characters as they are."""
    if unicodedata.category(char) != "No":
        return char
    value = unicodedata.numeric(char)
    return f"{int(value)}. " if value == int(value) else char


def _gap(text: str) -> str:
    return next((kind for kind, chars in _GAPS if any(c in text for c in chars)), BLANK)
