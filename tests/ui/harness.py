"""A tab by itself on a real store: real use cases, a worker that is waited for, no dialogs."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.app import TableFiles
from bulletin_study.ui.context import Context, Navigator
from bulletin_study.ui.frame import Page
from bulletin_study.ui.program import Program
from bulletin_study.ui.runner import Immediately, Runner
from bulletin_study.usecases.ports import Office

AnyPage = TypeVar("AnyPage", bound=Page)


@dataclass
class Desk:
    """What a test looks at besides the tab: copied texts, opened folders, chosen paths."""

    context: Context
    runner: Runner
    copied: list[str] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)
    chosen: list[Path] = field(default_factory=list)
    open_path: Path | None = None
    save_path: Path | None = None
    refused: list[object] = field(default_factory=list)
    crashed: list[BaseException] = field(default_factory=list)
    committed: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Let everything that is under way arrive in the window."""
        for _ in range(20):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        assert not self.crashed, "".join(traceback.format_exception(self.crashed[0]))


def make_desk(office: Office, folder: Path) -> Desk:
    """A context on this store; what is chosen in file dialogs is set on the desk."""
    runner = Runner(office, Immediately(), Immediately())
    desk = Desk(context=None, runner=runner)  # type: ignore[arg-type]
    desk.context = Context(
        runner=runner,
        files=TableFiles(),
        settings=QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat),
        go=Navigator(),
        choose_open=lambda title, kinds: desk.open_path,
        choose_files=lambda title, kinds: desk.chosen,
        choose_save=lambda title, name, kinds: desk.save_path,
        copy=desk.copied.append,
        open_folder=desk.folders.append,
        open_file=desk.opened.append,
    )
    runner.refused.connect(desk.refused.append)
    runner.crashed.connect(desk.crashed.append)
    runner.committed.connect(lambda saved: desk.committed.append(saved.label))
    return desk


def open_page(desk: Desk, qtbot: QtBot, kind: type[AnyPage]) -> AnyPage:
    """A page in sight that hears of everything that is saved, as in the window."""
    page = kind(desk.context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    desk.runner.committed.connect(lambda saved: page.committed(saved.entities))
    desk.settle()
    return page


def type_text(widget: QWidget, text: str) -> None:
    """Type as an input method does: Chinese arrives whole, not key by key."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def open_program(office: Office, folder: Path, qtbot: QtBot) -> Iterator[Program]:
    """The whole window on a store; what is written is called 写出.xlsx. Nothing may crash."""
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    made = Program(
        Runner(office, Immediately(), Immediately()),
        TableFiles(),
        settings,
        folder,
        dialogs=(lambda *_: None, lambda *_: folder / "写出.xlsx"),
    )
    crashes: list[BaseException] = []
    made.runner.crashed.connect(crashes.append)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    # A slow machine may take its time; nothing here is measured.
    with qtbot.waitSignal(made.data_shown, timeout=30_000):
        made.start()
    yield made
    made.window.close()
    made.runner.close()
    assert crashes == []
