"""Out of the window: a document saved to a file or shown before it is printed, one way for all.

Reading and writing go on beside the window, with progress and 取消. How it ended is told in the
banner of whoever asked. What was written or printed and names its 第N次 fixes that number (see
``usecases.handing_in``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from bulletin_study.domain.errors import Cancelled, Refusal
from bulletin_study.ui.banner import Banner
from bulletin_study.ui.context import Context
from bulletin_study.ui.dialogs import PACKAGE_FILES
from bulletin_study.ui.frame import Page
from bulletin_study.ui.print_dialog import PrintPreview, has_printer
from bulletin_study.ui.print_glyphs import boxes_in, boxes_sentence
from bulletin_study.ui.runner import Job
from bulletin_study.ui.widgets.writing_bar import WritingBar
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.evidence_package import Package
from bulletin_study.usecases.handing_in import HandedIn, fix_printed
from bulletin_study.usecases.papers import Paper, as_paper, words_of
from bulletin_study.usecases.ports import Progress, UnitOfWork
from bulletin_study.usecases.reports import Report

Document = Report | Paper
Build = Callable[[UnitOfWork, Progress], Document]
Plan = Callable[[UnitOfWork, Progress], Package]
T = TypeVar("T")
_ON_PAPER = (".docx", ".pdf")
_Told = tuple[str, str]
"""A sentence and its tone."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to save or print: ``paper`` for Word, PDF and ink, ``table`` for the rest.

    ``file_name`` is proposed with its suffix, ``kinds`` is the filter of the file dialog.
    """

    title: str
    file_name: str
    kinds: str
    paper: Build | None = None
    table: Build | None = None

    def build_for(self, suffix: str) -> Build:
        """How it is made for a file of this suffix."""
        first, second = self.paper, self.table
        if suffix.lower() not in _ON_PAPER:
            first, second = second, first
        made = first or second
        assert made is not None, "nothing to build"
        return made


class _Flow:
    """One document on its way: read, then written; cancelled as a whole."""

    def __init__(self) -> None:
        self._job: Job | None = None
        self.cancelled = False

    def follow(self, job: Job) -> Job:
        """Go on with this work."""
        self._job = job
        return job

    def cancel(self) -> None:
        """Stop at the next look, in whatever part it is."""
        self.cancelled = True
        if self._job is not None:
            self._job.cancel()


class PaperDesk:
    """``bar`` shows what is under way and belongs into the page or pane that began it; it must
    live as long as ``banner``, which tells how it ended.

    What is asked for while something is under way waits its turn; 取消 stops all of it.
    """

    def __init__(self, context: Context, banner: Banner) -> None:
        self._context, self._runner, self._banner = context, context.runner, banner
        self._flows: list[_Flow] = []
        self.bar = WritingBar()
        self.bar.cancelled.connect(self._cancel)

    def save(self, thing: Outgoing) -> None:
        """Ask where to, read, write; the window goes on meanwhile."""
        path = self._context.choose_save(f"导出{thing.title}", thing.file_name, thing.kinds)
        if path is not None:
            flow = self._begin(f"正在写“{path.name}”")
            self._read(flow, thing.build_for(path.suffix),
                       lambda made: self._write(flow, made, path))  # fmt: skip

    def save_package(self, title: str, file_name: str, plan: Plan) -> None:
        """The same for a 佐证包."""
        path = self._context.choose_save(f"导出{title}", file_name, PACKAGE_FILES)
        if path is not None:
            flow = self._begin(f"正在写“{path.name}”")
            self._read(flow, plan, lambda package: self._write(flow, package, path))

    def show_print(self, thing: Outgoing, window: QWidget) -> None:
        """Show the pages over ``window`` as they will come out of the printer."""
        flow = self._begin(f"正在准备打印{thing.title}")
        self._read(flow, thing.build_for(".pdf"),
                   lambda made: self._preview(flow, as_paper(made), window))  # fmt: skip

    def _begin(self, words: str) -> _Flow:
        flow = _Flow()
        self._flows.append(flow)
        self.bar.begin(words)
        return flow

    def _read(
        self, flow: _Flow, build: Callable[[UnitOfWork, Progress], T], then: Callable[[T], object]
    ) -> None:
        job = self._runner.read_long(
            lambda unit, job: build(unit, job.report), then, lambda r: self._failed(flow, r)
        )
        flow.follow(job).progress.connect(self.bar.advance)

    def _write(self, flow: _Flow, made: Document | Package, path: Path) -> None:
        if flow.cancelled:
            self._failed(flow, Cancelled())
            return
        job = self._runner.work(
            lambda job: self._put(made, path, job.report),
            lambda told: self._written(flow, made, path, told),
            lambda refusal: self._failed(flow, refusal),
        )
        flow.follow(job).progress.connect(self.bar.advance)

    def _put(self, made: Document | Package, path: Path, progress: Progress) -> _Told:
        """Write the file, not on the window's thread; what is to be said of it."""
        if isinstance(made, Package):
            store = self._runner.office.files
            packed = self._context.files.write_package(made, store, path, _in_percent(progress))
            return f"已导出“{path.name}”：{packed.told}。", "green"
        boxes = self._context.files.write(made, path, progress)
        if boxes:
            return (f"“{path.name}”写好了，但{boxes_sentence(boxes)}，PDF 里是方框。"
                    "装上有这个字的字体再导出，或存成 Word。", "amber")  # fmt: skip
        return f"已导出“{path.name}”。", "green"

    def _written(self, flow: _Flow, made: HandedIn, path: Path, told: _Told) -> None:
        self._end(flow)
        sentence, tone = told
        open_it = ("打开文件夹", lambda: self._context.open_folder(path.parent))
        self._fix(made, lambda: self._banner.show_sentence(sentence, open_it, tone, outcome=True))

    def _preview(self, flow: _Flow, made: Paper, window: QWidget) -> None:
        self._end(flow)
        if flow.cancelled:
            return
        if boxes := boxes_in(words_of(made)):
            self._banner.show_sentence(
                f"{boxes_sentence(boxes)}，打印出来是方框。可以存成 Word，到有这个字的机器上打印。",
                tone="amber",
            )
        dialog = PrintPreview(made, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Qt accepts the dialog when the printer has taken the pages.
        dialog.accepted.connect(lambda: self._fix(made, lambda: None))
        dialog.open()

    def _fix(self, made: HandedIn, tell: Callable[[], object]) -> None:
        """The paper is out: its numbers stand from now on, then it is told."""
        if not made.numbers:
            tell()
            return
        self._runner.do(
            lambda unit: fix_printed(unit, made),
            lambda _: tell(),
            lambda refusal: self._banner.show_sentence(sentence_for(refusal), outcome=True),
        )

    def _failed(self, flow: _Flow, refusal: Refusal) -> None:
        self._end(flow)
        words = "已取消导出，没有留下半个文件。"
        stopped = isinstance(refusal, Cancelled)
        self._banner.show_sentence(words if stopped else sentence_for(refusal))

    def _end(self, flow: _Flow) -> None:
        self._flows.remove(flow)
        self.bar.setVisible(bool(self._flows))

    def _cancel(self) -> None:
        for flow in self._flows:
            flow.cancel()


def _in_percent(progress: Progress) -> Progress:
    """Bytes tell the user less than parts of a hundred."""
    return lambda done, total: progress(100 * done // max(total, 1), 100)


class PagePapers:
    """A desk whose outcome is told on its page, with the progress at the page's foot."""

    def __init__(self, context: Context, page: Page) -> None:
        self.context, self.page = context, page
        self.desk = PaperDesk(context, page.banner)
        page.add_foot(self.desk.bar)

    def save(self, thing: Outgoing) -> None:
        """Write it to a file of the user's choice."""
        self.desk.save(thing)

    def save_package(self, title: str, file_name: str, plan: Plan) -> None:
        """Write a 佐证包 to a file of the user's choice."""
        self.desk.save_package(title, file_name, plan)

    def print(self, thing: Outgoing) -> None:
        """Show it as it will be printed; without a printer a file is offered."""
        if has_printer():
            self.desk.show_print(thing, self.page)
            return
        self.page.show_notice(
            "这台机器没有装打印机，没有打印。可以存成 PDF，到别的机器上打印。",
            ("存为文件…", lambda: self.save(thing)),
        )
