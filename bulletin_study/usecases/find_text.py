"""Words in everything that was written: who wrote them, when, in which session, in context."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.domain.written import (
    WRITTEN,
    Span,
    TextHit,
    TextPlace,
    Word,
    spans,
    words_of,
)
from bulletin_study.usecases.drafts import (
    SESSION_TEXTS,
    comment_target,
    make_up_target,
    reflection_target,
    session_target,
)
from bulletin_study.usecases.loading import links_by_session, load_kinds
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.titles import kinds_text

PAGE = 100
"""So many hits are listed at first, and again each time more are asked for."""

_BLANK = re.compile(r"\s")
_BEFORE, _LENGTH = 30, 120
"""Letters of an excerpt before the first hit, and in all."""
_LONGEST_PART = 32
"""Letters of each part but the last, where words stand too far apart for one."""


class TextKind(StrEnum):
    """What sort of text it is, as one filters by it."""

    SAID = "心得"
    COMMENT = "点评"
    MINUTES = "会议记录"
    THEME = "主题"
    MAKE_UP = "补学"
    EVIDENCE = "佐证材料"


_KINDS = {
    Reflection: TextKind.SAID,
    Comment: TextKind.COMMENT,
    Talk: TextKind.THEME,
    StudyPlanItem: TextKind.THEME,
    MakeUp: TextKind.MAKE_UP,
    Evidence: TextKind.EVIDENCE,
}
_NAMES = {
    (Comment, "text"): "点评",
    (StudySession, "theme"): "主题",
    (StudySession, "agenda"): "议程",
    (StudySession, "speeches"): "发言要点",
    (StudySession, "decisions"): "议定事项",
    (StudySession, "note"): "备注",
    (StudySession, "materials"): "学习材料",
    (Talk, "title"): "讲课题目",
    (StudyPlanItem, "theme"): "学习计划",
    (MakeUp, "material"): "补学材料",
    (MakeUp, "note"): "补学心得",
    (Evidence, "caption"): "材料名称",
    (Evidence, "original"): "材料文件名",
}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a text on one line, and where in it the words stand."""

    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FoundText:
    """One hit: ``what`` kind of note (议程, 感想 …), ``who`` wrote or said it ("" where that is
    nobody), ``session`` its session's kinds. ``talk_id`` and ``place`` where it is a talk's.

    ``target`` names the field of 签到与心得 that it is written in, as in ``usecases.drafts``; ""
    for a text that has none there.
    """

    kind: TextKind
    what: str
    who: str
    day: date | None
    session: str
    excerpt: Excerpt
    hit: TextHit
    talk_id: int | None = None
    place: int = 1
    target: str = ""


@dataclass(frozen=True, slots=True)
class TextsFound:
    """``counts``: how many texts hold the words, by kind, in their order; only where any do."""

    words: str
    counts: dict[TextKind, int]
    found: tuple[FoundText, ...]

    @property
    def total(self) -> int:
        """How many texts hold the words."""
        return sum(self.counts.values())


def find_text(
    unit: UnitOfWork,
    words: str,
    *,
    kinds: Collection[TextKind] | None = None,
    first: int = 0,
    limit: int | None = PAGE,
) -> TextsFound:
    """The texts that hold all the words, of these kinds (``None``: of all), the newest session
    first. A word that is somebody's name also stands for what they said.

    Words are parted as by ``words_of``; no word finds nothing. The counts are of all kinds.
    """
    wanted = words_of(words)
    people: dict[str, set[int]] = {}
    for person in unit.all(Person, name=list(wanted)) if wanted else ():
        people.setdefault(person.name, set()).add(person.id)
    asked = [Word(word, frozenset(people.get(word, ()))) for word in wanted]
    places = None if kinds is None else [p for p in WRITTEN if kind_of(p) in kinds]
    hits = unit.texts_holding(asked, places, first, limit)
    counts: Counter[TextKind] = Counter()
    for place, number in hits.counts.items():
        counts[kind_of(place)] += number
    ordered = {kind: counts[kind] for kind in TextKind if counts[kind]}
    return TextsFound(words.strip(), ordered, tuple(_Teller(unit, hits.hits, wanted).tell()))


def kind_of(place: TextPlace) -> TextKind:
    """What sort of text stands in a place."""
    usual = TextKind.THEME if place.field == "theme" else TextKind.MINUTES
    return _KINDS.get(place.entity, usual)


def excerpt_around(
    text: str, words: Sequence[str], before: int = _BEFORE, length: int = _LENGTH
) -> Excerpt:
    """The part of a text from so many letters before the place where a word first stands; where
    the words are too far apart for its length, a part around each of them."""
    found = spans(text, *words)
    told, end, marks = "", 0, []
    for start, until in _parts(text, words, before, length):
        told += "…" if start > end else ""
        shift = start - len(told)
        marks += [(a - shift, min(b, until) - shift) for a, b in found if start <= a < until]
        told += _BLANK.sub(" ", text[start:until])
        end = until
    return Excerpt(told + ("…" if end < len(text) else ""), tuple(marks))


def _parts(text: str, words: Sequence[str], before: int, length: int) -> list[Span]:
    """What is shown of a text: from and up to, none over another, the last the longest."""
    firsts = sorted(found[0] for word in words if (found := spans(text, word)))
    start = max(firsts[0][0] - before, 0) if firsts else 0
    if len(firsts) < 2 or firsts[-1][1] <= start + length:
        return [(start, min(start + length, len(text)))]
    parts: list[Span] = []
    part = min(length // len(firsts), _LONGEST_PART)
    for at, end in firsts:
        begin = max(at - min(before, part // 4), 0)
        if parts and begin <= parts[-1][1]:
            begin = parts.pop()[0]
        parts.append((begin, max(begin + part, end)))
    begin, end = parts[-1]
    left = length - sum(b - a for a, b in parts)
    return [*parts[:-1], (begin, min(end + max(left, 0), len(text)))]


class _Teller:
    """Tells of hits whose they are, with one query for each sort of thing."""

    def __init__(self, unit: UnitOfWork, hits: Sequence[TextHit], words: Sequence[str]) -> None:
        self._hits, self._words = hits, words
        keys: dict[type[Any], set[int]] = {}
        for hit in hits:
            keys.setdefault(hit.place.entity, set()).add(hit.key)
        self._values: dict[tuple[type, int], Any] = {}
        for entity, wanted in keys.items():
            self._values |= {(entity, v.id): v for v in unit.all(entity, id=wanted)}
        talk_ids = {t for v in self._values.values() if (t := _talk_id(v)) is not None}
        self._talks = {t.id: t for t in unit.all(Talk, id=talk_ids)} if talk_ids else {}
        self._people = {p.id: p.name for p in unit.all(Person)} if hits else {}
        kinds = load_kinds(unit) if hits else {}
        links = links_by_session(unit, {h.session_id for h in hits if h.session_id is not None})
        self._sessions = {
            session_id: kinds_text(kinds[link.kind_id] for link in some)
            for session_id, some in links.items()
        }

    def tell(self) -> list[FoundText]:
        """The hits in their order."""
        return [self._told(hit) for hit in self._hits]

    def _told(self, hit: TextHit) -> FoundText:
        value: Any = self._values[hit.place.entity, hit.key]
        talk_id = _talk_id(value)
        talk = self._talks.get(talk_id) if talk_id is not None else None
        return FoundText(
            kind=kind_of(hit.place),
            what=str(value.kind) if isinstance(value, Reflection)
            else _NAMES[hit.place.entity, hit.place.field],
            who=self._who(hit, value),
            day=hit.day,
            session=self._sessions.get(hit.session_id or 0, ""),
            excerpt=excerpt_around(hit.text, self._words),
            hit=hit,
            talk_id=talk_id,
            place=talk.place if talk is not None else 1,
            target=_target(value, hit.place.field),
        )  # fmt: skip

    def _who(self, hit: TextHit, value: object) -> str:
        person_id = getattr(value, hit.place.by) if hit.place.by else None
        guest = value.guest if isinstance(value, Talk) else ""
        return self._people.get(person_id, guest) if person_id is not None else guest


def _target(value: object, field: str) -> str:
    match value:
        case Reflection():
            return reflection_target(value.id)
        case Comment():
            return comment_target(value.session_id, value.talk_id, value.group_id)
        case MakeUp() if field == "note":
            return make_up_target(value.session_id, value.person_id)
        case StudySession() if field in SESSION_TEXTS:
            return session_target(value.id, field)
        case _:
            return ""


def _talk_id(value: object) -> int | None:
    if isinstance(value, Talk):
        return value.id
    return value.talk_id if isinstance(value, Reflection | Comment | Evidence) else None


def none_found(words: str, where: str = "写过的话") -> str:
    """写过的话里没有“学习”。 Of several words: that no text holds them all."""
    each = [f"“{word}”" for word in words_of(words)]
    several = "一处同时写到" if len(each) > 1 else ""
    return f"{where}里没有{several}{'、'.join(each)}。"


def found_json(found: TextsFound) -> dict[str, Any]:
    """For programs: ``marks`` are [from, up to] in the excerpt, in letters."""
    return {
        "words": found.words,
        "total": found.total,
        "counts": {str(kind): number for kind, number in found.counts.items()},
        "hits": [
            {
                "kind": str(one.kind),
                "what": one.what,
                "who": one.who,
                "date": one.day.isoformat() if one.day else None,
                "session": one.hit.session_id,
                "kinds": one.session,
                "excerpt": one.excerpt.text,
                "marks": [list(mark) for mark in one.excerpt.marks],
                "text": one.hit.text,
            }
            for one in found.found
        ],
    }
