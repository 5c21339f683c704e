"""Rows about the window: first paint, data on the screen, stalls, memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bulletin_study.benchmark.measure import Row

_RUNS = 5
_LONGEST_STALL_MS = 50.0


def window_rows(folder: Path) -> list[Row]:
    """Start the three kinds of window in turn; ``folder`` holds a store with data."""
    kinds = ("ours", "bare", "orm")
    for kind in kinds:
        _start(kind, folder)  # uncounted: files into the system's cache
    runs = [{kind: _start(kind, folder) for kind in kinds} for _ in range(_RUNS)]

    def row(name: str, key: str, peer: str, peer_name: str, goal: float, unit: str = "ms") -> Row:
        mine = [run["ours"][key] for run in runs]
        theirs = [run[peer]["data" if key == "data" else key] for run in runs]
        ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
        return Row(
            name,
            round(statistics.median(mine), 1),
            unit,
            round(statistics.median(theirs), 1),
            peer_name,
            round(ratio, 2),
            goal,
            ratio <= goal,
        )

    stall = statistics.median(run["ours"]["stall"] for run in runs)
    return [
        row("窗口第一次画出来", "paint", "bare", "空的 PySide6 窗口", 1.10),
        row("数据出现在窗口里", "data", "orm", "窗口 + 载入 ORM", 1.15),
        Row(
            "启动时界面最长的停顿",
            round(stall, 1),
            "ms",
            _LONGEST_STALL_MS,
            "上限",
            round(stall / _LONGEST_STALL_MS, 2),
            1.0,
            stall <= _LONGEST_STALL_MS,
        ),
        row("内存", "memory", "bare", "空的 PySide6 窗口", 1.6, "MB"),
    ]


def _start(kind: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bulletin_study.benchmark.first_paint", kind, str(folder)]
    # A program that is installed runs from compiled files; so does this one.
    compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [*command, repr(time.time())],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**kept, **compiled},
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
