"""Named queries: figures are summed by the database, never from values in a loop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import sub
from typing import Any

from sqlalchemy import bindparam, select

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.make_ups import MISSED
from bulletin_study.domain.sessions import SessionStatus, StudySession
from bulletin_study.domain.tally_facts import (
    CountedSession,
    GroupMarks,
    PersonMarks,
    Rate,
    SessionMarks,
)
from bulletin_study.storage.engine import Database
from bulletin_study.storage.faults import decoding
from bulletin_study.storage.records import ids_of
from bulletin_study.storage.statements import many, sql
from bulletin_study.storage.tables import table_of
from bulletin_study.storage.tallies import COUNTS, GROUPS, PEOPLE, Kept

_sessions = table_of(StudySession)
_session = _sessions.table

_SESSIONS_BETWEEN = sql(
    select(*_session.c)
    .where(_session.c.day.between(bindparam("first"), bindparam("last")))
    .order_by(_session.c.day, _session.c.start, _session.c.id)
)

_OWN_FIELDS = tuple(name for name in CountedSession._fields if name != "kind_ids")
_COUNTED_SESSIONS = (
    "SELECT " + ", ".join(f's."{name}"' for name in _OWN_FIELDS) + ", coalesce("
    "(SELECT group_concat(kind_id) FROM session_kind_link WHERE session_id = s.id), '')"
    " FROM study_session s WHERE day BETWEEN ? AND ? ORDER BY day, start, id"
)

_MARKS_BY_SESSION = (
    f"SELECT session_id, expected_by, {', '.join(COUNTS)} FROM session_tally WHERE session_id IN"
    " (SELECT id FROM study_session WHERE day BETWEEN ? AND ? AND status = 'held')"
)

_HEADCOUNTS = (
    f"SELECT session_id, {', '.join(f'sum({name})' for name in COUNTS)} FROM session_tally"
    " WHERE session_id IN (SELECT value FROM json_each(?)) GROUP BY session_id"
)

# The sums of whole quarters, and for the days before and after them the sign-ins themselves.
# A quarter is as good as whole when nothing of it took place outside the period.
_LEFT_OUT = (
    "SELECT EXISTS (SELECT 1 FROM study_session WHERE day >= ? AND day < ? AND status = 'held'),"
    " EXISTS (SELECT 1 FROM study_session WHERE day > ? AND day <= ? AND status = 'held')"
)
_OUTSIDE = "(s.day BETWEEN ? AND ? OR s.day BETWEEN ? AND ?)"


def _summed(kept: Kept) -> str:
    sums = ", ".join(f"sum({name}) AS {name}" for name in kept.numbers)
    return (
        f"SELECT {kept.key}, {sums} FROM (SELECT {kept.key}, quarter, {sums} FROM {kept.table}"
        f" WHERE quarter BETWEEN ? AND ? GROUP BY {kept.key}"
        f" UNION ALL {kept.of(_OUTSIDE)}) GROUP BY {kept.key}"
        f" HAVING {' OR '.join(f'sum({name})' for name in COUNTS)}"
    )


_MARKS_BY_PERSON = _summed(PEOPLE)
# What people did at the sessions that are not signed in full: few, where the office keeps up.
_OPEN_MARKS_BY_PERSON = (
    f"SELECT person_id, {', '.join(f'sum({name})' for name in COUNTS)} FROM ("
    + PEOPLE.of(
        "s.day BETWEEN ? AND ? AND s.id IN"
        " (SELECT session_id FROM session_tally WHERE unmarked > 0)"
    )
    + ") GROUP BY person_id"
)
_MARKS_BY_GROUP = _summed(GROUPS)


# A mark corrected to 到 since makes the make-up count no longer.
_MADE_UP_BY_PERSON = (
    "SELECT m.person_id, count(DISTINCT m.session_id) FROM make_up m"
    " JOIN study_session s ON s.id = m.session_id"
    " JOIN attendance a ON a.session_id = m.session_id AND a.person_id = m.person_id"
    " WHERE m.cleared IS NOT NULL AND s.day BETWEEN ? AND ?"
    f" AND s.status = '{SessionStatus.HELD}' AND a.expected_by <> ''"
    f" AND a.mark IN ({', '.join(repr(mark.value) for mark in sorted(MISSED))}) GROUP BY 1"
)


def sessions_between(database: Database, first: date, last: date) -> list[tuple[Any, ...]]:
    """Rows of the sessions of a period, by day, start, id."""
    return database.run(_SESSIONS_BETWEEN, (first.isoformat(), last.isoformat()))


def counted_sessions(database: Database, first: date, last: date) -> list[CountedSession]:
    """What figures need of the sessions of a period, by day, start, id."""
    rows = database.run(_COUNTED_SESSIONS, (first.isoformat(), last.isoformat()))
    with decoding(database.path, _sessions.label):
        fields = _sessions.codec.decoded(_OWN_FIELDS, rows)
        return list(map(CountedSession, *fields, map(ids_of, (row[-1] for row in rows))))


def headcounts(database: Database, session_ids: Iterable[int]) -> dict[int, Headcount]:
    """The sign-ins of these sessions as numbers, whatever became of the sessions."""
    rows = database.run(_HEADCOUNTS, (many(session_ids),))
    return {session_id: Headcount(*numbers) for session_id, *numbers in rows}


def marks_by_session(database: Database, first: date, last: date) -> list[SessionMarks]:
    """Numbers of expected people by session and kinds, of held sessions."""
    rows = database.run(_MARKS_BY_SESSION, (first.isoformat(), last.isoformat()))
    with decoding(database.path, "签到"):
        return [SessionMarks(row[0], ids_of(row[1]), *row[2:]) for row in rows]


def marks_by_person(database: Database, first: date, last: date) -> list[PersonMarks]:
    """Headcounts of people over held sessions, where expected."""
    rows = database.run(_MARKS_BY_PERSON, _split(database, first, last))
    unfinished = database.run(_OPEN_MARKS_BY_PERSON, (first.isoformat(), last.isoformat()))
    taken = {person_id: numbers for person_id, *numbers in unfinished}
    return [
        PersonMarks(
            person_id,
            whole := Headcount(*numbers),
            Headcount(*map(sub, numbers, taken[person_id])) if person_id in taken else whole,
        )
        for person_id, *numbers in rows
    ]


def marks_by_group(database: Database, first: date, last: date) -> list[GroupMarks]:
    """Headcounts of groups over held sessions that expected any of theirs."""
    return [
        GroupMarks(group_id or None, held, Headcount(*numbers), Rate(came, expected))
        for group_id, held, *numbers, came, expected in database.run(
            _MARKS_BY_GROUP, _split(database, first, last)
        )
    ]


def made_up_by_person(database: Database, first: date, last: date) -> dict[int, int]:
    """Numbers of held sessions that people missed and made up."""
    return dict(database.run(_MADE_UP_BY_PERSON, (first.isoformat(), last.isoformat())))


_STARTS = ("01-01", "04-01", "07-01", "10-01")
_ENDS = ("03-31", "06-30", "09-30", "12-31")


def _split(database: Database, first: date, last: date) -> tuple[str, ...]:
    """A period as its whole quarters (from, to), the days before them, the days after them.

    Each is a pair of texts to compare with, the greater first where there are none.
    """
    begin, end = first.isoformat(), last.isoformat()
    whole_from, whole_to = _quarter(first), _quarter(last)
    ((before, after),) = database.run(
        _LEFT_OUT, (_day(whole_from, _STARTS), begin, end, _day(whole_to, _ENDS))
    )
    whole_from += before
    whole_to -= after
    if whole_from > whole_to:
        return "~", "", begin, end, "~", ""
    return (
        f"{whole_from // 4:04}Q{whole_from % 4 + 1}",
        f"{whole_to // 4:04}Q{whole_to % 4 + 1}",
        begin,
        _day(whole_from - 1, _ENDS),
        _day(whole_to, _ENDS) + "~",
        end,
    )


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _day(quarter: int, within: tuple[str, ...]) -> str:
    return f"{quarter // 4:04}-{within[quarter % 4]}"
