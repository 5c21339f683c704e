"""What the command line prints: plain tables for people, JSON for programs.

Results go to standard output, everything else to standard error, so that with ``--json``
standard output holds JSON and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO

DONE = 0
REFUSED = 1
WRONG_USAGE = 2
BUG = 70


class OutputLost(Exception):
    """Standard output takes no more, as on a full disk. What the command did is done."""


def show(text: str) -> None:
    """A line of the result. Raises ``OutputLost``."""
    with _kept():
        _write(sys.stdout, text)


def tell(text: str) -> None:
    """A message beside the result; where even that cannot be written there is nobody to tell."""
    with suppress(OSError):
        _write(sys.stderr, text)


def show_json(value: Any) -> None:
    """The whole result, for programs."""
    show(json.dumps(value, ensure_ascii=False, indent=2))


def joined(sentences: Iterable[str]) -> str:
    """Several findings as parts of one sentence, which ends them all."""
    return "；".join(one.rstrip("。；") for one in sentences)


def flush() -> None:
    """Let the result reach whoever reads it.

    Raises ``BrokenPipeError`` when nobody does any more, ``OutputLost`` when it cannot be
    written.
    """
    if sys.stdout is not None:
        with _kept():
            sys.stdout.flush()


def give_up_output() -> None:
    """Let what still waits for standard output go nowhere, or ending would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table in columns, a line to a row; Chinese characters are two wide."""
    lines = [[" ".join(cell.splitlines()) for cell in row] for row in (head, *rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for row in lines:
        cells = zip(row, widths, strict=True)
        show("  ".join(text + " " * (wide - _width(text)) for text, wide in cells).rstrip())


def use_utf8() -> None:
    """Whatever the terminal's code page, programs that read the output find UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="replace")


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost from error


def _write(stream: TextIO | None, text: str) -> None:
    # A windowed program on Windows has neither stream.
    if stream is not None:
        stream.write(f"{text}\n")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
