"""签到与心得 as a clerk uses it: keys and clicks, what is seen and what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import Stale
from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Group,
    Membership,
    Person,
    Role,
)
from bulletin_study.domain.sessions import (
    ClosingItem,
    Comment,
    Form,
    Reflection,
    ReflectionKind,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
    TalkCategory,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.sizes import SizeClass, size_class
from bulletin_study.ui.tabs.signin import SignInTab
from bulletin_study.ui.tabs.signin.minutes_section import MinutesSection
from bulletin_study.ui.tabs.signin.one_reflection import OneReflection
from bulletin_study.ui.tabs.signin.roster_rows import boxes
from bulletin_study.ui.tabs.signin.talk_section import TalkSection
from bulletin_study.usecases import history
from bulletin_study.usecases.closing import archive
from bulletin_study.usecases.sign_in_list import load_sign_in
from tests.helpers import TODAY, make_office
from tests.ui.harness import Desk, make_desk

STUDY, TALK, REVIEW = 1, 2, 3
TODAYS, TALKS, GROUPS, COMING, CALLED_OFF, OLD = 1, 2, 3, 4, 5, 6
NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范"
LEADERS, MEMBERS = 3, 45
"""48 people: three leaders and five groups of nine; the staff number is the 排名."""


def furnish(office: SqlOffice) -> None:
    """48 people and six sessions around a Wednesday."""
    day = timedelta(days=1)
    with office.unit() as unit:
        unit.put(*(Person(i, f"部{'甲乙丙'[i - 1]}", i, f"{i:03}", Role.LEADER) for i in (1, 2, 3)))
        for i in range(4, 4 + MEMBERS):
            name = f"{NAMES[i - 4]}{'一二三四五'[(i - 4) % 5]}"
            spell, initials = unit.services.pinyin(name)
            unit.put(Person(i, name, i, f"{i:03}", pinyin=spell, initials=initials))
        unit.put(*(Group(g, f"{'甲乙丙丁戊'[g - 1]}组", g, head_id=9 * g - 5, leader_id=1)
                   for g in range(1, 6)))  # fmt: skip
        unit.put(*(Membership(i, i, (i - 4) // 9 + 1) for i in range(4, 4 + MEMBERS)))
        unit.put(
            StudySession(TODAYS, TODAY, time(9), time(10), "章程", "三楼", Form.COLLECTIVE,
                         lead_id=1),
            StudySession(TALKS, TODAY - day, time(15), time(16), talk_places=2,
                         status=SessionStatus.HELD),
            StudySession(GROUPS, TODAY - 2 * day, time(9), time(10)),
            StudySession(COMING, TODAY + 5 * day, time(9), time(10)),
            StudySession(CALLED_OFF, TODAY - 3 * day, time(9), time(10),
                         status=SessionStatus.CANCELLED, status_reason="防汛"),
            StudySession(OLD, TODAY - 400 * day, time(9), time(10), "旧事", form=Form.SELF_STUDY,
                         status=SessionStatus.HELD, archived=True),
        )  # fmt: skip
        kinds = {TODAYS: STUDY, TALKS: TALK, GROUPS: REVIEW, COMING: STUDY, CALLED_OFF: STUDY,
                 OLD: STUDY}  # fmt: skip
        unit.put(*(SessionKindLink(s, k) for s, k in kinds.items()))
        unit.put(
            Talk(1, TALKS, 1, 4, title="怎样写简报", category=TalkCategory.BUSINESS, group_id=1),
            Talk(2, TALKS, 2, 13, group_id=2),
        )
        unit.put(*(Attendance(TALKS, i, None if i < 4 else (i - 4) // 9 + 1, (TALK,), Mark.PRESENT)
                   for i in range(1, 49)))  # fmt: skip
        unit.commit("准备")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = make_office(tmp_path / "store.sqlite3")
    furnish(store)
    yield store
    store.close()


def commit_words(field: QWidget, words: str) -> None:
    """Chinese comes from the input method, all at once."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


class Clerk:
    """The tab in a window, with the hands at the keyboard; counts what they press."""

    def __init__(
        self,
        qtbot: QtBot,
        office: SqlOffice,
        folder: Path,
        size: tuple[int, int] = (1366, 700),
        runner: Runner | None = None,
    ) -> None:
        self.qtbot, self.office = qtbot, office
        self.desk: Desk = make_desk(office, folder)
        if runner is not None:
            self._work_with(runner)
        self.tab = SignInTab(self.desk.context)
        self.desk.runner.committed.connect(lambda saved: self.tab.committed(saved.entities))
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tab)
        self.window.resize(*size)
        qtbot.addWidget(self.window)
        self.tab.apply_size(size_class(size[0]))
        self.window.show()
        self.window.activateWindow()
        self.tab.focus_list()
        self.pressed = 0
        self.settle()

    def _work_with(self, runner: Runner) -> None:
        """A worker of its own, as in the program, instead of one that is waited for."""
        self.desk.runner.close()
        self.desk.runner = runner
        self.desk.context = replace(self.desk.context, runner=runner)
        runner.committed.connect(lambda saved: self.desk.committed.append(saved.label))
        runner.crashed.connect(self.desk.crashed.append)

    def settle(self) -> None:
        self.desk.settle()
        assert not self.desk.refused, self.desk.refused

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys wherever the focus is; words are typed letter by letter."""
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            if isinstance(key, str) and key.isascii():
                self.qtbot.keyClicks(focus, key)
                self.pressed += len(key)
            elif isinstance(key, str):
                commit_words(focus, key)
                self.pressed += len(key)
            else:
                self.qtbot.keyClick(focus, key)
                self.pressed += 1
            self.settle()

    def chord(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self.qtbot.keyClick(self.window, key, modifier)
        self.pressed += 1
        self.settle()

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def open(self, session: int, item: ClosingItem | None = None, talk: int | None = None) -> None:
        self.tab.open_sign_in(session, item, talk)
        self.settle()

    @property
    def figures(self) -> dict[str, int]:
        """The counters as they are read out: 应到, 实到 …"""
        spoken = self.tab.roster.counters.accessibleName().split("，")
        return {part.rstrip("0123456789"): int(part[len(part.rstrip("0123456789")):])
                for part in spoken}  # fmt: skip

    def adds_up(self) -> bool:
        f = self.figures
        return f["应到"] == f["实到"] + f["请假"] + f["公出"] + f["缺席"] + f["未签"]

    def row(self, person: int, session: int = TODAYS) -> Attendance:
        with self.office.view() as unit:
            rows = load_sign_in(unit, session).rows
        return next(row for row in rows if row.person_id == person)

    def session(self, session: int = TODAYS) -> StudySession:
        with self.office.view() as unit:
            found = unit.get(StudySession, session)
        assert found is not None
        return found

    def undo(self) -> None:
        self.desk.runner.do(history.undo)
        self.settle()


ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clerk(qtbot: QtBot, office: SqlOffice, tmp_path: Path) -> Clerk:
    return Clerk(qtbot, office, tmp_path)


# ---- signing in ------------------------------------------------------------------------


def test_48_people_with_three_exceptions_cost_a_single_key_beyond_them(clerk: Clerk) -> None:
    exceptions = (("007 4", "看病"), ("020 5", "下乡"), ("031 2", ""))
    for words, reason in exceptions:
        clerk.press(words, ENTER)
        assert clerk.adds_up()
        if reason:
            assert clerk.tab.roster.reason.isVisible()
            clerk.press(reason, ENTER)
    spent_on_exceptions = clerk.pressed
    clerk.chord(Qt.Key.Key_D, ALT)
    assert clerk.pressed - spent_on_exceptions == 1
    assert clerk.figures == {"应到": 48, "实到": 46, "请假": 1, "公出": 1, "缺席": 0, "未签": 0}
    assert (clerk.row(7).mark, clerk.row(7).reason) == (Mark.LEAVE, "看病")
    assert (clerk.row(20).mark, clerk.row(20).reason) == (Mark.OFFICIAL, "下乡")
    assert clerk.row(31).mark is Mark.LATE
    assert clerk.session().status is SessionStatus.HELD
    assert clerk.tab.roster.quick.hasFocus()


def test_initials_pinyin_and_names_find_people_in_the_quick_box(clerk: Clerk) -> None:
    person = 11
    with clerk.office.view() as unit:
        found = unit.get(Person, person)
    assert found is not None
    clerk.press(found.name, ENTER)
    assert clerk.row(person).mark is Mark.PRESENT
    clerk.press(found.pinyin.replace(" ", "") + "6", ENTER, "睡过了", ENTER)
    assert (clerk.row(person).mark, clerk.row(person).reason) == (Mark.ABSENT, "睡过了")


def test_the_roster_takes_digits_and_keeps_its_place(clerk: Clerk) -> None:
    grid = clerk.tab.roster.grid
    clerk.open(TODAYS, ClosingItem.SIGN_IN)
    assert grid.current == 1
    marks = (Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.LEAVE, Mark.OFFICIAL, Mark.ABSENT)
    for digit, mark in enumerate(marks, start=1):
        here = grid.current
        assert here is not None
        clerk.press(str(digit))
        assert clerk.adds_up()
        if digit > 3:
            clerk.press(ESC)
        assert clerk.row(here).mark is mark
        assert grid.current == here
        assert grid.canvas.hasFocus()
        clerk.press(Qt.Key.Key_Down)
    assert clerk.figures["实到"] == 3
    clerk.press(Qt.Key.Key_Up, "0")
    assert clerk.row(6).mark is None
    assert clerk.adds_up()


def test_an_empty_quick_box_leaves_undo_to_the_program(clerk: Clerk) -> None:
    box = clerk.tab.roster.quick
    for words, ours in (("", False), ("010", True)):
        box.setText(words)
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z,
                          Qt.KeyboardModifier.ControlModifier)  # fmt: skip
        QApplication.sendEvent(box, event)
        assert event.isAccepted() is ours


def test_undo_takes_back_reason_then_mark_then_all(clerk: Clerk) -> None:
    clerk.press("007 4", ENTER, "看病", ENTER)
    clerk.undo()
    assert (clerk.row(7).mark, clerk.row(7).reason) == (Mark.LEAVE, "")
    clerk.undo()
    assert clerk.figures["未签"] == 48
    assert clerk.session().status is SessionStatus.PLANNED


def test_the_rest_of_one_group_and_of_the_leaders_only(clerk: Clerk) -> None:
    clerk.open(TODAYS, ClosingItem.SIGN_IN)
    clerk.press("g")
    assert clerk.figures["实到"] == LEADERS
    for _ in range(LEADERS):
        clerk.press(Qt.Key.Key_Down)
    clerk.press("g")
    assert clerk.figures["实到"] == LEADERS + 9
    boxes = clerk.tab.roster.grid.canvas.accessibleDescription()
    assert boxes.endswith("到")


def test_pre_marks_stay_and_are_overruled_with_a_word(
    qtbot: QtBot, office: SqlOffice, tmp_path: Path
) -> None:
    with office.unit() as unit:
        unit.put(Absence(1, 9, AbsenceKind.TRAVEL, TODAY, TODAY, "省里开会"))
        unit.commit("出差")
    clerk = Clerk(qtbot, office, tmp_path)
    assert clerk.figures["公出"] == 1
    clerk.chord(Qt.Key.Key_D, ALT)
    assert clerk.row(9).mark is Mark.OFFICIAL
    clerk.press("009", ENTER)
    assert "原为公出" in clerk.tab.roster.reason.words.text()
    assert clerk.tab.roster.quick.hasFocus(), "a card reader goes on"
    clerk.press(Qt.Key.Key_Tab, "提前回来", ENTER)
    assert (clerk.row(9).mark, clerk.row(9).reason) == (Mark.PRESENT, "提前回来")


def test_somebody_not_on_the_list_sits_in_and_counts_nowhere(clerk: Clerk) -> None:
    with clerk.office.unit() as unit:
        unit.put(Person(90, "来一位", 90, "090", joined=date(2026, 1, 1)))
        unit.commit("新人")
    clerk.open(GROUPS)
    before = clerk.figures
    clerk.tab.roster.quick.setFocus()
    clerk.press("090", ENTER)
    row = clerk.row(90, GROUPS)
    assert row.mark is Mark.OBSERVER
    assert {**clerk.figures, "列席": 0} == {**before, "列席": 0}
    assert clerk.figures["列席"] == 1
    assert "来一位标为“列席”" in clerk.desk.committed[-1]
    menu = clerk.tab.roster.menu_for(90)
    next(act for act in menu.actions() if act.text() == "不再列席").trigger()
    clerk.settle()
    assert "列席" not in clerk.figures


def test_a_day_still_to_come_takes_leave_but_nobody_came(clerk: Clerk) -> None:
    clerk.open(COMING)
    assert "还没到日期" in clerk.tab.roster.state.text()
    assert not clerk.tab.roster.rest.isVisible()
    clerk.press("007", ENTER)
    assert clerk.row(7, COMING).mark is None
    assert "还没到这一场的日期" in clerk.tab.banner.sentence
    clerk.press("007 4", ENTER, "婚假", ENTER)
    assert clerk.row(7, COMING).mark is Mark.LEAVE
    assert clerk.session(COMING).status is SessionStatus.PLANNED


def test_a_cancelled_session_says_so_and_takes_no_marks(clerk: Clerk) -> None:
    clerk.open(CALLED_OFF)
    assert "已取消（防汛）" in clerk.tab.roster.state.text()
    assert not clerk.tab.roster.grid.isVisible()
    assert not clerk.tab.archiving.button.isEnabled()
    gone: list[int] = []
    clerk.desk.context.go.session.connect(gone.append)
    assert "已取消（防汛）" in clerk.tab.roster.called_off.sentence
    clerk.click(clerk.tab.roster.called_off.button)
    assert gone == [CALLED_OFF]
    for act in (clerk.tab.names.paste, clerk.tab.names.from_file):
        clerk.tab.clear_error()
        act()
        assert "名单没有用上" in clerk.tab.banner.sentence


def test_a_session_with_imported_totals_shows_them_and_not_a_list_nobody_signed(
    clerk: Clerk,
) -> None:
    old = clerk.session(OLD)
    with clerk.office.unit() as unit:
        unit.put(replace(old, expected_total=47, present_total=44, leave_total=2,
                         archived=False, form=None))  # fmt: skip
        unit.commit("导入")
    clerk.open(OLD)
    assert "应到 47 人，实到 44 人" in clerk.tab.roster.state.text()
    assert clerk.figures == {"应到": 47, "实到": 44, "请假": 2, "公出": 0, "缺席": 1, "未签": 0}
    assert not clerk.tab.roster.rest.isVisible()
    clerk.press("007", ENTER)
    assert (clerk.figures["应到"], clerk.figures["实到"]) == (48, 1)
    assert clerk.tab.roster.state.text() == ""
    clerk.undo()
    assert clerk.figures["应到"] == 47


def test_changes_of_the_roster_are_offered_not_forced(clerk: Clerk) -> None:
    clerk.chord(Qt.Key.Key_D, ALT)
    with clerk.office.unit() as unit:
        unit.put(Person(90, "晚登记", 90, "090"))
        unit.commit("补录")
    clerk.open(TODAYS)
    notice = clerk.tab.roster.notice
    assert "应加上晚登记" in notice.sentence
    assert clerk.figures["应到"] == 48
    clerk.tab.roster.correction_wanted.emit()
    clerk.settle()
    assert clerk.figures["应到"] == 49
    assert notice.sentence == ""


def test_kinds_held_together_show_each_its_own_figures(clerk: Clerk) -> None:
    with clerk.office.unit() as unit:
        unit.put(SessionKindLink(TODAYS, REVIEW))
        unit.commit("合办")
    clerk.open(TODAYS)
    kinds = clerk.tab.roster.kinds
    assert kinds.labels == ["合计", "每周一学", "每周一评"]
    assert clerk.figures["应到"] == 48
    kinds.setFocus()
    clerk.press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert clerk.figures["应到"] == LEADERS
    clerk.tab.roster.quick.setFocus()
    clerk.press("002", ENTER)
    assert clerk.figures == {"应到": 3, "实到": 1, "请假": 0, "公出": 0, "缺席": 0, "未签": 2}


def burst(clerk: Clerk, *cards: str) -> None:
    """A card reader: digits and Enter at once, nothing happens in between."""
    box = clerk.tab.roster.quick
    box.setFocus()
    for card in cards:
        for digit in card:
            QApplication.sendEvent(box, _key(ord(digit), digit))
        QApplication.sendEvent(box, _key(int(ENTER), "\r"))


def _key(key: int, text: str) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)


def test_twenty_cards_in_one_burst_are_twenty_marks(
    qtbot: QtBot, office: SqlOffice, tmp_path: Path
) -> None:
    with office.unit() as unit:
        unit.put(Absence(1, 9, AbsenceKind.TRAVEL, TODAY, TODAY, "省里开会"))
        unit.commit("出差")
    clerk = Clerk(qtbot, office, tmp_path, runner=Runner(office))
    qtbot.waitUntil(lambda: "未签47" in clerk.tab.roster.counters.accessibleName())
    # With zeros and without, one twice, two unknown, one whose leave is overruled.
    cards = [f"{number:03}" for number in range(1, 9)] + ["9", "10", "0011", "9999", "０１２"]
    cards += ["013", "013", "777", *(str(number) for number in range(14, 21))]
    burst(clerk, *cards)
    assert clerk.figures["实到"] == 20
    assert clerk.tab.roster.quick.hasFocus()
    assert clerk.tab.roster.quick.text() == ""
    assert clerk.tab.roster.strangers.sentence.startswith("没有符合“9999”、“777”的人")
    clerk.desk.runner.close()
    clerk.settle()
    with office.view() as unit:
        marks = {row.person_id: row.mark for row in load_sign_in(unit, TODAYS).rows}
    assert {marks[person] for person in range(1, 21)} == {Mark.PRESENT}
    assert {marks[person] for person in range(21, 49)} == {None}


def test_what_nobody_bears_is_told_and_gives_way_to_the_next(clerk: Clerk) -> None:
    clerk.press("9999", ENTER)
    assert "“9999”" in clerk.tab.roster.strangers.sentence
    assert clerk.figures["未签"] == 48
    clerk.press("005", ENTER)
    assert clerk.row(5).mark is Mark.PRESENT
    assert "“9999”" in clerk.tab.roster.strangers.sentence, "told until it is put away"
    clerk.tab.roster.strangers._run()
    assert clerk.tab.roster.strangers.sentence == ""
    clerk.press("zzz", ENTER)
    assert "9999" not in clerk.tab.roster.strangers.sentence


def test_letters_being_composed_are_not_yet_typed(clerk: Clerk) -> None:
    box = clerk.tab.roster.quick
    box.setFocus()
    QApplication.sendEvent(box, QInputMethodEvent("zhang", []))
    clerk.settle()
    assert not box.popup.isVisible()
    assert clerk.figures["未签"] == 48
    commit_words(box, "")


def test_quick_hands_outrun_the_store_and_lose_nothing(
    qtbot: QtBot, office: SqlOffice, tmp_path: Path
) -> None:
    clerk = Clerk(qtbot, office, tmp_path, runner=Runner(office))
    qtbot.waitUntil(lambda: "未签48" in clerk.tab.roster.counters.accessibleName())
    clerk.tab.roster.quick.setFocus()
    for number in range(1, 41):
        qtbot.keyClicks(clerk.tab.roster.quick, f"{number:03}")
        qtbot.keyClick(clerk.tab.roster.quick, ENTER)
        assert clerk.figures["实到"] == number, "a mark shows at once and never goes back"
    qtbot.waitUntil(lambda: len(clerk.desk.committed) == 40, timeout=20000)
    clerk.desk.runner.close()
    clerk.settle()
    with office.view() as unit:
        assert load_sign_in(unit, TODAYS).headcount.came == 40
    assert clerk.figures["实到"] == 40


# ---- the sessions ----------------------------------------------------------------------


def titles(clerk: Clerk) -> list[str]:
    return [str(row.session.id) for row in clerk.tab.sessions.list.rows_model.rows()]


def test_todays_session_comes_first_and_old_ones_are_within_reach(clerk: Clerk) -> None:
    assert clerk.tab.sessions.list.current_row().session.id == TODAYS
    assert titles(clerk) == [str(i) for i in (TODAYS, GROUPS, TALKS, COMING, CALLED_OFF)]
    clerk.click(clerk.tab.sessions._earlier)
    clerk.click(clerk.tab.sessions._earlier)
    assert str(OLD) in titles(clerk)
    clerk.chord(Qt.Key.Key_Right, ALT)
    assert clerk.tab._heading.text().startswith("11-23 周一 · 每周一评")


def test_own_study_is_completed_not_attended(clerk: Clerk) -> None:
    clerk.open(OLD)
    assert "应完成" in clerk.tab.roster.counters.accessibleName()
    assert "个人自学" in clerk.tab.roster.state.text()


# ---- closing ---------------------------------------------------------------------------


def test_the_primary_button_jumps_until_nothing_is_missing_then_archives(clerk: Clerk) -> None:
    assert clerk.tab.archiving.button.caption == "归档本场 · 还差1项"
    clerk.click(clerk.tab.archiving.button)
    assert clerk.tab.roster.grid.canvas.hasFocus()
    clerk.chord(Qt.Key.Key_D, ALT)
    assert clerk.tab.archiving.button.caption == "归档本场"
    clerk.click(clerk.tab.archiving.button)
    assert clerk.session().archived
    assert clerk.tab.archiving.button.caption == "已归档"
    clerk.click(clerk.tab.archiving.button)
    assert clerk.session().archived, "the key that archives never takes it back"
    clerk.tab.roster.quick.setFocus()
    clerk.press("007 2", ENTER)
    assert "已归档" in clerk.tab.banner.sentence
    assert clerk.row(7).mark is Mark.PRESENT
    clerk.tab.banner._run()  # the verb beside the sentence: 撤回归档
    clerk.settle()
    assert not clerk.session().archived


def test_each_missing_item_leads_to_its_field(clerk: Clerk) -> None:
    clerk.open(TALKS, ClosingItem.TALKS)
    section = clerk.tab.editors.sections[0]
    assert clerk.tab.editors.talks.value() == 2
    assert section.title.hasFocus()  # type: ignore[attr-defined]
    clerk.open(TALKS, ClosingItem.COMMENTS, 1)
    assert clerk.tab.editors.talks.value() == 1
    button = clerk.tab.editors.closing.checks.button(ClosingItem.REFLECTIONS.value)
    assert button is not None
    clerk.click(button)
    section = clerk.tab.editors.sections[0]
    assert section.reflections.add.hasFocus()  # type: ignore[attr-defined]
    clerk.open(GROUPS, ClosingItem.REPORTS)
    assert clerk.tab.editors.sections[0].groups[0].text.hasFocus()  # type: ignore[attr-defined]


def test_archiving_with_something_missing_needs_a_reason_that_stays(clerk: Clerk) -> None:
    clerk.open(TALKS)
    closing = clerk.tab.editors.closing
    clerk.click(closing.waive)
    clerk.press(ENTER)
    assert "还没填缺项归档的原因" in closing.reason_row.sentence
    assert not clerk.session(TALKS).archived
    clerk.press("人已调离", ENTER)
    assert clerk.session(TALKS).archived
    assert closing.state.text() == "缺项归档，原因：人已调离"
    assert not closing.asking


# ---- what was said ---------------------------------------------------------------------


def stored(clerk: Clerk, entity: type) -> list[object]:
    with clerk.office.view() as unit:
        return list(unit.all(entity, session_id=TALKS))


def test_a_talk_is_completed_by_leaving_its_fields(clerk: Clerk) -> None:
    clerk.open(TALKS, ClosingItem.TALKS)
    clerk.press("群众工作十条", Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_Down, Qt.Key.Key_Tab)
    talk = next(t for t in stored(clerk, Talk) if isinstance(t, Talk) and t.place == 2)
    assert talk.title == "群众工作十条"
    assert talk.category is TalkCategory.BUSINESS
    section = clerk.tab.editors.sections[0]
    section.guest.setFocus()  # type: ignore[attr-defined]
    clerk.press("党校周老师", ENTER)
    talk = next(t for t in stored(clerk, Talk) if isinstance(t, Talk) and t.place == 2)
    assert (talk.guest, talk.speaker_id, talk.planned_id) == ("党校周老师", None, 13)


def test_a_place_without_a_speaker_asks_for_that_first(clerk: Clerk) -> None:
    with clerk.office.unit() as unit:
        unit.remove(unit.get(Talk, 2))
        unit.commit("空出一位")
    clerk.open(TALKS, ClosingItem.TALKS)
    assert clerk.tab.editors.talks.labels[1].startswith("第2讲")
    clerk.press("013", ENTER)
    talk = next(t for t in stored(clerk, Talk) if isinstance(t, Talk) and t.place == 2)
    assert (talk.speaker_id, talk.group_id) == (13, 2)
    clerk.open(TALKS, ClosingItem.TALKS)
    clerk.press("后来补的题目", ENTER)
    talk = next(t for t in stored(clerk, Talk) if isinstance(t, Talk) and t.place == 2)
    assert talk.title == "后来补的题目"


def test_a_refusal_stands_under_its_field_and_keeps_the_words(clerk: Clerk) -> None:
    clerk.open(TALKS, ClosingItem.TALKS)
    long = "长" * 101
    clerk.press(long, ENTER)
    section = clerk.tab.editors.sections[0]
    assert "不超过 100 个字" in section._rows["title"].sentence  # type: ignore[attr-defined]
    assert section.title.text() == long  # type: ignore[attr-defined]


def test_the_comment_saves_itself_when_the_field_is_left(clerk: Clerk) -> None:
    clerk.open(TALKS, ClosingItem.COMMENTS, 1)
    clerk.press("讲得实，有案例", Qt.Key.Key_Tab)
    comment = stored(clerk, Comment)[0]
    assert isinstance(comment, Comment)
    assert (comment.text, comment.talk_id) == ("讲得实，有案例", 1)
    assert clerk.tab.editors.talks.labels[0].endswith("1/4")
    clerk.undo()
    assert stored(clerk, Comment) == []


def test_people_are_asked_say_something_and_are_changed(clerk: Clerk) -> None:
    clerk.open(TALKS, ClosingItem.REFLECTIONS, 1)
    for number in ("010", "020", "030"):
        clerk.press(number, ENTER)
    asked = [r for r in stored(clerk, Reflection) if isinstance(r, Reflection)]
    assert [r.person_id for r in asked] == [10, 20, 30]
    fields = clerk.tab.editors.sections[0].reflections  # type: ignore[attr-defined]
    fields.rows[0].text.setFocus()
    clerk.press("先看三年记录", Qt.Key.Key_Tab)
    fields = clerk.tab.editors.sections[0].reflections  # type: ignore[attr-defined]
    fields.rows[1].kind.setFocus()
    clerk.press(Qt.Key.Key_Down)
    clerk.click(fields.rows[2]._swap)
    clerk.press("031", ENTER)
    asked = [r for r in stored(clerk, Reflection) if isinstance(r, Reflection)]
    assert asked[0].text == "先看三年记录"
    assert asked[1].kind is ReflectionKind.INSIGHT
    assert asked[2].person_id == 31
    fields = clerk.tab.editors.sections[0].reflections  # type: ignore[attr-defined]
    clerk.click(fields.rows[1]._drop)
    assert len(stored(clerk, Reflection)) == 2


def asked_rows(clerk: Clerk) -> list[OneReflection]:
    sections = [s for s in clerk.tab.editors.sections if isinstance(s, TalkSection)]
    return [row for s in sections if s.reflections is not None for row in s.reflections.rows]


def test_a_second_click_that_comes_too_late_is_refused_in_a_sentence(clerk: Clerk) -> None:
    with clerk.office.unit() as unit:
        unit.put(Reflection(1, TALKS, 10, talk_id=1), Reflection(2, TALKS, 20, talk_id=1))
        unit.commit("指定发言人")
    clerk.open(TALKS, ClosingItem.REFLECTIONS, 1)
    (row, _) = asked_rows(clerk)
    clerk.click(row._drop)
    # As of a click made while the page was still on its way: its field has gone meanwhile.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    row._removed()
    clerk.desk.settle()
    assert [type(refusal) for refusal in clerk.desk.refused] == [Stale]


def test_one_key_draws_who_comments_and_who_speaks(clerk: Clerk) -> None:
    clerk.open(TALKS, ClosingItem.REFLECTIONS, 1)
    clerk.chord(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    comments = [c for c in stored(clerk, Comment) if isinstance(c, Comment)]
    asked = [r for r in stored(clerk, Reflection) if isinstance(r, Reflection)]
    assert [(c.leader_id, c.text) for c in comments] == [(1, "")]
    # One a group, and not from the speaker's own while others can.
    assert len({clerk.row(r.person_id, TALKS).group_id for r in asked}) == 3
    assert 4 not in [r.person_id for r in asked]
    section = clerk.tab.editors.sections[0]
    names = [row.row.editor.accessibleName() for row in section.reflections.rows]  # type: ignore[attr-defined]
    assert len(names) == 3
    clerk.chord(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert len(stored(clerk, Reflection)) == 3, "what is settled is not drawn again"
    fields = clerk.tab.editors.sections[0].reflections  # type: ignore[attr-defined]
    assert "都定了" in fields.add_row.sentence
    clerk.undo()
    assert stored(clerk, Reflection) == []
    assert stored(clerk, Comment) == []


def test_the_speaker_cannot_be_asked_what_he_learned(clerk: Clerk) -> None:
    clerk.open(TALKS, ClosingItem.REFLECTIONS, 1)
    clerk.press("004", Qt.Key.Key_Tab)
    fields = clerk.tab.editors.sections[0].reflections  # type: ignore[attr-defined]
    assert "没有符合" in fields.add_row.sentence
    assert stored(clerk, Reflection) == []


def test_a_groups_comment_comes_from_its_leader(clerk: Clerk) -> None:
    clerk.open(GROUPS, ClosingItem.REPORTS)
    clerk.press("进度正常", Qt.Key.Key_Tab)
    with clerk.office.view() as unit:
        comment = unit.all(Comment, session_id=GROUPS)[0]
    assert (comment.text, comment.group_id, comment.leader_id) == ("进度正常", 1, 1)


def test_theme_form_and_decisions_save_themselves(clerk: Clerk) -> None:
    clerk.open(COMING, ClosingItem.THEME)
    clerk.press("调研方法", ENTER)
    clerk.open(COMING, ClosingItem.FORM)
    clerk.press(Qt.Key.Key_Right)
    session = clerk.session(COMING)
    assert (session.theme, session.form) == ("调研方法", Form.LEADER_LED)


def captions(clerk: Clerk) -> set[str]:
    return {one.text() for one in clerk.tab.editors.form.findChildren(QLabel) if one.isVisible()}


def test_only_what_the_kind_asks_for_is_asked(clerk: Clerk) -> None:
    asked = {"主题", "形式", "领学人", "名单外的领学人"}
    clerk.open(COMING, ClosingItem.THEME)
    assert captions(clerk) >= asked
    with clerk.office.unit() as unit:
        kind = unit.get(SessionKind, STUDY)
        unit.put(replace(kind, closing=(ClosingItem.SIGN_IN, ClosingItem.THEME)))
        unit.commit("少问一些")
    clerk.open(TODAYS)
    assert captions(clerk) >= asked, "what is noted stays in sight"
    clerk.open(COMING, ClosingItem.THEME)
    assert captions(clerk) & asked == {"主题"}


def test_no_promises_of_versions(clerk: Clerk) -> None:
    clerk.open(GROUPS, ClosingItem.REPORTS)
    assert not any("版本" in words for words in captions(clerk))
    assert any(words.startswith("一个组室一条点评") for words in captions(clerk))


# ---- out -------------------------------------------------------------------------------


def test_the_reminder_names_who_owes_what(clerk: Clerk) -> None:
    clerk.open(TALKS)
    clerk.tab.copy_chasing()
    text = clerk.desk.copied[0]
    assert text.startswith("【待补】11月24日每周一讲还差")
    assert "报讲课题目和类别" in text
    assert "已过 1 天" in text
    clerk.open(COMING)
    clerk.tab.copy_chasing()
    assert "补签到" not in clerk.desk.copied[1], "nobody is late for what is still to come"


def test_the_sign_in_is_written_to_a_file(clerk: Clerk, tmp_path: Path) -> None:
    clerk.press("007 4", ENTER, "看病", ENTER)
    clerk.desk.save_path = tmp_path / "签到.xlsx"
    clerk.tab.papers.menu.aboutToShow.emit()
    clerk.tab.papers.menu.actions()[-1].trigger()
    clerk.settle()
    from openpyxl import load_workbook

    book = load_workbook(clerk.desk.save_path)
    cells = [[c.value for c in row] for row in book.worksheets[0].iter_rows()]
    line = next(row for row in cells if "看病" in row)
    assert "请假" in line
    assert "已导出“签到.xlsx”" in clerk.tab.banner.sentence


def test_small_windows_have_two_sheets(qtbot: QtBot, office: SqlOffice, tmp_path: Path) -> None:
    clerk = Clerk(qtbot, office, tmp_path, (911, 440))
    assert clerk.tab.size_class is SizeClass.SMALL
    assert clerk.tab.roster.isVisible()
    assert not clerk.tab.editors.isVisible()
    sheets = clerk.tab.sheets
    right = QPoint(sheets.width() - 10, 10)
    qtbot.mouseClick(sheets, Qt.MouseButton.LeftButton, pos=right)
    assert clerk.tab.editors.isVisible()
    clerk.open(TODAYS, ClosingItem.SIGN_IN)
    assert clerk.tab.roster.isVisible()
    assert sheets.value() == "sign_in"


def test_folded_away_the_papers_are_still_one_key(
    qtbot: QtBot, office: SqlOffice, tmp_path: Path
) -> None:
    clerk = Clerk(qtbot, office, tmp_path, (911, 440))
    clerk.open(TODAYS)
    assert not clerk.tab.papers.button.isVisible()
    clerk.chord(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(clerk.tab.papers.menu.isVisible)
    assert clerk.tab.papers.menu.actions()
    clerk.tab.papers.menu.close()


def test_an_empty_store_says_where_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    store = make_office(tmp_path / "empty.sqlite3")
    clerk = Clerk(qtbot, store, tmp_path)
    assert "还没有场次" in clerk.tab._stack.empty.sentence
    told: list[str] = []
    clerk.tab.said.connect(told.append)
    clerk.tab.copy_chasing()
    assert told == ["还没有场次，没有要催的"]
    clerk.tab.names.paste()
    assert "还没有场次" in clerk.tab.banner.sentence
    store.close()


# ---- archived --------------------------------------------------------------------------


def archive_talks(clerk: Clerk) -> None:
    session = clerk.session(TALKS)
    with clerk.office.unit() as unit:
        unit.put(
            replace(session, archived=True, waiver="人已调离", decisions="交笔记"),
            Comment(1, TALKS, 1, talk_id=1, text="讲得清楚"),
            Reflection(1, TALKS, 10, talk_id=1, text="学到了"),
        )
        unit.commit("归档")
    clerk.open(TALKS)


def test_words_and_facts_of_an_archived_session_are_only_read(clerk: Clerk) -> None:
    archive_talks(clerk)
    editors = clerk.tab.editors
    assert editors.archived.isVisible()
    assert editors.archived.words.text() == "已归档，要改先撤回归档"
    minutes = next(s for s in editors.sections if isinstance(s, MinutesSection))
    talk: Any = editors.sections[0]
    fields = [talk.title, talk.comment.text, talk.reflections.rows[0].text, talk.speaker,
              minutes.texts["decisions"].note, minutes.recorder, minutes.end]  # fmt: skip
    for field in fields:
        field.setFocus()
        before = field.value()
        clerk.press("wz:", Qt.Key.Key_Down, Qt.Key.Key_Tab)
        assert field.value() == before
        assert not field.autosave.commit() or field.value() == before
    assert not talk.category.isEnabled()
    assert not talk.comment.leader.isEnabled()
    assert not minutes.texts["speeches"].note.offered
    clerk.tab.editors.draw()
    clerk.settle()
    with clerk.office.view() as unit:
        (comment,) = unit.all(Comment, session_id=TALKS)
        (reflection,) = unit.all(Reflection, session_id=TALKS)
        talks = {one.title for one in unit.all(Talk, session_id=TALKS)}
    assert (comment.text, reflection.text) == ("讲得清楚", "学到了")
    assert talks == {"怎样写简报", ""}
    assert editors.files is not None
    assert editors.files.box.isEnabled()


def test_taking_the_archiving_back_opens_the_words_again(clerk: Clerk) -> None:
    archive_talks(clerk)
    clerk.click(clerk.tab.editors.archived.reopen)
    assert not clerk.session(TALKS).archived
    assert not clerk.tab.editors.archived.isVisible()
    talk: Any = clerk.tab.editors.sections[0]
    talk.title.setFocus()
    talk.title.selectAll()
    clerk.press("怎样写信息", Qt.Key.Key_Tab)
    assert {"怎样写信息", ""} == {t.title for t in stored(clerk, Talk) if isinstance(t, Talk)}


def test_what_is_typed_while_the_session_is_archived_is_not_lost(clerk: Clerk) -> None:
    clerk.open(TALKS)
    minutes = next(s for s in clerk.tab.editors.sections if isinstance(s, MinutesSection))
    minutes.texts["decisions"].note.setFocus()
    clerk.press("交笔记")
    session = clerk.session(TALKS)
    clerk.desk.runner.do(lambda unit: archive(unit, session.id, anyway=True, why="人已调离"))
    clerk.settle()
    assert clerk.session(TALKS).archived
    assert clerk.session(TALKS).decisions == "交笔记"


def test_the_offer_to_reopen_goes_with_its_session(clerk: Clerk) -> None:
    archive_talks(clerk)
    clerk.click(clerk.tab.archiving.button)
    assert "已归档" in clerk.tab.banner.sentence
    clerk.open(TODAYS)
    assert clerk.tab.banner.sentence == ""
    assert not clerk.tab.editors.archived.isVisible()


def test_who_has_no_number_keeps_its_column(
    qtbot: QtBot, office: SqlOffice, tmp_path: Path
) -> None:
    with office.unit() as unit:
        first = next(p for p in unit.all(Person) if p.id == 9)
        unit.put(replace(first, staff_number=None))
        unit.commit("没有工号")
    clerk = Clerk(qtbot, office, tmp_path)
    assert clerk.tab.roster._sign_in is not None
    numbers = {line.person_id: line.number
               for box in boxes(clerk.tab.roster._sign_in) for line in box.lines}  # fmt: skip
    assert (numbers[8], numbers[9]) == ("008", "—")
