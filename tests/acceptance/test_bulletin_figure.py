"""已开展“每周一学”活动21场次: the bulletin's own figure, from a roster file to the written one.

Every step is a process of its own, as a scheduled task or a script would start it.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.acceptance.command import EVERY_MONDAY, PERIOD, Program, Ran

MONTHS = {"7月": 1, "8月": 5, "9月": 4, "10月": 5, "11月": 4, "12月": 2}
PEOPLE = (
    (1, "秦维新", "901", "", "部长", "部领导", "2015-01-05"),
    (2, "陈思远", "001", "办公室", "主任", "组长", "2016/3/1"),
    (3, "李 晓雯", "002", "办公室", "科员", "组员", "2018.5.7"),
    (4, "林卓然", "003", "干部组", "组长", "组长", "2017年9月1日"),
    (5, "何一帆", "004", "干部组", "科员", "组员", "2022-09-05"),
)


def write_roster(path: Path) -> Path:
    """A roster with a title row above its header and a line of totals under it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["县委组织部花名册"])
    sheet.merge_cells("A1:G1")
    sheet.append(["序号", "姓名", "工号", "组室", "职务", "身份", "入部日期"])
    for row in PEOPLE:
        sheet.append(row)
    sheet.append(["合计", len(PEOPLE)])
    book.save(path)
    return path


class Office:
    """The steps of the story, each done once, with what they answered."""

    def __init__(self, folder: Path) -> None:
        self.program = Program(folder / "数据")
        roster = write_roster(folder / "花名册.xlsx")
        self.imported = self.program.ok("import", "roster", roster, "--apply", "--json")
        self.scheduled = self.program.ok(*EVERY_MONDAY, "--apply", "--json")
        self.ids = [one["session"] for one in self.scheduled.json]
        self.held = self.program.ok("hold", *map(str, self.ids[:21]))
        self.counts = self.program.ok("counts", *PERIOD, "--json")
        self.file = folder / "统计.xlsx"
        self.exported = self.program.ok("export", "counts", *PERIOD, "-o", self.file)

    def sheet(self, name: str, *, values: bool = True) -> Worksheet:
        """A sheet of the written file, read again."""
        return openpyxl.load_workbook(self.file, data_only=values)[name]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The whole story, told once."""
    return Office(tmp_path_factory.mktemp("office"))


def study(ran: Ran) -> dict[str, object]:
    """The figures of 每周一学."""
    (found,) = [k for k in ran.json["kinds"] if k["kind"] == "每周一学"]
    return found


def test_the_roster_is_in(office: Office) -> None:
    assert (office.imported.json["new"], office.imported.json["wrong"]) == (5, 0)
    assert office.imported.json["applied"] is True


def test_holidays_move_two_mondays(office: Office) -> None:
    days = {one["planned"]: one["day"] for one in office.scheduled.json}
    assert len(days) == 22
    shifted = {planned: day for planned, day in days.items() if planned != day}
    assert shifted == {"2022-09-12": "2022-09-13", "2022-10-03": "2022-10-08"}


def test_what_was_held_says_what_it_still_misses(office: Office) -> None:
    lines = office.held.out.splitlines()
    assert len(lines) == 21
    assert "签到差 4 人" in lines[0]
    assert "签到差 5 人" in lines[-1], "何一帆 came to the office in September"


def test_the_command_line_says_21(office: Office) -> None:
    figures = study(office.counts)
    assert figures["held"] == 21
    months = {f"{int(month[5:])}月": number for month, number in figures["months"].items()}
    assert months == MONTHS
    assert office.counts.json["total_held"] == 21


def test_the_sentence_says_21(office: Office) -> None:
    sentence = office.counts.json["sentence"]
    assert sentence == "截至2022年12月18日，已开展“每周一学”活动21场次。"


def test_the_cells_of_the_workbook_say_21(office: Office) -> None:
    sheet = office.sheet("汇总")
    assert sheet["A2"].value == office.counts.json["sentence"]
    head = [cell.value for cell in sheet[3]]
    row = dict(zip(head, [cell.value for cell in sheet[4]], strict=True))
    assert row["活动类型"] == "每周一学"
    assert {month: row[month] for month in MONTHS} == MONTHS
    assert row["合计"] == 21
    total = dict(zip(head, [cell.value for cell in sheet[5]], strict=True))
    assert (total["活动类型"], total["合计"]) == ("合计", 21)


def test_the_totals_are_live(office: Office) -> None:
    sheet = office.sheet("汇总", values=False)
    head = [cell.value for cell in sheet[3]]
    at = head.index("合计") + 1
    assert str(sheet.cell(4, at).value).startswith("=SUM(B4:")
    assert str(sheet.cell(5, at).value).startswith("=SUM(")


def test_the_details_hold_the_21_sessions(office: Office) -> None:
    sheet = office.sheet("明细")
    head = [cell.value for cell in sheet[2]]
    at = head.index("状态")
    states = [row[at] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert states.count("已开展") == 21
