"""Paints every cell of every list by its `Cell`, and makes the editors of editable ones."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QTreeView, QWidget

from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.cell_painting import Paint, button_rect, link_rect, paint_cell
from bulletin_study.ui.cells import Cell
from bulletin_study.ui.fields import ChoiceField, LineField, NoteField
from bulletin_study.ui.icons import paint_icon
from bulletin_study.ui.table_model import CELL_ROLE, GROUP_ROLE, Index, RowsModel
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import GROUP_ROW, ROW
from bulletin_study.ui.widgets.date_field import DateField

Option = Any
"""A QStyleOptionViewItem, whose fields the type stubs do not know."""
_STATE: Final = QStyle.StateFlag


class CellDelegate(QStyledItemDelegate):
    """One delegate for all lists.

    ``acted(index, part)`` is emitted when a painted ``"link"`` or ``"button"`` is clicked.
    """

    acted = Signal(object, str)

    def __init__(
        self, row_height: int = ROW, folds: bool = True, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.folds = folds
        """Whether headings show a chevron."""
        self.row_height = row_height
        self.keyboard = False
        """Whether the focus came by keyboard, so that its ring is to be painted."""
        self.ring_cell = False
        """Ring around the current cell instead of the current row."""

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Heights only: widths are the list's business."""
        heading = index.data(GROUP_ROLE) is not None
        return QSize(0, GROUP_ROW if heading else self.row_height)

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Ground, rule below, bar of the selected row, contents, focus ring."""
        rect: QRect = option.rect
        group = index.data(GROUP_ROLE)
        painter.save()
        if group is not None:
            self._paint_group(painter, rect, option, group.title, group.note)
        else:
            cell: Cell = index.data(CELL_ROLE)
            selected = bool(option.state & _STATE.State_Selected)
            self._paint_ground(painter, option, index, cell, selected)
            right = bool(_alignment(index) & int(Qt.AlignmentFlag.AlignRight))
            inset = 16 if index.column() == _first_column(option) else 8
            box = QRectF(rect).adjusted(inset, 0, -8, -1)
            paint_cell(Paint(painter, box, cell, selected, right, self._hot(option, index)))
            self._paint_ring(painter, option, index)
        painter.restore()

    def _hot(self, option: Option, index: Index) -> bool:
        current = _current(option)
        return (
            self.keyboard
            and current is not None
            and current.row() == index.row()
            and (current.parent() == index.parent() and bool(option.state & _STATE.State_Selected))
        )

    def _paint_ground(
        self, painter: QPainter, option: Option, index: Index, cell: Cell,
        selected: bool,
    ) -> None:  # fmt: skip
        look, rect = theme(), option.rect
        hovered = bool(option.state & _STATE.State_MouseOver)
        ground = "sel" if selected else "hover" if hovered else "surface"
        painter.fillRect(rect, look.color(ground))
        if cell.fill:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), look.tone(cell.fill)[1])
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("grid"))
        if selected and index.column() == _first_column(option) and not self.ring_cell:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height() - 1, look.color("accent"))

    def _paint_group(
        self, painter: QPainter, rect: QRect, option: Option, title: str, note: str
    ) -> None:
        look = theme()
        painter.fillRect(rect, look.color("surface2"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("grid"))
        x = rect.x() + 16
        if self.folds:
            opened = bool(option.state & _STATE.State_Open)
            box = QRectF(x, rect.center().y() - 5, 12, 12)
            paint_icon(painter, box, "chevron-down" if opened else "chevron-right")
            x += 18
        painter.setFont(look.font(12, bold=True))
        painter.setPen(look.color("text2"))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRect(x, rect.y(), rect.width(), rect.height() - 1), flags, title)
        x += look.metrics(12, bold=True).horizontalAdvance(title) + 10
        painter.setFont(look.font(12))
        painter.drawText(QRect(x, rect.y(), rect.width() - x, rect.height() - 1), flags, note)

    def _paint_ring(self, painter: QPainter, option: Option, index: Index) -> None:
        current = _current(option, self.ring_cell)
        if current is None or not (self.keyboard or self.ring_cell):
            return
        if current.row() != index.row() or current.parent() != index.parent():
            return
        rect: QRect = option.rect
        painter.setPen(QPen(theme().color("focus"), 2))
        ring = QRectF(rect).adjusted(1, 1, -1, -2)
        if self.ring_cell:
            if current.column() == index.column():
                painter.drawRect(ring)
            return
        painter.drawLine(ring.topLeft(), ring.topRight())
        painter.drawLine(ring.bottomLeft(), ring.bottomRight())
        if index.column() == _first_column(option):
            painter.drawLine(ring.topLeft(), ring.bottomLeft())
        if index.column() == _last_column(option):
            painter.drawLine(ring.topRight(), ring.bottomRight())

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: Option, index: Index
    ) -> bool:
        """A click on a painted link or button."""
        released = event.type() == QEvent.Type.MouseButtonRelease
        if released and isinstance(event, QMouseEvent) and index.data(GROUP_ROLE) is None:
            part = self.part_at(event.position().toPoint(), option, index)
            if part:
                self.acted.emit(index, part)
                return True
        return super().editorEvent(event, model, option, index)

    def part_at(self, point: Any, option: Option, index: Index) -> str:
        """Which clickable part of a cell lies under a point: link, button, or none."""
        cell: Cell | None = index.data(CELL_ROLE)
        if cell is None or not (cell.link or cell.button or cell.icon):
            return ""
        inset = 16 if index.column() == _first_column(option) else 8
        box = QRectF(option.rect).adjusted(inset, 0, -8, -1)
        if (cell.button or cell.icon) and button_rect(box, cell).contains(point):
            return "button"
        return "link" if cell.link and link_rect(box, cell).contains(point) else ""

    # ---- editing ----
    def createEditor(
        self, parent: QWidget, option: Option, index: Index
    ) -> QWidget:
        """An editor of the column's kind."""
        model = cast("RowsModel[Any]", index.model())
        column, row = model.columns[index.column()], model.row_at(index)
        editor: QWidget
        if column.edit == "choice":
            options = column.choices(row) if column.choices is not None else ()
            choice = ChoiceField(options)
            choice.activated.connect(lambda: self._done(choice))
            editor = choice
        elif column.edit == "date":
            editor = DateField()
        elif column.edit == "note":
            editor = NoteField()
        else:
            editor = LineField()
        editor.setParent(parent)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start with the stored value."""
        if isinstance(editor, LineField | NoteField | ChoiceField | DateField):
            editor.set_value(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, LineField):
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the edited value over; what cannot be read is dropped with its editor."""
        if isinstance(editor, LineField | NoteField | ChoiceField | DateField):
            try:
                value: str | date | None = editor.value()
            except FieldProblem:
                return
            model.setData(index, value, int(Qt.ItemDataRole.EditRole))

    def updateEditorGeometry(
        self, editor: QWidget, option: Option, index: Index
    ) -> None:
        """Fill the cell, 32 px high at most for single lines."""
        rect: QRect = option.rect.adjusted(2, 1, -2, -2)
        if not isinstance(editor, NoteField) and rect.height() > 32:
            rect = QRect(rect.x(), rect.center().y() - 15, rect.width(), 32)
        editor.setFixedHeight(rect.height())
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter commits a line at once; Ctrl+Enter a note; the rest as Qt does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if enter and isinstance(editor, QWidget):
                if not isinstance(editor, NoteField) or ctrl:
                    self._done(editor)
                    return True
                return False
        return super().eventFilter(editor, event)

    def _done(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


def _alignment(index: Index) -> int:
    return int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)


def _current(option: Option, always: bool = False) -> Index | None:
    view = option.widget
    if isinstance(view, QTreeView) and (always or view.hasFocus()):
        return view.currentIndex()
    return None


def _first_column(option: Option) -> int:
    view = option.widget
    return view.header().logicalIndex(0) if isinstance(view, QTreeView) else 0


def _last_column(option: Option) -> int:
    view = option.widget
    if not isinstance(view, QTreeView):
        return 0
    header = view.header()
    shown = (header.logicalIndex(i) for i in range(header.count() - 1, -1, -1))
    return next((i for i in shown if not header.isSectionHidden(i)), 0)
