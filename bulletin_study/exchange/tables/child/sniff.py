"""What a file is, by its content: suffixes lie."""

from __future__ import annotations

from enum import StrEnum

from bulletin_study.exchange.tables.child.ole import MAGIC
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop


class Kind(StrEnum):
    """Containers that are told apart by their first bytes."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"


_OTHER_FILES = (
    (b"%PDF", Unreadable.NOT_A_TABLE, "PDF"),
    (b"\x89PNG", Unreadable.NOT_A_TABLE, "图片"),
    (b"\xff\xd8\xff", Unreadable.NOT_A_TABLE, "图片"),
    (b"GIF8", Unreadable.NOT_A_TABLE, "图片"),
    (b"BM", Unreadable.NOT_A_TABLE, "图片"),
    (b"{\\rtf", Unreadable.NOT_A_TABLE, "文档"),
    (b"SQLite format 3", Unreadable.NOT_A_TABLE, "数据库"),
    (b"Rar!", Unreadable.ARCHIVE, ""),
    (b"7z\xbc\xaf", Unreadable.ARCHIVE, ""),
    (b"\x1f\x8b", Unreadable.ARCHIVE, ""),
    (b"\x09\x08\x08\x00\x00\x05", Unreadable.OLD_FORMAT, ""),
    (b"\x09\x08\x10\x00\x00\x06", Unreadable.OLD_FORMAT, ""),
    (b"\x09\x00\x04\x00", Unreadable.OLD_FORMAT, ""),
    (b"\x09\x02\x06\x00", Unreadable.OLD_FORMAT, ""),
    (b"\x09\x04\x06\x00", Unreadable.OLD_FORMAT, ""),
)
_OTHER_OLE = {"WordDocument": "文档", "PowerPoint Document": "演示文稿"}
_OTHER_ZIP = {"word/": "文档", "ppt/": "演示文稿"}


def container(data: bytes) -> Kind:
    """The container of a file's bytes; raises ``Stop`` for what is no table at all."""
    if not data.strip(b" \t\r\n"):
        raise Stop(Unreadable.EMPTY)
    if not data.strip(b"\0"):
        raise Stop(Unreadable.DAMAGED, why="zeros")
    for magic, reason, detail in _OTHER_FILES:
        if data.startswith(magic) and not (magic == b"BM" and b"\0" not in data[:64]):
            raise Stop(reason, detail)
    if data.startswith(b"PK\x05\x06"):
        raise Stop(Unreadable.EMPTY)
    if data.startswith(b"PK\x03\x04"):
        return Kind.ZIP
    return Kind.OLE if data.startswith(MAGIC) else Kind.TEXT


def check_ole(names: set[str]) -> None:
    """Raise ``Stop`` unless these streams are a spreadsheet's."""
    if "EncryptedPackage" in names:
        raise Stop(Unreadable.PASSWORD)
    if not names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        what = next((word for name, word in _OTHER_OLE.items() if name in names), "")
        raise Stop(Unreadable.NOT_A_TABLE, what)


def is_ods(mimetype: bytes, names: set[str]) -> bool:
    """Whether a zip is a spreadsheet of the OpenDocument make; ``Stop`` for its other kinds."""
    kind = mimetype.decode("latin-1").strip()
    if kind.startswith("application/vnd.oasis.opendocument."):
        if "spreadsheet" not in kind:
            raise Stop(Unreadable.NOT_A_TABLE, "文档")
        return True
    return "content.xml" in names and "[Content_Types].xml" not in names


def other_zip(names: set[str]) -> Stop:
    """The refusal for a zip that is no spreadsheet."""
    for folder, what in _OTHER_ZIP.items():
        if any(name.startswith(folder) for name in names):
            return Stop(Unreadable.NOT_A_TABLE, what)
    return Stop(Unreadable.ARCHIVE)


def is_page(text: str) -> bool:
    """Whether a text is a web page with a table, as many systems save an "xls"."""
    head = text[:20_000].lstrip("\ufeff \t\r\n").lower()
    if head.startswith("<?xml") or head.startswith("<workbook"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in head or "<uof" in head:
            raise Stop(Unreadable.OLD_FORMAT)
    elif head.startswith("mime-version:") and "multipart/" in head:
        raise Stop(Unreadable.OLD_FORMAT)
    return head.startswith("<") and ("<table" in text.lower() or "<html" in head)
