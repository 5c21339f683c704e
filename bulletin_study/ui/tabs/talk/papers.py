"""What leaves the page: the notice to copy, the plan as a table or on paper, records of talks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.context import Context
from bulletin_study.ui.dialogs import PAPER_FILES, REPORT_FILES
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.paper_rotation import rotation_paper
from bulletin_study.usecases.paper_talk import talk_paper
from bulletin_study.usecases.papers import Paper
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import Report
from bulletin_study.usecases.reports_rotation import rotation_report
from bulletin_study.usecases.talk_page import TalkLine, TalkPage
from bulletin_study.usecases.talk_text import rotation_notice

_ON_PAPER = (".docx", ".pdf")


class Papers(QObject):
    """``written(path)`` after a file was written, ``refused(sentence)`` when it was not;
    ``ready(paper)`` when one is to be printed."""

    written = Signal(object)
    refused = Signal(str)
    ready = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.runner

    def copy_notice(self, page: TalkPage) -> bool:
        """Put the next talks on the clipboard; False when nobody is announced."""
        ahead = [line.row for line in page.lines if line.ahead and line.row.day >= page.today]
        text = rotation_notice(ahead)
        if text:
            self._context.copy(text)
        return bool(text)

    def export(self, lines: Sequence[TalkLine]) -> None:
        """Write the period of these places to a file of the user's choice."""
        first, last = lines[0].row.day, lines[-1].row.day
        name = f"每周一讲安排_{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
        path = self._context.choose_save("导出讲课安排", name, REPORT_FILES)
        if path is not None:
            build = rotation_paper if path.suffix.lower() in _ON_PAPER else rotation_report
            self._write(lambda unit: build(unit, first, last), path)

    def export_record(self, line: TalkLine) -> None:
        """Write the record of one talk."""
        talk = line.row.talk
        if talk is None:
            return
        who = line.row.speaker or "待定"
        name = f"讲课记录_{line.row.day:%Y%m%d}_{who}.docx"
        path = self._context.choose_save("导出讲课记录", name, PAPER_FILES)
        if path is not None:
            self._write(lambda unit: talk_paper(unit, talk.id), path)

    def print_plan(self, lines: Sequence[TalkLine]) -> None:
        """Make the plan of these places ready for the printer."""
        first, last = lines[0].row.day, lines[-1].row.day
        self._runner.read(lambda unit: rotation_paper(unit, first, last), self.ready.emit)

    def open_folder(self, path: Path) -> None:
        """Show a written file where it lies."""
        self._context.open_folder(path.parent)

    def _write(self, build: Callable[[UnitOfWork], Report | Paper], path: Path) -> None:
        self._runner.read(
            build,
            lambda document: self._runner.work(
                lambda job: self._context.files.write(document, path, job.report),
                lambda _: self.written.emit(path),
                self._refuse,
            ),
        )

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.emit(sentence_for(refusal))
