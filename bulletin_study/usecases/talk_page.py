"""What the page of 每周一讲 shows: every place, how far the round is, and what is wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bulletin_study.domain.ordinals import Ordinal, ordinals
from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import (
    Breach,
    BreachRule,
    PlaceState,
    PlannedPlace,
    RoundProgress,
    Rule,
    person_bar,
)
from bulletin_study.domain.sessions import (
    TALK,
    OpeningFigure,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation import check_rotation, plan_rotation
from bulletin_study.usecases.rotation_words import bar_words, broken_rule, reason_words
from bulletin_study.usecases.talk_list import PlaceRow, list_places, round_progress
from bulletin_study.usecases.venues import past_venues

_SOON = timedelta(weeks=26)
"""How far ahead it is worked out who would fill an empty place."""

# What is wrong with a speaker himself; the other rules are about the order of the groups.
_CLASHING = frozenset(
    {
        BreachRule.SPEAKER,
        BreachRule.TWICE_ON_DATE,
        BreachRule.BEFORE_PIN,
        BreachRule.TWICE_IN_ROUND,
    }
)

Spot = tuple[int, int]
"""(session id, place)."""


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One place as the list shows it.

    ``number`` counts the places of its year (0: cancelled). ``conflict`` says why its
    speaker cannot be ("" when he can), ``remarks`` which other rules the place breaks,
    ``filler`` what would fill it while it is empty.
    """

    row: PlaceRow
    number: int
    ordinal: Ordinal | None
    conflict: str = ""
    remarks: tuple[str, ...] = ()
    filler: str = ""

    @property
    def key(self) -> Spot:
        """What names the place."""
        return (self.row.session.id, self.row.place)

    @property
    def ahead(self) -> bool:
        """Whether it can still be planned."""
        return self.row.session.status.ahead

    @property
    def cancelled(self) -> bool:
        """Whether the whole session was cancelled: one line stands for all its places."""
        return self.row.session.status is SessionStatus.CANCELLED

    @property
    def taken(self) -> bool:
        """Whether somebody speaks there."""
        return self.row.state is not PlaceState.EMPTY


@dataclass(frozen=True, slots=True)
class TalkPage:
    """``many`` are the sessions with more than one place; ``kind_id`` is 每周一讲."""

    today: date
    lines: tuple[TalkLine, ...]
    progress: RoundProgress
    roster: Roster
    kind_id: int
    venues: tuple[str, ...]
    many: frozenset[int]

    @property
    def conflicts(self) -> list[TalkLine]:
        """The places whose speakers cannot be."""
        return [line for line in self.lines if line.conflict]

    def line(self, key: Spot | None) -> TalkLine | None:
        """One place."""
        return next((line for line in self.lines if line.key == key), None)

    def last_day(self) -> date | None:
        """The last day on which a talk session is planned."""
        days = [line.row.day for line in self.lines if line.ahead]
        return max(days, default=None)


def load_talk_page(unit: UnitOfWork) -> TalkPage:
    """Every place there is, with everything that the page says of it; and what was cancelled."""
    roster = load_roster(unit)
    today = unit.services.clock.today()
    rows = list_places(unit, date.min, date.max, roster)
    numbers = _ordinals(unit, {row.session.id: row.session for row in rows})
    wrong = _wrong(unit, rows, today)
    would = _would(unit, rows, today)
    years: Counter[int] = Counter()
    lines = []
    for row in rows:
        years[row.day.year] += 1
        line = TalkLine(row, years[row.day.year], numbers.get(row.session.id))
        lines.append(_told(line, wrong.get(line.key, ()), would.get(line.key), roster))
    lines += [TalkLine(row, 0, None) for row in _cancelled(unit)]
    places = Counter(row.session.id for row in rows)
    return TalkPage(
        today,
        tuple(sorted(lines, key=lambda ln: (ln.row.day, ln.row.session.start, ln.key))),
        round_progress(unit, roster),
        roster,
        next((k.id for k in load_kinds(unit).values() if k.name == TALK), 0),
        past_venues(unit),
        frozenset(session_id for session_id, number in places.items() if number > 1),
    )


def standing_words(page: TalkPage, day: date) -> dict[int, str]:
    """What speaks for or against everybody on the roster on a day, where there is something:
    请假至 12-11, 不参加轮讲, 本轮已讲 10-14, 已排 12-16."""
    running = page.progress.number
    spoken: dict[int, str] = {}
    for line in page.lines:
        talk = line.row.talk
        if talk is None or talk.speaker_id is None:
            continue
        if line.ahead and line.row.day >= page.today:
            spoken.setdefault(talk.speaker_id, f"已排 {line.row.day:%m-%d}")
        elif talk.round == running:
            spoken[talk.speaker_id] = f"本轮已讲 {line.row.day:%m-%d}"
    for person in page.roster.on(day):
        bar = person_bar(page.roster, person.id, day)
        if bar is not None:
            spoken[person.id] = bar_words(bar, page.roster, person.id, day)
    return spoken


def _cancelled(unit: UnitOfWork) -> list[PlaceRow]:
    with_talks = [kind.id for kind in load_kinds(unit).values() if kind.has_talks]
    gone = unit.all(StudySession, status=SessionStatus.CANCELLED)
    if not gone or not with_talks:
        return []
    ids = [session.id for session in gone]
    mine = {
        link.session_id for link in unit.all(SessionKindLink, session_id=ids, kind_id=with_talks)
    }
    return [PlaceRow(session, 1, None, PlaceState.EMPTY) for session in gone if session.id in mine]


def _ordinals(unit: UnitOfWork, sessions: Mapping[int, StudySession]) -> dict[int, Ordinal]:
    """第N次 of each session under its first kind with talks."""
    kinds = [kind.id for kind in load_kinds(unit).values() if kind.has_talks]
    links = unit.all(SessionKindLink, kind_id=kinds) if kinds else []
    found = ordinals(sessions.values(), links, unit.all(OpeningFigure))
    return {key[0]: number for key, number in sorted(found.items(), reverse=True)}


def _wrong(unit: UnitOfWork, rows: Sequence[PlaceRow], today: date) -> dict[Spot, list[Breach]]:
    last = max((row.day for row in rows if row.talk is not None), default=today)
    found: dict[Spot, list[Breach]] = defaultdict(list)
    for breach in check_rotation(unit, today, max(today, last)):
        found[breach.session_id, breach.place].append(breach)
    return found


def _would(unit: UnitOfWork, rows: Iterable[PlaceRow], today: date) -> dict[Spot, PlannedPlace]:
    """Whom the plan would put at the places that are empty."""
    until = today + _SOON
    empty = [
        row
        for row in rows
        if row.state is PlaceState.EMPTY and row.session.status.ahead and today <= row.day <= until
    ]
    if not empty:
        return {}
    wanted = {(row.session.id, row.place) for row in empty}
    plan = plan_rotation(unit, today, max(row.day for row in empty))
    return {
        (place.session_id, place.place): place
        for place in plan
        if (place.session_id, place.place) in wanted
    }


def _told(
    line: TalkLine, wrong: Sequence[Breach], would: PlannedPlace | None, roster: Roster
) -> TalkLine:
    row = line.row
    speaking = [broken_rule(b, roster) for b in wrong if b.rule in _CLASHING]
    remarks = [
        broken_rule(b, roster)
        for b in wrong
        if not (b.rule in _CLASHING or b.rule is BreachRule.LEFT_EMPTY or b.accepted)
    ]
    conflict = row.conflict or (speaking[0] if speaking else "")
    return replace(
        line,
        conflict=conflict,
        remarks=tuple(remarks),
        filler=_filler(row, would, roster),
    )


def _filler(row: PlaceRow, would: PlannedPlace | None, roster: Roster) -> str:
    if row.state is not PlaceState.EMPTY:
        return ""
    if row.session.status is SessionStatus.HELD:
        return "记下是谁讲的"
    if would is None:
        return ""
    if would.speaker_id is not None:
        group = roster.groups.get(would.group_id) if would.group_id is not None else None
        where = f"（{group.name}）" if group else ""
        return f"可排 {roster.people[would.speaker_id].name}{where}"
    nobody = next((r for r in would.reasons if r.rule is Rule.NOBODY), None)
    return "：".join(reason_words(nobody, roster, would.day)) if nobody else ""
