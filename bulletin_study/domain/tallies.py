"""Counts by kind, period, group and person: the one function behind every figure.

Rules: only sessions that took place count, by their date; moved ones count with the
planned until they take place; kinds held together are counted under each kind and once in
the total; only sessions without 未签 enter a rate, and a rate carries its own numerator
and denominator; 期初场次 belong to 已开展 of a period that contains the first day of their
year, and are shown apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.outlook import WithOutlook
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionStatus,
    StudySession,
    minutes_between,
)
from bulletin_study.domain.tally_facts import (
    CountedSession,
    Facts,
    GroupMarks,
    PersonMarks,
    Rate,
    SessionMarks,
    attendance_rate,
    on_duty_rate,
    summed,
)


@dataclass(frozen=True, slots=True)
class KindCount(WithOutlook):
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
    ahead: int = 0

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
class GroupCount(WithOutlook):
    """One group's figures; a person who moved counts for the group of that day."""

    group_id: int | None
    held: int = 0
    talks: int = 0
    headcount: Headcount = Headcount()
    rate: Rate = Rate()
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class PersonCount(WithOutlook):
    """One person's figures over sessions that expected them.

    ``rate`` and ``on_duty_rate`` are only over sessions in which nobody at all is 未签.
    """

    person_id: int
    headcount: Headcount = Headcount()
    talks: int = 0
    comments: int = 0
    reflections: int = 0
    made_up: int = 0
    rate: Rate = Rate()
    on_duty_rate: Rate = Rate()
    ahead: int = 0


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


def month_of(day: date) -> str:
    """"2026-01"."""
    return day.isoformat()[:7]


def session_hours(session: CountedSession, kind: SessionKind) -> float:
    """学时 of a session: its own setting, else its kind's, else its length in hours."""
    if session.hours is not None:
        return session.hours
    return minutes_between(session.start, session.end) / 60 if kind.hours is None else kind.hours


def tally(first: date, last: date, facts: Facts) -> Counts:
    """All figures of the period; kinds in their order, unknown kinds of a session ignored."""
    by_kind = _sessions_by_kind(facts)
    marks: _Marks = defaultdict(list)
    for row in facts.marks:
        marks[row.session_id].append(row)
    kinds = tuple(
        replace(
            _kind_count(kind, by_kind.get(kind.id, ()), marks, _opening(facts, kind, first, last)),
            ahead=facts.ahead.by_kind.get(kind.id, 0),
        )
        for kind in facts.kinds
    )
    held = [s for s in facts.sessions if s.status is SessionStatus.HELD]
    total_months = Counter(month_of(s.day) for s in held)
    others = {month_of(s.day) for s in facts.sessions if s.status is not SessionStatus.HELD}
    return Counts(
        first=first,
        last=last,
        kinds=kinds,
        total_held=len(held) + sum(kind.opening for kind in kinds),
        groups=_group_counts(facts),
        people=_person_counts(facts),
        months=tuple(sorted(others.union(total_months))),
        total_months=dict(sorted(total_months.items())),
    )


_Marks = dict[int, list[SessionMarks]]


def _sessions_by_kind(facts: Facts) -> dict[int, list[CountedSession]]:
    found: dict[int, list[CountedSession]] = defaultdict(list)
    for session in facts.sessions:
        for kind_id in session.kind_ids:
            found[kind_id].append(session)
    return found


def _opening(facts: Facts, kind: SessionKind, first: date, last: date) -> int:
    return sum(
        figure.count
        for figure in facts.openings
        if figure.kind_id == kind.id and first <= date(figure.year, 1, 1) <= last
    )


def _kind_count(
    kind: SessionKind, sessions: Iterable[CountedSession], marks: _Marks, opening: int
) -> KindCount:
    months: dict[str, list[int]] = defaultdict(list)
    months_due: set[str] = set()
    ahead: list[int] = []
    cancelled: list[int] = []
    incomplete: list[int] = []
    rated: list[SessionMarks] = []
    by_hours: dict[float, list[SessionMarks]] = defaultdict(list)
    moved = 0
    for session in sessions:
        month = month_of(session.day)
        months_due.add(month)
        if session.status is not SessionStatus.HELD:
            (ahead if session.status.ahead else cancelled).append(session.id)
            moved += session.status is SessionStatus.MOVED
            continue
        months[month].append(session.id)
        rows = _figured(session, kind.id, marks.get(session.id, ()))
        by_hours[session_hours(session, kind)] += rows
        if any(row.unmarked for row in rows):
            incomplete.append(session.id)
        else:
            rated += rows
    counts = {hours: summed(rows) for hours, rows in by_hours.items()}
    whole = summed(rated)
    return KindCount(
        kind=kind,
        opening=opening,
        months={month: tuple(ids) for month, ids in sorted(months.items())},
        planned_ids=tuple(ahead),
        moved=moved,
        cancelled_ids=tuple(cancelled),
        expected=sum(count.expected for count in counts.values()),
        present=sum(count.came for count in counts.values()),
        rate=attendance_rate(whole),
        on_duty_rate=on_duty_rate(whole),
        months_due=len(months_due),
        hours=round(sum(hours * count.came for hours, count in counts.items()), 2),
        incomplete_ids=tuple(incomplete),
    )


def session_headcount(
    session: CountedSession | StudySession, kind_id: int | None, marks: Iterable[SessionMarks]
) -> Headcount:
    """One session's headcount for a kind (``None``: anybody expected by any kind).

    Without personal marks the imported totals stand in: who was neither present nor on
    leave counts as absent, since an old list says no more.
    """
    return summed(_figured(session, kind_id, marks))


def _figured(
    session: CountedSession | StudySession, kind_id: int | None, marks: Iterable[SessionMarks]
) -> list[SessionMarks]:
    own = [row for row in marks if row.expected_for(kind_id)]
    if own or session.expected_total is None:
        return own
    present = session.present_total or 0
    leave = session.leave_total or 0
    rest = max(session.expected_total - present - leave, 0)
    if session.present_total is None:
        return [SessionMarks(session.id, (), leave=leave, unmarked=rest)]
    return [SessionMarks(session.id, (), present=present, leave=leave, absent=rest)]


def _group_counts(facts: Facts) -> tuple[GroupCount, ...]:
    marks = {row.group_id: row for row in facts.groups}
    nothing = GroupMarks(None, 0, Headcount(), Rate())
    return tuple(
        GroupCount(
            group_id=group_id,
            held=(row := marks.get(group_id, nothing)).held,
            talks=facts.talks_by_group.get(group_id, 0),
            headcount=row.headcount,
            rate=row.rate,
            ahead=facts.ahead.by_group.get(group_id, 0),
        )
        for group_id in sorted(
            set(marks) | set(facts.talks_by_group), key=lambda g: (g is None, g or 0)
        )
    )


def _person_counts(facts: Facts) -> tuple[PersonCount, ...]:
    counts = {row.person_id: row for row in facts.people}
    ids = (
        set(counts)
        | set(facts.talks_by_person)
        | set(facts.comments_by_person)
        | set(facts.reflections_by_person)
        | set(facts.made_up_by_person)
    )
    return tuple(
        PersonCount(
            person_id=person_id,
            headcount=(row := counts.get(person_id, PersonMarks(person_id, Headcount()))).headcount,
            talks=facts.talks_by_person.get(person_id, 0),
            comments=facts.comments_by_person.get(person_id, 0),
            reflections=facts.reflections_by_person.get(person_id, 0),
            made_up=facts.made_up_by_person.get(person_id, 0),
            rate=attendance_rate(row.rated),
            on_duty_rate=on_duty_rate(row.rated),
            ahead=facts.ahead.by_person.get(person_id, 0),
        )
        for person_id in sorted(ids)
    )


def sentence(counts: Counts, today: date) -> str:
    """The line handed up: 截至12月18日，已开展“每周一学”活动21场次、….

    Kinds that held nothing are left out. The year is named when it is not this year. A period
    that does not begin with a year is named from its first day: 10月1日至11月25日.
    """
    end = min(counts.last, today) if counts.first <= today else counts.last
    first = counts.first
    when = f"{end.month}月{end.day}日"
    years = end.year != today.year or first.year != end.year
    if years:
        when = f"{end.year}年{when}"
    since = f"截至{when}"
    if (first.month, first.day) != (1, 1):
        since = f"{f'{first.year}年' if years else ''}{first.month}月{first.day}日至{when}"
    done = [f"“{kind.kind.name}”活动{kind.held}场次" for kind in counts.kinds if kind.held]
    if not done:
        return f"{since}，还没有已开展的活动。"
    return f"{since}，已开展{'、'.join(done)}。"
