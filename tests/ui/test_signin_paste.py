"""粘贴名单 as a clerk uses it: Ctrl+V, what is shown, what is settled in place, what is saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.people import Absence, AbsenceKind, Person
from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.tabs.signin.paste_dialog import PasteDialog
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.usecases.name_list.matching import LineState, ListedLine
from tests.helpers import TODAY, make_office
from tests.ui.test_signin import ALT, COMING, CTRL, ENTER, ESC, TODAYS, Clerk, furnish


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = make_office(tmp_path / "store.sqlite3")
    furnish(store)
    yield store
    store.close()


@pytest.fixture
def clerk(qtbot: QtBot, office: SqlOffice, tmp_path: Path) -> Clerk:
    return Clerk(qtbot, office, tmp_path)


def names_of(office: SqlOffice) -> dict[int, str]:
    with office.view() as unit:
        return {person.id: person.name for person in unit.all(Person)}


def paste(clerk: Clerk, text: str, into: QWidget | None = None) -> PasteDialog:
    """Ctrl+V with a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
    target = into or clerk.tab.roster.quick
    target.setFocus()
    clerk.qtbot.keyClick(target, Qt.Key.Key_V, CTRL)
    clerk.settle()
    return clerk.tab.findChildren(PasteDialog)[-1]


def lines(dialog: PasteDialog) -> dict[str, ListedLine]:
    return {line.written: line for line in dialog.model.rows()}


def press(clerk: Clerk, dialog: PasteDialog, key: Qt.Key) -> None:
    clerk.qtbot.keyClick(dialog.list, key)
    clerk.settle()


def save(clerk: Clerk, dialog: PasteDialog) -> None:
    """Ctrl+Enter, wherever the focus is; a button answers its key a moment later."""
    with clerk.qtbot.waitSignal(dialog.accepted):
        clerk.qtbot.keyClick(dialog.list, ENTER, CTRL)
    back(clerk)


def back(clerk: Clerk) -> None:
    """In the window again, which a desktop does by itself when a dialog goes."""
    clerk.window.activateWindow()
    clerk.settle()


def test_a_relay_of_48_is_pasted_seen_and_saved_by_two_keys(clerk: Clerk) -> None:
    names = names_of(clerk.office)
    text = ["#接龙", "今天的每周一学，请大家接龙"]
    text += [f"{at}. {name}" for at, name in names.items() if at not in (7, 20, 31, 40)]
    text += [f"请假：{names[7]}（看病）", f"{names[20]}-下乡", f"{names[31]} 迟到"]
    dialog = paste(clerk, "\n".join(text))
    assert "新标 47 人" in dialog.summary.text()
    assert dialog.go.caption == "记下 47 人"
    assert "有 2 行不是名字" in dialog.unused.text()
    assert names[40] in dialog.form._rest_note.text()
    save(clerk, dialog)
    assert clerk.figures == {"应到": 48, "实到": 45, "请假": 1, "公出": 1, "缺席": 0, "未签": 1}
    assert (clerk.row(7).mark, clerk.row(7).reason) == (Mark.LEAVE, "看病")
    assert (clerk.row(20).mark, clerk.row(20).reason) == (Mark.OFFICIAL, "下乡")
    assert clerk.row(31).mark is Mark.LATE
    assert clerk.session().status is SessionStatus.HELD
    clerk.undo()
    assert clerk.figures["未签"] == 48
    assert clerk.session().status is SessionStatus.PLANNED


def test_the_roster_takes_ctrl_v_too_and_a_single_name_goes_into_the_quick_box(
    clerk: Clerk,
) -> None:
    names = names_of(clerk.office)
    dialog = paste(clerk, names[9], clerk.tab.roster.grid.canvas)
    assert lines(dialog)[names[9]].state is LineState.NEW
    dialog.reject()
    back(clerk)
    box = clerk.tab.roster.quick
    QGuiApplication.clipboard().setText(names[9])
    box.setFocus()
    clerk.qtbot.keyClick(box, Qt.Key.Key_V, CTRL)
    assert box.text() == names[9]
    clerk.press(ENTER)
    assert clerk.row(9).mark is Mark.PRESENT


def test_those_not_named_are_what_the_user_says(
    qtbot: QtBot, office: SqlOffice, tmp_path: Path
) -> None:
    with office.unit() as unit:
        unit.put(Absence(1, 9, AbsenceKind.TRAVEL, TODAY, TODAY, "省里开会"))
        unit.commit("出差")
    clerk = Clerk(qtbot, office, tmp_path)
    names = names_of(office)
    dialog = paste(clerk, f"{names[4]}\n{names[5]} 请假")
    dialog.form.rest.setFocus()
    qtbot.keyClick(dialog.form.rest, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.form.rest, Qt.Key.Key_Right)
    clerk.settle()
    assert dialog.go.caption == "记下 47 人"
    save(clerk, dialog)
    assert clerk.figures == {"应到": 48, "实到": 1, "请假": 1, "公出": 1, "缺席": 45, "未签": 0}
    assert clerk.row(9).mark is Mark.OFFICIAL, "what was marked beforehand stays"


def test_a_misspelt_name_is_settled_with_a_click_and_a_stranger_by_choosing(
    clerk: Clerk,
) -> None:
    names = names_of(clerk.office)
    misspelt = names[10][0] + "肆"
    dialog = paste(clerk, f"{misspelt}\n1. 赵无极")
    assert lines(dialog)[misspelt].candidates
    meant = lines(dialog)[misspelt].candidates[0]
    dialog.list.acted.emit(lines(dialog)[misspelt], "who")
    clerk.settle()
    settled = lines(dialog)[misspelt]
    assert settled.person == meant
    assert settled.state is LineState.NEW
    stranger = lines(dialog)["赵无极"]
    dialog.list.select_key(stranger.index)
    assert dialog.list.edit_current("who")
    combo = dialog.list.findChildren(PersonCombo)[-1]
    clerk.qtbot.keyClicks(combo, "022")
    clerk.qtbot.keyClick(combo, ENTER)
    clerk.settle()
    chosen = lines(dialog)["赵无极"].person
    assert chosen is not None
    assert chosen.id == 22
    save(clerk, dialog)
    assert {clerk.row(p).mark for p in (meant.id, 22)} == {Mark.PRESENT}


def test_marks_made_by_hand_are_shown_as_changing_and_can_be_left(clerk: Clerk) -> None:
    names = names_of(clerk.office)
    clerk.press("007 2", ENTER, "008 2", ENTER)
    dialog = paste(clerk, f"{names[7]}\n{names[8]}\n{names[9]}")
    assert [lines(dialog)[names[p]].state for p in (7, 8)] == [LineState.CHANGED] * 2
    assert lines(dialog)[names[7]].note == "原为迟到"
    dialog.list.select_key(lines(dialog)[names[7]].index)
    press(clerk, dialog, Qt.Key.Key_Space)
    assert lines(dialog)[names[7]].state is LineState.LEFT
    assert dialog.go.caption == "记下 2 人"
    save(clerk, dialog)
    assert clerk.row(7).mark is Mark.LATE
    assert clerk.row(8).mark is Mark.PRESENT


def test_digits_mark_the_chosen_line_and_what_is_settled_outlives_more_text(
    clerk: Clerk,
) -> None:
    names = names_of(clerk.office)
    dialog = paste(clerk, f"{names[4]}\n{names[5]}")
    dialog.list.select_key(lines(dialog)[names[5]].index)
    press(clerk, dialog, Qt.Key.Key_4)
    assert lines(dialog)[names[5]].mark is Mark.LEAVE
    dialog.form.text.setPlainText(f"{names[6]}\n{dialog.form.text.toPlainText()}")
    dialog.refresh()
    clerk.settle()
    assert lines(dialog)[names[5]].mark is Mark.LEAVE
    assert lines(dialog)[names[6]].mark is Mark.PRESENT


def test_nothing_is_saved_by_leaving_and_nothing_can_be_saved_of_nothing(clerk: Clerk) -> None:
    dialog = paste(clerk, "大家好\n请接龙")
    assert not dialog.go.isEnabled()
    assert "还没有认出名字" in dialog.summary.text()
    clerk.qtbot.keyClick(dialog, ESC)
    clerk.settle()
    assert clerk.figures["未签"] == 48
    assert clerk.tab.roster.quick.hasFocus() or QApplication.focusWidget() is None


def test_a_day_still_to_come_takes_those_away_and_an_archived_session_nothing(
    clerk: Clerk,
) -> None:
    names = names_of(clerk.office)
    clerk.open(COMING)
    dialog = paste(clerk, f"{names[4]}\n{names[5]} 请假")
    assert lines(dialog)[names[4]].state is LineState.WRONG
    assert not dialog.form.rest.isEnabled()
    save(clerk, dialog)
    assert clerk.row(5, COMING).mark is Mark.LEAVE
    clerk.open(TODAYS)
    clerk.chord(Qt.Key.Key_D, ALT)
    clerk.click(clerk.tab.archiving.button)
    QGuiApplication.clipboard().setText(f"{names[4]}\n{names[5]}")
    before = len(clerk.tab.findChildren(PasteDialog))
    clerk.qtbot.keyClick(clerk.tab.roster.quick, Qt.Key.Key_V, CTRL)
    clerk.settle()
    assert "已归档" in clerk.tab.banner.sentence
    assert len(clerk.tab.findChildren(PasteDialog)) <= before


def test_a_list_left_before_its_answer_came_is_let_go_and_what_was_asked_for_is_saved(
    clerk: Clerk,
) -> None:
    # A worker of its own, as in the program, instead of one that is waited for.
    runner = Runner(clerk.office)
    name = names_of(clerk.office)[7]
    left = PasteDialog(runner, TODAYS, name, clerk.tab)
    delete(left)
    saving = PasteDialog(runner, TODAYS, name, clerk.tab)
    clerk.qtbot.waitUntil(lambda: "新标" in saving.summary.text())
    saving.arrange()
    delete(saving)
    runner.close()
    # An exception on the way would fail the test.
    clerk.settle()
    assert clerk.row(7).mark is Mark.PRESENT


def test_ctrl_v_works_in_the_list_of_sessions_and_on_a_button(clerk: Clerk) -> None:
    names = names_of(clerk.office)
    for place in (clerk.tab.sessions.list, clerk.tab.names.button):
        dialog = paste(clerk, f"{names[9]}\n{names[8]}", place)
        assert names[9] in lines(dialog)
        dialog.reject()
        back(clerk)
    note = clerk.tab.roster.reason.field
    note.setFocus()
    before = len(clerk.tab.findChildren(PasteDialog))
    clerk.qtbot.keyClick(note, Qt.Key.Key_V, CTRL)
    clerk.settle()
    assert len(clerk.tab.findChildren(PasteDialog)) == before, "there one pastes words"


def test_enter_settles_a_line_and_goes_on_to_the_next_that_waits(clerk: Clerk) -> None:
    dialog = paste(clerk, "1. 赵无极\n2. 钱无多")
    assert not dialog.keys.isHidden()
    assert "回车" in dialog.keys.text()
    dialog.list.select_key(lines(dialog)["赵无极"].index)
    press(clerk, dialog, ENTER)
    combo = dialog.list.findChildren(PersonCombo)[-1]
    clerk.qtbot.keyClicks(combo, "022")
    clerk.qtbot.keyClick(combo, ENTER)
    clerk.settle()
    assert lines(dialog)["赵无极"].person is not None
    assert dialog.list.current_row().written == "钱无多"


def test_the_keys_pass_over_the_headings_of_the_sessions(clerk: Clerk) -> None:
    view = clerk.tab.sessions.list
    view.setFocus()
    rows = list(view.rows_model.rows())
    clerk.qtbot.keyClick(view, Qt.Key.Key_Home)
    for row in rows:
        assert view.current_row() is not None
        assert view.current_row().session.id == row.session.id
        clerk.qtbot.keyClick(view, Qt.Key.Key_Down)
    for row in reversed(rows):
        assert view.current_row().session.id == row.session.id
        clerk.qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_row().session.id == rows[0].session.id


def test_f6_goes_to_the_roster_not_to_a_button_over_it(clerk: Clerk) -> None:
    clerk.tab.roster.notice.show_sentence("名单没有动。", ("更正", lambda: None), "amber")
    clerk.tab.sessions.list.setFocus()
    clerk.tab.cycle_panes()
    assert clerk.window.focusWidget() is clerk.tab.roster.quick
