"""A clerk who types without end in the real window, in a process of its own, to be killed.

``typing_child.py FILE SESSION TALK`` opens the first waiting reflection and types there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from bulletin_study.app import TableFiles
from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.ui.launch import make_application
from bulletin_study.ui.program import Program
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.widgets.written_note import WrittenNote
from tests.helpers import make_office

STREAM = "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少"
KEY_MS = 20
"""Faster than anybody types, so that there is no pause to wait for."""


def typed(count: int) -> str:
    """The first so many characters of what this clerk types."""
    return (STREAM * (count // len(STREAM) + 1))[:count]


class Typist:
    """Each character is first spelled in the input method, then committed."""

    def __init__(self) -> None:
        self._count = 0
        self.timer = QTimer()
        self.timer.setInterval(KEY_MS)
        self.timer.timeout.connect(self._press)

    def _press(self) -> None:
        note = QApplication.focusWidget()
        if not isinstance(note, WrittenNote):
            return
        QApplication.sendEvent(note, QInputMethodEvent("chun", []))
        committed = QInputMethodEvent()
        committed.setCommitString(STREAM[self._count % len(STREAM)])
        QApplication.sendEvent(note, committed)
        self._count += 1


def main(file: str, session: str, talk: str) -> None:
    """Type until killed."""
    app = make_application()
    folder = Path(file).parent
    settings = QSettings(str(folder / "child.ini"), QSettings.Format.IniFormat)
    program = Program(Runner(make_office(Path(file))), TableFiles(), settings, folder)
    typist = Typist()

    def begin() -> None:
        page = program.page("signin")
        page.open_sign_in(int(session), ClosingItem.REFLECTIONS, int(talk))
        typist.timer.start()

    program.data_shown.connect(begin)
    program.start()
    program.window.activateWindow()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
