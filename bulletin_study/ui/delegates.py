"""Paints every cell of every list by its `Cell`, and runs the editors of editable ones."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QTextCursor
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QToolTip, QWidget

from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.cell_editors import as_editor, make_editor
from bulletin_study.ui.cell_painting import Paint, button_rect, link_rect, paint_cell, paint_heading
from bulletin_study.ui.cells import Cell
from bulletin_study.ui.fields import LineField, NoteField
from bulletin_study.ui.table_model import Index, RowsModel
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import GROUP_ROW, ROW

Option = Any
"""A QStyleOptionViewItem, whose fields the type stubs do not know."""
Hint = QStyledItemDelegate.EndEditHint
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
_HOVERED: Final = QStyle.StateFlag.State_MouseOver.value
_OPEN: Final = QStyle.StateFlag.State_Open.value
_TABS: Final = {
    int(Qt.Key.Key_Tab): Hint.EditNextItem,
    int(Qt.Key.Key_Backtab): Hint.EditPreviousItem,
}


@dataclass(slots=True)
class ListLook:
    """What a list tells its delegate about itself; the list keeps it up to date."""

    folds: bool = True
    """Headings show a chevron."""
    ring_cell: bool = False
    """Ring around the current cell instead of the current row."""
    walks: bool = False
    """The same while the list has the focus, though whole rows are selected."""
    keyboard: bool = False
    """The focus came by keyboard, so its ring is painted."""
    current: QModelIndex | None = None
    focused: bool = False
    first: int = 0
    last: int = 0
    """First and last column in sight."""


@dataclass(frozen=True, slots=True)
class Editing:
    """An open editor: of which row and column, and what stands in it."""

    key: Hashable
    column: int
    editor: QWidget


class CellDelegate(QStyledItemDelegate):
    """One delegate for all lists.

    ``acted(index, part)`` is emitted when a painted ``"link"`` or ``"button"`` is clicked.
    """

    acted = Signal(object, str)

    def __init__(
        self, model: RowsModel[Any], row_height: int = ROW, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._row_height = row_height
        self.look = ListLook()
        self.editing: Editing | None = None
        """The editor that is open."""

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Heights only: widths are the list's business."""
        heading = self._model.group_at(index) is not None
        return QSize(0, GROUP_ROW if heading else self._row_height)

    # ---- painting ----
    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Ground, rule below, bar of the selected row, contents, focus ring."""
        rect: QRect = option.rect
        group = self._model.group_at(index)
        painter.save()
        if group is not None:
            opened = bool(option.state.value & _OPEN) if self.look.folds else None
            paint_heading(painter, rect, group.title, group.note, opened)
        else:
            cell = self._model.cell_at(index) or Cell()
            selected = bool(option.state.value & _SELECTED)
            self._paint_ground(painter, option, index, cell, selected)
            right = self._model.columns[index.column()].right
            if not self._edited(index):
                paint_cell(Paint(painter, self._box(rect, index), cell, selected, right))
            self._paint_ring(painter, rect, index)
        painter.restore()

    def _edited(self, index: Index) -> bool:
        """Whether an editor stands in the cell, so that nothing peeps out behind it."""
        editing = self.editing
        if editing is None or editing.column != index.column():
            return False
        return editing.key == self._model.key_of(self._model.row_at(index))

    def _box(self, rect: QRect, index: Index) -> QRectF:
        inset = 16 if index.column() == self.look.first else 8
        return QRectF(rect).adjusted(inset, 0, -8, -1)

    def _paint_ground(
        self, painter: QPainter, option: Option, index: Index, cell: Cell, selected: bool
    ) -> None:
        look, rect = theme(), option.rect
        hovered = bool(option.state.value & _HOVERED)
        painter.fillRect(rect, look.color("sel" if selected else "hover" if hovered else "surface"))
        if cell.fill:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), look.tone(cell.fill)[1])
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("grid"))
        if selected and index.column() == self.look.first and not self.look.ring_cell:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height() - 1, look.color("accent"))

    def _paint_ring(self, painter: QPainter, rect: QRect, index: Index) -> None:
        current = self.look.current
        one_cell = self.look.ring_cell or self.look.walks
        by_key = self.look.focused and (self.look.keyboard or self.look.walks)
        seen = self.look.ring_cell or by_key
        if current is None or not seen or current.row() != index.row():
            return
        if current.parent() != index.parent():
            return
        painter.setPen(QPen(theme().color("focus"), 2))
        ring = QRectF(rect).adjusted(1, 1, -1, -2)
        if one_cell:
            if current.column() == index.column():
                painter.drawRect(ring)
            return
        painter.drawLine(ring.topLeft(), ring.topRight())
        painter.drawLine(ring.bottomLeft(), ring.bottomRight())
        if index.column() == self.look.first:
            painter.drawLine(ring.topLeft(), ring.bottomLeft())
        if index.column() == self.look.last:
            painter.drawLine(ring.topRight(), ring.bottomRight())

    # ---- painted links and buttons ----
    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: Option, index: Index
    ) -> bool:
        """A click on a painted link or button."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            part = self.part_at(event.position().toPoint(), option.rect, index)
            if part and event.button() == Qt.MouseButton.LeftButton:
                self.acted.emit(index, part)
                return True
        return super().editorEvent(event, model, option, index)

    def part_at(self, point: QPoint, rect: QRect, index: Index) -> str:
        """Which clickable part of a cell lies under a point: link, button, or none."""
        cell = self._model.cell_at(index)
        if cell is None or not (cell.link or cell.button or cell.icon):
            return ""
        box = self._box(rect, index)
        if (cell.button or cell.icon) and button_rect(box, cell).contains(point):
            return "button"
        return "link" if cell.link and link_rect(box, cell).contains(point) else ""

    # ---- editing ----
    def createEditor(self, parent: QWidget, option: Option, index: Index) -> QWidget:
        """An editor of the column's kind."""
        row = self._model.row_at(index)
        column = self._model.columns[index.column()]
        editor = make_editor(column, row)
        editor.setParent(parent)
        if column.edit not in ("text", "note", "date"):
            as_editor(editor).autosave.committed.connect(lambda: self._done(editor))
        self.editing = Editing(self._model.key_of(row), index.column(), editor)
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the editor."""
        if self.editing is not None and self.editing.editor is editor:
            self.editing = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start with the stored value."""
        as_editor(editor).set_value(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, LineField):
            editor.selectAll()
        elif isinstance(editor, NoteField):
            editor.moveCursor(QTextCursor.MoveOperation.End)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the edited value over; what cannot be read is dropped with its editor."""
        try:
            value = as_editor(editor).value()
        except FieldProblem:
            return
        # From here on the page may set the rows anew; this editor is done with.
        self.editing = None
        model.setData(cast(QModelIndex, index), value, int(Qt.ItemDataRole.EditRole))

    def updateEditorGeometry(self, editor: QWidget, option: Option, index: Index) -> None:
        """Fill the cell, 32 px high at most for single lines."""
        rect: QRect = option.rect.adjusted(2, 1, -2, -2)
        if not isinstance(editor, NoteField) and rect.height() > 32:
            rect = QRect(rect.x(), rect.center().y() - 15, rect.width(), 32)
        editor.setFixedHeight(rect.height())
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter commits a line, Ctrl+Enter a note, Tab goes on from either; an open list of
        choices comes first."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            first = getattr(editor, "take_key", None)
            if first is not None and first(event):
                return True
            if isinstance(editor, NoteField) and event.key() in _TABS:
                # Qt leaves Tab to a field of several lines, which leads out of the list.
                self._done(editor, _TABS[event.key()])
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if enter and isinstance(editor, QWidget):
                if isinstance(editor, NoteField) and not ctrl:
                    return False
                self._done(editor)
                return True
        return super().eventFilter(editor, event)

    def finish(self) -> bool:
        """Commit and close an open editor; False when it cannot be read and stays open."""
        if self.editing is not None:
            self._done(self.editing.editor)
        return self.editing is None

    def _done(self, editor: QWidget, then: QStyledItemDelegate.EndEditHint = Hint.NoHint) -> None:
        """Commit and close; what cannot be read stays open with its sentence."""
        ours = as_editor(editor)
        if self.editing is None:
            return
        try:
            ours.value()
        except FieldProblem as problem:
            ours.autosave.set_problem(problem.sentence)
            QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), problem.sentence)
            return
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, then)
