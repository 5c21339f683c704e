"""The figures of a period: loads what :func:`bulletin_study.domain.tallies.tally` counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bulletin_study.domain.outlook import WithOutlook, expected_ahead
from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import (
    Comment,
    OpeningFigure,
    Reflection,
    SessionStatus,
    Talk,
)
from bulletin_study.domain.tallies import (
    Counts,
    GroupCount,
    KindCount,
    PersonCount,
    sentence,
    tally,
)
from bulletin_study.domain.tally_facts import Facts, Rate
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts with the names to show them by and their sentence."""

    counts: Counts
    roster: Roster
    sentence: str

    def group_name(self, group_id: int | None) -> str:
        """A group's name; leaders stand in none."""
        group = self.roster.groups.get(group_id) if group_id is not None else None
        return group.name if group else "部领导及其他"


def count(unit: UnitOfWork, first: date, last: date) -> Figures:
    """Every figure of the period, the same for window, command line and papers."""
    sessions = unit.counted_sessions(first, last)
    held = {s.id: s for s in sessions if s.status is SessionStatus.HELD}
    roster = load_roster(unit)
    kinds = list(load_kinds(unit).values())
    talks = _of_sessions(unit, Talk, held)
    talks_by_person: Counter[int] = Counter()
    talks_by_group: Counter[int | None] = Counter()
    for talk in talks:
        if talk.speaker_id is not None:
            talks_by_person[talk.speaker_id] += 1
            day = held[talk.session_id].day
            talks_by_group[roster.group_on(talk.speaker_id, day)] += 1
    facts = Facts(
        sessions=sessions,
        kinds=kinds,
        marks=unit.marks_by_session(first, last),
        groups=unit.marks_by_group(first, last),
        people=unit.marks_by_person(first, last),
        openings=unit.all(OpeningFigure),
        talks_by_person=talks_by_person,
        talks_by_group=talks_by_group,
        comments_by_person=Counter(
            c.leader_id
            for c in _of_sessions(unit, Comment, held)
            if c.leader_id is not None and c.text.strip()
        ),
        reflections_by_person=Counter(
            r.person_id for r in _of_sessions(unit, Reflection, held) if r.text.strip()
        ),
        made_up_by_person=unit.made_up_by_person(first, last),
        ahead=expected_ahead(roster, kinds, sessions),
    )
    counts = tally(first, last, facts)
    return Figures(counts, roster, sentence(counts, unit.services.clock.today()))


def _of_sessions(unit: UnitOfWork, entity: type[Any], held: Mapping[int, object]) -> list[Any]:
    if not held:
        return []
    return [value for value in unit.all(entity) if value.session_id in held]


def rate_json(rate: Rate) -> dict[str, float | int | None]:
    """A rate with its own parts; ``value`` is a fraction rounded to four places."""
    value = None if rate.value is None else round(rate.value, 4)
    return {"value": value, "numerator": rate.numerator, "denominator": rate.denominator}


def _rates_json(counted: WithOutlook) -> dict[str, Any]:
    """到会率, the same over what is planned too, and the highest still possible."""
    return {
        "rate": rate_json(counted.rate),
        "rate_over_planned": rate_json(counted.rate_over_planned),
        "highest_possible": rate_json(counted.highest_possible),
    }


def counts_json(figures: Figures) -> dict[str, Any]:
    """The figures as plain values, in the shape that scripts rely on."""
    counts = figures.counts
    people = sorted(counts.people, key=lambda c: _rank(figures.roster, c.person_id))
    return {
        "from": counts.first.isoformat(),
        "to": counts.last.isoformat(),
        "kinds": [_kind_json(k) for k in counts.kinds if k.held or k.planned or k.cancelled],
        "total_held": counts.total_held,
        "groups": [_group_json(figures, group) for group in counts.groups],
        "people": [
            _person_json(figures, person)
            for person in people
            if person.person_id in figures.roster.people
        ],
        "sentence": figures.sentence,
    }


def _kind_json(k: KindCount) -> dict[str, Any]:
    return {
        "kind": k.kind.name,
        "held": k.held,
        "opening": k.opening,
        "planned": k.planned,
        "moved": k.moved,
        "cancelled": k.cancelled,
        "months": {month: len(ids) for month, ids in k.months.items()},
        "expected": k.expected,
        "present": k.present,
        **_rates_json(k),
        "on_duty_rate": rate_json(k.on_duty_rate),
        "monthly_completion": rate_json(k.monthly_completion),
        "session_completion": rate_json(k.session_completion),
        "person_times": k.person_times,
        "hours": k.hours,
        "incomplete": list(k.incomplete_ids),
    }


def _group_json(figures: Figures, group: GroupCount) -> dict[str, Any]:
    return {
        "group": figures.group_name(group.group_id),
        "held": group.held,
        "talks": group.talks,
        "expected": group.headcount.expected,
        "present": group.headcount.came,
        **_rates_json(group),
    }


def _person_json(figures: Figures, count: PersonCount) -> dict[str, Any]:
    person, c = figures.roster.people[count.person_id], count.headcount
    group_id = figures.roster.group_on(person.id, figures.counts.last)
    return {
        "name": person.name,
        "staff_number": person.staff_number,
        "group": figures.group_name(group_id) if group_id else "",
        "expected": c.expected,
        "present": c.came,
        "late": c.late,
        "left_early": c.left_early,
        "leave": c.leave,
        "official": c.official,
        "absent": c.absent,
        "unmarked": c.unmarked,
        "talks": count.talks,
        "comments": count.comments,
        "reflections": count.reflections,
        "made_up": count.made_up,
        **_rates_json(count),
    }


def _rank(roster: Roster, person_id: int) -> tuple[int, int]:
    person = roster.people.get(person_id)
    return (person.rank if person else 1 << 30, person_id)
