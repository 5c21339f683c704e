"""The list of every page: grouped or flat rows, columns that fit the width, keys that act."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from bulletin_study.ui.delegates import CellDelegate
from bulletin_study.ui.focus import ring_after
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import HEADER, ROW
from bulletin_study.ui.widgets.column_fit import fit_columns


class ListView(QTreeView):
    """A `RowsModel` on the screen.

    The current row survives reloads by its key. ``current_changed(row or None)`` follows the
    selection, ``opened(row)`` is Enter or a double click on a cell that is not editable,
    ``acted(row, column name)`` a click on a painted button or link. Without ``folds`` the
    groups stay open and show no chevron.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    acted = Signal(object, str)
    cell_changed = Signal(object, str)
    """Row (or nothing) and column name of the current cell, after ``select_cells``."""

    def __init__(
        self, model: RowsModel[Any], *, row_height: int = ROW, header: bool = True,
        scroll_sideways: bool = False, folds: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.rows_model = model
        self._delegate = CellDelegate(row_height, folds, self)
        self._sideways = scroll_sideways
        self._kept: Hashable | None = None
        self._told: Hashable | None = None
        self._closed: set[Hashable] = set()
        self._user_widths: dict[str, int] = {}
        self._forced_out: set[str] = set()
        self._offset = 0
        self._fitting = False
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._configure(header)
        self._delegate.acted.connect(self._act)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.collapsed.connect(lambda index: self._fold(index, True))
        self.expanded.connect(lambda index: self._fold(index, False))
        theme().changed.connect(self.viewport().update)
        self._recall()

    # ---- asking and choosing ----
    def current_row(self) -> Any:
        """The selected row, or nothing."""
        return self.rows_model.row_at(self.currentIndex())

    def selected_rows(self) -> list[Any]:
        """All selected rows, in the order of the list."""
        chosen = sorted(self.selectionModel().selectedRows(),
                        key=lambda index: (index.parent().row(), index.row()))  # fmt: skip
        rows = (self.rows_model.row_at(index) for index in chosen)
        return [row for row in rows if row is not None]

    def select_key(self, key: Hashable | None) -> bool:
        """Select the row with that key and scroll to it; False when it is not shown."""
        index = self.rows_model.index_of(key) if key is not None else QModelIndex()
        if not index.isValid():
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
            self._tell()
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def select_first(self) -> None:
        """Select the first row, if there is one."""
        first = next(self.rows_model.rows(), None)
        self.select_key(self.rows_model.key_of(first) if first is not None else None)

    def step(self, by: int) -> None:
        """Select the next (+1) or previous (−1) row, passing over headings."""
        rows = list(self.rows_model.rows())
        keys = [self.rows_model.key_of(row) for row in rows]
        current = self.current_row()
        here = keys.index(self.rows_model.key_of(current)) if current is not None else -by
        if keys:
            self.select_key(keys[max(0, min(len(keys) - 1, here + by))])

    def scroll_to_group(self, key: Hashable) -> None:
        """Bring a heading to the top."""
        index = self.rows_model.index_of_group(key)
        if index.isValid():
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def allow_many(self) -> None:
        """Let several rows be selected."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def select_cells(self) -> None:
        """Select single cells, with a ring (a matrix of figures)."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._delegate.ring_cell = True

    def set_column_shown(self, name: str, shown: bool) -> None:
        """Show or leave out a column."""
        (self._forced_out.discard if shown else self._forced_out.add)(name)
        self.fit()

    # ---- remembering ----
    def save(self, settings: QSettings, prefix: str) -> None:
        """Remember column widths, order of sorting and folded groups."""
        settings.setValue(f"{prefix}/widths", dict(self._user_widths))
        header = self.header()
        sorted_by = header.sortIndicatorSection() if header.isSortIndicatorShown() else -1
        settings.setValue(f"{prefix}/sort", [sorted_by, header.sortIndicatorOrder().value])

    def restore(self, settings: QSettings, prefix: str) -> None:
        """Take what was remembered."""
        widths = settings.value(f"{prefix}/widths")
        if isinstance(widths, dict):
            self._user_widths = {str(name): int(width) for name, width in widths.items()}
        by = settings.value(f"{prefix}/sort")
        if isinstance(by, list) and len(by) == 2 and int(by[0]) >= 0:
            self.header().setSortIndicator(int(by[0]), Qt.SortOrder(int(by[1])))
        self.fit()

    def fit(self) -> None:
        """Give every column its width; leave out droppable ones when space is short."""
        header = self.header()
        if self._fitting or header.count() == 0:
            return
        self._fitting = True
        widths = fit_columns(
            self.rows_model.columns, self.viewport().width(), self._user_widths,
            frozenset(self._forced_out), drop=not self._sideways,
        )  # fmt: skip
        for section, column in enumerate(self.rows_model.columns):
            width = widths.get(column.name)
            header.setSectionHidden(section, width is None)
            if width is not None:
                header.resizeSection(section, width)
        self._fitting = False

    # ---- events ----
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows show the focus ring from now on."""
        self._delegate.keyboard = True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        editing = self.state() == QAbstractItemView.State.EditingState
        row = self.current_row()
        if enter and not event.modifiers() and not editing and row is not None:
            self.opened.emit(row)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The ring is for the keyboard."""
        self._delegate.keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a heading folds it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._delegate.folds and self.rows_model.group_at(index) is not None:
            self.setExpanded(index, not self.isExpanded(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a row, or edit an editable cell."""
        index = self.indexAt(event.position().toPoint())
        row = self.rows_model.row_at(index)
        if row is None:
            return
        if self.rows_model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            super().mouseDoubleClickEvent(event)
        else:
            self.opened.emit(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring unless the mouse brought the focus; start at the first row."""
        self._delegate.keyboard = ring_after(event, self._delegate.keyboard)
        super().focusInEvent(event)
        if self.current_row() is None and self._delegate.keyboard:
            self.select_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell which row is selected now."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self._tell()
        if self._delegate.ring_cell and current.isValid():
            name = self.rows_model.columns[current.column()].name
            self.cell_changed.emit(self.rows_model.row_at(current), name)

    # ---- inside ----
    def _configure(self, header: bool) -> None:
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(self._delegate.folds)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        if not self._sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = self.header()
        bar.setVisible(header)
        bar.setFixedHeight(HEADER)
        bar.setStretchLastSection(False)
        bar.setSectionsMovable(False)
        bar.setMinimumSectionSize(24)
        bar.setHighlightSections(False)
        bar.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        bar.sectionResized.connect(self._resized)
        bar.setSortIndicatorClearable(True)
        bar.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        bar.setSectionsClickable(True)
        bar.sortIndicatorChanged.connect(self.rows_model.sort)
        bar.setSortIndicatorShown(True)

    def _resized(self, section: int, old: int, new: int) -> None:
        if not self._fitting and 0 <= section < len(self.rows_model.columns) and new > 0:
            self._user_widths[self.rows_model.columns[section].name] = new
            QTimer.singleShot(0, self.fit)

    def _act(self, index: QModelIndex, part: str) -> None:
        row = self.rows_model.row_at(index)
        if row is not None and part:
            self.acted.emit(row, self.rows_model.columns[index.column()].name)

    def _fold(self, index: QModelIndex, closed: bool) -> None:
        group = self.rows_model.group_at(index)
        if group is not None:
            (self._closed.add if closed else self._closed.discard)(group.key)

    def _remember(self) -> None:
        row = self.current_row()
        self._kept = self.rows_model.key_of(row) if row is not None else self._kept
        self._offset = self.verticalScrollBar().value()

    def _recall(self) -> None:
        self.setUniformRowHeights(not self.rows_model.grouped)
        if self.rows_model.grouped:
            for at in range(self.rows_model.rowCount()):
                self.setFirstColumnSpanned(at, QModelIndex(), True)
                index = self.rows_model.index(at, 0)
                group = self.rows_model.group_at(index)
                closed = group is not None and group.key in self._closed
                self.setExpanded(index, not closed)
        self.fit()
        index = self.rows_model.index_of(self._kept) if self._kept is not None else QModelIndex()
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows)  # fmt: skip
        self.verticalScrollBar().setValue(self._offset)
        self._told = None
        self._tell(force=True)

    def _tell(self, force: bool = False) -> None:
        row = self.current_row()
        key = self.rows_model.key_of(row) if row is not None else None
        if force or key != self._told:
            self._told = key
            if row is not None:
                self._kept = key
            self.current_changed.emit(row)
