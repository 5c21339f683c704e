"""Exporting a 佐证包: where to, planning it, writing it with progress and 取消."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bulletin_study.domain.errors import Cancelled, Refusal
from bulletin_study.ui.context import Context
from bulletin_study.ui.dialogs import PACKAGE_FILES
from bulletin_study.ui.runner import Job
from bulletin_study.ui.widgets.writing_bar import WritingBar
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.evidence_package import Package
from bulletin_study.usecases.handing_in import fix_printed
from bulletin_study.usecases.ports import Progress, UnitOfWork

Plan = Callable[[UnitOfWork, Progress], Package]
STOPPED = "已取消导出，没有留下半个文件。"


class PackageExport(QObject):
    """``written(path, sentence)`` or ``refused(sentence)``; one at a time."""

    written = Signal(object, str)
    refused = Signal(str)

    def __init__(self, context: Context, box: WritingBar) -> None:
        super().__init__(box)
        self._context, self._box = context, box
        self._job: Job | None = None
        self._stopping = False
        box.cancelled.connect(self._stop)

    @property
    def busy(self) -> bool:
        """Whether one is being written."""
        return self._job is not None

    def export(self, title: str, name: str, plan: Plan) -> None:
        """Ask where to, then plan and write; the window goes on meanwhile."""
        path = None if self.busy else self._context.choose_save(title, name, PACKAGE_FILES)
        if path is None:
            return
        self._stopping = False
        self._box.begin(f"正在写“{path.name}”")
        self._follow(
            self._context.runner.read_long(
                lambda unit, job: plan(unit, job.report),
                lambda package: self._write(package, path),
                self._failed,
            ),
            lambda done, total: (done, total),
        )

    def _write(self, package: Package, path: Path) -> None:
        if self._stopping:
            # Asked to stop when the plan was ready but not yet here.
            self._failed(Cancelled())
            return
        store = self._context.runner.office.files
        self._follow(
            self._context.runner.work(
                lambda job: self._context.files.write_package(package, store, path, job.report),
                lambda packed: self._done(package, path, packed.told),
                self._failed,
            ),
            # Bytes of a film are more than a bar's 32 bits hold.
            lambda done, total: (100 * done // max(total, 1), 100),
        )

    def _follow(self, job: Job, shown: Callable[[int, int], tuple[int, int]]) -> None:
        # A worker that is waited for is done already.
        if self._box.isHidden():
            return
        self._job = job
        job.progress.connect(lambda done, total: self._box.advance(*shown(done, total)))

    def _done(self, package: Package, path: Path, told: str) -> None:
        self._end()
        self._context.runner.do(lambda unit: fix_printed(unit, package.handed_in))
        self.written.emit(path, f"已导出“{path.name}”：{told}。")

    def _failed(self, refusal: Refusal) -> None:
        self._end()
        stopped = isinstance(refusal, Cancelled)
        self.refused.emit(STOPPED if stopped else sentence_for(refusal))

    def _end(self) -> None:
        self._job = None
        self._box.hide()

    def _stop(self) -> None:
        self._stopping = True
        if self._job is not None:
            self._job.cancel()
