"""Parts of a form that may be read and copied from, not changed."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from bulletin_study.ui.controls import restyle
from bulletin_study.ui.widgets.segmented import Segmented

READS = "reads"
"""Property of a button that changes nothing: it stays when the rest is read-only."""


def make_read_only(part: QWidget) -> None:
    """Words can still be selected and copied; choices rest, and buttons that change something."""
    for child in (part, *part.findChildren(QWidget)):
        if isinstance(child, QLineEdit | QPlainTextEdit):
            child.setReadOnly(True)
            restyle(child, locked=True)
        elif isinstance(child, QAbstractButton | QComboBox | Segmented):
            child.setEnabled(bool(child.property(READS)))
            restyle(child, locked=True)
