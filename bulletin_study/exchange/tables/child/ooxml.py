"""The parts of an xlsx around its sheets: which sheets there are, strings, date styles."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from xml.parsers import expat

from bulletin_study.exchange.tables.child.sink import LONGEST_TEXT
from bulletin_study.exchange.tables.child.zip import Package, elements, parse
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop

BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Number formats with a date or time that need no definition; 27–36 and 50–58 are Chinese."""

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class SheetPart(NamedTuple):
    """A worksheet: its name, whether it is hidden, and its part in the package."""

    name: str
    hidden: bool
    part: str


def workbook_part(package: Package) -> str:
    """Name of the main part, "" when the package is no workbook."""
    found: list[str] = []

    def start(name: str, attrs: dict[str, str]) -> None:
        if name == "Relationship" and attrs.get("Type", "").endswith("/officeDocument"):
            found.append(attrs.get("Target", "").lstrip("/"))

    if "_rels/.rels" in package.names:
        elements(package.stream("_rels/.rels"), start)
    candidates = [*found, "xl/workbook.xml", "xl/workbook.bin"]
    return next((name for name in candidates if name in package.names), "")


def sheet_parts(package: Package, workbook: str) -> tuple[list[SheetPart], bool]:
    """The worksheets in their order, and whether dates count from 1904."""
    folder, base = posixpath.split(workbook)
    targets: dict[str, str] = {}

    def relation(name: str, attrs: dict[str, str]) -> None:
        if name == "Relationship" and attrs.get("Type", "").endswith("/worksheet"):
            target = attrs.get("Target", "")
            whole = target if target.startswith("/") else posixpath.join(folder, target)
            targets[attrs.get("Id", "")] = posixpath.normpath(whole.lstrip("/"))

    elements(package.stream(f"{folder}/_rels/{base}.rels".lstrip("/")), relation)
    sheets: list[SheetPart] = []
    since_1904 = False

    def entry(name: str, attrs: dict[str, str]) -> None:
        nonlocal since_1904
        if name == "workbookPr":
            since_1904 = attrs.get("date1904") in ("1", "true")
        elif name == "sheet":
            key = next((v for k, v in attrs.items() if k.rpartition(":")[2] == "id"), "")
            if key in targets:
                hidden = attrs.get("state", "visible") != "visible"
                sheets.append(SheetPart(attrs.get("name", ""), hidden, targets[key]))

    elements(package.stream(workbook), entry)
    return sheets, since_1904


def shared_strings(package: Package, workbook: str) -> list[str]:
    """The workbook's string table, phonetic guides left out."""
    part = posixpath.join(posixpath.dirname(workbook), "sharedStrings.xml")
    strings: list[str] = []
    if part not in package.names:
        return strings
    pieces: list[str] = []
    listening = phonetic = False

    def start(name: str, _attrs: dict[str, str]) -> None:
        nonlocal listening, phonetic
        name = name.rpartition(":")[2]
        if name == "rPh":
            phonetic = True
        listening = name == "t" and not phonetic

    def end(name: str) -> None:
        nonlocal listening, phonetic
        listening = False
        name = name.rpartition(":")[2]
        if name == "si":
            text = unescape("".join(pieces))
            if len(text) > LONGEST_TEXT:
                raise Stop(Unreadable.LONG_CELL)
            strings.append(text)
            pieces.clear()
        elif name == "rPh":
            phonetic = False

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: pieces.append(data) if listening else None
    parse(package.stream(part), parser)
    return strings


def unescape(text: str) -> str:
    """Undo the format's own escapes such as ``_x000D_``."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)


def date_styles(package: Package, workbook: str) -> frozenset[int]:
    """Numbers of the cell styles that show a date or time; none when styles are broken."""
    part = posixpath.join(posixpath.dirname(workbook), "styles.xml")
    own: dict[str, str] = {}
    formats: list[str] = []
    inside = False

    def start(name: str, attrs: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            own[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            formats.append(attrs.get("numFmtId", "0"))

    if part in package.names:
        try:
            elements(package.stream(part), start)
        except Stop as stop:
            if stop.reason is not Unreadable.DAMAGED:
                raise
    return frozenset(index for index, key in enumerate(formats) if _is_date(key, own))


def _is_date(key: str, own: dict[str, str]) -> bool:
    if key in own:
        return is_date_format(own[key])
    return key.isdecimal() and int(key) in BUILT_IN_DATES


def is_date_format(code: str) -> bool:
    """Whether a number format code shows a date or a time."""
    bare = _QUOTED.sub("", code.partition(";")[0]).lower()
    return bare != "general" and any(letter in bare for letter in "ymdhs")
