"""What a roster's cells mean, before anything is compared."""

from __future__ import annotations

from datetime import date

import pytest

from bulletin_study.domain.people import MentorKind, Role, StaffCategory
from bulletin_study.exchange.imports.roster.lines import read_roster
from bulletin_study.exchange.imports.roster.words import ROSTER_FIELDS
from bulletin_study.exchange.tables.workbook import Cell, CellError
from tests.import_tables import records_of


def read_one(head: str, cell: Cell) -> tuple[object, list[str], list[str]]:
    """(the value of the field, errors, notes) of one cell beside a name."""
    records = records_of(ROSTER_FIELDS, ("姓名", head), ("甲", cell), ("乙", "无"))
    columns = read_roster(records)
    field = next(f.name for f in ROSTER_FIELDS if head in (f.title, *f.aliases))
    said = records.remarks
    return (
        getattr(columns, field)[0],
        [text for _, text in said.errors.get(0, ())],
        [text for _, text in said.notes.get(0, ())],
    )


@pytest.mark.parametrize(
    ("head", "cell", "value"),
    [
        ("工号", 33.0, "33"),
        ("工号", "０３３", "033"),
        ("人员编号", " 0 33 ", "033"),
        ("工作证号", "/", None),
        ("科室", "办 公 室", "办公室"),
        ("职务", "部　　长", "部长"),
        ("职务", "副部长 老干局局长", "副部长 老干局局长"),
        ("所在单位", "组织组", "组织组"),
        ("序号", "１２", 12),
        ("序号", 3.0, 3),
        ("身份", "副组长", Role.MEMBER),
        ("身份", "科室负责人", Role.HEAD),
        ("身份", "班子成员", Role.LEADER),
        ("人员类别", "非在编人员", StaffCategory.OUTSIDE),
        ("人员性质", "事业编", StaffCategory.ESTABLISHED),
        ("人员类别", "借用", StaffCategory.BORROWED),
        ("人员类别", "跟班学习", StaffCategory.SHADOWING),
        ("人员类别", "公益性岗位", StaffCategory.OUTSIDE),
        ("入部时间", "2022.3.1", date(2022, 3, 1)),
        ("到岗日期", 44621, date(2022, 3, 1)),
        ("入部日期", "—", None),
        ("入党时间", "群众", None),
        ("入党日期", "2003.06", date(2003, 6, 1)),
        ("帮带导师", "梁 守正", "梁守正"),
        ("帮带人", "无", None),
        ("帮带方式", "以老带新", MentorKind.OLD_WITH_NEW),
        ("帮带方式", "组长带组员", MentorKind.HEAD_WITH_MEMBERS),
        ("B岗", "宋佳怡", "宋佳怡"),
        ("组序", "3", 3),
    ],
)
def test_cells_are_read_as_people_write_them(head: str, cell: Cell, value: object) -> None:
    got, errors, _ = read_one(head, cell)
    assert (got, errors) == (value, [])


@pytest.mark.parametrize(
    ("head", "cell", "reason"),
    [
        ("身份", "看客", "身份：“看客”看不懂，可以写部领导、组长、组员"),
        ("人员类别", "外星", "人员类别：“外星”看不懂，可以写在编、借调来、跟班、编外"),
        ("入部日期", "2021-02-30", "入部日期：没有“2021-02-30”这一天"),
        ("序号", "第一", "序号：“第一”不是人数或个数，请只写数字"),
        ("组室", CellError("#REF!"), "组室：格子里是公式出错的结果“#REF!”，请改成实际的值"),
    ],
)
def test_what_cannot_be_read_says_why(head: str, cell: Cell, reason: str) -> None:
    got, errors, _ = read_one(head, cell)
    assert (got, errors) == (None, [reason])


def test_leaders_may_stand_in_the_group_column() -> None:
    records = records_of(ROSTER_FIELDS, ("姓名", "科室", "身份"), ("甲", "部领导"), ("乙", "领导"))
    columns = read_roster(records)
    assert columns.role == [Role.LEADER, Role.LEADER]
    assert columns.group == [None, None]


def test_brackets_beside_a_name_are_left_out() -> None:
    records = records_of(
        ROSTER_FIELDS,
        ("姓名", "科室", "职务"),
        ("张伟（女）", "组织组", ""),
        ("组织组（8人）", "组织组", ""),
    )
    columns = read_roster(records)
    assert columns.name[0] == "张伟"
    assert records.remarks.notes[0] == [("name", "“张伟（女）”的括号没有写进姓名")]
    assert records.remarks.errors[1] == [("name", "“组织组（8人）”不像姓名")]


def test_the_year_above_the_header_serves_dates_without_one() -> None:
    records = records_of(
        ROSTER_FIELDS,
        ("2024年干部花名册",),
        ("姓名", "入部日期"),
        ("甲", "9月1日"),
        year=2026,
    )
    assert read_roster(records).joined == [date(2024, 9, 1)]
    assert records.remarks.notes[0] == [("joined", "日期已读作 2024-09-01")]
