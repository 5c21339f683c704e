"""One worksheet part of an xlsx, event by event.

Slower than the fast reader and never larger than a row in memory, so it takes what that one
cannot: a stray cell at the far end of the sheet, broken styles. It also finds what the fast
reader drops: error values and formulas that were never calculated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from bulletin_study.exchange.tables.child.sink import Area
from bulletin_study.exchange.tables.child.zip import parse


class RawCell(NamedTuple):
    """A cell as the file has it; ``text`` is ``None`` without a value."""

    column: int
    kind: str
    style: int
    text: str | None
    formula: bool


RowTaker = Callable[[int, list[RawCell]], None]


class SheetXml:
    """Parses a worksheet part; each row that has cells goes to ``take`` (0-based index)."""

    def __init__(self, take: RowTaker) -> None:
        self.merges: list[Area] = []
        self._take = take
        self._row = -1
        self._column = -1
        self._cells: list[RawCell] = []
        self._kind, self._style = "", 0
        self._text: list[str] | None = None
        self._formula = self._listening = self._phonetic = False
        self._columns: dict[str, int] = {}

    def read(self, pieces: Iterator[bytes]) -> None:
        """Parse the whole part; raises ``Stop`` where it is damaged or suspicious."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parse(pieces, parser)

    def _start(self, name: str, attrs: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._begin_cell(attrs)
        elif name in ("v", "t"):
            if self._text is None:
                self._text = []
            self._listening = not self._phonetic
        elif name == "f":
            self._formula = True
        elif name == "row":
            number = attrs.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() else self._row + 1
            self._column = -1
            self._cells = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))

    def _begin_cell(self, attrs: dict[str, str]) -> None:
        ref = attrs.get("r", "")
        letters = ref.rstrip("0123456789")
        self._column = self._number(letters) if letters else self._column + 1
        self._kind = attrs.get("t", "n")
        style = attrs.get("s", "0")
        self._style = int(style) if style.isdecimal() else 0
        self._text = None
        self._formula = False

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            text = None if self._text is None else "".join(self._text)
            if text is not None or self._formula:
                self._cells.append(
                    RawCell(self._column, self._kind, self._style, text, self._formula)
                )
        elif name in ("v", "t"):
            self._listening = False
        elif name == "row":
            if self._cells:
                self._take(self._row, self._cells)
        elif name == "rPh":
            self._phonetic = False

    def _characters(self, data: str) -> None:
        if self._listening and self._text is not None:
            self._text.append(data)

    def _number(self, letters: str) -> int:
        found = self._columns.get(letters)
        if found is None:
            found = 0
            for letter in letters[:4].upper():
                found = found * 26 + ord(letter) - 64
            found = self._columns[letters] = max(found - 1, 0)
        return found

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        ends = []
        for corner in (first, last or first):
            letters = corner.rstrip("0123456789")
            if not letters or letters == corner:
                return
            ends.append((int(corner[len(letters) :]) - 1, self._number(letters)))
        (top, left), (bottom, right) = ends
        self.merges.append((top, left, bottom, right))
