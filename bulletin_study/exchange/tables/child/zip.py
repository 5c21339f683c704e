"""Zip containers (xlsx, ods) opened with care: sizes first, then streams, never a whole part."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop

LARGEST_CONTENT = 512 << 20
"""Bytes of XML that a container may unpack to. A sheet of 200,000 full rows has half of it;
bombs start above."""
MOST_PARTS = 10_000
STEP = 1 << 18
READ_PARTS = (".xml", ".rels", ".bin")


class Package:
    """A zip container whose declared sizes are sane.

    Raises ``Stop`` with DAMAGED, PASSWORD or TOO_LARGE.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Stop(Unreadable.DAMAGED, why=type(error).__name__) from error
        parts = self._zip.infolist()
        self.names = {part.filename for part in parts}
        if any(part.flag_bits & 1 for part in parts):
            raise Stop(Unreadable.PASSWORD)
        total = sum(p.file_size for p in parts if p.filename.lower().endswith(READ_PARTS))
        if total > LARGEST_CONTENT or len(parts) > MOST_PARTS:
            raise Stop(Unreadable.TOO_LARGE, why=f"{total >> 20} MB")

    def stream(self, name: str) -> Iterator[bytes]:
        """A part's bytes in pieces. A part that is not as declared is DAMAGED."""
        try:
            with self._zip.open(name) as part:
                while piece := part.read(STEP):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise Stop(Unreadable.DAMAGED, why=type(error).__name__) from error
        except (NotImplementedError, RuntimeError, OSError, ValueError) as error:
            raise Stop(Unreadable.DAMAGED, why=type(error).__name__) from error

    def size(self, name: str) -> int:
        """The bytes a part unpacks to, as declared: no more are ever read."""
        return self._zip.getinfo(name).file_size

    def head(self, name: str, size: int = STEP) -> bytes:
        """The beginning of a part, "" when there is none."""
        if name not in self.names:
            return b""
        return next(self.stream(name), b"")[:size]


def parse(pieces: Iterator[bytes], parser: expat.XMLParserType) -> None:
    """Feed XML to a parser. Document type declarations, and so all entities, are refused."""

    def refuse(*_: object) -> None:
        raise Stop(Unreadable.SUSPICIOUS)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Stop(Unreadable.DAMAGED, why="XML") from error


def elements(pieces: Iterator[bytes], start: Callable[[str, dict[str, str]], None]) -> None:
    """Call ``start`` with each element's local name and its attributes."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attrs: start(name.rpartition(":")[2], attrs)
    parse(pieces, parser)
