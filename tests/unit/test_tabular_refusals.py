"""Files that are no tables, and those made to harm: one clear refusal within limits."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin_study.exchange.tables.refusal_words import UNREADABLE_WORDS, sentence
from bulletin_study.exchange.tables.refusals import (
    FAULTS,
    BadMap,
    MapFault,
    Unreadable,
    UnreadableFile,
)
from bulletin_study.exchange.tables.workbook import Limits, Sheet, Workbook, read_workbook
from tests import office_files as files
from tests.office_files import ROSTER, raw_xlsx, xml_row

Make = Callable[[Path, dict[str, files.Rows]], Path]

TEXTS = tuple(tuple(str(value) for value in row) for row in ROSTER)


def only(workbook: Workbook) -> Sheet:
    assert len(workbook.sheets) == 1
    return workbook.sheets[0]


def refused(path: Path, **options: Limits) -> Unreadable:
    """The reason why a file is refused; it must come soon and have its sentence."""
    begun = time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(path, **options)
    assert time.monotonic() - begun < 20
    assert caught.value.file_name == path.name
    assert path.name in sentence(caught.value)
    return caught.value.reason


def write(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def docx(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", files._TYPES)
        package.writestr("word/document.xml", "<w/>")
    return path


def archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("名册.xlsx", b"x")
    return path


def half(path: Path) -> Path:
    data = files.xlsx(path, {"表": ROSTER}).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def half_xls(path: Path) -> Path:
    data = files.xls(path, {"表": ROSTER}).read_bytes()
    path.write_bytes(data[:2000])
    return path


def far_xls(path: Path) -> Path:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "姓名")
    sheet.write(65535, 255, 1)
    book.save(str(path))
    return path


HOSTILE: dict[str, tuple[Unreadable, Callable[[Path], Path]]] = {
    "missing": (Unreadable.NOT_FOUND, lambda d: d / "没有.xlsx"),
    "a name with a null": (Unreadable.NOT_FOUND, lambda d: d / "a\0.xlsx"),
    "folder": (Unreadable.IS_DIRECTORY, lambda d: d),
    "pipe": (Unreadable.NOT_A_TABLE, lambda d: (os.mkfifo(d / "p.csv"), d / "p.csv")[1]),
    "0 bytes": (Unreadable.EMPTY, write("a.xlsx", b"")),
    "blank lines": (Unreadable.EMPTY, write("a.csv", b"\r\n \r\n")),
    "zero bytes only": (Unreadable.DAMAGED, write("a.xlsx", b"\0" * 5000)),
    "noise": (Unreadable.NOT_A_TABLE, lambda d: files.random_bytes(d / "a.xlsx")),
    "lock file": (Unreadable.LOCK_FILE, write("~$名册.xlsx", b"\x06admin" + b" " * 159)),
    "pdf": (Unreadable.NOT_A_TABLE, write("a.xlsx", b"%PDF-1.7\n%\xe2\xe3")),
    "picture": (Unreadable.NOT_A_TABLE, write("a.xls", b"\x89PNG\r\n\x1a\n123")),
    "word": (Unreadable.NOT_A_TABLE, lambda d: docx(d / "a.xlsx")),
    "old word": (
        Unreadable.NOT_A_TABLE,
        lambda d: files.ole(d / "a.xls", {"WordDocument": b"x" * 5000}),
    ),
    "page without a table": (
        Unreadable.NOT_A_TABLE,
        write("a.xls", "<html><body>登录已过期</body></html>".encode()),
    ),
    "zip": (Unreadable.ARCHIVE, lambda d: archive(d / "名册.xlsx")),
    "rar": (Unreadable.ARCHIVE, write("a.xlsx", b"Rar!\x1a\x07\x00abc")),
    "xml spreadsheet": (
        Unreadable.OLD_FORMAT,
        write(
            "a.xls",
            b'<?xml version="1.0"?><Workbook '
            b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
        ),
    ),
    "web archive": (
        Unreadable.OLD_FORMAT,
        write("a.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"),
    ),
    "excel 4": (Unreadable.OLD_FORMAT, write("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00")),
    "big5": (Unreadable.ENCODING, write("a.csv", b"\xa9m\xa6W\xff\n\xb1i\xa4T\xff\n" * 9)),
    "password, xlsx": (Unreadable.PASSWORD, lambda d: files.locked_xlsx(d / "a.xlsx")),
    "password, xls": (Unreadable.PASSWORD, lambda d: files.locked_xls(d / "a.xls")),
    "half an xlsx": (Unreadable.DAMAGED, lambda d: half(d / "a.xlsx")),
    "half an xls": (Unreadable.DAMAGED, lambda d: half_xls(d / "a.xls")),
    "open quote": (Unreadable.QUOTES, write("a.csv", '姓名,号\n"张三,1\n李四,2\n'.encode())),
    "long cell in a csv": (Unreadable.LONG_CELL, write("a.csv", b"a,b\n" + b"x" * 10_000_000)),
    "long cell": (
        Unreadable.LONG_CELL,
        lambda d: raw_xlsx(d / "a.xlsx", [xml_row(1, ["字" * 3_400_000])]),
    ),
    "long shared text": (
        Unreadable.LONG_CELL,
        lambda d: raw_xlsx(
            d / "a.xlsx",
            (f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>'.encode() for n in range(1, 3000)),
            b"<si><t>" + b"x" * 10_000_000 + b"</t></si>",
        ),
    ),
    "bomb": (Unreadable.TOO_LARGE, lambda d: files.bomb(d / "a.xlsx", 520)),
    "bomb that lies": (Unreadable.DAMAGED, lambda d: files.lying_bomb(d / "a.xlsx", 60)),
    "entities": (
        Unreadable.SUSPICIOUS,
        lambda d: raw_xlsx(d / "a.xlsx", [xml_row(1, ["&i;"])], prolog=files.ENTITIES),
    ),
    "far cell in an xls": (Unreadable.TOO_LARGE, lambda d: far_xls(d / "a.xls")),
    "merges without end": (
        Unreadable.TOO_LARGE,
        lambda d: files.edited(
            raw_xlsx(d / "b.xlsx", (xml_row(n, ["x"]) for n in range(1, 20_001))),
            d / "a.xlsx",
            sheet1=lambda data: data.replace(
                b"</sheetData>",
                b"</sheetData><mergeCells>"
                + b'<mergeCell ref="A1:A20000"/>' * 300
                + b"</mergeCells>",
            ),
        ),
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_end_in_one_clear_refusal(tmp_path: Path, case: str) -> None:
    reason, make = HOSTILE[case]
    assert refused(make(tmp_path)) is reason


def test_an_unreadable_file_is_refused_for_its_permission(tmp_path: Path) -> None:
    path = files.csv_file(tmp_path / "a.csv", ROSTER)
    path.chmod(0)
    if os.access(path, os.R_OK):
        assert only(read_workbook(path)).rows == TEXTS
    else:
        assert refused(path) is Unreadable.NO_PERMISSION


def test_limits_are_kept(tmp_path: Path) -> None:
    path = files.csv_file(tmp_path / "a.csv", [["姓名"]] * 101)
    assert refused(path, limits=Limits(rows=100)) is Unreadable.TOO_MANY_ROWS
    sheet = only(
        read_workbook(files.xlsx(tmp_path / "a.xlsx", {"表": ROSTER}), limits=Limits(columns=4))
    )
    assert sheet.rows == tuple(row[:4] for row in ROSTER)
    assert sheet.stray == 8


def test_a_slow_file_is_given_up(tmp_path: Path) -> None:
    path = files.empty_styled_rows(tmp_path / "a.xlsx", 60_000)
    assert refused(path, limits=Limits(seconds=0.05)) is Unreadable.TOO_SLOW


def test_memory_is_limited(tmp_path: Path) -> None:
    rows = [[f"{r}{'文' * 200}{c}" for c in range(8)] for r in range(4000)]
    path = files.xls(tmp_path / "a.xls", {"表": rows})
    assert refused(path, limits=Limits(megabytes=64)) is Unreadable.TOO_LARGE


@pytest.mark.parametrize(
    "make", [files.xlsx, files.xls, files.ods, files.saved_page, files.csv_file]
)
def test_damage_anywhere_is_read_or_refused(tmp_path: Path, make: Callable[..., Path]) -> None:
    tables = make in (files.xlsx, files.xls, files.ods)
    source = make(tmp_path / "whole", {"表": ROSTER} if tables else ROSTER)
    size = len(source.read_bytes())
    for seed in range(8):
        _read_or_refuse(files.flipped(source, tmp_path / f"flipped{seed}", seed))
        cut = tmp_path / f"cut{seed}"
        cut.write_bytes(source.read_bytes()[: size * (seed + 1) // 9])
        _read_or_refuse(cut)


@pytest.mark.heavy
@pytest.mark.parametrize("make", [files.xlsx, files.xls, files.ods])
def test_much_damage_is_read_or_refused(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path / "whole", {"表": ROSTER})
    for seed in range(400):
        _read_or_refuse(files.flipped(source, tmp_path / "flipped", seed))


def _read_or_refuse(path: Path) -> None:
    try:
        workbook = read_workbook(path)
    except UnreadableFile as refusal:
        said = sentence(refusal)
        assert path.name in said
    else:
        assert workbook.sheets


@pytest.mark.heavy
def test_a_million_empty_rows_are_nothing(tmp_path: Path) -> None:
    begun = time.monotonic()
    path = files.empty_styled_rows(tmp_path / "a.xlsx", 1_000_000)
    made = time.monotonic()
    assert only(read_workbook(path)).rows == (("姓名", "工号"), ("安小北", 1002))
    assert time.monotonic() - made < 20, made - begun


@pytest.mark.heavy
def test_the_largest_table_that_is_allowed(tmp_path: Path) -> None:
    values = [*("文字", 3), *("长一点的文字", 45.5)] * 4
    path = raw_xlsx(tmp_path / "a.xlsx", (xml_row(n, values) for n in range(1, 200_001)))
    assert len(only(read_workbook(path)).rows) == 200_000


# --- words ----------------------------------------------------------------------------------


def test_each_reason_has_its_own_sentence() -> None:
    assert set(UNREADABLE_WORDS) == set(Unreadable) == set(FAULTS)
    said = [sentence(UnreadableFile("名册.xlsx", reason, "甲")) for reason in Unreadable]
    assert len(set(said)) == len(said)
    for text in said:
        assert "没有导入" in text
        assert text.endswith("。")
        assert not set("!！{}") & set(text)


def test_each_wrong_mapping_has_its_own_sentence() -> None:
    said = {sentence(BadMap(fault, "科室", "组室", ("姓名", "工号"))) for fault in MapFault}
    assert len(said) == len(MapFault)
    assert all("没有导入" in text for text in said)
