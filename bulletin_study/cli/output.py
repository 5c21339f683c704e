"""What the command line prints: plain tables for people, JSON for programs.

Results go to standard output, everything else to standard error, so that with ``--json``
standard output holds JSON and nothing else.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, TextIO

DONE = 0
REFUSED = 1
WRONG_USAGE = 2
BUG = 70


def show(text: str) -> None:
    """A line of the result."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """A message beside the result."""
    _write(sys.stderr, text)


def show_json(value: Any) -> None:
    """The whole result, for programs."""
    show(json.dumps(value, ensure_ascii=False, indent=2))


def flush() -> None:
    """Let the result reach whoever reads it; raises ``BrokenPipeError`` when nobody does."""
    if sys.stdout is not None:
        sys.stdout.flush()


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table in columns; Chinese characters are two wide."""
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = zip(row, widths, strict=True)
        show("  ".join(text + " " * (wide - _width(text)) for text, wide in cells).rstrip())


def use_utf8() -> None:
    """Whatever the terminal's code page, programs that read the output find UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="replace")


def _write(stream: TextIO | None, text: str) -> None:
    # A windowed program on Windows has neither stream.
    if stream is not None:
        stream.write(f"{text}\n")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
