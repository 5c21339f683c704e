"""Text of a cell, and how a reader answers: a value with a note, or a problem."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Generic, TypeVar

from bulletin_study.exchange.tables.workbook import FORMULA, Cell, CellError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value, and what had to be guessed to get it (``None``: nothing)."""

    value: T
    note: str | None = None


class CellProblem(ValueError):
    """A cell that cannot be read: ``code`` for programs, ``text`` what it held, ``reason``."""

    def __init__(self, code: str, text: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.text = text
        self.reason = reason


def shown(text: str, longest: int = 24) -> str:
    """A text as quoted in a sentence: one line, cut when long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def blank() -> CellProblem:
    """The problem of a blank cell where something must stand."""
    return CellProblem("blank", "", "没有填写")


_SPACES = dict.fromkeys([0x3000, 0xA0, 0x202F, 0x205F, *range(0x2000, 0x200B)], " ")
_NOTHING = dict.fromkeys(
    [0xAD, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
    + [code for code in [*range(32), *range(0x7F, 0xA0)] if chr(code) not in "\t\n\r\x0b\x0c\x85"]
)
_HALF = {
    code: chr(code - 0xFEE0)
    for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
}
# Radicals look like the characters they stand for and come with text copied out of a PDF.
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_TABLE = {**_SPACES, **_NOTHING, **_HALF, **_RADICALS}
_CLEAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]*")
_WRAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_ERRORS = {FORMULA: "公式没有保存结果，请在表格软件里打开、重新计算并保存"}


def as_text(cell: Cell) -> str:
    """One line of plain text, "" for a blank.

    Full-width digits and letters become half-width, runs of spaces one space, a line broken
    inside Chinese text is joined, numbers lose their ".0". Chinese punctuation stays.

    Raises ``CellProblem`` for a cell that shows an error.
    """
    if isinstance(cell, str):
        if _CLEAN.fullmatch(cell):
            return cell
        joined = _WRAP.sub("", _polish(cell).strip())
        return " ".join(joined.split())
    return _plain(cell)


def as_lines(cell: Cell) -> str:
    """Like ``as_text``, with the line breaks kept; blank lines at the ends dropped."""
    if not isinstance(cell, str):
        return _plain(cell)
    lines = (" ".join(line.split()) for line in _polish(cell).splitlines())
    return "\n".join(lines).strip("\n")


def _polish(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, CellError):
        words = _ERRORS.get(cell.code, f"格子里是公式出错的结果“{cell.code}”，请改成实际的值")
        raise CellProblem("error", cell.code, words)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    return str(cell)


_CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DOTS = re.compile(r"\s*[·・•‧∙⋅･․．]\s*")
_ASCII_DOT = re.compile(rf"(?<=[{_CJK}])\s*\.\s*(?=[{_CJK}])")
_CJK_SPACE = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")


def as_name(cell: Cell) -> str:
    """A personal name, "" for a blank: no spaces inside a Chinese name, one between the
    words of a Latin one, every kind of middle dot as ·."""
    text = as_text(cell)
    if _CLEAN.fullmatch(text):
        return text
    text = _ASCII_DOT.sub("·", _DOTS.sub("·", text))
    return _CJK_SPACE.sub("", text)
