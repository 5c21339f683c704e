"""One start of a window, measured from outside: run as a module in a process of its own.

``python -m bulletin_study.benchmark.first_paint bare|orm|ours FOLDER STARTED`` prints JSON:
milliseconds from ``STARTED`` (``time.time()``) to the first paint and to data on the screen,
the longest stall of the event loop, and the peak memory in MB.
"""

from __future__ import annotations

import json
import os
import sys
import time
from itertools import pairwise
from pathlib import Path

_TICK_MS = 5


def main(argv: list[str]) -> int:
    """Open the window, print the figures, end."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    what, folder, started = argv[0], Path(argv[1]), float(argv[2])
    if what == "orm":
        import sqlalchemy.orm  # noqa: F401 - the cost of a program that loads it first
    figures = _ours(folder, started) if what == "ours" else _bare(started)
    figures["memory"] = _memory_mb()
    sys.stdout.write(json.dumps(figures))
    sys.stdout.flush()
    # Nothing is left to save: the process need not take itself apart.
    os._exit(0)


def _bare(started: float) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("学讲评"))
    window.resize(1280, 720)
    paint = _first_paint(window, started, app.quit)
    window.show()
    app.exec()
    return {"paint": paint[0], "data": paint[0], "stall": 0.0}


def _ours(folder: Path, started: float) -> dict[str, float]:
    """The program's own way in, the look for a second window included."""
    from PySide6.QtCore import QTimer

    from bulletin_study.app import LazyOffice, TableFiles, adopt_store
    from bulletin_study.ui.launch import Launch, Places, Visit, Wiring

    wiring = Wiring(Places(folder), lambda sample: LazyOffice(folder), TableFiles(), adopt_store)
    launch = Launch(wiring)
    figures = {"data": 0.0}
    ticks: list[float] = []
    timer = QTimer()
    timer.setInterval(_TICK_MS)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))

    def beat() -> None:
        # The first beat at once: what follows the first paint is the longest work of all.
        ticks.append(time.perf_counter())
        timer.start()

    def stamp() -> None:
        figures["data"] = (time.time() - started) * 1000
        # A moment more: what follows the data counts as a stall as well.
        QTimer.singleShot(200, launch.app.quit)

    def watch(visit: Visit) -> None:
        paints.append(_first_paint(visit.window, started, beat))
        # A timer comes after the posted events, so after the data was painted.
        visit.data_shown.connect(lambda: QTimer.singleShot(1, stamp))

    paints: list[list[float]] = []
    launch.opened.connect(watch)
    launch.run()
    gaps = [(b - a) * 1000 - _TICK_MS for a, b in pairwise(ticks)]
    return {**figures, "paint": paints[0][0], "stall": max(gaps, default=0.0)}


def _first_paint(window: object, started: float, then: object) -> list[float]:
    """A list that holds the milliseconds once the window has painted for the first time."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    figure: list[float] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.UpdateRequest and not figure:
                figure.append(0.0)
                QTimer.singleShot(0, self._painted)
            return False

        def _painted(self) -> None:
            figure[0] = (time.time() - started) * 1000
            then()  # type: ignore[operator]

    watch = Watch(window)  # type: ignore[arg-type]
    window.installEventFilter(watch)  # type: ignore[attr-defined]
    return figure


def _memory_mb() -> float:
    """Peak memory of this process alone (what the parent had at the fork does not count)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
