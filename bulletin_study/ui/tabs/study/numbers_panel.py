"""重排期次: what numbering a year by date anew would change, shown before it is done."""

from __future__ import annotations

from PySide6.QtCore import Signal

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.numbering import RenumberRow, preview_renumbering, renumber
from bulletin_study.usecases.titles import day_text

_SHOWN = 40


class NumbersPanel(FormColumn):
    """``done`` when it was renumbered; ``changed`` when its words are there."""

    done = Signal()
    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._runner = context.runner
        self._kind_id = 0
        self._year = 0
        self.words = label("", "text2", wrap=True)
        self.lines = label("", wrap=True)
        self.problem = label("", tone="red", wrap=True)
        for widget in (self.words, self.lines, self.problem):
            self.add_widget(widget)

    def ask(self, kind_id: int, year: int) -> None:
        """Show what renumbering a kind's year would change."""
        self._kind_id, self._year = kind_id, year
        self.problem.setText("")
        self._runner.read(lambda unit: preview_renumbering(unit, kind_id, year), self._show)

    def renumber(self) -> None:
        """Do it, as one operation that can be undone."""
        kind_id, year = self._kind_id, self._year
        self._runner.do(
            lambda unit: renumber(unit, kind_id, year), lambda _: self.done.emit(), self._refused
        )

    def _show(self, rows: list[RenumberRow]) -> None:
        fixed = sum(row.change.fixed for row in rows)
        self.words.setText(
            f"按日期重排 {self._year} 年的期次，有 {len(rows)} 场会变，其中 {fixed} 场归档或"
            "打印过；已经发出去的纸面要另行更正。"
            if rows
            else f"{self._year} 年的期次已经按日期排好，没有要改的。"
        )
        lines = [
            f"{day_text(row.session.day)}　第{row.change.before}次 → 第{row.change.after}次"
            f"{'（已定）' if row.change.fixed else ''}"
            for row in rows[:_SHOWN]
        ]
        more = [f"……还有 {len(rows) - _SHOWN} 场"] if len(rows) > _SHOWN else []
        self.lines.setText("\n".join(lines + more))
        self.changed.emit()

    def _refused(self, refusal: Refusal) -> None:
        self.problem.setText(sentence_for(refusal))
