"""Import: choose a file, map columns and mend rows, write the right ones as one operation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QWidget,
)

from bulletin_study.domain.errors import Cancelled, Refusal
from bulletin_study.ui.context import Context
from bulletin_study.ui.dialogs import TABLE_FILES
from bulletin_study.ui.import_view import ALL_ROWS, NOTED_ROWS, START, TABLE, WAIT, ImportView
from bulletin_study.ui.runner import Job
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.importing import (
    IMPORT_TITLES,
    ImportKind,
    ImportOptions,
    ImportPreview,
    ImportRow,
    RowState,
    apply_import,
)

_REJECTS = "Excel 表格 (*.xlsx);;CSV 表格 (*.csv)"


class ImportDialog(ImportView):
    """Nothing is written before 导入无误的 N 行. ``imported`` after it was."""

    imported = Signal()

    def __init__(
        self,
        context: Context,
        kind: ImportKind | None,
        path: Path | None,
        parent: QWidget,
        *,
        session_id: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._path = path
        self._book: object = None
        self._sheet: str | None = None
        self._options = ImportOptions(session_id=session_id)
        self.preview: ImportPreview | None = None
        self._job: Job | None = None
        self._connect()
        self._name()
        if path is not None and kind is not None:
            self._read(path)
        elif path is not None:
            self._ask_kind()
        else:
            self._ask_file()

    def _connect(self) -> None:
        self.file_wanted.connect(self._choose_file)
        self.kind_chosen.connect(self._kind_chosen)
        self.sheet_chosen.connect(self._turn_sheet)
        self.filter_changed.connect(self._show_rows)
        self.rejects_wanted.connect(self._save_rejects)
        self.apply_wanted.connect(self._apply)
        self.table.mapped.connect(self._mapped)
        self.table.typed.connect(self._typed)
        self.table.row_changed.connect(self._row_changed)
        self.fix.chosen.connect(self._chosen)

    # ---- steps ----
    def _name(self) -> None:
        title = f"导入{IMPORT_TITLES[self._kind]}" if self._kind else "导入"
        self.setWindowTitle(title)

    def _step(self, at: int) -> None:
        words = ("1 选文件", "2 对应列、改错", "3 确认写入")
        marks = [f"<b>{w}</b>" if n == at else w for n, w in enumerate(words)]
        self.steps.setText("　—　".join(marks))
        self.pages.setCurrentIndex(START if at == 0 else TABLE)
        ready = at == 1
        self.rejects.setVisible(ready and bool(self.preview and self.preview.wrong))
        self.apply.setVisible(ready)
        self.other.setVisible(self._path is not None)

    def _ask_file(self) -> None:
        self.sheets.hide()
        self.ask.setText("选一份 Excel、WPS 或 CSV 表格；标题行、合并单元格、空行不用先清理。")
        self.kinds.hide()
        self.pick.show()
        self._step(0)

    def _ask_kind(self) -> None:
        self.sheets.hide()
        self.ask.setText(f"“{self._path.name if self._path else ''}”里是什么？")
        self.kinds.show()
        self.pick.hide()
        self._step(0)
        self.kind_buttons[ImportKind.ROSTER].setFocus()

    def _kind_chosen(self, kind: ImportKind) -> None:
        self._kind = kind
        self._name()
        if self._path is not None:
            self._read(self._path)

    def _choose_file(self) -> None:
        path = self._context.choose_open(self.windowTitle(), TABLE_FILES)
        if path is None:
            return
        self._path = path
        self._options = ImportOptions(session_id=self._options.session_id)
        if self._kind is None:
            self._ask_kind()
        else:
            self._read(path)

    # ---- reading ----
    def _read(self, path: Path, sheet: str | None = None) -> None:
        self.banner.clear()
        self._sheet = sheet
        self.where.setText(path.name)
        self.bar.setRange(0, 0)
        self.pages.setCurrentIndex(WAIT)
        self._job = self._context.runner.work(
            lambda job: self._context.files.read(path, job.report, sheet=sheet),
            self._opened,
            self._refused,
        )
        self._job.progress.connect(self._progressed)

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if total:
            self.waiting.setText(f"正在读取… {done:,}/{total:,} 行")

    def _opened(self, book: object) -> None:
        self._book = book
        self._look()

    def _look(self) -> None:
        """Work the preview out again from the file already read."""
        kind, book, sheet, options = self._kind, self._book, self._sheet, self._options
        if kind is None or book is None:
            return
        self._context.runner.read_long(
            lambda unit, job: self._context.files.preview(
                unit, kind, book, sheet=sheet, options=options
            ),
            self._show,
            self._refused,
        )

    def _show(self, preview: ImportPreview) -> None:
        self.banner.clear()
        first = self.preview is None
        self.preview = preview
        where = f"{preview.file_name} · 表头在第 {preview.header_row} 行"
        self.where.setText(where)
        names = [(f"{s.name}（隐藏）" if s.hidden else s.name, s.name) for s in preview.sheets]
        self.sheets.set_options(names)
        self.sheets.set_value(preview.sheet)
        self.sheets.setVisible(len(names) > 1)
        noted = sum(1 for row in preview.rows if row.notes)
        self.filter.set_options(
            [
                (f"全部 {len(preview.rows)}", ALL_ROWS),
                (f"新增 {preview.new}", RowState.NEW),
                (f"更新 {preview.changed}", RowState.CHANGED),
                (f"不变 {preview.same}", RowState.SAME),
                (f"有误 {preview.wrong}", RowState.WRONG),
                (f"有提示 {noted}", NOTED_ROWS),
            ]
        )
        if first and preview.wrong:
            self.filter.set_value(RowState.WRONG)
        self.table.show_preview(preview, self._options.fixes or {})
        self._show_rows()
        self._step(1)
        self._name_apply(preview)
        self.fix.show_row(preview, self.table.list.current_row())

    def _name_apply(self, preview: ImportPreview) -> None:
        fresh = preview.new + preview.changed
        wrong = f"，{preview.wrong} 行有误不写入" if preview.wrong else ""
        self.hint.setText(f"现在还没有写入{wrong}。导入后可以整批撤销（Ctrl+Z）。")
        if preview.usable and not fresh:
            self.apply.set_caption("没有变化，完成")
        else:
            words = "无误的 " if preview.wrong else ""
            self.apply.set_caption(f"导入{words}{preview.usable} 行")
        self.apply.setEnabled(bool(preview.usable))
        self.apply.set_tip("" if preview.usable else "没有一行能用，先改正有误的行")

    def _show_rows(self) -> None:
        if self.preview is None:
            return
        wanted = self.filter.value()
        rows: list[ImportRow] = [
            row
            for row in self.preview.rows
            if wanted in (None, ALL_ROWS)
            or (wanted == NOTED_ROWS and row.notes)
            or row.state == wanted
        ]
        self.table.show_rows(rows)

    def _row_changed(self, row: ImportRow | None) -> None:
        if self.preview is not None:
            self.fix.show_row(self.preview, row)

    # ---- mending ----
    def _turn_sheet(self, name: str) -> None:
        self._options = ImportOptions(session_id=self._options.session_id)
        self.preview = None
        if self._path is not None:
            self._read(self._path, name)

    def _mapped(self, header: str, field: str) -> None:
        mapping = {**(self._options.mapping or {}), header: field}
        if field and self.preview is not None:
            # Who takes a field over leaves the column that had it without one.
            for column in self.preview.columns:
                if column.field == field and column.text != header:
                    mapping[column.text] = ""
        self._options = replace(self._options, mapping=mapping)
        self._look()

    def _typed(self, row: int, field: str, text: str) -> None:
        fixes = {**(self._options.fixes or {}), (row, field): text}
        self._options = replace(self._options, fixes=fixes)
        self._look()

    def _chosen(self, field: str, name: str, known: str) -> None:
        choices = {**(self._options.choices or {}), (field, name): known}
        self._options = replace(self._options, choices=choices)
        self._look()

    # ---- ending ----
    def _apply(self) -> None:
        preview = self.preview
        if preview is None:
            return
        self.apply.setEnabled(False)
        self._context.runner.do(
            lambda unit: apply_import(unit, preview), lambda _: self._done(), self._not_saved
        )

    def _done(self) -> None:
        self.imported.emit()
        self.accept()

    def _not_saved(self, refusal: Refusal) -> None:
        self.apply.setEnabled(True)
        self.banner.show_sentence(sentence_for(refusal), ("重新预览", self._look))

    def _refused(self, refusal: Refusal) -> None:
        if isinstance(refusal, Cancelled):
            return
        self.banner.show_sentence(sentence_for(refusal))
        if self.preview is None:
            self._ask_file()
        else:
            self.pages.setCurrentIndex(TABLE)

    def _save_rejects(self) -> None:
        preview = self.preview
        if preview is None:
            return
        name = f"{Path(preview.file_name).stem}_有误的行.xlsx"
        path = self._context.choose_save("另存有误的行", name, _REJECTS)
        if path is None:
            return
        self._context.runner.work(
            lambda job: self._context.files.write_rejects(preview, path),
            lambda count: self._saved(path, count),
            self._refused,
        )

    def _saved(self, path: Path, count: int) -> None:
        open_it = ("打开文件夹", lambda: self._context.open_folder(path.parent))
        words = f"已把 {count} 行有误的连同原因另存为“{path.name}”。"
        self.banner.show_sentence(words, open_it, "green")

    def reject(self) -> None:
        """Stop reading, write nothing."""
        if self._job is not None:
            self._job.cancel()
        super().reject()
