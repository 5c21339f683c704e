"""What can be written of the chosen period, and the writing that is under way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from bulletin_study.domain.errors import Cancelled, Refusal
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label, rule, small_button, surface
from bulletin_study.ui.dialogs import REPORT_FILES
from bulletin_study.ui.runner import Job
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import Report
from bulletin_study.usecases.reports_counts import counts_report
from bulletin_study.usecases.reports_makeup import make_up_report
from bulletin_study.usecases.reports_sessions import (
    attendance_report,
    schedule_report,
    sessions_report,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing to export."""

    key: str
    title: str
    note: str
    build: Callable[[UnitOfWork, date, date], Report]


PAPERS = (
    Paper("counts", "场次汇总", "汇总、明细、个人、组室四张表", counts_report),
    Paper("sessions", "场次明细", "每场一行：主题、应到、实到、状态", sessions_report),
    Paper("attendance", "签到明细", "每人每场一行，带原因", attendance_report),
    Paper("makeup", "补学台账", "缺席的人补了没有，一人一场一行", make_up_report),
    Paper("schedule", "活动安排", "时间、地点、主题、领学人", schedule_report),
)


class ExportPane(QFrame):
    """A list of papers with a button each, and below it progress with 取消."""

    written = Signal(object)
    """The path of a file that was written."""
    refused = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._period = (date(2000, 1, 1), date(2000, 1, 1))
        self._job: Job | None = None
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
        for paper in PAPERS:
            column.addWidget(rule())
            column.addLayout(self._line(paper))
        column.addWidget(rule())
        column.addStretch(1)
        self._under_way = self._progress_box()
        column.addWidget(self._under_way)

    def set_period(self, first: date, last: date) -> None:
        """The days that are exported."""
        self._period = (first, last)

    def export(self, paper: Paper) -> None:
        """Ask where to, read the figures, write the file; the window goes on meanwhile."""
        first, last = self._period
        name = f"{paper.title}_{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
        path = self._context.choose_save(f"导出{paper.title}", name, REPORT_FILES)
        if path is None:
            return
        self._context.runner.read(
            lambda unit: paper.build(unit, first, last),
            lambda report: self._write(report, path),
        )

    def _write(self, report: Report, path: Path) -> None:
        self._title.setText(f"正在写“{path.name}”")
        self._bar.setRange(0, 0)
        self._under_way.show()
        self._job = self._context.runner.work(
            lambda job: self._context.files.write(report, path, job.report),
            lambda _: self._done(path),
            self._failed,
        )
        self._job.progress.connect(self._progressed)

    def _done(self, path: Path) -> None:
        self._under_way.hide()
        self.written.emit(path)

    def _failed(self, refusal: Refusal) -> None:
        self._under_way.hide()
        words = "已取消导出，没有留下半个文件。"
        self.refused.emit(words if isinstance(refusal, Cancelled) else sentence_for(refusal))

    def _progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._note.setText(f"{done:,}/{total:,} 行；可以继续做别的，取消不会留下半个文件。")

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _line(self, paper: Paper) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(paper.title))
        words.addWidget(label(paper.note, "secondary", wrap=True))
        row.addLayout(words, 1)
        button = small_button("导出…", on_click=lambda: self.export(paper))
        button.setAccessibleName(f"导出{paper.title}")
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _progress_box(self) -> QWidget:
        box = surface("footer")
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 12, 16, 12)
        self._title = label("", wrap=True)
        self._note = label("", "secondary", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(small_button("取消", on_click=self._cancel))
        column.addWidget(self._title)
        column.addLayout(row)
        column.addWidget(self._note)
        box.hide()
        return box
