"""个人学习记录 out of the window: to the printer, or to a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from bulletin_study.ui.context import Context
from bulletin_study.ui.dialogs import PAPER_FILES
from bulletin_study.ui.frame import Page
from bulletin_study.ui.print_dialog import PrintPreview, has_printer
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.paper_person import person_paper
from bulletin_study.usecases.papers import Paper
from bulletin_study.usecases.person_page import PersonPage


class PersonPapers:
    """Tells on ``page`` how it went."""

    def __init__(self, context: Context, page: Page) -> None:
        self._context, self._page = context, page

    def print_record(self, shown: PersonPage) -> None:
        """Show the pages as they will come out."""
        if not has_printer():
            self._page.show_notice(
                "这台机器没有装打印机，没有打印。可以存成 PDF，到别的机器上打印。",
                ("存为文件…", lambda: self.export(shown)),
            )
            return
        dialog = PrintPreview(person_paper(shown), self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def export(self, shown: PersonPage) -> None:
        """Ask where to, write; the window goes on meanwhile."""
        name = f"个人学习记录_{shown.person.name}_{shown.first:%Y%m%d}-{shown.last:%Y%m%d}.docx"
        path = self._context.choose_save("存个人学习记录", name, PAPER_FILES)
        if path is not None:
            self._write(person_paper(shown), path)

    def _write(self, paper: Paper, path: Path) -> None:
        open_it = ("打开文件夹", lambda: self._context.open_folder(path.parent))
        self._context.runner.work(
            lambda job: self._context.files.write(paper, path, job.report),
            lambda _: self._page.show_notice(f"已写好“{path.name}”。", open_it, "green"),
            lambda refusal: self._page.show_error(sentence_for(refusal)),
        )
