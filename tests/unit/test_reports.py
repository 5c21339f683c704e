"""Written reports, opened again by another program, say what the report said."""

import csv
import gc
import io
import os
import resource
import secrets
import sys
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from bulletin_study.domain.errors import Cancelled, FileFault, FileRefused
from bulletin_study.exchange.writing import writers
from bulletin_study.usecases.reports import (
    Column,
    ColumnKind,
    ColumnSum,
    Quotient,
    Report,
    RowSum,
    Table,
    period_words,
)

K = ColumnKind
COLUMNS = (
    Column("活动", 24),
    Column("工号", 8),
    Column("6月", 8, K.INTEGER),
    Column("7月", 8, K.INTEGER),
    Column("合计", 8, K.INTEGER),
    Column("学时", 8, K.DECIMAL),
    Column("日期", 12, K.DATE),
    Column("开始", 8, K.TIME),
    Column("到会率", 10, K.PERCENT),
)


def a_report(name: str = "汇总") -> Report:
    """Two rows and their total; the 7月 total counts one session less than its column."""
    rows = (
        ("每周一学", "001", 1, 4, RowSum(5, 2, 3), 7.5, date(2026, 7, 6), time(9, 0),
         Quotient(0.8, 3, 4)),
        ("=1+1", "002", 0, 5, RowSum(7, 2, 3), 0.25, date(1899, 1, 1), None,
         Quotient(None, 2, 2)),
    )
    total = ("合计", "", ColumnSum(1), ColumnSum(8), ColumnSum(12), ColumnSum(7.75), None, None,
             None)
    return Report(
        "统计", (Table(name, "统计表", COLUMNS, rows, total, "截至7月6日，都在。", ("注一",)),)
    )


def test_a_row_is_as_high_as_its_wrapped_text(tmp_path: Path) -> None:
    columns = (Column("心得", 34), Column("备注", 10))
    rows = [("短", "长长长长长长长长长长长长"), ("学" * 50, ""), ("一\n二\n三", "")]
    path = tmp_path / "高.xlsx"
    writers.write(Report("台账", (Table("补学", "台账", columns, rows),)), path)
    heights = [sheet_of(path).row_dimensions[row].height for row in (3, 4, 5)]
    assert heights == [None, 63, 48], "50 characters in a column of 16"


def sheet_of(path: Path, *, values: bool = True) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(path, data_only=values).worksheets[0]


def found(path: Path, text: str) -> int:
    """The row whose first cell holds the text."""
    return next(row[0].row for row in sheet_of(path).iter_rows() if row[0].value == text)


@pytest.fixture
def xlsx(tmp_path: Path) -> Path:
    path = tmp_path / "统计.xlsx"
    writers.write(a_report(), path)
    return path


def test_a_sheet_has_title_sentence_head_and_notes(xlsx: Path) -> None:
    sheet = sheet_of(xlsx)
    assert sheet.title == "汇总"
    top = [sheet.cell(row, 1).value for row in (1, 2, 3)]
    assert top == ["统计表", "截至7月6日，都在。", "活动"]
    assert sheet.cell(sheet.max_row, 1).value == "注一"
    assert sheet.freeze_panes == "A4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"


def test_cells_have_their_types(xlsx: Path) -> None:
    cells = sheet_of(xlsx)[found(xlsx, "每周一学")]
    assert [cell.value for cell in cells] == [
        "每周一学", "001", 1, 4, 5, 7.5, datetime(2026, 7, 6), time(9, 0), 0.8
    ]
    assert cells[8].number_format == "0.0%"


def test_a_date_before_the_spreadsheet_calendar_stays_readable(xlsx: Path) -> None:
    assert sheet_of(xlsx)[found(xlsx, "=1+1")][6].value == "1899-01-01"


def test_text_is_never_a_formula(xlsx: Path) -> None:
    row = found(xlsx, "=1+1")
    assert sheet_of(xlsx, values=False).cell(row, 1).data_type == "s"


def test_sums_are_live_and_carry_their_values(xlsx: Path) -> None:
    row = found(xlsx, "合计")
    values, formulas = sheet_of(xlsx)[row], sheet_of(xlsx, values=False)[row]
    assert [cell.value for cell in values[2:6]] == [1, 8, 12, 7.75]
    assert [cell.value for cell in formulas[2:6]] == [
        "=SUM(C4:C5)", "=SUM(D4:D5)-1", "=SUM(E4:E5)", "=SUM(F4:F5)"
    ]


def test_a_row_sum_keeps_what_it_must_add(xlsx: Path) -> None:
    formulas = sheet_of(xlsx, values=False)
    assert formulas.cell(4, 5).value == "=SUM(C4:D4)"
    assert formulas.cell(5, 5).value == "=SUM(C5:D5)+2"


def test_nothing_over_nothing_is_a_dash(xlsx: Path) -> None:
    row = found(xlsx, "=1+1")
    assert sheet_of(xlsx).cell(row, 9).value == "—"
    assert sheet_of(xlsx, values=False).cell(row, 9).value == '=IF(C5=0,"—",C5/C5)'


def test_a_text_longer_than_a_cell_is_whole_elsewhere(tmp_path: Path) -> None:
    text = "学习体会" * 10_000
    path = tmp_path / "长.xlsx"
    writers.write(Report("长", (Table("表", "长", (Column("内容", 40),), ((text,),)),)), path)
    book = openpyxl.load_workbook(path)
    shown = book["表"]["A3"].value
    assert "全文见工作表“长文”" in shown
    pieces = [row[2] for row in book["长文"].iter_rows(min_row=2, values_only=True)]
    assert "".join(pieces) == text


def test_a_large_report_is_the_same_file(tmp_path: Path) -> None:
    rows = [(f"第{i}行", f"{i:05}", i, 1, RowSum(i + 1, 2, 3), 0.5, date(2026, 1, 1), time(8, 30),
             Quotient(1.0, 3, 3)) for i in range(6000)]
    total = ("合计", "", ColumnSum(sum(range(6000))), ColumnSum(6000), None, None, None, None, None)
    path = tmp_path / "大.xlsx"
    steps: list[tuple[int, int]] = []
    writers.write(
        Report("大", (Table("大", "大", COLUMNS, rows, total),)),
        path,
        lambda done, all_: steps.append((done, all_)),
    )
    sheet = sheet_of(path)
    assert sheet.cell(5, 1).value == "第2行"
    assert sheet.cell(sheet.max_row, 3).value == 17997000
    assert steps[-1] == (6000, 6000)


@pytest.mark.parametrize("name", ["业务比武/岗位练兵", "a" * 40, "[x]:*?", "'"])
def test_any_name_can_name_a_sheet(name: str, tmp_path: Path) -> None:
    path = tmp_path / "名.xlsx"
    table = a_report(name).tables[0]
    writers.write(Report("名", (table, table)), path)
    assert len(openpyxl.load_workbook(path).worksheets) == 2


def lines_of(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_one_table_is_a_plain_csv(tmp_path: Path) -> None:
    path = tmp_path / "统计.csv"
    writers.write(a_report(), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, first, second, total = lines_of(path)
    assert head[0] == "活动"
    assert first == ["每周一学", "001", "1", "4", "5", "7.5", "2026-07-06", "09:00", "80.0%"]
    assert second[0] == "'=1+1"
    assert second[8] == "—"
    assert total[:6] == ["合计", "", "1", "8", "12", "7.75"]


def test_several_tables_stand_in_one_csv_with_their_titles(tmp_path: Path) -> None:
    path = tmp_path / "统计.csv"
    table = a_report().tables[0]
    writers.write(Report("统计", (table, table)), path)
    assert [line[0] for line in lines_of(path) if line].count("统计表") == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_csv_text_is_never_a_formula(start: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    writers.write(Report("x", (Table("x", "x", (Column("内容", 9),), ((f"{start}1",),)),)), path)
    assert lines_of(path)[1] == [f"'{start}1"]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_damaged_text_does_not_stop_a_report(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{suffix}"
    rows = (("半个\ud800字\x00\x07",),)
    writers.write(Report("x", (Table("x", "x", (Column("内容", 9),), rows),)), path)
    assert path.stat().st_size > 0


# --- whole or not at all -----------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_cancelling_leaves_the_old_file_and_nothing_else(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"旧.{suffix}"
    path.write_text("旧内容")
    rows = [(f"第{i}行",) for i in range(20_000)]
    report = Report("x", (Table("x", "x", (Column("内容", 9),), rows),))
    asked = iter([False] * 3 + [True] * 1000)
    with pytest.raises(Cancelled):
        writers.write(report, path, None, lambda: next(asked))
    assert path.read_text() == "旧内容"
    assert list(tmp_path.iterdir()) == [path]


def test_replacing_keeps_who_may_read(tmp_path: Path) -> None:
    path = tmp_path / "统计.csv"
    path.write_text("旧内容")
    path.chmod(0o640)
    writers.write(a_report(), path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    real = tmp_path / "真.csv"
    real.write_text("旧内容")
    link = tmp_path / "链.csv"
    link.symlink_to(real)
    writers.write(a_report(), link)
    assert link.is_symlink()
    assert "每周一学" in real.read_text()


def refusal(path: Path) -> FileFault:
    with pytest.raises(FileRefused) as caught:
        writers.write(a_report(), path)
    return caught.value.fault


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_place_that_cannot_be_written_is_refused(suffix: str, tmp_path: Path) -> None:
    folder = tmp_path / f"夹.{suffix}"
    folder.mkdir()
    assert refusal(folder) is FileFault.IS_DIRECTORY
    assert refusal(tmp_path / "没有" / f"x.{suffix}") is FileFault.NOT_FOUND
    assert refusal(tmp_path / f"{'长' * 200}.{suffix}") is FileFault.NOT_FOUND
    assert refusal(tmp_path / f"x\0.{suffix}") is FileFault.NOT_FOUND
    assert refusal(Path(f"~nobody-of-that-name/x.{suffix}")) is FileFault.NOT_FOUND
    assert list(tmp_path.iterdir()) == [folder]


def test_links_that_go_round_in_circles_are_refused(tmp_path: Path) -> None:
    one, other = tmp_path / "甲.csv", tmp_path / "乙.csv"
    one.symlink_to(other)
    other.symlink_to(one)
    assert refusal(one) is FileFault.NOT_FOUND


def test_a_link_to_a_device_is_refused_and_the_device_stays(tmp_path: Path) -> None:
    device, link = tmp_path / "管道", tmp_path / "台账.csv"
    os.mkfifo(device)
    link.symlink_to(device)
    assert refusal(link) is FileFault.NO_PERMISSION
    assert device.is_fifo()
    assert {path.name for path in tmp_path.iterdir()} == {"管道", "台账.csv"}


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "x.doc") is FileFault.FORMAT
    assert refusal(tmp_path / "x") is FileFault.FORMAT


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_full_disk_says_so(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"统计.{suffix}"
    path.write_text("旧内容")
    rows = [(secrets.token_hex(40),) for _ in range(2000)]
    report = Report("x", (Table("x", "x", (Column("内容", 9),), rows),))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(FileRefused) as caught:
            writers.write(report, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.fault is FileFault.DISK_FULL
    assert path.read_text() == "旧内容"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_full_at_any_byte_leaves_no_noise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "统计.xlsx"
    writers.write(a_report(), path)
    size = path.stat().st_size
    noise: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", noise.append)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    for most in range(0, size, 211):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, limits[1]))
        try:
            assert refusal(path) is FileFault.DISK_FULL
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        gc.collect()
    assert noise == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 1, 1), date(2022, 12, 18), "2022年1月1日至12月18日"),
        (date(2022, 7, 1), date(2023, 6, 30), "2022年7月1日至2023年6月30日"),
        (date(2022, 7, 1), date(2022, 7, 1), "2022年7月1日"),
    ],
)
def test_a_period_in_words(first: date, last: date, words: str) -> None:
    assert period_words(first, last) == words
