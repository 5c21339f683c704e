"""Named queries: figures are summed by the database, never from values in a loop."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.sessions import StudySession
from bulletin_study.domain.tallies import MarkCount
from bulletin_study.storage.engine import Database
from bulletin_study.storage.faults import decoding
from bulletin_study.storage.records import ids_of
from bulletin_study.storage.statements import sql
from bulletin_study.storage.tables import table_of
from bulletin_study.usecases.ports import PersonMarks

_session = table_of(StudySession).table

_SESSIONS_BETWEEN = sql(
    select(*_session.c)
    .where(_session.c.day.between(bindparam("first"), bindparam("last")))
    .order_by(_session.c.day, _session.c.start, _session.c.id)
)

_MARKS: dict[str | None, Mark | None] = {None: None, **{mark.value: mark for mark in Mark}}

_HELD = "SELECT id FROM study_session WHERE day BETWEEN ? AND ? AND status = 'held'"

_MARKS_BY_SESSION = (
    "SELECT session_id, group_id, expected_by, mark, count(*) FROM attendance"
    f" WHERE session_id IN ({_HELD}) GROUP BY session_id, group_id, expected_by, mark"
)

# The figures of people come from an index that is ordered by person. Grouping by all of its
# leading columns reads it once from end to end; the plus keeps SQLite from looking up each
# session instead, which pays only for a small part of them, since it must sort.
_BY_PERSON = "SELECT person_id, mark, expected_by, count(*) FROM attendance"
_GROUPED = " GROUP BY person_id, mark, expected_by"
_OF_ALL = _BY_PERSON + _GROUPED
_OF_MANY = f"{_BY_PERSON} WHERE +session_id IN ({_HELD}){_GROUPED}"
_OF_FEW = f"{_BY_PERSON} WHERE session_id IN ({_HELD}){_GROUPED}"
_FEW = 0.15

_SIGNED_IN = (
    "SELECT count(*), coalesce(sum(day BETWEEN ? AND ? AND status = 'held'), 0)"
    " FROM study_session s WHERE EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id)"
)


def sessions_between(database: Database, first: date, last: date) -> list[tuple[Any, ...]]:
    """Rows of the sessions of a period, by day, start, id."""
    return database.run(_SESSIONS_BETWEEN, (first.isoformat(), last.isoformat()))


def marks_by_session(database: Database, first: date, last: date) -> list[MarkCount]:
    """Numbers of expected people by session, group, kinds and mark, of held sessions."""
    rows = database.run(_MARKS_BY_SESSION, (first.isoformat(), last.isoformat()))
    with decoding(database.path, "签到"):
        return [
            MarkCount(session, group, ids_of(expected), _MARKS[mark], number)
            for session, group, expected, mark, number in rows
            if expected
        ]


def marks_by_person(database: Database, first: date, last: date) -> list[PersonMarks]:
    """Numbers of held sessions by person and mark, where the person was expected."""
    period = (first.isoformat(), last.isoformat())
    ((signed_in, wanted),) = database.run(_SIGNED_IN, period)
    if wanted == signed_in:
        rows = database.run(_OF_ALL)
    else:
        rows = database.run(_OF_FEW if wanted < _FEW * signed_in else _OF_MANY, period)
    sums: dict[tuple[int, str | None], int] = {}
    for person, mark, expected, number in rows:
        if expected:
            sums[person, mark] = sums.get((person, mark), 0) + number
    with decoding(database.path, "签到"):
        return [PersonMarks(person, _MARKS[mark], n) for (person, mark), n in sums.items()]
