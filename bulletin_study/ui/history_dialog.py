"""操作记录: what was done, when and by whom, each with a way to take it back."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.banner import Banner
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label, quiet_button
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases import history
from bulletin_study.usecases.changes import Operation


def _state(operation: Operation) -> Cell:
    if operation.reverted_by is not None:
        return Cell("已撤销", tone="text3")
    return Cell("", link="撤销")


_COLUMNS: tuple[Column[Operation], ...] = (
    Column("at", "时间", lambda o: f"{o.at:%Y-%m-%d %H:%M}", width=136),
    Column("label", "做了什么", lambda o: Cell(o.label, tip=o.label), most=900),
    Column("changes", "改动", lambda o: f"{o.changes} 处", width=72, right=True),
    Column("actor", "谁", lambda o: o.actor, width=88),
    Column("state", "", _state, width=88),
)


class HistoryDialog(QDialog):
    """The latest operations first."""

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle("操作记录")
        self.resize(min(900, parent.width() - 48), min(560, parent.height() - 48))
        self.banner = Banner()
        self.model = RowsModel(_COLUMNS, key=lambda o: o.id)
        self.list = ListView(self.model, row_height=36)
        self.list.acted.connect(lambda row, _: self._revert(row))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        words = "每一步都能单独撤销；后面的操作用到了它时，会说明先撤销哪一步。"
        foot.addWidget(label(words, "hint"))
        foot.addStretch(1)
        foot.addWidget(quiet_button("关闭", on_click=self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.reload()

    def reload(self) -> None:
        """Read the log again."""
        self._runner.read(lambda unit: history.history(unit, 500), self.model.set_rows)

    def _revert(self, row: Operation) -> None:
        self.banner.clear()

        def refused(refusal: Refusal) -> None:
            self.banner.show_sentence(sentence_for(refusal))

        self._runner.do(
            lambda unit: history.revert_one(unit, row.id), lambda _: self.reload(), refused
        )
