"""What the dialogs of this page share that show a plan before it is saved."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.ui.banner import Banner
from bulletin_study.ui.controls import label, primary_button, quiet_button, surface
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.talk.reasons import ReasonList
from bulletin_study.ui.tokens import ROW_TWO
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.page_scroll import PageScroll
from bulletin_study.ui.widgets.pane_stack import PaneStack

_REASONS_HEIGHT = 132


class PlanPreview(QDialog):
    """A list of places with the reasons of the chosen one, and one button that saves."""

    def __init__(
        self, title: str, model: RowsModel[Any], runner: Runner, parent: QWidget, *,
        save: str, leave: str,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(_size_beside(parent))
        self.model = model
        self.list = ListView(model, row_height=ROW_TWO)
        self.pane = PaneStack(self.list)
        self.summary = label("", "bold", wrap=True)
        self.reasons = ReasonList()
        self.banner = Banner()
        self.go = primary_button(save, on_click=self.arrange)
        self._leave = leave
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.arrange)

    def arrange(self) -> None:
        """Save it."""
        raise NotImplementedError

    def build(self, *, left: QWidget | None = None, beside_summary: QWidget | None = None) -> None:
        """Lay it out: what is asked for at the left, the places and their reasons, the foot."""
        middle = QHBoxLayout()
        middle.setSpacing(0)
        if left is not None:
            middle.addWidget(left)
        middle.addLayout(self._build_right(beside_summary), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self._build_foot())

    def _build_right(self, beside_summary: QWidget | None) -> QVBoxLayout:
        head = surface("header")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addWidget(self.summary, 1)
        if beside_summary is not None:
            line.addWidget(beside_summary)
        why = surface("footer")
        inside = QVBoxLayout(why)
        inside.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(8)
        rows.addWidget(label("人选依据", "bold"))
        rows.addWidget(self.reasons)
        rows.addStretch(1)
        inside.addWidget(PageScroll(holder))
        why.setFixedHeight(min(_REASONS_HEIGHT, self.height() // 4))
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(head)
        right.addWidget(self.pane, 1)
        right.addWidget(why)
        return right

    def _build_foot(self) -> QWidget:
        foot = surface("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(label("还没有保存；保存以后可以一步撤销", "secondary"))
        row.addStretch(1)
        row.addWidget(quiet_button(self._leave, on_click=self.reject))
        row.addWidget(self.go)
        return foot


def _size_beside(parent: QWidget) -> QSize:
    """1000 × 640, or nine tenths of a smaller window."""
    window = parent.window().size()
    return QSize(min(1000, window.width() * 9 // 10), min(640, window.height() * 9 // 10))
