"""Import in the window: nothing before the button, everything as one operation after it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.domain.people import Group, Person
from bulletin_study.ui.import_dialog import ImportDialog
from bulletin_study.usecases import history
from bulletin_study.usecases.importing import CREATE, ImportKind, RowState
from tests.ui.harness import Desk

ROWS = [
    ["某县委组织部干部花名册"],
    ["序号", "姓 名", "工作证号", "所在科室", "到岗日期"],
    [1, "王 立言", 1, "办公室", "2022.3.1"],
    [2, "周敏之", 2, "办公室", "20/13/45"],
    [3, "何一帆", 3, "干部组", "2021-05-06"],
    [4, "", 4, "干部组", "2021-05-06"],
]


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    path = tmp_path / "花名册.xlsx"
    book.save(path)
    return path


def opened(desk: Desk, qtbot: QtBot, path: Path | None, kind: ImportKind | None) -> ImportDialog:
    parent = QWidget()
    parent.resize(1366, 768)
    qtbot.addWidget(parent)
    dialog = ImportDialog(desk.context, kind, path, parent)
    qtbot.addWidget(dialog)
    dialog.show()
    desk.settle()
    dialog.keep = parent  # type: ignore[attr-defined]
    return dialog


def people(desk: Desk) -> list[str]:
    with desk.runner.office.view() as unit:
        return [p.name for p in unit.all(Person)]


def test_the_preview_writes_nothing_and_names_what_is_wrong(
    bare_desk: Desk, qtbot: QtBot, roster: Path
) -> None:
    dialog = opened(bare_desk, qtbot, roster, ImportKind.ROSTER)
    assert dialog.preview is not None
    assert (dialog.preview.new, dialog.preview.wrong) == (2, 2)
    assert dialog.apply.caption == "导入无误的 2 行"
    assert dialog.filter.value() == RowState.WRONG, "the wrong rows are shown first"
    assert people(bare_desk) == []
    dialog.reject()
    assert people(bare_desk) == []


def test_a_wrong_cell_is_mended_in_place(bare_desk: Desk, qtbot: QtBot, roster: Path) -> None:
    dialog = opened(bare_desk, qtbot, roster, ImportKind.ROSTER)
    wrong = next(r for r in dialog.table.model.rows() if r.row == 6)
    dialog.table.model.edited.emit(wrong, "c1", "高文博")
    bare_desk.settle()
    assert dialog.preview is not None
    assert dialog.preview.wrong == 1
    assert dialog.apply.caption == "导入无误的 3 行"


def test_importing_is_one_operation_and_one_undo_takes_it_back(
    bare_desk: Desk, qtbot: QtBot, roster: Path
) -> None:
    dialog = opened(bare_desk, qtbot, roster, ImportKind.ROSTER)
    dialog.apply.click()
    bare_desk.settle()
    assert people(bare_desk) == ["王立言", "何一帆"]
    assert len(bare_desk.committed) == 1
    with bare_desk.runner.office.unit() as unit:
        history.undo(unit)
    assert people(bare_desk) == []


def test_a_column_can_be_read_as_something_else(
    bare_desk: Desk, qtbot: QtBot, roster: Path
) -> None:
    dialog = opened(bare_desk, qtbot, roster, ImportKind.ROSTER)
    dialog.table.mapped.emit("到岗日期", "")
    bare_desk.settle()
    assert dialog.preview is not None
    assert dialog.preview.wrong == 1, "the bad date is no longer read"


def test_a_new_group_name_can_be_mapped_or_made(
    bare_desk: Desk, qtbot: QtBot, roster: Path, tmp_path: Path
) -> None:
    opened(bare_desk, qtbot, roster, ImportKind.ROSTER).apply.click()
    bare_desk.settle()
    book = openpyxl.load_workbook(roster)
    book.active.append([5, "彭书瑶", 5, "人才科", "2021-05-06"])
    path = tmp_path / "第二份.xlsx"
    book.save(path)
    dialog = opened(bare_desk, qtbot, path, ImportKind.ROSTER)
    assert dialog.preview is not None
    assert [u.name for u in dialog.preview.unknown] == ["人才科"]
    dialog.fix.chosen.emit("group", "人才科", CREATE)
    bare_desk.settle()
    assert dialog.preview.unknown == ()
    dialog.apply.click()
    bare_desk.settle()
    with bare_desk.runner.office.view() as unit:
        assert [g.name for g in unit.all(Group)] == ["办公室", "干部组", "人才科"]


def test_the_wrong_rows_can_be_saved_aside(
    bare_desk: Desk, qtbot: QtBot, roster: Path, tmp_path: Path
) -> None:
    dialog = opened(bare_desk, qtbot, roster, ImportKind.ROSTER)
    bare_desk.save_path = tmp_path / "有误.xlsx"
    dialog.rejects.click()
    bare_desk.settle()
    rows = list(openpyxl.load_workbook(bare_desk.save_path).active.iter_rows(values_only=True))
    words = "\n".join(str(cell) for row in rows for cell in row if cell)
    assert "周敏之" in words
    assert "姓名为空" in words


def test_a_dropped_file_asks_what_it_is(bare_desk: Desk, qtbot: QtBot, roster: Path) -> None:
    dialog = opened(bare_desk, qtbot, roster, None)
    assert dialog.preview is None
    dialog.kind_buttons[ImportKind.ROSTER].click()
    bare_desk.settle()
    assert dialog.preview is not None


def test_a_file_that_is_no_table_gets_one_sentence(
    bare_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"")
    dialog = opened(bare_desk, qtbot, path, ImportKind.ROSTER)
    assert "空" in dialog.banner.sentence
    assert people(bare_desk) == []
