"""A roster as real offices send it, with every kind of dirt in one file, and what is in it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "在职人员"
HIDDEN_SHEET = "旧名册（勿动）"
HIDDEN_NAME = "隐藏人"
HEADER_ROW = 5


@dataclass(frozen=True)
class Expected:
    """Somebody whom the file names rightly."""

    rank: int
    name: str
    number: str | None
    group: str
    title: str
    role: str
    category: str
    joined: date | None
    party: date | None = None
    mentor: str = ""
    mentor_kind: str = ""
    partner: str = ""


PEOPLE: tuple[Expected, ...] = (
    Expected(1, "高远山", "1001", "", "部长", "部领导", "在编", date(2015, 7, 1), date(2003, 6, 1)),
    Expected(2, "沈明珠", "1002", "", "副部长", "部领导", "在编", date(2016, 3, 5)),
    Expected(
        3, "梁守正", "1003", "组织组", "组长", "组长", "在编", date(2009, 8, 3), partner="宋佳怡"
    ),
    Expected(
        4, "宋佳怡", "1004", "组织组", "副组长", "组员", "在编", date(2013, 7, 15), None,
        "梁守正", "组长带组员", "梁守正",
    ),
    Expected(
        5, "张伟", "1005", "组织组", "一级科员", "组员", "在编", date(2017, 9, 1), None,
        "宋佳怡", "老带新",
    ),
    Expected(6, "曹恒之", "1006", "人才组", "组长", "组长", "在编", date(2018, 1, 5)),
    Expected(
        7, "张伟", "1007", "人才组", "二级科员", "组员", "借调来", date(2022, 3, 1), None,
        "曹恒之", "老带新",
    ),
    Expected(8, "阿卜杜拉·买买提", "1008", "人才组", "科员", "组员", "跟班", date(2022, 7, 25)),
    Expected(9, "彭书瑶", None, "人才组", "科员", "组员", "编外", date(2021, 5, 23)),
    Expected(
        10, "石小满", "1010", "教育组", "试用期", "组员", "在编", date(2026, 9, 1),
        date(2020, 7, 1), "杜明月", "长带短", "杜明月",
    ),
    Expected(11, "杜明月", "1011", "教育组", "组长", "组长", "在编", date(2019, 5, 20)),
    Expected(12, "冯雅宁", "1012", "教育组", "四级主任科员", "组员", "在编", date(2015, 3, 20)),
    Expected(13, "邓启明", "1013", "教育组", "科员", "组员", "在编", date(2020, 8, 10)),
)  # fmt: skip
"""Right rows, in the order of the file."""

WRONG: dict[str, str] = {
    "重号人": "重复",
    "": "姓名为空",
    "坏日期": "没有“2021-02-30”这一天",
    "两可日": "分不清哪个是月",
    "错公式": "#N/A",
    "怪身份": "看不懂",
    "怪类别": "看不懂",
    "石小满": "同名",
}
"""Wrong rows: name → a piece of the reason."""

GROUPS = ("组织组", "人才组", "教育组")

_HEADER_ABOVE = [
    "序号", "姓 名", "工作证号", "所在科室", "职务（职级）", "身份", "人员类别", "参加工作时间",
    "到部时间", "入党时间", "结对帮带", None, "A/B岗", "联系电话", "备注",
]  # fmt: skip
_HEADER = [None] * 10 + ["帮带导师", "帮带方式"] + [None] * 3

_ROWS: tuple[tuple[object, ...], ...] = (
    (1, "高远山", 1001, "部领导", "部长", None, "在编", "1998.7", "2015.7.1", "2003年6月",
     "/", None, "无", 13900000001.0, None),
    ("２", "沈明珠", 1002.0, "部领导", "副部长", "部领导", "行政编制", None, "2016年3月5日", "否",
     None, None, None, None, None),
    (3, "梁守正", "１００３", "组织组", "组长", "组长", "在编", None, "20090803", None,
     None, None, "宋 佳怡", None, None),
    (4, " 宋佳怡", "1004 ", None, "副组长", "副组长", "在编", None, "2013/7/15", None,
     "梁守正", "组长带组员", "梁守正", None, None),
    (5, "张 伟", "1005", None, "一级科员", "组员", "在编", None, 42979, None,
     "宋佳怡", "以老带新", None, None, "注意：与人才组张伟同名"),
    ("以下为人才组",) + (None,) * 14,
    (6, "曹恒之", "1006", "人才组", "组长", "组长", "公务员", None, datetime(2018, 1, 5), None,
     "—", None, "钱不知", None, None),
    (7, "张　伟", "1007", None, "二级科员", "组员", "借调", None, "2022-03-01  08:30", None,
     "曹恒之", None, None, None, None),
    (8, "阿卜杜拉・买买提", "1008", None, "科员", "组员", "跟班学习", None,
     "二〇二二年七月二十五日", None, None, None, None, None, None),
    (9, "彭书瑶", None, None, "科员", "组员", "临聘", None, "5/23/2021", None,
     None, None, None, None, None),
    (None,) * 15,
    ("HEADER",),
    (10, "石小满", "1010", "教育组", "试用期", "组员", "在编", "2026.9", "２０２６．９．１",
     "2020.07", "杜明月", "长带短", "杜明月", None, None),
    (11, "杜明月", "1011", "教育组", "组长", "组长", "在编", None, "19.5.20", None,
     None, None, None, None, None),
    (12, "冯雅宁", "1012", "教育组", "四级主任科员", "组员", "在编", None, "2015年3月20号", "群众",
     None, None, None, None, None),
    (13, "邓启明", "1013", "教育组", "科员", "组员", "在编", None, "2020-8-10 星期一", None,
     None, None, None, None, None),
    (14, "重号人", 1005, "教育组", "科员", "组员", "在编", None, "2020-8-10", None,
     None, None, None, None, None),
    (15, None, "1015", "教育组", "科员", "组员", "在编", None, "2020-8-10", None,
     None, None, None, None, None),
    (16, "坏日期", "1016", "教育组", "科员", "组员", "在编", None, "2021-02-30", None,
     None, None, None, None, None),
    (17, "两可日", "1017", "教育组", "科员", "组员", "在编", None, "5/1/2024", None,
     None, None, None, None, None),
    (18, "错公式", "1018", "#N/A", "科员", "组员", "在编", None, "2020-8-10", None,
     None, None, None, None, None),
    (19, "怪身份", "1019", "教育组", "科员", "看客", "在编", None, "2020-8-10", None,
     None, None, None, None, None),
    (20, "怪类别", "1020", "教育组", "科员", "组员", "外星", None, "2020-8-10", None,
     None, None, None, None, None),
    (21, "石小满", None, "教育组", "试用期", "组员", "在编", None, "2026-9-1", None,
     None, None, None, None, None),
    ("合计", "21人") + (None,) * 13,
    ("注：1. 工作证号以卡面为准；2. 借调人员请注明。",) + (None,) * 14,
    ("填表人：文书", None, None, None, None, "审核人：主任", None, None, "2026年11月20日")
    + (None,) * 6,
)  # fmt: skip


def write_dirty_roster(path: Path) -> Path:
    """Write the file: title rows, a header of two rows, merged cells, notes, hidden sheets,
    a blank formatted tail."""
    book = openpyxl.Workbook()
    notes = book.active
    assert isinstance(notes, Worksheet)
    notes.title = "填表说明"
    notes.append(["一、本表由各科室填写。"])
    sheet = book.create_sheet(SHEET)
    _write_people(sheet)
    hidden = book.create_sheet(HIDDEN_SHEET)
    hidden.append(["姓名", "工号", "组室"])
    hidden.append([HIDDEN_NAME, "9999", "旧组"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def _write_people(sheet: Worksheet) -> None:
    sheet.append(["中共云岭县委组织部干部花名册"])
    sheet.append(["填报单位（盖章）：云岭县委组织部", None, None, None, None, None, "2026年11月"])
    sheet.append([])
    sheet.append(_HEADER_ABOVE)
    sheet.append(_HEADER)
    sheet.merge_cells("A1:O1")
    sheet.merge_cells("K4:L4")
    for column in "ABCDEFGHIJMNO":
        sheet.merge_cells(f"{column}4:{column}5")
    for row in _ROWS:
        sheet.append(_HEADER_ABOVE if row == ("HEADER",) else list(row))
    first = sheet.max_row - len(_ROWS) + 1
    sheet.merge_cells(f"D{first + 2}:D{first + 4}")
    sheet.merge_cells(f"A{first + 5}:O{first + 5}")
    sheet.merge_cells(f"D{first + 6}:D{first + 9}")
    blank = PatternFill("solid", fgColor="FFF2F2F2")
    for row in range(sheet.max_row + 1, sheet.max_row + 800):
        sheet.cell(row, 3).fill = blank


def write_gbk_roster(path: Path) -> Path:
    """The same people in a plain GBK csv without some of the columns."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["姓名", "工号", "部门", "职务", "入部日期"])
        for person in PEOPLE:
            joined = person.joined.isoformat() if person.joined else ""
            writer.writerow([person.name, person.number, person.group, person.title, joined])
    return path
