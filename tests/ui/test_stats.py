"""统计导出: the same figure everywhere, and what is behind it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bulletin_study.ui.tabs.stats import StatsTab
from bulletin_study.ui.tabs.stats.drill import GROUPS, PEOPLE
from bulletin_study.ui.tabs.stats.export_pane import PAPERS
from bulletin_study.ui.tabs.stats.matrix import TOTAL
from bulletin_study.ui.tabs.stats.openings import OpeningsDialog
from bulletin_study.usecases.counts import count
from tests.ui.harness import Desk, open_page

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def opened(desk: Desk, qtbot: QtBot) -> StatsTab:
    return open_page(desk, qtbot, StatsTab)


def test_the_matrix_shows_what_the_counts_say(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    with desk.runner.office.view() as unit:
        counts = count(unit, *YEAR).counts
    rows = {r.kind_id: r for r in page.matrix.rows()}
    for kind in counts.kinds:
        if kind.held:
            assert rows[kind.kind.id].held == kind.held
            assert sum(rows[kind.kind.id].spans.values()) == kind.held_dated
    assert rows[TOTAL].held == counts.total_held


def test_every_cell_opens_down_to_as_many_sessions_as_it_says(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    for row in page.matrix.rows():
        for span, number in row.spans.items():
            page.drill.show_cell(row.kind_id, row.name, span, row.opening)
            assert len(page.drill.shown_sessions()) == number, (row.name, span)
        page.drill.show_cell(row.kind_id, row.name, "cancelled", 0)
        if row.kind_id != TOTAL:
            assert len(page.drill.shown_sessions()) == row.cancelled


def test_periods_change_the_figures(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    qtbot.keyClick(page.period.segments, Qt.Key.Key_Left)  # 本年 → 半年
    desk.settle()
    with desk.runner.office.view() as unit:
        half = count(unit, date(2026, 7, 1), date(2026, 12, 31)).counts
    total = next(r for r in page.matrix.rows() if r.kind_id == TOTAL)
    assert total.held == half.total_held


def test_an_end_before_its_start_is_told_and_changes_nothing(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    before = page.sentence.sentence
    page.period.last_field.set_value(date(2025, 1, 1))
    page.period._typed()
    assert "结束日期早于开始日期" in page.banner.sentence
    assert page.sentence.sentence == before


def test_groups_and_people_are_a_click_away(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    with desk.runner.office.view() as unit:
        counts = count(unit, *YEAR).counts
    assert len(list(page.drill.groups.rows())) == len(counts.groups)
    assert len(list(page.drill.people.rows())) == len(counts.people)
    asked: list[int] = []
    desk.context.go.person.connect(asked.append)
    people = page.drill.lists[PEOPLE]
    page.drill.views.set_value(PEOPLE)
    page.drill._turn(PEOPLE)
    people.select_first()
    people.opened.emit(people.current_row())
    assert asked == [people.current_row().key]
    page.drill._turn(GROUPS)


def test_an_export_says_where_it_is_and_holds_the_same_total(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(desk, qtbot)
    desk.save_path = tmp_path / "汇总.xlsx"
    page.exports.export(PAPERS[0])
    desk.settle()
    assert "已导出“汇总.xlsx”" in page.banner.sentence
    book = openpyxl.load_workbook(desk.save_path, data_only=True)
    values = {cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row}
    with desk.runner.office.view() as unit:
        figures = count(unit, *YEAR)
    assert figures.sentence in values
    assert figures.counts.total_held in values


def test_a_file_that_cannot_be_written_is_told(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(desk, qtbot)
    desk.save_path = tmp_path / "没有的文件夹" / "汇总.xlsx"
    page.exports.export(PAPERS[0])
    desk.settle()
    assert "汇总.xlsx" in page.banner.sentence
    assert not desk.save_path.exists()


def test_an_opening_figure_joins_the_total_and_stands_apart(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    before = next(r for r in page.matrix.rows() if r.kind_id == 1).held
    dialog = OpeningsDialog(desk.context, 2026, page)
    qtbot.addWidget(dialog)
    desk.settle()
    row = next(iter(dialog.model.rows()))
    dialog.model.edited.emit(row, "count", "１２")
    desk.settle()
    page.reload()
    desk.settle()
    after = next(r for r in page.matrix.rows() if r.kind_id == 1)
    assert (after.held, after.opening) == (before + 12, 12)
    dialog.model.edited.emit(row, "count", "很多")
    assert "不是数字" in dialog.banner.sentence
