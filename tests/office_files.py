"""Real files of every make that offices send, clean, dirty and hostile."""

from __future__ import annotations

import csv
import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

Rows = Sequence[Sequence[Any]]

ROSTER: Rows = (
    ("序号", "姓名", "工号", "组室", "职务", "入部日期"),
    (1, "甄有为", "0001", "办公室", "部长", date(2018, 3, 5)),
    (2, "安小北", "0002", "干部一组", "组长", date(2019, 7, 1)),
    (3, "欧阳娜娜", "0013", "干部一组", "干部", date(2021, 11, 15)),
)


DIRTY_HEADER = (
    *("序号", "姓 名", "工作证号", "所在\n组室", "职务", "参加工作\n时间"),
    *("入部时间（年月日）", None, "备注"),
)


# --- ordinary files ------------------------------------------------------------------------


def xlsx(
    path: Path,
    sheets: Mapping[str, Rows],
    merges: Iterable[str] = (),
    hidden: Iterable[str] = (),
) -> Path:
    """A workbook by openpyxl; merges (such as "A1:F1") are those of the first sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    for area in merges:
        book.worksheets[0].merge_cells(area)
    book.save(path)
    return path


def xls(
    path: Path,
    sheets: Mapping[str, Rows],
    merges: Iterable[tuple[int, int, int, int]] = (),
    hidden: Iterable[str] = (),
) -> Path:
    """A BIFF8 workbook by xlwt, as xls and et files are; merges (top, bottom, left, right)."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    styles = {
        date: xlwt.easyxf(num_format_str="yyyy-mm-dd"),
        datetime: xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"),
        time: xlwt.easyxf(num_format_str="h:mm"),
    }
    merged = {(top, left): (top, bottom, left, right) for top, bottom, left, right in merges}
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_sheet(name)
        sheet.visibility = 1 if name in hidden else 0
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if number == 0 and (r, c) in merged:
                    sheet.write_merge(*merged[r, c], value)
                elif value == "#DIV/0!":
                    sheet.row(r).set_cell_error(c, value)
                elif value is not None:
                    sheet.write(r, c, value, styles.get(type(value), xlwt.Style.default_style))
    book.save(str(path))
    return path


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:automatic-styles><style:style style:name="unseen" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
    "</office:document-content>"
)
_ODS_TAIL = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def ods(path: Path, sheets: Mapping[str, Rows], hidden: Iterable[str] = ()) -> Path:
    """A spreadsheet with a blank tail to the sheet's end, as LibreOffice writes it.

    A cell may be a dict: value, and down, across, repeat, error, formula or covered.
    """
    tables = "".join(
        f'<table:table table:name="{name}"'
        + (' table:style-name="unseen">' if name in hidden else ">")
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        + f"{_ODS_TAIL}</table:table>"
        for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", _ODS.format(tables))
        book.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def _ods_cell(cell: Any) -> str:
    told = cell if isinstance(cell, dict) else {"value": cell}
    if told.get("covered"):
        return "<table:covered-table-cell/>"
    value = told.get("value")
    words = {"down": "rows-spanned", "across": "columns-spanned", "repeat": "columns-repeated"}
    more = "".join(f' table:number-{words[k]}="{told[k]}"' for k in words if k in told)
    if "formula" in told:
        more += f' table:formula="of:={told["formula"]}"'
    if "error" in told:
        more += ' office:value-type="string" calcext:value-type="error"'
        value = told["error"]
    lines = value.split("\n") if isinstance(value, str) else ()
    texts = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f"<table:table-cell{more}{_ods_value(value)}>{texts}</table:table-cell>"


def _ods_value(value: Any) -> str:
    kinds: tuple[tuple[Any, str, str, Callable[[Any], object]], ...] = (
        (bool, "boolean", "boolean-value", lambda value: str(value).lower()),
        ((int, float), "float", "value", lambda value: value),
        (date, "date", "date-value", lambda value: value.isoformat()),
        (time, "time", "time-value", lambda value: value.strftime("PT%HH%MM%SS")),
    )
    for kind, name, attribute, form in kinds:
        if isinstance(value, kind):
            return f' office:value-type="{name}" office:{attribute}="{form(value)}"'
    return ""


def text_of(rows: Rows, delimiter: str = ",") -> str:
    """The rows as csv text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def csv_file(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A csv in some encoding."""
    path.write_bytes(text_of(rows, delimiter).encode(encoding))
    return path


def saved_page(path: Path, rows: Rows, encoding: str = "utf-8") -> Path:
    """What web systems save as an "xls": a page with a table."""
    lines = "\n".join(
        "<tr>" + "".join(f"<td class=x>{cell}&nbsp;</td>" for cell in row) + "</tr>" for row in rows
    )
    page = f"<html><head><style>td {{mso-number-format:x}}</style></head><body><table>\n{lines}"
    path.write_bytes(f"{page}\n</table></body></html>".encode(encoding))
    return path


def edited(source: Path, target: Path, **edits: Callable[[bytes], bytes]) -> Path:
    """A copy of a zip with some parts changed; keys are the parts' stems (sheet1, styles)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            edit = edits.get(Path(part.filename).stem)
            new.writestr(part.filename, edit(data) if edit else data)
    return target


def dirty_roster(path: Path) -> Path:
    """A roster with every kind of dirt at once; ten usable people and a hidden sheet."""
    rows: list[list[Any]] = [
        ["中共某县委组织部干部花名册", *[None] * 8],
        ["填报单位：某县委组织部", *[None] * 7, "2026年11月"],
        list(DIRTY_HEADER),
        [1, "甄  有为", 1001.0, "部领导", "部长", "1998.7", "2018-3-5", None, None],
        [2, "安小北", "１００２", "办公室", "主任", "2003.08", "2019年7月1日", None, None],
        [3, "欧阳 娜娜", "1003", None, "干事", 2010, 44515, None, None],
        [4, "阿不都・买买提", "0104", None, "干事", None, "2021.11", None, "援派"],
        ["一、干部组室", *[None] * 8],
        [5, "单雄", 1005, "干部一组", "组长", None, date(2020, 2, 3), None, None],
        [6, "李　明", 1006, None, "干事", None, "22.3.1", None, None],
        list(DIRTY_HEADER),
        [7, "李明", 1007, "干部二组", "组长", None, "20210901", None, None],
        [8, "朱砂", 1008, None, "干事", None, "2021/9/1  08:30", None, None],
        [9, "仇英", 1009, None, "干事", None, datetime(2022, 5, 6, 8, 30), None, None],
        [None] * 9,
        [10, "查慎行", 1010, "人才组", "干事", None, "２０２３年１月３日", None, None],
        ["合计", 10, *[None] * 7],
        ["填表说明：1.本表由各组室填报；2.时间填到日。", *[None] * 8],
        ["制表人：安小北", None, None, "审核人：甄有为", *[None] * 5],
        *([None] * 9 for _ in range(30)),
    ]
    return xlsx(
        path,
        {"花名册": rows, "下拉": [["姓名", "工号"], ["勿读", "9999"]]},
        ["A1:I1", "A2:H2", "D5:D7", "A8:I8", "D9:D10", "D12:D14", "A17:A17", "A18:I18"],
        hidden=["下拉"],
    )


# --- hostile files -------------------------------------------------------------------------

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def raw_xlsx(path: Path, sheet: Iterable[bytes], shared: bytes = b"", prolog: str = "") -> Path:
    """The smallest workbook around the given rows, for what no honest program writes."""
    relation = '<Relationship Id="r{0}" Type="{1}/{2}" Target="{3}"/>'.format
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
        + relation(1, _RELATION, "officeDocument", "xl/workbook.xml")
        + "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        + relation(1, _RELATION, "worksheet", "worksheets/sheet1.xml")
        + relation(2, _RELATION, "sharedStrings", "sharedStrings.xml")
        + "</Relationships>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)
        book.writestr("xl/sharedStrings.xml", b"<sst>" + shared + b"</sst>")
        with book.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'{prolog}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for piece in sheet:
                part.write(piece)
            part.write(b"</sheetData></worksheet>")
    return path


def cell(ref: str, value: object, more: str = "") -> str:
    """One cell as XML: text inline, anything else as a number."""
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr"{more}><is><t>{value}</t></is></c>'
    return f'<c r="{ref}"{more}><v>{value}</v></c>'


def xml_row(number: int, values: Sequence[object]) -> bytes:
    """One row as XML."""
    cells = "".join(cell(f"{chr(65 + c)}{number}", value) for c, value in enumerate(values))
    return f'<row r="{number}">{cells}</row>'.encode()


TWO_ROWS = (xml_row(1, ("姓名", "工号")), xml_row(2, ("安小北", 1002)))


def empty_styled_rows(path: Path, rows: int, columns: int = 8) -> Path:
    """A small table and very many rows that hold nothing but a style."""

    def blanks() -> Iterable[bytes]:
        yield from TWO_ROWS
        line = "".join(f'<c r="{chr(65 + c)}%d" s="1"/>' for c in range(columns))
        for number in range(3, rows + 3):
            yield f'<row r="{number}">{line % ((number,) * columns)}</row>'.encode()

    return raw_xlsx(path, blanks())


def bomb(path: Path, megabytes: int) -> Path:
    """A little zip that unpacks to a sheet of so many megabytes."""
    blank = b" " * (1 << 20)
    return raw_xlsx(path, (*TWO_ROWS, *[blank] * megabytes))


def lying_bomb(path: Path, megabytes: int) -> Path:
    """The same, with a directory that declares the sheet to be small."""
    bomb(path, megabytes)
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", megabytes << 20)[2:]
    with zipfile.ZipFile(path) as book:
        told = struct.pack("<I", book.getinfo("xl/worksheets/sheet1.xml").file_size)
    assert told[2:] >= size
    start = 0
    while (start := data.find(told, start)) >= 0:
        data[start : start + 4] = struct.pack("<I", 1000)
        start += 4
    path.write_bytes(data)
    return path


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def ole(path: Path, streams: Mapping[str, bytes]) -> Path:
    """A compound file with the given streams, each at least 4,096 bytes long."""
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        start = len(sectors)
        pieces = [data[i : i + 512].ljust(512, b"\0") for i in range(0, len(data), 512)]
        sectors.extend(pieces)
        fat.extend([*range(start + 1, start + len(pieces)), 0xFFFFFFFE])
        return start

    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, data in streams.items():
        whole = data.ljust(4096, b"\0")
        entries.append((name, 2, put(whole), len(whole)))
    directory = put(b"".join(_ole_entry(i, len(entries), *e) for i, e in enumerate(entries)))
    fat_sector = len(sectors)
    fat.append(0xFFFFFFFD)
    sectors.append(struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat))))
    head = struct.pack(
        "<8s16x5H6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0),
    )
    difat = struct.pack("<109I", fat_sector, *[0xFFFFFFFF] * 108)
    path.write_bytes(head + difat + b"".join(sectors))
    return path


def _ole_entry(number: int, count: int, name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    right = number + 1 if 0 < number < count - 1 else 0xFFFFFFFF
    child = 1 if number == 0 and count > 1 else 0xFFFFFFFF
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return head + links + bytes(36) + struct.pack("<III", start, size, 0)


def locked_xlsx(path: Path) -> Path:
    """An xlsx with an opening password: an OLE file around the encrypted package."""
    noise = random.Random(1).randbytes(9000)
    return ole(path, {"EncryptionInfo": noise[:4096], "EncryptedPackage": noise})


def locked_xls(path: Path) -> Path:
    """An xls with an opening password: its stream says FILEPASS right after its beginning."""
    globals_begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)
    locked = struct.pack("<HH6H", 0x002F, 12, 1, 1, 1, 1, 1, 1)
    noise = random.Random(2).randbytes(8000)
    return ole(path, {"Workbook": globals_begin + locked + noise})


def random_bytes(path: Path, size: int = 50_000) -> Path:
    """Noise."""
    path.write_bytes(random.Random(3).randbytes(size))
    return path


def flipped(source: Path, target: Path, seed: int) -> Path:
    """A copy with one bit in fifty bytes turned, here and there."""
    data = bytearray(source.read_bytes())
    chance = random.Random(seed)
    for _ in range(max(len(data) // 400, 1)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    target.write_bytes(data)
    return target
