"""Rows about the store: statistics over a great many marks, saving one sign-in, one commit."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import cycle
from pathlib import Path

from bulletin_study.benchmark.measure import Row, compare
from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.people import Group, Membership, Person
from bulletin_study.domain.sessions import SessionKindLink, SessionStatus, StudySession
from bulletin_study.storage.engine import PRAGMAS
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.counts import count

PEOPLE, GROUPS, SESSIONS = 200, 10, 2080
FIRST = date(2016, 1, 4)
_MARKS = (*[Mark.PRESENT] * 40, Mark.LATE, Mark.LEAVE, Mark.OFFICIAL, Mark.ABSENT)


def staff(people: int, groups: int) -> Iterator[object]:
    """So many people with staff numbers, in turn in so many groups."""
    yield from (Group(g, f"第{g}组", g) for g in range(1, groups + 1))
    yield from (Person(p, f"人员{p:03d}", p, f"{p:03d}") for p in range(1, people + 1))
    yield from (Membership(p, p, p % groups + 1) for p in range(1, people + 1))


def furnish(office: SqlOffice) -> None:
    """200 people in 10 groups and 2,080 sessions with their 416,000 marks."""
    with office.unit() as unit:
        unit.put(*staff(PEOPLE, GROUPS))
        unit.put(*_sessions())
        unit.put(*(SessionKindLink(s, (s % 3) + 1) for s in range(1, SESSIONS + 1)))
        unit.commit("人员和场次")
    marks = cycle(_MARKS)
    for begin in range(1, SESSIONS + 1, 520):
        with office.unit() as unit:
            unit.put(
                *(
                    Attendance(s, p, p % GROUPS + 1, ((s % 3) + 1,), next(marks))
                    for s in range(begin, min(begin + 520, SESSIONS + 1))
                    for p in range(1, PEOPLE + 1)
                )
            )
            unit.commit("签到")


def statistics_row(office: SqlOffice, folder: Path) -> Row:
    """All figures of the statistics tab, against one ordered scan of a covering index."""
    last = FIRST + timedelta(days=2 * SESSIONS)

    def ours() -> None:
        with office.view() as unit:
            figures = count(unit, FIRST, last)
        assert figures.counts.total_held == SESSIONS
        assert sum(p.headcount.expected for p in figures.counts.people) == SESSIONS * PEOPLE

    with _plain_table(office, folder) as plain:

        def scan() -> None:
            found = plain.execute(
                "SELECT person_id, mark, count(*) FROM attendance GROUP BY person_id, mark"
            ).fetchall()
            assert sum(number for _, _, number in found) == SESSIONS * PEOPLE

        return compare("统计页全部数字（416,000 条签到）", ours, scan, "覆盖索引顺序扫描", 1.2)


def sign_in_row(office: SqlOffice, folder: Path) -> Row:
    """Save one sign-in of 200 people with its log and sums, against a bare executemany."""
    flip = cycle((Mark.PRESENT, Mark.LATE))
    with office.view() as unit:
        stored = unit.all(Attendance, session_id=1)

    def ours() -> None:
        given = next(flip)
        with office.unit() as unit:
            unit.put(*(replace(row, mark=given) for row in stored))
            unit.commit("签到")

    with _plain_table(office, folder) as plain:
        marks = cycle(("到", "迟到"))

        def raw() -> None:
            given = next(marks)
            plain.execute("BEGIN IMMEDIATE")
            plain.executemany(
                "INSERT INTO attendance VALUES (?,?,?,?,?,?,?) ON CONFLICT DO UPDATE"
                " SET mark = excluded.mark",
                [(1, p, p % 10 + 1, "2", given, "", 0) for p in range(1, PEOPLE + 1)],
            )
            plain.execute("COMMIT")

        return compare("保存 200 人签到（含操作记录）", ours, raw, "直接 executemany", 4.0, runs=25)


def commit_row(office: SqlOffice, folder: Path) -> Row:
    """One durable change with its log, against one durable write of the operating system."""
    flip = cycle(("甲", "乙"))
    with office.view() as unit:
        person = unit.all(Person, id=1)[0]

    def ours() -> None:
        with office.unit() as unit:
            unit.put(replace(person, note=next(flip)))
            unit.commit("改备注")

    with (folder / "sync.bin").open("wb", buffering=0) as handle:

        def sync() -> None:
            handle.write(b"x" * 4096)
            os.fsync(handle.fileno())

        return compare("一次保存（落盘）", ours, sync, "系统一次 fsync", 1.5, runs=25)


def _sessions() -> Iterator[StudySession]:
    for number in range(1, SESSIONS + 1):
        day = FIRST + timedelta(days=2 * (number - 1))
        yield StudySession(number, day, time(9), time(10), status=SessionStatus.HELD)


@contextmanager
def _plain_table(office: SqlOffice, folder: Path) -> Iterator[sqlite3.Connection]:
    """The same sign-ins, all of them, in a bare file with the same pragmas.

    It has no sums kept beside it, so it bears the two indexes from which the same figures can
    be read without them. An emptier table or one without them would answer other questions.
    """
    path = folder / "plain.sqlite3"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        for pragma in ("journal_mode=WAL", *PRAGMAS):
            plain.execute(f"PRAGMA {pragma}")
        plain.execute(
            "CREATE TABLE attendance (session_id INTEGER, person_id INTEGER, group_id INTEGER,"
            " expected_by TEXT, mark TEXT, reason TEXT, premarked INTEGER,"
            " PRIMARY KEY (session_id, person_id)) WITHOUT ROWID"
        )
        plain.execute("ATTACH ? AS full", (str(office.path),))
        plain.execute("INSERT INTO attendance SELECT * FROM full.attendance")
        plain.execute("DETACH full")
        plain.execute("CREATE INDEX by_person ON attendance (person_id, mark)")
        plain.execute("CREATE INDEX by_group ON attendance (session_id, group_id, mark)")
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield plain
