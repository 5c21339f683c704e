"""Frozen rows behind a list, flat or under group rows, filtered and sorted in the model."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from bulletin_study.ui.cells import Cell, Column, GroupRow

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The `Cell` to paint."""
GROUP_ROLE = CELL_ROLE + 1
"""The `GroupRow` of a heading, else nothing."""

_HORIZONTAL = Qt.Orientation.Horizontal
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
_SERVED = frozenset({
    int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole),
    int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.TextAlignmentRole),
    CELL_ROLE, GROUP_ROLE,
})  # fmt: skip


class RowsModel(QAbstractItemModel, Generic[R]):
    """Rows of any frozen type, each cell made by its column when it is painted.

    ``key`` names a row across reloads. ``edited(row, column name, value)`` is emitted when
    the user commits an editor; the page saves it and sets the rows again.
    """

    edited = Signal(object, str, object)

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], Hashable],
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.columns = list(columns)
        self._key = key
        self._all: list[tuple[GroupRow | None, list[R]]] = []
        self._shown: list[tuple[GroupRow | None, list[R]]] = []
        self._filter: Callable[[R], bool] | None = None
        self._sort: tuple[int, Qt.SortOrder] | None = None

    # ---- filling ----
    def set_rows(self, rows: Sequence[R]) -> None:
        """Show rows without headings."""
        self._fill([(None, list(rows))])

    def set_groups(self, groups: Sequence[tuple[GroupRow, Sequence[R]]]) -> None:
        """Show rows under headings, in the order given."""
        self._fill([(group, list(rows)) for group, rows in groups])

    def set_filter(self, accepts: Callable[[R], bool] | None) -> None:
        """Show only rows that are accepted; headings without rows go. ``None`` shows all."""
        self._filter = accepts
        self._reset()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort within each group by a column; a column below 0 restores the given order."""
        self._sort = (column, order) if 0 <= column < len(self.columns) else None
        self._reset()

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = list(columns)
        self.endResetModel()

    # ---- asking ----
    @property
    def grouped(self) -> bool:
        """Whether there are headings."""
        return bool(self._shown) and self._shown[0][0] is not None

    def rows(self) -> Iterator[R]:
        """The rows now shown, in order."""
        for _, rows in self._shown:
            yield from rows

    def row_at(self, index: Index) -> R | None:
        """The row of an index; nothing for a heading."""
        if not index.isValid():
            return None
        if not self.grouped:
            return self._shown[0][1][index.row()]
        group = index.internalId()
        return self._shown[group - 1][1][index.row()] if group else None

    def cell_at(self, index: Index) -> Cell | None:
        """What a cell shows; nothing for a heading."""
        row = self.row_at(index)
        if row is None:
            return None
        made = self.columns[index.column()].cell(row)
        return Cell(made) if isinstance(made, str) else made

    def spoken(self, row: R) -> str:
        """A row in words, its cells parted by tabs, as a spreadsheet takes it."""
        cells = (column.cell(row) for column in self.columns)
        return "\t".join(cell if isinstance(cell, str) else cell.spoken for cell in cells)

    def group_at(self, index: Index) -> GroupRow | None:
        """The heading of an index; nothing for a row."""
        if not index.isValid() or not self.grouped or index.internalId():
            return None
        return self._shown[index.row()][0]

    def key_of(self, row: R) -> Hashable:
        """What names the row."""
        return self._key(row)

    def index_of(self, key: Hashable, column: int = 0) -> QModelIndex:
        """The index of the row with that key; invalid when it is not shown."""
        for at, (group, rows) in enumerate(self._shown):
            for line, row in enumerate(rows):
                if self._key(row) == key:
                    return self.createIndex(line, column, at + 1 if group is not None else 0)
        return QModelIndex()

    def index_of_group(self, key: Hashable) -> QModelIndex:
        """The index of a heading; invalid when it is not shown."""
        for at, (group, _) in enumerate(self._shown):
            if group is not None and group.key == key:
                return self.createIndex(at, 0, 0)
        return QModelIndex()

    # ---- the Qt side ----
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Headings, rows of a heading, or all rows of a flat list."""
        if not self._shown:
            return 0
        if not self.grouped:
            return 0 if parent.isValid() else len(self._shown[0][1])
        if not parent.isValid():
            return len(self._shown)
        heading = parent.internalId() == 0 and parent.column() == 0
        return len(self._shown[parent.row()][1]) if heading else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The same everywhere."""
        return len(self.columns)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Index of a heading (internal id 0) or of a row (number of its group + 1)."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not self.grouped or not parent.isValid():
            return self.createIndex(row, column, 0)
        return self.createIndex(row, column, parent.row() + 1)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """The heading of a row."""
        group = index.internalId() if index.isValid() and self.grouped else 0
        return self.createIndex(group - 1, 0, 0) if group else QModelIndex()

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Cells on demand; roles not served return at once."""
        if role not in _SERVED or not index.isValid():
            return None
        group = self.group_at(index)
        if group is not None:
            if role == GROUP_ROLE:
                return group
            shown = role == Qt.ItemDataRole.DisplayRole and index.column() == 0
            return f"{group.title} {group.note}".strip() if shown else None
        row = self.row_at(index)
        if row is None or role == GROUP_ROLE:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Qt.ItemDataRole.EditRole:
            return column.value(row) if column.value is not None else None
        cell = self.cell_at(index)
        if role == CELL_ROLE or cell is None:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or None
        return cell.spoken

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Hand an edit to the page; nothing changes here until it sets the rows again."""
        row = self.row_at(index)
        if role != Qt.ItemDataRole.EditRole or row is None:
            return False
        column = self.columns[index.column()]
        if not column.edit or (column.value is not None and column.value(row) == value):
            return False
        self.edited.emit(row, column.name, value)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be selected; some cells can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.ItemIsEnabled
        column = self.columns[index.column()]
        if column.edit and (column.editable is None or column.editable(row)):
            return _EDITABLE
        return _PLAIN

    def headerData(
        self, section: int, orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:  # fmt: skip
        """Titles, aligned like their columns."""
        if orientation != _HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].right else _LEFT
        return None

    def _fill(self, groups: list[tuple[GroupRow | None, list[R]]]) -> None:
        self._all = groups
        self._reset()

    def _reset(self) -> None:
        self.beginResetModel()
        self._shown = [(group, self._ordered(rows)) for group, rows in self._all]
        if self._filter is not None:
            self._shown = [(g, rows) for g, rows in self._shown if rows or g is None]
        self.endResetModel()

    def _ordered(self, rows: list[R]) -> list[R]:
        accepts = self._filter
        kept = rows if accepts is None else [row for row in rows if accepts(row)]
        if self._sort is None:
            return kept
        column, order = self._sort
        return sorted(
            kept, key=lambda row: _sort_key(self.columns[column].cell(row)),
            reverse=order == Qt.SortOrder.DescendingOrder,
        )  # fmt: skip


def _sort_key(made: Cell | str) -> tuple[int, Any]:
    """Numbers before words before nothing, so that mixed columns never fail to compare."""
    value = made if isinstance(made, str) else (made.text if made.sort is None else made.sort)
    if isinstance(value, int | float):
        return (0, value)
    text = str(value)
    return (1, text) if text else (2, "")
