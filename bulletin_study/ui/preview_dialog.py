"""Dialogs that show in a list what would be saved, before one button saves it all."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.ui.banner import Banner
from bulletin_study.ui.controls import label, primary_button, quiet_button, surface
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tokens import ROW_TWO
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack

_HEAD = 40


class PreviewDialog(QDialog):
    """``arrange`` saves (Ctrl+Enter), Esc leaves everything as it is."""

    def __init__(
        self, title: str, model: RowsModel[Any], runner: Runner, parent: QWidget, *,
        save: str, leave: str, tip: str = "", height: int = 640,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(size_beside(parent, height))
        self.model = model
        self.list = ListView(model, row_height=ROW_TWO)
        self.pane = PaneStack(self.list)
        self.summary = label("", "bold", wrap=True)
        self.banner = Banner()
        self.go = primary_button(save, tip=tip, shortcut="Ctrl+Return", on_click=self.arrange)
        self._leave = leave
        # The pad's Enter too; the button itself has the other one.
        QShortcut(QKeySequence("Ctrl+Enter"), self).activated.connect(self.arrange)

    def arrange(self) -> None:
        """Save it."""
        raise NotImplementedError

    def done_with(self, _: object) -> None:
        """It is saved."""
        self.accept()

    def build(
        self, *,
        form: QWidget | None = None,
        form_width: int = 0,
        beside_summary: QWidget | None = None,
        under_summary: QWidget | None = None,
        under_list: QWidget | None = None,
        beside_go: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Lay it out: what is asked for at the left, the list between summary and foot."""
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._head(beside_summary, under_summary))
        right.addWidget(self.pane, 1)
        if under_list is not None:
            right.addWidget(under_list)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        if form is not None:
            middle.addWidget(_left(form, form_width))
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self._foot(beside_go))

    def _head(self, beside: QWidget | None, under: QWidget | None) -> QWidget:
        head = surface("header")
        head.setMinimumHeight(_HEAD)
        lines = QVBoxLayout(head)
        lines.setContentsMargins(16, 8, 16, 8)
        lines.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.summary, 1)
        if beside is not None:
            line.addWidget(beside)
        lines.addLayout(line)
        if under is not None:
            lines.addWidget(under)
        return head

    def _foot(self, beside_go: QWidget | None) -> QWidget:
        foot = surface("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(label("还没有保存；保存以后可以一步撤销", "secondary"))
        row.addStretch(1)
        if beside_go is not None:
            row.addWidget(beside_go)
        row.addWidget(quiet_button(self._leave, on_click=self.reject))
        row.addWidget(self.go)
        return foot


def _left(form: QWidget, width: int) -> QWidget:
    left = surface("pane-left")
    left.setFixedWidth(width)
    inside = QVBoxLayout(left)
    inside.setContentsMargins(0, 0, 1, 0)
    inside.addWidget(form)
    return left


def size_beside(parent: QWidget, height: int) -> QSize:
    """1000 px wide, or nine tenths of a smaller window."""
    window = parent.window().size()
    return QSize(min(1000, window.width() * 9 // 10), min(height, window.height() * 9 // 10))
