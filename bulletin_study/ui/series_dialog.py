"""批量安排: a series asked for on the left, every date of it shown on the right, then made."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.domain.errors import Clash, Refusal
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.banner import Banner, ShapeMark
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label, primary_button, quiet_button, surface
from bulletin_study.ui.fields import CheckField
from bulletin_study.ui.series_dialog_form import SeriesForm
from bulletin_study.ui.series_dialog_preview import (
    COLUMNS,
    by_month,
    preview_rows,
    summary_words,
    warning_words,
)
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tokens import ROW_TWO
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.schedule import (
    NewSeries,
    SeriesPreview,
    apply_series,
    preview_series,
)
from bulletin_study.usecases.series_start import SeriesStart, series_start

_PAUSE_MS = 200
_FORM_WIDTH = 336


class SeriesDialog(QDialog):
    """``arranged`` gives the ids of the sessions made, by date."""

    arranged = Signal(object)

    def __init__(self, context: Context, kind_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = context.runner
        self._preview: SeriesPreview | None = None
        self._shown: NewSeries | None = None
        self._asked = 0
        self.setWindowTitle("批量安排")
        self.setModal(True)
        self.resize(_size_beside(parent))
        self.form = SeriesForm()
        self.model = RowsModel(COLUMNS, key=lambda row: row.at)
        self.list = ListView(self.model, row_height=ROW_TWO)
        self.pane = PaneStack(self.list)
        self.summary = label("", "bold", wrap=True)
        self.warning = label("", "secondary", wrap=True)
        self.banner = Banner()
        self.override = CheckField("")
        self.go = primary_button("安排", tip="按左边的要求安排", shortcut="Ctrl+Return",
                                 on_click=self.arrange)  # fmt: skip
        self._pause = Soon(self, self.refresh, _PAUSE_MS)
        self._build()
        self.form.changed.connect(self._edited)
        self.form.escaped.connect(self.reject)
        # The pad's Enter too; the button itself has the other one.
        QShortcut(QKeySequence("Ctrl+Enter"), self).activated.connect(self.arrange)
        self.pane.show_loading()
        self._runner.read(lambda unit: series_start(unit, kind_name), self._begin)

    # ---- showing ----
    def refresh(self) -> None:
        """Work the series out again for what the form says now."""
        self._pause.stop()
        self._asked += 1
        try:
            wanted = self.form.read()
        except FieldProblem as problem:
            self._nothing(problem.sentence)
            return
        self._runner.read(partial(_try, new=wanted), partial(self._show, self._asked, wanted))

    def arrange(self) -> None:
        """Make the sessions; with clashes only after they were accepted knowingly."""
        if self._pause.isActive():
            self.refresh()
        if self._preview is None or self._shown is None:
            self.form.focus_problem()
            return
        if self._preview.clashes and not self.override.value():
            self._ask_override()
            return
        wanted, anyway = self._shown, bool(self._preview.clashes)
        self.go.setEnabled(False)
        self._runner.do(
            lambda unit: apply_series(unit, wanted, override_clashes=anyway),
            self._arranged,
            self._refused,
        )

    def _begin(self, start: SeriesStart) -> None:
        self.form.fill(start)
        self.form.focus_first()
        self.refresh()

    def _edited(self) -> None:
        self._preview = None
        self.banner.clear()
        self._pause.start()

    def _show(self, asked: int, wanted: NewSeries, found: SeriesPreview | Refusal) -> None:
        if asked != self._asked:
            return
        if isinstance(found, Refusal):
            self._nothing(sentence_for(found))
            return
        self._preview, self._shown = found, wanted
        self.model.set_groups(by_month(preview_rows(found)))
        self.pane.show_content()
        self.summary.setText(summary_words(found))
        self._warn(warning_words(found))
        self.go.set_caption(f"安排 {len(found.made)} 场")
        self.override.setChecked(False)
        self.override.setText(f"知道有 {len(found.clashes)} 处冲突，仍然安排")
        self.override.setVisible(bool(found.clashes))

    def _nothing(self, sentence: str) -> None:
        self._preview = self._shown = None
        self.summary.setText("")
        self._warn("")
        self.override.hide()
        self.go.set_caption("安排")
        self.pane.show_empty(sentence)

    def _warn(self, words: str) -> None:
        self.warning.setText(words)
        self._warning_line.setVisible(bool(words))

    def _ask_override(self) -> None:
        assert self._preview is not None
        self.banner.show_sentence(
            f"有 {len(self._preview.clashes)} 处时间冲突，还没有安排。"
            "改左边的时间，或勾选“仍然安排”后再安排。",
            tone="amber",
        )
        self.override.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arranged(self, result: tuple[object, tuple[int, ...]]) -> None:
        self.arranged.emit(result[1])
        self.accept()

    def _refused(self, refusal: Refusal) -> None:
        self.go.setEnabled(True)
        if isinstance(refusal, Clash):
            # Something was planned meanwhile: show it, then let the user decide.
            self.refresh()
            return
        self.banner.show_sentence(sentence_for(refusal))

    # ---- building ----
    def _build(self) -> None:
        left = surface("pane-left")
        left.setFixedWidth(_FORM_WIDTH)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 1, 0)
        inside.addWidget(self.form)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(left)
        middle.addLayout(self._build_right(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self._build_foot())

    def _build_right(self) -> QVBoxLayout:
        head = surface("header")
        lines = QVBoxLayout(head)
        lines.setContentsMargins(16, 10, 16, 10)
        lines.setSpacing(4)
        lines.addWidget(self.summary)
        self._warning_line = QWidget()
        line = QHBoxLayout(self._warning_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(ShapeMark("triangle", "amber"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.warning, 1)
        lines.addWidget(self._warning_line)
        self._warning_line.hide()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(head)
        right.addWidget(self.pane, 1)
        return right

    def _build_foot(self) -> QWidget:
        foot = surface("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(label("还没有保存，安排后可以一步撤销", "secondary"))
        row.addStretch(1)
        row.addWidget(self.override)
        self.override.hide()
        row.addWidget(quiet_button("先不安排", on_click=self.reject))
        row.addWidget(self.go)
        return foot


def _try(unit: UnitOfWork, new: NewSeries) -> SeriesPreview | Refusal:
    """A refusal is an answer here: it says why there is nothing to show."""
    try:
        return preview_series(unit, new)
    except Refusal as refusal:
        return refusal


def _size_beside(parent: QWidget) -> QSize:
    """1000 × 612, or nine tenths of a smaller window."""
    window = parent.window().size()
    return QSize(min(1000, window.width() * 9 // 10), min(612, window.height() * 9 // 10))
