"""From one cell of a list that can be edited to the next, by key."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QTreeView

from bulletin_study.ui.table_model import RowsModel

_STEPS = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}
_KEEP_ROWS = QItemSelectionModel.SelectionFlag.NoUpdate


def editable(view: QTreeView, index: QModelIndex) -> bool:
    """Whether a cell can be edited and is in sight."""
    flags = view.model().flags(index)
    return bool(flags & Qt.ItemFlag.ItemIsEditable) and not view.isColumnHidden(index.column())


def beside(view: QTreeView, index: QModelIndex, step: int) -> QModelIndex:
    """The next editable cell of the row (+1) or the one before (−1); no index where none is."""
    at = index.column() + step
    while 0 <= at < view.model().columnCount():
        cell = index.siblingAtColumn(at)
        if editable(view, cell):
            return cell
        at += step
    return QModelIndex()


def edit_at(view: QTreeView, index: QModelIndex) -> None:
    """Make a cell the current one and open its editor."""
    view.setCurrentIndex(index)
    view.edit(index)


class CellWalk:
    """A cell of the selected row is the current one: ``main`` at first, ←/→ go to others.

    Whole rows stay selected. What is typed, F2 included, goes into the current cell.
    """

    def __init__(self, view: QTreeView, main: str) -> None:
        self._view, self._main = view, main

    def take_key(self, key: int) -> bool:
        """← and →; False for any other key."""
        step = _STEPS.get(key, 0)
        if step:
            self._go(beside(self._view, self._view.currentIndex(), step))
        return bool(step)

    def settle(self, current: QModelIndex, model: RowsModel[object]) -> bool:
        """Go to the main cell of a row entered at a cell that nobody can edit."""
        if editable(self._view, current) or model.row_at(current) is None:
            return False
        names = [column.name for column in model.columns]
        main = current.siblingAtColumn(names.index(self._main))
        return editable(self._view, main) and self._go(main)

    def _go(self, index: QModelIndex) -> bool:
        if index.isValid():
            self._view.selectionModel().setCurrentIndex(index, _KEEP_ROWS)
        return index.isValid()
