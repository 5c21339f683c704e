"""Work cut into steps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

_BREATH_MS = 1
"""Not nothing: what is due at once is done in one go, before painting and keys."""


def in_steps(*steps: Callable[[], object]) -> None:
    """Do the first now and each of the others from the event loop, which is thus held up for
    no longer than the longest of them takes."""
    first, *others = steps
    first()
    if others:
        QTimer.singleShot(_BREATH_MS, lambda: in_steps(*others))
