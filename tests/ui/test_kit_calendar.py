"""Week calendar and the fields for dates and times."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.widgets.date_field import (
    DateField,
    TimeRangeField,
    date_words,
    parse_date,
    parse_times,
)
from bulletin_study.ui.widgets.week_calendar import DayMark, WeekCalendar

TODAY = date(2026, 11, 25)


@pytest.fixture
def calendar(qtbot: QtBot) -> WeekCalendar:
    made = WeekCalendar()
    qtbot.addWidget(made)
    made.resize(308, 640)
    made.set_today(TODAY)
    made.show()
    return made


def test_it_shows_whole_weeks_around_today(calendar: WeekCalendar) -> None:
    assert calendar.first.weekday() == 0
    assert calendar.last - calendar.first == timedelta(days=14 * 7 - 1)
    assert calendar.first <= TODAY <= calendar.last


def test_arrows_select_and_the_weeks_follow(calendar: WeekCalendar, qtbot: QtBot) -> None:
    days: list[date] = []
    calendar.day_selected.connect(days.append)
    calendar.set_selected(TODAY)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(calendar.grid, key)
    assert days == [date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 2), TODAY]
    for _ in range(4):
        qtbot.keyClick(calendar.grid, Qt.Key.Key_PageDown)
    assert calendar.selected == TODAY + timedelta(days=112)
    assert calendar.first <= calendar.selected <= calendar.last
    qtbot.keyClick(calendar.grid, Qt.Key.Key_Home)
    assert calendar.selected == TODAY


def test_enter_opens_and_alt_arrows_are_left_to_the_page(
    calendar: WeekCalendar, qtbot: QtBot
) -> None:
    opened: list[date] = []
    calendar.day_opened.connect(opened.append)
    calendar.set_selected(date(2026, 11, 30))
    qtbot.keyClick(calendar.grid, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(calendar.grid, Qt.Key.Key_Return)
    assert opened == [date(2026, 11, 30)]


def test_a_click_selects_the_day_under_it(calendar: WeekCalendar, qtbot: QtBot) -> None:
    days: list[date] = []
    calendar.day_selected.connect(days.append)
    calendar.set_days({date(2026, 11, 17): DayMark("dot", "green", tip="第20次")})
    point = calendar.grid.cell(date(2026, 11, 17)).center().toPoint()
    qtbot.mouseClick(calendar.grid, Qt.MouseButton.LeftButton, pos=point)
    assert days == [date(2026, 11, 17)]


def test_selecting_from_outside_reveals_without_telling(calendar: WeekCalendar) -> None:
    days: list[date] = []
    calendar.day_selected.connect(days.append)
    calendar.set_selected(date(2027, 6, 1))
    assert calendar.first <= date(2027, 6, 1) <= calendar.last
    assert days == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("11-30", date(2026, 11, 30)),
        ("2026-11-30", date(2026, 11, 30)),
        ("2026.11.30", date(2026, 11, 30)),
        ("2026/1/5", date(2026, 1, 5)),
        ("11月30日", date(2026, 11, 30)),
        ("2026年11月30日", date(2026, 11, 30)),
        ("2026-11-30 周一", date(2026, 11, 30)),
        ("20261130", date(2026, 11, 30)),
        ("１１－３０", date(2026, 11, 30)),
        ("1-5", date(2027, 1, 5)),
        ("2-29", date(2028, 2, 29)),
        ("24-2-29", date(2024, 2, 29)),
        ("", None),
    ],
)
def test_dates_as_people_type_them(typed: str, day: date | None) -> None:
    near = date(2027, 9, 1) if typed == "2-29" else TODAY
    assert parse_date(typed, near) == day


@pytest.mark.parametrize("typed", ["明天", "13-01", "2026-02-29", "11-31", "2-29", "11", "1-2-3-4"])
def test_what_is_no_date_is_said(typed: str) -> None:
    with pytest.raises(FieldProblem) as found:
        parse_date(typed, TODAY)
    assert f"“{typed}”" in found.value.sentence


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_shown_date_reads_back(day: date) -> None:
    assert parse_date(date_words(day), TODAY) == day


@given(st.integers(min_value=-180, max_value=180))
def test_without_a_year_the_closest_one_is_meant(days: int) -> None:
    day = TODAY + timedelta(days=days)
    assert parse_date(f"{day.month}-{day.day}", TODAY) == day


@pytest.mark.parametrize(
    "typed", ["09:00—10:30", "9:00-10:30", "9点到10点30分", "９：００～１０：３０", "0900-1030"]
)
def test_times_as_people_type_them(typed: str) -> None:
    assert parse_times(typed) == (time(9), time(10, 30))


@pytest.mark.parametrize("typed", ["9:00", "25:00-26:00", "10:00-9:00", "上午", "9-9"])
def test_what_is_no_range_of_times_is_said(typed: str) -> None:
    with pytest.raises(FieldProblem):
        parse_times(typed)


def test_a_date_is_typed_committed_and_shown_in_full(qtbot: QtBot) -> None:
    field = DateField(near=TODAY)
    qtbot.addWidget(field)
    field.set_value(date(2026, 11, 23))
    pairs: list[tuple[object, object]] = []
    field.autosave.committed.connect(lambda old, new: pairs.append((old, new)))
    field.setText("11-30")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pairs == [(date(2026, 11, 23), date(2026, 11, 30))]
    field.set_value(date(2026, 11, 30))
    assert field.text() == "2026-11-30 周一"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == date(2026, 12, 1)


def test_a_wrong_date_stays_with_its_sentence_until_esc(qtbot: QtBot) -> None:
    field = DateField(required=True)
    qtbot.addWidget(field)
    field.set_value(TODAY)
    said: list[str] = []
    field.autosave.problem.connect(said.append)
    field.setText("11-31")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said[-1] == "没有“11-31”这一天。"
    assert field.property("invalid") is True
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said[-1] == "还没填日期。"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.value(), said[-1], field.property("invalid")) == (TODAY, "", False)


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)
    field.show()
    field.set_value(TODAY)
    pairs: list[tuple[object, object]] = []
    field.autosave.committed.connect(lambda old, new: pairs.append((old, new)))
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    picker = field.findChild(WeekCalendar)
    assert isinstance(picker, WeekCalendar)
    assert picker.selected == TODAY
    qtbot.keyClick(picker.grid, Qt.Key.Key_Down)
    assert pairs == []
    qtbot.keyClick(picker.grid, Qt.Key.Key_Return)
    assert pairs == [(TODAY, date(2026, 12, 2))]
    assert not picker.isVisible()


def test_esc_closes_the_calendar_and_changes_nothing(qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)
    field.show()
    field.set_value(TODAY)
    field.show_calendar()
    picker = field.findChild(WeekCalendar)
    assert isinstance(picker, WeekCalendar)
    qtbot.keyClick(picker.grid, Qt.Key.Key_Right)
    qtbot.keyClick(picker.grid, Qt.Key.Key_Escape)
    assert field.value() == TODAY
    assert not picker.isVisible()


def test_times_commit_as_a_pair(qtbot: QtBot) -> None:
    field = TimeRangeField()
    qtbot.addWidget(field)
    field.set_value((time(9), time(10)))
    assert field.text() == "09:00—10:00"
    pairs: list[tuple[object, object]] = []
    field.autosave.committed.connect(lambda old, new: pairs.append((old, new)))
    field.setText("9:30-10:30")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pairs == [((time(9), time(10)), (time(9, 30), time(10, 30)))]


def test_a_date_typed_short_is_shown_in_full_when_left(qtbot: QtBot) -> None:
    field = DateField(near=date(2026, 11, 25))
    qtbot.addWidget(field)
    field.show()
    heard: list[str] = []
    field.textChanged.connect(heard.append)
    field.setText("12-2")
    field.editingFinished.emit()
    assert field.text() == "2026-12-02 周三"
    assert heard == ["12-2"], "the value is the same: nobody hears of it"
