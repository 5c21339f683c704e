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

_MARKS_BY_PERSON = (
    "SELECT person_id, mark, count(*) FROM attendance"
    f" WHERE session_id IN ({_HELD}) AND expected_by != '' GROUP BY person_id, mark"
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
    rows = database.run(_MARKS_BY_PERSON, (first.isoformat(), last.isoformat()))
    with decoding(database.path, "签到"):
        return [PersonMarks(person, _MARKS[mark], number) for person, mark, number in rows]
