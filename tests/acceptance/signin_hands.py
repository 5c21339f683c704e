"""Hands at the keyboard of the real program: counts what they press. As a program of its own
(``signin_hands.py FOLDER``) it signs two hundred people in, says so, and waits to be killed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import time
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bulletin_study.app import TOUR_DAY, TableFiles, open_store
from bulletin_study.domain.people import Group, Membership, Person
from bulletin_study.domain.sessions import SessionKindLink, StudySession
from bulletin_study.ui.launch import make_application
from bulletin_study.ui.program import Program
from bulletin_study.ui.runner import Runner
from bulletin_study.usecases.ports import Office

SESSION, STUDY, GROUPS = 1, 1, 10
SURNAMES = "赵钱孙李周吴郑王冯陈"
ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
LONGEST_WAIT = 60.0


def furnish(office: Office, people: int) -> None:
    """People in ten groups, with a number each, and one session today."""
    with office.unit() as unit:
        unit.put(*(Group(g, f"第{g}组", g) for g in range(1, GROUPS + 1)))
        for p in range(1, people + 1):
            name = f"{SURNAMES[p % 10]}{'一二三四五六七八九十'[p // 10 % 10]}{'甲乙丙'[p // 100]}"
            spell, initials = unit.services.pinyin(name)
            unit.put(Person(p, name, p, f"{p:03}", pinyin=spell, initials=initials))
        unit.put(*(Membership(p, p, p % GROUPS + 1) for p in range(1, people + 1)))
        unit.put(StudySession(SESSION, TOUR_DAY, time(9), time(10), "章程"))
        unit.put(SessionKindLink(SESSION, STUDY))
        unit.commit("准备")


class Hands:
    """The program in its window on the store of a folder, at the page 签到与心得."""

    def __init__(self, folder: Path) -> None:
        self.app = make_application()
        self.office = open_store(folder, TOUR_DAY)
        self.runner = Runner(self.office)
        settings = QSettings(str(folder / "hands.ini"), QSettings.Format.IniFormat)
        self.program = Program(self.runner, TableFiles(), settings, folder,
                               dialogs=(lambda *_: None, lambda *_: None))  # fmt: skip
        self.program.window.resize(1366, 768)
        shown: list[bool] = []
        self.program.data_shown.connect(lambda: shown.append(True))
        self.program.start()
        self.wait(lambda: bool(shown))
        self.page = self.program.page("signin")
        self.wait(lambda: self.figures() != {})
        self.program.window.activateWindow()
        self.page.focus_list()
        self.pressed = 0

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the program work until something is so."""
        begun = perf_counter()
        while not until():
            self.app.processEvents()
            assert perf_counter() - begun < LONGEST_WAIT

    def press(self, *keys: str | Qt.Key) -> None:
        """Press keys where the focus is; Chinese comes from an input method, a key a letter."""
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            if isinstance(key, str) and not key.isascii():
                event = QInputMethodEvent()
                event.setCommitString(key)
                QApplication.sendEvent(focus, event)
            elif isinstance(key, str):
                QTest.keyClicks(focus, key)
            else:
                QTest.keyClick(focus, key)
            self.pressed += len(key) if isinstance(key, str) else 1
            self.app.processEvents()

    def rest_present(self) -> None:
        """其余全到: Alt+D, one chord."""
        QTest.keyClick(self.program.window, Qt.Key.Key_D, ALT)
        self.pressed += 1
        self.app.processEvents()

    def figures(self) -> dict[str, int]:
        """The counters as they are read out."""
        found = {}
        for part in self.page.roster.counters.accessibleName().split("，"):
            word = part.rstrip("0123456789")
            if word:
                found[word] = int(part[len(word):])
        return found

    def saved(self) -> bool:
        """Whether nothing is on its way to the store any more."""
        return not self.page.marks.under_way

    def close(self) -> None:
        """End the program properly."""
        self.program.window.close()
        self.runner.close()
        self.office.close()


def main(folder: Path, people: int) -> None:
    """Sign everybody in one by one, every 25th with leave and a reason; then wait."""
    hands = Hands(folder)
    slowest, begun = 0.0, perf_counter()
    for number in range(1, people + 1):
        hands.press(f"{number:03}")
        before = perf_counter()
        if number % 25:
            hands.press(ENTER)
        else:
            hands.press(" 4", ENTER, "看病", ENTER)
        slowest = max(slowest, perf_counter() - before)
    typed = perf_counter() - begun
    hands.wait(hands.saved)
    told = {"keys": hands.pressed, "typed": typed, "saved": perf_counter() - begun,
            "slowest": slowest, "figures": hands.figures()}  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
