"""Starts the reading child, watches the clock and the cancel flag, gathers what it says."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Protocol

from bulletin_study.domain.errors import Cancelled
from bulletin_study.exchange.tables.assembly import Assembly
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop, frames
from bulletin_study.exchange.tables.workbook import Cancel, Limits, Progress, Workbook

CHILD_FLAG = "--read-table"
"""In a frozen bundle the program itself is the child: ``__main__`` hands over on this word."""

_BEAT = 0.1
_START = """
import sys, json
request = json.loads(sys.argv[1])
sys.path[:] = request["modules"]
from bulletin_study.exchange.tables.child.reader import run
run(request)
"""


class Crashed(Exception):
    """The child died without a word; ``reason`` is the likely one."""

    def __init__(self, kind: str, reason: Unreadable, why: str) -> None:
        super().__init__(kind, reason, why)
        self.kind, self.reason, self.why = kind, reason, why


def read(
    path: Path, sheet: str | None, limits: Limits, progress: Progress | None, cancel: Cancel | None
) -> Workbook:
    """Read in a child; a second, careful one takes the xlsx that the fast reader died of.

    Raises ``Stop`` for a refusal, and ``Cancelled``.
    """
    watch = _Watch(time.monotonic() + limits.seconds, progress, cancel)
    assembly = Assembly(path.name)
    try:
        _attempt(path, assembly, limits, watch, sheet=sheet)
        return assembly.workbook()
    except Crashed as crash:
        if crash.kind != "xlsx":
            raise Stop(crash.reason, why=crash.why) from crash
    assembly = Assembly(path.name)
    try:
        _attempt(path, assembly, limits, watch, sheet=sheet, careful=True)
    except Crashed as crash:
        raise Stop(crash.reason, why=crash.why) from crash
    return assembly.workbook()


def read_words(path: Path, limits: Limits, progress: Progress | None) -> str:
    """The words of a document, read in a child. Raises ``Stop`` and ``Cancelled``."""
    watch = _Watch(time.monotonic() + limits.seconds, progress, None)
    taken = _Words()
    try:
        _attempt(path, taken, limits, watch, words=True)
    except Crashed as crash:
        raise Stop(crash.reason, why=crash.why) from crash
    return taken.text


class _Taker(Protocol):
    """Takes what the child says."""

    rows_read: int
    rows_total: int

    def take(self, tag: str, *values: Any) -> None: ...


class _Words:
    """Takes the one message of a document."""

    rows_read = rows_total = 0

    def __init__(self) -> None:
        self.text = ""

    def take(self, tag: str, *values: Any) -> None:
        if tag == "words":
            self.text = str(values[0])


class _Watch:
    """The clock, the progress callable and the cancel flag of one reading."""

    def __init__(
        self, deadline: float, progress: Progress | None, cancel: Callable[[], bool] | None
    ) -> None:
        self._deadline, self._progress, self._cancel = deadline, progress, cancel

    def look(self, done: int, total: int) -> None:
        """Raise when it is time to stop."""
        if self._progress is not None:
            self._progress(done, total)
        if self._cancel is not None and self._cancel():
            raise Cancelled
        if time.monotonic() > self._deadline:
            raise Stop(Unreadable.TOO_SLOW)


def _attempt(
    path: Path, taker: _Taker, limits: Limits, watch: _Watch, *,
    sheet: str | None = None, careful: bool = False, words: bool = False,
) -> None:  # fmt: skip
    request = {
        "path": str(path.absolute()),
        "name": path.stem,
        "sheet": sheet,
        "careful": careful,
        "words": words,
        "limits": asdict(limits),
        "modules": [str(Path(__file__).parents[3]), *sys.path],
    }
    child = subprocess.Popen(
        _command(json.dumps(request)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "MALLOC_ARENA_MAX": "1", "RUST_BACKTRACE": "0"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert child.stdout is not None
    listener = _Listener(child.stdout)
    listener.start()
    try:
        _gather(child, listener, taker, watch)
    finally:
        child.kill()
        child.wait()
        listener.join()


class _Listener(threading.Thread):
    """Takes the child's frames off its pipe; ``None`` in the box is the end."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.box: queue.SimpleQueue[list[Any] | None] = queue.SimpleQueue()
        self._stream = stream

    def run(self) -> None:
        """Listen until the pipe ends, or says what is no frame."""
        try:
            with self._stream:
                for message in frames(self._stream):
                    self.box.put(message)
        except ValueError:
            pass
        finally:
            self.box.put(None)


def _command(request: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG, request]
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, request]


def _gather(
    child: subprocess.Popen[bytes], listener: _Listener, taker: _Taker, watch: _Watch
) -> None:
    kind = ""
    while True:
        watch.look(taker.rows_read, taker.rows_total)
        try:
            message = listener.box.get(timeout=_BEAT)
        except queue.Empty:
            continue
        if message is None:
            raise _crash(child, kind)
        tag, *values = message
        if tag == "done":
            return
        if tag == "refused":
            raise Stop(Unreadable(values[0]), *values[1:])
        if tag == "kind":
            kind = values[0]
        else:
            taker.take(tag, *values)


def _crash(child: subprocess.Popen[bytes], kind: str) -> Crashed:
    try:
        code = child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return Crashed(kind, Unreadable.DAMAGED, "no frame")
    if code == -getattr(signal, "SIGXCPU", 0) or code == -getattr(signal, "SIGKILL", 0):
        return Crashed("", Unreadable.TOO_SLOW, f"exit {code}")
    if code == -signal.SIGABRT:
        return Crashed(kind, Unreadable.TOO_LARGE, f"exit {code}")
    return Crashed(kind, Unreadable.DAMAGED, f"exit {code}")
