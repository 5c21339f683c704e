"""Days off, make-up workdays and the office's own table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.calendar import (
    Calendar,
    HolidayDay,
    YearHolidays,
    is_complete,
    week_start,
)

TABLE_2022 = YearHolidays(
    2022,
    {
        date(2022, 1, 1): "元旦",
        date(2022, 9, 12): "中秋",
        **{date(2022, 10, d): "国庆节" for d in range(1, 8)},
    },
    {date(2022, 10, 8): "国庆节", date(2022, 10, 9): "国庆节"},
)


def test_a_make_up_saturday_is_worked_and_a_holiday_monday_is_not() -> None:
    calendar = Calendar({2022: TABLE_2022})
    assert calendar.is_workday(date(2022, 10, 8))
    assert not calendar.is_workday(date(2022, 10, 3))
    assert not calendar.is_workday(date(2022, 10, 15))
    assert calendar.is_workday(date(2022, 10, 10))


def test_notes_are_for_named_days_only() -> None:
    calendar = Calendar({2022: TABLE_2022})
    days = (date(2022, 10, 1), date(2022, 10, 8), date(2022, 10, 10), date(2022, 10, 15))
    assert [calendar.note(day) for day in days] == ["休", "班", "", ""]
    assert [calendar.name(day) for day in days] == ["国庆节", "国庆节", "", ""]


def test_seeking_starts_beside_the_day() -> None:
    calendar = Calendar({2022: TABLE_2022})
    assert calendar.next_workday(date(2022, 10, 3)) == date(2022, 10, 8)
    assert calendar.previous_workday(date(2022, 10, 3)) == date(2022, 9, 30)
    assert calendar.next_workday(date(2022, 10, 10)) == date(2022, 10, 11)


def test_an_unknown_year_has_weekends_only_and_says_so() -> None:
    calendar = Calendar({2022: TABLE_2022, 2027: None})
    assert calendar.known(2022)
    assert not calendar.known(2027)
    assert not calendar.known(2028)
    assert calendar.is_workday(date(2027, 10, 1))
    assert not calendar.is_workday(date(2027, 10, 2))


def test_own_days_complete_a_year_once_they_name_both_ends_of_a_notice() -> None:
    new_year = HolidayDay(date(2027, 1, 1), working=False, name="元旦")
    national = HolidayDay(date(2027, 10, 1), working=False, name="国庆节")
    makeup = HolidayDay(date(2027, 10, 9), working=True, name="国庆节")
    begun = Calendar({2027: None}, [new_year])
    assert not begun.known(2027)
    assert not begun.is_workday(date(2027, 1, 1))
    whole = Calendar({2027: None}, [national, makeup, new_year])
    assert whole.known(2027)
    assert whole.note(date(2027, 10, 9)) == "班"


def test_own_days_stand_over_the_library() -> None:
    own = [
        HolidayDay(date(2022, 10, 3), working=True),
        HolidayDay(date(2022, 10, 9), working=False),
        HolidayDay(date(2022, 11, 2), working=False, name="停电检修"),
        HolidayDay(date(2022, 11, 3), working=True),
    ]
    calendar = Calendar({2022: TABLE_2022}, own)
    assert calendar.is_workday(date(2022, 10, 3))
    assert calendar.note(date(2022, 10, 3)) == "班"
    assert calendar.name(date(2022, 10, 3)) == "国庆节"
    assert not calendar.is_workday(date(2022, 10, 9))
    assert calendar.note(date(2022, 10, 9)) == "休"
    assert calendar.name(date(2022, 11, 2)) == "停电检修"
    assert calendar.note(date(2022, 11, 3)) == ""


def test_a_table_touched_by_its_neighbour_is_not_complete() -> None:
    assert not is_complete(2027, [date(2027, 1, 1), date(2027, 1, 2)])
    assert not is_complete(10000, [])
    assert is_complete(2027, [date(2027, 1, 1), date(2027, 10, 1)])


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2022, 7, 25), date(2022, 7, 25)),
        (date(2022, 7, 31), date(2022, 7, 25)),
        (date(2027, 1, 1), date(2026, 12, 28)),
    ],
)
def test_weeks_start_on_monday(day: date, monday: date) -> None:
    assert week_start(day) == monday


@given(
    st.dates(date(2022, 1, 1), date(2022, 12, 31)),
    st.lists(
        st.builds(
            HolidayDay,
            day=st.dates(date(2022, 1, 1), date(2022, 12, 31)),
            working=st.booleans(),
        ),
        max_size=30,
        unique_by=lambda entry: entry.day,
    ),
)
def test_the_workdays_found_are_the_nearest(day: date, own: list[HolidayDay]) -> None:
    calendar = Calendar({2022: TABLE_2022}, own)
    after, before = calendar.next_workday(day), calendar.previous_workday(day)
    assert before < day < after
    assert calendar.is_workday(before)
    assert calendar.is_workday(after)
    between = (before + timedelta(days=n) for n in range(1, (after - before).days))
    assert not any(calendar.is_workday(d) for d in between if d != day)
    for entry in own:
        assert calendar.is_workday(entry.day) is entry.working
