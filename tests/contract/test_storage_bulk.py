"""Many rows take no more statements than few, through the same mechanism."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import event

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import StudySession
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.history import redo, undo


@contextmanager
def statements(office: SqlOffice) -> Iterator[list[str]]:
    """The statements sent to the driver meanwhile; one for many rows counts once."""
    engine = office._database.connection.engine
    sent: list[str] = []

    def note(_c: Any, _u: Any, text: str, _p: Any, _x: Any, _m: bool) -> None:
        sent.append(text)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def people(number: int) -> list[Person]:
    return [Person(n, f"第{n}人", n, f"{n:06}") for n in range(1, number + 1)]


def sent_by_each_step(office: SqlOffice, number: int) -> list[int]:
    """Import, import again unchanged, change all, undo twice, redo, remove."""
    everyone = people(number)
    changed = [replace(p, title="主任科员") for p in everyone]
    counts = []
    for values in (everyone, everyone, changed):
        with statements(office) as sent, office.unit() as unit:
            unit.put(*values)
            unit.commit("导入")
        counts.append(len(sent))
    for step in (undo, undo, redo):
        with statements(office) as sent, office.unit() as unit:
            step(unit)
        counts.append(len(sent))
    with statements(office) as sent, office.unit() as unit:
        unit.remove(*unit.all(Person, id=[p.id for p in everyone]))
        assert unit.all(Person) == []
        unit.commit("删除")
    return [*counts, len(sent)]


def test_fifty_thousand_rows_take_as_many_statements_as_two(office: SqlOffice) -> None:
    few = sent_by_each_step(office, 2)
    many = sent_by_each_step(office, 50_000)
    assert many == few
    assert max(many) <= 12
    assert office.check() == []


@pytest.mark.parametrize(("sessions", "number"), [(1, 1), (1, 200), (100, 500)])
def test_sign_ins_take_twelve_statements(office: SqlOffice, sessions: int, number: int) -> None:
    """Six for the rows and their log, six for the sums kept beside them, however many rows."""
    with office.unit() as unit:
        unit.put(*people(number))
        unit.put(
            *(
                StudySession(s, date(2026, 1 + s % 12, 5), time(9), time(10))
                for s in range(1, sessions + 1)
            )
        )
        unit.commit("准备")
    marks = [
        Attendance(s, n, None, (1,), Mark.PRESENT)
        for s in range(1, sessions + 1)
        for n in range(1, number + 1)
    ]
    with statements(office) as sent, office.unit() as unit:
        unit.put(*marks)
        done = unit.commit("签到")
    assert done.changes == sessions * number
    assert [text.split()[0] for text in sent] == [
        "BEGIN",
        "SELECT",
        *("INSERT", "INSERT"),
        *("INSERT",),
        *("DELETE", "INSERT", "INSERT", "INSERT"),
        *("INSERT", "INSERT"),
        "COMMIT",
    ]


def test_an_import_of_fifty_thousand_is_one_small_log_entry(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(*people(50_000))
        unit.commit("导入")
    ((sets, size),) = office._database.run("SELECT count(*), sum(length(payload)) FROM change_set")
    assert sets == 1
    assert size < 50_000 * 40
