"""From nothing to a window: what is on the screen first, stores that do not open, other stores."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bulletin_study.app import LazyOffice, TableFiles, adopt_store
from bulletin_study.config import database_path
from bulletin_study.domain.people import Person
from bulletin_study.ui.first_run import FirstRun
from bulletin_study.ui.frame import Page
from bulletin_study.ui.launch import Launch, Places, Visit, Wiring
from bulletin_study.ui.program import Program
from bulletin_study.ui.switch import Switch
from bulletin_study.usecases.people import add_person
from tests.helpers import TODAY, make_office

Script = Callable[[Visit], None]


class Start:
    """The program's own way in, with somebody at the window."""

    def __init__(self, data: Path, qtbot: QtBot) -> None:
        self.data, self._qtbot = data, qtbot
        self._troubles: list[BaseException] = []

    def play(self, *scripts: Script) -> int:
        """Run the program; each window that opens is given to the next script, then closed."""
        waiting = list(scripts)
        launch = Launch(Wiring(Places(self.data), self._office, TableFiles(), adopt_store))
        launch.opened.connect(
            lambda visit: QTimer.singleShot(0, lambda: self._follow(waiting.pop(0), visit))
        )
        code = launch.run()
        if self._troubles:
            raise self._troubles[0]
        assert not waiting, "not every window opened"
        return code

    def program(self, visit: Visit) -> Program:
        """The program behind the window, once it is there."""
        self._qtbot.waitUntil(lambda: visit.program is not None)
        assert visit.program is not None
        return visit.program

    def data_comes(self, visit: Visit) -> Program:
        """Wait until the first page has its data."""
        with self._qtbot.waitSignal(visit.data_shown, timeout=30_000):
            pass
        return self.program(visit)

    def sentence(self, visit: Visit) -> str:
        """What the bar above the page says, once it says something."""
        program = self.program(visit)
        self._qtbot.waitUntil(lambda: bool(_page(program).banner.sentence))
        return _page(program).banner.sentence

    def _office(self, sample: bool) -> LazyOffice:
        return LazyOffice(Places(self.data).folder(sample), TODAY, sample=sample)

    def _follow(self, script: Script, visit: Visit) -> None:
        # The program takes every exception of its window for a bug of its own and goes on.
        try:
            script(visit)
        except BaseException as trouble:  # noqa: BLE001 - told after the window has closed
            self._troubles.append(trouble)
        finally:
            visit.window.close()


def _page(program: Program) -> Page:
    return program.window.page(program.window.current)


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Start:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    return Start(tmp_path / "data", qtbot)


def people_in(path: Path) -> list[str]:
    with closing(make_office(path)) as office, office.view() as unit:
        return [person.name for person in unit.all(Person)]


def test_the_window_is_painted_before_anything_is_opened(start: Start, qtbot: QtBot) -> None:
    database = database_path(start.data)

    def look(visit: Visit) -> None:
        if visit.program is None:
            with qtbot.waitSignal(visit.window.painted):
                assert not database.exists()
        assert visit.window.isVisible()
        program = start.data_comes(visit)
        assert database.exists()
        assert program.window.findChild(FirstRun) is not None

    assert start.play(look) == 0


def test_the_heavy_libraries_wait_until_the_window_is_there(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from bulletin_study.app import LazyOffice, TableFiles, adopt_store\n"
        "from bulletin_study.ui.launch import Launch, Places, Wiring\n"
        "folder = Path(sys.argv[1])\n"
        "wiring = Wiring(Places(folder), lambda s: LazyOffice(folder), TableFiles(), adopt_store)\n"
        "launch = Launch(wiring)\n"
        "seen = []\n"
        "def note():\n"
        "    seen.append([m for m in sys.modules if m.startswith(('sqlalchemy',"
        " 'bulletin_study.usecases', 'bulletin_study.domain', 'bulletin_study.storage'))])\n"
        "def opened(visit):\n"
        "    note()\n"
        "    visit.data_shown.connect(launch.app.quit)\n"
        "launch.opened.connect(opened)\n"
        "launch.run()\n"
        "late = [m for m in ('alembic', 'pypinyin', 'openpyxl', 'xlsxwriter', 'python_calamine')"
        " if m in sys.modules]\n"
        "print(seen, late)\n"
    )
    with closing(make_office(database_path(tmp_path))):
        pass
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stdout.strip() == "[[]] []", ran.stderr


def _newer(path: Path) -> None:
    office = make_office(path)
    with office.unit():
        office._database.run("UPDATE alembic_version SET version_num = '9999'")
        office._database.commit()
    office.close()


def _damaged(path: Path) -> None:
    path.write_bytes(os.urandom(8192))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(_newer, "更新版本的程序写的"), (_damaged, "已损坏")],
    ids=["newer", "damaged"],
)
def test_a_store_that_cannot_be_opened_is_told_in_the_window(
    start: Start, spoil: Callable[[Path], None], words: str
) -> None:
    path = database_path(start.data)
    path.parent.mkdir()
    spoil(path)
    before = path.read_bytes()

    def look(visit: Visit) -> None:
        assert words in start.sentence(visit)
        program = start.program(visit)
        for at in (6, 1, 0):
            assert visit.window.go(at).isVisible()
        assert [entry.text for entry in program.menu() if "关于" in entry.text]

    start.play(look)
    assert path.read_bytes() == before


def test_a_store_in_use_opens_by_the_button_once_it_is_free(start: Start, qtbot: QtBot) -> None:
    holder = make_office(database_path(start.data))
    with holder.unit() as unit:
        add_person(unit, Person(0, "石小满", 0))

    def look(visit: Visit) -> None:
        assert "另一个学讲评窗口" in start.sentence(visit)
        program = start.program(visit)
        banner = _page(program).banner
        holder.close()
        with qtbot.waitSignal(visit.data_shown, timeout=30_000):
            banner._act.click()
        assert not _page(program).banner.sentence
        assert program.window.findChild(FirstRun) is None

    start.play(look)


def test_the_second_start_brings_the_first_window_forward(start: Start, qtbot: QtBot) -> None:
    def look(visit: Visit) -> None:
        start.data_comes(visit)
        visit.window.showMinimized()
        assert visit.window.isMinimized()
        command = [sys.executable, "-m", "bulletin_study", "--data", str(start.data)]
        second = subprocess.Popen(command, stderr=subprocess.PIPE)
        with second:
            qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
            assert second.returncode == 0, second.stderr and second.stderr.read()
        qtbot.waitUntil(lambda: not visit.window.isMinimized())
        assert visit.window.isVisible()

    start.play(look)


def test_to_the_sample_and_back(start: Start) -> None:
    def begin(visit: Visit) -> None:
        program = start.data_comes(visit)
        assert program.window.findChild(FirstRun) is not None
        program.open_sample()

    def sample(visit: Visit) -> None:
        program = start.data_comes(visit)
        assert program.sample
        assert "示例数据" in visit.window.windowTitle()
        assert program.window.findChild(FirstRun) is None
        assert "本周" in _page(program).title
        program.leave_sample()

    def back(visit: Visit) -> None:
        program = start.data_comes(visit)
        assert not program.sample
        assert program.window.findChild(FirstRun) is not None

    start.play(begin, sample, back)
    assert people_in(database_path(start.data)) == []
    assert len(people_in(database_path(start.data / "sample"))) > 20


def test_a_sample_begun_anew_forgets_what_was_tried(start: Start) -> None:
    folder = Places(start.data).folder(True)

    def begin(visit: Visit) -> None:
        start.data_comes(visit).open_sample()

    def tried(visit: Visit) -> None:
        program = start.data_comes(visit)
        program.runner.do(lambda unit: add_person(unit, Person(0, "石小满", 0)))
        program.reset_sample()

    def anew(visit: Visit) -> None:
        assert start.data_comes(visit).sample

    start.play(begin, tried, anew)
    assert "石小满" not in people_in(database_path(folder))


def test_a_backup_that_is_none_leaves_the_store_as_it_was(start: Start, tmp_path: Path) -> None:
    wrong = tmp_path / "备份.sqlite3"
    wrong.write_bytes(b"nothing of ours" * 100)
    with closing(make_office(database_path(start.data))) as office, office.unit() as unit:
        add_person(unit, Person(0, "石小满", 0))

    def ask(visit: Visit) -> None:
        start.data_comes(visit).switch_wanted.emit(Switch("restore", wrong))

    def told(visit: Visit) -> None:
        assert "已损坏" in start.sentence(visit)

    start.play(ask, told)
    assert people_in(database_path(start.data)) == ["石小满"]


def test_closed_before_it_was_painted_nothing_is_opened(start: Start, qapp: QApplication) -> None:
    start.play(lambda visit: visit.window.close())
    assert not database_path(start.data).exists()
