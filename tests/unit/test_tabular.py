"""Foreign tables: every make, every kind of dirt, and hostile files within limits."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin_study.domain.errors import Cancelled
from bulletin_study.exchange.tables.assembly import Assembly
from bulletin_study.exchange.tables.child import reader
from bulletin_study.exchange.tables.child.sink import Sink
from bulletin_study.exchange.tables.refusal_words import sentence
from bulletin_study.exchange.tables.refusals import (
    Unreadable,
    UnreadableFile,
)
from bulletin_study.exchange.tables.wire import frames
from bulletin_study.exchange.tables.workbook import (
    FORMULA,
    CellError,
    Merge,
    Sheet,
    Workbook,
    read_workbook,
)
from tests import office_files as files
from tests.office_files import ROSTER, TWO_ROWS, cell, raw_xlsx, xml_row

Make = Callable[[Path, dict[str, files.Rows]], Path]

TEXTS = tuple(tuple(str(value) for value in row) for row in ROSTER)


def only(workbook: Workbook) -> Sheet:
    assert len(workbook.sheets) == 1
    return workbook.sheets[0]


# --- every make ----------------------------------------------------------------------------


@pytest.mark.parametrize("make", [files.xlsx, files.xls, files.ods])
@pytest.mark.parametrize("name", ["名册.xlsx", "名册.xls", "名册.et", "名册.csv"])
def test_the_content_counts_whatever_the_suffix_says(tmp_path: Path, make: Make, name: str) -> None:
    workbook = read_workbook(make(tmp_path / name, {"花名册": ROSTER}))
    assert workbook.file_name == name
    assert only(workbook).name == "花名册"
    assert only(workbook).rows == ROSTER


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "名册.csv"), (";", "名册"), ("\t", "名册.xls")]
)
def test_a_csv_is_read_in_any_usual_encoding(
    tmp_path: Path, encoding: str, delimiter: str, name: str
) -> None:
    path = files.csv_file(tmp_path / name, ROSTER, encoding, delimiter)
    sheet = only(read_workbook(path))
    assert sheet.name == "名册"
    assert sheet.rows == TEXTS


def test_rare_names_survive_gb18030(tmp_path: Path) -> None:
    path = files.csv_file(tmp_path / "a.csv", [["姓名"], ["㛃𬭎"]], "gb18030")
    assert only(read_workbook(path)).rows[1] == ("㛃𬭎",)


def test_two_chinese_characters_in_gbk_are_not_taken_for_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("联通".encode("gbk"))
    assert only(read_workbook(path)).rows == (("联通",),)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_saved_web_page_is_a_table(tmp_path: Path, encoding: str) -> None:
    sheet = only(read_workbook(files.saved_page(tmp_path / "导出.xls", ROSTER, encoding)))
    assert sheet.rows == TEXTS


def test_spans_of_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_text(
        "<table><tr><td colspan=2>名单<tr><td rowspan=2>一组<td>张三<br>李四"
        "<tr><td>王&amp;五</table>",
        encoding="utf-8",
    )
    sheet = only(read_workbook(path))
    assert sheet.rows == (("名单", None), ("一组", "张三\n李四"), ("一组", "王&五"))
    assert sheet.wide == (Merge(0, 0, 0, 1),)


def test_spans_without_end_of_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_text("<table>" + "<tr><td rowspan=9999999 colspan=300>甲<td>乙" * 5, "utf-8")
    sheet = only(read_workbook(path))
    assert sheet.rows == (("甲",),)
    assert sheet.stray == 6


def test_a_csv_that_names_its_delimiter_keeps_its_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\n姓名;事由\n张三;病假, 住院\n", encoding="utf-8")
    assert only(read_workbook(path)).rows == (
        (None, None),
        ("姓名", "事由"),
        ("张三", "病假, 住院"),
    )


def test_commas_in_notes_do_not_mislead_the_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("姓名\t事由\n张三\t甲, 乙, 丙\n李四\t无\n", encoding="utf-8")
    assert only(read_workbook(path)).rows[1] == ("张三", "甲, 乙, 丙")


def test_line_breaks_and_stray_quotes_in_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,备注\n张"三,"甲\n乙"\n李四,无\n', encoding="utf-8")
    assert only(read_workbook(path)).rows[1:] == (('张"三', "甲\n乙"), ("李四", "无"))


# --- sheets ---------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [files.xlsx, files.xls, files.ods])
def test_hidden_sheets_are_named_and_not_read(tmp_path: Path, make: Callable[..., Path]) -> None:
    path = make(tmp_path / "a", {"甲": [["勿读"]], "乙": ROSTER}, hidden=["甲"])
    workbook = read_workbook(path)
    assert [(s.name, s.hidden, len(s.rows)) for s in workbook.sheets] == [
        ("甲", True, 0),
        ("乙", False, 4),
    ]
    asked = read_workbook(path, sheet="甲")
    assert [(s.name, len(s.rows)) for s in asked.sheets] == [("甲", 1), ("乙", 0)]
    called = workbook.sheet("甲")
    assert called is not None
    assert called.rows == (("勿读",),)


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path / "a.xlsx", {"甲": ROSTER, "乙": ROSTER})
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(path, sheet="丙")
    assert caught.value.reason is Unreadable.NO_SHEET
    assert "甲、乙" in sentence(caught.value)


def test_chart_sheets_are_passed_over(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.create_chartsheet("图")
    book.worksheets[0]["A1"] = "姓名"
    book.save(tmp_path / "a.xlsx")
    assert only(read_workbook(tmp_path / "a.xlsx")).rows == (("姓名",),)


# --- merged cells ---------------------------------------------------------------------------

MERGED: files.Rows = (
    ("某部花名册", None, None),
    ("组室", "姓名", "职务"),
    ("一组", "张三", "干部"),
    (None, "李四", "干部"),
    (None, None, None),
    (None, "王五", "干部"),
)
SPREAD = (
    *MERGED[:3],
    ("一组", "李四", "干部"),
    (None, None, None),
    ("一组", "王五", "干部"),
)


def test_a_group_merged_over_its_rows_stands_in_each_and_a_title_in_one(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path / "a.xlsx", {"表": MERGED}, ["A1:C1", "A3:A6"])
    sheet = only(read_workbook(path))
    assert sheet.rows == SPREAD
    assert sheet.wide == (Merge(0, 0, 0, 2),)


def test_merged_cells_of_an_xls(tmp_path: Path) -> None:
    path = files.xls(tmp_path / "a.xls", {"表": MERGED}, [(0, 0, 0, 2), (2, 5, 0, 0)])
    assert only(read_workbook(path)).rows == SPREAD


def test_merged_cells_of_an_ods(tmp_path: Path) -> None:
    rows: list[list[object]] = [list(row) for row in MERGED]
    rows[0] = [{"value": "某部花名册", "across": 3}, {"covered": True}, {"covered": True}]
    rows[2][0] = {"value": "一组", "down": 4}
    for row in rows[3:]:
        row[0] = {"covered": True}
    sheet = only(read_workbook(files.ods(tmp_path / "a.ods", {"表": rows})))
    assert sheet.rows == SPREAD
    assert sheet.wide == (Merge(0, 0, 0, 2),)


# --- values ---------------------------------------------------------------------------------

VALUES: files.Rows = (
    ("日", dt.date(2024, 1, 5)),
    ("时刻", dt.datetime(2024, 1, 5, 8, 30)),
    ("钟点", dt.time(8, 30)),
    ("整数", 1001),
    ("电话", 13800000000),
    ("小数", 1.5),
    ("真", True),
    ("文字", "0012"),
)


@pytest.mark.parametrize("make", [files.xlsx, files.xls, files.ods])
def test_values_keep_their_kind(tmp_path: Path, make: Make) -> None:
    rows = only(read_workbook(make(tmp_path / "a", {"表": VALUES}))).rows
    assert rows == VALUES
    assert [type(row[1]) for row in rows] == [type(row[1]) for row in VALUES]


def test_errors_and_uncalculated_formulas_are_values_of_their_own(tmp_path: Path) -> None:
    rows = [["应到", "实到"], ["#DIV/0!", 1], ["=1+1", "#N/A"], [3, "完"]]
    sheet = only(read_workbook(files.xlsx(tmp_path / "a.xlsx", {"表": rows})))
    assert sheet.rows[1:] == (
        (CellError("#DIV/0!"), 1),
        (CellError(FORMULA), CellError("#N/A")),
        (3, "完"),
    )


def test_rows_of_nothing_but_uncalculated_formulas_are_not_lost(tmp_path: Path) -> None:
    rows = [["姓名", "工号"], ["张三", "001"], [None, None], ["=A2", "=B2"], [None, "=B4"]]
    sheet = only(read_workbook(files.xlsx(tmp_path / "a.xlsx", {"表": rows})))
    assert sheet.rows[2:] == (
        (None, None),
        (CellError(FORMULA), CellError(FORMULA)),
        (None, CellError(FORMULA)),
    )
    alone = only(read_workbook(files.xlsx(tmp_path / "b.xlsx", {"表": [["=1+1"]]})))
    assert alone.rows == ((CellError(FORMULA),),)


def test_an_empty_text_that_a_formula_gave_is_a_blank(tmp_path: Path) -> None:
    row = b'<row r="3"><c r="A3" t="str"><f>""</f><v></v></c><c r="B3"><f>1+1</f><v>2</v></c></row>'
    assert only(read_workbook(raw_xlsx(tmp_path / "a.xlsx", [*TWO_ROWS, row]))).rows[2] == (None, 2)


def test_errors_of_an_xls(tmp_path: Path) -> None:
    path = files.xls(tmp_path / "a.xls", {"空": [], "表": [["应到"], ["#DIV/0!"], [48]]})
    assert read_workbook(path).sheets[1].rows == (("应到",), (CellError("#DIV/0!"),), (48,))


def test_errors_repeats_and_notes_of_an_ods(tmp_path: Path) -> None:
    rows: files.Rows = [
        ["应到", {"value": None, "repeat": 2}, {"value": "同", "repeat": 2}],
        [{"error": "#DIV/0!"}, {"formula": "1+1"}, {"value": 2, "formula": "1+1"}],
        ["甲\n乙", True],
    ]
    path = files.ods(tmp_path / "a.ods", {"表": rows})
    note = b"<office:annotation><text:p>x</text:p></office:annotation>"
    path = files.edited(
        path,
        tmp_path / "b.ods",
        content=lambda data: data.replace(b"<text:p>", note + b"<text:p>", 1),
    )
    assert only(read_workbook(path)).rows == (
        ("应到", None, None, "同", "同"),
        (CellError("#DIV/0!"), CellError(FORMULA), 2, None, None),
        ("甲\n乙", True, None, None, None),
    )


def test_chinese_date_formats_without_a_definition_are_dates_or_numbers(tmp_path: Path) -> None:
    source = files.xlsx(tmp_path / "a.xlsx", {"表": [[dt.date(2024, 1, 5)]]})
    path = files.edited(
        source,
        tmp_path / "b.xlsx",
        styles=lambda data: data.replace(b'numFmtId="14"', b'numFmtId="31"'),
    )
    assert only(read_workbook(path)).rows[0][0] in (dt.date(2024, 1, 5), 45296)


# --- dirt -----------------------------------------------------------------------------------


def test_row_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    path = raw_xlsx(
        tmp_path / "a.xlsx",
        [xml_row(5, ("甲",)), b'<row r="9">' + cell("C9", "乙").encode() + b"</row>"],
    )
    rows = only(read_workbook(path)).rows
    assert len(rows) == 9
    assert rows[4] == ("甲", None, None)
    assert rows[8] == (None, None, "乙")


def test_a_wrong_dimension_loses_nothing(tmp_path: Path) -> None:
    source = files.xlsx(tmp_path / "a.xlsx", {"表": ROSTER})
    for told in (b'ref="A1"', b'ref="A1:XFD1048576"'):
        path = files.edited(
            source,
            tmp_path / "b.xlsx",
            sheet1=lambda data, told=told: data.replace(b'ref="A1:F4"', told),
        )
        assert only(read_workbook(path)).rows == ROSTER


def test_blank_tails_and_cells_of_spaces_are_nothing(tmp_path: Path) -> None:
    rows = [*ROSTER, *([" ", "\u3000", "\xa0", None, "", None, " "] for _ in range(3000))]
    sheet = only(read_workbook(files.xlsx(tmp_path / "a.xlsx", {"表": rows})))
    assert sheet.rows == ROSTER
    assert sheet.stray == 0


@pytest.mark.parametrize("ref", ["XFD1048576", "A1048576", "XFD3"])
def test_a_stray_cell_far_away_is_counted_and_left(tmp_path: Path, ref: str) -> None:
    number = ref.lstrip("XFDA")
    far = f'<row r="{number}">{cell(ref, 1)}</row>'.encode()
    sheet = only(read_workbook(raw_xlsx(tmp_path / "a.xlsx", [*TWO_ROWS, far])))
    assert sheet.rows[:2] == (("姓名", "工号"), ("安小北", 1002))
    assert len(sheet.rows) == 2
    assert sheet.stray == 1


def test_a_table_beside_a_stray_cell_is_read_like_any_other(tmp_path: Path) -> None:
    rows = [*VALUES, ["#DIV/0!", "=1+1"], ["一组", "甲\n乙"], [None, "丙"]]
    source = files.xlsx(tmp_path / "a.xlsx", {"表": rows}, ["A10:A11"])
    plain = only(read_workbook(source))
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = files.edited(
        source, tmp_path / "b.xlsx", sheet1=lambda data: data.replace(b"</sheetData>", far)
    )
    assert only(read_workbook(path)).rows == plain.rows


def test_broken_styles_cost_only_the_date_formats(tmp_path: Path) -> None:
    source = files.xlsx(tmp_path / "a.xlsx", {"表": ROSTER})
    for broken in (b"", b"<styleSheet><cellXfs"):
        path = files.edited(source, tmp_path / "b.xlsx", styles=lambda _, b=broken: b)
        rows = only(read_workbook(path)).rows
        assert rows[1] == (1, "甄有为", "0001", "办公室", "部长", 43164)


def test_every_kind_of_dirt_in_one_file(tmp_path: Path) -> None:
    workbook = read_workbook(files.dirty_roster(tmp_path / "花名册.xlsx"))
    visible, unseen = workbook.sheets
    assert (unseen.hidden, unseen.rows) == (True, ())
    assert len(visible.rows) == 19
    assert [row[3] for row in visible.rows[4:7]] == ["办公室"] * 3
    assert visible.rows[3][1:3] == ("甄  有为", 1001)


# --- two readers ----------------------------------------------------------------------------


@pytest.mark.parametrize("careful", [False, True])
def test_the_fast_and_the_careful_reader_say_the_same(tmp_path: Path, careful: bool) -> None:
    values = [*VALUES, ["#DIV/0!", "=1+1"], [" ", None], ["一组", "甲\n乙"], [None, "丙"]]
    path = files.xlsx(tmp_path / "a.xlsx", {"隐": [["x"]], "表": values}, ["A1:B1"], ["隐"])
    out = io.BytesIO()
    reader.read(path, "a", None, careful, Sink(out, 100, 100, 1000))
    out.seek(0)
    assembly = Assembly("a.xlsx")
    for tag, *told in frames(out):
        assembly.take(str(tag), *told)
    unseen, sheet = assembly.workbook().sheets
    assert (unseen.hidden, unseen.rows) == (True, ())
    assert sheet.rows == (
        *VALUES,
        (CellError("#DIV/0!"), CellError(FORMULA)),
        (None, None),
        ("一组", "甲\n乙"),
        (None, "丙"),
    )


# --- progress, cancelling, isolation --------------------------------------------------------


def test_progress_ends_with_all_rows(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = files.csv_file(tmp_path / "a.csv", ROSTER * 3000)
    read_workbook(path, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 0)
    assert told[-1] == (12_000, 12_000)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_cancelling_stops_the_reading(tmp_path: Path) -> None:
    path = files.empty_styled_rows(tmp_path / "a.xlsx", 60_000)
    with pytest.raises(Cancelled):
        read_workbook(path, cancel=lambda: True)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_workbook(path, progress=stop)


def test_the_parsers_live_in_the_child_alone(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path / "a.xlsx", {"表": ROSTER})
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, pathlib\n"
            "from bulletin_study.exchange.tables.workbook import read_workbook\n"
            "before = sorted(sys.modules)\n"
            "assert read_workbook(pathlib.Path(sys.argv[1])).sheets\n"
            "print([m for m in ('python_calamine', 'openpyxl', 'zipfile', 'pyexpat') "
            "if m in sys.modules], 'subprocess' in before)",
            str(path),
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert told.stdout.strip() == "[] False"
