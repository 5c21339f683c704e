"""Widths, order and presence of the columns of one list, and how they are remembered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QHeaderView, QTreeView

from bulletin_study.ui.cells import Column
from bulletin_study.ui.delegates import ListLook
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.tokens import HEADER
from bulletin_study.ui.widgets.column_fit import fit_columns


class ListColumns(QObject):
    """Fits the columns of a view into its width; what the user dragged stays."""

    def __init__(self, view: QTreeView, columns: list[Column[Any]], look: ListLook,
                 drop: bool) -> None:  # fmt: skip
        super().__init__(view)
        self._view = view
        self._columns = columns
        self._look = look
        self._drop = drop
        self._dragged: dict[str, int] = {}
        self._out: set[str] = set()
        self._fitting = False
        self._timer = Soon(self, self.fit, pause_ms=0)
        self._configure(view.header())

    def set_columns(self, columns: list[Column[Any]]) -> None:
        """The model has other columns now."""
        self._columns = columns
        self.fit()

    def set_shown(self, name: str, shown: bool) -> None:
        """Show a column, or leave it out whatever the width."""
        (self._out.discard if shown else self._out.add)(name)
        self.fit()

    def fit(self) -> None:
        """Give every column its width; leave out droppable ones when space is short."""
        header = self._view.header()
        if self._fitting or header.count() != len(self._columns):
            return
        self._fitting = True
        widths = fit_columns(self._columns, self._view.viewport().width(), self._dragged,
                             frozenset(self._out), drop=self._drop)  # fmt: skip
        for section, column in enumerate(self._columns):
            width = widths.get(column.name)
            header.setSectionHidden(section, width is None)
            if width is not None:
                header.resizeSection(section, width)
        shown = [at for at, column in enumerate(self._columns) if column.name in widths]
        self._look.first = shown[0] if shown else 0
        self._look.last = shown[-1] if shown else 0
        self._fitting = False

    def save(self, settings: QSettings, prefix: str) -> None:
        """Remember dragged widths and the order of sorting."""
        header = self._view.header()
        settings.setValue(f"{prefix}/widths", dict(self._dragged))
        order = "desc" if header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder else "asc"
        by = header.sortIndicatorSection()
        name = self._columns[by].name if 0 <= by < len(self._columns) else ""
        settings.setValue(f"{prefix}/sort", f"{name}:{order}" if name else "")

    def restore(self, settings: QSettings, prefix: str) -> None:
        """Take what was remembered; columns that no longer exist are passed over."""
        names = [column.name for column in self._columns]
        widths = settings.value(f"{prefix}/widths")
        if isinstance(widths, dict):
            self._dragged = {str(n): int(w) for n, w in widths.items() if n in names}
        name, _, order = str(settings.value(f"{prefix}/sort", "")).partition(":")
        if name in names:
            way = Qt.SortOrder.DescendingOrder if order == "desc" else Qt.SortOrder.AscendingOrder
            self._view.header().setSortIndicator(names.index(name), way)
        self.fit()

    def _configure(self, header: QHeaderView) -> None:
        header.setFixedHeight(HEADER)
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(24)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorShown(True)
        header.sectionResized.connect(self._resized)

    def _resized(self, section: int, old: int, new: int) -> None:
        """The user dragged a border: keep that width and let the stretching columns give way."""
        if not self._fitting and 0 <= section < len(self._columns) and new > 0:
            self._dragged[self._columns[section].name] = new
            self._timer.start()
