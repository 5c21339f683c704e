"""Recurrence with holiday policies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.calendar import Calendar, HolidayDay
from bulletin_study.domain.errors import BadRecurrence, BadValue, EndBeforeStart
from bulletin_study.domain.series import (
    end_time,
    normal_rule,
    occurrences,
    rest_of_rule,
    same_days,
)
from bulletin_study.domain.sessions import HolidayPolicy
from bulletin_study.exchange.holidays import year_holidays

CALENDAR = Calendar({year: year_holidays(year) for year in (2021, 2022, 2023)})


@dataclass(frozen=True)
class Plan:
    rrule: str = "FREQ=WEEKLY;BYDAY=MO"
    start: datetime = datetime(2022, 7, 25, 8, 30)
    minutes: int = 90
    until: date = date(2022, 12, 19)
    holiday: HolidayPolicy = HolidayPolicy.NEXT


def days(plan: Plan) -> list[date | None]:
    return [one.day for one in occurrences(plan, CALENDAR)]


def test_the_published_case() -> None:
    found = occurrences(Plan(), CALENDAR)
    moved = {one.planned: one.day for one in found if one.moved}
    assert moved == {
        date(2022, 9, 12): date(2022, 9, 13),
        date(2022, 10, 3): date(2022, 10, 8),
    }
    assert len(found) == 22
    held = [one.day for one in found if one.day and one.day <= date(2022, 12, 18)]
    assert len(held) == 21
    assert Counter(day.month for day in held) == {7: 1, 8: 5, 9: 4, 10: 5, 11: 4, 12: 2}


def test_a_shift_says_why_and_to_where() -> None:
    reasons = {one.planned: one.reason for one in occurrences(Plan(), CALENDAR) if one.reason}
    assert reasons == {
        date(2022, 9, 12): "中秋放假，顺延到 2022-09-13 周二",
        date(2022, 10, 3): "国庆节放假，顺延到 2022-10-08 周六（调休上班）",
    }


def test_the_other_policies() -> None:
    national = date(2022, 10, 3)
    by_policy = {
        policy: next(
            one
            for one in occurrences(replace(Plan(), holiday=policy), CALENDAR)
            if one.planned == national
        )
        for policy in HolidayPolicy
    }
    assert by_policy[HolidayPolicy.PREVIOUS].day == date(2022, 9, 30)
    assert by_policy[HolidayPolicy.SKIP].day is None
    assert by_policy[HolidayPolicy.SKIP].reason == "国庆节放假，跳过"
    assert by_policy[HolidayPolicy.KEEP].day == national
    assert by_policy[HolidayPolicy.KEEP].reason == "国庆节放假，仍在原定日期"


def test_until_bounds_the_planned_date_not_the_one_it_was_shifted_to() -> None:
    assert days(replace(Plan(), until=date(2022, 10, 3)))[-1] == date(2022, 10, 8)


def test_two_on_one_day_are_both_made_and_reported() -> None:
    daily = replace(
        Plan(),
        rrule="FREQ=WEEKLY;BYDAY=MO,TU",
        start=datetime(2022, 9, 12, 8, 30),
        until=date(2022, 9, 13),
    )
    found = occurrences(daily, CALENDAR)
    assert [one.day for one in found] == [date(2022, 9, 13), date(2022, 9, 13)]
    assert same_days(found) == (date(2022, 9, 13),)


def test_an_unknown_year_is_shifted_by_weekends_only() -> None:
    plan = replace(
        Plan(),
        rrule="FREQ=MONTHLY;BYMONTHDAY=1",
        start=datetime(2031, 10, 1, 9),
        until=date(2031, 11, 30),
    )
    found = occurrences(plan, Calendar({2031: None}))
    assert [one.day for one in found] == [date(2031, 10, 1), date(2031, 11, 3)]
    assert found[1].reason == "周末，顺延到 2031-11-03 周一"


def test_own_day_off_without_a_name() -> None:
    calendar = Calendar({2022: year_holidays(2022)}, [HolidayDay(date(2022, 8, 1), False)])
    found = occurrences(replace(Plan(), until=date(2022, 8, 2)), calendar)
    assert found[1].reason == "放假，顺延到 2022-08-02 周二"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        (" rrule:freq=weekly； byday＝mo ", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20220801", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20220801T235959"),
        (
            "FREQ=DAILY;UNTIL=20220731T160000Z",
            "FREQ=DAILY;UNTIL=20220801T000000",
        ),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
    ],
)
def test_rules_are_read_as_people_paste_them(typed: str, normal: str) -> None:
    assert normal_rule(typed) == normal


def test_a_date_as_the_rules_own_end_includes_that_day() -> None:
    plan = replace(Plan(), rrule="FREQ=WEEKLY;BYDAY=MO;UNTIL=20220801")
    assert days(plan) == [date(2022, 7, 25), date(2022, 8, 1)]


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "每周一",
        "FOO=1",
        "BYDAY=MO",
        "FREQ=SECONDLY",
        "FREQ=HOURLY;BYHOUR=8",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;INTERVAL=99999999999999999999",
        "FREQ=WEEKLY;BYMONTH=13",
        "FREQ=WEEKLY;BYMONTHDAY=0",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20221231",
        "FREQ=WEEKLY;UNTIL=20221399",
        "FREQ=WEEKLY;UNTIL=99991231T235959Z",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;WKST=1",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=MONTHLY;BYDAY=MO,-6FR",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=YEARLY;BYDAY=15MO;BYMONTH=11",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=9MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "DTSTART:20220725T083000\nRRULE:FREQ=WEEKLY",
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(rule: str) -> None:
    with pytest.raises(BadRecurrence) as refused:
        occurrences(replace(Plan(), rrule=rule), CALENDAR)
    assert refused.value.rule == rule
    assert refused.value.why


def test_a_rule_that_occurs_far_too_often_is_refused() -> None:
    endless = replace(Plan(), rrule="FREQ=DAILY", until=date(2099, 12, 31))
    with pytest.raises(BadRecurrence) as refused:
        occurrences(endless, CALENDAR)
    assert "2000" in refused.value.why


def test_impossible_spans_are_refused() -> None:
    with pytest.raises(EndBeforeStart):
        occurrences(replace(Plan(), until=date(2022, 7, 24)), CALENDAR)
    with pytest.raises(BadValue):
        occurrences(replace(Plan(), minutes=0), CALENDAR)
    with pytest.raises(BadValue) as refused:
        occurrences(replace(Plan(), start=datetime(2022, 7, 25, 23), minutes=60), CALENDAR)
    assert refused.value.expected == "不跨零点的分钟数（从 23:00 起最多 59）"
    assert end_time(datetime(2022, 7, 25, 23), 59) == time(23, 59)


def test_splitting_a_counted_rule() -> None:
    assert rest_of_rule("freq=weekly;count=10", 4) == "FREQ=WEEKLY;COUNT=6"
    assert rest_of_rule("FREQ=WEEKLY", 4) == "FREQ=WEEKLY"


RULES = st.sampled_from(
    [
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
        "FREQ=WEEKLY;BYDAY=MO,TU,SA",
        "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=DAILY",
    ]
)


@given(
    RULES,
    st.dates(date(2022, 1, 1), date(2022, 6, 30)),
    st.integers(60, 500),
    st.sampled_from(HolidayPolicy),
)
def test_every_planned_date_is_answered_for(
    rule: str, first: date, length: int, policy: HolidayPolicy
) -> None:
    plan = Plan(
        rrule=rule,
        start=datetime.combine(first, time(8, 30)),
        until=date.fromordinal(first.toordinal() + length),
        holiday=policy,
    )
    found = occurrences(plan, CALENDAR)
    planned = [one.planned for one in found]
    assert planned == sorted(set(planned))
    assert all(first <= day <= plan.until for day in planned)
    for one in found:
        if CALENDAR.is_workday(one.planned):
            assert (one.day, one.reason) == (one.planned, "")
        else:
            assert one.reason
            if policy is HolidayPolicy.SKIP:
                assert one.day is None
            elif policy is HolidayPolicy.KEEP:
                assert one.day == one.planned
            else:
                assert one.day is not None
                assert CALENDAR.is_workday(one.day)
                assert (one.day > one.planned) is (policy is HolidayPolicy.NEXT)
