"""粘贴名单: a 接龙 or list of names becomes marks, each shown before any is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.controls import label
from bulletin_study.ui.preview_dialog import PreviewDialog
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.signin.paste_form import PasteForm
from bulletin_study.ui.tabs.signin.paste_rows import (
    columns,
    notes_words,
    parts_of,
    summary_words,
)
from bulletin_study.ui.widgets.roster_layout import MARKS
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.name_list.matching import (
    TO_MEND,
    Choice,
    LineKey,
    LineState,
    ListedLine,
    ListPreview,
    compare_list,
)
from bulletin_study.usecases.name_list.saving import mark_by_list
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.sign_in_list import SignIn, load_sign_in

_FORM_WIDTH = 272
_KEYS = "“要你来定”的：按回车（或 F2）选人，选完到下一个；按 1—6 改状态。"
Found = tuple[SignIn, ListPreview]


class PasteDialog(PreviewDialog):
    """Keys in the list: Enter or F2 chooses the person, 1–6 mark, space leaves a change out."""

    def __init__(self, runner: Runner, session_id: int, text: str, parent: QWidget) -> None:
        self._found: Found | None = None
        model = RowsModel(columns(self._sign_in), key=lambda line: line.index)
        super().__init__(
            "粘贴名单", model, runner, parent, save="记下", leave="先不记",
            tip="一次记下，可以一步撤销",
        )  # fmt: skip
        self._session = session_id
        self._today = runner.office.services.clock.today()
        self._asked = 0
        self._choices: dict[LineKey, Choice] = {}
        self._next: int | None = None
        self.form = PasteForm(text)
        self.unused = label("", "secondary", wrap=True)
        self.unused.setContentsMargins(16, 6, 16, 6)
        self.keys = label(_KEYS, "secondary", wrap=True)
        self.keys.setContentsMargins(16, 6, 16, 6)
        self.build(form=self.form, form_width=_FORM_WIDTH, under_list=self._under())
        self.form.changed.connect(self.refresh)
        self.form.escaped.connect(self.reject)
        self.model.edited.connect(self._edited)
        self.list.acted.connect(self._acted)
        self.list.opened.connect(lambda _: self.list.edit_current("who"))
        self._key(Qt.Key.Key_Space, self._toggle)
        for digit, (mark, _, _) in enumerate(MARKS, start=1):
            self._key(Qt.Key(int(Qt.Key.Key_0) + digit), partial(self._mark, Mark(mark)))
        (self.list if text.strip() else self.form.text).setFocus()
        self.pane.show_loading()
        self.refresh()

    def _under(self) -> QWidget:
        under = QWidget()
        column = QVBoxLayout(under)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.keys)
        column.addWidget(self.unused)
        return under

    def _key(self, key: Qt.Key, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    # ---- showing ----
    def refresh(self) -> None:
        """Read the list again, with what was settled by hand for lines still as they were."""
        self._asked += 1
        text, plain = self.form.text.toPlainText(), self.form.plain.value()
        choices, session_id = dict(self._choices), self._session

        def look(unit: UnitOfWork) -> Found:
            sign_in = load_sign_in(unit, session_id)
            services = unit.services
            return sign_in, compare_list(
                sign_in, text, today=services.clock.today(), pinyin=services.pinyin,
                plain=plain, choices=choices,
            )  # fmt: skip

        self._runner.read(look, partial(self._show, self._asked))

    def arrange(self) -> None:
        """Save all the marks."""
        if self._found is None or not self.go.isEnabled():
            return
        session_id, entries, rest = self._session, self._found[1].entries, self._rest()
        self.go.setEnabled(False)
        self._runner.do(
            lambda unit: mark_by_list(unit, session_id, entries, rest=rest, hold=True),
            self.done_with,
            self._refused,
        )

    def _show(self, asked: int, found: Found) -> None:
        if asked != self._asked:
            return
        sign_in, preview = found
        self._found = found
        self.model.set_groups(parts_of(preview))
        self.summary.setText(summary_words(preview))
        self.unused.setText(notes_words(preview))
        self.unused.setVisible(bool(preview.notes))
        self.keys.setVisible(any(line.state in TO_MEND for line in preview.lines))
        self.form.tell_rest([p.name for p in preview.rest], ahead=sign_in.session.day > self._today)
        self._name_go(preview)
        if preview.lines:
            self.pane.show_content()
            if self._next is not None:
                self.list.select_key(self._next)
            elif self.list.current_row() is None:
                self.list.select_first()
        else:
            self.pane.show_empty("左边还没有认得出的名字。")
        self._next = None

    def _name_go(self, preview: ListPreview) -> None:
        number = len(preview.entries) + (len(preview.rest) if self._rest() else 0)
        self.go.set_caption(f"记下 {number} 人" if number else "没有要记的")
        self.go.setEnabled(number > 0)

    def _refused(self, refusal: Refusal) -> None:
        self.banner.show_sentence(sentence_for(refusal))
        self.go.setEnabled(True)

    # ---- settling by hand ----
    def _edited(self, line: ListedLine, column: str, value: object) -> None:
        if column == "who" and isinstance(value, int):
            self._settle(line, person_id=value, left=False)
        elif column == "mark" and isinstance(value, Mark):
            self._settle(line, mark=value, left=False)

    def _acted(self, line: ListedLine, column: str) -> None:
        if column == "who" and line.candidates:
            self._settle(line, person_id=line.candidates[0].id)
        elif column == "state":
            self._settle(line, left=line.state is not LineState.LEFT)

    def _toggle(self) -> None:
        line = self.list.current_row()
        if isinstance(line, ListedLine):
            self._settle(line, left=line.state is not LineState.LEFT)

    def _mark(self, mark: Mark) -> None:
        line = self.list.current_row()
        if isinstance(line, ListedLine):
            self._settle(line, mark=mark, left=False)

    def _settle(self, line: ListedLine, **changes: object) -> None:
        if line.state in TO_MEND:
            self._next = self._next_to_mend(line)
        before = self._choices.get(line.key, Choice())
        self._choices[line.key] = replace(before, **changes)  # type: ignore[arg-type]
        self.refresh()

    def _next_to_mend(self, line: ListedLine) -> int | None:
        """The line that waits for a decision after this one, else the first that does."""
        waiting = [one.index for one in self.model.rows()
                   if isinstance(one, ListedLine) and one.state in TO_MEND]  # fmt: skip
        at = waiting.index(line.index) if line.index in waiting else -1
        rest = [*waiting[at + 1 :], *waiting[: max(at, 0)]]
        return rest[0] if rest else None

    # ---- what is shown ----
    def _sign_in(self) -> SignIn | None:
        return self._found[0] if self._found is not None else None

    def _rest(self) -> Mark | None:
        return self.form.rest.value() if self.form.rest.isEnabled() else None
