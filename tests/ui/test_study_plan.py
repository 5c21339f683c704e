"""每周一学: the study plan, days off, exports, renumbering."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bulletin_study.domain.calendar import HolidayDay
from bulletin_study.domain.sessions import StudyPlanItem
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.tabs.study.exports import PAPERS
from bulletin_study.usecases.closing import archive, hold
from bulletin_study.usecases.importing import ImportKind
from tests.contract.schedule_office import STUDY, draft, plan
from tests.ui.harness import type_text
from tests.ui.study_desk import Study, study_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = study_office(tmp_path / "store.sqlite3")
    yield store
    store.close()


@pytest.fixture
def study(qtbot: QtBot, office: SqlOffice, tmp_path: Path) -> Study:
    return Study(qtbot, office, tmp_path)


# ---- the study plan ----
def planned(study: Study) -> list[tuple[str, str]]:
    """What the plan lists: theme and whether it has a session."""
    rows = study.tab.centre.plan.model.rows()
    return [(row.item.theme, "场次" if row.session else "") for row in rows]


def add(study: Study, theme: str, day: str, *, week: bool = False) -> None:
    study.tab.new_item()
    study.desk.settle()
    form = study.tab.studio.plan
    form.theme.setFocus()
    type_text(form.theme, theme)
    if not week:
        form.whole_week.setFocus()
        study.qtbot.keyClick(form.whole_week, Qt.Key.Key_Home)
    study.write(form.day, day)
    study.press("新增")


def test_a_planned_theme_becomes_its_sessions(study: Study) -> None:
    study.click(study.tab.bar.plan)
    assert "还没有学习计划" in study.tab.centre.plan.pane.empty.sentence
    add(study, "数据安全", "9-19")
    assert planned(study) == [("数据安全", "场次")]
    assert study.stored(date(2022, 9, 19)).theme == "数据安全"
    add(study, "保密常识", "9-28", week=True)
    assert study.stored(date(2022, 9, 26)).theme == "保密常识"
    assert study.tab.centre.plan.title.text() == "2022 年起的学习计划：2 项，都有了场次"


def test_an_edited_theme_takes_its_session_along(study: Study) -> None:
    study.click(study.tab.bar.plan)
    add(study, "数据安全", "9-19")
    form = study.tab.studio.plan
    form.theme.setFocus()
    form.theme.selectAll()
    type_text(form.theme, "数据安全法")
    study.write(form.lead, "zmz", Qt.Key.Key_Tab)
    session = study.stored(date(2022, 9, 19))
    assert (session.theme, session.lead_id) == ("数据安全法", 3)
    study.press("看这一场")
    assert not study.tab.centre.planning
    assert study.selected() == "09-19"
    assert "学习计划：数据安全法" in study.form.origin.text()


def test_a_theme_without_words_or_date_is_refused(study: Study) -> None:
    study.click(study.tab.bar.plan)
    study.tab.new_item()
    study.desk.settle()
    study.press("新增")
    form = study.tab.studio.plan
    assert "还没填学习内容" in form._theme_row.sentence
    type_text(form.theme, "学")
    study.type(form.day, "13-1")
    study.press("新增")
    assert "没有“13-1”这一天" in form._day_row.sentence
    assert planned(study) == []


def test_taken_out_of_the_plan_the_session_keeps_its_theme(study: Study) -> None:
    study.click(study.tab.bar.plan)
    add(study, "数据安全", "9-19")
    study.press("删去这一项")
    assert planned(study) == []
    assert study.stored(date(2022, 9, 19)).theme == "数据安全"


def test_themes_that_waited_are_matched(study: Study, office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(StudyPlanItem(90, STUDY, "先有计划", day=date(2022, 9, 26)))
        unit.commit("导入学习计划")
    study.click(study.tab.bar.plan)
    assert study.tab.centre.plan.title.text().endswith("1 项，1 项还没有场次")
    said: list[str] = []
    study.tab.said.connect(said.append)
    study.click(study.tab.centre.plan.match)
    assert said == ["有 1 项学习计划对应到了场次"]
    assert study.stored(date(2022, 9, 26)).theme == "先有计划"


def test_the_plan_is_filtered_and_left_again(study: Study) -> None:
    study.click(study.tab.bar.plan)
    add(study, "数据安全", "9-19")
    add(study, "保密常识", "9-26")
    study.type(study.tab.bar.filter, "保密")
    assert [theme for theme, _ in planned(study)] == ["保密常识"]
    study.type(study.tab.bar.filter, "")
    study.click(study.tab.bar.plan)
    assert study.title() == "第9次 计划"


def test_a_plan_file_goes_to_the_import(study: Study) -> None:
    asked: list[object] = []
    study.desk.context.go.file.connect(lambda *what: asked.append(what))
    study.tab.bar.import_wanted.emit()
    assert asked == [(None, ImportKind.PLAN)]


# ---- days off ----
def test_a_year_that_nobody_knows_is_completed(study: Study, office: SqlOffice) -> None:
    study.tab.days.calendar.show_from(date(2027, 9, 6))
    study.desk.settle()
    assert study.tab.days.note.text() == "2027 年只知道周末，放假和调休还没有登记。"
    study.click(study.tab.days.open_holidays)
    pane = study.tab.days.holidays
    assert "只知道周末" in pane.state.text()
    assert pane.first.hasFocus()
    study.write(pane.first, "1-1")
    study.write(pane.name, "元旦")
    study.click(pane.enter)
    study.write(pane.first, "2027-10-1")
    study.write(pane.last, "2027-10-7")
    study.write(pane.name, "国庆节")
    study.click(pane.enter)
    assert len(list(pane.model.rows())) == 8
    assert "已经知道" in pane.state.text()
    study.qtbot.keyClick(pane.first, Qt.Key.Key_Escape)
    study.desk.settle()
    assert study.tab.days.note.text() == ""
    assert study.tab.days.calendar.grid._days[date(2027, 10, 5)].word == "休"


def test_an_own_day_is_taken_back(study: Study, office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(HolidayDay(date(2022, 9, 19), False, "停电"))
        unit.commit("登记")
    study.tab.reload()
    study.click(study.tab.days.open_holidays)
    pane = study.tab.days.holidays
    row = next(row for row in pane.model.rows() if row.own)
    pane.list.acted.emit(row, "own")
    study.desk.settle()
    assert not any(row.own for row in pane.model.rows())
    assert desk_label(study) == "删除登记的节假日：2022-09-19 停电放假"


def test_days_off_are_checked(study: Study) -> None:
    study.click(study.tab.days.open_holidays)
    pane = study.tab.days.holidays
    study.click(pane.enter)
    assert "还没填日期" in pane._row.sentence
    study.write(pane.first, "10-7")
    study.write(pane.last, "10-1")
    study.click(pane.enter)
    assert "不早于" in pane._row.sentence


def desk_label(study: Study) -> str:
    return study.desk.committed[-1]


# ---- exports ----
def test_sessions_as_a_workbook(study: Study, tmp_path: Path) -> None:
    study.desk.save_path = tmp_path / "场次.xlsx"
    study.tab.papers.export(PAPERS[0], date(2022, 7, 1), date(2022, 12, 31))
    study.desk.settle()
    sheet = openpyxl.load_workbook(study.desk.save_path).active
    assert sheet is not None
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sum("每周一学" in row for row in values) == 22
    assert "已导出“场次.xlsx”" in study.tab.banner.sentence
    study.click(study.tab.banner._act)
    assert study.desk.folders == [tmp_path]


def test_the_schedule_as_csv(study: Study, tmp_path: Path) -> None:
    study.desk.save_path = tmp_path / "安排.csv"
    study.tab.papers.export(PAPERS[3], date(2022, 9, 1), date(2022, 9, 30))
    study.desk.settle()
    with study.desk.save_path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert sum("每周一学" in row for row in rows) == 4


def test_a_file_that_cannot_be_written_is_told(study: Study, tmp_path: Path) -> None:
    study.desk.save_path = tmp_path / "没有的文件夹" / "a.xlsx"
    study.tab.papers.export(PAPERS[0], date(2022, 9, 1), date(2022, 9, 30))
    study.desk.settle()
    assert "a.xlsx" in study.tab.banner.sentence
    assert not study.tab.papers.desk.bar.isVisible()


def test_the_menu_names_the_period(study: Study) -> None:
    menu = study.tab.papers.menu(study.tab, date(2022, 7, 1), date(2022, 9, 30))
    words = [action.text() for action in menu.actions()]
    assert words[0] == "全部活动，2022-07-01 至 2022-09-30"
    assert words[1] == "场次明细（xlsx）…"


# ---- numbers ----
def test_a_session_filled_in_later_offers_to_renumber(study: Study, office: SqlOffice) -> None:
    late = plan(office, draft(date(2022, 8, 3), theme="补记"), STUDY)
    with office.unit() as unit:
        hold(unit, [late])
    with office.unit() as unit:
        archive(unit, late, anyway=True, why="补记")
    study.tab.reload()
    study.desk.settle()
    assert study.row("08-03")[0] == "第9次"
    assert "期次没有按日期排" in study.tab.banner.sentence
    study.click(study.tab.banner._act)
    panel = study.tab.studio.numbers
    assert "第9次 → 第3次（已定）" in panel.lines.text()
    assert study.row("08-03")[0] == "第9次"
    study.press("重排期次")
    assert study.row("08-03")[0] == "第3次"
    assert study.row("08-08")[0] == "第4次"
