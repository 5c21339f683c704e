"""Killed in mid-word: the words are there at the next start, said once, one step to undo."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.app import TableFiles
from bulletin_study.domain.sessions import Reflection
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.program import Program
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.tabs.signin.talk_section import TalkSection
from bulletin_study.usecases.drafts import reflection_target
from tests.contract.stores import dump, replayed
from tests.helpers import make_office
from tests.ui.test_signin import TALKS, furnish
from tests.ui.typing_child import typed

ROOT = Path(__file__).parents[2]
ASKED = 1


def prepare(path: Path) -> None:
    store = make_office(path)
    furnish(store)
    with store.unit() as unit:
        unit.put(Reflection(ASKED, TALKS, 10, talk_id=1))
        unit.commit("指定发言人")
    store.close()


def kept(path: Path) -> str:
    """What another program sees of the draft while the child types."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT target, text FROM draft").fetchall()
    assert all(target == reflection_target(ASKED) for target, _ in rows)
    return str(rows[0][1]) if rows else ""


def type_and_kill(path: Path, qtbot: QtBot, least: int) -> str:
    """Let the child type until so many characters are kept, kill it; what was kept then."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.typing_child", path, str(TALKS), "1"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:

        def enough() -> bool:
            assert child.poll() is None, "the typist ended by itself"
            return len(kept(path)) >= least

        qtbot.waitUntil(enough, timeout=60_000)
    finally:
        child.kill()
        child.wait()
    return kept(path)


def said(office: SqlOffice) -> str:
    with office.view() as unit:
        found = unit.get(Reflection, ASKED)
    assert found is not None
    return found.text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "store.sqlite3"
    prepare(file)
    return file


def restart(path: Path, qtbot: QtBot) -> tuple[Program, SqlOffice]:
    office = make_office(path)
    settings = QSettings(str(path.parent / "again.ini"), QSettings.Format.IniFormat)
    program = Program(Runner(office), TableFiles(), settings, path.parent)
    qtbot.addWidget(program.window)
    program.start()
    return program, office


def banner(program: Program) -> str:
    return program.window.page(program.window.current).banner.sentence


def test_words_typed_before_a_kill_are_found_told_and_one_step_to_undo(
    path: Path, qtbot: QtBot
) -> None:
    words = type_and_kill(path, qtbot, 40)
    assert words == typed(len(words))
    program, office = restart(path, qtbot)
    qtbot.waitUntil(lambda: "已经找回并保存" in banner(program), timeout=20_000)
    assert "的感想（11-24 周二 每周一讲）" in banner(program)
    program.undo()
    qtbot.waitUntil(lambda: "撤销" in program.window.status.text, timeout=20_000)
    program.runner.close()
    assert said(office) == ""
    office.close()
    assert replayed(path) == dump(path)
    # Told once: the next start has nothing to tell.
    again, office = restart(path, qtbot)
    with qtbot.waitSignal(again.data_shown, timeout=30_000):
        pass
    again.runner.close()
    QApplication.processEvents()
    assert banner(again) == ""
    office.close()


@pytest.mark.heavy
def test_twenty_kills_lose_at_most_what_one_beat_holds(path: Path, qtbot: QtBot) -> None:
    for turn in range(20):
        words = type_and_kill(path, qtbot, 5 + 3 * turn)
        assert words == typed(len(words))
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DELETE FROM draft")
            connection.commit()


def test_closing_a_window_that_was_left_saves_what_is_being_typed(
    path: Path, qtbot: QtBot
) -> None:
    program, office = restart(path, qtbot)
    with qtbot.waitSignal(program.data_shown, timeout=30_000):
        pass
    page = program.page("signin")
    page.open_sign_in(TALKS)
    qtbot.waitUntil(lambda: any(isinstance(s, TalkSection) for s in page.editors.sections))
    note = page.editors.sections[0].reflections.rows[0].text
    note.setFocus()
    note.insertPlainText("窗口在后面")
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert not note.hasFocus()
    program.window.close()
    program.runner.close()
    assert said(office) == "窗口在后面"
    with office.view() as unit:
        assert unit.drafts() == []
    office.close()
