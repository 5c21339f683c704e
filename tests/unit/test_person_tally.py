"""One person's figures: that they add up, and what 学时 are."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import CAME, Attendance, Headcount, Mark
from bulletin_study.domain.person_tally import (
    PersonRecords,
    PersonTally,
    hours_credited,
    tally_person,
)
from bulletin_study.domain.sessions import SessionKind, SessionStatus
from bulletin_study.domain.tally_facts import CountedSession, Rate
from bulletin_study.usecases.person_spans import spans_of

KINDS = {
    1: SessionKind(1, "每周一学", 1),
    2: SessionKind(2, "主题党日", 2, hours=2.0),
    3: SessionKind(3, "志愿服务", 3, hours=4.0),
}
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def session(key: int, day: date = FIRST, hours: float | None = None) -> CountedSession:
    return CountedSession(key, day, time(9), time(10, 30), SessionStatus.HELD, hours)


def tallied(rows: list[Attendance], open_ids: frozenset[int] = frozenset()) -> PersonTally:
    held = {r.session_id: session(r.session_id, FIRST + timedelta(30 * r.session_id)) for r in rows}
    return tally_person(7, FIRST, LAST, PersonRecords(held, KINDS, rows, open_ids))


def test_a_session_of_several_kinds_counts_once_as_its_longest() -> None:
    assert hours_credited(session(1), KINDS, (1,)) == 1.5
    assert hours_credited(session(1), KINDS, (1, 2)) == 2.0
    assert hours_credited(session(1), KINDS, (1, 2, 3)) == 4.0
    assert hours_credited(session(1, hours=1.0), KINDS, (1, 2, 3)) == 1.0, "its own setting"
    assert hours_credited(session(1), KINDS, ()) == 0.0, "列席 earns nothing"


def test_hours_are_of_sessions_attended() -> None:
    marks = (Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.LEAVE, Mark.ABSENT, None)
    rows = [Attendance(n, 7, 1, (2,), mark) for n, mark in enumerate(marks, 1)]
    assert tallied(rows).hours == 6.0


def test_a_session_where_another_is_unsigned_stays_out_of_the_rate() -> None:
    rows = [Attendance(n, 7, 1, (1,), Mark.PRESENT) for n in (1, 2)]
    rows.append(Attendance(3, 7, 1, (1,), Mark.LEAVE))
    found = tallied(rows, frozenset({2}))
    assert found.rates == (("到会率", Rate(1, 2)), ("在岗到会率", Rate(1, 1)))
    assert found.incomplete == 1
    assert found.count.headcount == Headcount(present=2, leave=1)


def test_more_than_twelve_months_are_told_as_years() -> None:
    days = [date(2024 + n // 12, n % 12 + 1, 5) for n in range(13)]
    held = {n: session(n, day) for n, day in enumerate(days, 1)}
    rows = [Attendance(n, 7, 1, (1,), Mark.PRESENT) for n in held]
    year = tally_person(7, days[0], days[11], PersonRecords(held, KINDS, rows[:12]))
    longer = tally_person(7, days[0], days[12], PersonRecords(held, KINDS, rows))
    assert [span.name for span in spans_of(year)][:2] == ["1月", "2月"]
    assert [(s.name, s.count.came, s.rate) for s in spans_of(longer)] == [
        ("2024年", 12, Rate(12, 12)), ("2025年", 1, Rate(1, 1))
    ]  # fmt: skip


_rows = st.lists(
    st.builds(
        Attendance,
        st.integers(1, 11),
        st.just(7),
        st.none() | st.integers(1, 3),
        st.sampled_from([(), (1,), (1, 2), (3,)]),
        st.none() | st.sampled_from(Mark),
    ),
    max_size=11,
    unique_by=lambda row: row.session_id,
)


@given(_rows, st.frozensets(st.integers(1, 11)))
def test_months_and_groups_are_the_whole(
    rows: list[Attendance], open_ids: frozenset[int]
) -> None:
    found = tallied(rows, open_ids)
    whole = found.count.headcount
    assert sum((m.headcount for m in found.months.values()), Headcount()) == whole
    assert sum(found.groups.values(), Headcount()) == whole
    expected = [r for r in rows if r.expected_by and r.mark not in (Mark.EXEMPT, Mark.OBSERVER)]
    assert whole.expected == len(expected)
    assert whole.came == sum(r.mark in CAME for r in expected)
    assert found.count.rate.denominator == whole.expected - found.incomplete
    assert 0 <= found.count.rate.numerator <= found.count.rate.denominator
    assert (found.hours > 0) == (whole.came > 0)
