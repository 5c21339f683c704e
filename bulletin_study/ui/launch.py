"""From nothing to a window on a store, and from one store to another.

The window comes first, empty; the program behind it, its pages and the store are loaded once
it is on the screen. So nothing here may import them at the top.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from bulletin_study.config import private_dir
from bulletin_study.ui.front_door import FrontDoor
from bulletin_study.ui.in_steps import in_steps
from bulletin_study.ui.main_window import MainWindow
from bulletin_study.ui.switch import Switch
from bulletin_study.ui.theme import theme
from bulletin_study.ui.translations import install_translations

if TYPE_CHECKING:
    from bulletin_study.ui.context import Files
    from bulletin_study.ui.program import Program
    from bulletin_study.ui.runner import Runner
    from bulletin_study.usecases.ports import Office

    class ClosableOffice(Office, Protocol):
        """A store that can be closed."""

        def close(self) -> None: ...


FORMAL = Switch("formal")


@dataclass(frozen=True, slots=True)
class Places:
    """The formal store's folder; the sample lies in a folder of its own inside it."""

    data: Path

    def folder(self, sample: bool) -> Path:
        """Where a store lies."""
        return self.data / "sample" if sample else self.data


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the composition root hands in.

    ``open_office(sample)`` gives a store that opens when it is first asked for something;
    ``restore(source, folder)`` makes a copy of a store file the store of a folder.
    """

    places: Places
    open_office: Callable[[bool], ClosableOffice]
    files: Files
    restore: Callable[[Path, Path], object]


class Visit(QObject):
    """One store from opening to closing: the empty window, then the program behind it."""

    data_shown = Signal()
    """The first page has its data on the screen."""

    def __init__(self, wiring: Wiring, settings: QSettings, switch: Switch) -> None:
        super().__init__()
        self._wiring, self._settings, self._switch = wiring, settings, switch
        self._office: ClosableOffice | None = None
        self._runner: Runner | None = None
        self.program: Program | None = None
        self.next: Switch | None = None
        """The store to go on with once this one is closed."""
        self.window = MainWindow(settings)
        self.window.painted.connect(self._load)

    def come_forward(self) -> None:
        """Bring the window to the front."""
        from PySide6.QtCore import Qt

        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """Finish what was begun, close the store, forget the window."""
        if self._runner is not None:
            self._runner.close()
        if self._office is not None:
            self._office.close()
        self.window.deleteLater()

    def _load(self) -> None:
        parts = ("usecases.search", "ui.runner", "ui.context", "ui.draft_recovery", "ui.program")
        in_steps(*(partial(import_module, f"bulletin_study.{part}") for part in parts), self._begin)

    def _begin(self) -> None:
        from bulletin_study.ui.program import Program
        from bulletin_study.ui.runner import Runner

        trouble = self._prepare()
        sample = self._switch.sample
        self._office = self._wiring.open_office(sample)
        self._runner = Runner(self._office)
        self.program = program = Program(
            self._runner,
            self._wiring.files,
            self._settings,
            self._wiring.places.folder(sample),
            sample=sample,
            window=self.window,
        )
        # A bug in the window's own thread is recorded and told like one on the worker.
        sys.excepthook = lambda kind, error, trace: program.bug(error)
        program.switch_wanted.connect(self._leave)
        program.data_shown.connect(self.data_shown)
        program.start()
        if trouble:
            self.window.page(self.window.current).show_error(trouble)

    def _leave(self, to: Switch) -> None:
        self.next = to
        self.window.close()

    def _prepare(self) -> str:
        """What must be done while no store is open; a sentence when it was refused."""
        from bulletin_study.domain.errors import Refusal
        from bulletin_study.ui.wording import sentence_for

        places = self._wiring.places
        try:
            if self._switch.to == "reset":
                _throw_away(places.folder(True))
            elif self._switch.to == "restore" and self._switch.source is not None:
                self._wiring.restore(self._switch.source, places.data)
        except Refusal as refusal:
            return sentence_for(refusal)
        return ""


def make_application(settings: QSettings | None = None) -> QApplication:
    """The one QApplication, dressed and speaking Chinese."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    _prepare_input_method()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("bulletin_study")
    app.setApplicationDisplayName("学讲评")
    install_translations(app)
    look = str(settings.value("look", "auto")) if settings is not None else "auto"
    theme().apply(app, look if look in ("light", "dark") else "auto")  # type: ignore[arg-type]
    return app


class Launch(QObject):
    """One start of the program on one data folder."""

    opened = Signal(object)
    """A :class:`Visit` whose window is about to be shown."""

    def __init__(self, wiring: Wiring) -> None:
        super().__init__()
        data = private_dir(wiring.places.data)
        self._wiring = wiring
        self._settings = QSettings(str(data / "window.ini"), QSettings.Format.IniFormat)
        self.app = make_application(self._settings)
        self.door = FrontDoor(data)

    def run(self) -> int:
        """Show windows until one is closed for good; gives the exit code.

        A second start on the same folder brings the first one's window forward and ends.
        """
        if self.door.knock():
            return 0
        self.door.open()
        switch: Switch | None = FORMAL
        while switch is not None:
            visit = Visit(self._wiring, self._settings, switch)
            self.door.knocked.connect(visit.come_forward)
            self.opened.emit(visit)
            visit.window.show()
            self.app.exec()
            self.door.knocked.disconnect(visit.come_forward)
            visit.close()
            switch = visit.next
        self.door.close()
        return 0


def _throw_away(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _prepare_input_method() -> None:
    """Chinese input under fcitx5: Qt's wheels bring no plug-in of its own, ibus' portal does."""
    if sys.platform.startswith("linux") and "fcitx" in os.environ.get("XMODIFIERS", ""):
        os.environ.setdefault("QT_IM_MODULE", "ibus")
        os.environ.setdefault("IBUS_USE_PORTAL", "1")
