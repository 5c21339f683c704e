"""The words of a document (docx, txt, md): what its paragraphs and table cells say."""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from bulletin_study.exchange.tables.child import sniff
from bulletin_study.exchange.tables.child.ole import Ole
from bulletin_study.exchange.tables.child.ooxml import workbook_part
from bulletin_study.exchange.tables.child.sink import Sink
from bulletin_study.exchange.tables.child.text import decode
from bulletin_study.exchange.tables.child.zip import Package, parse
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop

LONGEST = 300_000
"""Characters of the longest text that is taken: no piece of a person's is a tenth of it."""
LARGEST_TEXT = 4 * LONGEST
LARGEST_PART = 64 << 20
"""Bytes of XML in which such a text can stand at the worst; a bomb has more."""

_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_SILENT = frozenset({"moveFrom", "Fallback", "rt"})
"""What was moved away, what only old programs show, and pinyin above a word."""


def read_words(path: Path, sink: Sink) -> None:
    """Send the words of a file as one message; raises ``Stop`` for a refusal."""
    with path.open("rb") as file:
        data = file.read(1 << 16)
        if data.startswith(b"{\\rtf"):
            raise Stop(Unreadable.OLD_FORMAT)
        kind = sniff.container(data)
        if kind is not sniff.Kind.ZIP:
            data += file.read(LARGEST_TEXT if kind is sniff.Kind.TEXT else -1)
            if kind is sniff.Kind.TEXT and file.read(1):
                raise Stop(Unreadable.TOO_LARGE)
    if kind is sniff.Kind.OLE:
        raise _old_document(Ole(data).names)
    text = tidied(_docx_words(Package(path)) if kind is sniff.Kind.ZIP else decode(data))
    if not text:
        raise Stop(Unreadable.NO_ROWS)
    if len(text) > LONGEST:
        raise Stop(Unreadable.TOO_LARGE)
    sink.send("words", text)


def tidied(text: str) -> str:
    """Lines without blanks at their ends, never more than one empty line, ``\\n`` only."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        bare = line.replace("\u00a0", " ").replace("\ufeff", "").rstrip()
        if bare or (lines and lines[-1]):
            lines.append(bare)
    return "\n".join(lines).strip("\n")


def _old_document(names: set[str]) -> Stop:
    """A .doc or .wps, whatever its suffix; a document with a password is such a file too."""
    if "EncryptedPackage" in names:
        return Stop(Unreadable.PASSWORD)
    if "WordDocument" in names:
        return Stop(Unreadable.OLD_FORMAT)
    table = names & {"Workbook", "Book", "WORKBOOK", "BOOK"}
    return Stop(Unreadable.NOT_A_TABLE, "表格" if table else "")


def _docx_words(package: Package) -> str:
    part = workbook_part(package)
    if not part.startswith("word/"):
        raise _other(package, part)
    if package.size(part) > LARGEST_PART:
        raise Stop(Unreadable.TOO_LARGE)
    words = _Words()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = words.start
    parser.EndElementHandler = words.end
    parser.CharacterDataHandler = words.characters
    parse(package.stream(part), parser)
    return "".join(words.pieces)


def _other(package: Package, part: str) -> Stop:
    """What a zip is that holds no document."""
    if "content.xml" in package.names:
        return Stop(Unreadable.OLD_FORMAT)
    for folder, what in (("xl/", "表格"), ("ppt/", "演示文稿")):
        if part.startswith(folder) or any(name.startswith(folder) for name in package.names):
            return Stop(Unreadable.NOT_A_TABLE, what)
    if "[Content_Types].xml" in package.names:
        return Stop(Unreadable.DAMAGED, why="no document part")
    return Stop(Unreadable.ARCHIVE)


class _Words:
    """Handlers for the events of a document: a line a paragraph, a line a table row."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._length = 0
        self._listening = False
        self._silent = 0
        self._cells = 0

    def start(self, name: str, _attrs: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        if name in _SILENT:
            self._silent += 1
        elif name == "tc":
            self._cells += 1
        elif name in _BREAKS and not self._silent:
            self._say(_BREAKS[name])
        self._listening = name == "t" and not self._silent

    def end(self, name: str) -> None:
        """An element ends."""
        name = name.rpartition(":")[2]
        self._listening = False
        if name in _SILENT:
            self._silent -= 1
        elif name == "tc":
            self._cells -= 1
            if self.pieces[-1:] == [" "]:
                self.pieces.pop()
            self._say("\t")
        elif name == "tr":
            self._say("\n")
        elif name == "p" and not self._silent:
            # Within a cell the paragraphs stay on the row's line.
            self._say(" " if self._cells else "\n")

    def characters(self, data: str) -> None:
        """Text of a run."""
        if self._listening:
            self._say(data)

    def _say(self, text: str) -> None:
        self._length += len(text)
        if self._length > 2 * LONGEST:
            raise Stop(Unreadable.TOO_LARGE)
        self.pieces.append(text)
