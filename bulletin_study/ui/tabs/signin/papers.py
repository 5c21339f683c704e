"""What leaves the page: the 催办 text and the sign-in as a file."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.ui.context import Context
from bulletin_study.ui.dialogs import REPORT_FILES
from bulletin_study.ui.frame import Page
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.reports import Report
from bulletin_study.usecases.reports_signin import sign_in_report
from bulletin_study.usecases.sign_in_notes import chasing_text
from bulletin_study.usecases.sign_in_page import SignInPage


class Papers:
    """Tells on ``page`` how it went."""

    def __init__(self, context: Context, page: Page) -> None:
        self._context, self._page = context, page

    def copy_chasing(self, shown: SignInPage) -> None:
        """Copy who still owes what."""
        text = chasing_text(shown)
        if text:
            self._context.copy(text)
            self._page.said.emit("已复制催办的话，可以粘贴到工作群")
        else:
            self._page.said.emit("这一场没有欠缺，不用催办")

    def export(self, shown: SignInPage) -> None:
        """Ask where to, read, write; the window goes on meanwhile."""
        kinds = "、".join(kind.name for kind in shown.closing.kinds).replace("/", "")
        name = f"签到_{shown.session.day:%Y%m%d}_{kinds}.xlsx"
        path = self._context.choose_save("导出签到", name, REPORT_FILES)
        if path is not None:
            session_id = shown.session.id
            self._context.runner.read(
                lambda unit: sign_in_report(unit, session_id),
                lambda report: self._write(report, path),
            )

    def _write(self, report: Report, path: Path) -> None:
        open_it = ("打开文件夹", lambda: self._context.open_folder(path.parent))
        self._context.runner.work(
            lambda job: self._context.files.write(report, path, job.report),
            lambda _: self._page.show_notice(f"已导出“{path.name}”。", open_it, "green"),
            lambda refusal: self._page.show_error(sentence_for(refusal)),
        )
