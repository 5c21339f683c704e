"""打印导出 in 签到与心得: one menu, every paper, printed or saved, numbers fixed when it is out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import docx
import openpyxl
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import SessionKindLink
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui import paper_desk
from bulletin_study.ui.paper_desk import Outgoing
from bulletin_study.ui.print_dialog import PrintPreview
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.sizes import SizeClass
from bulletin_study.ui.tabs.signin import SignInTab
from bulletin_study.usecases.history import undo
from bulletin_study.usecases.papers import Paper, Paragraph
from bulletin_study.usecases.ports import Progress, UnitOfWork
from tests.contract.paper_office import AHEAD, HELD, OFF, TALKS, TOGETHER, name_of, paper_office
from tests.ui.harness import Desk, make_desk, open_page


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = paper_office(tmp_path / "papers.sqlite3", 12)
    yield store
    store.close()


@pytest.fixture
def own(office: SqlOffice, tmp_path: Path, qapp: object) -> Iterator[Desk]:
    made = make_desk(office, tmp_path)
    yield made
    made.runner.close()


@pytest.fixture
def tab(own: Desk, qtbot: QtBot) -> Iterator[SignInTab]:
    """The page in a window: keys find their way by it."""
    window = QMainWindow()
    qtbot.addWidget(window)
    page = SignInTab(own.context)
    own.runner.committed.connect(lambda saved: page.committed(saved.entities))
    window.setCentralWidget(page)
    window.resize(1366, 700)
    window.show()
    own.settle()
    yield page
    window.close()


def show(own: Desk, tab: SignInTab, session_id: int) -> None:
    tab.show_session(session_id)
    own.settle()


def menu_of(tab: SignInTab) -> dict[str, QAction]:
    """Every action of the menu by its words, those of a submenu after its title."""
    tab.papers.menu.aboutToShow.emit()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = {action.text(): action for action in tab.papers.menu.actions() if action.text()}
    for part in tab.papers.menu.findChildren(QMenu):
        found |= {f"{part.title()} {a.text()}": a for a in part.actions() if a.text()}
    return found


def choose(own: Desk, tab: SignInTab, words: str, path: Path | None = None) -> None:
    own.save_path = path
    menu_of(tab)[words].trigger()
    own.settle()


def press(tab: SignInTab, qtbot: QtBot, key: Qt.Key) -> None:
    """Ctrl and a key, wherever the focus is."""
    tab.window().activateWindow()
    tab.focus_list()
    qtbot.waitUntil(tab.isActiveWindow)
    qtbot.keyClick(tab.window(), key, Qt.KeyboardModifier.ControlModifier)


def fixed(office: SqlOffice) -> set[tuple[int, int]]:
    with office.view() as unit:
        links = unit.all(SessionKindLink)
    return {(link.session_id, link.kind_id) for link in links if link.ordinal is not None}


def previews(tab: SignInTab) -> list[PrintPreview]:
    return tab.findChildren(PrintPreview)


def test_a_saved_sheet_is_there_fixes_its_number_and_says_so(
    own: Desk, tab: SignInTab, office: SqlOffice, tmp_path: Path
) -> None:
    show(own, tab, HELD)
    choose(own, tab, "签到表（已填） 存为文件…", tmp_path / "签到表.docx")
    cells = [c.text for row in docx.Document(str(own.save_path)).tables[0].rows for c in row.cells]
    assert name_of(12) in cells
    assert own.committed[-1] == "固定期次：2026-11-23 每周一学第2次"
    assert fixed(office) == {(HELD, 1)}
    assert tab.banner.sentence == "已导出“签到表.docx”。"
    tab.banner._act.click()
    assert own.folders == [tmp_path]
    with office.unit() as unit:
        undo(unit)
    assert fixed(office) == set()


def test_every_paper_can_be_saved(own: Desk, tab: SignInTab, tmp_path: Path) -> None:
    show(own, tab, TALKS)
    for number, words in enumerate((
        "签到表（空白） 存为文件…", "签到表（已填） 存为文件…", "会议记录 存为文件…",
        "讲课记录 存为文件…", "心得汇编 存为文件…",
    )):  # fmt: skip
        path = tmp_path / f"{number}.pdf"
        choose(own, tab, words, path)
        assert path.read_bytes().startswith(b"%PDF-"), words
    choose(own, tab, "签到明细（xlsx）…", tmp_path / "明细.xlsx")
    details = openpyxl.load_workbook(tmp_path / "明细.xlsx").worksheets[0]
    assert "每周一讲签到表" in str(details["A1"].value)
    choose(own, tab, "签到表（已填） 存为文件…", tmp_path / "表.xlsx")
    assert openpyxl.load_workbook(tmp_path / "表.xlsx").sheetnames == ["11-18每周一讲"]


def test_what_there_is_nothing_of_is_grey(own: Desk, tab: SignInTab) -> None:
    show(own, tab, AHEAD)
    papers = {words: action.isEnabled() for words, action in menu_of(tab).items()}
    assert {word for word in papers if papers[word] and " " not in word} == {
        "打印签到表（空白）…", "签到表（空白）", "会议记录", "签到明细（xlsx）…",
    }  # fmt: skip
    show(own, tab, OFF)
    assert list(menu_of(tab)) == ["本场已取消，没有可以打印的"]


def test_kinds_held_together_let_one_choose(
    own: Desk, tab: SignInTab, office: SqlOffice, tmp_path: Path
) -> None:
    show(own, tab, TOGETHER)
    choose(own, tab, "会议记录 只要主题党日：存为文件…", tmp_path / "党日.docx")
    assert docx.Document(str(own.save_path)).paragraphs[0].text == "主题党日会议记录"
    assert fixed(office) == {(TOGETHER, 90)}
    choose(own, tab, "签到表（已填） 合为一份：存为文件…", tmp_path / "合.docx")
    assert docx.Document(str(own.save_path)).paragraphs[0].text == "每周一学、主题党日签到表"
    choose(own, tab, "签到表（空白） 每个活动各一份：存为文件…", tmp_path / "各.docx")
    assert len(docx.Document(str(own.save_path)).tables) == 2


def test_ctrl_p_prints_the_sheet_and_only_what_was_printed_is_fixed(
    own: Desk, tab: SignInTab, office: SqlOffice, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(paper_desk, "has_printer", lambda: True)
    show(own, tab, HELD)
    for printed in (False, True):
        press(tab, qtbot, Qt.Key.Key_P)
        own.settle()
        (dialog,) = previews(tab)
        assert dialog.windowTitle() == "打印签到表"
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "打印.pdf"))
        dialog.paintRequested.emit(printer)
        assert fixed(office) == set(), "a preview is not yet a paper"
        (dialog.accept if printed else dialog.reject)()
        qtbot.waitUntil(lambda: not previews(tab))
        own.settle()
    assert fixed(office) == {(HELD, 1)}
    assert own.committed[-1].startswith("固定期次")


def test_without_a_printer_a_file_is_offered(
    own: Desk, tab: SignInTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_desk, "has_printer", lambda: False)
    show(own, tab, AHEAD)
    tab.papers.print_usual()
    assert tab.banner.sentence.startswith("这台机器没有装打印机")
    own.save_path = tmp_path / "空白.pdf"
    tab.banner._act.click()
    own.settle()
    assert own.save_path.exists()
    show(own, tab, OFF)
    tab.papers.print_usual()
    assert tab.banner.sentence == "本场已取消，没有签到表可以打印。"


def test_ctrl_e_opens_the_menu_also_where_the_button_is_folded(
    own: Desk, tab: SignInTab, qtbot: QtBot
) -> None:
    for width, size in ((1366, SizeClass.FULL), (911, SizeClass.SMALL)):
        tab.window().resize(width, 600)
        tab.apply_size(size)
        press(tab, qtbot, Qt.Key.Key_E)
        qtbot.waitUntil(tab.papers.menu.isVisible)
        tab.papers.menu.close()


def test_a_file_that_cannot_be_written_is_told_and_fixes_nothing(
    own: Desk, tab: SignInTab, office: SqlOffice, tmp_path: Path
) -> None:
    show(own, tab, HELD)
    choose(own, tab, "会议记录 存为文件…", tmp_path / "没有" / "会议记录.docx")
    assert "会议记录.docx" in tab.banner.sentence
    assert fixed(office) == set(), "what was not written fixes nothing"


@pytest.fixture
def busy(office: SqlOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Desk, SignInTab]]:
    """The page with a worker of its own, as in the program."""
    desk = make_desk(office, tmp_path)
    desk.runner.close()
    runner = Runner(office)
    desk.context = replace(desk.context, runner=runner)
    yield desk, open_page(desk, qtbot, SignInTab)
    runner.close()


class Slow:
    """Something to save that is not read before it may go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = Event(), Event()

    def __call__(self, unit: UnitOfWork, progress: Progress) -> Paper:
        self.begun.set()
        assert self.go_on.wait(10)
        progress(1, 2)
        return Paper("慢", (Paragraph("慢"),))


def test_cancelling_leaves_no_half_file(busy: tuple[Desk, SignInTab], qtbot: QtBot) -> None:
    (desk, page), slow = busy, Slow()
    desk.save_path = Path(desk.context.settings.fileName()).with_name("停.docx")
    page.papers.save(Outgoing("停", "停.docx", "", paper=slow))
    bar = page.papers.desk.bar
    assert slow.begun.wait(10)
    assert bar.isVisible()
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    slow.go_on.set()
    qtbot.waitUntil(bar.isHidden)
    assert page.banner.sentence == "已取消导出，没有留下半个文件。"
    assert not desk.save_path.exists()


def test_a_second_export_waits_for_the_first_and_both_are_written(
    busy: tuple[Desk, SignInTab], qtbot: QtBot, tmp_path: Path
) -> None:
    (desk, page), slow = busy, Slow()
    paths = [tmp_path / "一.docx", tmp_path / "二.pdf"]
    for path, build in zip(paths, (slow, lambda unit, _: slow(unit, lambda *_: None)), strict=True):
        desk.save_path = path
        page.papers.save(Outgoing("慢", path.name, "", paper=build))
    slow.go_on.set()
    qtbot.waitUntil(page.papers.desk.bar.isHidden)
    assert all(path.exists() for path in paths)


def test_a_package_is_told_of_although_its_session_is_no_longer_shown(
    busy: tuple[Desk, SignInTab], qtbot: QtBot, tmp_path: Path
) -> None:
    desk, page = busy
    page.show_session(HELD)
    # Asked for is not shown yet: the session that was due is read first.
    qtbot.waitUntil(lambda: page._shown is not None and page._shown.session.id == HELD)
    first, desk.save_path = page.editors.files, tmp_path / "包.zip"
    assert first is not None
    first.pack.click()
    page.show_session(TALKS)
    qtbot.waitUntil(lambda: page.editors.files is not first)
    qtbot.waitUntil(page.papers.desk.bar.isHidden)
    qtbot.waitUntil(lambda: "已导出“包.zip”" in page.banner.sentence)
    assert desk.save_path.exists()


def test_characters_that_no_typeface_has_are_told_of_in_pdf_and_print_not_in_word(
    own: Desk, tab: SignInTab, office: SqlOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.unit() as unit:
        person = unit.get(Person, 12)
        assert person is not None
        unit.put(replace(person, name="周\U0010fffd"))
        unit.commit("改名")
    show(own, tab, AHEAD)
    choose(own, tab, "签到表（空白） 存为文件…", tmp_path / "空白.pdf")
    assert tab.banner.sentence.startswith("“空白.pdf”写好了，但这台机器的字体里没有“")
    assert "\U0010fffd”，PDF 里是方框" in tab.banner.sentence
    assert own.save_path is not None
    assert own.save_path.exists()
    choose(own, tab, "签到表（空白） 存为文件…", tmp_path / "空白.docx")
    assert tab.banner.sentence == "已导出“空白.docx”。"
    monkeypatch.setattr(paper_desk, "has_printer", lambda: True)
    choose(own, tab, "打印签到表（空白）…")
    assert "打印出来是方框" in tab.banner.sentence
    previews(tab)[0].reject()
