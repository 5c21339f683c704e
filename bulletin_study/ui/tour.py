"""A walk through one week in the real window, without a screen: a picture of every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from bulletin_study import crash
from bulletin_study.ui.context import Files
from bulletin_study.ui.launch import make_application
from bulletin_study.ui.pages import PAGES
from bulletin_study.ui.program import Program
from bulletin_study.ui.runner import Immediately, Runner
from bulletin_study.ui.theme import theme
from bulletin_study.usecases.ports import Office

SIZE = (1366, 768)
_SETTLE_MS = 60


class Tour:
    """The window on one store, and the folder its pictures go to."""

    def __init__(self, office: Office, files: Files, folder: Path, out: Path) -> None:
        self.out = out
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
        self.program.start()
        self.settle()

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

    def turn(self, page: str) -> object:
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


def pictures(tour: Tour, prefix: str = "") -> None:
    """Every page as it stands."""
    for number, (name, title) in enumerate(PAGES, start=1):
        tour.turn(name)
        tour.look(f"{prefix}{number:02d}-{title}")


def walk(office: Office, files: Files, folder: Path, out: Path) -> Tour:
    """The whole walk; what was written and what went wrong is on the tour."""
    tour = Tour(office, files, folder, out)
    try:
        tour.look("00-首次打开")
    finally:
        tour.close()
    return tour
