"""Whatever is edited, undone or dropped: figures are those of counting the sign-ins one by one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import Attendance, Headcount, Mark
from bulletin_study.domain.errors import Conflict, Dependent, NothingToUndo
from bulletin_study.domain.people import Group, Person
from bulletin_study.domain.sessions import SessionKindLink, SessionStatus, StudySession
from bulletin_study.domain.tally_facts import Rate
from bulletin_study.storage.adopt import adopt
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.history import redo, undo
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.session_list import list_sessions
from tests.contract.stores import quick_office
from tests.helpers import make_services

NEW_YEAR = date(2026, 1, 1)
PEOPLE, GROUPS, SESSIONS, KINDS = range(1, 6), range(1, 4), range(1, 9), (1, 2, 3)
CAME = (Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY)

_status = st.sampled_from([SessionStatus.HELD, SessionStatus.HELD, *SessionStatus])
_meeting = st.builds(
    lambda sid, day, start, status, totals: StudySession(
        sid,
        NEW_YEAR + timedelta(days=day),
        time(start),
        time(18),
        status=status,
        expected_total=totals,
        present_total=None if totals is None else totals - 1,
    ),
    st.sampled_from(SESSIONS),
    st.integers(-95, 280),
    st.integers(8, 17),
    _status,
    st.none() | st.integers(1, 9),
)
_line = st.builds(
    Attendance,
    st.sampled_from(SESSIONS),
    st.sampled_from(PEOPLE),
    st.none() | st.sampled_from(GROUPS),
    st.sampled_from([(), (1,), (1, 2), (2,), (1, 2, 3)]),
    st.none() | st.sampled_from(Mark),
)
_edit = st.one_of(
    st.tuples(st.just("line"), st.lists(_line, min_size=1, max_size=12)),
    st.tuples(st.just("meeting"), st.lists(_meeting, min_size=1, max_size=3)),
    st.tuples(st.just("drop lines"), st.sets(st.sampled_from(PEOPLE), max_size=3)),
    st.tuples(st.just("drop meeting"), st.sampled_from(SESSIONS)),
    st.tuples(st.just("theme"), st.sampled_from(SESSIONS)),
)
_step = st.one_of(
    st.tuples(st.just("save"), st.lists(_edit, min_size=1, max_size=4)),
    st.tuples(st.just("save"), st.lists(_edit, min_size=1, max_size=4)),
    st.tuples(st.just("forget"), st.lists(_edit, min_size=1, max_size=2)),
    st.tuples(st.just("undo"), st.just([])),
    st.tuples(st.just("redo"), st.just([])),
)
_period = st.tuples(
    st.one_of(
        st.integers(-100, 285).map(lambda n: NEW_YEAR + timedelta(days=n)),
        st.sampled_from([date(2025, 10, 1), NEW_YEAR, date(2026, 4, 1), date.min]),
    ),
    st.one_of(
        st.integers(-100, 285).map(lambda n: NEW_YEAR + timedelta(days=n)),
        st.sampled_from([date(2026, 3, 31), date(2026, 6, 30), date(2026, 12, 31), date.max]),
    ),
)


@given(st.lists(_step, min_size=1, max_size=6), st.lists(_period, min_size=1, max_size=3))
def test_figures_are_those_of_counting_one_by_one(
    steps: list[tuple[str, list[tuple[str, object]]]], periods: list[tuple[date, date]]
) -> None:
    with TemporaryDirectory() as folder:
        office = quick_office(Path(folder) / "store.sqlite3")
        furnish(office)
        for how, edits in steps:
            with office.unit() as unit:
                take(unit, how, edits, periods)
            with office.view() as unit:
                for first, last in periods:
                    require_right(unit, first, last)
        assert office.check() == []
        office.close()


def furnish(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(*(Person(n, f"第{n}人", n) for n in PEOPLE))
        unit.put(*(Group(n, f"第{n}组", n) for n in GROUPS))
        unit.put(
            *(
                StudySession(n, date(2026, n, 5), time(9), time(10), status=SessionStatus.HELD)
                for n in SESSIONS
            )
        )
        for n in SESSIONS:
            kinds = KINDS[: n % 3 + 1]
            unit.put(*(SessionKindLink(n, kind) for kind in kinds))
            unit.put(*(Attendance(n, p, p % 3 + 1, kinds, Mark.PRESENT) for p in PEOPLE))
        unit.commit("准备")


def take(
    unit: UnitOfWork,
    how: str,
    edits: list[tuple[str, object]],
    periods: list[tuple[date, date]],
) -> None:
    if how in ("undo", "redo"):
        with suppress(NothingToUndo, Dependent):
            undo(unit) if how == "undo" else redo(unit)
        return
    for what, given_ in edits:
        edit(unit, what, given_)
        require_right(unit, *periods[0])
    if how == "save":
        # Everybody is gone where the first step was undone; such marks are refused.
        with suppress(Conflict):
            unit.commit("改动")


def edit(unit: UnitOfWork, what: str, given_: object) -> None:
    there = {session.id for session in unit.all(StudySession)}
    match what, given_:
        case "line", [*lines]:
            unit.put(*(line for line in lines if line.session_id in there))
        case "meeting", [*meetings]:
            unit.put(*meetings)
        case "drop lines", set() as people:
            unit.remove(*unit.all(Attendance, person_id=people))
        case "drop meeting", int() as sid:
            unit.remove(*unit.all(Attendance, session_id=sid))
            unit.remove(*unit.all(SessionKindLink, session_id=sid))
            unit.remove(*unit.all(StudySession, id=sid))
        case "theme", int() as sid:
            unit.put(*(replace(s, theme=s.theme + "学") for s in unit.all(StudySession, id=sid)))


def require_right(unit: UnitOfWork, first: date, last: date) -> None:
    """Every figure made of sign-ins, against loops over what is stored."""
    held = [
        session
        for session in unit.all(StudySession)
        if first <= session.day <= last and session.status is SessionStatus.HELD
    ]
    lines = [
        line
        for line in unit.all(Attendance, session_id=[s.id for s in held])
        if line.expected_by and line.mark not in (Mark.EXEMPT, Mark.OBSERVER)
    ]
    open_ids = {line.session_id for line in lines if line.mark is None}
    counts = count(unit, first, last).counts
    for kind in counts.kinds[:3]:
        linked = {link.session_id for link in unit.all(SessionKindLink, kind_id=kind.kind.id)}
        own = [
            figured(
                session, [line for line in lines if line.session_id == session.id], kind.kind.id
            )
            for session in held
            if session.id in linked
        ]
        whole = [one for one in own if not one.unmarked]
        assert kind.held == len(own)
        assert kind.expected == sum(one.expected for one in own)
        assert kind.present == sum(one.came for one in own)
        assert kind.rate == Rate(sum(o.came for o in whole), sum(o.expected for o in whole))
        assert kind.on_duty_rate == Rate(
            kind.rate.numerator,
            kind.rate.denominator - sum(one.leave + one.official for one in whole),
        )
        assert len(kind.incomplete_ids) == len(own) - len(whole)
    assert {g.group_id: (g.held, g.headcount, g.rate) for g in counts.groups} == {
        group: group_figures([line for line in lines if line.group_id == group], open_ids)
        for group in {line.group_id for line in lines}
    }
    assert {p.person_id: (p.headcount, p.rate) for p in counts.people} == {
        person: person_figures([line for line in lines if line.person_id == person], open_ids)
        for person in {line.person_id for line in lines}
    }
    shown = {row.session.id: row.headcount for row in list_sessions(unit, first, last)}
    for session in held:
        own_lines = [line for line in lines if line.session_id == session.id]
        assert shown[session.id] == (headcount(own_lines) if own_lines else None)


def figured(session: StudySession, lines: list[Attendance], kind_id: int) -> Headcount:
    by_name = headcount(line for line in lines if kind_id in line.expected_by)
    total, present = session.expected_total, session.present_total
    if by_name.expected or total is None:
        return by_name
    return Headcount(present=present or 0, absent=total - (present or 0))


def group_figures(lines: list[Attendance], open_ids: set[int]) -> tuple[int, Headcount, Rate]:
    whole = [line for line in lines if line.session_id not in open_ids]
    return (
        len({line.session_id for line in lines}),
        headcount(lines),
        Rate(sum(line.mark in CAME for line in whole), len(whole)),
    )


def person_figures(lines: list[Attendance], open_ids: set[int]) -> tuple[Headcount, Rate]:
    whole = [line for line in lines if line.session_id not in open_ids]
    return headcount(lines), Rate(sum(line.mark in CAME for line in whole), len(whole))


def headcount(lines: Iterable[Attendance]) -> Headcount:
    marks = [line.mark for line in lines]
    return Headcount(
        present=marks.count(Mark.PRESENT),
        late=marks.count(Mark.LATE),
        left_early=marks.count(Mark.LEFT_EARLY),
        leave=marks.count(Mark.LEAVE),
        official=marks.count(Mark.OFFICIAL),
        absent=marks.count(Mark.ABSENT),
        unmarked=marks.count(None),
    )


@pytest.mark.parametrize(
    ("wrong", "number"),
    [
        ("UPDATE person_tally SET late = late + 1 WHERE person_id = 2", 3),
        ("DELETE FROM group_tally", 9),
        ("INSERT INTO session_tally VALUES (99, '1', 1, 0, 0, 0, 0, 0, 0)", 1),
        ("UPDATE attendance SET mark = '缺席' WHERE session_id = 3 AND person_id = 1", 3),
    ],
)
def test_sums_that_do_not_fit_the_sign_ins_are_found_and_mended_by_restoring(
    tmp_path: Path, wrong: str, number: int
) -> None:
    path = tmp_path / "store.sqlite3"
    office = quick_office(path)
    furnish(office)
    assert office.check() == []
    office._database.run(wrong)
    assert office.check() == [
        f"统计用的汇总有 {number} 处与签到不符，统计数字可能不准；签到本身没有变动。"
    ]
    office.close()
    adopt(path, path, make_services())
    office = quick_office(path)
    assert office.check() == []
    with office.view() as unit:
        require_right(unit, date(2026, 1, 1), date(2026, 12, 31))
    office.close()
