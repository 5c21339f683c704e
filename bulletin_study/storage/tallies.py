"""Sums kept beside the sign-ins, so that figures need not read every sign-in again.

A session that took place adds its marks to the sums of its quarter, one row for each person
and one for each group; each session keeps its own headcounts whatever its status. Whoever
changes sign-ins calls :func:`lift` before (what the sessions had added is taken out) and
:func:`lay` after (what they add now is put in), in one transaction: the sums are at any time
those of the rows. They are no part of the operation log, which could not disagree with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlalchemy import Column, Integer, Table, Text

from bulletin_study.domain.attendance import FIELD_OF, Attendance, Headcount, Mark
from bulletin_study.domain.sessions import SessionStatus, StudySession
from bulletin_study.storage.engine import Database
from bulletin_study.storage.oplog import Changes
from bulletin_study.storage.statements import many
from bulletin_study.storage.tables import EntityTable, metadata

COUNTS = tuple(field.name for field in fields(Headcount))
"""The numbers of a headcount; each is a column."""

QUARTER = "substr(s.day, 1, 4) || 'Q' || ((substr(s.day, 6, 2) + 2) / 3)"
"""2026Q1, of the session ``s``."""


def _table(name: str, **key: type[Integer] | type[Text]) -> Table:
    return Table(
        name,
        metadata,
        *(Column(n, kind, primary_key=True, autoincrement=False) for n, kind in key.items()),
        *(Column(n, Integer, nullable=False) for n in _NUMBERS[name]),
        sqlite_with_rowid=False,
    )


_NUMBERS = {
    "session_tally": COUNTS,
    "person_tally": COUNTS,
    "group_tally": ("held", *COUNTS, "rated_came", "rated_expected"),
}
_table("session_tally", session_id=Integer, expected_by=Text)
# By whom first: summing over quarters then reads each one's rows in a run, without sorting.
_table("person_tally", person_id=Integer, quarter=Text)
_table("group_tally", group_id=Integer, quarter=Text)


def _names(columns: Iterable[str], wrap: str = "{}") -> str:
    return ", ".join(wrap.format(name) for name in columns)


# Nobody expected, 免到 and 列席 stand in no figure.
_MARKS = {field: mark for mark, field in FIELD_OF.items()}
_FIGURED = (
    "a.expected_by <> '' AND (a.mark IS NULL OR a.mark IN ("
    + _names((mark for mark in _MARKS.values() if mark is not None), "'{}'")
    + "))"
)
_HELD = f"s.status = '{SessionStatus.HELD}'"
_THESE = "IN (SELECT value FROM json_each(?))"
_OF_SESSIONS = f"s.id {_THESE}"


def _number(mark: Mark | None) -> str:
    return f"sum(a.mark IS {'NULL' if mark is None else repr(mark.value)})"


_COUNTED = ", ".join(f"{_number(_MARKS[field])} AS {field}" for field in COUNTS)


@dataclass(frozen=True, slots=True)
class Kept:
    """One of the sums by quarter: its table, its key beside the quarter, what adds to it."""

    table: str
    key: str
    query: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that are summed."""
        return _NUMBERS[self.table]

    def of(self, condition: str) -> str:
        """What the held sessions ``s`` that satisfy the condition add, read from sign-ins."""
        return self.query.format(condition=f"{_HELD} AND {condition}")

    def change(self, sign: str) -> str:
        """Add (``+``) or take out (``-``) the sums of sessions: one parameter, their ids."""
        sums = ", ".join(f"{n} = {n} {sign} excluded.{n}" for n in self.numbers)
        return (
            f"INSERT INTO {self.table} {self.of(_OF_SESSIONS)}"
            f" ON CONFLICT ({self.key}, quarter) DO UPDATE SET {sums}"
        )


PEOPLE = Kept(
    "person_tally",
    "person_id",
    f"SELECT a.person_id, {QUARTER} AS quarter, {_COUNTED}"
    " FROM study_session s JOIN attendance a ON a.session_id = s.id"
    f" WHERE {_FIGURED} AND {{condition}} GROUP BY 1, 2",
)

# Only sessions without 未签 enter a rate. Group 0 stands for none: a key cannot be NULL.
GROUPS = Kept(
    "group_tally",
    "group_id",
    f"SELECT group_id, quarter, count(*) AS held, {_names(COUNTS, 'sum({})')},"
    " sum(iif(open, 0, present + late + left_early)) AS rated_came,"
    f" sum(iif(open, 0, {' + '.join(COUNTS)})) AS rated_expected"
    f" FROM (SELECT {QUARTER} AS quarter, coalesce(a.group_id, 0) AS group_id, {_COUNTED},"
    f" sum({_number(None)}) OVER (PARTITION BY s.id) AS open"
    " FROM study_session s JOIN attendance a ON a.session_id = s.id"
    f" WHERE {_FIGURED} AND {{condition}} GROUP BY s.id, a.group_id) GROUP BY 1, 2",
)

_OF_EACH_SESSION = (
    f"SELECT a.session_id, a.expected_by, {_COUNTED} FROM attendance a"
    f" WHERE {_FIGURED} AND {{condition}} GROUP BY 1, 2"
)
_ANY = "true"


def touched(stored: EntityTable[object], changes: Changes) -> set[int]:
    """Ids of the sessions whose sums these changes may alter."""
    if stored.entity is Attendance:
        return {key[0] for key in changes}
    if stored.entity is StudySession:
        day, status = stored.names.index("day"), stored.names.index("status")
        return {
            key[0]
            for key, (old, new) in changes.items()
            if old is None or new is None or (old[day], old[status]) != (new[day], new[status])
        }
    return set()


def lift(database: Database, session_ids: Iterable[int]) -> None:
    """Take out what these sessions add; to be called before anything about them changes."""
    wanted = (many(session_ids),)
    for kept in (PEOPLE, GROUPS):
        database.run(_LIFT[kept], wanted)


def lay(database: Database, session_ids: Iterable[int]) -> None:
    """Put in what these sessions, lifted before, add now."""
    wanted = (many(session_ids),)
    database.run(f"DELETE FROM session_tally WHERE session_id {_THESE}", wanted)
    of_these = _OF_EACH_SESSION.format(condition=f"a.session_id {_THESE}")
    database.run(f"INSERT INTO session_tally {of_these}", wanted)
    for kept in (PEOPLE, GROUPS):
        database.run(_LAY[kept], wanted)


_LIFT = {kept: kept.change("-") for kept in (PEOPLE, GROUPS)}
_LAY = {kept: kept.change("+") for kept in (PEOPLE, GROUPS)}

_WHOLE = {
    "session_tally": _OF_EACH_SESSION.format(condition=_ANY),
    **{kept.table: kept.of(_ANY) for kept in (PEOPLE, GROUPS)},
}


def rebuild(database: Database) -> None:
    """Make all sums anew from the sign-ins, inside the open transaction."""
    for table, whole in _WHOLE.items():
        database.run(f"DELETE FROM {table}")
        database.run(f"INSERT INTO {table} {whole}")


def differing(database: Database) -> int:
    """How many sums are not those of the sign-ins; a missing one counts, a zero does not."""
    found = 0
    for table, whole in _WHOLE.items():
        kept = f"SELECT * FROM {table} WHERE {' + '.join(COUNTS)} <> 0"
        ((more,),) = database.run(f"SELECT count(*) FROM ({kept} EXCEPT {whole})")
        ((less,),) = database.run(f"SELECT count(*) FROM ({whole} EXCEPT {kept})")
        found += max(more, less)
    return found
