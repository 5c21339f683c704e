"""ods, read straight from its content: merged cells, repeats, hidden sheets, errors."""

from __future__ import annotations

import datetime as dt
import re
from xml.parsers import expat

from bulletin_study.exchange.tables.child.sink import Area, ErrorCell, Sink
from bulletin_study.exchange.tables.child.xlsx import chosen
from bulletin_study.exchange.tables.child.zip import Package, parse
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import FORMULA, Stop

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE, _STYLE = (
    f"{_NS}{name}:1.0 " for name in ("table", "text", "office", "style")
)
_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_CLOCK = re.compile(r"(-?)PT(\d+)H(\d+)M([\d.]+)S")
_WIDEST = 16_384


def read_ods(package: Package, sheet: str | None, sink: Sink) -> None:
    """Read the content; raises ``Stop`` with PASSWORD, DAMAGED or SUSPICIOUS."""
    if b"encryption-data" in b"".join(
        package.stream("META-INF/manifest.xml") if "META-INF/manifest.xml" in package.names else ()
    ):
        raise Stop(Unreadable.PASSWORD)
    content = Content(sheet, sink)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.characters
    parse(package.stream("content.xml"), parser)


class Content:
    """Handlers for the events of ``content.xml``."""

    def __init__(self, sheet: str | None, sink: Sink) -> None:
        self._sheet, self._sink = sheet, sink
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0
        self._mute = 0
        self._reading = False
        self._row = 0
        self._row_repeat = self._cell_repeat = 1
        self._cells: list[object] = []
        self._merges: list[Area] = []
        self._attrs: dict[str, str] | None = None
        self._covered = False
        self._text: list[str] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        space, _, local = name.rpartition(" ")
        space += " "
        if space == _TABLE:
            self._start_table(local, attrs)
        elif space == _TEXT:
            self._start_text(local, attrs)
        elif space == _STYLE:
            if local == "style":
                self._style = attrs.get(_STYLE + "name", "")
            elif local == "table-properties" and attrs.get(_TABLE + "display") == "false":
                self._hidden_styles.add(self._style)
        elif name == _OFFICE + "annotation":
            self._mute += 1

    def end(self, name: str) -> None:
        """An element ends."""
        if name in (_OFFICE + "annotation", _TABLE + "tracked-changes"):
            self._mute -= 1
        elif name == _TABLE + "table":
            self._depth -= 1
            if self._depth == 0 and not self._mute:
                self._sink.close_sheet(self._merges)
        elif self._depth != 1 or self._mute or not self._reading:
            return
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._end_cell()
        elif name == _TABLE + "table-row":
            self._end_row()

    def characters(self, data: str) -> None:
        """Text of a paragraph."""
        if self._attrs is not None and not self._mute and self._text:
            self._text[-1] += data

    def _start_table(self, local: str, attrs: dict[str, str]) -> None:
        if local == "tracked-changes":
            self._mute += 1
        elif local == "table":
            self._depth += 1
            if self._depth == 1 and not self._mute:
                self._open(attrs)
        elif self._depth != 1 or self._mute:
            return
        elif local == "table-row":
            self._row_repeat = _count(attrs, "number-rows-repeated")
            self._cells = []
        elif local in ("table-cell", "covered-table-cell"):
            self._attrs, self._text = attrs, []
            self._covered = local != "table-cell"
            self._cell_repeat = _count(attrs, "number-columns-repeated")

    def _open(self, attrs: dict[str, str]) -> None:
        name = attrs.get(_TABLE + "name", "")
        hidden = attrs.get(_TABLE + "style-name", "") in self._hidden_styles
        self._reading = chosen(name, hidden, self._sheet)
        self._row, self._merges = 0, []
        self._sink.open_sheet(name, hidden)

    def _start_text(self, local: str, attrs: dict[str, str]) -> None:
        if self._attrs is None or self._mute:
            return
        if local in ("p", "h"):
            self._text.append("")
        elif self._text and local in ("s", "tab", "line-break"):
            blank = {"s": " " * min(_number(attrs.get(_TEXT + "c", "1")), 1000), "tab": "\t"}
            self._text[-1] += blank.get(local, "\n")

    def _end_cell(self) -> None:
        attrs, self._attrs = self._attrs or {}, None
        down = _count(attrs, "number-rows-spanned")
        across = _count(attrs, "number-columns-spanned")
        column = len(self._cells)
        if down * across > 1:
            self._merges.append((self._row, column, self._row + down - 1, column + across - 1))
        value = None if self._covered else _value(attrs, "\n".join(self._text))
        self._cells += [value] * min(self._cell_repeat, max(_WIDEST - column, 0))

    def _end_row(self) -> None:
        while self._cells and self._cells[-1] in (None, ""):
            self._cells.pop()
        if self._cells:
            for index in range(self._row, self._row + self._row_repeat):
                self._sink.row(index, list(self._cells))
        self._row += self._row_repeat


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 1


def _count(attrs: dict[str, str], name: str) -> int:
    return max(_number(attrs.get(_TABLE + name, "1")), 1)


def _value(attrs: dict[str, str], text: str) -> object:
    kind = attrs.get(_OFFICE + "value-type", "")
    if attrs.get(_CALC_TYPE) == "error":
        return ErrorCell(text or "#N/A")
    if not kind and not text and _TABLE + "formula" in attrs:
        return ErrorCell(FORMULA)
    try:
        if kind in ("float", "percentage", "currency"):
            return float(attrs[_OFFICE + "value"])
        if kind == "date":
            moment = dt.datetime.fromisoformat(attrs[_OFFICE + "date-value"])
            return moment if "T" in attrs[_OFFICE + "date-value"] else moment.date()
        if kind == "time" and (found := _CLOCK.fullmatch(attrs[_OFFICE + "time-value"])):
            sign, hours, minutes, seconds = found.groups()
            length = dt.timedelta(
                hours=int(hours), minutes=int(minutes), seconds=round(float(seconds))
            )
            return -length if sign else length
        if kind == "boolean":
            return attrs[_OFFICE + "boolean-value"] == "true"
    except (KeyError, ValueError, OverflowError):
        return text
    return text or attrs.get(_OFFICE + "string-value")
