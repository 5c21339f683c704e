"""批量安排 as a clerk uses it: the dates change as one types, nothing is saved until told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.domain.calendar import HolidayDay
from bulletin_study.domain.sessions import HolidayPolicy, Series, SessionStatus
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.series_dialog import SeriesDialog
from bulletin_study.ui.series_dialog_preview import PreviewRow
from bulletin_study.ui.series_dialog_rule import Frequency, Rule, read_rule, rule_words
from bulletin_study.usecases.holidays import put_holidays
from bulletin_study.usecases.series_start import series_start
from tests.contract.schedule_office import (
    STUDY,
    TALK,
    WEEKLY,
    draft,
    everything,
    furnish,
    plan,
    plan_series,
)
from tests.helpers import make_office
from tests.ui.harness import Desk, make_desk

NOW = date(2022, 7, 20)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = make_office(tmp_path / "store.sqlite3", NOW)
    furnish(store)
    yield store
    store.close()


@pytest.fixture
def desk(office: SqlOffice, tmp_path: Path) -> Desk:
    return make_desk(office, tmp_path)


class Asking:
    """The dialog with the hands that fill it."""

    def __init__(self, qtbot: QtBot, desk: Desk, kind: str = "每周一学") -> None:
        self.window = QWidget()
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)
        self.window.show()
        self.qtbot, self.desk = qtbot, desk
        self.dialog = SeriesDialog(desk.context, kind, self.window)
        self.dialog.open()
        desk.settle()

    def type(self, field: QWidget, words: str) -> None:
        """Replace what stands in a field, by keys."""
        field.setFocus()
        self.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(field, words)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def choose(self, combo: QComboBox, at: int) -> None:
        """Choose by keys; the arrows are pressed as often as it takes."""
        combo.setFocus()
        self.qtbot.keyClick(combo, Qt.Key.Key_Home)
        for _ in range(at):
            self.qtbot.keyClick(combo, Qt.Key.Key_Down)

    def wait_for(self, caption: str) -> None:
        """Wait until the primary button says it."""
        self.qtbot.waitUntil(lambda: self.dialog.go.caption == caption, timeout=5000)

    def rows(self) -> list[PreviewRow]:
        return list(self.dialog.model.rows())

    def note_of(self, day: date) -> str:
        return next(row.notes for row in self.rows() if day in (row.occurrence.day,
                                                               row.occurrence.planned))  # fmt: skip

    def press(self) -> None:
        self.qtbot.mouseClick(self.dialog.go, Qt.MouseButton.LeftButton)
        self.desk.settle()


def bulletin(asking: Asking) -> None:
    """The year of the bulletin: Mondays from 25 July to 19 December 2022."""
    form = asking.dialog.form
    asking.type(form.start, "2022-07-25")
    asking.type(form.times, "8:30-10:00")
    asking.type(form.until, "2022-12-19")
    asking.wait_for("安排 22 场")


def test_the_bulletins_autumn_is_shown_then_made(
    qtbot: QtBot, desk: Desk, office: SqlOffice
) -> None:
    asking = Asking(qtbot, desk)
    bulletin(asking)
    assert "顺延到 2022-09-13 周二" in asking.note_of(date(2022, 9, 12))
    assert "2022-10-08 周六（调休上班）" in asking.note_of(date(2022, 10, 3))
    assert "因放假改日子 2 场" in asking.dialog.summary.text()
    assert everything(office) == []
    asking.press()
    assert not asking.dialog.isVisible()
    made = everything(office)
    assert len(made) == 22
    assert [s.day for s in made if s.status is SessionStatus.MOVED] == [
        date(2022, 9, 13), date(2022, 10, 8)]  # fmt: skip
    assert desk.committed == ["批量安排 每周一学 22 场（2022-07-25 至 2022-12-19）"]


@pytest.mark.parametrize(
    ("policy", "words", "made"),
    [
        (HolidayPolicy.PREVIOUS, "提前到 2022-09-09 周五", 22),
        (HolidayPolicy.SKIP, "跳过", 20),
        (HolidayPolicy.KEEP, "仍在原定日期", 22),
    ],
)
def test_each_holiday_policy_is_seen_at_once(
    qtbot: QtBot, desk: Desk, policy: HolidayPolicy, words: str, made: int
) -> None:
    asking = Asking(qtbot, desk)
    bulletin(asking)
    asking.choose(asking.dialog.form.policy, list(HolidayPolicy).index(policy))
    qtbot.waitUntil(lambda: words in asking.note_of(date(2022, 9, 12)), timeout=5000)
    assert asking.dialog.go.caption == f"安排 {made} 场"


def test_clashes_are_named_and_need_a_tick(qtbot: QtBot, desk: Desk, office: SqlOffice) -> None:
    plan(office, draft(date(2022, 8, 1), "09:30", "11:00"), STUDY)
    asking = Asking(qtbot, desk)
    bulletin(asking)
    note = asking.note_of(date(2022, 8, 1))
    assert "时间重叠" in note
    assert "是同一批人 4 人" in note
    asking.press()
    assert len(everything(office)) == 1
    assert "1 处时间冲突" in asking.dialog.banner.sentence
    assert asking.dialog.override.hasFocus()
    qtbot.keyClick(asking.dialog.override, Qt.Key.Key_Space)
    assert asking.dialog.override.isChecked()
    qtbot.keyClick(asking.dialog.override, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(everything(office)) == 23, timeout=5000)


def test_a_meeting_of_the_same_week_is_no_clash(
    qtbot: QtBot, desk: Desk, office: SqlOffice
) -> None:
    plan(office, draft(date(2022, 8, 2), "08:30", "10:00"), STUDY)
    asking = Asking(qtbot, desk)
    bulletin(asking)
    assert asking.note_of(date(2022, 8, 1)) == ""
    assert asking.dialog.override.isHidden()


def test_a_year_without_a_table_says_so_until_it_is_completed(
    qtbot: QtBot, desk: Desk, office: SqlOffice
) -> None:
    asking = Asking(qtbot, desk)
    asking.type(asking.dialog.form.start, "2027-09-06")
    asking.type(asking.dialog.form.until, "2027-10-11")
    asking.wait_for("安排 6 场")
    assert "2027 年只知道周末" in asking.dialog.warning.text()
    days = [date(2027, 1, 1), *(date(2027, 10, day) for day in range(1, 8))]
    with office.unit() as unit:
        put_holidays(unit, [HolidayDay(day, False, "国庆节") for day in days])
    asking.dialog.refresh()
    desk.settle()
    assert asking.dialog.warning.text() == ""
    assert "国庆节放假，顺延到 2027-10-08 周五" in asking.note_of(date(2027, 10, 4))


def test_two_on_one_day_are_both_made_and_said(qtbot: QtBot, desk: Desk) -> None:
    asking = Asking(qtbot, desk)
    form = asking.dialog.form
    asking.type(form.start, "2022-09-12")
    asking.type(form.until, "2022-09-13")
    qtbot.mouseClick(form.weekdays.ticks[1], Qt.MouseButton.LeftButton)
    asking.wait_for("安排 2 场")
    assert "09-13 各有两场落在同一天" in asking.dialog.warning.text()


def test_what_cannot_be_read_is_said_instead_of_the_dates(qtbot: QtBot, desk: Desk) -> None:
    asking = Asking(qtbot, desk)
    form = asking.dialog.form
    asking.choose(form.frequency, 3)
    assert form.frequency.value() is Frequency.OWN
    asking.type(form.own, "FREQ=HOURLY")
    qtbot.waitUntil(lambda: "不能用" in asking.dialog.pane.empty.sentence, timeout=5000)
    assert asking.dialog.go.caption == "安排"
    asking.type(form.own, "FREQ=WEEKLY;BYDAY=MO,TH")
    asking.type(form.start, "2022-08-01")
    asking.type(form.until, "2022-08-12")
    asking.wait_for("安排 4 场")
    asking.type(form.until, "2022-07-01")
    qtbot.waitUntil(lambda: "早于开始" in asking.dialog.pane.empty.sentence, timeout=5000)
    asking.type(form.times, "10:00-9:00")
    qtbot.waitUntil(lambda: "晚于" in asking.dialog.pane.empty.sentence, timeout=5000)
    asking.press()
    assert asking.dialog.isVisible()
    assert form.times.hasFocus()


def test_every_second_friday_of_the_month(qtbot: QtBot, desk: Desk, office: SqlOffice) -> None:
    asking = Asking(qtbot, desk, "组工讲坛")
    form = asking.dialog.form
    asking.choose(form.frequency, 2)
    asking.choose(form.nth, 1)
    asking.type(form.start, "2022-08-01")
    asking.type(form.until, "2022-10-31")
    asking.choose(form.weekday, 4)
    asking.wait_for("安排 3 场")
    asking.press()
    assert [s.day for s in everything(office)] == [
        date(2022, 8, 12), date(2022, 9, 9), date(2022, 10, 14)]  # fmt: skip


def test_talks_have_places_and_other_kinds_do_not_ask(
    qtbot: QtBot, desk: Desk, office: SqlOffice
) -> None:
    assert not Asking(qtbot, desk).dialog.form.places.isVisible()
    asking = Asking(qtbot, desk, "每周一讲")
    form = asking.dialog.form
    assert form.places.isVisible()
    form.places.setFocus()
    qtbot.keyClick(form.places, Qt.Key.Key_Up)
    asking.type(form.until, "2022-08-31")
    asking.wait_for("安排 6 场")
    asking.press()
    assert {s.talk_places for s in everything(office)} == {2}


def test_kinds_held_together(qtbot: QtBot, desk: Desk, office: SqlOffice) -> None:
    asking = Asking(qtbot, desk)
    form = asking.dialog.form
    form.kinds.action(14).toggle()
    form.kinds.autosave.commit()
    asking.type(form.until, "2022-08-31")
    asking.wait_for("安排 6 场")
    asking.press()
    with office.view() as unit:
        assert unit.all(Series)[0].kind_ids == (STUDY, 14)


def test_the_next_series_goes_on_after_the_last(
    qtbot: QtBot, desk: Desk, office: SqlOffice
) -> None:
    plan_series(office, replace(WEEKLY, venue="二楼小会议室"))
    asking = Asking(qtbot, desk)
    form = asking.dialog.form
    assert form.start.value() == date(2022, 12, 26)
    assert form.until.value() == date(2023, 12, 31)
    assert form.venue.value() == "二楼小会议室"
    assert form.weekdays.value() == (0,)
    assert form.times.text() == "08:30—10:00"


def test_a_fortnightly_series_keeps_its_weeks(office: SqlOffice) -> None:
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;COUNT=3"
    plan_series(
        office,
        replace(WEEKLY, rrule=rule, start=datetime(2022, 7, 27, 9), until=date(2022, 12, 31)),
    )
    with office.view() as unit:
        start = series_start(unit, "每周一学").first
    assert start.start == datetime(2022, 9, 7, 9)
    assert start.rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"


def test_without_a_series_the_last_session_is_the_model(office: SqlOffice) -> None:
    plan(office, draft(date(2022, 7, 14), "15:00", "16:30", venue="礼堂", talk_places=2), TALK)
    with office.view() as unit:
        start = series_start(unit, "每周一讲").first
    assert (start.start, start.minutes) == (datetime(2022, 7, 28, 15), 90)
    assert (start.venue, start.talk_places) == ("礼堂", 2)
    assert start.rrule == "FREQ=WEEKLY;BYDAY=TH"


def test_escape_leaves_and_saves_nothing(qtbot: QtBot, desk: Desk, office: SqlOffice) -> None:
    asking = Asking(qtbot, desk)
    qtbot.keyClick(asking.dialog.form.venue, Qt.Key.Key_Escape)
    assert not asking.dialog.isVisible()
    assert everything(office) == []


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", Rule(Frequency.WEEKLY, (0,)), "每周一"),
        ("RRULE:FREQ=WEEKLY;BYDAY=TH,MO", Rule(Frequency.WEEKLY, (0, 3)), "每周一、四"),
        ("FREQ=WEEKLY", Rule(Frequency.WEEKLY, (1,)), "每周二"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", Rule(Frequency.FORTNIGHTLY, (2,)), "每两周的周三"),
        ("FREQ=MONTHLY;BYDAY=2FR", Rule(Frequency.MONTHLY, (4,), 2), "每月第 2 个周五"),
        ("FREQ=MONTHLY;BYDAY=-1MO", Rule(Frequency.MONTHLY, (0,), -1), "每月最后一个周一"),
    ],
)
def test_rules_the_form_knows(text: str, rule: Rule, words: str) -> None:
    read = read_rule(text, date(2022, 7, 26))
    assert (read.frequency, read.weekdays, read.nth) == (rule.frequency, rule.weekdays, rule.nth)
    assert rule_words(text, date(2022, 7, 26)) == words


@pytest.mark.parametrize(
    "text", ["FREQ=WEEKLY;INTERVAL=3", "FREQ=MONTHLY;BYMONTHDAY=5", "FREQ=WEEKLY;COUNT=4", "每天"]
)
def test_any_other_rule_is_shown_as_written(text: str) -> None:
    assert read_rule(text, date(2022, 7, 26)).text == text
    assert text in rule_words(text, date(2022, 7, 26))
