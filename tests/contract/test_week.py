"""本周 of an office that never archives: every old session waits, and nobody waits for them."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.people import Group, Membership, Person
from bulletin_study.domain.sessions import (
    ClosingItem,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.week import load_week
from tests.contract.stores import quick_office
from tests.helpers import TODAY

SESSIONS, PEOPLE = range(1, 61), range(1, 31)


class Counting:
    """A unit that counts the sign-ins read one by one."""

    def __init__(self, unit: Any) -> None:
        self._unit, self.marks = unit, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    def all(self, entity: type, **equals: object) -> list[Any]:
        found: list[Any] = self._unit.all(entity, **equals)
        self.marks += len(found) if entity is Attendance else 0
        return found


def test_open_sessions_are_told_without_reading_every_mark(tmp_path: Path) -> None:
    office = quick_office(tmp_path / "store.sqlite3")
    with office.unit() as unit:
        unit.put(Group(1, "办公室", 1))
        unit.put(*(Person(p, f"人员{p:02d}", p) for p in PEOPLE))
        unit.put(*(Membership(p, p, 1) for p in PEOPLE))
        unit.put(
            *(
                StudySession(s, TODAY - timedelta(days=7 * s), time(9), time(10),
                             status=SessionStatus.HELD)
                for s in SESSIONS
            )
        )  # fmt: skip
        unit.put(*(SessionKindLink(s, 1) for s in SESSIONS))
        unit.put(
            *(
                Attendance(s, p, 1, (1,), None if s == 1 and p < 3 else Mark.PRESENT)
                for s in SESSIONS
                for p in PEOPLE
            )
        )
        unit.commit("六十场都没归档")
    with office.view() as unit:
        counting = Counting(unit)
        week = load_week(counting, TODAY)
    office.close()
    unsigned = [item for item in week.open_items if item.item.item is ClosingItem.SIGN_IN]
    assert [(item.session.id, item.item.lacking) for item in unsigned] == [(1, 2)]
    assert {item.session.id for item in week.open_items} == set(SESSIONS)
    assert counting.marks == 0
