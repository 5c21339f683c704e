"""What planned sessions may still make of a rate: over all that is planned, and at best."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from bulletin_study.domain.attendance import in_audience
from bulletin_study.domain.people import Person, Roster
from bulletin_study.domain.sessions import SessionKind
from bulletin_study.domain.tally_facts import Ahead, CountedSession, Rate

_DAY = timedelta(days=1)


def expected_ahead(
    roster: Roster,
    kinds: Sequence[SessionKind],
    sessions: Iterable[CountedSession],
    only: Person | None = None,
) -> Ahead:
    """Whom the sessions not yet held will expect, as the roster is known today.

    ``only``: nobody else is asked for.

    As ``expected_list`` for each of them says, but counted by spans of days in which nothing
    about a person changes: a year ahead of two hundred people is many thousands of places.
    Somebody on leave that day is expected all the same; somebody exempt is not.
    """
    by_kind: Counter[int] = Counter()
    by_group: Counter[int | None] = Counter()
    by_person: Counter[int] = Counter()
    days_of = _days_ahead(kinds, sessions)
    people = roster.people.values() if only is None else (only,)
    for person in people if days_of else ():
        for first, last, group_id in _spans_expected(roster, person):
            for own, days in days_of.values():
                number = bisect_right(days, last) - bisect_left(days, first)
                by = [k.id for k in own if in_audience(k.audience, person, group_id)]
                if number and by:
                    by_kind.update(dict.fromkeys(by, number))
                    by_group[group_id] += number
                    by_person[person.id] += number
    return Ahead(by_kind, by_group, by_person)


def _days_ahead(
    kinds: Sequence[SessionKind], sessions: Iterable[CountedSession]
) -> dict[frozenset[int], tuple[list[SessionKind], list[date]]]:
    """The days of the sessions ahead, in order, by the kinds that are held together."""
    found: dict[frozenset[int], tuple[list[SessionKind], list[date]]] = {}
    for session in sessions:
        if session.status.ahead:
            key = frozenset(session.kind_ids)
            if key not in found:
                found[key] = ([kind for kind in kinds if kind.id in key], [])
            found[key][1].append(session.day)
    for _, days in found.values():
        days.sort()
    return found


def _spans_expected(roster: Roster, person: Person) -> Iterator[tuple[date, date, int | None]]:
    """From, to and the group, for the days on which the person is there and not exempt."""
    turns = {date.min, person.joined or date.min, _next(person.left)}
    for span in (*roster.memberships.get(person.id, ()), *roster.absences.get(person.id, ())):
        turns |= {span.start or date.min, _next(span.end)}
    starts = sorted(turns)
    for first, following in zip(starts, [*starts[1:], None], strict=True):
        if roster.on_roster(person.id, first) and not roster.exempt(person.id, first):
            last = following - _DAY if following is not None else date.max
            yield first, last, roster.group_on(person.id, first)


def _next(day: date | None) -> date:
    return date.max if day is None or day == date.max else day + _DAY


class WithOutlook:
    """Mixed into figures with a ``rate`` and, in ``ahead``, what is still to come of the same
    people in the period. Sessions with 未签 are in neither of these rates either."""

    __slots__ = ()
    rate: Rate
    ahead: int

    @property
    def rate_over_planned(self) -> Rate:
        """到会率 over what is planned too: present ÷ (expected so far + still ahead)."""
        return Rate(self.rate.numerator, self.rate.denominator + self.ahead)

    @property
    def highest_possible(self) -> Rate:
        """The 到会率 if everybody came to all that is still ahead."""
        return Rate(self.rate.numerator + self.ahead, self.rate.denominator + self.ahead)
