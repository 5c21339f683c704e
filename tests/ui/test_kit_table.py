"""Lists: the model keeps its promises, the view its place, and editing never loses words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.fields import ChoiceField, LineField
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.widgets.column_fit import fit_columns
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str
    group: str = "甲组"
    count: int = 0
    day: date | None = None


COLUMNS: list[Column[Row]] = [
    Column("name", "姓名", lambda r: Cell(r.name, bold=True), 100, edit="text",
           value=lambda r: r.name),
    Column("group", "组室", lambda r: r.group, 100, drop=1, edit="choice", value=lambda r: r.group,
           choices=lambda r: [("甲组", "甲组"), ("乙组", "乙组")]),
    Column("count", "篇数", lambda r: Cell(f"{r.count} 篇", sort=r.count), 80, right=True, drop=2),
    Column("day", "日期", lambda r: str(r.day or ""), 100, edit="date", value=lambda r: r.day),
    Column("note", "备注", lambda r: Cell("未填报", link="复制催办", tip="还没有写"), least=120),
]  # fmt: skip
ROWS = [Row(1, "张三", count=9), Row(2, "李四", count=10), Row(3, "王五", count=2)]
GROUPS = [(GroupRow("a", "甲组", "2 人"), ROWS[:2]), (GroupRow("b", "乙组"), ROWS[2:])]


@pytest.fixture
def model() -> RowsModel[Row]:
    return RowsModel(COLUMNS, key=lambda row: row.id)


@pytest.fixture
def view(model: RowsModel[Row], qtbot: QtBot) -> ListView:
    made = ListView(model)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def _names(model: RowsModel[Row]) -> list[str]:
    return [row.name for row in model.rows()]


def test_the_model_passes_the_testers_through_all_its_changes(
    model: RowsModel[Row], qtmodeltester: ModelTester
) -> None:
    strict = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    model.set_rows(ROWS)
    qtmodeltester.check(model)
    model.set_groups(GROUPS)
    qtmodeltester.check(model)
    model.set_filter(lambda row: row.id == 3)
    qtmodeltester.check(model)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    model.set_filter(None)
    model.set_columns(COLUMNS[:2])
    model.set_rows([])
    qtmodeltester.check(model)
    assert strict.model() is model


def test_sorting_compares_figures_as_figures_and_can_be_taken_back(
    model: RowsModel[Row],
) -> None:
    model.set_rows(ROWS)
    model.sort(2)
    assert _names(model) == ["王五", "张三", "李四"]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert _names(model) == ["李四", "张三", "王五"]
    model.sort(-1)
    assert _names(model) == ["张三", "李四", "王五"]


def test_filtering_drops_empty_headings_and_sorting_stays_within_groups(
    model: RowsModel[Row],
) -> None:
    model.set_groups(GROUPS)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert _names(model) == ["李四", "张三", "王五"]
    model.set_filter(lambda row: row.id < 3)
    assert model.rowCount() == 1
    model.set_filter(lambda row: False)
    assert model.rowCount() == 0
    assert not model.index_of(1).isValid()


@given(st.lists(st.lists(st.integers(), max_size=6), max_size=6), st.integers(0, 2))
def test_every_row_is_found_by_its_key(sizes: Sequence[Sequence[int]], keep: int) -> None:
    model: RowsModel[Row] = RowsModel(COLUMNS, key=lambda row: row.id)
    number = 0
    groups = []
    for at, group in enumerate(sizes):
        rows = [Row(number + n, str(count), count=count) for n, count in enumerate(group)]
        number += len(rows)
        groups.append((GroupRow(at, str(at)), rows))
    model.set_groups(groups)
    model.set_filter(lambda row: row.id % 3 != keep)
    model.sort(2)
    for row in model.rows():
        index = model.index_of(row.id)
        assert model.row_at(index) == row
        assert model.row_at(model.index(index.row(), 1, index.parent())) == row
    assert {row.id for row in model.rows()} == {i for i in range(number) if i % 3 != keep}


def test_the_selected_row_survives_a_reload_by_key(view: ListView, model: RowsModel[Row]) -> None:
    model.set_groups(GROUPS)
    view.select_key(2)
    told: list[object] = []
    view.current_changed.connect(told.append)
    changed = replace(ROWS[1], name="李四改")
    model.set_groups([(GROUPS[1][0], GROUPS[1][1]), (GROUPS[0][0], [changed])])
    assert view.current_row() == changed
    assert told[-1] == changed
    model.set_groups(GROUPS[1:])
    assert view.current_row() is None
    assert told[-1] is None


def test_folded_groups_stay_folded(view: ListView, model: RowsModel[Row]) -> None:
    model.set_groups(GROUPS)
    view.collapse(model.index_of_group("a"))
    model.set_groups(GROUPS)
    assert not view.isExpanded(model.index_of_group("a"))
    assert view.isExpanded(model.index_of_group("b"))
    view.select_key(1)
    assert view.isExpanded(model.index_of_group("a"))


def test_keys_walk_past_headings_open_and_copy(
    view: ListView, model: RowsModel[Row], qtbot: QtBot
) -> None:
    model.set_groups(GROUPS)
    opened: list[Row] = []
    view.opened.connect(opened.append)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.select_first()
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened[0] == ROWS[1]
    assert opened[-1] == ROWS[2]
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\t")[:3] == ["王五", "甲组", "2 篇"]
    view.step(-1)
    assert view.current_row() == ROWS[1]


def test_typing_edits_and_enter_hands_the_edit_to_the_page(
    view: ListView, model: RowsModel[Row], qtbot: QtBot
) -> None:
    model.set_rows(ROWS)
    edits: list[tuple[Row, str, object]] = []
    model.edited.connect(lambda row, name, value: edits.append((row, name, value)))
    view.select_key(1)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(LineField)
    assert isinstance(editor, LineField)
    assert editor.text() == "张三"
    editor.setText("张三丰")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edits == [(ROWS[0], "name", "张三丰")]
    assert model.rows().__next__().name == "张三"


def test_esc_takes_an_edit_back(view: ListView, model: RowsModel[Row], qtbot: QtBot) -> None:
    model.set_rows(ROWS)
    edits: list[object] = []
    model.edited.connect(lambda row, name, value: edits.append(value))
    view.select_key(1)
    assert view.edit_current("name")
    editor = view.findChild(LineField)
    assert isinstance(editor, LineField)
    editor.setText("别的")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert edits == []


def test_a_value_that_cannot_be_read_keeps_the_editor_open(
    view: ListView, model: RowsModel[Row], qtbot: QtBot
) -> None:
    model.set_rows(ROWS)
    edits: list[object] = []
    model.edited.connect(lambda row, name, value: edits.append(value))
    view.select_key(1)
    assert view.edit_current("day")
    editor = view.findChild(DateField)
    assert isinstance(editor, DateField)
    editor.setText("13-45")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edits == []
    assert editor.isVisible()
    assert editor.property("invalid") is True
    editor.setText("2026-11-30")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edits == [date(2026, 11, 30)]


def test_tab_goes_on_to_the_next_editable_cell(
    view: ListView, model: RowsModel[Row], qtbot: QtBot
) -> None:
    model.set_rows(ROWS)
    edits: list[tuple[str, object]] = []
    model.edited.connect(lambda row, name, value: edits.append((name, value)))
    view.select_key(1)
    view.edit_current("name")
    editor = view.findChild(LineField)
    assert isinstance(editor, LineField)
    editor.setText("赵六")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    choice = view.findChild(ChoiceField)
    assert isinstance(choice, ChoiceField)
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    assert edits == [("name", "赵六"), ("group", "乙组")]


def test_words_being_typed_survive_a_reload(
    view: ListView, model: RowsModel[Row], qtbot: QtBot
) -> None:
    model.set_rows(ROWS)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.select_key(2)
    view.edit_current("name")
    first = view.findChild(LineField)
    assert isinstance(first, LineField)
    qtbot.waitUntil(first.hasFocus)
    first.setText("半句话")
    model.set_rows([replace(ROWS[0], count=99), *ROWS[1:]])
    open_ones = [e for e in view.findChildren(QLineEdit) if e.isVisible()]
    assert [editor.text() for editor in open_ones] == ["半句话"]
    assert view.current_row() == ROWS[1]


def test_a_click_on_a_painted_link_acts(
    view: ListView, model: RowsModel[Row], qtbot: QtBot
) -> None:
    model.set_rows(ROWS)
    acted: list[tuple[Row, str]] = []
    view.acted.connect(lambda row, name: acted.append((row, name)))
    rect = view.visualRect(model.index(1, 4))
    from bulletin_study.ui.theme import theme

    words = theme().metrics(13).horizontalAdvance("未填报")
    inside = rect.topLeft() + rect.center() - rect.topLeft()
    inside.setX(rect.left() + 8 + words + 12)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    inside.setX(rect.left() + 10)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert acted == [(ROWS[1], "note")]


def test_a_matrix_tells_row_and_column(view: ListView, model: RowsModel[Row], qtbot: QtBot) -> None:
    model.set_rows(ROWS)
    view.select_cells()
    cells: list[tuple[Row, str]] = []
    view.cell_changed.connect(lambda row, name: cells.append((row, name)))
    view.setCurrentIndex(model.index(0, 1))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert cells == [(ROWS[0], "group"), (ROWS[0], "count"), (ROWS[1], "count")]
    model.set_rows([replace(row, count=1) for row in ROWS])
    assert view.currentIndex() == model.index(1, 2)


def test_a_narrow_list_drops_columns_and_never_scrolls_sideways(
    view: ListView, model: RowsModel[Row]
) -> None:
    model.set_rows(ROWS)
    view.resize(420, 300)
    shown = [c.name for at, c in enumerate(COLUMNS) if not view.isColumnHidden(at)]
    assert shown == ["name", "group", "day", "note"]
    view.resize(330, 300)
    assert view.isColumnHidden(1)
    assert view.header().length() <= view.viewport().width()
    view.resize(700, 300)
    assert not view.isColumnHidden(1)
    view.set_column_shown("group", False)
    assert view.isColumnHidden(1)


@given(
    st.integers(60, 2000), st.dictionaries(st.sampled_from(["name", "day"]), st.integers(24, 300))
)
def test_columns_fill_the_width_exactly_when_they_can(room: int, chosen: dict[str, int]) -> None:
    widths = fit_columns(COLUMNS, room, chosen)
    least = chosen.get("name", 100) + chosen.get("day", 100)
    if room >= least + 120:
        assert sum(widths.values()) == room
    assert {"name", "day", "note"} <= set(widths)


def test_widths_and_order_are_remembered(
    view: ListView, model: RowsModel[Row], qtbot: QtBot, tmp_path: object
) -> None:
    settings = QSettings(f"{tmp_path}/s.ini", QSettings.Format.IniFormat)
    model.set_rows(ROWS)
    view.header().resizeSection(0, 160)
    view.header().setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    view.save(settings, "study/list")
    settings.sync()
    again_model: RowsModel[Row] = RowsModel(COLUMNS, key=lambda row: row.id)
    again = ListView(again_model)
    qtbot.addWidget(again)
    again.resize(700, 300)
    again.show()
    again_model.set_rows(ROWS)
    again.restore(QSettings(f"{tmp_path}/s.ini", QSettings.Format.IniFormat), "study/list")
    assert again.columnWidth(0) == 160
    assert _names(again_model) == ["李四", "张三", "王五"]


def test_many_rows_do_not_ask_for_every_cell(qtbot: QtBot) -> None:
    asked: list[int] = []

    def cell(row: int) -> str:
        asked.append(row)
        return str(row)

    model: RowsModel[int] = RowsModel([Column("n", "编号", cell)], key=lambda row: row)
    view = ListView(model)
    qtbot.addWidget(view)
    view.resize(300, 400)
    model.set_rows(range(5_000))
    with qtbot.waitExposed(view):
        view.show()
    view.viewport().grab()
    assert max(asked) < 100
    assert model.index(0, 0, QModelIndex()).isValid()
