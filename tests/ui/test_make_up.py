"""补学 at the sign-in page: the section of a session, the ledger of everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Group, Membership, Person
from bulletin_study.domain.sessions import SessionKindLink, SessionStatus, StudySession
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.delegates import CellDelegate
from bulletin_study.ui.fields import NoteField
from bulletin_study.ui.tabs.signin import SignInTab
from bulletin_study.ui.tabs.signin.make_up_ledger import MakeUpLedgerDialog
from bulletin_study.ui.tabs.signin.make_up_section import MakeUpSection, OneMakeUp
from bulletin_study.usecases.attendance import MarkEntry, mark
from bulletin_study.usecases.history import undo
from bulletin_study.usecases.make_up_list import Wanted
from bulletin_study.usecases.make_ups import write_note
from tests.contract.stores import quick_office
from tests.helpers import TODAY
from tests.ui.harness import Desk, make_desk, open_page, type_text

STUDY, TALK = 1, 2
LATE, RECENT, OTHER = 1, 2, 3
NAMES = ("秦维新", "王立言", "周敏之", "罗婉清", "曾向阳")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    """每周一学 23 and 9 days ago, two of five away at each; a 每周一讲 that nobody makes up."""
    store = quick_office(tmp_path / "store.sqlite3")
    with store.unit() as unit:
        unit.put(*(Person(i, name, i, f"{i:03}") for i, name in enumerate(NAMES, start=1)))
        unit.put(Group(1, "办公室", 1), *(Membership(i, i, 1) for i in range(1, 6)))
        for session_id, kind, back in ((LATE, STUDY, 23), (RECENT, STUDY, 9), (OTHER, TALK, 2)):
            unit.put(
                StudySession(session_id, TODAY - timedelta(days=back), time(9), time(10),
                             "条例解读", status=SessionStatus.HELD, materials="条例第一章"),
                SessionKindLink(session_id, kind),
                *(Attendance(session_id, p, 1, (kind,), Mark.PRESENT) for p in (1, 4, 5)),
                Attendance(session_id, 2, 1, (kind,), Mark.LEAVE, "看病"),
                Attendance(session_id, 3, 1, (kind,), Mark.ABSENT),
            )  # fmt: skip
        unit.commit("准备")
    yield store
    store.close()


@pytest.fixture
def desk(office: SqlOffice, tmp_path: Path) -> Desk:
    return make_desk(office, tmp_path)


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> SignInTab:
    tab = open_page(desk, qtbot, SignInTab)
    tab.open_make_ups(LATE)
    desk.settle()
    return tab


def section(tab: SignInTab) -> MakeUpSection:
    return next(s for s in tab.editors.sections if isinstance(s, MakeUpSection))


def one(tab: SignInTab, person_id: int) -> OneMakeUp:
    return next(o for o in section(tab).people if o.debt.person_id == person_id)


def stored(office: SqlOffice) -> dict[tuple[int, int], MakeUp]:
    with office.view() as unit:
        return {(m.session_id, m.person_id): m for m in unit.all(MakeUp)}


def words(tab: SignInTab, desk: Desk, person_id: int, text: str) -> None:
    """Write a note and leave the field."""
    field = one(tab, person_id).note
    field.setFocus()
    type_text(field, text)
    tab.roster.quick.setFocus()
    desk.settle()


# ---- the section ------------------------------------------------------------------------


def test_a_line_for_each_who_was_away(tab: SignInTab) -> None:
    assert [o.row.editor.accessibleName() for o in section(tab).people] == [
        "王立言：补学心得", "周敏之：补学心得"]  # fmt: skip
    first, second = section(tab).people
    assert (first.chip.text, second.chip.text) == ("逾期 9 天", "逾期 9 天")
    assert first.note.hasFocus(), "whoever came for 补学 writes at once"
    assert [o.act.caption for o in section(tab).people] == ["已补", "已补"]


def test_the_material_of_the_session_is_handed_to_all_with_one_press(
    tab: SignInTab, desk: Desk, office: SqlOffice, qtbot: QtBot
) -> None:
    handing = section(tab).handing
    assert handing is not None
    assert handing.material.value() == "条例第一章"
    assert handing.give.caption == "发给 2 人"
    qtbot.mouseClick(handing.give, Qt.MouseButton.LeftButton)
    desk.settle()
    assert {m.material for m in stored(office).values()} == {"条例第一章"}
    assert len(stored(office)) == 2
    assert section(tab).handing is handing, "the form was not built anew"
    assert handing.give.isHidden()
    desk.runner.do(undo)
    desk.settle()
    assert stored(office) == {}
    assert handing.give.caption == "发给 2 人"


def test_a_note_saves_itself_and_is_cleared_and_taken_back(
    tab: SignInTab, desk: Desk, office: SqlOffice, qtbot: QtBot
) -> None:
    words(tab, desk, 2, "学了第一章。")
    assert stored(office)[LATE, 2].note == "学了第一章。"
    qtbot.mouseClick(one(tab, 2).act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert stored(office)[LATE, 2].cleared == TODAY
    assert (one(tab, 2).chip.text, one(tab, 2).act.caption) == ("已补", "撤回")
    qtbot.mouseClick(one(tab, 2).act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert stored(office)[LATE, 2].cleared is None
    assert stored(office)[LATE, 2].note == "学了第一章。"


def test_clearing_straight_from_the_note_takes_the_words_with_it(
    tab: SignInTab, desk: Desk, office: SqlOffice, qtbot: QtBot
) -> None:
    field = one(tab, 3).note
    field.setFocus()
    type_text(field, "看了录像")
    one(tab, 3).act.setFocus()
    qtbot.keyClick(one(tab, 3).act, Qt.Key.Key_Return)
    desk.settle()
    made = stored(office)[LATE, 3]
    assert (made.note, made.cleared) == ("看了录像", TODAY)


def test_nothing_is_cleared_without_words(
    tab: SignInTab, desk: Desk, office: SqlOffice, qtbot: QtBot
) -> None:
    qtbot.mouseClick(one(tab, 3).act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert stored(office) == {}
    assert "还没填周敏之的补学心得" in one(tab, 3).row.sentence
    assert one(tab, 3).note.hasFocus()


def test_more_time_for_all_who_still_owe(tab: SignInTab, desk: Desk, office: SqlOffice) -> None:
    handing = section(tab).handing
    assert handing is not None
    handing.due.setFocus()
    handing.due.setText("11-30")
    tab.roster.quick.setFocus()
    desk.settle()
    assert {m.due for m in stored(office).values()} == {date(2026, 11, 30)}
    assert one(tab, 2).chip.text == "待补"


def test_a_corrected_mark_leaves_what_was_written_in_sight(
    tab: SignInTab, desk: Desk, office: SqlOffice
) -> None:
    words(tab, desk, 2, "学了第一章。")
    desk.runner.do(lambda unit: mark(unit, LATE, [MarkEntry(p, Mark.PRESENT) for p in (2, 3)]))
    desk.settle()
    (left,) = section(tab).people
    assert (left.chip.text, left.note.value()) == ("不用补了", "学了第一章。")
    assert left.act.isHidden()
    handing = section(tab).handing
    assert handing is not None
    assert handing.material_row.isHidden()


def test_it_folds_to_one_line_where_nobody_owes(tab: SignInTab, desk: Desk) -> None:
    desk.runner.do(lambda unit: mark(unit, LATE, [MarkEntry(p, Mark.PRESENT) for p in (2, 3)]))
    desk.settle()
    assert section(tab).people == []
    assert section(tab).handing is None
    tab.open_sign_in(OTHER)
    desk.settle()
    assert not [s for s in tab.editors.sections if isinstance(s, MakeUpSection)]


# ---- the ledger -------------------------------------------------------------------------


@pytest.fixture
def ledger(tab: SignInTab, desk: Desk, office: SqlOffice) -> MakeUpLedgerDialog:
    with office.unit() as unit:
        write_note(unit, RECENT, 2, "", "学了第一章。")
    tab.open_ledger()
    desk.settle()
    assert tab.ledger is not None
    return tab.ledger


def keys(ledger: MakeUpLedgerDialog) -> list[tuple[int, int]]:
    return [line.key for line in ledger.model.rows()]


def ask(ledger: MakeUpLedgerDialog, desk: Desk, wanted: Wanted) -> list[tuple[int, int]]:
    ledger.bar.want(wanted)
    desk.settle()
    return keys(ledger)


def select(ledger: MakeUpLedgerDialog, key: tuple[int, int]) -> None:
    assert ledger.list.select_key(key)


def test_the_ledger_shows_what_is_open_the_latest_session_first(
    ledger: MakeUpLedgerDialog, desk: Desk
) -> None:
    assert keys(ledger) == [(RECENT, 2), (RECENT, 3), (LATE, 2), (LATE, 3)]
    assert ask(ledger, desk, Wanted.OVERDUE) == [(LATE, 2), (LATE, 3)]
    ledger.bar.arrange(by_person=True)
    assert ask(ledger, desk, Wanted.ALL) == [(RECENT, 2), (LATE, 2), (RECENT, 3), (LATE, 3)]
    heading = ledger.model.index(0, 0)
    assert ledger.model.data(heading) == "王立言 办公室 已补 0/2，逾期 1"


def test_it_is_cleared_with_the_keys_and_undone_there(
    ledger: MakeUpLedgerDialog, desk: Desk, office: SqlOffice, qtbot: QtBot
) -> None:
    select(ledger, (RECENT, 2))
    qtbot.keyClick(ledger.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert stored(office)[RECENT, 2].cleared == TODAY
    assert "已补：王立言" in ledger.banner.sentence
    assert (RECENT, 2) not in keys(ledger)
    qtbot.keyClick(ledger.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert stored(office)[RECENT, 2].cleared is None
    assert (RECENT, 2) in keys(ledger)


def test_clearing_without_words_opens_the_note(
    ledger: MakeUpLedgerDialog, desk: Desk, office: SqlOffice
) -> None:
    line = next(line for line in ledger.model.rows() if line.key == (LATE, 3))
    ledger.list.acted.emit(line, "act")
    desk.settle()
    assert (LATE, 3) not in stored(office)
    assert ledger.banner.sentence.startswith("周敏之还没有补学心得，没有记“已补”。")
    assert ledger.list.state() == ledger.list.State.EditingState


def test_notes_and_days_are_written_in_the_list(
    ledger: MakeUpLedgerDialog, desk: Desk, office: SqlOffice
) -> None:
    names = [column.name for column in ledger.model.columns]
    for column, value in (("note", "看了录像"), ("due", date(2026, 12, 1)), ("material", "录像")):
        index = ledger.model.index_of((LATE, 3), names.index(column))
        assert ledger.model.setData(index, value)
        desk.settle()
    made = stored(office)[LATE, 3]
    assert (made.note, made.due, made.material) == ("看了录像", date(2026, 12, 1), "录像")
    assert ask(ledger, desk, Wanted.OVERDUE) == [(LATE, 2)]


def test_the_words_to_chase_leave_out_who_has_written(
    ledger: MakeUpLedgerDialog, desk: Desk
) -> None:
    ledger.copy_chasing()
    assert desk.copied[-1] == (
        "【待补】11月2日每周一学补学还差 2 项，已过 23 天：\n"
        "王立言：补学，期限11月16日，已逾期 9 天\n"
        "周敏之：补学，期限11月16日，已逾期 9 天\n"
        "\n"
        "【待补】11月16日每周一学补学还差 1 项，已过 9 天：\n"
        "周敏之：补学，期限11月30日"
    )
    assert "催 2 人" in ledger.banner.sentence


def test_from_the_ledger_to_the_session(
    ledger: MakeUpLedgerDialog, tab: SignInTab, desk: Desk, qtbot: QtBot
) -> None:
    select(ledger, (RECENT, 3))
    qtbot.keyClick(ledger.list, Qt.Key.Key_Return)
    desk.settle()
    assert not ledger.isVisible()
    assert tab.marks.page is not None
    assert tab.marks.page.session.id == RECENT
    assert section(tab).people


def test_the_time_limit_is_set_there(ledger: MakeUpLedgerDialog, desk: Desk) -> None:
    ledger.bar.days_set.emit(7)
    desk.settle()
    assert len(ask(ledger, desk, Wanted.OVERDUE)) == 4


def test_the_ledger_is_exported(
    ledger: MakeUpLedgerDialog, desk: Desk, tmp_path: Path
) -> None:
    desk.save_path = tmp_path / "补学台账.xlsx"
    ledger.export()
    desk.settle()
    sheet = openpyxl.load_workbook(desk.save_path).worksheets[0]
    assert [sheet.cell(row, 2).value for row in range(4, 8)] == ["王立言", "周敏之"] * 2
    assert "已导出“补学台账.xlsx”" in ledger.banner.sentence


def test_what_is_exported_is_what_is_listed(
    ledger: MakeUpLedgerDialog, desk: Desk, tmp_path: Path
) -> None:
    desk.save_path = tmp_path / "补学台账.xlsx"
    for wanted, names in (
        (Wanted.OVERDUE, ["王立言", "周敏之"]), (Wanted.ALL, ["王立言", "周敏之"] * 2),
    ):  # fmt: skip
        ask(ledger, desk, wanted)
        ledger.export()
        desk.settle()
        sheet = openpyxl.load_workbook(desk.save_path).worksheets[0]
        column = [sheet.cell(row, 2).value for row in range(4, sheet.max_row)]
        assert [name for name in column if name in NAMES] == names
        assert ("只列逾期" in str(sheet.cell(1, 1).value)) is (wanted is Wanted.OVERDUE)


def open_editor(ledger: MakeUpLedgerDialog) -> QWidget:
    """The editor that is open in the list."""
    editing = cast(CellDelegate, ledger.list.itemDelegate()).editing
    assert editing is not None
    return editing.editor


def open_column(ledger: MakeUpLedgerDialog) -> str:
    """The column whose editor is open."""
    editing = cast(CellDelegate, ledger.list.itemDelegate()).editing
    return ledger.model.columns[editing.column].name if editing is not None else ""


def test_f2_on_a_row_writes_the_note_and_tab_goes_on_from_there(
    ledger: MakeUpLedgerDialog, desk: Desk, office: SqlOffice, qtbot: QtBot
) -> None:
    select(ledger, (LATE, 3))
    qtbot.keyClick(ledger.list, Qt.Key.Key_F2)
    field = ledger.list.findChild(NoteField)
    assert isinstance(field, NoteField)
    assert open_column(ledger) == "note"
    type_text(field, "看了录像")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    desk.settle()
    assert stored(office)[LATE, 3].note == "看了录像"
    assert stored(office)[LATE, 3].material == ""
    assert open_column(ledger) == "due"
    field = open_editor(ledger)
    qtbot.keyClick(field, Qt.Key.Key_Backtab)
    desk.settle()
    assert open_column(ledger) == "note"
    qtbot.keyClick(open_editor(ledger), Qt.Key.Key_Backtab)
    desk.settle()
    assert open_column(ledger) == "material"


def test_the_arrows_walk_the_cells_and_f2_takes_the_one_reached(
    ledger: MakeUpLedgerDialog, desk: Desk, qtbot: QtBot
) -> None:
    select(ledger, (LATE, 2))
    walked = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right,
                Qt.Key.Key_Right, Qt.Key.Key_Down):  # fmt: skip
        qtbot.keyClick(ledger.list, key)
        walked.append(ledger.model.columns[ledger.list.currentIndex().column()].name)
    assert walked == ["material", "material", "note", "due", "due", "due"]
    assert [line.key for line in ledger.list.selected_rows()] == [(LATE, 3)]
    qtbot.keyClick(ledger.list, Qt.Key.Key_F2)
    assert open_column(ledger) == "due"


def test_ctrl_enter_takes_the_note_being_written_and_clears(
    ledger: MakeUpLedgerDialog, desk: Desk, office: SqlOffice, qtbot: QtBot
) -> None:
    select(ledger, (LATE, 3))
    qtbot.keyClick(ledger.list, Qt.Key.Key_F2)
    field = open_editor(ledger)
    assert isinstance(field, NoteField)
    type_text(field, "看了录像")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    made = stored(office)[LATE, 3]
    assert (made.note, made.cleared) == ("看了录像", TODAY)


def test_what_is_saved_elsewhere_shows_at_once(
    ledger: MakeUpLedgerDialog, desk: Desk
) -> None:
    desk.runner.do(lambda unit: mark(unit, LATE, [MarkEntry(3, Mark.PRESENT)]))
    desk.settle()
    assert (LATE, 3) not in keys(ledger)


def test_nobody_owes_anything(desk: Desk, tab: SignInTab, office: SqlOffice) -> None:
    with office.unit() as unit:
        rows = unit.all(Attendance)
        unit.put(*(replace(row, mark=Mark.PRESENT) for row in rows))
        unit.commit("都到了")
    tab.open_ledger()
    desk.settle()
    dialog = tab.ledger
    assert dialog is not None
    assert dialog.pane.currentWidget() is dialog.pane.empty
    assert dialog.pane.empty.sentence.startswith("这段时间没有人要补学。")
