"""What can be written of the chosen period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from bulletin_study.ui.controls import label, rule, small_button, surface
from bulletin_study.ui.dialogs import PAPER_FILES, REPORT_FILES, SHEET_FILES
from bulletin_study.ui.paper_desk import Document, Outgoing, PagePapers
from bulletin_study.usecases.evidence_package import plan_period
from bulletin_study.usecases.paper_minutes import minutes_papers
from bulletin_study.usecases.paper_reflections import Order, reflections_paper, reflections_report
from bulletin_study.usecases.paper_signin import sign_in_papers, sign_in_tables
from bulletin_study.usecases.ports import Progress, UnitOfWork
from bulletin_study.usecases.reports_counts import counts_report
from bulletin_study.usecases.reports_makeup import make_up_report
from bulletin_study.usecases.reports_sessions import (
    attendance_report,
    schedule_report,
    sessions_report,
)

Make = Callable[[UnitOfWork, date, date, Progress], Document]
"""How something is made of a period."""


def _quick(make: Callable[[UnitOfWork, date, date], Document]) -> Make:
    """Something made in one go, without telling how far it is."""
    return lambda unit, first, last, _: make(unit, first, last)


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing to export: as a ``table`` first, or as a ``paper`` first (Word)."""

    key: str
    title: str
    note: str
    table: Make | None = None
    paper: Make | None = None

    @property
    def suffix(self) -> str:
        """What it is usually written as."""
        return "xlsx" if self.paper is None else "docx"

    @property
    def kinds(self) -> str:
        """What it can be written as."""
        if self.paper is None:
            return REPORT_FILES
        return PAPER_FILES if self.table is None else SHEET_FILES

    def of(self, first: date, last: date) -> Outgoing:
        """It, of one period."""

        def bound(make: Make | None) -> Callable[[UnitOfWork, Progress], Document] | None:
            return make and (lambda unit, progress: make(unit, first, last, progress))

        name = f"{self.title}_{first:%Y%m%d}-{last:%Y%m%d}.{self.suffix}"
        return Outgoing(self.title, name, self.kinds, bound(self.paper), bound(self.table))


PAPERS = (
    Paper("counts", "场次汇总", "汇总、明细、个人、组室四张表", _quick(counts_report)),
    Paper("sessions", "场次明细", "每场一行：主题、应到、实到、状态", _quick(sessions_report)),
    Paper("attendance", "签到明细", "每人每场一行，带原因", _quick(attendance_report)),
    Paper("makeup", "补学台账", "缺席的人补了没有，一人一场一行", _quick(make_up_report)),
    Paper("schedule", "活动安排", "时间、地点、主题、领学人", _quick(schedule_report)),
    Paper("signin", "签到表", "每场一页，按排名，写出后“第N次”不再变",
          lambda unit, first, last, told: sign_in_tables(unit, first, last, progress=told),
          lambda unit, first, last, told: sign_in_papers(unit, first, last, progress=told)),
    Paper("minutes", "会议记录", "每场另起一页，写出后“第N次”不再变",
          paper=lambda unit, first, last, told: minutes_papers(unit, first, last, progress=told)),
    Paper("reflections", "心得汇编", "感想心得体会，按人汇编", _quick(reflections_report),
          lambda unit, first, last, _: reflections_paper(unit, first, last, by=Order.PERSON)),
)  # fmt: skip


PACKAGE = "佐证包"
_PACKAGE_NOTE = "一场一个文件夹，附目录和缺项清单，期次随即固定"


class ExportPane(QFrame):
    """A list of papers with a button each."""

    def __init__(self, papers: PagePapers) -> None:
        super().__init__()
        self._papers = papers
        self._period = (date(2000, 1, 1), date(2000, 1, 1))
        self.setProperty("surface", "pane-right")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.addWidget(label("导出", "title"))
        head.addStretch(1)
        head.addWidget(label("按所选时间", "secondary"))
        column.addLayout(head)
        column.addWidget(self._list(), 1)

    def set_period(self, first: date, last: date) -> None:
        """The days that are exported."""
        self._period = (first, last)

    def export(self, paper: Paper) -> None:
        """Ask where to, read the figures, write the file; the window goes on meanwhile."""
        self._papers.save(paper.of(*self._period))

    def export_package(self) -> None:
        """Write the evidence of the period's sessions as one zip."""
        first, last = self._period
        self._papers.save_package(
            PACKAGE,
            f"{PACKAGE}_{first:%Y%m%d}-{last:%Y%m%d}.zip",
            lambda unit, progress: plan_period(unit, first, last, progress),
        )

    def _list(self) -> QScrollArea:
        """The papers; on a low window they scroll."""
        inside = surface("pane-right")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for paper in PAPERS:
            lines.addWidget(rule())
            lines.addLayout(self._line(paper.title, paper.note, partial(self.export, paper)))
        lines.addWidget(rule())
        lines.addLayout(self._line(PACKAGE, _PACKAGE_NOTE, self.export_package))
        lines.addWidget(rule())
        lines.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _line(self, title: str, note: str, act: Callable[[], object]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title))
        words.addWidget(label(note, "secondary", wrap=True))
        row.addLayout(words, 1)
        button = small_button("导出…", on_click=act)
        button.setAccessibleName(f"导出{title}")
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row
