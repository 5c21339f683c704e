"""What a list keeps while its rows are set anew: row, scroll, folded groups, open editor."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject
from PySide6.QtWidgets import QTreeView

from bulletin_study.ui.cell_editors import write, written
from bulletin_study.ui.delegates import CellDelegate
from bulletin_study.ui.table_model import RowsModel

_SELECT = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)


class ListMemory(QObject):
    """Everything by key, since the rows are other values after a reload."""

    def __init__(self, view: QTreeView, model: RowsModel[Any], delegate: CellDelegate) -> None:
        super().__init__(view)
        self._view, self._model, self._delegate = view, model, delegate
        self.kept: Hashable | None = None
        """Key of the row to select again."""
        self._column = 0
        self._closed: set[Hashable] = set()
        self._offset = 0
        self._typed: tuple[Hashable, int, str] | None = None
        view.collapsed.connect(lambda index: self._fold(index, True))
        view.expanded.connect(lambda index: self._fold(index, False))

    def remember(self) -> None:
        """Before the rows go."""
        index = self._view.currentIndex()
        row = self._model.row_at(index)
        if row is not None:
            self.kept, self._column = self._model.key_of(row), index.column()
        self._offset = self._view.verticalScrollBar().value()
        editing, self._typed = self._delegate.editing, None
        if editing is not None and editing.editor.hasFocus():
            words = written(editing.editor)
            if words is not None:
                self._typed = (editing.key, editing.column, words)

    def recall(self) -> None:
        """After the new rows came; an open editor is taken up by `resume`."""
        self._view.setUniformRowHeights(not self._model.grouped)
        if self._model.grouped:
            for at in range(self._model.rowCount()):
                self._view.setFirstColumnSpanned(at, QModelIndex(), True)
                index = self._model.index(at, 0)
                group = self._model.group_at(index)
                self._view.setExpanded(index, group is None or group.key not in self._closed)
        if self.kept is not None:
            index = self._model.index_of(self.kept, self._column)
            if index.isValid():
                self._select(index)
        self._view.verticalScrollBar().setValue(self._offset)

    def resume(self) -> None:
        """Open again the editor that was open, with the words typed so far."""
        typed, self._typed = self._typed, None
        if typed is None:
            return
        index = self._model.index_of(typed[0], typed[1])
        if index.isValid():
            self._view.setCurrentIndex(index)
            self._view.edit(index)
            if self._delegate.editing is not None:
                write(self._delegate.editing.editor, typed[2])

    def _select(self, index: QModelIndex) -> None:
        if self._delegate.look.ring_cell:
            self._view.setCurrentIndex(index)
        else:
            self._view.selectionModel().setCurrentIndex(index, _SELECT)

    def _fold(self, index: QModelIndex, closed: bool) -> None:
        group = self._model.group_at(index)
        if group is not None:
            (self._closed.add if closed else self._closed.discard)(group.key)
