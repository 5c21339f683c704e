"""Attendance month by month: a line of rates, and the figures behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy

from bulletin_study.domain.person_tally import PersonTally
from bulletin_study.domain.tally_facts import Rate
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tokens import HEADER
from bulletin_study.ui.widgets.card import Card
from bulletin_study.ui.widgets.charts import ChartPoint, LineChart
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.usecases.person_spans import Span, spans_of

_ROW, _CHART_WIDTH, _CHART_HEIGHT = 28, 260, 200
_WIDE = 860
"""From this width on there is room for both beside each other."""

def _number(title: str, field: str, width: int = 44) -> Column[Span]:
    def cell(span: Span) -> Cell:
        value = getattr(span.count, field)
        return Cell(str(value), tone="text" if value else "text3", bold=span.total)

    return Column(field, title, cell, width=width, right=True, sortable=False)


def _rate(span: Span) -> Cell:
    rate = span.rate
    if rate.value is None:
        return Cell("—", tone="text3", bold=span.total)
    words = f"{rate.value * 100:.1f}%  {rate.numerator}/{rate.denominator}"
    return Cell(words, bold=span.total)


_COLUMNS: tuple[Column[Span], ...] = (
    Column("name", "月份", lambda s: Cell(s.name, bold=s.total), least=66, sortable=False),
    _number("应到", "expected"),
    _number("到", "present"),
    _number("迟到", "late"),
    _number("早退", "left_early"),
    _number("请假", "leave"),
    _number("公出", "official"),
    _number("缺席", "absent"),
    _number("未签", "unmarked"),
    Column("rate", "到会率", _rate, width=132, right=True, sortable=False),
)


class MonthCard(Card):
    """The line beside the table where there is room, else above it."""

    def __init__(self) -> None:
        super().__init__("各月到会")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.chart = LineChart()
        self.chart.setFixedHeight(_CHART_HEIGHT)
        self.model: RowsModel[Span] = RowsModel(_COLUMNS, key=lambda s: (s.total, s.name))
        self.table = ListView(self.model, row_height=_ROW)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(16)
        self._parts.addWidget(self.chart, 0, Qt.AlignmentFlag.AlignTop)
        self._parts.addWidget(self.table, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._parts)
        self._empty = label("这段时间没有要他参加的已开展场次。", "text2", wrap=True)
        self.body.addWidget(self._empty)
        self.body.addSpacing(12)
        self._wide = False
        self._arrange()

    def show_tally(self, tally: PersonTally, limit: int) -> None:
        """Draw the rates and fill the table; a month under ``limit`` per cent is ◆."""
        spans = spans_of(tally)
        whole = tally.count
        total = [Span("合计", whole.headcount, whole.rate, True)] if spans else []
        self.model.set_rows([*spans, *total])
        self.table.setFixedHeight(HEADER + 1 + len([*spans, *total]) * _ROW + 4)
        self.set_title("各月到会", f"虚线是 {limit}%" if spans else "")
        points = [ChartPoint(span.name, _percent(span.rate)) for span in spans]
        self.chart.set_points(points, target=limit)
        for part in (self.chart, self.table):
            part.setVisible(bool(spans))
        self._empty.setVisible(not spans)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or the line on top."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        if wide != self._wide:
            self._wide = wide
            self._arrange()

    def _arrange(self) -> None:
        way = QBoxLayout.Direction
        self._parts.setDirection(way.LeftToRight if self._wide else way.TopToBottom)
        self.chart.setMinimumWidth(_CHART_WIDTH if self._wide else 200)
        self.chart.setMaximumWidth(_CHART_WIDTH if self._wide else 16777215)
        self._parts.setAlignment(
            self.chart, Qt.AlignmentFlag.AlignTop if self._wide else Qt.AlignmentFlag(0)
        )


def _percent(rate: Rate) -> float | None:
    return None if rate.value is None else round(rate.value * 100, 1)
