"""The process that opens foreign files, so that a hostile one harms nothing else.

Started by ``process`` with one JSON argument; it limits its own memory and time,
writes frames (``wire``) to standard output and ends.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any

from bulletin_study.exchange.tables.child import sniff
from bulletin_study.exchange.tables.child.sink import Sink
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop

LARGEST_FILE = 96 << 20
CELLS = 4_000_000


def limit(megabytes: int, seconds: float) -> None:
    """Cap this process's memory and processor time, where the platform can."""
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_AS, megabytes << 20),
    )
    for what, value in wanted:
        try:
            resource.setrlimit(what, (value, value))
        except (ValueError, OSError):
            continue


def read(path: Path, name: str, sheet: str | None, careful: bool, sink: Sink) -> None:
    """Read a file by its content into ``sink``; raises ``Stop`` for a refusal."""
    if path.stat().st_size > LARGEST_FILE:
        raise Stop(Unreadable.TOO_LARGE)
    with path.open("rb") as file:
        data = file.read(1 << 16)
        kind = sniff.container(data)
        if kind is not sniff.Kind.ZIP:
            data += file.read()
    if kind is sniff.Kind.ZIP:
        _read_zip(path, sheet, careful, sink)
    elif kind is sniff.Kind.OLE:
        _read_ole(data, sheet, sink)
    else:
        _read_text(data, name, sheet, sink)


def _read_zip(path: Path, sheet: str | None, careful: bool, sink: Sink) -> None:
    from bulletin_study.exchange.tables.child.ooxml import workbook_part
    from bulletin_study.exchange.tables.child.zip import Package

    package = Package(path)
    if sniff.is_ods(package.head("mimetype", 100), package.names):
        from bulletin_study.exchange.tables.child.ods import read_ods

        sink.send("kind", "ods")
        read_ods(package, sheet, sink)
        return
    workbook = workbook_part(package)
    if not workbook:
        raise sniff.other_zip(package.names)
    if workbook.endswith(".bin"):
        raise Stop(Unreadable.OLD_FORMAT)
    from bulletin_study.exchange.tables.child import xlsx

    sink.send("kind", "xlsx")
    if careful:
        xlsx.read_careful(package, workbook, sheet, sink)
    else:
        xlsx.read_fast(path, package, workbook, sheet, sink)


def _read_ole(data: bytes, sheet: str | None, sink: Sink) -> None:
    from python_calamine import PasswordError

    from bulletin_study.exchange.tables.child.ole import Ole
    from bulletin_study.exchange.tables.child.xls import read_xls

    ole = Ole(data)
    sniff.check_ole(ole.names)
    sink.send("kind", "xls")
    try:
        read_xls(data, ole, sheet, sink)
    except PasswordError as error:
        raise Stop(Unreadable.PASSWORD) from error


def _read_text(data: bytes, name: str, sheet: str | None, sink: Sink) -> None:
    from bulletin_study.exchange.tables.child.text import decode, read_text

    text = decode(data)
    if sniff.is_page(text):
        from bulletin_study.exchange.tables.child.html import read_html

        sink.send("kind", "html")
        read_html(text, sheet, sink)
    else:
        sink.send("kind", "text")
        read_text(text, name, sink)


def _read_words(path: Path, sink: Sink) -> None:
    from bulletin_study.exchange.tables.child.words import read_words

    if path.stat().st_size > LARGEST_FILE:
        raise Stop(Unreadable.TOO_LARGE)
    read_words(path, sink)


def run(request: dict[str, Any]) -> None:
    """Serve one request and end the process; a crash ends it too, and the parent sees that."""
    limits = request["limits"]
    limit(limits["megabytes"], limits["seconds"])
    gc.disable()
    out = sys.stdout.buffer
    sink = Sink(out, limits["rows"], limits["columns"], CELLS)
    path = Path(request["path"])
    try:
        if request["words"]:
            _read_words(path, sink)
        else:
            read(path, request["name"], request["sheet"], request["careful"], sink)
        sink.send("done")
    except Stop as stop:
        sink.send("refused", stop.reason, stop.detail, stop.why)
    except MemoryError:
        sink.send("refused", Unreadable.TOO_LARGE, "", "memory")
    except PermissionError:
        sink.send("refused", Unreadable.NO_PERMISSION, "", "")
    except FileNotFoundError:
        sink.send("refused", Unreadable.NOT_FOUND, "", "")
    out.flush()
    # Freeing a large sheet cell by cell would only cost time now.
    os._exit(0)


def main(arguments: list[str]) -> None:
    """Entry: the last argument is the request."""
    run(json.loads(arguments[-1]))


if __name__ == "__main__":
    main(sys.argv)
