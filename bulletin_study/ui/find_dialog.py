"""查找写过的话: the hits in context, the newest first; each opens where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.domain.written import TextPlace
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label, link_button, quiet_button, surface
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.search_box import SearchField
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.find_text import (
    PAGE,
    FoundText,
    TextKind,
    TextsFound,
    find_text,
    none_found,
)
from bulletin_study.usecases.titles import day_text

_ROW = 54
_ASKING = "输入要找的字或词，一个字也行。几个词用空格隔开，都有的才列出；人名也算他写的。"
_NAMES = {TextKind.EVIDENCE: "材料"}
"""Shorter, where seven of them stand in a row."""


def _day(found: FoundText) -> Cell:
    if found.day is None:
        return Cell("没定日期", tone="text2")
    return Cell(f"{found.day.year}-{day_text(found.day)}", second=found.session)


def _who(found: FoundText) -> Cell:
    return Cell(found.who or found.what, second=found.what if found.who else "", bold=True)


def _words(found: FoundText) -> Cell:
    return Cell(found.excerpt.text, marks=found.excerpt.marks, wrap=True)


_COLUMNS: tuple[Column[FoundText], ...] = (
    Column("day", "日期", _day, width=132, sortable=False),
    Column("who", "谁、什么", _who, width=112, sortable=False),
    Column("words", "写的话", _words, least=240, most=1200, sortable=False),
)


def _key(found: FoundText) -> tuple[TextPlace, int]:
    return found.hit.place, found.hit.key


class FindDialog(QDialog):
    """``opened(hit, words, its number)`` when one was chosen; it then is out of the way."""

    opened = Signal(object, str, int)

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._limit = PAGE
        self.found = TextsFound("", {}, ())
        self.setWindowTitle("查找写过的话")
        self.resize(min(1000, parent.width() * 9 // 10), min(680, parent.height() * 9 // 10))
        self.field = SearchField("写过的话里有什么", 300)
        self.kinds = Segmented()
        self.model = RowsModel(_COLUMNS, key=_key)
        self.list = ListView(self.model, row_height=_ROW)
        self.pane = PaneStack(self.list)
        self._count = label("", "secondary")
        self.more = link_button(f"再列 {PAGE} 处", on_click=self._more)
        self._soon = Soon(self, self.reload)
        self._build()
        self._connect()
        self._show_counts()

    def _build(self) -> None:
        head = surface("header")
        lines = QVBoxLayout(head)
        lines.setContentsMargins(16, 10, 16, 10)
        lines.setSpacing(8)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.field)
        first.addStretch(1)
        second.addWidget(self.kinds)
        second.addStretch(1)
        lines.addLayout(first)
        lines.addLayout(second)
        foot = surface("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(self._count)
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(label("Enter 打开原处，F3 回到这里", "secondary"))
        row.addWidget(quiet_button("关闭", on_click=self.hide))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.pane, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.field.textEdited.connect(lambda _: self._asked_anew())
        self.field.textChanged.connect(lambda text: None if text else self._asked_anew())
        self.field.steered.connect(self.list.step)
        self.field.taken.connect(lambda: self._open(self.list.current_row()))
        self.kinds.changed.connect(lambda _: self._asked_anew())
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda _: self.list.setFocus())
        self._runner.committed.connect(lambda _: self._soon.start() if self.isVisible() else None)

    def look_for(self, words: str) -> None:
        """Show where these words stand."""
        self.field.setText(words)
        self.kinds.set_value(None)
        self._limit = PAGE
        self._come()
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def come_back(self) -> None:
        """Show the hits again as they were left; without any, the field to type into."""
        self._come()
        self.reload()
        (self.list if self.found.found else self.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Look again; what was asked for meanwhile counts, not this answer."""
        words, kind, limit = self.field.text().strip(), self.kinds.value(), self._limit
        wanted = None if kind is None else [kind]
        if not words:
            self._show(TextsFound("", {}, ()))
            return
        self.pane.show_loading()

        def told(found: TextsFound) -> None:
            if (words, kind) == (self.field.text().strip(), self.kinds.value()):
                self._show(found)

        self._runner.read(lambda unit: find_text(unit, words, kinds=wanted, limit=limit), told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F goes to the field; Esc puts it all away."""
        if event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _come(self) -> None:
        self.show()
        self.activateWindow()

    def _asked_anew(self) -> None:
        self._limit = PAGE
        self._soon.start()

    def _every_kind(self) -> None:
        self.kinds.set_value(None)
        self._limit = PAGE
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _more(self) -> None:
        self._limit += PAGE
        self.reload()

    def _show(self, found: TextsFound) -> None:
        other = found.words != self.found.words
        self.found = found
        self.model.set_rows(found.found)
        self._show_counts()
        if not found.words:
            self.pane.show_empty(_ASKING)
        elif not found.total:
            self.pane.show_empty(none_found(found.words))
        elif not found.found:
            kind = self.kinds.value()
            self.pane.show_empty(none_found(found.words, kind), "看全部", self._every_kind)
        else:
            self.pane.show_content()
            if other or self.list.current_row() is None:
                self.list.select_first()

    def _show_counts(self) -> None:
        counts = self.found.counts
        kept = self.kinds.value()
        options: list[tuple[str, TextKind | None]] = [(f"全部 {self.found.total}", None)]
        options += [(f"{_NAMES.get(kind, kind)} {counts.get(kind, 0)}", kind) for kind in TextKind
                    if kind in counts or kind is kept]  # fmt: skip
        self.kinds.set_options(options)
        self.kinds.setVisible(bool(self.found.total))
        total = self._of_kind()
        listed = len(self.found.found)
        every = f"共 {total} 处" if total else ""
        self._count.setText(f"{every}，先列最近的 {listed} 处" if listed < total else every)
        self.more.setVisible(listed < total)

    def _of_kind(self) -> int:
        kind = self.kinds.value()
        return self.found.total if kind is None else self.found.counts.get(kind, 0)

    def _open(self, found: FoundText | None) -> None:
        if self.found.words != self.field.text().strip():
            # Still those of other words: first what was typed.
            self._soon.stop()
            self.reload()
            return
        if found is None:
            return
        number = [_key(one) for one in self.model.rows()].index(_key(found)) + 1
        self.hide()
        self.opened.emit(found, self.found.words, number)
