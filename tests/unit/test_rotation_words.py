"""Reasons, bars and breaches are told in Chinese, each of them, whatever is known."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bulletin_study.domain.rotation import (
    Bar,
    Breach,
    BreachRule,
    Candidate,
    PlaceState,
    Reason,
    Rule,
)
from bulletin_study.usecases.rotation_json import read_reasons, reasons_text
from bulletin_study.usecases.rotation_words import (
    STATE_WORDS,
    absence_words,
    bar_words,
    breach_words,
    reason_words,
    wait_words,
)
from tests.unit.rotation_offices import roster_of, week

ROSTER = roster_of(2, 1, away={1: [(0, 1)], 2: [(0, 0)]})
DAY = week(0)
FULL = (
    Candidate(1, 98, date(2025, 10, 1), True, Bar.ABSENT),
    Candidate(2, 70, date(2020, 1, 1), False, None, week(3)),
    Candidate(99, None, None, False, Bar.PINNED_AHEAD, week(2)),
    Candidate(3, 7),
)


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("candidates", [(), FULL])
def test_every_reason_has_words(rule: Rule, candidates: tuple[Candidate, ...]) -> None:
    reason = Reason(rule, 1, 2, 70, week(-10), Bar.ABSENT, candidates)
    title, text = reason_words(reason, ROSTER, DAY)
    assert title
    assert text
    assert not re.search("[a-z_]|None|！", title + text)
    assert read_reasons(reasons_text([reason])) == (reason,)


@pytest.mark.parametrize("rule", list(BreachRule))
def test_every_breach_has_words(rule: BreachRule) -> None:
    for breach in (
        Breach(rule, 1, 2, DAY, 1, 1, Bar.ABSENT, 3, week(2)),
        Breach(rule, 1, 2, DAY, round=3, other_day=week(2)),
    ):
        text = breach_words(breach, ROSTER)
        assert text.startswith("2026-01-07 第 2 位：")
        assert not re.search("[a-z_]|None|！", text)


def test_every_bar_and_state_has_words() -> None:
    assert all(bar_words(bar, ROSTER, 1, DAY) for bar in Bar)
    assert set(STATE_WORDS) == set(PlaceState)


def test_absences_say_until_when() -> None:
    assert absence_words(ROSTER, 1, DAY) == "请假至 01-14"
    assert absence_words(ROSTER, 2, DAY) == "请假"
    assert absence_words(ROSTER, 3, DAY) == ""
    assert [wait_words(days) for days in (6, 13, 14, 98)] == ["6 天", "13 天", "2 周", "14 周"]


def test_reasons_of_rules_to_come_are_left_out() -> None:
    assert read_reasons('[{"rule":"of_tomorrow"},{"rule":"guest"}]') == (Reason(Rule.GUEST),)
    assert read_reasons("") == ()
