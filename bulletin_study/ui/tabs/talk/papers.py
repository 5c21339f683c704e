"""What leaves the page: the notice to copy, and the list as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.context import Context
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.reports_rotation import rotation_report
from bulletin_study.usecases.talk_page import TalkLine, TalkPage
from bulletin_study.usecases.talk_text import rotation_notice

_TABLES: Final = "Excel 表格 (*.xlsx);;CSV 表格 (*.csv)"


class Papers(QObject):
    """``written(path)`` after a file was written, ``refused(sentence)`` when it was not."""

    written = Signal(object)
    refused = Signal(str)

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
        path = self._context.choose_save("导出讲课安排", name, _TABLES)
        if path is None:
            return
        self._runner.read(
            lambda unit: rotation_report(unit, first, last),
            lambda report: self._runner.work(
                lambda job: self._context.files.write(report, path, job.report),
                lambda _: self.written.emit(path),
                self._refuse,
            ),
        )

    def open_folder(self, path: Path) -> None:
        """Show a written file where it lies."""
        self._context.open_folder(path.parent)

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.emit(sentence_for(refusal))
