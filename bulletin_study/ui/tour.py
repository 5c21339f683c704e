"""A walk through one week in the real window, without a screen: a picture of every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from bulletin_study import crash
from bulletin_study.domain.people import Absence, AbsenceKind
from bulletin_study.domain.sessions import STUDY
from bulletin_study.ui.context import Files
from bulletin_study.ui.history_dialog import HistoryDialog
from bulletin_study.ui.import_dialog import ImportDialog
from bulletin_study.ui.launch import make_application
from bulletin_study.ui.program import Program
from bulletin_study.ui.runner import Immediately, Runner
from bulletin_study.ui.series_dialog import SeriesDialog
from bulletin_study.ui.settings_view import SettingsDialog
from bulletin_study.ui.tabs.stats.export_pane import PAPERS
from bulletin_study.ui.tabs.talk.repair_dialog import RepairDialog
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tour_signin import sign_in
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.absences import add_absence
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.demo import fill_demo
from bulletin_study.usecases.history import undo
from bulletin_study.usecases.importing import ImportKind
from bulletin_study.usecases.ports import Office, UnitOfWork
from bulletin_study.usecases.rotation import apply_plan, plan_rotation

SIZE = (1366, 768)
_SETTLE_MS, _LONGEST_START_MS = 60, 20_000


class Tour:
    """The window on one store, a folder for what it needs, one its pictures go to."""

    def __init__(self, office: Office, files: Files, folder: Path, out: Path) -> None:
        self.folder, self.out = folder, out
        self.written: list[Path] = []
        self.trouble: list[str] = []
        self._save_as: Path | None = None
        self.app: QApplication = make_application()
        theme().apply(self.app, "light")
        self.runner = Runner(office, Immediately(), Immediately())
        settings = QSettings(str(folder / "tour.ini"), QSettings.Format.IniFormat)
        self.program = Program(
            self.runner,
            files,
            settings,
            folder,
            dialogs=(lambda *_: None, lambda *_: self._save_as),
        )
        self.runner.crashed.connect(lambda error: self.trouble.append(crash.describe(error)))
        self.program.window.resize(*SIZE)
        # Without a screen it begins in the corner, where it would light up the first tab.
        QCursor.setPos(*SIZE)
        self._start()
        self.settle()

    def _start(self) -> None:
        """Start, and wait until what is stored is shown, however slow the machine."""
        shown: list[bool] = []
        loop = QEventLoop()
        self.program.data_shown.connect(lambda: shown.append(True))
        self.program.data_shown.connect(loop.quit)
        QTimer.singleShot(_LONGEST_START_MS, loop.quit)
        self.program.start()
        if not shown:
            loop.exec()

    def settle(self) -> None:
        """Let the window come to rest."""
        loop = QEventLoop()
        QTimer.singleShot(_SETTLE_MS, loop.quit)
        loop.exec()

    def look(self, name: str) -> None:
        """Save a picture of the window."""
        self.settle()
        path = self.out / f"{name}.png"
        if not self.program.window.grab().save(str(path)):
            raise OSError(f"could not write {path.name}")
        self.written.append(path)

    def turn(self, page: str) -> Any:
        """Turn to a page by its name."""
        shown = self.program.page(page)
        self.settle()
        return shown

    def save_as(self, name: str, act: Callable[[], object]) -> None:
        """Do something that asks where to write, and answer with this name."""
        self._save_as = self.out / name
        act()
        self.settle()
        if self._save_as.exists():
            self.written.append(self._save_as)
        else:
            self.trouble.append(f"没有写出 {name}")
        self._save_as = None

    def close(self) -> None:
        """End the window and its worker."""
        self.program.window.close()
        self.runner.close()

    def grab(self, name: str, widget: QWidget) -> None:
        """Save a picture of a dialog."""
        self.settle()
        path = self.out / f"{name}.png"
        if not widget.grab().save(str(path)):
            raise OSError(f"could not write {path.name}")
        self.written.append(path)

    def do(self, action: Callable[[UnitOfWork], object]) -> None:
        """A use case through the window's own runner, refusals kept as trouble."""
        self.runner.do(action, None, lambda refusal: self.trouble.append(sentence_for(refusal)))
        self.settle()


def walk(office: Office, files: Files, folder: Path, out: Path) -> Tour:
    """The whole walk; what was written and what went wrong is on the tour."""
    tour = Tour(office, files, folder, out)
    try:
        for step in (_begin, _plan, _rotate, sign_in, _review, _export, _people, _find, _dark):
            step(tour)
    finally:
        tour.close()
    return tour


def _begin(tour: Tour) -> None:
    tour.look("00-首次打开")
    today = tour.runner.office.services.clock.today()
    tour.do(lambda unit: fill_demo(unit, today))
    tour.program.window.show_first_run(False)
    tour.turn("week")
    tour.look("01-本周")


def _plan(tour: Tour) -> None:
    tour.turn("study")
    tour.look("02-每周一学")
    dialog = SeriesDialog(tour.program.context, STUDY, tour.program.window)
    dialog.open()
    tour.grab("02-批量安排", dialog)
    dialog.reject()


def _rotate(tour: Tour) -> None:
    today = tour.runner.office.services.clock.today()
    until = today + timedelta(days=45)
    page = tour.turn("talk")
    tour.do(lambda unit: apply_plan(unit, plan_rotation(unit, today, until)))
    tour.look("03-每周一讲")
    page.turn_view()
    tour.look("03-每周一讲-看板")
    tour.save_as("每周一讲安排表.docx", page.export)
    tour.save_as("每周一讲安排表.pdf", page.export)
    line = next(ln for ln in page.board.model.rows() if ln.ahead and ln.taken)
    tour.do(lambda unit: _send_away(unit, line.row.talk.speaker_id, line.row.day))
    dialog = RepairDialog(tour.program.context, today, tour.program.window)
    dialog.open()
    tour.grab("03-调整公布的安排", dialog)
    dialog.reject()
    tour.do(undo)
    page.turn_view()


def _send_away(unit: UnitOfWork, person_id: int, day: date) -> Committed:
    return add_absence(unit, Absence(0, person_id, AbsenceKind.SICK, day, day, "看病"))


def _review(tour: Tour) -> None:
    tour.turn("review")
    tour.look("05-每周一评")


def _export(tour: Tour) -> None:
    page = tour.turn("stats")
    tour.look("06-统计导出")
    for paper in PAPERS:
        suffix = "csv" if paper.key == "attendance" else paper.suffix
        tour.save_as(f"{paper.title}.{suffix}", partial(page.exports.export, paper))


def _people(tour: Tour) -> None:
    page = tour.turn("people")
    tour.look("07-人员")
    page.open_person(next(page.model.rows()).person.id)
    tour.look("07-个人页")
    tour.save_as("个人学习记录.docx", page.sheet.export)
    page.close_person()
    tour.save_as("花名册.xlsx", page.export)
    dialog = ImportDialog(
        tour.program.context, ImportKind.ROSTER, tour.out / "花名册.xlsx", tour.program.window
    )
    dialog.open()
    tour.grab("07-导入花名册", dialog)
    dialog.reject()
    history = HistoryDialog(tour.runner, tour.program.window)
    history.open()
    tour.grab("08-操作记录", history)
    history.reject()


def _find(tour: Tour) -> None:
    tour.program.finder.look_for("工作")
    shown = tour.program.finder.dialog
    tour.grab("08-查找", shown)
    shown.close()
    settings = SettingsDialog(tour.runner, tour.program.window)
    settings.open()
    tour.grab("08-设置", settings)
    settings.reject()


def _dark(tour: Tour) -> None:
    theme().apply(tour.app, "dark")
    for name, title in (("week", "01-本周-深色"), ("signin", "04-签到与心得-深色")):
        tour.turn(name)
        tour.look(title)
    theme().apply(tour.app, "light")
