"""设置: every number saves itself within its bounds, the office's name prints, Esc closes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.domain.settings import Unit
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.fields import NumberField
from bulletin_study.ui.settings_view import SettingsDialog
from bulletin_study.usecases import history
from bulletin_study.usecases.settings import OPTIONS, PERSON_RATE, Option, read_option
from tests.ui.harness import Desk, open_program, type_text

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> Iterator[SettingsDialog]:
    yield from shown(desk, qtbot)


@pytest.fixture
def bare_dialog(bare_desk: Desk, qtbot: QtBot) -> Iterator[SettingsDialog]:
    yield from shown(bare_desk, qtbot)


def shown(desk: Desk, qtbot: QtBot) -> Iterator[SettingsDialog]:
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    made = SettingsDialog(desk.runner, window)
    made.open()
    desk.settle()
    yield made
    made.close()
    window.close()


def stored(desk: Desk, option: Option) -> int:
    with desk.runner.office.view() as unit:
        return read_option(unit, option)


def typed(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    type_text(field, text)
    qtbot.keyClick(field, ENTER)


def test_every_number_there_is_can_be_set(
    dialog: SettingsDialog, desk: Desk, qtbot: QtBot
) -> None:
    assert set(dialog.numbers) == {option.key for option in OPTIONS}
    for option in OPTIONS:
        typed(qtbot, dialog.numbers[option.key], str(option.least + 5))
        desk.settle()
        assert stored(desk, option) == option.least + 5
    assert len(desk.committed) == len(OPTIONS)


def test_full_width_digits_are_a_number(dialog: SettingsDialog, desk: Desk, qtbot: QtBot) -> None:
    typed(qtbot, dialog.numbers[PERSON_RATE.key], "７５")
    desk.settle()
    assert stored(desk, PERSON_RATE) == 75


@pytest.mark.parametrize("text", ["", "101", "-1", "八成", "79.5"])
def test_what_is_out_of_bounds_is_told_under_the_field_and_not_saved(
    dialog: SettingsDialog, desk: Desk, qtbot: QtBot, text: str
) -> None:
    field, row = dialog.numbers[PERSON_RATE.key], dialog.rows[PERSON_RATE.key]
    field.setFocus()
    field.clear()
    if text:
        type_text(field, text)
    qtbot.keyClick(field, ENTER)
    assert row.sentence == "没有保存。请填 0 到 100 之间的整数。"
    assert stored(desk, PERSON_RATE) == PERSON_RATE.default
    qtbot.keyClick(field, ESC)
    assert (field.text(), row.sentence) == ("80", "")
    assert dialog.isVisible(), "the first Esc takes back what was typed"
    qtbot.keyClick(field, ESC)
    assert not dialog.isVisible()


def test_the_offices_name_is_changed_and_undone(
    dialog: SettingsDialog, desk: Desk, qtbot: QtBot
) -> None:
    before = dialog.name.value()
    dialog.name.setFocus()
    dialog.name.clear()
    type_text(dialog.name, "青石县委老干部局")
    qtbot.keyClick(dialog.name, ENTER)
    desk.settle()
    with desk.runner.office.view() as unit:
        (office,) = unit.all(Unit)
    assert office.name == "青石县委老干部局"
    assert desk.committed == ["单位名称改为“青石县委老干部局”"]
    desk.runner.do(history.undo)
    desk.settle()
    assert dialog.name.value() == before


def test_an_office_without_a_name_is_refused(
    dialog: SettingsDialog, desk: Desk, qtbot: QtBot
) -> None:
    dialog.name.setFocus()
    dialog.name.clear()
    qtbot.keyClick(dialog.name, ENTER)
    desk.settle()
    assert "单位名称" in dialog.rows["name"].sentence
    with desk.runner.office.view() as unit:
        assert unit.all(Unit)[0].name


def test_an_empty_store_takes_its_first_name(
    bare_dialog: SettingsDialog, bare_desk: Desk
) -> None:
    bare_dialog.name.setFocus()
    type_text(bare_dialog.name, "县委组织部")
    bare_dialog.accept()
    bare_desk.settle()
    with bare_desk.runner.office.view() as unit:
        assert [(one.id, one.name) for one in unit.all(Unit)] == [(1, "县委组织部")]


def test_the_menu_opens_it(sample: SqlOffice, tmp_path: Path, qtbot: QtBot) -> None:
    for program in open_program(sample, tmp_path, qtbot):
        entry = next(entry for entry in program.menu() if entry.text == "设置…")
        assert entry.act is not None
        entry.act()
        (dialog,) = program.window.findChildren(SettingsDialog)
        assert dialog.isVisible()
        assert dialog.focusWidget() is dialog.name
