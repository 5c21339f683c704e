"""每周一讲 after it was announced: 调整 as a difference to take or leave, and 代讲."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bulletin_study.domain.people import Absence, AbsenceKind
from bulletin_study.ui.tabs.talk import TalkTab
from bulletin_study.ui.tabs.talk.repair_dialog import RepairDialog
from bulletin_study.ui.tabs.talk.stand_ins import StandIns
from tests.helpers import TODAY
from tests.ui.harness import Desk
from tests.ui.talk_desk import LEFT, coming, opened, send_away, show, speaker_of, undo


def dialog(desk: Desk, qtbot: QtBot, page: TalkTab) -> RepairDialog:
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    return page.findChildren(RepairDialog)[-1]


def offered(desk: Desk, qtbot: QtBot, page: TalkTab) -> StandIns:
    found = page.side.place.stand_ins
    qtbot.waitUntil(lambda: bool(found.text))
    desk.settle()
    return found


def test_leave_brings_up_the_button_and_the_fewest_changes(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    assert page.bar.repair.isHidden()
    line = coming(page)[0]
    was = speaker_of(desk, line)
    assert was is not None
    send_away(desk, was, line.row.day)
    page.reload()
    desk.settle()
    assert not page.bar.repair.isHidden()
    qtbot.mouseClick(page.bar.repair, LEFT)
    desk.settle()
    box = page.findChildren(RepairDialog)[-1]
    rows = list(box.model.rows())
    assert box.summary.text().startswith(f"改 1 处、{len(rows)} 位")
    assert any(f"原定{line.row.speaker}，病假" in row.why for row in rows)
    assert "公布后调整" in box.reasons.text
    box.arrange()
    desk.settle()
    assert desk.committed[-1].startswith("调整公布的讲课安排")
    assert speaker_of(desk, line) not in (was, None)
    assert page.bar.conflicts.isHidden()
    undo(desk)
    assert speaker_of(desk, line) == was


def test_a_change_left_out_stays_as_announced(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    first, second = coming(page)[0], coming(page)[4]
    people = [speaker_of(desk, first), speaker_of(desk, second)]
    days = (first.row.day, second.row.day)
    with desk.runner.office.unit() as unit:
        for number, person_id in enumerate(people):
            assert person_id is not None
            unit.put(Absence(900 + number, person_id, AbsenceKind.TRAVEL, *days))
        unit.commit("登记不在岗")
    page.reload()
    desk.settle()
    box = dialog(desk, qtbot, page)
    rows = list(box.model.rows())
    assert len({row.chain for row in rows}) == 2
    left = next(row for row in rows if row.key == second.key)
    box.list.select_key(left.key)
    qtbot.keyClick(box.list, Qt.Key.Key_Space)
    desk.settle()
    assert box.summary.text().startswith("改 1 处")
    assert "还要你来定" in box.summary.text()
    assert second.row.speaker in box.summary.text()
    box.arrange()
    desk.settle()
    assert speaker_of(desk, first) != people[0]
    assert speaker_of(desk, second) == people[1]


def test_nothing_to_change_is_said(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    box = dialog(desk, qtbot, page)
    assert box.summary.text() == "公布的安排不用换人。"
    assert not box.go.isEnabled()


def test_candidates_stand_in_with_one_press(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = coming(page)[0]
    was = speaker_of(desk, line)
    show(desk, page, line)
    found = offered(desk, qtbot, page)
    assert len(found.buttons) == 3
    best = found.buttons[0].accessibleName()
    page._stand_in()  # what the context menu calls
    assert found.buttons[0].hasFocus() or not page.isActiveWindow()
    qtbot.keyClick(found.buttons[0], Qt.Key.Key_Space)
    desk.settle()
    assert speaker_of(desk, line) not in (was, None)
    assert page.board.list.current_row().row.speaker in best
    undo(desk)
    assert speaker_of(desk, line) == was


def test_who_cannot_is_named_with_why_on_request(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    show(desk, page, coming(page)[0])
    found = offered(desk, qtbot, page)
    few = found.unfit.text()
    qtbot.mouseClick(found.more, LEFT)
    assert few.startswith("不可选：")
    assert found.unfit.text().count("（") > few.count("（")
    assert len(found.buttons) > 3


def test_what_was_held_offers_nobody(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    held = next(ln for ln in page.board.model.rows() if ln.row.day < TODAY and not ln.ahead)
    show(desk, page, held)
    assert page.side.place.stand_ins.isHidden()
