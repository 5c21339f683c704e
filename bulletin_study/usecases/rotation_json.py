"""Plans and reasons as JSON: for the store, and for programs on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import (
    Bar,
    Breach,
    Candidate,
    PassedOver,
    Plan,
    PlannedPlace,
    Reason,
    Rule,
)
from bulletin_study.usecases.rotation_words import breach_words, people_words, reason_words


def reasons_text(reasons: Sequence[Reason]) -> str:
    """Reasons as a talk keeps them; :func:`read_reasons` gives them back."""
    if not reasons:
        return ""
    return json.dumps([_reason(r) for r in reasons], ensure_ascii=False, separators=(",", ":"))


def read_reasons(text: str) -> tuple[Reason, ...]:
    """The reasons a talk keeps; rules that this version does not know are left out."""
    known = {rule.value for rule in Rule}
    rows: list[dict[str, Any]] = json.loads(text) if text else []
    return tuple(_read_reason(row) for row in rows if row.get("rule") in known)


def plan_as_json(plan: Plan, roster: Roster) -> dict[str, object]:
    """A plan: ``dates``, ``passed_over`` and ``summary``."""
    return {
        "dates": [_place(place, roster) for place in plan.places],
        "passed_over": [_passed(one, roster) for one in plan.passed_over],
        "summary": {
            "rounds": plan.summary.rounds,
            "filled": plan.summary.filled,
            "empty": plan.summary.empty,
            "changes": plan.summary.changes,
            "max_wait_days": plan.summary.max_wait_days,
        },
    }


def breaches_as_json(breaches: Iterable[Breach], roster: Roster) -> list[dict[str, object]]:
    """What the check found: rule, date, session, place, person, group and the sentence."""
    return [
        {
            "rule": breach.rule.value,
            "date": breach.day.isoformat(),
            "session": breach.session_id,
            "place": breach.place,
            "speaker": _name(roster, breach.person_id),
            "group": _group(roster, breach.group_id),
            "text": breach_words(breach, roster),
        }
        for breach in breaches
    ]


def _place(place: PlannedPlace, roster: Roster) -> dict[str, object]:
    speaker = None if place.speaker_id is None else roster.people[place.speaker_id]
    return {
        "date": place.day.isoformat(),
        "session": place.session_id,
        "place": place.place,
        "round": place.round,
        "group": _group(roster, place.group_id),
        "speaker": speaker.name if speaker else place.guest or None,
        "staff_number": speaker.staff_number if speaker else None,
        "mentor": _name(roster, place.mentor_id),
        "category": None if place.category is None else place.category.value,
        "state": place.state.value,
        "changed": place.changed,
        "was": _name(roster, place.was_id),
        "reasons": [_told(reason, roster, place.day) for reason in place.reasons],
    }


def _told(reason: Reason, roster: Roster, day: date) -> dict[str, object]:
    title, text = reason_words(reason, roster, day)
    told: dict[str, object] = {"rule": reason.rule.value, "title": title, "text": text}
    told["group"] = _group(roster, reason.group_id)
    told["person"] = _name(roster, reason.person_id)
    told["number"] = reason.number
    told["since"] = None if reason.since is None else reason.since.isoformat()
    told["candidates"] = [
        {
            "name": _name(roster, c.person_id),
            "staff_number": roster.people[c.person_id].staff_number,
            "days": c.days,
            "since": None if c.since is None else c.since.isoformat(),
            "spoken_before": c.spoken_before,
            "bar": None if c.bar is None else c.bar.value,
            "speaks_on": None if c.speaks_on is None else c.speaks_on.isoformat(),
        }
        for c in reason.candidates
    ]
    return told


def _passed(one: PassedOver, roster: Roster) -> dict[str, object]:
    return {
        "date": one.day.isoformat(),
        "session": one.session_id,
        "place": one.place,
        "group": _group(roster, one.group_id),
        "why": people_words(one.candidates, roster, one.day),
    }


def _name(roster: Roster, person_id: int | None) -> str | None:
    return None if person_id is None else roster.people[person_id].name


def _group(roster: Roster, group_id: int | None) -> str | None:
    return None if group_id is None else roster.groups[group_id].name


# --- the store's shape --------------------------------------------------------------------


def _reason(reason: Reason) -> dict[str, object]:
    row: dict[str, object] = {
        "rule": reason.rule.value,
        "group": reason.group_id,
        "person": reason.person_id,
        "number": reason.number,
        "since": None if reason.since is None else reason.since.isoformat(),
        "bar": None if reason.bar is None else reason.bar.value,
        "people": [_candidate(c) for c in reason.candidates],
    }
    return {key: value for key, value in row.items() if value not in (None, [])}


def _candidate(c: Candidate) -> list[object]:
    return [
        c.person_id,
        c.days,
        None if c.since is None else c.since.isoformat(),
        c.spoken_before,
        None if c.bar is None else c.bar.value,
        None if c.speaks_on is None else c.speaks_on.isoformat(),
    ]


def _read_reason(row: dict[str, Any]) -> Reason:
    return Reason(
        Rule(row["rule"]),
        group_id=row.get("group"),
        person_id=row.get("person"),
        number=row.get("number"),
        since=_day(row.get("since")),
        bar=Bar(row["bar"]) if row.get("bar") else None,
        candidates=tuple(_read_candidate(*c) for c in row.get("people", ())),
    )


def _read_candidate(
    person_id: int,
    days: int | None,
    since: str | None,
    spoken_before: bool,
    bar: str | None,
    speaks_on: str | None,
) -> Candidate:
    return Candidate(
        person_id, days, _day(since), spoken_before, Bar(bar) if bar else None, _day(speaks_on)
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
