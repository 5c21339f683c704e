"""What the remarks beside a name say: a mark and a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin_study.domain.attendance import Mark
from bulletin_study.usecases.mark_words import LETTERS, SIGNS, came_words, find_phrase

_HEADING_END = re.compile(r"(?:人员|名单|的?同志|情况|的有|的是|的|有|是|共?\d+[人名位]?|人)+$")
_MOST_AROUND = 4
_LEAD = re.compile("^(?:因为|由于|因|要|需要?|已|了|的)+")
_TRAIL = re.compile("(?:因为|因|要|需要?|已经?|了|的)+$")


def said_together(words: Sequence[str], default: Mark | None) -> tuple[Mark | None, str]:
    """The mark and the reason that several remarks on one person give together."""
    mark: Mark | None = None
    kept: list[str] = []
    for text in words:
        if mark is None:
            mark, rest = named_mark(text)
            kept += [rest] if rest else []
        elif not _repeats(text, mark):
            kept.append(text)
    if mark is None and default is None:
        hinted = next((p for p in map(find_phrase, words) if p is not None), None)
        mark = hinted.mark if hinted else None
    return mark or default, "，".join(kept)


def _repeats(text: str, mark: Mark) -> bool:
    return came_words(text) and mark is Mark.PRESENT


def named_mark(text: str) -> tuple[Mark | None, str]:
    """The mark that a remark names, and what else it says."""
    sign = SIGNS.get(text) or LETTERS.get(text) or (Mark.PRESENT if came_words(text) else None)
    if sign is not None:
        return sign, ""
    phrase = find_phrase(text)
    if phrase is None or not phrase.named:
        return None, text
    before, after = text[: phrase.start], text[phrase.end :]
    if not phrase.plain or (before and after):
        return phrase.mark, text
    return phrase.mark, _LEAD.sub("", after) if after else _TRAIL.sub("", before)


def mark_of_heading(text: str) -> tuple[Mark | None, str]:
    """The mark and the reason that a heading such as 因公外出人员 or 请假3人 gives."""
    bare = _HEADING_END.sub("", text)
    mark, reason = named_mark(bare)
    phrase = find_phrase(bare)
    if phrase is not None and len(bare) > phrase.end - phrase.start + _MOST_AROUND:
        # A sentence in which such a word occurs is no heading.
        return None, ""
    if mark is None and phrase is not None:
        return phrase.mark, bare
    return mark, reason if mark is not None else ""
