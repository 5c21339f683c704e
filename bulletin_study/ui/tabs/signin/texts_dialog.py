"""Written pieces from files: whose each is and what it would change, before one key saves all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bulletin_study.domain.errors import Cancelled, FileRefused, Refusal
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.context import Files
from bulletin_study.ui.controls import label, surface
from bulletin_study.ui.preview_dialog import PreviewDialog
from bulletin_study.ui.runner import Job, Runner
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.signin.roster_rows import person_options
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.sign_in_page import SignInPage, load_page
from bulletin_study.usecases.text_files import TextFile, TextRow, Verdict, match_texts, save_texts

_VERDICTS: dict[Verdict, tuple[str, str, str]] = {
    Verdict.NEW: ("新增", "green", "check"),
    Verdict.CHANGED: ("换掉原来的", "amber", "triangle"),
    Verdict.SAME: ("和存着的一样", "neutral", "check"),
    Verdict.UNKNOWN: ("没认出是谁", "amber", "triangle"),
    Verdict.AMBIGUOUS: ("分不清是谁", "amber", "triangle"),
    Verdict.TWICE: ("同一个人的第二份", "amber", "triangle"),
    Verdict.UNREADABLE: ("读不出", "red", "diamond"),
}


class TextsDialog(PreviewDialog):
    """One row a file; who wrote it can be named below, and a row left out (空格)."""

    def __init__(
        self, runner: Runner, files: Files, paths: Sequence[Path], session_id: int,
        talk_id: int | None, parent: QWidget,
    ) -> None:  # fmt: skip
        self._page: SignInPage | None = None
        self._left: set[str] = set()
        model = RowsModel(self._columns(), key=lambda row: row.file.name)
        super().__init__("导入感想、心得、体会", model, runner, parent.window(), save="导入",
                         leave="先不导入", tip="存为书面材料")  # fmt: skip
        self._session, self._talk_id = session_id, talk_id
        self._texts: list[TextFile] = []
        self._chosen: dict[str, int] = {}
        self.who = PersonCombo((), "首字母或姓名，回车")
        self.who.setAccessibleName("这份材料是谁的")
        self.who.autosave.committed.connect(self._named)
        self.build(under_list=self._naming())
        self.list.current_changed.connect(self._show_current)
        self.list.acted.connect(lambda row, _: self._toggle(row))
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.list)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(lambda: self._toggle(self.list.current_row()))
        self.go.setEnabled(False)
        self.pane.show_loading()
        self._reading = runner.work(
            lambda job: [_read(files, path, job) for path in paths], self._texts_read
        )
        self.rejected.connect(self._reading.cancel)

    def arrange(self) -> None:
        """Save what is new or changed and not left out."""
        page = self._page
        if page is None or not self.go.isEnabled():
            return
        rows, talk_id = self._taken(), self._talk_id
        self.go.setEnabled(False)
        self._runner.do(
            lambda unit: save_texts(unit, page, talk_id, rows), self.done_with,
            self._refused,
        )  # fmt: skip

    def _texts_read(self, texts: list[TextFile]) -> None:
        self._texts = texts
        self._look()

    def _look(self) -> None:
        self._runner.read(lambda unit: load_page(unit, self._session), self._show)

    def _show(self, page: SignInPage) -> None:
        self._page = page
        people = page.on_roster
        self.who.set_people(person_options(people, [page.group_name(p.id) for p in people]))
        self._fill()
        self.pane.show_content()
        self.list.setFocus()
        self.list.select_first()

    def _fill(self) -> None:
        if self._page is None:
            return
        rows = match_texts(self._page, self._talk_id, self._texts, self._chosen)
        self.model.set_rows(rows)
        taken = len(self._taken())
        odd = sum(not r.verdict.saved and r.verdict is not Verdict.SAME for r in rows)
        rest = f"，{odd} 份不导入，原因在右边" if odd else ""
        self.summary.setText(f"{len(rows)} 份材料，{taken} 份可以导入{rest}。")
        self.go.set_caption(f"导入 {taken} 份" if taken else "没有可导入的")
        self.go.setEnabled(taken > 0)

    def _taken(self) -> list[TextRow]:
        return [r for r in self.model.rows() if r.verdict.saved and r.file.name not in self._left]

    def _toggle(self, row: TextRow | None) -> None:
        if row is not None and row.verdict.saved:
            self._left ^= {row.file.name}
            self._fill()

    def _named(self, _: int | None, person_id: int | None) -> None:
        row = self.list.current_row()
        if row is None or row.verdict is Verdict.UNREADABLE:
            return
        self._chosen.pop(row.file.name, None)
        if person_id is not None:
            self._chosen[row.file.name] = person_id
        self._fill()
        self._show_current(self.list.current_row())

    def _show_current(self, row: TextRow | None) -> None:
        self.who.set_value(row.person_id if row is not None else None)
        self.who.setEnabled(row is not None and row.verdict is not Verdict.UNREADABLE)

    def _refused(self, refusal: Refusal) -> None:
        self.banner.show_sentence(sentence_for(refusal))
        self._look()

    def _naming(self) -> QWidget:
        strip = surface("footer")
        line = QHBoxLayout(strip)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(label("这份是谁的"))
        line.addWidget(self.who)
        line.addWidget(label("认错了或没认出来，在这里改；空格不导入这一份", "secondary"), 1)
        return strip

    def _columns(self) -> list[Column[TextRow]]:
        def file(row: TextRow) -> Cell:
            return Cell(row.file.name, tip=row.file.name)

        def who(row: TextRow) -> Cell:
            page = self._page
            if page is None or row.person_id is None:
                either = [page.name(k) for k in row.candidates[:3]] if page else []
                return Cell("—", second="、".join(either), tone="text3")
            return Cell(page.name(row.person_id), second=page.group_name(row.person_id), bold=True)

        def words(row: TextRow) -> Cell:
            if row.file.problem:
                return Cell(row.file.problem, tone="text2", wrap=True, tip=row.file.problem)
            flat = " ".join(row.file.text.split())
            return Cell(flat[:60], second=f"{len(row.file.text):,} 字", tip=flat[:400])

        def verdict(row: TextRow) -> Cell:
            left = row.file.name in self._left
            text, tone, shape = ("不导入", "neutral", "cross") if left else _VERDICTS[row.verdict]
            if not row.verdict.saved:
                return Cell(text, tone=tone, shape=shape)
            return Cell(text, second=str(row.kind), tone=tone, shape=shape,
                        button="导入" if left else "不导入", tip="空格键也可以")  # fmt: skip

        return [
            Column("file", "文件", file, least=140, most=300, sortable=False),
            Column("who", "谁的", who, width=112, sortable=False),
            Column("words", "内容", words, least=200, most=1200, sortable=False),
            Column("verdict", "", verdict, width=184, sortable=False),
        ]


def _read(files: Files, path: Path, job: Job) -> TextFile:
    """One file's words; what cannot be read is a row with its reason."""
    try:
        return TextFile(path.name, files.read_words(path, job.report))
    except Cancelled:
        raise
    except FileRefused as refusal:
        return TextFile(path.name, problem=sentence_for(refusal))
