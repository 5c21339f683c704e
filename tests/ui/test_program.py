"""The window around the pages: find, undo, history, first run."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bulletin_study.app import TableFiles
from bulletin_study.domain.people import Group, Person
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.first_run import FirstRun
from bulletin_study.ui.history_dialog import HistoryDialog
from bulletin_study.ui.import_dialog import ImportDialog
from bulletin_study.ui.program import Program
from bulletin_study.ui.runner import Runner
from bulletin_study.usecases.groups import add_group
from bulletin_study.usecases.importing import ImportKind
from bulletin_study.usecases.make_up_list import overdue_make_ups
from bulletin_study.usecases.people import add_person
from bulletin_study.usecases.search import find_everywhere
from tests.ui.harness import open_program


@pytest.fixture
def program(sample: SqlOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    yield from open_program(sample, tmp_path, qtbot)


@pytest.fixture
def fresh(empty: SqlOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    yield from open_program(empty, tmp_path, qtbot)


def test_an_empty_store_offers_three_ways_to_begin(fresh: Program) -> None:
    page = fresh.window.findChild(FirstRun)
    assert page is not None
    assert page.isVisible()
    switches: list[object] = []
    fresh.switch_wanted.connect(switches.append)
    fresh.first_run_choice("demo")
    assert [s.to for s in switches] == ["sample"]  # type: ignore[attr-defined]


def test_the_blank_roster_can_be_taken_in_again(
    fresh: Program, tmp_path: Path, empty: SqlOffice
) -> None:
    fresh.first_run_choice("template")


    with empty.view() as unit:
        preview = TableFiles().preview(unit, ImportKind.ROSTER, tmp_path / "写出.xlsx")
    assert [c.field for c in preview.columns if not c.field] == [], "every column is understood"
    assert preview.wrong == 0


def test_undo_and_redo_are_one_key_each_and_say_what_they_did(
    program: Program, sample: SqlOffice, qtbot: QtBot
) -> None:
    program.runner.do(lambda unit: add_group(unit, "督查室"))
    assert "新增组室 督查室" in program.window.status.text
    qtbot.keyClick(program.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert program.window.status.text.startswith("撤销：新增组室 督查室")
    assert program.window.status.link.caption == "恢复", "the link takes the undo back"
    qtbot.keyClick(program.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert program.window.status.text.startswith("恢复：新增组室 督查室")


def test_nothing_left_to_undo_is_said_plainly(fresh: Program) -> None:
    fresh.window.show_first_run(False)
    fresh.undo()
    page = fresh.window.page(0)
    assert page.banner.sentence == "没有可撤销的操作，数据没有变。"


def test_what_long_work_found_arrives_though_nobody_followed_it(
    sample: SqlOffice, qapp: QApplication
) -> None:
    runner = Runner(sample)
    told: list[str] = []
    runner.work(lambda job: "写好了", told.append)
    runner.read_long(lambda unit, job: "读好了", told.append)
    runner.close()
    gc.collect()
    qapp.sendPostedEvents()
    assert sorted(told) == ["写好了", "读好了"]


def test_people_are_found_by_initials_pinyin_number_and_name(sample: SqlOffice) -> None:
    with sample.view() as unit:
        for words in ("wly", "wangliyan", "003", "王立言", "ＷＬＹ".lower()):
            hits = find_everywhere(unit, words)
            if words.isascii() or words == "王立言":
                assert hits[0].title == "王立言", words
        assert find_everywhere(unit, "没有这样的东西") == []
        assert any(h.kind == "场次" for h in find_everywhere(unit, "11-25"))


def test_a_found_person_opens_on_the_people_page(program: Program, sample: SqlOffice) -> None:
    hits: list[object] = []
    program.search("wly", lambda text, found: hits.extend(found))
    program.open_hit(hits[0])  # type: ignore[arg-type]
    assert program.window.current == 6
    page = program.window.page(6)
    with sample.view() as unit:
        person = next(p for p in unit.all(Person) if p.name == "王立言")
    assert page.person_shown  # type: ignore[attr-defined]
    assert page.sheet.head.name.text() == person.name  # type: ignore[attr-defined]


def test_an_overdue_make_up_leads_to_the_note_that_it_waits_for(
    program: Program, sample: SqlOffice, qtbot: QtBot
) -> None:
    with sample.view() as unit:
        (late,) = overdue_make_ups(unit)
    program.context.go.make_ups.emit(late.session.id)

    def there() -> bool:
        focus = program.window.focusWidget()
        return focus is not None and focus.accessibleName() == f"{late.waiting[0]}：补学心得"

    qtbot.waitUntil(there)


def test_the_history_names_every_step_and_takes_one_back(
    program: Program, sample: SqlOffice, qtbot: QtBot
) -> None:
    program.runner.do(lambda unit: add_group(unit, "督查室"))
    program.runner.do(lambda unit: add_person(unit, Person(0, "石小满", 0)))
    dialog = HistoryDialog(program.runner, program.window)
    qtbot.addWidget(dialog)
    rows = list(dialog.model.rows())
    assert [r.label for r in rows[:2]] == ["新增人员 石小满", "新增组室 督查室"]
    dialog.list.acted.emit(rows[1], "state")
    with sample.view() as unit:
        names = [g.name for g in unit.all(Group)]
    assert "督查室" not in names
    assert any(p == "石小满" for p in people(sample))




def people(office: SqlOffice) -> list[str]:
    with office.view() as unit:
        return [p.name for p in unit.all(Person)]


def test_a_file_dropped_anywhere_is_looked_at(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,工号\n石小满,901\n", encoding="gb18030")
    program.file_dropped(path)
    dialog = program.window.findChild(ImportDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_pages_reload_when_something_they_show_was_saved(
    program: Program, sample: SqlOffice
) -> None:
    program.window.go(6)
    before = len(list(program.window.page(6).model.rows()))  # type: ignore[attr-defined]
    program.runner.do(lambda unit: add_person(unit, Person(0, "石小满", 0)))
    after = len(list(program.window.page(6).model.rows()))  # type: ignore[attr-defined]
    assert after == before + 1


KEYS = Qt.KeyboardModifier


def press(qtbot: QtBot, program: Program, key: Qt.Key, modifier: KEYS) -> None:
    """A key, and the moment a button takes to come up again."""
    qtbot.keyClick(program.window, key, modifier)
    qtbot.wait(150)


def test_every_promised_key_is_answered_once(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    window, control = program.window, KEYS.ControlModifier
    with qtbot.waitActive(window):
        window.activateWindow()
    press(qtbot, program, Qt.Key.Key_7, control)
    assert window.current == 6
    press(qtbot, program, Qt.Key.Key_N, control)
    people = window.page(6)
    assert people.side.person_form.isVisible()  # type: ignore[attr-defined]
    assert people.side.person_form.name.value() == ""  # type: ignore[attr-defined]
    press(qtbot, program, Qt.Key.Key_E, control)
    assert "已导出“写出.xlsx”" in people.banner.sentence
    press(qtbot, program, Qt.Key.Key_6, control)
    stats = window.page(5)
    press(qtbot, program, Qt.Key.Key_C, control | KEYS.ShiftModifier)
    assert QGuiApplication.clipboard().text() == stats.sentence.sentence  # type: ignore[attr-defined]
    press(qtbot, program, Qt.Key.Key_E, control)
    assert "已导出“写出.xlsx”" in stats.banner.sentence
    press(qtbot, program, Qt.Key.Key_1, control)
    where = window.page(0)._where.text()  # type: ignore[attr-defined]
    press(qtbot, program, Qt.Key.Key_Left, KEYS.AltModifier)
    assert window.page(0)._where.text() != where  # type: ignore[attr-defined]
    press(qtbot, program, Qt.Key.Key_Home, KEYS.AltModifier)
    assert window.page(0)._where.text() == where  # type: ignore[attr-defined]
    press(qtbot, program, Qt.Key.Key_Return, control)
    assert window.current == 3, "开始今天的签到"
