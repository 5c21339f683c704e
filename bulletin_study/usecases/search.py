"""Find everywhere: people by name, initials, pinyin or staff number; sessions; what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    SessionKindLink,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.domain.written import Span, fold, words_of
from bulletin_study.usecases.find_text import FoundText, TextKind, excerpt_around, find_text
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.titles import day_text, day_words

LIMIT = 8
FEW_WORDS = 3
_BEFORE, _LENGTH = 6, 14
WRITTEN_WORDS = "写过的话"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found. ``entity`` and ``key`` say what to open (a plan item: its session).

    ``text`` is the hit in what was written; ``everything`` the words of which all is asked for,
    ``marks`` are where in the note they stand.
    """

    kind: str
    title: str
    note: str
    entity: type
    key: int
    place: int = 0
    text: FoundText | None = None
    everything: str = ""
    marks: tuple[Span, ...] = ()


def find_everywhere(unit: UnitOfWork, text: str) -> list[Found]:
    """At most eight of each kind, the likeliest first. Empty text finds nothing.

    Of what was written a few texts, then one line that stands for all of them.
    """
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return []
    words = [fold(word) for word in words_of(text)]
    return [
        *_people(unit, wanted),
        *_sessions(unit, words),
        *_talks(unit, words),
        *_written(unit, text),
    ]


def person_matches(person: Person, wanted: str) -> int:
    """How well a person answers to the text: 0 not at all, higher is better.

    ``wanted`` is folded to lower case.
    """
    compact = wanted.replace(" ", "")
    number = (person.staff_number or "").casefold()
    pinyin = person.pinyin.replace(" ", "").casefold()
    initials = person.initials.casefold()
    if wanted == person.name.casefold() or (number and number == compact):
        return 5
    if initials.startswith(compact) or person.name.casefold().startswith(wanted):
        return 4
    if pinyin.startswith(compact) or (number and number.startswith(compact)):
        return 3
    if compact in person.name.casefold() or (len(compact) > 1 and compact in initials):
        return 2
    return 1 if len(compact) > 2 and compact in pinyin else 0


def _people(unit: UnitOfWork, wanted: str) -> list[Found]:
    roster = load_roster(unit)
    today = unit.services.clock.today()
    scored = [(person_matches(p, wanted), p) for p in roster.people.values()]
    best = sorted((s for s in scored if s[0]), key=lambda s: (-s[0], s[1].rank, s[1].id))
    found = []
    for _, person in best[:LIMIT]:
        group_id = roster.group_on(person.id, today)
        where = roster.groups[group_id].name if group_id in roster.groups else str(person.role)
        note = "  ".join(part for part in (where, person.title, person.staff_number) if part)
        found.append(Found("人员", person.name, note, Person, person.id))
    return found


def _sessions(unit: UnitOfWork, words: Sequence[str]) -> list[Found]:
    kinds = load_kinds(unit)
    names: dict[int, list[str]] = {}
    for link in unit.all(SessionKindLink):
        names.setdefault(link.session_id, []).append(kinds[link.kind_id].name)
    plan = {i.session_id: i.theme for i in unit.all(StudyPlanItem) if i.session_id is not None}
    hits = []
    for session in unit.all(StudySession):
        said = " ".join(
            [
                session.theme,
                session.venue,
                plan.get(session.id, ""),
                *names.get(session.id, ()),
                *_dates(session.day),
            ]
        )
        if _holds(said, words):
            hits.append(session)
    today = unit.services.clock.today()
    hits.sort(key=lambda s: (abs((s.day - today).days), s.start, s.id))
    return [
        Found(
            "场次",
            f"{s.day.year}-{day_text(s.day)}  {'、'.join(names.get(s.id, ()))}",
            s.theme,
            StudySession,
            s.id,
        )
        for s in hits[:LIMIT]
    ]


def _talks(unit: UnitOfWork, words: Sequence[str]) -> list[Found]:
    people = {p.id: p.name for p in unit.all(Person)}
    hits = [t for t in unit.all(Talk) if t.title and _holds(t.title, words)]
    days = {s.id: s.day for s in unit.all(StudySession)}
    hits.sort(key=lambda t: (days[t.session_id], t.place), reverse=True)
    return [
        Found(
            "讲课",
            t.title,
            f"{people.get(t.speaker_id or 0, t.guest)}  {days[t.session_id]:%Y-%m-%d}",
            Talk,
            t.session_id,
            t.place,
        )
        for t in hits[:LIMIT]
    ]


def _written(unit: UnitOfWork, text: str) -> list[Found]:
    # Themes and titles are found as sessions and talks already.
    kinds = [kind for kind in TextKind if kind is not TextKind.THEME]
    found = find_text(unit, text, kinds=kinds, limit=FEW_WORDS)
    if not found.total:
        return []
    today = unit.services.clock.today()
    few = [
        Found(
            WRITTEN_WORDS,
            "  ".join(part for part in (_short(one.day, today), one.who, one.what) if part),
            (shown := excerpt_around(one.hit.text, words_of(text), _BEFORE, _LENGTH)).text,
            one.hit.place.entity,
            one.hit.key,
            text=one,
            marks=shown.marks,
        )
        for one in found.found
    ]
    every = Found(WRITTEN_WORDS, f"全部 {found.total} 处…", "", str, 0, everything=found.words)
    return [*few, every]


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _short(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def _dates(day: date) -> tuple[str, ...]:
    return (
        day.isoformat(),
        f"{day.month}-{day.day}",
        day_words(day),
        f"{day.month:02d}-{day.day:02d}",
    )
