"""The table of an import's preview: the file's own columns, with what each is read as above."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import ChoiceField
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.usecases.importing import ImportColumn, ImportPreview, ImportRow, RowState

_STATE = {
    RowState.NEW: ("新增", "green", "check"),
    RowState.CHANGED: ("更新", "blue", "check"),
    RowState.SAME: ("不变", "text3", ""),
    RowState.WRONG: ("", "red", "diamond"),
}
_NARROW, _WIDE, _RESULT = 84, 132, 300
_HEAD = 66


def result_cell(row: ImportRow) -> Cell:
    """What would become of a row, in words."""
    words, tone, shape = _STATE[row.state]
    if row.errors:
        return Cell("；".join(row.errors), tone="red", shape=shape, tip="\n".join(row.errors))
    parts = [words, *row.changes]
    text = "：".join(part for part in (words, "，".join(row.changes)) if part)
    if row.notes:
        notes = "；".join(row.notes)
        tip = "\n".join([*parts, *row.notes])
        return Cell(f"{text}（{notes}）", tone="amber", shape="triangle", tip=tip)
    return Cell(text, tone=tone, shape=shape, tip="\n".join(parts))


Fixes = Mapping[tuple[int, str], str]
"""What the user typed over cells, by row number and field."""


def _shown(row: ImportRow, at: int, field: str, fixes: Fixes) -> str:
    """The cell as it is read: what was typed over it, else what the file says."""
    typed = fixes.get((row.row, field)) if field else None
    if typed is not None:
        return typed
    cells = row.cells
    return cells[at] if at < len(cells) else ""


def _cell(at: int, field: str, fixes: Fixes) -> Callable[[ImportRow], Cell]:
    def cell(row: ImportRow) -> Cell:
        text = _shown(row, at, field, fixes)
        fill = ""
        if field and field in row.bad:
            fill = "red"
        elif field and field in row.noted:
            fill = "amber"
        return Cell(text, fill=fill, tone="text" if field else "text3", tip=text)

    return cell


def _text(at: int, field: str, fixes: Fixes) -> Callable[[ImportRow], str]:
    return lambda row: _shown(row, at, field, fixes)


def _width(preview: ImportPreview, at: int) -> int:
    longest = max((len(row.cells[at]) for row in preview.rows[:60] if at < len(row.cells)),
                  default=0)
    return _WIDE if max(longest, len(preview.columns[at].text)) > 5 else _NARROW


def preview_columns(preview: ImportPreview, fixes: Fixes) -> list[Column[ImportRow]]:
    """行, what becomes of it, then the columns of the file."""
    made: list[Column[ImportRow]] = [
        Column("row", "行", lambda r: Cell(str(r.row), tone="text2"), width=56, sortable=False),
        Column("result", "检查结果", result_cell, width=_RESULT, sortable=False),
    ]
    for at, column in enumerate(preview.columns):
        made.append(
            Column(
                f"c{at}",
                "",
                _cell(at, column.field, fixes),
                width=_width(preview, at),
                edit="text" if column.field else "",
                value=_text(at, column.field, fixes),
                sortable=False,
            )
        )
    return made


class PreviewTable(QFrame):
    """The table with, over each column, its header in the file and a choice of field.

    ``mapped(header text, field name)`` when the user says what a column is;
    ``typed(row number, field name, text)`` when a cell is corrected;
    ``row_changed(ImportRow or None)``.
    """

    mapped = Signal(str, str)
    typed = Signal(int, str, str)
    row_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._preview: ImportPreview | None = None
        self._heads: list[QWidget] = []
        self.model = RowsModel[ImportRow]((), key=lambda r: r.row)
        self.model.edited.connect(self._edited)
        self.list = ListView(self.model, row_height=32, header=False, scroll_sideways=True)
        self.list.current_changed.connect(self.row_changed.emit)
        self._strip = QWidget()
        self._strip.setFixedHeight(_HEAD)
        self._strip.setProperty("surface", "header")
        self._strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self.list, 1)
        self.list.horizontalScrollBar().valueChanged.connect(self._place)
        self.list.header().sectionResized.connect(self._place)

    def show_preview(self, preview: ImportPreview, fixes: Fixes) -> None:
        """Show a preview's columns, with what was typed over cells; the current row stays."""
        before = self._preview
        self._preview = preview
        self.model.set_columns(preview_columns(preview, fixes))
        if before is None or before.columns != preview.columns:
            self._make_heads(preview)
        self._place()

    def show_rows(self, rows: Sequence[ImportRow]) -> None:
        """The rows that the filter leaves."""
        self.model.set_rows(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the heads over their columns."""
        super().resizeEvent(event)
        self._place()

    def _make_heads(self, preview: ImportPreview) -> None:
        for head in self._heads:
            head.hide()
            head.deleteLater()
        self._heads = [self._plain_head("行"), self._plain_head("检查结果")]
        self._heads += [self._head(preview, column) for column in preview.columns]
        for head in self._heads:
            head.setParent(self._strip)
            head.show()

    def _plain_head(self, text: str) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 4, 4, 8)
        column.addStretch(1)
        column.addWidget(label(text, "text2"))
        return head

    def _head(self, preview: ImportPreview, column: ImportColumn) -> QWidget:
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(8, 6, 4, 6)
        rows.setSpacing(4)
        name = label(column.text, "text2")
        name.setToolTip(column.text)
        rows.addWidget(name)
        options: list[tuple[str, object]] = [("不导入", "")]
        options += [(f"{f.title}{' *' if f.required else ''}", f.name) for f in preview.fields]
        choice = ChoiceField(options, small=True)
        choice.set_value(column.field)
        choice.setAccessibleName(f"“{column.text}”这一列是")
        if column.offer:
            choice.setToolTip("这一列可能是它，但不能确定，需要时请自己选")
        if column.double:
            choice.setToolTip("前面已有一列是它")
        choice.autosave.committed.connect(
            lambda _, field, text=column.text: self.mapped.emit(text, field)
        )
        rows.addWidget(choice)
        return head

    def _place(self, *_: object) -> None:
        header = self.list.header()
        for at, head in enumerate(self._heads):
            if at < header.count():
                head.setGeometry(
                    header.sectionViewportPosition(at), 0, header.sectionSize(at), _HEAD
                )

    def _edited(self, row: ImportRow, name: str, value: object) -> None:
        if self._preview is None or not name.startswith("c"):
            return
        field = self._preview.columns[int(name[1:])].field
        if field:
            self.typed.emit(row.row, field, str(value))
