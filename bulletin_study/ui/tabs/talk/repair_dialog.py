"""调整: what leave, a posting or a newcomer changes of what was announced, to take or leave."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from bulletin_study.domain.rotation import Breach
from bulletin_study.ui.context import Context
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.talk.plan_preview import PlanPreview
from bulletin_study.ui.tabs.talk.repair_rows import (
    RepairRow,
    columns,
    repair_groups,
    summary_words,
)
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation_repair import Mending, apply_repair, propose_repair
from bulletin_study.usecases.talk_page import TalkPage, load_talk_page

Found = tuple[Mending, TalkPage, list[Breach]]


class RepairDialog(PlanPreview):
    """The fewest changes from a day on; each can be left out (空格), the rest is one step."""

    def __init__(self, context: Context, first: date, parent: QWidget) -> None:
        model = RowsModel(columns(), key=lambda row: row.key)
        super().__init__(
            "调整公布的安排", model, context.runner, parent, save="按此调整", leave="先不调整"
        )
        self._first = first
        self._found: tuple[Mending, TalkPage] | None = None
        self._left: set[int] = set()
        self.build(under_list=self.why())
        self.list.current_changed.connect(self._show_reasons)
        self.list.acted.connect(lambda row, _: self._toggle(row))
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.list)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(lambda: self._toggle(self.list.current_row()))
        self.pane.show_loading()
        self.refresh()

    def refresh(self) -> None:
        """Work the changes out again."""
        first = self._first

        def look(unit: UnitOfWork) -> Found:
            mending = propose_repair(unit, first)
            return mending, load_talk_page(unit), mending.breaches()

        self._runner.read(look, self._show)

    def arrange(self) -> None:
        """Save what is taken."""
        if self._found is None or not self.go.isEnabled():
            return
        mending, chosen = self._found[0], self._chosen()
        self.go.setEnabled(False)
        self._runner.do(
            lambda unit: apply_repair(unit, mending, chosen),
            self.done_with,
            self.refused,
        )

    def _show(self, found: Found) -> None:
        mending, page, remaining = found
        self._found, self._left = (mending, page), set()
        self._fill()
        self._tell(remaining)
        if mending.chains:
            self.pane.show_content()
            self.list.setFocus()
            self.list.select_first()
        else:
            self.pane.show_empty(
                "公布的主讲人里没有要换的。固定的和外请的不动；"
                "来不了的，回去换人、对调，或不再固定（P）。"
            )

    def _toggle(self, row: RepairRow | None) -> None:
        if row is None or self._found is None:
            return
        self._left ^= {row.chain}
        self._fill()
        mending, chosen = self._found[0], self._chosen()
        self._runner.read(lambda _: mending.breaches(chosen), partial(self._judged, chosen))

    def _judged(self, chosen: frozenset[int], remaining: list[Breach]) -> None:
        if chosen == self._chosen():
            self._tell(remaining)

    def _chosen(self) -> frozenset[int]:
        chains = self._found[0].chains if self._found is not None else ()
        return frozenset(range(len(chains))) - self._left

    def _fill(self) -> None:
        if self._found is not None:
            mending, page = self._found
            self.model.set_groups(repair_groups(mending, page, self._left))

    def _tell(self, remaining: list[Breach]) -> None:
        if self._found is None:
            return
        mending, page = self._found
        self.summary.setText(summary_words(mending, self._left, remaining, page.roster))
        taken = len(mending.chains) - len(self._left)
        caption = f"按此调整 {taken} 处" if taken else "没有要改的"
        if not mending.chains and not mending.idle:
            caption = "照公布的办"
        self.go.set_caption(caption)
        self.go.setEnabled(taken > 0 or (not mending.chains and not mending.idle))

    def _show_reasons(self, row: RepairRow | None) -> None:
        page = self._found[1] if self._found is not None else None
        self.tell_reasons(row.planned if row is not None else None, page)
