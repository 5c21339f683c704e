"""A field of the form for something said or written, with all that goes with writing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from bulletin_study.domain.drafts import Draft
from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.controls import label, link_button
from bulletin_study.ui.drafts import DraftKeeper
from bulletin_study.ui.forms import Commit, FormColumn
from bulletin_study.ui.read_only import READS
from bulletin_study.ui.tabs.signin.sections import Saver
from bulletin_study.ui.widgets.written_note import WrittenNote
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.drafts import append_draft, drop_draft, offered_for
from bulletin_study.usecases.titles import excerpt

TEXT_FILES = "文字材料 (*.docx *.txt *.md);;所有文件 (*)"
FROM_FILE = "从文件取文字…"


class Written:
    """``note`` in its ``row``: kept while it is typed, filled from files, given a whole page.

    ``target`` names its draft. ``many`` takes several files at once, where each has its own
    place; without it they follow one another in this field.
    """

    def __init__(
        self, form: FormColumn, saver: Saver, caption: str, note: WrittenNote, target: str,
        commit: Commit, *, title: str = "", many: Callable[[Sequence[Path]], object] | None = None,
    ) -> None:  # fmt: skip
        self._form, self._saver, self.note, self.target = form, saver, note, target
        self._title, self._many = title or caption, many
        self.row = form.add(caption, note, commit)
        self.offers: list[_Offer] = []
        self.widen = link_button("展开", tip="给它一整页（Ctrl+Shift+Enter）", on_click=self.open)
        self.widen.setProperty(READS, True)
        note.more.append((FROM_FILE, self.choose_file))
        note.files_given.connect(self.take_files)
        note.wide_wanted.connect(self.open)
        note.widened.connect(self.widen.setHidden)
        DraftKeeper(saver.runner, note, target)
        saver.openers[target] = self

    def open(self, *, focus: bool = True) -> None:
        """Give it a page to itself."""
        sheet = self._saver.sheet
        if sheet is not None:
            sheet.hold(self._form, self.row, self.note, (self.target, self._title), focus=focus)

    def choose_file(self) -> None:
        """Ask for files and take their text."""
        paths = self._saver.choose_files(f"取文字到“{self._title}”", TEXT_FILES)
        if paths:
            self.take_files(paths)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Put the text of files where the cursor is; what stands there stays."""
        if len(paths) > 1 and self._many is not None:
            self._many(paths)
            return
        read = self._saver.files.read_words
        self.row.error("")
        self._saver.runner.work(
            lambda job: [read(path, job.report) for path in paths], self._take, self._refused
        )

    def show_offers(self, drafts: Sequence[Draft]) -> None:
        """Words of the last run that could not simply be saved, each under the field."""
        wanted = [draft for draft in drafts if offered_for(draft, self.target)]
        if [offer.draft for offer in self.offers] == wanted:
            return
        for offer in self.offers:
            offer.deleteLater()
        self.offers = [_Offer(self, self._saver, draft) for draft in wanted]
        column = self.row.layout()
        if column is not None:
            for offer in self.offers:
                column.addWidget(offer)

    def _take(self, texts: Sequence[str]) -> None:
        if isValid(self.note):
            self.note.add_paragraph("\n".join(texts))
            self.note.autosave.commit()

    def _refused(self, refusal: Refusal) -> None:
        if isValid(self.row):
            self.row.error(sentence_for(refusal))
        else:
            self._saver.runner.refused.emit(refusal)


class _Offer(QWidget):
    """One draft that was laid aside: its beginning, and what can become of it."""

    def __init__(self, written: Written, saver: Saver, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self._written, self._saver = written, saver
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        said = f"上次还有一段没存上（{len(draft.text)} 字）：{excerpt(draft.text)}"
        words = label(said, "secondary", tone="amber", wrap=True)
        words.setToolTip(draft.text)
        column.addWidget(words)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(link_button("接在后面", on_click=self.append))
        away = link_button("复制并收起", tip="放到剪贴板上，这里不再留着", on_click=self.put_away)
        away.setProperty(READS, True)
        line.addWidget(away)
        line.addStretch(1)
        column.addLayout(line)

    def append(self) -> None:
        """Put it after what is stored."""
        self._written.note.autosave.commit()
        self._saver.save(lambda unit: append_draft(unit, self.draft), self._written.row)

    def put_away(self) -> None:
        """Keep it on the clipboard only."""
        self._saver.copy(self.draft.text)
        self._saver.save(lambda unit: drop_draft(unit, self.draft.target), self._written.row)
        self.hide()
