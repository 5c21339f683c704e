"""The grammar of the command line: English options, Chinese help and messages.

Values stay text here: a date that does not exist is a refusal of its command (exit 1), only
a wrong grammar is wrong usage (exit 2).
"""

from __future__ import annotations

import re
import sys
from argparse import SUPPRESS, ArgumentParser, HelpFormatter, Namespace
from collections.abc import Sequence
from typing import Any, NoReturn

from bulletin_study.cli import (
    figures,
    imports,
    log,
    planning,
    program,
    records,
    rotation,
    words_found,
)
from bulletin_study.cli.grammar import Command
from bulletin_study.cli.output import WRONG_USAGE, tell

# argparse speaks English only; what it says is taken by its meaning.
_MESSAGES: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (?P<a>.+)", "还缺 {a}"),
    (r"unrecognized arguments: (?P<a>.+)", "不认识 {a}"),
    (r"one of the arguments (?P<a>.+) is required", "{a} 要写一个"),
    (r"argument (?P<a>.+?): not allowed with argument (?P<b>.+)", "{a} 和 {b} 只能写一个"),
    (r"argument (?P<a>.+?): invalid choice: '?(?P<b>.+?)'? \(choose from (?P<c>.+)\)",
     "没有“{b}”，可用 {c}"),
    (r"argument (?P<a>.+?): expected .*", "{a} 后面要写内容"),
    (r"argument (?P<a>.+?): ignored explicit argument .*", "{a} 后面不写内容"),
    (r"ambiguous option: (?P<a>\S+) could match (?P<b>.+)", "{a} 不清楚是 {b} 里的哪一个"),
    (r"argument (?P<a>.+?): (?P<b>.+)", "{a}：{b}"),
)
_QUOTES = re.compile(r"'([^']*)'")


class Parser(ArgumentParser):
    """A parser that explains itself in Chinese."""

    def __init__(self, *, helpless: bool = False, **options: Any) -> None:
        super().__init__(
            add_help=False, allow_abbrev=False, formatter_class=_Formatter, **options
        )
        if not helpless:
            self.add_argument("-h", "--help", action="help", default=SUPPRESS, help="看这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, in one sentence, and stop with 2."""
        what = _in_chinese(message)
        tell(f"命令写法不对：{what}。什么都没有改动；用 {self.prog} --help 看写法。")
        sys.exit(WRONG_USAGE)


class _Formatter(HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32)

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        titles = {"positional arguments": "参数", "options": "选项"}
        super().start_section(titles.get(heading or "", heading))


def build() -> Parser:
    """The whole grammar; a parsed command has ``run``, to be called with what was parsed."""
    parser = Parser(
        prog="bulletin-study",
        description="学讲评：每周一学、每周一讲、每周一评的排期、签到、点评与统计。不写命令就打开窗口。",
        parents=[_place()],
    )
    parser.set_defaults(run=program.window)
    commands = parser.add_subparsers(
        title="命令", metavar="命令", dest="command", parser_class=Parser
    )

    def add(name: str, run: Command, words: str) -> Parser:
        # The place of the store may also be said after the command.
        one: Parser = commands.add_parser(name, help=words, description=words, parents=[_place()])
        one.set_defaults(run=run)
        return one

    for module in (program, imports, planning, records, rotation, figures, words_found, log):
        module.add_commands(add)
    return parser


def parse(words: Sequence[str] | None) -> Namespace:
    """The words as a command. Wrong usage ends the program with 2 and a sentence.

    A command may set ``weigh``, to be called with what was parsed, for words that argparse
    cannot weigh against each other.
    """
    parser = build()
    args = parser.parse_args(words)
    if getattr(args, "data", None) and getattr(args, "database", None):
        parser.error("argument --data: not allowed with argument --database")
    if weigh := getattr(args, "weigh", None):
        weigh(args)
    return args


def _place() -> Parser:
    """Where the store is; understood before the command and after it."""
    place = Parser(helpless=True)
    place.add_argument("--data", metavar="DIR", default=SUPPRESS, help="数据文件夹")
    place.add_argument(
        "--database", metavar="URL", default=SUPPRESS, help="数据库地址，如 sqlite:///文件路径"
    )
    return place


def _in_chinese(message: str) -> str:
    for pattern, words in _MESSAGES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(**{k: _QUOTES.sub(r"\1", v) for k, v in found.groupdict().items()})
    return message
