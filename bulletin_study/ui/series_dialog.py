"""批量安排: a series asked for on the left, every date of it shown on the right, then made."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bulletin_study.domain.errors import Clash, Refusal
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.banner import ShapeMark
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import CheckField
from bulletin_study.ui.preview_dialog import PreviewDialog
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


class SeriesDialog(PreviewDialog):
    """``arranged`` gives the ids of the sessions made, by date."""

    arranged = Signal(object)

    def __init__(self, context: Context, kind_name: str, parent: QWidget) -> None:
        super().__init__(
            "批量安排", RowsModel(COLUMNS, key=lambda row: row.at), context.runner, parent,
            save="安排", leave="先不安排", tip="按左边的要求安排", height=612,
        )  # fmt: skip
        self._preview: SeriesPreview | None = None
        self._shown: NewSeries | None = None
        self._asked = 0
        self.form = SeriesForm()
        self.warning = label("", "secondary", wrap=True)
        self._warning_line = _beside_triangle(self.warning)
        self.override = CheckField("")
        self.override.hide()
        self._pause = Soon(self, self.refresh, _PAUSE_MS)
        self.build(
            form=self.form, form_width=_FORM_WIDTH,
            under_summary=self._warning_line, beside_go=self.override,
        )  # fmt: skip
        self.form.changed.connect(self._edited)
        self.form.escaped.connect(self.reject)
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


def _beside_triangle(words: QWidget) -> QWidget:
    """A warning, hidden until there is something to warn of."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    line.addWidget(ShapeMark("triangle", "amber"), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    holder.hide()
    return holder


def _try(unit: UnitOfWork, new: NewSeries) -> SeriesPreview | Refusal:
    """A refusal is an answer here: it says why there is nothing to show."""
    try:
        return preview_series(unit, new)
    except Refusal as refusal:
        return refusal
