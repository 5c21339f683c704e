"""What a module of commands is given to add its own to the grammar."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Protocol

Command = Callable[[Namespace], int]


class Add(Protocol):
    """Adds one command; gives its parser, to be told the command's options."""

    def __call__(self, name: str, run: Command, words: str) -> ArgumentParser: ...


def period(parser: ArgumentParser, *, required: bool = True) -> None:
    """``--from`` and ``--to``, both needed unless the command itself sees to that."""
    ends = (("--from", "first", "从哪天起"), ("--to", "last", "到哪天止（含）"))
    for option, dest, words in ends:
        parser.add_argument(option, dest=dest, metavar="日期", required=required, help=words)


def as_json(parser: ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="结果写成 JSON")
