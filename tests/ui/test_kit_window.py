"""The window and its pages: what is built when, sizes, keys, search, first run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.ui.cells import Column
from bulletin_study.ui.controls import primary_button, quiet_button
from bulletin_study.ui.fields import FilterField, LineField
from bulletin_study.ui.frame import Page
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.main_window import MainWindow, PageSpec
from bulletin_study.ui.shell import Hit, MenuEntry
from bulletin_study.ui.sizes import SizeClass, size_class
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.list_view import ListView

TITLES = ["本周", "每周一学", "每周一讲", "签到与心得", "每周一评", "统计导出", "人员"]


class Thing:
    """Something that is stored."""


@dataclass
class FakeShell:
    """Writes down what the window asks for."""

    asked: list[object] = field(default_factory=list)
    answers: list[tuple[str, Callable[[str, Sequence[Hit]], None]]] = field(default_factory=list)

    def undo(self) -> None:
        self.asked.append("undo")

    def redo(self) -> None:
        self.asked.append("redo")

    def search(self, text: str, then: Callable[[str, Sequence[Hit]], None]) -> None:
        self.answers.append((text, then))

    def open_hit(self, hit: Hit) -> None:
        self.asked.append(hit)

    def menu(self) -> Sequence[MenuEntry]:
        return [MenuEntry("关于", lambda: self.asked.append("about"))]

    def first_run_choice(self, choice: str) -> None:
        self.asked.append(choice)

    def file_dropped(self, path: Path) -> None:
        self.asked.append(path)


class SamplePage(Page):
    """A list with a left pane and an inspector."""

    title, name = "每周一学", "sample"
    entities = frozenset({Thing})

    def __init__(self) -> None:
        super().__init__()
        self.reloads = 0
        self.pressed: list[str] = []
        self.sizes: list[SizeClass] = []
        columns: list[Column[int]] = [Column("n", "编号", str)]
        self.model = RowsModel(columns, key=lambda row: row)
        self.list = ListView(self.model)
        self.list.opened.connect(lambda row: self.edit_item())
        self.left = FilterField("日历")
        pane = Inspector()
        self.theme_field = LineField()
        pane.form.add("主题", self.theme_field)
        self.toolbar.add_left(quiet_button("第48周", "calendar"))
        self.toolbar.add_left(quiet_button("回到本周"), optional=True)
        self.exported = quiet_button(
            "导出台账…", "export", shortcut="Ctrl+E", on_click=lambda: self.pressed.append("导出")
        )
        self.toolbar.add_right(quiet_button("批量安排一整年的场次…", "calendar"))
        self.toolbar.add_right(self.exported, fold=True)
        self.toolbar.set_primary(
            primary_button("新建场次", "plus", on_click=lambda: self.pressed.append("主按钮"))
        )
        self.set_panes(self.list, left=self.left, inspector=pane, left_label="11月")

    def reload(self) -> None:
        self.reloads += 1
        self.model.set_rows(range(5))

    def new_item(self) -> None:
        self.pressed.append("新建")

    def layout_for(self, size: SizeClass) -> None:
        self.sizes.append(size)

    def focus_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


@pytest.fixture
def shell() -> FakeShell:
    return FakeShell()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot, shell: FakeShell, settings: QSettings) -> MainWindow:
    return open_window(qtbot, shell, settings)


def open_window(qtbot: QtBot, shell: FakeShell, settings: QSettings) -> MainWindow:
    made = MainWindow(settings)
    made.furnish([PageSpec(title, SamplePage) for title in TITLES], shell, "/data")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.isActiveWindow() and bool(made.built_pages))
    return made


def sample(window: MainWindow, at: int = 0) -> SamplePage:
    page = window.page(at)
    assert isinstance(page, SamplePage)
    return page


# ---- pages ----
def test_a_page_is_made_when_its_tab_is_first_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    assert list(window.built_pages) == [0]
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.current == 2
    assert sorted(window.built_pages) == [0, 2]
    assert sample(window, 2).reloads == 1
    assert sample(window, 2).list.hasFocus()


def test_a_commit_reloads_what_is_seen_now_and_the_rest_when_looked_at(
    window: MainWindow,
) -> None:
    first, second = sample(window, 0), sample(window, 1)
    window.committed("已改第22次的地点", frozenset({Thing}))
    window.committed("别的", frozenset({FakeShell}))
    assert (first.reloads, second.reloads) == (2, 0)
    window.go(1)
    assert (first.reloads, second.reloads) == (2, 1)
    window.go(0)
    window.go(1)
    assert (first.reloads, second.reloads) == (2, 1)


def test_the_status_line_offers_undo_and_links(window: MainWindow, shell: FakeShell) -> None:
    opened: list[bool] = []
    window.committed("已把 12 人标为“到”", frozenset())
    assert (window.status.text, window.status.link.text()) == ("已把 12 人标为“到”", "撤销")
    window.status.link.click()
    window.say("已导出台账", link=("打开文件夹", lambda: opened.append(True)))
    window.status.link.click()
    sample(window).said.emit("只是说说")
    assert shell.asked == ["undo"]
    assert opened == [True]
    assert window.status.text == "只是说说"
    assert window.status.link.isHidden()


def test_shared_keys_reach_the_open_page(
    window: MainWindow, shell: FakeShell, qtbot: QtBot
) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    page = sample(window)
    for key in (Qt.Key.Key_N, Qt.Key.Key_Return, Qt.Key.Key_E, Qt.Key.Key_Z, Qt.Key.Key_Y):
        qtbot.keyClick(page.list, key, ctrl)
    # A button that is pressed by its key is seen going down before it acts.
    qtbot.waitUntil(lambda: page.pressed == ["新建", "主按钮", "导出"])
    assert shell.asked == ["undo", "redo"]
    assert page.inspector is not None
    qtbot.keyClick(page.list, Qt.Key.Key_I, ctrl)
    assert not page.inspector.isVisible()
    qtbot.keyClick(page.list, Qt.Key.Key_I, ctrl)
    assert page.inspector.isVisible()


def test_f6_walks_round_the_panes_and_esc_returns_to_the_list(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = sample(window)
    page.list.setFocus()
    walked = []
    for _ in range(4):
        focus = window.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_F6)
        walked.append(window.focusWidget())
    assert page.inspector is not None
    assert page.inspector.isAncestorOf(walked[0])
    assert page.toolbar.isAncestorOf(walked[1])
    assert walked[2] is page.left
    assert walked[3] is page.list
    qtbot.keyClick(page.list, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is page.left
    page.list.select_first()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.focusWidget() is page.theme_field
    qtbot.keyClick(page.theme_field, Qt.Key.Key_Escape)
    assert window.focusWidget() is page.list


# ---- sizes ----
def test_the_classes_of_width() -> None:
    widths = (880, 999, 1000, 1199, 1200, 1920)
    assert [size_class(width).name for width in widths] == [
        "SMALL", "SMALL", "MEDIUM", "MEDIUM", "FULL", "FULL",
    ]  # fmt: skip


def test_a_window_that_opens_small_is_arranged_small(
    shell: FakeShell, settings: QSettings, qtbot: QtBot
) -> None:
    window = MainWindow(settings)
    window.furnish([PageSpec(t, SamplePage) for t in TITLES], shell)
    qtbot.addWidget(window)
    window.resize(911, 472)
    window.show()
    qtbot.waitUntil(lambda: bool(window.built_pages))
    page = sample(window)
    assert page.size_class is SizeClass.SMALL
    assert not page.left.isVisible()
    assert not window.search.field.isVisible()
    assert sample(window, 1).size_class is SizeClass.SMALL


def test_the_left_pane_folds_into_a_popup_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    page = sample(window)
    assert page.left.isVisible()
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: page.size_class is SizeClass.MEDIUM)
    assert not page.left.isVisible()
    opener = next(b for b in page.toolbar.findChildren(QWidget) if _text(b) == "11月")
    assert opener.isVisible()
    page.set_left_label("12月")
    qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)
    assert page.left.isVisible()
    page.close_left()
    assert not page.left.isVisible()
    window.resize(1366, 768)
    qtbot.waitUntil(page.left.isVisible)
    assert not opener.isVisible()
    assert page.sizes[-2:] == [SizeClass.MEDIUM, SizeClass.FULL]


def test_in_a_small_window_the_inspector_is_a_second_sheet(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = sample(window)
    window.resize(911, 472)
    qtbot.waitUntil(lambda: page.size_class is SizeClass.SMALL)
    assert page.inspector is not None
    assert page.list.isVisible()
    assert not page.inspector.isVisible()
    page.list.select_first()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.inspector.isVisible()
    assert not page.list.isVisible()
    qtbot.keyClick(page.theme_field, Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert page.list.hasFocus()


def test_a_narrow_toolbar_folds_and_its_keys_still_work(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = sample(window)
    primary = page.toolbar.primary
    assert primary is not None
    page.toolbar.setFixedWidth(520)
    qtbot.waitUntil(lambda: not page.exported.isVisible())
    assert primary.text() == "新建场次"
    assert primary.geometry().right() <= page.toolbar.width()
    qtbot.keyClick(page.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.pressed == ["导出"]
    page.toolbar.setFixedWidth(1366)
    qtbot.waitUntil(page.exported.isVisible)


def test_a_button_that_is_away_or_folded_comes_back_only_where_it_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = sample(window)
    bar = page.toolbar
    bar.setFixedWidth(520)
    qtbot.waitUntil(lambda: not page.exported.isVisible())
    bar.set_present(page.exported, True)
    assert not page.exported.isVisible()
    bar.set_present(page.exported, False)
    bar.setFixedWidth(1366)
    qtbot.waitUntil(lambda: bar.width() == 1366)
    assert not page.exported.isVisible()
    bar.set_present(page.exported, True)
    assert page.exported.isVisible()


def test_fitting_the_toolbar_comes_to_rest(window: MainWindow, qtbot: QtBot) -> None:
    page = sample(window)
    counted: list[int] = []

    class Counter(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.LayoutRequest:
                counted.append(1)
            return False

    page.toolbar.setFixedWidth(520)
    qtbot.waitUntil(lambda: not page.exported.isVisible())
    qtbot.wait(30)
    counter = Counter()
    page.toolbar.installEventFilter(counter)
    qtbot.wait(60)
    assert counted == []


def test_ctrl_q_leaves_as_the_menu_promises(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


# ---- search ----
def test_hits_are_grouped_steered_by_keys_and_opened(
    window: MainWindow, shell: FakeShell, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.search.field, "wz")
    qtbot.waitUntil(lambda: bool(shell.answers))
    text, then = shell.answers[-1]
    hits = [Hit("人员", "吴知行"), Hit("人员", "魏子衿"), Hit("场次", "11-30 每周一学")]
    then("old", hits[:1])
    assert window.search.panel.isHidden()
    then(text, hits)
    assert window.search.panel.isVisible()
    qtbot.keyClick(window.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.search.field, Qt.Key.Key_Return)
    assert shell.asked == [hits[2]]
    assert window.search.panel.isHidden()
    assert window.search.field.text() == ""


def test_esc_clears_the_search_and_then_goes_back(
    window: MainWindow, shell: FakeShell, qtbot: QtBot
) -> None:
    page = sample(window)
    page.list.setFocus()
    window.search.start()
    qtbot.keyClicks(window.search.field, "qq")
    qtbot.waitUntil(lambda: bool(shell.answers))
    shell.answers[-1][1]("qq", [])
    assert window.search.panel.isVisible()
    qtbot.keyClick(window.search.field, Qt.Key.Key_Escape)
    assert window.search.panel.isHidden()
    qtbot.keyClick(window.search.field, Qt.Key.Key_Escape)
    assert page.list.hasFocus()


def test_a_narrow_window_opens_the_field_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not window.search.field.isVisible())
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search.field.isVisible()
    assert window.search.field.hasFocus()


# ---- first run ----
def test_first_run_offers_three_ways_and_gives_way_to_the_pages(
    window: MainWindow, shell: FakeShell, qtbot: QtBot
) -> None:
    window.show_first_run(True)
    focus = window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "导入花名册"
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    qtbot.keyClick(focus, Qt.Key.Key_Right)
    second = window.focusWidget()
    assert second is not None
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert shell.asked == ["import", "demo"]
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current == 0
    window.show_first_run(False)
    assert sample(window).isVisible()
    window.go(1)
    assert window.current == 1


def test_a_dropped_file_is_handed_on(window: MainWindow, shell: FakeShell, tmp_path: Path) -> None:
    data = QMimeData()
    path = tmp_path / "花名册.xlsx"
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(100, 100), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dropEvent(event)
    assert shell.asked == [path]


def test_it_comes_back_as_it_was_left(
    window: MainWindow, shell: FakeShell, settings: QSettings, qtbot: QtBot
) -> None:
    window.go(3)
    sample(window, 3).toggle_inspector()
    window.close()
    again = open_window(qtbot, shell, settings)
    assert again.current == 3
    page = sample(again, 3)
    assert page.inspector is not None
    assert not page.inspector.isVisible()


def test_what_is_being_typed_is_committed_before_the_window_closes(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = sample(window)
    pairs: list[tuple[object, object]] = []
    page.theme_field.autosave.committed.connect(lambda old, new: pairs.append((old, new)))
    page.theme_field.set_value("旧")
    page.theme_field.setFocus()
    qtbot.waitUntil(page.theme_field.hasFocus)
    page.theme_field.setText("新")
    window.close()
    assert pairs == [("旧", "新")]


def test_a_badge_is_spoken_with_its_tab(window: MainWindow) -> None:
    sample(window).badge_changed.emit(4)
    bar = window.body.bar
    assert (bar.badge(0), bar.accessibleTabName(0)) == (4, "本周，4 项待办")
    before = bar.tabRect(0).width()
    window.set_badge(0, 0)
    assert bar.tabRect(0).width() < before


def _text(widget: QWidget) -> str:
    caption = getattr(widget, "caption", "")
    return str(caption)


def test_tab_goes_round_as_the_eye_does(window: MainWindow, qtbot: QtBot) -> None:
    page = sample(window)
    window.say("已存", undo=True)
    with qtbot.waitActive(window):
        window.activateWindow()
    for width in (1366, 900):
        window.resize(width, 600)
        qtbot.waitUntil(lambda width=width: window.body.width() == width)
        start: QWidget = window.body.bar
        start.setFocus(Qt.FocusReason.TabFocusReason)
        passed = []
        for _ in range(40):
            qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
            if window.focusWidget() is start:
                break
            passed.append(window.focusWidget())
        shown = [one for one in passed if page.toolbar.isAncestorOf(one)]
        assert [one.x() for one in shown] == sorted(one.x() for one in shown)
        assert len(shown) >= 4
        assert passed.index(shown[0]) < passed.index(page.list)
        assert passed[-1] is window.status.link
