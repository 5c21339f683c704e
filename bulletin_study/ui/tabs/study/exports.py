"""导出…: what the page writes to files, with its progress under the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QProgressBar, QWidget

from bulletin_study.domain.errors import Cancelled, Refusal
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label, small_button
from bulletin_study.ui.runner import Job
from bulletin_study.ui.wording import sentence_for
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


class ExportBar(QFrame):
    """Hidden until something is written. ``written(path)`` and ``refused(sentence)``."""

    written = Signal(object)
    refused = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("surface", "footer")
        self._context = context
        self._job: Job | None = None
        self._words = label("", "secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(small_button("取消", on_click=self._cancel))
        self.hide()

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
        path = self._context.choose_save(f"导出{paper.title}", name, paper.filter)
        if path is not None:
            self._context.runner.read(
                lambda unit: paper.build(unit, first, last),
                lambda report: self._write(report, path),
            )

    def _write(self, report: Report, path: Path) -> None:
        self._words.setText(f"正在写“{path.name}”")
        self._bar.setRange(0, 0)
        self.show()
        self._job = self._context.runner.work(
            lambda job: self._context.files.write(report, path, job.report),
            lambda _: self._done(path),
            self._failed,
        )
        self._job.progress.connect(self._progressed)

    def _progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def _done(self, path: Path) -> None:
        self.hide()
        self.written.emit(path)

    def _failed(self, refusal: Refusal) -> None:
        self.hide()
        words = "已取消导出，没有留下半个文件。"
        self.refused.emit(words if isinstance(refusal, Cancelled) else sentence_for(refusal))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()


def period_of(page: StudyPage) -> tuple[date, date]:
    """What the list shows, from when to when: its months, or its first to its last session."""
    if page.ask.scope is StudyScope.MONTHS or not page.rows:
        return page.ask.first, page.ask.last
    days = [row.session.day for row in page.rows]
    return min(days), max(days)
