"""Rows about the window: first paint, data on the screen, stalls, memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bulletin_study.benchmark.measure import Row

_RUNS = 5
_LONGEST_STALL_MS = 50.0
_LONGEST_MARK_MS = 50.0


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
        _limited("启动时界面最长的停顿", stall, _LONGEST_STALL_MS),
        row("内存", "memory", "bare", "空的 PySide6 窗口", 1.6, "MB"),
    ]


def marking_row(folder: Path) -> Row:
    """From Enter to the painted figures, for each of two hundred people; an empty folder."""
    figures = _child("sign_in_hands", str(folder))
    return _limited("200 人签到，从回车到数字出来（中位）", figures["median"], _LONGEST_MARK_MS)


def _limited(name: str, ours: float, limit: float) -> Row:
    """A row measured against a stated limit."""
    ratio = round(ours / limit, 2)
    return Row(name, round(ours, 1), "ms", limit, "上限", ratio, 1.0, ours <= limit)


def _start(kind: str, folder: Path) -> dict[str, float]:
    # A program that is installed runs from compiled files; so does this one.
    compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    return _child("first_paint", kind, str(folder), repr(time.time()), extra=compiled)


def _child(
    module: str, *words: str, extra: Mapping[str, str] | None = None
) -> dict[str, float]:
    """What a module of the benchmark, run in a process of its own, says in JSON."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-m", f"bulletin_study.benchmark.{module}", *words],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        env={**kept, **(extra or {})},
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
