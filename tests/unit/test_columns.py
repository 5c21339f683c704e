"""Finding the header, knowing its columns, telling records from notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.exchange.tables.columns import (
    Field,
    HeaderGuess,
    also_called,
    apply_map,
    best_sheet,
    find_header,
    is_noise,
)
from bulletin_study.exchange.tables.refusals import BadMap, MapFault, Unreadable, UnreadableFile
from bulletin_study.exchange.tables.workbook import Cell, Merge, Sheet, Workbook, read_workbook
from tests import office_files as files

FIELDS = (
    Field("rank", "序号", ("排名", "No.")),
    Field("name", "姓名", ("干部姓名",), required=True),
    Field("number", "工号", ("学工号", "工作证号")),
    Field("group", "组室", ("科室", "部门", "所在单位")),
    Field("title", "职务", ("职务职级",)),
    Field("joined", "入部日期", ("入部时间",), offered=("参加工作时间", "参工时间")),
    Field("mentor", "帮带人", ("帮带导师",)),
    Field("minutes", "时长（分钟）", ("时长",)),
    Field("partner", "AB岗", ("A/B岗",)),
)

MEETINGS = (
    Field("kind", "活动类型", ("会议类型",)),
    Field("actual", "实际时间", ("实际会议时间", "活动时间")),
    Field("planned", "计划时间"),
    Field("expected", "应到人数", ("应到",)),
    Field("present", "实到人数", ("实到",)),
    Field("theme", "主题", ("议题",)),
)


def sheet(*rows: Sequence[Cell], wide: Sequence[Merge] = (), name: str = "表") -> Sheet:
    width = max(map(len, rows), default=0)
    return Sheet(
        name, False, tuple((*row, *[None] * (width - len(row))) for row in rows), tuple(wide)
    )


def header(*rows: Sequence[Cell], fields: Sequence[Field] = FIELDS, **more: Any) -> HeaderGuess:
    guess = find_header(sheet(*rows, **more), fields)
    assert guess is not None
    return guess


def names(guess: HeaderGuess) -> list[str]:
    return list(guess.columns.values())


# --- finding ---------------------------------------------------------------------------------


def test_title_rows_stand_above_the_header() -> None:
    guess = header(
        ("中共某县委组织部干部姓名及组室登记表",),
        ("填报单位：某县委组织部", None, None, "2026年11月"),
        (None,),
        ("序号", "姓名", "工号", "组室"),
        (1, "张三", "0001", "干部一组"),
    )
    assert guess.row_index == 3
    assert guess.columns == {0: "rank", 1: "name", 2: "number", 3: "group"}
    assert guess.missing == ()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("姓 名", "name"),
        ("姓\n名", "name"),
        ("　姓　名　", "name"),
        ("姓名*", "name"),
        ("＊姓名：", "name"),
        ("姓名（必填）", "name"),
        ("干部姓名", "name"),
        ("学工号", "number"),
        ("工作证号\n（10位）", "number"),
        ("所在科室", "group"),
        ("科室名称", "group"),
        ("入部时间（年月日）", "joined"),
        ("何时入部日期", "joined"),
        ("帮带导师姓名", "mentor"),
        ("时长", "minutes"),
        ("时长（分钟）", "minutes"),
        ("时长(分)", "minutes"),
        ("ＡＢ岗", "partner"),
        ("ab岗", "partner"),
        ("A/B 岗", "partner"),
        ("no.", "rank"),
    ],
)
def test_one_field_under_many_names(text: str, field: str) -> None:
    others = ("工号", "职务") if field == "name" else ("姓名",)
    guess = header((*others, text), ("甲", "乙", "丙"))
    assert guess.columns[len(others)] == field


def test_the_exact_name_wins_wherever_it_stands() -> None:
    guess = header(("配偶姓名", "姓名", "父亲姓名", "工号"))
    assert guess.columns == {1: "name", 3: "number"}
    assert guess.doubles == {0: "name", 2: "name"}


def test_two_columns_of_the_same_name_are_told() -> None:
    guess = header(("姓名", "科室", "部门"))
    assert guess.columns == {0: "name", 1: "group"}
    assert guess.doubles == {2: "group"}


@pytest.mark.parametrize(
    "text", ["参加工作时间", "参加工作\n时间", "参工时间（年月）", "何时参加工作时间"]
)
def test_the_start_of_work_is_offered_never_assumed(text: str) -> None:
    guess = header(("姓名", "工号", text))
    assert guess.columns == {0: "name", 1: "number"}
    assert guess.offers == {2: "joined"}
    assert apply_map(guess, {text: "入部日期"}).columns[2] == "joined"
    assert apply_map(guess, {text: "入部日期"}).offers == {}


def test_offered_beside_the_real_one() -> None:
    guess = header(("姓名", "参加工作时间", "入部时间"))
    assert guess.columns == {0: "name", 2: "joined"}


def test_a_header_in_two_merged_rows() -> None:
    guess = header(
        ("干部名册", None, None, None, None),
        ("序号", "姓名", "帮带人", None, "组室"),
        ("序号", "姓名", "姓名", "工号", "组室"),
        (1, "张三", "李四", "0002", "一组"),
        wide=[Merge(0, 0, 0, 4), Merge(1, 2, 1, 3)],
    )
    assert guess.row_index == 2
    assert guess.columns == {0: "rank", 1: "name", 2: "mentor", 4: "group"}
    assert guess.texts[2:4] == ("帮带人 姓名", "帮带人 工号")


def test_a_heading_over_several_columns_that_names_no_field() -> None:
    guess = header(
        ("填报单位：某部", None, None, None, None, "2026年11月"),
        ("序号", "基本情况", None, None, "组室", "备注"),
        ("序号", "姓名", "性别", "工号", "组室", "备注"),
        (1, "张三", "男", "0001", "一组", None),
        wide=[Merge(0, 0, 0, 4), Merge(1, 1, 1, 3)],
    )
    assert guess.row_index == 2
    assert guess.columns == {0: "rank", 1: "name", 3: "number", 4: "group"}


def test_figures_under_a_merged_heading() -> None:
    guess = header(
        ("会议类型", "人数", None, "议题"),
        (None, "应到", "实到", None),
        ("部务会", 10, 9, "干部工作"),
        fields=MEETINGS,
        wide=[Merge(0, 1, 0, 2)],
    )
    assert guess.row_index == 1
    assert guess.columns == {0: "kind", 1: "expected", 2: "present", 3: "theme"}


def test_a_header_in_two_rows_of_a_csv() -> None:
    guess = header(
        ("会议类型", "人数", None, "议题"),
        (None, "应到", "实到", None),
        ("部务会", 10, 9, "干部工作"),
        fields=MEETINGS,
    )
    assert guess.row_index == 1
    assert guess.columns == {0: "kind", 1: "expected", 2: "present", 3: "theme"}


def test_the_first_record_is_no_second_header_row() -> None:
    guess = header(("序号", "姓名", None, "组室"), (None, "张三", "代", None), (2, "李四"))
    assert guess.row_index == 0
    assert names(guess) == ["rank", "name", "group"]


def test_a_repeated_header_does_not_displace_the_first() -> None:
    line = ("序号", "姓名", "工号")
    assert header(line, (1, "张三", "1"), line, (2, "李四", "2")).row_index == 0


def test_a_list_of_names_alone() -> None:
    assert header(("姓名",), ("张三",)).columns == {0: "name"}


@pytest.mark.parametrize(
    "rows",
    [
        (("张三", "0001", "干部一组"), ("李四", "0002", "干部二组")),
        (("某部干部姓名登记表",), ("张三", "0001")),
        (("工号", "组室"), ("0001", "一组")),
        (("x" * 30_000,),),
    ],
)
def test_without_the_required_column_there_is_no_header(rows: Any) -> None:
    assert find_header(sheet(*rows), FIELDS) is None


def test_required_fields_without_a_column_are_named() -> None:
    needed = (*FIELDS, Field("kind", "类别", required=True))
    assert [field.name for field in header(("姓名", "工号"), fields=needed).missing] == ["kind"]


def test_cells_are_reached_by_field() -> None:
    guess = header(("姓名", "工号"))
    assert guess.cell(("张三", "0001"), "number") == "0001"
    assert guess.cell(("张三",), "number") is None
    assert guess.cell(("张三",), "group") is None


# --- mapping by hand -----------------------------------------------------------------------


def test_the_guess_is_overruled_by_hand() -> None:
    guess = header(("姓名", "工号", "科室", "部门", None))
    assert apply_map(guess, {"部门": "组室"}).columns == {0: "name", 1: "number", 3: "group"}
    assert apply_map(guess, {"部 门": "group"}).columns[3] == "group"
    assert apply_map(guess, {"第5列": "职务"}).columns[4] == "title"
    assert apply_map(guess, {"工号": ""}).columns == {0: "name", 2: "group"}
    assert apply_map(guess, {"工号": "不导入", "部门": "工号"}).columns == {
        0: "name",
        2: "group",
        3: "number",
    }
    assert apply_map(guess, {}) == guess


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        ({"单位": "组室"}, MapFault.NO_COLUMN),
        ({"第9列": "组室"}, MapFault.NO_COLUMN),
        ({"科室": "籍贯"}, MapFault.NO_FIELD),
        ({"科室": "组室", "部门": "组室"}, MapFault.TWICE),
    ],
)
def test_a_mapping_that_cannot_be(mapping: dict[str, str], problem: MapFault) -> None:
    with pytest.raises(BadMap) as caught:
        apply_map(header(("姓名", "科室", "部门")), mapping)
    assert caught.value.problem is problem


def test_a_known_mapping_finds_a_header_that_says_nothing_else() -> None:
    page = sheet(("某表",), ("参学者", "代号"), ("张三", "1"))
    mapping = {"参学者": "姓名", "代号": "number"}
    assert find_header(page, FIELDS) is None
    guess = find_header(page, also_called(FIELDS, mapping))
    assert guess is not None
    assert guess.columns == {0: "name", 1: "number"}


# --- noise ----------------------------------------------------------------------------------

GUESS = header(("序号", "姓 名", "工号", "组室", "职务", "备注"))


@pytest.mark.parametrize(
    "row",
    [
        (None, None, None, None, None, None),
        ("序号", "姓 名", "工号", "组室", "职务", "备注"),
        ("序号", "姓名", "工 号", "组室", None, None),
        ("一、部领导", None, None, None, None, None),
        (None, "（二）干部一组：", None, None, None, None),
        ("干部一组", None, None, None, None, None),
        (8, None, None, None, None, None),
        ("合计", 48, None, None, None, None),
        ("合 计：", None, 48, 3, None, None),
        (None, "小计", 48, None, None, None),
        ("总计48人", None, None, None, None, None),
        ("备注：借调人员不列入", None, None, None, None, None),
        ("注：1.本表一式两份", None, None, None, "盖章", None),
        ("填表说明：时间填到日", None, None, None, None, None),
        ("制表人：张三", None, None, "审核人：李四", None, "2026-11-25"),
        ("填报人", None, "张三", None, None, None),
        ("填表人：张三", "审核人：李四", "单位负责人：王五", "联系电话：123", None, None),
        ("单位（盖章）：", None, None, None, None, None),
    ],
)
def test_what_is_no_record(row: tuple[Cell, ...]) -> None:
    assert is_noise(row, GUESS)


@pytest.mark.parametrize(
    "row",
    [
        (1, "张三", "0001", "干部一组", "干部", None),
        (None, "张三", None, None, None, None),
        (None, "单雄信", None, None, None, None),
        (None, None, "0001", "干部一组", None, None),
        ("1", "合计俊", "0001", "办公室", None, None),
        ("*", "张三", "0001", "办公室", None, None),
        (True, None, None, None, None, None),
        (1, "姓名", None, None, None, None),
        ("备注", "张三", "0002", "办公室", "干部", None),
    ],
)
def test_what_may_be_a_record_is_never_dropped(row: tuple[Cell, ...]) -> None:
    assert not is_noise(row, GUESS)


def test_a_two_row_header_repeated_is_noise() -> None:
    upper, lower = ("会议类型", "人数", None, "议题"), (None, "应到", "实到", None)
    guess = header(upper, lower, ("部务会", 10, 9, "干部工作"), fields=MEETINGS)
    assert is_noise(upper, guess)
    assert is_noise(lower, guess)
    assert not is_noise(("部务会", 10, 9, "应到"), guess)


_WORDS = st.sampled_from(["张三", "李四", "0001", "一组", "合计", "备注：甲", "姓名", "一、", ""])


@given(st.lists(_WORDS, min_size=6, max_size=6), st.text("赵钱孙李周吴", min_size=2, max_size=3))
def test_a_row_with_a_number_and_a_name_is_a_record(cells: list[str], name: str) -> None:
    row = (1, name, *[cell or None for cell in cells[2:]])
    assert not is_noise(row, GUESS)


# --- choosing a sheet -----------------------------------------------------------------------


def book(*sheets: Sheet) -> Workbook:
    return Workbook("名册.xlsx", sheets)


def test_the_first_visible_sheet_with_the_best_header() -> None:
    cover = sheet(("某部名册",), name="封面")
    short = sheet(("姓名", "备注"), ("张三", None), name="联系人")
    full = sheet(("序号", "姓名", "工号"), (1, "张三", 1), name="名册")
    again = sheet(("序号", "姓名", "工号"), (1, "李四", 1), name="名册 (2)")
    unseen = Sheet("旧", True, (("序号", "姓名", "工号", "组室"),))
    chosen, guess = best_sheet(book(cover, unseen, short, full, again), FIELDS)
    assert chosen.name == "名册"
    assert names(guess) == ["rank", "name", "number"]
    assert best_sheet(book(cover, short, full), FIELDS, "联系人")[0].name == "联系人"
    assert best_sheet(book(full, unseen), FIELDS, " 旧 ")[0].name == "旧"


@pytest.mark.parametrize(
    ("sheets", "name", "reason"),
    [
        ([sheet(("姓名",))], "二", Unreadable.NO_SHEET),
        ([sheet()], None, Unreadable.NO_ROWS),
        ([Sheet("旧", True, (("姓名",),))], None, Unreadable.NO_ROWS),
        ([sheet(("单位", "人数"))], None, Unreadable.NO_HEADER),
    ],
)
def test_no_sheet_that_would_do(sheets: list[Sheet], name: str | None, reason: Unreadable) -> None:
    with pytest.raises(UnreadableFile) as caught:
        best_sheet(book(*sheets), FIELDS, name)
    assert caught.value.reason is reason


def test_a_hidden_sheet_is_read_when_it_is_called(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path / "a.xlsx", {"甲": [["x"]], "乙": files.ROSTER}, hidden=["乙"])
    chosen, guess = best_sheet(read_workbook(path), FIELDS, "乙")
    assert len(chosen.rows) == len(files.ROSTER)
    assert "name" in names(guess)


# --- all at once ----------------------------------------------------------------------------


def test_a_roster_as_offices_send_it(tmp_path: Path) -> None:
    workbook = read_workbook(files.dirty_roster(tmp_path / "花名册.xlsx"))
    chosen, guess = best_sheet(workbook, FIELDS)
    assert guess.row_index == 2
    assert guess.columns == {
        0: "rank",
        1: "name",
        2: "number",
        3: "group",
        4: "title",
        6: "joined",
    }
    assert guess.offers == {5: "joined"}
    records = [row for row in chosen.rows[guess.row_index + 1 :] if not is_noise(row, guess)]
    assert [row[0] for row in records] == list(range(1, 11))
    assert [guess.cell(row, "group") for row in records] == [
        *("部领导", "办公室", "办公室", "办公室", "干部一组", "干部一组"),
        *("干部二组", "干部二组", "干部二组", "人才组"),
    ]
