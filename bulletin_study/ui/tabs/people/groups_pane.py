"""The left pane: everybody, the groups in their turn order, leaders, who is not here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import icon_button, label, surface
from bulletin_study.ui.fields import LineField
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.people.rows import Place
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.usecases.groups import add_group


class GroupsPane(QFrame):
    """``chosen(key)`` of a :class:`Place`; ``refused`` when a group could not be added."""

    chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._quiet = False
        self.setProperty("surface", "pane-left")
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 6)
        head.addWidget(label("组室", "title"))
        head.addStretch(1)
        head.addWidget(icon_button("plus", "新增组室", on_click=self.start_adding))
        self.name = LineField("新组室的名称，回车保存")
        self.name.autosave.committed.connect(self._add)
        self.name.autosave.escaped.connect(self._stop_adding)
        self._adding = surface("plain")
        line = QHBoxLayout(self._adding)
        line.setContentsMargins(12, 0, 12, 8)
        line.addWidget(self.name)
        self._adding.hide()
        columns: tuple[Column[Place], ...] = (
            Column("name", "组室", lambda p: Cell(p.name), least=80),
            Column("number", "人数", lambda p: Cell(str(p.number), tone="text2"), width=44,
                   right=True),
        )
        self.model = RowsModel(columns, key=lambda p: p.key)
        self.list = ListView(self.model, row_height=32, header=False)
        self.list.current_changed.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._adding)
        column.addWidget(self.list, 1)

    def show_places(self, places: Sequence[Place], current: object) -> None:
        """Fill it; the chosen line stays chosen."""
        self._quiet = True
        self.model.set_rows(places)
        self.list.select_key(current)
        self._quiet = False

    def start_adding(self) -> None:
        """Ask for the name of a new group."""
        self._adding.show()
        self.name.setFocus()

    def _stop_adding(self) -> None:
        self._adding.hide()
        self.list.setFocus()

    def _add(self, _: str, name: str) -> None:
        if not name.strip():
            return

        def added(_: object) -> None:
            self.name.set_value("")
            self.name.clear()
            self._adding.hide()

        def refused(refusal: Refusal) -> None:
            self.refused.emit(refusal)

        self._runner.do(lambda unit: add_group(unit, name), added, refused)

    def _choose(self, place: Place | None) -> None:
        if place is not None and not self._quiet:
            self.chosen.emit(place.key)
