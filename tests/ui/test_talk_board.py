"""The week board of 每周一讲: walked, moved, swapped and pinned by key and by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.ui.tabs.talk import TalkTab
from bulletin_study.ui.tabs.talk.centre import View
from bulletin_study.ui.tabs.talk.week_board import WeekBoard
from bulletin_study.ui.tabs.talk.week_drag import mime_of
from bulletin_study.ui.tabs.talk.week_model import WeekModel
from bulletin_study.usecases import history
from bulletin_study.usecases.talk_page import TalkLine
from tests.helpers import TODAY
from tests.ui.harness import Desk
from tests.ui.talk_desk import LEFT, opened, send_away, speaker_of, undo

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def board_on(desk: Desk, qtbot: QtBot) -> tuple[TalkTab, WeekBoard]:
    page = opened(desk, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_B, CONTROL)
    desk.settle()
    assert page.board.view is View.WEEKS
    return page, page.board.weeks.board


def ahead(board: WeekBoard) -> list[TalkLine]:
    """Announced after today, in order."""
    found = {
        line.key: line
        for row in board.plan.cells
        for cell in row
        for line in cell
        if line.ahead and line.taken and line.row.day > TODAY
    }
    return sorted(found.values(), key=lambda ln: (ln.row.day, ln.row.place))


def choose(desk: Desk, page: TalkTab, line: TalkLine) -> None:
    page.show_place(*line.key)
    desk.settle()


def press(
    desk: Desk, qtbot: QtBot, board: WeekBoard, *keys: Qt.Key,
    modifier: Qt.KeyboardModifier = NONE,
) -> None:  # fmt: skip
    for key in keys:
        qtbot.keyClick(board, key, modifier)
        desk.settle()


def drop(desk: Desk, board: WeekBoard, line: TalkLine, at: QPointF) -> bool:
    """Drag a card to a point of the board; whether it was taken there."""
    data = mime_of(line)
    move, left, none = Qt.DropAction.MoveAction, LEFT, NONE
    over = QDragMoveEvent(at.toPoint(), move, data, left, none)
    board.dragMoveEvent(over)
    event = QDropEvent(at, move, data, left, none)
    board.dropEvent(event)
    desk.settle()
    return over.isAccepted() and event.isAccepted()


def column_point(board: WeekBoard, line: TalkLine) -> QPointF:
    """An empty spot in the column of a session."""
    column = board.plan.column_of(line.row.session.id)
    assert column is not None
    row = next(r for r, cells in enumerate(board.plan.cells) if not cells[column])
    board.scrollTo(board.model().index(row, column))
    return QPointF(board.visualRect(board.model().index(row, column)).center())


def test_groups_are_rows_sessions_columns_and_this_week_stands_fourth(
    desk: Desk, qtbot: QtBot
) -> None:
    page, board = board_on(desk, qtbot)
    assert [row.name for row in board.plan.rows[:3]] == ["办公室", "干部组", "组织组"]
    current = board.plan.first_current()
    assert board.plan.columns[current].note == "今天 15:00"
    assert board.columnAt(0) == current - 3
    assert board.line is not None
    assert board.line.row.day == TODAY
    assert page.side.place.line == board.line
    words = board.model().headerData(0, Qt.Orientation.Vertical)
    assert words == "办公室，本轮 4/7"
    waiting = board.model().headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert waiting.startswith("本轮还没讲：")


def test_the_model_behaves(desk: Desk, qtbot: QtBot) -> None:
    _, board = board_on(desk, qtbot)
    model = board.model()
    assert isinstance(model, WeekModel)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_plan(board.plan)
    assert model.rowCount() == len(board.plan.rows)
    assert "；" in "".join(
        model.data(model.index(r, c)) or ""
        for r in range(model.rowCount())
        for c in range(model.columnCount())
    )


def test_arrows_go_from_card_to_card_and_the_inspector_follows(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    before = board.line
    assert before is not None
    press(desk, qtbot, board, Qt.Key.Key_Right)
    assert board.line is not None
    assert board.line.row.day > before.row.day
    assert page.side.place.line == board.line
    press(desk, qtbot, board, Qt.Key.Key_Left)
    assert board.line is not None
    assert board.line.row.day == before.row.day
    first = board.line
    press(desk, qtbot, board, Qt.Key.Key_Down)
    assert board.line is not None
    assert board.line.row.session.id == first.row.session.id
    press(desk, qtbot, board, Qt.Key.Key_Home)
    press(desk, qtbot, board, Qt.Key.Key_Left)
    assert board.plan.find(board.current) is not None


def test_control_with_arrows_moves_the_card_to_the_next_week_and_back(
    desk: Desk, qtbot: QtBot
) -> None:
    page, board = board_on(desk, qtbot)
    line = ahead(board)[-1]
    choose(desk, page, line)
    was = speaker_of(desk, line)
    press(desk, qtbot, board, Qt.Key.Key_Right, modifier=CONTROL)
    moved = board.line
    assert moved is not None
    assert moved.row.day > line.row.day
    assert speaker_of(desk, moved) == was
    assert speaker_of(desk, line) is None
    assert desk.committed[-1].startswith(f"把{line.row.speaker}的讲课从")
    undo(desk)
    assert speaker_of(desk, line) == was
    desk.runner.do(history.redo)
    desk.settle()
    assert speaker_of(desk, line) is None


def test_within_a_session_two_change_places(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    line = next(ln for ln in ahead(board) if ln.row.place == 1 and not ln.row.pinned)
    choose(desk, page, line)
    was = speaker_of(desk, line)
    press(desk, qtbot, board, Qt.Key.Key_Down, modifier=CONTROL)
    assert speaker_of(desk, line) != was
    assert board.line is not None
    assert board.line.row.place == 2
    assert speaker_of(desk, board.line) == was


def test_what_was_held_stays_and_says_so(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    held = next(
        ln for ln in page.board.model.rows() if ln.row.session.status is SessionStatus.HELD
    )
    choose(desk, page, held)
    press(desk, qtbot, board, Qt.Key.Key_Right, modifier=CONTROL)
    assert page.banner.sentence.startswith("已经讲过的不能挪")
    assert not drop(desk, board, ahead(board)[0], column_point(board, held))


def test_s_then_enter_on_another_card_swaps_the_two(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    first, second = ahead(board)[0], ahead(board)[3]
    people = speaker_of(desk, first), speaker_of(desk, second)
    said: list[str] = []
    page.said.connect(said.append)
    choose(desk, page, first)
    press(desk, qtbot, board, Qt.Key.Key_S)
    assert board.swapping == first.key
    assert board.look_of(first).marked
    assert said[-1] == f"已选{first.row.speaker}：到另一位上按回车对调，Esc 不调"
    press(desk, qtbot, board, Qt.Key.Key_Escape)
    assert board.swapping is None
    press(desk, qtbot, board, Qt.Key.Key_S)
    board.select(second.key)
    press(desk, qtbot, board, Qt.Key.Key_Return)
    assert (speaker_of(desk, second), speaker_of(desk, first)) == people
    undo(desk)
    assert (speaker_of(desk, first), speaker_of(desk, second)) == people


def test_p_pins_and_delete_clears(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    line = next(ln for ln in ahead(board) if not ln.row.pinned)
    choose(desk, page, line)
    press(desk, qtbot, board, Qt.Key.Key_P)
    assert board.line is not None
    assert board.line.row.pinned
    press(desk, qtbot, board, Qt.Key.Key_Delete)
    assert speaker_of(desk, line) is None
    undo(desk)
    assert speaker_of(desk, line) is not None


def test_a_card_dropped_on_another_changes_with_it(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    first, second = ahead(board)[0], ahead(board)[4]
    people = speaker_of(desk, first), speaker_of(desk, second)
    board.select(second.key)
    at = QPointF(board.card_rect(second).center())
    assert drop(desk, board, first, at)
    assert (speaker_of(desk, second), speaker_of(desk, first)) == people
    assert page.side.place.line is not None
    assert page.side.place.line.key == second.key


def test_a_card_dropped_on_a_full_session_asks_with_whom(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    first, second = ahead(board)[0], ahead(board)[4]
    was = speaker_of(desk, first)
    assert drop(desk, board, first, column_point(board, second))
    menu = next(m for m in page.findChildren(QMenu) if m.isVisible())
    names = [action.text() for action in menu.actions() if action.text() and
             not action.isSeparator()]  # fmt: skip
    assert second.row.speaker in names
    next(a for a in menu.actions() if a.text() == second.row.speaker).trigger()
    desk.settle()
    assert speaker_of(desk, second) == was


def test_a_move_that_a_rule_forbids_says_why_and_may_be_had_all_the_same(
    desk: Desk, qtbot: QtBot
) -> None:
    page, board = board_on(desk, qtbot)
    line = ahead(board)[-1]
    was = speaker_of(desk, line)
    assert was is not None
    choose(desk, page, line)
    press(desk, qtbot, board, Qt.Key.Key_Right, modifier=CONTROL)
    target = board.line
    assert target is not None
    undo(desk)
    send_away(desk, was, target.row.day)
    page.reload()
    desk.settle()
    choose(desk, page, line)
    press(desk, qtbot, board, Qt.Key.Key_Right, modifier=CONTROL)
    assert "病假" in page.banner.sentence
    assert speaker_of(desk, line) == was
    page.banner._act.click()
    desk.settle()
    assert speaker_of(desk, target) == was


def test_a_conflict_is_told_in_words_on_the_card(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    line = ahead(board)[0]
    person = speaker_of(desk, line)
    assert person is not None
    send_away(desk, person, line.row.day)
    page.reload()
    desk.settle()
    found = board.plan.find(line.key)
    assert found is not None
    words = board.model().data(board.model().index(found[0], found[1]))
    assert f"{line.row.speaker}，病假" in words


def test_a_narrower_window_keeps_the_selected_card_in_sight(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    line = ahead(board)[6]
    choose(desk, page, line)
    page.resize(1024, 660)
    desk.settle()
    assert board.viewport().rect().contains(board.card_rect(line).center())


def test_an_earlier_round_shows_its_own_progress(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    actions = page.bar.meter.menu.actions()
    assert [a.text() for a in actions] == ["第3轮（这一轮）", "第2轮", "第1轮"]
    actions[1].trigger()
    desk.settle()
    assert page.bar.meter.words.startswith("第2轮 已讲 ")
    progress = board.plan.rows[0].progress
    assert progress is not None
    assert progress.spoken == progress.members
    shown = board.plan.columns[board.columnAt(board.viewport().width() // 2)]
    assert shown.session.day < TODAY


def test_the_filter_fades_what_it_passes_over(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    line = ahead(board)[0]
    page.bar.filter.setText(line.row.speaker)
    desk.settle()
    assert board.accepted is not None
    assert line.key in board.accepted
    assert not board.look_of(line).faint
    assert board.look_of(ahead(board)[1]).faint


def test_the_record_of_the_speaker_is_beside_the_card(desk: Desk, qtbot: QtBot) -> None:
    page, board = board_on(desk, qtbot)
    line = ahead(board)[0]
    choose(desk, page, line)
    record = page.side.place.record
    qtbot.waitUntil(lambda: not record.isHidden())
    assert record.title.text() == f"{line.row.speaker}的讲课记录"
    assert "讲过 2 次，上次 " in record.summary.text()
    assert f"{line.row.day:%m-%d}" in record.text
    wanted: list[tuple[int, int]] = []
    desk.context.go.talk.connect(lambda *spot: wanted.append(spot))
    record.place_wanted.emit(*line.key)
    assert wanted == [line.key]


def test_an_empty_store_says_where_to_begin(bare_desk: Desk, qtbot: QtBot) -> None:
    page, _ = board_on(bare_desk, qtbot)
    assert page.board.weeks.empty.sentence.startswith("还没有“每周一讲”的场次。")


@pytest.mark.parametrize("view", list(View))
def test_the_way_of_looking_is_remembered(desk: Desk, qtbot: QtBot, view: View) -> None:
    page = opened(desk, qtbot)
    page.board.show_view(view)
    page.save_state(desk.context.settings)
    other = TalkTab(desk.context)
    qtbot.addWidget(other)
    other.restore_state(desk.context.settings)
    assert other.board.view is view
    assert other.bar.view.value() is view
