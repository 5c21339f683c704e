"""自动安排: what the rotation would put at each place, shown before anything is saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.rotation import Plan, Settings
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.context import Context
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.talk.arrange_form import ArrangeForm
from bulletin_study.ui.tabs.talk.arrange_rows import (
    ArrangeRow,
    Part,
    arrange_rows,
    by_month,
    columns,
    in_part,
    summary_words,
)
from bulletin_study.ui.tabs.talk.plan_preview import PlanPreview
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.page_scroll import PageScroll
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation import (
    apply_plan,
    load_settings,
    plan_rotation,
    save_settings,
)
from bulletin_study.usecases.talk_page import TalkPage, load_talk_page

_FORM_WIDTH = 264
Found = tuple[Plan, TalkPage] | Refusal


class ArrangeDialog(PlanPreview):
    """Proposes for a period; 按此安排 saves everything as one operation."""

    def __init__(self, context: Context, page: TalkPage, parent: QWidget) -> None:
        model = RowsModel(columns(), key=lambda row: row.key)
        super().__init__(
            "自动安排", model, context.runner, parent, save="按此安排", leave="先不安排"
        )
        self._found: tuple[Plan, TalkPage] | None = None
        self._rows: list[ArrangeRow] = []
        self._asked = 0
        self.form = ArrangeForm()
        self.part = Segmented([("全部", Part.ALL)])
        self.build(
            form=PageScroll(self.form), form_width=_FORM_WIDTH,
            beside_summary=self.part, under_list=self.why(),
        )  # fmt: skip
        self.part.changed.connect(lambda _: self._fill())
        self.list.current_changed.connect(self._show_reasons)
        self.form.changed.connect(self.refresh)
        self.form.keep_wanted.connect(self._keep)
        self.form.escaped.connect(self.reject)
        self.pane.show_loading()
        self._runner.read(load_settings, partial(self._begin, page))

    # ---- showing ----
    def refresh(self) -> None:
        """Plan again for what the form says now."""
        self._asked += 1
        try:
            first, last = self.form.span()
        except FieldProblem as problem:
            self._nothing(problem.sentence)
            return
        settings = self.form.settings()

        def look(unit: UnitOfWork) -> Found:
            try:
                return plan_rotation(unit, first, last, settings), load_talk_page(unit)
            except Refusal as refusal:
                return refusal

        self._runner.read(look, partial(self._show, self._asked))

    def arrange(self) -> None:
        """Save it."""
        if self._found is None or not self.go.isEnabled():
            return
        plan = self._found[0]
        self.go.setEnabled(False)
        self._runner.do(lambda unit: apply_plan(unit, plan), self.done_with,
                        self.refused)  # fmt: skip

    def _begin(self, page: TalkPage, usual: Settings) -> None:
        last = max(page.last_day() or page.today, page.today)
        self.form.fill(page.today, last, usual)
        self.refresh()
        self.list.setFocus()

    def _show(self, asked: int, found: Found) -> None:
        if asked != self._asked:
            return
        if isinstance(found, Refusal):
            self._nothing(sentence_for(found))
            return
        plan, page = found
        if not plan.places:
            self._nothing("这段时间没有“每周一讲”的场次。先用“批量安排”排好场次，再来安排人。")
            return
        self._found = found
        self._rows = arrange_rows(plan, page)
        changed = sum(row.planned.changed for row in self._rows)
        empty = sum(row.empty for row in self._rows)
        options = [(f"全部 {len(self._rows)}", Part.ALL), (f"有变 {changed}", Part.CHANGED)]
        if empty:
            options.append((f"空缺 {empty}", Part.EMPTY))
        self.part.set_options(options)
        if self.part.value() is None:
            self.part.set_value(Part.ALL)
        self.summary.setText(
            summary_words(plan) if changed else f"{summary_words(plan)}和现在的安排一样。"
        )
        self.go.set_caption(f"按此安排 {changed} 处" if changed else "没有要改的")
        self.go.setEnabled(changed > 0)
        self._fill()

    def _fill(self) -> None:
        part = self.part.value() or Part.ALL
        shown = [row for row in self._rows if in_part(row, part)]
        self.model.set_groups(by_month(shown))
        if not shown:
            self.pane.show_empty("没有变动：和现在的安排一样。", "看全部", self._show_all)
            self._show_reasons(None)
            return
        self.pane.show_content()
        if self.list.current_row() is None:
            first = next((row for row in shown if row.planned.changed), shown[0])
            self.list.select_key(first.key)
            self.list.scrollTo(self.list.currentIndex(), ListView.ScrollHint.PositionAtCenter)

    def _show_all(self) -> None:
        self.part.set_value(Part.ALL)
        self._fill()

    def _show_reasons(self, row: ArrangeRow | None) -> None:
        page = self._found[1] if self._found is not None else None
        self.tell_reasons(row.planned if row is not None else None, page)

    def _nothing(self, sentence: str) -> None:
        self._found, self._rows = None, []
        self.summary.setText("")
        self.go.set_caption("按此安排")
        self.go.setEnabled(False)
        self.pane.show_empty(sentence)
        self._show_reasons(None)

    def _keep(self) -> None:
        settings = self.form.settings()
        self._runner.do(
            lambda unit: save_settings(unit, settings),
            lambda _: self.form.set_usual(settings),
            self.refused,
        )
