"""Two hundred people signed in at the keyboard of the real page, in a process of its own.

``python -m bulletin_study.benchmark.sign_in_hands FOLDER`` fills an empty folder, types a
staff number and Enter for each, and prints JSON: the median and the longest milliseconds from
Enter to the painted figures, and how many keys it took.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from datetime import time as clock
from pathlib import Path

PEOPLE, GROUPS = 200, 10


def main(argv: list[str]) -> int:
    """Type, print the figures, end."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    took, keys = _type(Path(argv[0]))
    figures = {"median": statistics.median(took), "longest": max(took), "keys": keys}
    sys.stdout.write(json.dumps(figures))
    sys.stdout.flush()
    os._exit(0)


def _type(folder: Path) -> tuple[list[float], int]:
    from PySide6.QtCore import QSettings, Qt
    from PySide6.QtTest import QTest

    from bulletin_study.app import TableFiles, open_store
    from bulletin_study.ui.launch import make_application
    from bulletin_study.ui.program import Program
    from bulletin_study.ui.runner import Runner

    app = make_application()
    office = open_store(folder)
    _furnish(office)
    settings = QSettings(str(folder / "hands.ini"), QSettings.Format.IniFormat)
    runner = Runner(office)
    program = Program(runner, TableFiles(), settings, folder)
    program.window.resize(1366, 768)
    program.start()
    page = program.page("signin")
    spoken = page.roster.counters.accessibleName
    while f"未签{PEOPLE}" not in spoken():
        app.processEvents()
    box = page.roster.quick
    box.setFocus()
    took: list[float] = []
    keys = 0
    for number in range(1, PEOPLE + 1):
        QTest.keyClicks(box, f"{number:03}")
        app.processEvents()
        begun = time.perf_counter()
        QTest.keyClick(box, Qt.Key.Key_Return)
        # What is timed ends with the painting, which waits in the queue of events.
        app.processEvents()
        took.append((time.perf_counter() - begun) * 1000)
        keys += 4
        assert f"实到{number}" in spoken()
    return took, keys


def _furnish(office: object) -> None:
    from bulletin_study.benchmark.store_rows import staff
    from bulletin_study.domain.sessions import SessionKindLink, StudySession

    with office.unit() as unit:  # type: ignore[attr-defined]
        unit.put(*staff(PEOPLE, GROUPS))
        today = unit.services.clock.today()
        unit.put(StudySession(1, today, clock(9), clock(10), "章程"), SessionKindLink(1, 1))
        unit.commit("准备")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
