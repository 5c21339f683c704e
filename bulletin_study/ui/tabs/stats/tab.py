"""The page 统计导出."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.people import Group, Membership, Person
from bulletin_study.domain.sessions import (
    CORE_KINDS,
    Comment,
    OpeningFigure,
    Reflection,
    SessionKind,
    SessionKindLink,
    StudySession,
    Talk,
)
from bulletin_study.domain.tallies import Counts, KindCount
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import drop_button, label, primary_button, quiet_button
from bulletin_study.ui.frame import Page
from bulletin_study.ui.paper_desk import PagePapers
from bulletin_study.ui.sizes import SizeClass
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.stats import matrix
from bulletin_study.ui.tabs.stats.drill import DrillCard
from bulletin_study.ui.tabs.stats.export_pane import PACKAGE, PAPERS, ExportPane
from bulletin_study.ui.tabs.stats.openings import OpeningsDialog
from bulletin_study.ui.widgets.card import Card
from bulletin_study.ui.widgets.charts import BarChart, BarSeries, ChartLegend
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.page_scroll import PageScroll
from bulletin_study.ui.widgets.period_choice import PeriodChoice
from bulletin_study.ui.widgets.sentence_bar import SentenceBar
from bulletin_study.usecases.counts import Figures, count
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.session_list import SessionRow, list_sessions

_ROW, _HEADER = 36, 33
_MOST_ROWS, _CHART_SPANS = 6, 6
_Loaded = tuple[Figures, Sequence[SessionRow]]


def _load(unit: UnitOfWork, first: date, last: date) -> _Loaded:
    return count(unit, first, last), list_sessions(unit, first, last)


class StatsTab(Page):
    """Periods, the sentence, the matrix, what is behind each figure, and exports."""

    title, name = "统计导出", "stats"
    entities = frozenset(
        {
            StudySession,
            SessionKindLink,
            SessionKind,
            OpeningFigure,
            Attendance,
            Talk,
            Comment,
            Reflection,
            Person,
            Group,
            Membership,
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._figures: Figures | None = None
        self._group_wanted: int | None = None
        today = context.runner.office.services.clock.today()
        self.period = PeriodChoice(today, "统计")
        self.period.changed.connect(lambda *_: self.reload())
        self.period.refused.connect(self.show_error)
        self.papers = PagePapers(context, self)
        self.exports = ExportPane(self.papers)
        self._build_toolbar()
        self._build_body()

    # ---- building ----
    def _build_toolbar(self) -> None:
        self.period.add_to(self.toolbar)
        self.toolbar.add_right(
            quiet_button("期初场次…", tip="年中才开始用时，补上以前已办的场次数",
                         on_click=self._edit_openings),
            fold=True,
        )  # fmt: skip
        self._export_menu = drop_button("导出", "export")
        menu = QMenu(self._export_menu)
        for paper in PAPERS:
            menu.addAction(f"{paper.title}…", lambda paper=paper: self.exports.export(paper))
        menu.addAction(f"{PACKAGE}…", self.exports.export_package)
        self._export_menu.setMenu(menu)
        self.toolbar.add_right(self._export_menu, fold=True)
        primary = primary_button("导出场次汇总…", "export", tip="导出场次汇总", shortcut="Ctrl+E")
        primary.clicked.connect(lambda: self.exports.export(PAPERS[0]))
        self.toolbar.set_primary(primary)

    def _build_body(self) -> None:
        self.sentence = SentenceBar()
        self.sentence.copied.connect(lambda _: self.said.emit("已复制统计那句话"))
        self.matrix = RowsModel[matrix.MatrixRow]((), key=lambda r: r.kind_id)
        self.table = ListView(self.matrix, row_height=_ROW)
        self.table.select_cells()
        self.table.cell_changed.connect(self._cell_chosen)
        self._matrix_card = Card("场次", "点数字看明细", margin=0)
        self._matrix_card.add_head(label("到会率 = 实到 ÷ 应到；请假计入应到", "secondary"))
        self._matrix_card.body.addWidget(self.table)
        self.drill = DrillCard()
        self.drill.session_opened.connect(self._context.go.open_sign_in)
        self.drill.person_opened.connect(self._context.go.person.emit)
        self.chart = BarChart()
        self.chart.clicked.connect(self._bar_chosen)
        self._chart_card = Card("每月场次")
        self._legend = ChartLegend()
        self._chart_card.add_head(self._legend)
        self._chart_card.body.addWidget(self.chart, 1)
        self._chart_card.setMinimumHeight(220)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.setSpacing(16)
        self._lower.addWidget(self.drill, 1)
        self._lower.addWidget(self._chart_card)
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.sentence)
        column.addWidget(self._matrix_card)
        column.addLayout(self._lower, 1)
        body = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(PageScroll(self._content), 1)
        row.addWidget(self.exports)
        self.exports.setFixedWidth(272)
        self.set_body(body)

    def layout_for(self, size: SizeClass) -> None:
        """Full: chart beside the list, exports at the right; else chart below, a menu."""
        wide = size is SizeClass.FULL
        self._lower.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self._chart_card.setMinimumWidth(372 if wide else 0)
        self._chart_card.setMaximumWidth(372 if wide else 16777215)
        self.drill.set_whole(not wide)
        self.exports.setVisible(wide)
        self.toolbar.set_present(self._export_menu, not wide)
        self._fit_matrix()
        if self._figures is not None:
            self._show_chart(self._figures.counts)

    # ---- data ----
    def reload(self) -> None:
        """Count the period again."""
        first, last = self.period.first, self.period.last
        self.exports.set_period(first, last)
        self._context.runner.read(lambda unit: _load(unit, first, last), self._show)

    def show_group(self, group_id: int) -> None:
        """This year's figures of the groups, with one of them chosen."""
        self._group_wanted = group_id
        self.period.choose_year()
        self.reload()

    def focus_list(self) -> None:
        """The matrix."""
        self.table.setFocus()

    def _show(self, loaded: _Loaded) -> None:
        figures, rows = loaded
        self.clear_error()
        self._figures = figures
        counts = figures.counts
        self.sentence.set_sentence(figures.sentence)
        columns = matrix.columns(counts)
        if [c.name for c in columns] != [c.name for c in self.matrix.columns]:
            self.matrix.set_columns(columns)
        self.matrix.set_rows(matrix.matrix_rows(counts))
        self._fit_matrix()
        self.drill.show_figures(figures, rows)
        if self._group_wanted is not None:
            wanted, self._group_wanted = self._group_wanted, None
            self.drill.show_group(wanted)
        self._show_chart(counts)

    def _fit_matrix(self) -> None:
        """As tall as its rows; beside a list that needs room it scrolls from the seventh on."""
        rows = len(list(self.matrix.rows()))
        wide = self.size_class is SizeClass.FULL
        shown = min(rows, _MOST_ROWS) if wide else rows
        policy = Qt.ScrollBarPolicy
        self.table.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if wide else policy.ScrollBarAlwaysOff
        )
        self.table.setFixedHeight(_HEADER + max(shown, 1) * _ROW + 4)

    def _chart_spans(self, counts: Counts) -> list[str]:
        """The latest months that fit beside the list; all of them where the chart is wide."""
        spans = matrix.spans_of(counts)
        return spans[-_CHART_SPANS:] if self.size_class is SizeClass.FULL else spans

    def _show_chart(self, counts: Counts) -> None:
        spans = self._chart_spans(counts)
        series = [
            BarSeries(
                k.kind.name,
                tuple(
                    float(sum(len(ids) for m, ids in k.months.items() if m.startswith(span)))
                    for span in spans
                ),
            )
            for k in _charted(counts)
        ]
        self.chart.set_data([_short(span) for span in spans], series)
        self._legend.set_names([s.name for s in series])

    def _cell_chosen(self, row: matrix.MatrixRow | None, column: str) -> None:
        if row is not None:
            self.drill.show_cell(row.kind_id, row.name, column, row.opening)

    def _bar_chosen(self, category: int, series: int) -> None:
        if self._figures is None:
            return
        counts = self._figures.counts
        spans = self._chart_spans(counts)
        core = _charted(counts)
        if category < len(spans) and series < len(core):
            kind = core[series].kind
            self.drill.show_cell(kind.id, kind.name, spans[category], core[series].opening)
            self.chart.set_selected(category, series)

    # ---- acts ----
    def _edit_openings(self) -> None:
        OpeningsDialog(self._context, self.period.last.year, self).open()


def _charted(counts: Counts) -> list[KindCount]:
    """The kinds with bars: the three core ones, else the first three that were held."""
    used = [k for k in counts.kinds if k.held_dated]
    return ([k for k in used if k.kind.name in CORE_KINDS] or used)[:3]


def _short(span: str) -> str:
    return f"{int(span[5:])}月" if len(span) > 4 else span
