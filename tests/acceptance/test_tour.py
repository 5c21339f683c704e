"""The walk through a week in the real window: every page seen, every file written and true."""

from __future__ import annotations

import csv
from zipfile import ZipFile

import openpyxl
import pytest
from PySide6.QtGui import QImage

from bulletin_study.app import TOUR_DAY, TableFiles, open_store
from bulletin_study.ui.tour import Tour, walk
from bulletin_study.usecases.counts import Figures, count

PAGES = (
    "00-首次打开",
    "01-本周",
    "02-每周一学",
    "03-每周一讲",
    "03-每周一讲-看板",
    "04-签到与心得",
    "04-会议记录",
    "04-佐证材料",
    "05-每周一评",
    "06-统计导出",
    "07-人员",
    "07-个人页",
)
DIALOGS = ("04-粘贴名单", "04-补学台账", "07-导入花名册", "08-查找", "08-设置")
PAPERS = ("签到表.docx", "会议记录.docx", "心得汇编.docx", "补学台账.xlsx", "个人学习记录.docx")
YEAR = (TOUR_DAY.replace(month=1, day=1), TOUR_DAY.replace(month=12, day=31))


@pytest.fixture(scope="module")
def walked(
    tmp_path_factory: pytest.TempPathFactory, qapp: object
) -> tuple[Tour, Figures]:
    folder = tmp_path_factory.mktemp("tour")
    out = folder / "out"
    out.mkdir()
    office = open_store(folder / "data", TOUR_DAY)
    tour = walk(office, TableFiles(), folder, out)
    with office.view() as unit:
        figures = count(unit, *YEAR)
    office.close()
    return tour, figures


def test_nothing_went_wrong_on_the_way(walked: tuple[Tour, Figures]) -> None:
    assert walked[0].trouble == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_in_the_picture(walked: tuple[Tour, Figures], name: str) -> None:
    image = QImage(str(walked[0].out / f"{name}.png"))
    assert (image.width(), image.height()) == (1366, 768)
    colors = {image.pixel(x, y) for x in range(0, 1366, 3) for y in range(40, 740, 3)}
    assert len(colors) > 60, "text and pieces, not an empty pane"


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_is_in_the_picture_and_no_larger_than_the_window(
    walked: tuple[Tour, Figures], name: str
) -> None:
    image = QImage(str(walked[0].out / f"{name}.png"))
    assert 400 < image.width() <= 1366
    assert 300 < image.height() <= 768
    colors = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, 300, 3)}
    assert len(colors) > 40


def test_the_papers_of_the_week_are_written(walked: tuple[Tour, Figures]) -> None:
    tour = walked[0]
    for name in PAPERS:
        assert (tour.out / name).stat().st_size > 4000
        assert tour.out / name in tour.written
    with ZipFile(tour.out / "佐证包.zip") as package:
        names = package.namelist()
    assert sum(name.endswith(".png") for name in names) == 3
    assert any("签到表" in name for name in names)


def test_the_written_figures_are_the_window_s_own(walked: tuple[Tour, Figures]) -> None:
    tour, figures = walked
    book = openpyxl.load_workbook(tour.out / "场次汇总.xlsx", data_only=True)
    cells = {c for row in book.worksheets[0].iter_rows(values_only=True) for c in row}
    assert figures.sentence in cells
    assert figures.counts.total_held in cells


def test_the_sign_in_of_the_day_is_in_the_csv(walked: tuple[Tour, Figures]) -> None:
    with (walked[0].out / "签到明细.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row and TOUR_DAY.isoformat() in row[0]]
    assert len(rows) >= 48 - 2
    assert any("看病" in row for row in rows)


def test_the_roster_written_can_be_taken_in_again(walked: tuple[Tour, Figures]) -> None:
    titles = [
        cell.value
        for row in openpyxl.load_workbook(walked[0].out / "花名册.xlsx").active.iter_rows(
            max_row=4
        )
        for cell in row
    ]
    assert {"姓名", "工号", "组室"} <= set(titles)


def test_a_talk_session_is_named_by_its_titles(walked: tuple[Tour, Figures]) -> None:
    sheet = openpyxl.load_workbook(walked[0].out / "场次明细.xlsx").active
    rows = [row for row in sheet.iter_rows(values_only=True) if "每周一讲" in row]
    assert rows
    assert any("公务员招录新规解读" in str(cell) for row in rows for cell in row)
