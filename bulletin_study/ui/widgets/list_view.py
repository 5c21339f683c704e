"""The list of every page: grouped or flat rows, columns that fit the width, keys that act."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QTreeView, QWidget

from bulletin_study.ui.delegates import CellDelegate
from bulletin_study.ui.focus import ring_after
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import ROW
from bulletin_study.ui.widgets.list_cells import CellWalk, beside, edit_at, editable
from bulletin_study.ui.widgets.list_columns import ListColumns
from bulletin_study.ui.widgets.list_memory import ListMemory

_Hint = QAbstractItemDelegate.EndEditHint
_EDITING = QAbstractItemView.State.EditingState


class ListView(QTreeView):
    """A `RowsModel` on the screen.

    Row, scroll position, folded groups and an open editor survive reloads. Enter or a double
    click on a cell that is not editable opens the row, F2 edits it.
    """

    current_changed = Signal(object)
    """The selected row, or nothing."""
    opened = Signal(object)
    acted = Signal(object, str)
    """Row and column name of a painted button, link or icon that was clicked."""
    cell_changed = Signal(object, str)
    """Row (or nothing) and column name of the current cell, after ``select_cells``."""
    menu_wanted = Signal(object, QPoint)
    """Row and global point of a right click, Shift+F10 or the menu key."""

    def __init__(
        self, model: RowsModel[Any], *, row_height: int = ROW, header: bool = True,
        scroll_sideways: bool = False, folds: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.rows_model = model
        self._delegate = CellDelegate(model, row_height, self)
        self._look = self._delegate.look
        self._look.folds = folds
        self._told: Hashable | None = None
        self._walk: CellWalk | None = None
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._columns = ListColumns(self, model.columns, self._look, not scroll_sideways)
        self._memory = ListMemory(self, model, self._delegate)
        self._configure(header, scroll_sideways)
        self._delegate.acted.connect(self._act)
        self.header().sortIndicatorChanged.connect(model.sort)
        model.modelAboutToBeReset.connect(self._memory.remember)
        model.modelReset.connect(self._recall)
        theme().changed.connect(self.viewport().update)
        self._recall()

    def current_row(self) -> Any:
        """The selected row, or nothing."""
        return self.rows_model.row_at(self.currentIndex())

    def selected_rows(self) -> list[Any]:
        """All selected rows, in the order of the list."""
        chosen = {(i.parent().row(), i.row()): i for i in self.selectionModel().selectedRows()}
        rows = (self.rows_model.row_at(chosen[at]) for at in sorted(chosen))
        return [row for row in rows if row is not None]

    def select_key(self, key: Hashable | None) -> bool:
        """Select the row with that key and scroll to it; False when it is not shown."""
        index = self.rows_model.index_of(key) if key is not None else QModelIndex()
        if not index.isValid():
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
            self._tell()
            return False
        if index.parent().isValid():
            self.expand(index.parent())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def select_first(self) -> None:
        """Select the first row, if there is one."""
        first = next(self.rows_model.rows(), None)
        self.select_key(self.rows_model.key_of(first) if first is not None else None)

    def step(self, by: int) -> None:
        """Select the next (+1) or previous (−1) row, passing over headings."""
        keys = [self.rows_model.key_of(row) for row in self.rows_model.rows()]
        current = self.current_row()
        here = keys.index(self.rows_model.key_of(current)) if current is not None else -by
        if keys:
            self.select_key(keys[max(0, min(len(keys) - 1, here + by))])

    def allow_many(self) -> None:
        """Let several rows be selected."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def select_cells(self) -> None:
        """Select single cells, with a ring (a matrix of figures)."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._look.ring_cell = True

    def walk_cells(self, main: str) -> None:
        """Let ←/→ go between the editable cells of a row, beginning at this column's."""
        self._walk, self._look.walks = CellWalk(self, main), True

    def set_column_shown(self, name: str, shown: bool) -> None:
        """Show or leave out a column."""
        self._columns.set_shown(name, shown)

    def edit_current(self, column_name: str = "") -> bool:
        """Edit a cell of the selected row: the named one, the current one, or the first that
        can be edited; False when none can."""
        row = self.currentIndex()
        names = [column.name for column in self.rows_model.columns]
        first = names.index(column_name) if column_name in names else row.column()
        cells = (row.siblingAtColumn(at) for at in (first, *range(len(names))))
        found = next((cell for cell in cells if editable(self, cell)), None)
        if found is not None:
            edit_at(self, found)
        return found is not None

    def finish_edit(self) -> bool:
        """Save what stands in an open editor; False, and it stays, when it cannot be read."""
        return self._delegate.finish()

    def save(self, settings: QSettings, prefix: str) -> None:
        """Remember column widths and the order of sorting."""
        self._columns.save(settings, prefix)

    def restore(self, settings: QSettings, prefix: str) -> None:
        """Take what was remembered."""
        self._columns.restore(settings, prefix)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns."""
        super().resizeEvent(event)
        self._columns.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 edits, Ctrl+C copies; arrows show the focus ring from now on."""
        self._look.keyboard = True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        row = self.current_row()
        if self.state() == _EDITING or row is None:
            super().keyPressEvent(event)
        elif enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_F2:
            if not self.edit_current():
                self.opened.emit(row)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif self._walk is None or not self._walk.take_key(event.key()):
            super().keyPressEvent(event)
        self.viewport().update()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Headings that do not fold have nothing to stop for: the keys pass over them."""
        found = super().moveCursor(action, modifiers)
        if self._look.folds or self.rows_model.group_at(found) is None:
            return found
        actions = QAbstractItemView.CursorAction
        up = action in (actions.MoveUp, actions.MovePageUp, actions.MovePrevious)
        beyond = self.indexAbove(found) if up else self.indexBelow(found)
        # Above the first heading there is nothing: stay at its first row.
        return beyond if beyond.isValid() else self.indexBelow(found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The ring is for the keyboard."""
        self._look.keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a heading folds it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self._look.folds and self.rows_model.group_at(index) is not None:
            self.setExpanded(index, not self.isExpanded(index))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over painted links."""
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        part = self._delegate.part_at(point, self.visualRect(index), index)
        shape = Qt.CursorShape.PointingHandCursor if part == "link" else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a row, or edit an editable cell."""
        index = self.indexAt(event.position().toPoint())
        row = self.rows_model.row_at(index)
        if editable(self, index):
            super().mouseDoubleClickEvent(event)
        elif row is not None:
            self.opened.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the row's menu."""
        row = self.current_row()
        if row is None:
            return
        point = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            at = self.visualRect(self.currentIndex())
            point = self.viewport().mapToGlobal(at.bottomLeft() + QPoint(24, -4))
        self.menu_wanted.emit(row, point)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring unless the mouse brought the focus; start at the first row."""
        self._look.keyboard = ring_after(event, self._look.keyboard)
        self._look.focused = True
        super().focusInEvent(event)
        if self.current_row() is None and self._look.keyboard:
            self.select_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self._look.focused = False
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell which row is selected now."""
        super().currentChanged(current, previous)
        if self._walk is not None and self._walk.settle(current, self.rows_model):
            return
        self._look.current = current if current.isValid() else None
        self.viewport().update()
        self._tell()
        if self._look.ring_cell and current.isValid():
            name = self.rows_model.columns[current.column()].name
            self.cell_changed.emit(self.rows_model.row_at(current), name)

    def closeEditor(self, editor: QWidget, hint: _Hint) -> None:
        """Tab goes on to the next editable cell of the row, Shift+Tab back."""
        here = self.currentIndex()
        super().closeEditor(editor, _Hint.NoHint)
        step = {_Hint.EditNextItem: 1, _Hint.EditPreviousItem: -1}.get(hint, 0)
        cell = beside(self, here, step) if step else QModelIndex()
        if cell.isValid():
            edit_at(self, cell)

    def _configure(self, header: bool, sideways: bool) -> None:
        self.header().setVisible(header)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(self._look.folds)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _copy(self) -> None:
        rows = self.selected_rows() or [self.current_row()]
        QGuiApplication.clipboard().setText("\n".join(map(self.rows_model.spoken, rows)))

    def _act(self, index: QModelIndex, part: str) -> None:
        row = self.rows_model.row_at(index)
        if row is not None and part:
            self.acted.emit(row, self.rows_model.columns[index.column()].name)

    def _recall(self) -> None:
        self._columns.set_columns(self.rows_model.columns)
        self._memory.recall()
        self._tell(force=True)
        self._memory.resume()

    def _tell(self, force: bool = False) -> None:
        row = self.current_row()
        key = self.rows_model.key_of(row) if row is not None else None
        if force or key != self._told:
            self._told = key
            if row is not None:
                self._memory.kept = key
            self.current_changed.emit(row)
