"""xls and et: the fast reader, with the error values that it drops."""

from __future__ import annotations

import re
import struct
from io import BytesIO

from bulletin_study.exchange.tables.child.ole import Ole
from bulletin_study.exchange.tables.child.sink import Sink
from bulletin_study.exchange.tables.child.xlsx import Errors, chosen, send_sheet
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop

_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_FORMULA, _BOOLERR, _BOF, _EOF, _BOUNDSHEET = 0x0006, 0x0205, 0x0809, 0x000A, 0x0085
_FILEPASS = 0x002F
_HINT = re.compile(rb"\x05\x02\x08\x00.{7}\x01|\x06\x00..(?:.{6})\x02.{5}\xff\xff", re.DOTALL)
"""An error cell, or a formula whose result is one; a cheap look before a slow walk."""


def read_xls(data: bytes, ole: Ole, sheet: str | None, sink: Sink) -> None:
    """Read with calamine, whose own refusals come out as its own exceptions.

    Raises ``Stop`` (PASSWORD) for an encrypted file.
    """
    import python_calamine as calamine

    stream = ole.stream("Workbook") or ole.stream("Book")
    if _is_locked(stream):
        raise Stop(Unreadable.PASSWORD)
    errors = error_cells(stream)
    visible = calamine.SheetVisibleEnum.Visible
    with calamine.load_workbook(BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = meta.visible is not visible
            if chosen(meta.name, hidden, sheet):
                found = book.get_sheet_by_name(meta.name)
                send_sheet(found, meta.name, hidden, errors.get(meta.name, {}), sink)
            else:
                sink.open_sheet(meta.name, hidden)
                sink.close_sheet()


def _is_locked(stream: bytes) -> bool:
    """Whether the stream is encrypted: FILEPASS stands among its first records."""
    offset = 0
    for _ in range(12):
        if offset + 4 > len(stream):
            break
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind == _FILEPASS:
            return True
        offset += 4 + length
    return False


def error_cells(stream: bytes) -> dict[str, Errors]:
    """Error values of a BIFF8 stream: sheet name → row → column → code."""
    if not _HINT.search(stream):
        return {}
    found: dict[str, Errors] = {}
    try:
        for name, offset in _sheets(stream):
            found[name] = _sheet_errors(stream, offset)
    except struct.error:
        return found
    return found


def _records(stream: bytes, offset: int) -> list[tuple[int, int, int]]:
    """Records of the substream at ``offset``: (kind, start of the body, its length)."""
    records = []
    depth = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        records.append((kind, offset + 4, length))
        offset += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            break
    return records


def _sheets(stream: bytes) -> list[tuple[str, int]]:
    sheets = []
    for kind, body, length in _records(stream, 0):
        if kind == _BOUNDSHEET and length > 8:
            offset, _, _, size, wide = struct.unpack_from("<IBBBB", stream, body)
            start = body + 8
            if wide & 1:
                name = stream[start : start + 2 * size].decode("utf-16-le", "replace")
            else:
                name = stream[start : start + size].decode("latin-1")
            sheets.append((name, offset))
    return sheets


def _sheet_errors(stream: bytes, offset: int) -> Errors:
    errors: Errors = {}
    for kind, body, length in _records(stream, offset):
        if kind == _BOOLERR and length == 8:
            row, column, _, code, is_error = struct.unpack_from("<HHHBB", stream, body)
        elif kind == _FORMULA and length >= 14:
            row, column, _ = struct.unpack_from("<HHH", stream, body)
            result = stream[body + 6 : body + 14]
            is_error, code = result[0] == 2 and result[6:] == b"\xff\xff", result[2]
        else:
            continue
        if is_error:
            errors.setdefault(row, {})[column] = _CODES.get(code, "#N/A")
    return errors
