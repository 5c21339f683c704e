"""Named queries give what counting one by one gives."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import FIELD_OF, Attendance, Headcount, Mark, headcount_of
from bulletin_study.domain.people import Group, Person
from bulletin_study.domain.sessions import SessionStatus, StudySession
from bulletin_study.domain.tally_facts import SessionMarks
from tests.contract.stores import quick_office

FIRST = date(2026, 1, 1)
PEOPLE, GROUPS = range(1, 6), range(1, 4)

_sessions = st.lists(
    st.builds(
        lambda day, start, status: (FIRST + timedelta(days=day), time(start), status),
        st.integers(0, 60),
        st.integers(8, 17),
        st.sampled_from([SessionStatus.HELD, SessionStatus.HELD, *SessionStatus]),
    ),
    min_size=1,
    max_size=12,
)
_row = st.tuples(
    st.integers(0, 11),
    st.sampled_from(PEOPLE),
    st.none() | st.sampled_from(GROUPS),
    st.sampled_from([(), (1,), (1, 2), (2,)]),
    st.none() | st.sampled_from(Mark),
)
_spans = st.tuples(st.integers(-5, 65), st.integers(0, 70))


@given(_sessions, st.lists(_row, max_size=40), st.lists(_spans, min_size=1, max_size=4))
def test_figures_are_those_of_counting_one_by_one(
    days: list[tuple[date, time, SessionStatus]],
    rows: list[tuple[int, int, int | None, tuple[int, ...], Mark | None]],
    spans: list[tuple[int, int]],
) -> None:
    sessions = [
        StudySession(n, day, start, time(18), status=status)
        for n, (day, start, status) in enumerate(days, 1)
    ]
    marks = {
        (n % len(sessions) + 1, who): Attendance(n % len(sessions) + 1, who, group, by, mark)
        for n, who, group, by, mark in rows
    }.values()
    with TemporaryDirectory() as folder:
        office = quick_office(Path(folder) / "store.sqlite3")
        with office.unit() as unit:
            unit.put(*(Person(n, f"第{n}人", n) for n in PEOPLE))
            unit.put(*(Group(n, f"第{n}组", n) for n in GROUPS))
            unit.put(*sessions, *marks)
            unit.commit("准备")
        with office.view() as unit:
            counts = unit.headcounts(s.id for s in sessions)
            assert {s.id: counts.get(s.id, Headcount()) for s in sessions} == {
                s.id: headcount_of(m for m in marks if m.session_id == s.id) for s in sessions
            }
            for begin, length in spans:
                first = FIRST + timedelta(days=begin)
                last = first + timedelta(days=length)
                inside = [s for s in sessions if first <= s.day <= last]
                held = {s.id for s in inside if s.status is SessionStatus.HELD}
                counted = [
                    m
                    for m in marks
                    if m.session_id in held and m.expected_by and m.mark in FIELD_OF
                ]
                assert unit.sessions_between(first, last) == sorted(
                    inside, key=lambda s: (s.day, s.start, s.id)
                )
                rows = unit.counted_sessions(first, last)
                assert [(row.id, row.day, row.status) for row in rows] == [
                    (s.id, s.day, s.status) for s in unit.sessions_between(first, last)
                ]
                assert _by_session(unit.marks_by_session(first, last)) == Counter(
                    (m.session_id, m.expected_by, m.mark) for m in counted
                )
        office.close()


def _by_session(found: list[SessionMarks]) -> Counter[object]:
    keys = [(row.session_id, row.expected_by) for row in found]
    assert len(set(keys)) == len(keys)
    return +Counter(
        {
            (row.session_id, row.expected_by, mark): getattr(row, name)
            for row in found
            for mark, name in FIELD_OF.items()
        }
    )
