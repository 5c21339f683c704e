"""From nothing to a window on a store, and from one store to another."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from bulletin_study.config import private_dir
from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.context import Files
from bulletin_study.ui.program import Program, Switch
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.theme import theme
from bulletin_study.ui.translations import install_translations
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import Office

_KNOCK_MS = 500


class ClosableOffice(Office, Protocol):
    """A store that can be closed."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Places:
    """The formal store's folder; the sample lives in a folder of its own inside it."""

    data: Path

    def folder(self, sample: bool) -> Path:
        """Where a store lies."""
        return self.data / "sample" if sample else self.data


class FrontDoor(QObject):
    """One window per data folder: who comes second knocks, and the first comes forward."""

    knocked = Signal()

    def __init__(self, data: Path) -> None:
        super().__init__()
        digest = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:20]
        self._name = f"bulletin-study-{digest}"
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._opened)

    def knock(self) -> bool:
        """Whether somebody was there, who then comes to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        found = socket.waitForConnected(_KNOCK_MS)
        socket.abort()
        return bool(found)

    def open(self) -> None:
        """Answer knocks from now on."""
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def _opened(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
        self.knocked.emit()


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


def launch(
    places: Places,
    open_office: Callable[[bool], ClosableOffice],
    files: Files,
    *,
    restore: Callable[[Path, Path], object],
) -> int:
    """Run the window until it is closed for good; gives the exit code."""
    private_dir(places.data)
    settings = QSettings(str(places.data / "window.ini"), QSettings.Format.IniFormat)
    app = make_application(settings)
    door = FrontDoor(places.data)
    if door.knock():
        return 0
    door.open()
    switch: Switch | None = Switch("formal")
    while switch is not None:
        switch = _visit(app, door, places, switch, open_office, files, settings, restore)
    return 0


def _visit(
    app: QApplication,
    door: FrontDoor,
    places: Places,
    switch: Switch,
    open_office: Callable[[bool], ClosableOffice],
    files: Files,
    settings: QSettings,
    restore: Callable[[Path, Path], object],
) -> Switch | None:
    """One store from opening to closing; gives the store to go on with."""
    trouble = _prepare(places, switch, restore)
    sample = switch.to in ("sample", "reset")
    office = open_office(sample)
    runner = Runner(office)
    program = Program(runner, files, settings, places.folder(sample), sample=sample)
    wanted: list[Switch] = []

    def leave(to: Switch) -> None:
        wanted.append(to)
        program.window.close()

    def come_forward() -> None:
        program.window.setWindowState(
            program.window.windowState() & ~Qt.WindowState.WindowMinimized
        )
        program.window.show()
        program.window.raise_()
        program.window.activateWindow()

    # A bug in the window's own thread is recorded and told like one on the worker.
    sys.excepthook = lambda kind, error, trace: program.bug(error)
    program.switch_wanted.connect(leave)
    door.knocked.connect(come_forward)
    program.start()
    if trouble:
        program.window.page(program.window.current).show_error(trouble)
    app.exec()
    door.knocked.disconnect(come_forward)
    runner.close()
    office.close()
    program.window.deleteLater()
    return wanted[0] if wanted else None


def _prepare(
    places: Places, switch: Switch, restore: Callable[[Path, Path], object]
) -> str:
    """What must be done while no store is open; a sentence when it was refused."""
    try:
        if switch.to == "reset":
            shutil.rmtree(places.folder(True), ignore_errors=True)
        elif switch.to == "restore" and switch.source is not None:
            restore(switch.source, places.data)
    except Refusal as refusal:
        return sentence_for(refusal)
    return ""


def _prepare_input_method() -> None:
    """Chinese input under fcitx5: Qt's wheels bring no plug-in of its own, ibus' portal does."""
    if sys.platform.startswith("linux") and "fcitx" in os.environ.get("XMODIFIERS", ""):
        os.environ.setdefault("QT_IM_MODULE", "ibus")
        os.environ.setdefault("IBUS_USE_PORTAL", "1")
