"""导出…: what the page writes to files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from bulletin_study.ui.paper_desk import Outgoing, PagePapers
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import Report
from bulletin_study.usecases.reports_sessions import schedule_report, sessions_report
from bulletin_study.usecases.study_page import StudyPage, StudyScope

_XLSX: Final = "Excel 表格 (*.xlsx)"
_CSV: Final = "CSV 文本 (*.csv)"


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing to write: its title, suffix, and how its report is made."""

    title: str
    suffix: str
    filter: str
    build: Callable[[UnitOfWork, date, date], Report]


PAPERS: Final = (
    Paper("场次明细", "xlsx", _XLSX, sessions_report),
    Paper("场次明细", "csv", _CSV, sessions_report),
    Paper("活动安排表", "xlsx", _XLSX, schedule_report),
    Paper("活动安排表", "csv", _CSV, schedule_report),
)


class Papers(PagePapers):
    """The menu of what can be written."""

    def menu(self, parent: QWidget, first: date, last: date) -> QMenu:
        """What can be written of a period."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"全部活动，{first} 至 {last}").setEnabled(False)
        for paper in PAPERS:
            words = f"{paper.title}（{paper.suffix}）…"
            menu.addAction(words, lambda paper=paper: self.export(paper, first, last))
        return menu

    def export(self, paper: Paper, first: date, last: date) -> None:
        """Ask where to, read the sessions, write the file; the window goes on meanwhile."""
        name = f"{paper.title}_{first:%Y%m%d}-{last:%Y%m%d}.{paper.suffix}"
        self.save(Outgoing(
            paper.title, name, paper.filter, table=lambda unit, _: paper.build(unit, first, last)
        ))  # fmt: skip


def period_of(page: StudyPage) -> tuple[date, date]:
    """What the list shows, from when to when: its months, or its first to its last session."""
    if page.ask.scope is StudyScope.MONTHS or not page.rows:
        return page.ask.first, page.ask.last
    days = [row.session.day for row in page.rows]
    return min(days), max(days)
