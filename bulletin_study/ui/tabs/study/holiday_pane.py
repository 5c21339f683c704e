"""节假日: a year's days off and make-up workdays, looked over and completed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from bulletin_study.domain.calendar import HolidayDay
from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import icon_button, label, link_button, small_button, surface
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.widgets.suggest_field import SuggestField
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.holidays import (
    HolidayRow,
    calendar_between,
    holiday_rows,
    put_holidays,
    remove_holidays,
)
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.titles import day_text

_NAMES: Final = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_LONGEST: Final = 31


def _kind_cell(row: HolidayRow) -> Cell:
    if row.working:
        return Cell("班", tone="amber", bold=True)
    return Cell("休", tone="green", bold=True)


_COLUMNS: Final[tuple[Column[HolidayRow], ...]] = (
    Column("day", "日期", lambda r: Cell(day_text(r.day), sort=r.day.isoformat()), width=104),
    Column("kind", "", _kind_cell, width=36),
    Column("name", "名称", lambda r: Cell(r.name, tip=r.name), least=64),
    Column("own", "", lambda r: Cell("", link="删除") if r.own else Cell(""), width=52),
)


class HolidayPane(QFrame):
    """``left`` when the user is done."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("surface", "pane-left")
        self._runner = context.runner
        self._year = date.today().year
        self._chosen = False
        self._title = label("", "title")
        self.state = label("", "secondary", wrap=True)
        self.model = RowsModel(_COLUMNS, key=lambda row: row.day)
        self.list = ListView(self.model, row_height=32, header=False)
        self.list.acted.connect(lambda row, _: self._remove(row))
        self.pane = PaneStack(self.list)
        self.first = DateField(required=True)
        self.last = DateField()
        self.working = Segmented([("放假", False), ("调休上班", True)], fill=True)
        self.name = SuggestField("如 国庆节")
        self.name.set_suggestions(_NAMES)
        self.enter = small_button("登记", "plus", on_click=self.save)
        self._build()

    def suggest_year(self, year: int) -> None:
        """The year to show unless the user turned to another."""
        if not self._chosen:
            self._year = year

    def focus_first(self) -> None:
        """Put the focus into the first field."""
        self.first.setFocus()

    def reload(self) -> None:
        """Read the year's table."""
        year = self._year

        def query(unit: UnitOfWork) -> tuple[list[HolidayRow], bool]:
            known = calendar_between(unit, date(year, 1, 1), date(year, 12, 31)).known(year)
            return holiday_rows(unit, year), known

        self._runner.read(query, lambda found: self._show(year, *found))

    def save(self) -> None:
        """Enter the days of the form."""
        try:
            first, last = self.first.value(), self.last.value()
        except FieldProblem as problem:
            self._row.error(problem.sentence)
            return
        if first is None:
            return
        last = last or first
        days = (last - first).days + 1
        if not 1 <= days <= _LONGEST:
            self._row.error("结束日期要不早于开始日期，一次最多登记 31 天。")
            return
        self._row.error("")
        entries = [
            HolidayDay(first + timedelta(days=n), self.working.value(), self.name.value())
            for n in range(days)
        ]
        self._year, self._chosen = first.year, True
        self._runner.do(lambda unit: put_holidays(unit, entries), self._saved, self._refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the calendar."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, year: int, rows: list[HolidayRow], known: bool) -> None:
        if year != self._year:
            return
        self._title.setText(f"{year}年放假和调休")
        self.first.set_near(date(year, 7, 1))
        self.last.set_near(date(year, 7, 1))
        words = "这一年的放假安排已经知道，排场次时会避开。"
        if not known:
            words = "这一年只知道周末。登记到元旦（01-01）和国庆节（10-01）后，就按登记的算。"
        self.state.setText(words)
        self.model.set_rows(rows)
        if rows:
            self.pane.show_content()
        else:
            self.pane.show_empty("这一年还没有登记放假和调休。")

    def _turn(self, by: int) -> None:
        self._year, self._chosen = self._year + by, True
        self.reload()

    def _saved(self, _: object) -> None:
        self.first.set_value(None)
        self.last.set_value(None)
        self.first.setFocus()
        self.reload()

    def _remove(self, row: HolidayRow) -> None:
        day = HolidayDay(row.day, row.working, row.name)
        self._runner.do(lambda unit: remove_holidays(unit, [day]), lambda _: self.reload(),
                        self._refused)  # fmt: skip

    def _refused(self, refusal: Refusal) -> None:
        self._row.error(sentence_for(refusal))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 12, 2)
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(icon_button("chevron-left", "上一年", small=True,
                                   on_click=lambda: self._turn(-1)))  # fmt: skip
        head.addWidget(icon_button("chevron-right", "下一年", small=True,
                                   on_click=lambda: self._turn(1)))  # fmt: skip
        words = QHBoxLayout()
        words.setContentsMargins(16, 0, 12, 6)
        words.addWidget(self.state)
        foot = surface("footer")
        inside = QVBoxLayout(foot)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        form = FormColumn()
        form.setProperty("surface", "foot")
        form.escaped.connect(self.left)
        self._row, _ = form.add_side_by_side([("日期", self.first, None), ("到", self.last, None)])
        form.add("", self.working)
        form.add("名称", self.name)
        inside.addWidget(form)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 0, 12, 10)
        buttons.addWidget(self.enter)
        buttons.addStretch(1)
        buttons.addWidget(link_button("回到日历", on_click=self.left.emit))
        inside.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(words)
        column.addWidget(self.pane, 1)
        column.addWidget(foot)
