"""Counts by kind, period, group and person: the one function behind every figure.

Rules: only sessions that took place count, by their date; moved ones count with the
planned until they take place; kinds held together are counted under each kind and once in
the total; only sessions without 未签 enter a rate, and a rate carries its own numerator
and denominator; 期初场次 belong to 已开展 of a period that contains the first day of their
year, and are shown apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bulletin_study.domain.attendance import CAME, Headcount, Mark, headcount
from bulletin_study.domain.sessions import (
    OpeningFigure,
    SessionKind,
    SessionStatus,
    StudySession,
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A quotient with its parts; ``value`` is ``None`` (shown as —) for nothing over nothing."""

    numerator: int = 0
    denominator: int = 0

    @property
    def value(self) -> float | None:
        """Between 0 and 1."""
        return self.numerator / self.denominator if self.denominator else None

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True, slots=True)
class MarkCount:
    """``number`` people of one group bear one mark at one session (``None``: 未签)."""

    session_id: int
    group_id: int | None
    expected_by: tuple[int, ...]
    mark: Mark | None
    number: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """One kind's figures. ``held`` = dated sessions (sum of ``months``) + ``opening``.

    ``months`` maps "2026-01" to the ids of the held sessions. ``planned`` includes moved.
    ``rate`` is 到会率, ``on_duty_rate`` 在岗到会率; both only over sessions without 未签,
    the others are in ``incomplete_ids``. ``person_times`` is 人次, ``hours`` the 学时 of
    everybody together.
    """

    kind: SessionKind
    opening: int = 0
    months: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    planned_ids: tuple[int, ...] = ()
    moved: int = 0
    cancelled_ids: tuple[int, ...] = ()
    expected: int = 0
    present: int = 0
    rate: Rate = Rate()
    on_duty_rate: Rate = Rate()
    months_due: int = 0
    hours: float = 0.0
    incomplete_ids: tuple[int, ...] = ()

    @property
    def held_dated(self) -> int:
        """Held sessions with a date in the period."""
        return sum(len(ids) for ids in self.months.values())

    @property
    def held(self) -> int:
        """已开展."""
        return self.opening + self.held_dated

    @property
    def planned(self) -> int:
        """计划 and 改期 together."""
        return len(self.planned_ids)

    @property
    def cancelled(self) -> int:
        """取消."""
        return len(self.cancelled_ids)

    @property
    def person_times(self) -> int:
        """人次 = sum of 实到."""
        return self.present

    @property
    def monthly_completion(self) -> Rate:
        """按月完成率 = months with a held session ÷ months with a session due."""
        return Rate(len(self.months), self.months_due)

    @property
    def session_completion(self) -> Rate:
        """场次完成率 = held ÷ (held + planned + moved + cancelled), dated sessions."""
        due = self.held_dated + self.planned + self.cancelled
        return Rate(self.held_dated, due)


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One group's figures; a person who moved counts for the group of that day."""

    group_id: int | None
    held: int = 0
    talks: int = 0
    headcount: Headcount = Headcount()
    rate: Rate = Rate()


@dataclass(frozen=True, slots=True)
class PersonCount:
    """One person's figures over sessions that expected them."""

    person_id: int
    headcount: Headcount = Headcount()
    talks: int = 0
    comments: int = 0
    reflections: int = 0
    made_up: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Every figure of a period (inclusive dates)."""

    first: date
    last: date
    kinds: tuple[KindCount, ...]
    total_held: int
    groups: tuple[GroupCount, ...]
    people: tuple[PersonCount, ...]
    months: tuple[str, ...]
    total_months: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the figures are made from, all of one period.

    ``kind_ids`` maps a session to its kinds. ``talks_by_person`` (who spoke at held
    sessions), ``talks_by_group``, ``comments_by_person`` and ``reflections_by_person`` are
    numbers; ``marks_by_person`` pairs of (person, mark) with numbers.
    """

    sessions: Sequence[StudySession]
    kind_ids: Mapping[int, tuple[int, ...]]
    kinds: Sequence[SessionKind]
    marks: Iterable[MarkCount] = ()
    marks_by_person: Mapping[int, Sequence[tuple[Mark | None, int]]] = field(default_factory=dict)
    openings: Sequence[OpeningFigure] = ()
    talks_by_person: Mapping[int, int] = field(default_factory=dict)
    talks_by_group: Mapping[int | None, int] = field(default_factory=dict)
    comments_by_person: Mapping[int, int] = field(default_factory=dict)
    reflections_by_person: Mapping[int, int] = field(default_factory=dict)


def month_of(day: date) -> str:
    """"2026-01"."""
    return f"{day.year:04d}-{day.month:02d}"


def session_hours(session: StudySession, kind: SessionKind) -> float:
    """学时 of a session: its own setting, else its kind's, else its length in hours."""
    if session.hours is not None:
        return session.hours
    return session.minutes / 60 if kind.hours is None else kind.hours


def tally(first: date, last: date, facts: Facts) -> Counts:
    """All figures of the period; kinds in their order, unknown kinds of a session ignored."""
    by_kind = _sessions_by_kind(facts)
    marks, by_group = _sort_marks(facts.marks)
    kinds = tuple(
        _kind_count(kind, by_kind.get(kind.id, ()), marks, _opening(facts, kind, first, last))
        for kind in facts.kinds
    )
    held = [s for s in facts.sessions if s.status is SessionStatus.HELD]
    total_months = Counter(month_of(s.day) for s in held)
    return Counts(
        first=first,
        last=last,
        kinds=kinds,
        total_held=len(held) + sum(kind.opening for kind in kinds),
        groups=_group_counts(by_group, marks, facts),
        people=_person_counts(facts),
        months=tuple(sorted({month_of(s.day) for s in facts.sessions})),
        total_months=dict(sorted(total_months.items())),
    )


_Marks = dict[int, list[MarkCount]]


def _sessions_by_kind(facts: Facts) -> dict[int, list[StudySession]]:
    found: dict[int, list[StudySession]] = defaultdict(list)
    for session in facts.sessions:
        for kind_id in facts.kind_ids.get(session.id, ()):
            found[kind_id].append(session)
    return found


def _sort_marks(marks: Iterable[MarkCount]) -> tuple[_Marks, dict[int | None, list[MarkCount]]]:
    by_session: _Marks = defaultdict(list)
    by_group: dict[int | None, list[MarkCount]] = defaultdict(list)
    for row in marks:
        if row.expected_by:
            by_session[row.session_id].append(row)
            by_group[row.group_id].append(row)
    return by_session, by_group


def _opening(facts: Facts, kind: SessionKind, first: date, last: date) -> int:
    return sum(
        figure.count
        for figure in facts.openings
        if figure.kind_id == kind.id and first <= date(figure.year, 1, 1) <= last
    )


def _kind_count(
    kind: SessionKind, sessions: Iterable[StudySession], marks: _Marks, opening: int
) -> KindCount:
    months: dict[str, list[int]] = defaultdict(list)
    due: set[str] = set()
    ahead: list[int] = []
    cancelled: list[int] = []
    incomplete: list[int] = []
    total, rated = Headcount(), Headcount()
    hours, moved = 0.0, 0
    for session in sessions:
        due.add(month_of(session.day))
        if session.status is SessionStatus.CANCELLED:
            cancelled.append(session.id)
            continue
        if session.status.ahead:
            ahead.append(session.id)
            moved += session.status is SessionStatus.MOVED
            continue
        months[month_of(session.day)].append(session.id)
        count = session_headcount(session, kind.id, marks.get(session.id, ()))
        total += count
        hours += count.came * session_hours(session, kind)
        if count.unmarked:
            incomplete.append(session.id)
        else:
            rated += count
    return KindCount(
        kind=kind,
        opening=opening,
        months={month: tuple(ids) for month, ids in sorted(months.items())},
        planned_ids=tuple(ahead),
        moved=moved,
        cancelled_ids=tuple(cancelled),
        expected=total.expected,
        present=total.came,
        rate=Rate(rated.came, rated.expected),
        on_duty_rate=Rate(rated.came, rated.expected - rated.leave - rated.official),
        months_due=len(due),
        hours=round(hours, 2),
        incomplete_ids=tuple(incomplete),
    )


def session_headcount(
    session: StudySession, kind_id: int | None, marks: Iterable[MarkCount]
) -> Headcount:
    """One session's headcount for a kind (``None``: anybody expected by any kind).

    Without personal marks the imported totals stand in: who was neither present nor on
    leave counts as absent, since an old list says no more.
    """
    count = headcount(
        (row.mark, row.number)
        for row in marks
        if (row.expected_by if kind_id is None else kind_id in row.expected_by)
    )
    if count.expected or session.expected_total is None:
        return count
    present = session.present_total or 0
    leave = session.leave_total or 0
    rest = max(session.expected_total - present - leave, 0)
    if session.present_total is None:
        return Headcount(leave=leave, unmarked=rest)
    return Headcount(present=present, leave=leave, absent=rest)


def _group_counts(
    by_group: Mapping[int | None, Sequence[MarkCount]], marks: _Marks, facts: Facts
) -> tuple[GroupCount, ...]:
    incomplete = {
        session_id
        for session_id, rows in marks.items()
        if any(row.mark is None for row in rows)
    }
    counts = []
    for group_id in set(by_group) | set(facts.talks_by_group):
        rows = by_group.get(group_id, ())
        rated = [row for row in rows if row.session_id not in incomplete]
        counts.append(
            GroupCount(
                group_id=group_id,
                held=len({row.session_id for row in rows}),
                talks=facts.talks_by_group.get(group_id, 0),
                headcount=headcount((row.mark, row.number) for row in rows),
                rate=Rate(
                    sum(row.number for row in rated if row.mark in CAME),
                    sum(row.number for row in rated),
                ),
            )
        )
    return tuple(sorted(counts, key=lambda c: (c.group_id is None, c.group_id or 0)))


def _person_counts(facts: Facts) -> tuple[PersonCount, ...]:
    ids = (
        set(facts.marks_by_person)
        | set(facts.talks_by_person)
        | set(facts.comments_by_person)
        | set(facts.reflections_by_person)
    )
    return tuple(
        PersonCount(
            person_id=person_id,
            headcount=headcount(facts.marks_by_person.get(person_id, ())),
            talks=facts.talks_by_person.get(person_id, 0),
            comments=facts.comments_by_person.get(person_id, 0),
            reflections=facts.reflections_by_person.get(person_id, 0),
        )
        for person_id in sorted(ids)
    )


def sentence(counts: Counts, today: date) -> str:
    """The line handed up: 截至12月18日，已开展“每周一学”活动21场次、….

    Kinds that held nothing are left out. The year is named when it is not this year.
    """
    end = min(counts.last, today) if counts.first <= today else counts.last
    when = f"{end.month}月{end.day}日"
    if end.year != today.year:
        when = f"{end.year}年{when}"
    done = [f"“{kind.kind.name}”活动{kind.held}场次" for kind in counts.kinds if kind.held]
    if not done:
        return f"截至{when}，还没有已开展的活动。"
    return f"截至{when}，已开展{'、'.join(done)}。"
