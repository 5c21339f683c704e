"""When somebody is named, and when nobody may be."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.alerts import LEAST_SESSIONS, Attended, overdue, under
from bulletin_study.domain.tally_facts import Rate

DAY = date(2026, 11, 25)

_rate = st.integers(0, 60).flatmap(
    lambda whole: st.builds(Rate, st.integers(0, whole), st.just(whole))
)
_watched = st.lists(
    st.builds(Attended, st.integers(1, 40), _rate, st.integers(-3, 60)),
    max_size=12,
    unique_by=lambda one: one.key,
)


@given(_watched, st.integers(0, 100))
def test_named_are_exactly_those_under_the_limit_over_enough_sessions(
    watched: list[Attended], limit: int
) -> None:
    named = under(limit, watched)
    for one in watched:
        value = one.rate.value
        low = value is not None and value < limit / 100 - 1e-12
        assert (one in named) == (low and one.sessions >= LEAST_SESSIONS)
    assert [one.key for one in named] == [one.key for one in watched if one in named], "the order"


def test_exactly_the_limit_is_not_under_it() -> None:
    assert under(80, [Attended(1, Rate(8, 10), 10)]) == []
    assert len(under(80, [Attended(1, Rate(79, 100), 100)])) == 1
    assert under(0, [Attended(1, Rate(0, 10), 10)]) == [], "no limit at all"


@given(st.integers(-30, 400), st.integers(1, 365))
def test_overdue_begins_the_day_after_the_last_one_allowed(waited: int, days: int) -> None:
    assert overdue(DAY - timedelta(waited), DAY, days) == (waited if waited > days else 0)
