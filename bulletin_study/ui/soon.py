"""Doing something a moment later, once, however often it is asked for meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PAUSE_MS = 120
"""Arrow keys run through a list faster than anybody reads what is shown beside it."""


class Soon(QTimer):
    """``start`` it as often as you like; ``act`` runs once, when there was a pause."""

    def __init__(
        self, parent: QObject, act: Callable[[], object], pause_ms: int = PAUSE_MS
    ) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(pause_ms)
        self.timeout.connect(act)
