"""The talks of a session to choose from: one row of segments, or several when there are many."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bulletin_study.ui.widgets.segmented import Option, Segmented

_IN_A_ROW = 3
"""More names with their counts do not fit beside one another in the pane."""


class TalkStrip(QWidget):
    """``changed(value)`` when the user chose a talk."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._value: Any = None
        self.rows: list[Segmented] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    @property
    def labels(self) -> list[str]:
        """The words of all segments."""
        return [text for row in self.rows for text in row.labels]

    def value(self) -> Any:
        """The talk that is on."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Switch a talk on without telling."""
        self._value = value
        for row in self.rows:
            row.set_value(value)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these talks, in rows of equal length."""
        count = ceil(len(options) / _IN_A_ROW)
        while len(self.rows) > count:
            row = self.rows.pop()
            row.hide()
            row.deleteLater()
        while len(self.rows) < count:
            row = Segmented(fill=True)
            row.changed.connect(self._chosen)
            self._column.addWidget(row)
            self.rows.append(row)
        each = ceil(len(options) / count) if count else 0
        for at, row in enumerate(self.rows):
            row.set_options(options[at * each : (at + 1) * each])
        self.set_value(self._value)

    def _chosen(self, value: Any) -> None:
        self.set_value(value)
        self.changed.emit(value)
