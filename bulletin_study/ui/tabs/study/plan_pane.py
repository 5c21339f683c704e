"""学习计划: the themes planned for dates and weeks, and the sessions they became."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label, small_button, surface
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.study.rows import chip_of
from bulletin_study.ui.tokens import ROW_TWO
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.usecases.study_plan import PlanRow, list_plan, match_plan, planned_for
from bulletin_study.usecases.titles import day_text


def _day_cell(row: PlanRow) -> Cell:
    item = row.item
    day = planned_for(item)
    if item.day is not None:
        return Cell(day_text(day), sort=day.isoformat())
    return Cell(f"{day:%m-%d} 当周", tone="text2", sort=day.isoformat() + "w")


def _theme_cell(row: PlanRow) -> Cell:
    second = " · ".join(part for part in (row.kind.name, row.item.venue) if part)
    return Cell(row.item.theme, second=second, tip=row.item.theme)


def _session_cell(row: PlanRow) -> Cell:
    if row.session is None:
        return Cell("还没有场次", tone="text3")
    words, tone, shape = chip_of(row.session, 0)
    return Cell(words, chip=True, tone=tone, shape=shape, second=day_text(row.session.day))


COLUMNS: Final[tuple[Column[PlanRow], ...]] = (
    Column("day", "日期 / 周次", _day_cell, width=104),
    Column("theme", "学习内容", _theme_cell, least=180),
    Column("form", "形式", lambda r: str(r.item.form or "—"), width=76, drop=2),
    Column("lead", "领学人", lambda r: r.lead or "—", width=72, drop=3),
    Column("session", "场次", _session_cell, width=100),
)


class PlanPane(QWidget):
    """``current_changed(row or None)`` follows the selection, ``opened(row)`` is Enter,
    ``new_wanted`` and ``import_wanted`` its buttons, ``said(words)`` for the status line."""

    current_changed = Signal(object)
    opened = Signal(object)
    new_wanted = Signal()
    import_wanted = Signal()
    said = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._runner = context.runner
        self._asked: tuple[date, date, int | None] | None = None
        self._wanted: int | None = None
        self.model = RowsModel(COLUMNS, key=lambda row: row.item.id)
        self.list = ListView(self.model, row_height=ROW_TWO)
        self.list.current_changed.connect(self.current_changed)
        self.list.opened.connect(self.opened)
        self.pane = PaneStack(self.list)
        self.title = label("", "bold")
        head = surface("header")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.title)
        line.addStretch(1)
        self.match = small_button("对应到场次", tip="按日期和周次，把还空着的计划对应到场次",
                                  on_click=self._match)  # fmt: skip
        line.addWidget(self.match)
        line.addWidget(small_button("新增一项", "plus", on_click=self.new_wanted.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.pane, 1)
        self.setFocusProxy(self.list)

    def reload(self, year: int, kind_id: int | None) -> None:
        """Read the plan of a year and the one after it."""
        first, last = date(year, 1, 1), date(year + 1, 12, 31)
        self._asked = (first, last, kind_id)
        self._runner.read(
            lambda unit: list_plan(unit, first, last, kind_id),
            lambda rows: self._show(year, rows, kind_id),
        )

    def want(self, item_id: int) -> None:
        """Select this item when the plan is next read."""
        self._wanted = item_id

    def filter(self, words: str) -> None:
        """Show only what holds the words."""
        wanted = words.strip().lower()
        self.model.set_filter(
            (lambda row: wanted in f"{row.item.theme} {row.lead} {row.item.venue}".lower())
            if wanted
            else None
        )

    def _show(self, year: int, rows: Sequence[PlanRow], kind_id: int | None) -> None:
        if self._asked is None or self._asked[2] != kind_id:
            return
        open_ones = sum(row.session is None for row in rows)
        rest = f"，{open_ones} 项还没有场次" if open_ones else "，都有了场次" if rows else ""
        self.title.setText(f"{year} 年起的学习计划：{len(rows)} 项{rest}")
        self.match.setVisible(bool(open_ones))
        self.model.set_groups(_by_month(rows))
        if self._wanted is not None:
            self.list.select_key(self._wanted)
            self._wanted = None
        if rows:
            self.pane.show_content()
        else:
            self.pane.show_empty(
                "还没有学习计划。可以导入表格，或一项一项新增。",
                "导入学习计划…",
                self.import_wanted.emit,
            )

    def _match(self) -> None:
        def told(result: tuple[object, int]) -> None:
            found = result[1]
            words = f"有 {found} 项学习计划对应到了场次" if found else "没有日期或周次相符的空场次"
            self.said.emit(words)

        self._runner.do(match_plan, told)


def _by_month(rows: Sequence[PlanRow]) -> list[tuple[GroupRow, list[PlanRow]]]:
    groups = []
    for month, found in groupby(rows, key=lambda r: planned_for(r.item).replace(day=1)):
        mine = list(found)
        title = f"{month.year}年{month.month}月"
        groups.append((GroupRow(month, title, f"{len(mine)} 项"), mine))
    return groups
