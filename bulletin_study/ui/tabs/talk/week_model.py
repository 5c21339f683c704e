"""The board behind its view: what each cell holds, in words for screen readers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from bulletin_study.ui.table_model import Index
from bulletin_study.ui.tabs.talk.week_plan import WeekColumn, WeekPlan, WeekRow
from bulletin_study.usecases.talk_page import TalkLine

_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled


class WeekModel(QAbstractTableModel):
    """Serves words only; the delegate asks for the lines themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.plan = WeekPlan()

    def set_plan(self, plan: WeekPlan) -> None:
        """Show another plan."""
        self.beginResetModel()
        self.plan = plan
        self.endResetModel()

    def lines_at(self, row: int, column: int) -> tuple[TalkLine, ...]:
        """The talks of a cell."""
        return self.plan.cells[row][column]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Groups, and the row for the rest."""
        return 0 if parent.isValid() else len(self.plan.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Sessions."""
        return 0 if parent.isValid() else len(self.plan.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything may be dropped on; whether it may stay the board decides."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The cell in words; roles not served return at once."""
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        return "；".join(spoken(line) for line in self.lines_at(index.row(), index.column()))

    def headerData(
        self, section: int, orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:  # fmt: skip
        """Dates with their notes, groups with their progress."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            column = self.plan.columns[section] if section < self.columnCount() else None
            return column and (column_words(column) if role == 0 else column_tip(column))
        row = self.plan.rows[section] if section < self.rowCount() else None
        return row and (row_words(row) if role == 0 else row.tip or None)


def spoken(line: TalkLine) -> str:
    """A card in words."""
    row = line.row
    who = row.speaker or f"第{row.place}位空缺"
    parts = (who, line.conflict or second_line(line), "固定" if row.pinned else "")
    return "，".join(part for part in parts if part)


def second_line(line: TalkLine) -> str:
    """What stands under the name: who stands in for whom, 帮带人, guest, title."""
    row = line.row
    if row.stood_in_for:
        return f"原定 {row.stood_in_for}"
    if row.talk is not None and row.talk.guest:
        return "外请"
    if row.mentor:
        return f"{row.mentor} 带"
    return row.title or "待报题目"


def column_words(column: WeekColumn) -> str:
    """11-25，今天 15:00."""
    return f"{column.title}，{column.note}"


def column_tip(column: WeekColumn) -> str:
    """The whole note with time and place."""
    session = column.session
    parts = (f"{session.day:%Y-%m-%d}", f"{session.start:%H:%M}", session.venue, column.note)
    return " · ".join(part for part in parts if part)


def row_words(row: WeekRow) -> str:
    """公务员组，本轮 4/6."""
    done = row.progress
    return f"{row.name}，本轮 {done.spoken}/{done.members}" if done is not None else row.name
