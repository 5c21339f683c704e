"""讲课材料: files dropped, pasted and chosen, opened, renamed, taken off and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.tabs.signin.tab import SignInTab
from bulletin_study.ui.tabs.signin.talk_section import TalkSection
from bulletin_study.ui.tabs.talk import TalkTab
from bulletin_study.ui.widgets.evidence_box import EvidenceBox
from bulletin_study.usecases import history
from bulletin_study.usecases.sessions import cancel_session
from bulletin_study.usecases.talk_page import TalkLine
from tests.helpers import TODAY
from tests.ui.harness import Desk, make_desk, open_page, type_text
from tests.ui.talk_desk import opened

KEYS = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def drop(onto: QWidget, *paths: Path) -> bool:
    """Drag files over a widget and let go; whether it took them."""
    return drop_urls(onto, [QUrl.fromLocalFile(str(path)) for path in paths])


def drop_urls(onto: QWidget, urls: list[QUrl]) -> bool:
    """The same of anything with an address."""
    data = QMimeData()
    data.setUrls(urls)
    middle, moves = onto.rect().center(), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(middle, moves, data, LEFT, KEYS)
    enter.ignore()
    QApplication.sendEvent(onto, enter)
    if not enter.isAccepted():
        return False
    fall = QDropEvent(QPointF(middle), moves, data, LEFT, KEYS)
    QApplication.sendEvent(onto, fall)
    assert fall.dropAction() is Qt.DropAction.CopyAction, "the source stays where it is"
    return fall.isAccepted()


def written(path: Path, content: str = "讲稿") -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def lines(page: TalkTab, wanted: Callable[[TalkLine], bool]) -> list[TalkLine]:
    return [line for line in page.board.model.rows() if wanted(line)]


@pytest.fixture
def talk(desk: Desk, qtbot: QtBot) -> TalkTab:
    """每周一讲 at a talk still to come."""
    page = opened(desk, qtbot)
    show(desk, page, coming(page))
    return page


def coming(page: TalkTab) -> TalkLine:
    return lines(page, lambda ln: ln.ahead and ln.taken and ln.row.day > TODAY)[0]


def show(desk: Desk, page: TalkTab, line: TalkLine) -> EvidenceBox:
    page.show_place(*line.key)
    desk.settle()
    return page.side.place.materials


def stored(desk: Desk) -> list[Evidence]:
    with desk.runner.office.view() as unit:
        return unit.all(Evidence)


def shown(box: EvidenceBox) -> list[str]:
    return [file.shown for file in box.list.model.rows()]


def second(box: EvidenceBox, row: int = 0) -> str:
    cell = box.list.model.cell_at(box.list.model.index(row, 0))
    assert cell is not None
    return cell.second


# --- adding ---------------------------------------------------------------------------------


def test_files_dropped_on_the_place_are_its_materials(
    talk: TalkTab, desk: Desk, tmp_path: Path
) -> None:
    box = talk.side.place.materials
    assert box.list.zone.isVisible()
    assert drop(box.list, written(tmp_path / "课件.pptx"), written(tmp_path / "讲稿.docx", "二"))
    desk.settle()
    assert shown(box) == ["课件.pptx", "讲稿.docx"]
    assert not box.list.zone.isVisible()
    (session_id, place) = coming(talk).key
    assert {file.session_id for file in stored(desk)} == {session_id}
    assert place == 1
    assert len(desk.committed) == 1
    cell = next(c for c in talk.board.model.columns if c.name == "title").cell(coming(talk))
    assert getattr(cell, "second", "") == "材料 2 份"


def test_what_is_no_local_file_is_not_taken(talk: TalkTab) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.invalid/a.pptx")])
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, LEFT, KEYS)
    event.ignore()
    QApplication.sendEvent(talk.side.place.materials.list, event)
    assert not event.isAccepted()


def test_the_frame_says_where_files_would_fall(talk: TalkTab, tmp_path: Path) -> None:
    area = talk.side.place.materials.list
    before = area.grab().toImage()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a"))])
    QApplication.sendEvent(
        area, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, LEFT, KEYS)
    )
    over = area.grab().toImage()
    QApplication.sendEvent(area, QDragLeaveEvent())
    assert (over != before, area.grab().toImage() == before) == (True, True)


def test_files_are_chosen_with_the_link_and_with_keys(
    talk: TalkTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    box = talk.side.place.materials
    desk.chosen = [written(tmp_path / "a.txt", "一")]
    qtbot.keyClick(box.list.zone, Qt.Key.Key_Return)
    desk.settle()
    desk.chosen = [written(tmp_path / "b.txt", "二")]
    qtbot.keyClick(box.list.rows, Qt.Key.Key_Insert)
    desk.settle()
    desk.chosen = []
    box.choose()
    desk.settle()
    assert shown(box) == ["a.txt", "b.txt"]


def test_files_copied_in_the_file_manager_are_pasted(
    talk: TalkTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    box = talk.side.place.materials
    for number, target in enumerate((box.list.zone, box.list.rows)):
        data = QMimeData()
        path = written(tmp_path / f"{number}.txt", str(number))
        data.setUrls([QUrl.fromLocalFile(str(path))])
        QGuiApplication.clipboard().setMimeData(data)
        qtbot.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        desk.settle()
    assert shown(box) == ["0.txt", "1.txt"]


def test_a_place_where_nobody_speaks_takes_files_too(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(desk, qtbot)
    empty = lines(page, lambda ln: ln.ahead and ln.row.talk is None)[0]
    box = show(desk, page, empty)
    assert drop(box.list, written(tmp_path / "a.txt"))
    desk.settle()
    assert shown(box) == ["a.txt"]


def test_a_cancelled_session_takes_none(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(desk, qtbot)
    line = coming(page)
    desk.runner.do(lambda unit: cancel_session(unit, line.key[0], "开会"))
    desk.settle()
    gone = lines(page, lambda ln: ln.row.session.status is SessionStatus.CANCELLED)[0]
    box = show(desk, page, gone)
    assert not box.isVisible()
    assert not drop(box.list, written(tmp_path / "a.txt"))


# --- refusals under the field ---------------------------------------------------------------


def test_the_same_again_is_told_under_the_field(
    talk: TalkTab, desk: Desk, tmp_path: Path
) -> None:
    box = talk.side.place.materials
    source = written(tmp_path / "a.txt")
    drop(box.list, source)
    desk.settle()
    drop(box.list, source)
    desk.settle()
    assert "“a.txt”的内容" in box.sentence
    assert "没有再存一份" in box.sentence
    drop(box.list, source, written(tmp_path / "b.txt", "新"))
    desk.settle()
    assert shown(box) == ["a.txt", "b.txt"]
    assert "“a.txt”的内容" in box.sentence
    drop(box.list, written(tmp_path / "c.txt", "再新"))
    desk.settle()
    assert box.sentence == ""


def test_a_folder_and_what_is_gone_are_told_and_the_rest_goes_in(
    talk: TalkTab, desk: Desk, tmp_path: Path
) -> None:
    box = talk.side.place.materials
    drop(box.list, tmp_path, tmp_path / "没有.txt", written(tmp_path / "a.txt"))
    desk.settle()
    assert "这是一个文件夹，没有添加" in box.sentence
    assert "另有 1 个文件也没有添加" in box.sentence
    assert shown(box) == ["a.txt"]
    assert desk.refused == []


# --- acts on a row --------------------------------------------------------------------------


@pytest.fixture
def one(talk: TalkTab, desk: Desk, tmp_path: Path) -> EvidenceBox:
    """A place with one file, selected."""
    box = talk.side.place.materials
    drop(box.list, written(tmp_path / "课件.pptx"))
    desk.settle()
    box.list.rows.select_first()
    return box


def test_enter_and_a_double_click_open_the_file(
    one: EvidenceBox, desk: Desk, qtbot: QtBot
) -> None:
    rows = one.list.rows
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    at = rows.visualRect(rows.currentIndex()).center()
    qtbot.mouseDClick(rows.viewport(), LEFT, pos=at)
    path = desk.runner.office.files.locate(stored(desk)[0].path)
    assert desk.opened == [path, path]
    assert path.read_text(encoding="utf-8") == "讲稿"


def test_delete_takes_it_off_and_undo_brings_it_back(
    one: EvidenceBox, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.keyClick(one.list.rows, Qt.Key.Key_Delete)
    desk.settle()
    assert shown(one) == []
    assert desk.committed[-1].startswith("移出材料：")
    desk.runner.do(history.undo)
    desk.settle()
    assert shown(one) == ["课件.pptx"]
    qtbot.wait_until(lambda: "添加" in second(one))


def test_f2_gives_it_another_name(one: EvidenceBox, desk: Desk, qtbot: QtBot) -> None:
    rows = one.list.rows
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert rows.isAncestorOf(editor)
    type_text(editor, "第一讲课件")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.settle()
    assert shown(one) == ["第一讲课件"]
    assert desk.opened == []


def test_the_menu_of_a_row_holds_every_act(
    one: EvidenceBox, desk: Desk, qtbot: QtBot
) -> None:
    one.list.menu_wanted.emit(stored(desk)[0], QPoint(0, 0))
    (menu,) = one.findChildren(QMenu)
    words = {action.text().split("\t")[0]: action for action in menu.actions()}
    assert list(words) == ["打开", "在文件夹中显示", "改名", "移出"]
    words["在文件夹中显示"].trigger()
    assert desk.folders == [desk.runner.office.files.locate(stored(desk)[0].path).parent]
    menu.close()


# --- files that come to harm ----------------------------------------------------------------


def test_a_changed_file_is_marked_when_its_place_is_shown_again(
    talk: TalkTab, desk: Desk, one: EvidenceBox, qtbot: QtBot
) -> None:
    path = desk.runner.office.files.locate(stored(desk)[0].path)
    path.write_text("改过", encoding="utf-8")
    line = coming(talk)
    show(desk, talk, lines(talk, lambda ln: ln.key != line.key)[0])
    show(desk, talk, line)
    qtbot.wait_until(lambda: second(one) == "文件被改过，与添加时不同")
    path.unlink()
    show(desk, talk, lines(talk, lambda ln: ln.key != line.key)[0])
    show(desk, talk, line)
    qtbot.wait_until(lambda: second(one) == "文件不见了")


def test_opening_what_is_gone_says_so_and_adding_it_again_mends_it(
    one: EvidenceBox, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    # As when the files were looked at long ago.
    qtbot.wait_until(lambda: not one._timer.isActive())
    desk.runner.office.files.locate(stored(desk)[0].path).unlink()
    qtbot.keyClick(one.list.rows, Qt.Key.Key_Return)
    assert desk.opened == []
    assert "“课件.pptx”的文件不见了" in one.sentence
    assert second(one) == "文件不见了"
    drop(one.list, tmp_path / "课件.pptx")
    desk.settle()
    assert one.sentence == ""
    qtbot.wait_until(lambda: "添加" in second(one))
    qtbot.keyClick(one.list.rows, Qt.Key.Key_Return)
    assert len(desk.opened) == 1


# --- many -----------------------------------------------------------------------------------


def test_of_many_the_first_are_shown_and_the_rest_on_demand(
    talk: TalkTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    box = talk.side.place.materials
    drop(box.list, *(written(tmp_path / f"{n:02}.jpg", str(n)) for n in range(30)))
    desk.settle()
    assert len(shown(box)) == 6
    assert box.list.more.caption == "再显示 24 份"
    qtbot.mouseClick(box.list.more, LEFT)
    assert len(shown(box)) == 30
    rows = box.list.rows
    assert rows.height() >= 30 * 44, "the pane scrolls, not the list"
    qtbot.keyClick(rows, Qt.Key.Key_End)
    pane = next(p for p in talk.side.findChildren(QScrollArea) if p.isAncestorOf(box))

    def last() -> QPoint:
        return rows.viewport().mapTo(pane, rows.visualRect(rows.currentIndex()).center())

    qtbot.wait_until(lambda: pane.rect().contains(last()))


# --- a large file on a worker of its own ----------------------------------------------------


@pytest.fixture
def free_desk(sample: SqlOffice, tmp_path: Path, qapp: object) -> Iterator[Desk]:
    """A desk whose workers do not wait."""
    made = make_desk(sample, tmp_path)
    made.runner.close()
    made.runner = Runner(sample)
    object.__setattr__(made.context, "runner", made.runner)
    made.runner.crashed.connect(made.crashed.append)
    made.runner.committed.connect(lambda saved: made.committed.append(saved.label))
    yield made
    made.runner.close()


def turn_to(page: TalkTab, line: TalkLine, qtbot: QtBot) -> None:
    """Show a place and wait for it."""
    page.show_place(*line.key)
    place = page.side.place
    qtbot.wait_until(lambda: place.line is not None and place.line.key == line.key)


def test_a_long_copy_tells_how_far_it_is_and_stops_when_asked(
    free_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(free_desk, qtbot)
    qtbot.wait_until(lambda: page.board.list.current_row() is not None)
    line = coming(page)
    box = page.side.place.materials
    turn_to(page, line, qtbot)
    source = tmp_path / "录像.mp4"
    with source.open("wb") as made:
        made.truncate(400_000_000)
    assert drop(box.list, source)
    qtbot.wait_until(lambda: "正在添加" in box.list.copying)
    box.list.stopped.emit()
    qtbot.wait_until(lambda: box.list.copying == "")
    folder = free_desk.runner.office.files.locate("x").parent
    assert list(folder.iterdir()) == []
    assert (box.sentence, free_desk.committed) == ("", [])


def test_a_copy_goes_to_the_place_it_was_dropped_on(
    free_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(free_desk, qtbot)
    qtbot.wait_until(lambda: page.board.list.current_row() is not None)
    first, other = lines(page, lambda ln: ln.ahead and ln.taken and ln.row.day > TODAY)[:2]
    box = page.side.place.materials
    turn_to(page, first, qtbot)
    assert drop(box.list, written(tmp_path / "a.txt", "一" * 100_000))
    turn_to(page, other, qtbot)
    qtbot.wait_until(lambda: len(free_desk.committed) == 1)
    assert shown(box) == []
    turn_to(page, first, qtbot)
    qtbot.wait_until(lambda: shown(box) == ["a.txt"])


# --- 签到与心得 -----------------------------------------------------------------------------


def test_the_sign_in_page_shows_the_same_files(
    talk: TalkTab, desk: Desk, one: EvidenceBox, qtbot: QtBot, tmp_path: Path
) -> None:
    (session_id, place) = coming(talk).key
    page = open_page(desk, qtbot, SignInTab)
    page.open_sign_in(session_id, None, None)
    desk.settle()
    section = page.editors.sections[0]
    assert isinstance(section, TalkSection)
    box = section.materials
    assert box is not None
    assert shown(box) == ["课件.pptx"]
    drop(box.list, written(tmp_path / "b.txt", "新"))
    desk.settle()
    assert shown(box) == shown(one) == ["课件.pptx", "b.txt"]
    assert place == 1
