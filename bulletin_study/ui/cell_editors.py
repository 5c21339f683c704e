"""The editors that open inside a cell, by the kind of its column."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtWidgets import QWidget

from bulletin_study.ui.cells import Column
from bulletin_study.ui.fields import ChoiceField, Editor, LineField, NoteField
from bulletin_study.ui.widgets.date_field import DateField


def make_editor(column: Column[Any], row: Any) -> QWidget:
    """An editor for a cell of this column, or the one its own maker gives."""
    if callable(column.edit):
        return cast(QWidget, column.edit(row))
    if column.edit == "choice":
        return ChoiceField(column.choices(row) if column.choices is not None else ())
    if column.edit == "date":
        return DateField()
    return NoteField(grows=False) if column.edit == "note" else LineField()


def as_editor(widget: QWidget) -> Editor:
    """The same widget, seen as one of our editors."""
    return cast(Editor, widget)


def written(widget: QWidget) -> str | None:
    """The words that stand in an editor; nothing for one that is not typed into."""
    read = getattr(widget, "toPlainText", None) or getattr(widget, "text", None)
    return str(read()) if read is not None else None


def write(widget: QWidget, words: str) -> None:
    """Put words back into an editor."""
    put = getattr(widget, "setPlainText", None) or getattr(widget, "setText", None)
    if put is not None:
        put(words)
