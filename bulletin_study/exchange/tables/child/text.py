"""csv, tsv and txt in the encodings that offices use."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice

from bulletin_study.exchange.tables.child.sink import LONGEST_TEXT, Sink
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
DELIMITERS = (",", "\t", ";")


def decode(data: bytes) -> str:
    """Text of a file: its BOM, else strict UTF-8, else strict GB18030.

    Raises ``Stop`` with ENCODING, or NOT_A_TABLE for binary content.
    """
    text = None
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = _try(data, name)
            break
    else:
        text = _try(data, "utf-8")
        if text is None or _looks_like_gbk(text):
            text = _try(data, "gb18030") or text
    if text is None or _BINARY.search(text):
        known = text is None and not _BINARY.search(data[:4096].decode("latin-1"))
        raise Stop(Unreadable.ENCODING if known else Unreadable.NOT_A_TABLE)
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _looks_like_gbk(text: str) -> bool:
    """Short GBK such as 联通 is valid UTF-8 too, but then of letters that nobody here types."""
    return not text.isascii() and max(text) < "\u0800"


def read_text(text: str, name: str, sink: Sink) -> None:
    """Send a delimited text as one sheet called ``name``.

    Raises ``Stop`` with QUOTES when an opening quotation mark swallows the rest.
    """
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE)
    delimiter = told.group(1) if told else _delimiter(text)
    if told:
        text = "\n" + rest
    sink.open_sheet(name, False, text.count("\n"))
    csv.field_size_limit(LONGEST_TEXT)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    before = lines = 0
    odd = text.count('"') % 2 == 1
    try:
        for index, row in enumerate(reader):
            lines, before = reader.line_num - before, reader.line_num
            sink.row(index, list(row))
    except csv.Error as error:
        raise Stop(Unreadable.QUOTES if odd else Unreadable.LONG_CELL) from error
    if odd and lines > 1:
        raise Stop(Unreadable.QUOTES)
    sink.close_sheet()


def _delimiter(text: str) -> str:
    """The one that cuts most of the first lines into equally many fields."""
    lines = [line for line in islice(StringIO(text), 60) if line.strip()]

    def rank(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return (0, 0)
        width, times = max(widths.items(), key=lambda item: ((item[0] > 1) * item[1], item[0]))
        return (times, width) if width > 1 else (0, 0)

    return max(DELIMITERS, key=rank)
