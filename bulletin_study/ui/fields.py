"""Plain editors that save themselves: a line, a note of several lines, a choice, a tick."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
)

from bulletin_study.ui.autosave import Autosave, FieldProblem
from bulletin_study.ui.icons import icon
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.theme import theme

Option = tuple[str, Any]
"""What the user reads and the value it stands for."""


class Editor(Protocol):
    """What a form asks of its editors (all are widgets too)."""

    autosave: Autosave

    def value(self) -> Any:
        """The value now in the editor; raises `FieldProblem` when it cannot be read."""

    def set_value(self, value: Any) -> None:
        """Show a stored value."""


class LineField(QLineEdit):
    """One line of text; blanks at both ends are dropped."""

    def __init__(self, placeholder: str = "", *, quiet: bool = False) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setProperty("quiet", quiet)
        self.autosave = Autosave(self, self.value, self._write)

    def value(self) -> str:
        """The text."""
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Show a stored text."""
        self.autosave.set_value(value)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is for whoever takes files; its path is no text."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def _write(self, value: str | None) -> None:
        if self.hasFocus() and self.text().strip() == value:
            # Set again, the cursor would jump from where somebody goes on typing.
            return
        self.setText(value or "")
        if not self.hasFocus():
            # Of a long text its beginning is to be read.
            self.setCursorPosition(0)


class NumberField(LineField):
    """A whole number within bounds; full-width digits are taken too."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> int:  # type: ignore[override]
        """The number. Raises ``FieldProblem``."""
        text = unicodedata.normalize("NFKC", self.text()).strip()
        if not (text.isascii() and text.isdigit()) or not self._least <= int(text) <= self._most:
            raise FieldProblem(f"没有保存。请填 {self._least} 到 {self._most} 之间的整数。")
        return int(text)

    def set_value(self, value: int) -> None:  # type: ignore[override]
        """Show a stored number."""
        self.autosave.set_value(value)

    def _write(self, value: int | str | None) -> None:
        super()._write("" if value is None else str(value))


class FilterField(QLineEdit):
    """The filter of a page: a funnel, words, a button to clear; Esc clears too."""

    def __init__(self, placeholder: str, width: int = 168, icon_name: str = "filter") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setFixedWidth(width)
        self.setProperty("lead", True)
        self._icon_name = icon_name
        self._lead = self.addAction(icon(icon_name), QLineEdit.ActionPosition.LeadingPosition)
        self._wipe = self.addAction(icon("close"), QLineEdit.ActionPosition.TrailingPosition)
        self._wipe.setToolTip("清空（Esc）")
        self._wipe.setVisible(False)
        self._wipe.triggered.connect(self.clear)
        self.textChanged.connect(self._offer_wipe)
        theme().changed.connect(self._tint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the filter."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _offer_wipe(self, text: str) -> None:
        self._wipe.setVisible(bool(text))

    def _tint(self) -> None:
        self._lead.setIcon(icon(self._icon_name))
        self._wipe.setIcon(icon("close"))


class NoteField(QPlainTextEdit):
    """Several lines; grows with its text between ``lines`` and ``most`` lines.

    Enter makes a new line; leaving the field commits.
    """

    def __init__(
        self, placeholder: str = "", lines: int = 2, most: int = 8, *, grows: bool = True
    ) -> None:
        super().__init__()
        self._lines, self._most, self._grows = lines, most, grows
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.autosave = Autosave(self, self.value, self._write, enter_commits=False)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Show a stored text."""
        self.autosave.set_value(value)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file is for whoever takes files; its path is no text."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break the lines elsewhere."""
        super().resizeEvent(event)
        self._grow()

    def _write(self, value: str | None) -> None:
        shown = self.toPlainText()
        if shown == (value or "") or (self.hasFocus() and shown.strip() == value):
            # Set again, the cursor would jump to the beginning under somebody's hands.
            return
        self.setPlainText(value or "")

    def _grow(self) -> None:
        if not self._grows:
            return
        line = max(self.fontMetrics().lineSpacing(), self._line_height())
        wanted = max(self._lines, min(self._most, int(self.document().size().height())))
        self.setFixedHeight(ceil(wanted * line) + 20)

    def _line_height(self) -> float:
        """As laid out: Chinese from a fallback font stands taller than the font itself says."""
        laid_out = self.document().firstBlock().layout()
        return laid_out.lineAt(0).height() if laid_out.lineCount() else 0.0


STEP_PAUSE_MS = 900
"""Whoever presses ↓ five times makes one choice, not five."""


class ChoiceField(QComboBox):
    """One of a few values. Choosing from the list commits at once; keys that step through a
    closed one commit after a pause, with Enter, or when it is left: one choice, one operation.
    """

    def __init__(self, options: Sequence[Option] = (), *, small: bool = False) -> None:
        super().__init__()
        if small:
            self.setProperty("kind", "small")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Kept here: what passes through Qt comes back as a plain str where it was an enum.
        self._values: list[Any] = []
        self.autosave = Autosave(self, self.value, self._write)
        self._stepping = False
        self._pause = Soon(self, self.autosave.commit, STEP_PAUSE_MS)
        self.autosave.committed.connect(self._pause.stop)
        self.set_options(options)
        self.activated.connect(self._chosen)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other values; the present one stays chosen if it is still among them."""
        keep = self.value()
        self.blockSignals(True)
        self.clear()
        self.addItems([text for text, _ in options])
        self._values = [value for _, value in options]
        self.blockSignals(False)
        self._write(keep)

    def value(self) -> Any:
        """The value chosen, ``None`` when none is."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def set_value(self, value: Any) -> None:
        """Show a stored value."""
        self.autosave.set_value(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the form, not the choice: a stray wheel must not change data."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z while stepping takes the steps back, not what was done before them."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and self._pause.isActive()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step; what opens the list instead is no step."""
        if self._pause.isActive() and event.matches(QKeySequence.StandardKey.Undo):
            self._pause.stop()
            self.autosave.revert()
            return
        self._stepping = True
        super().keyPressEvent(event)
        self._stepping = False

    def minimumSizeHint(self) -> QSize:
        """May shrink to a few characters."""
        return QSize(72, super().minimumSizeHint().height())

    def _chosen(self) -> None:
        if self._stepping:
            self._pause.start()
        else:
            self.autosave.commit()

    def _write(self, value: Any) -> None:
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class CheckField(QCheckBox):
    """A tick; ticking commits at once."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.autosave = Autosave(self, self.value, self._write)
        self.clicked.connect(self._commit)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Show a stored value."""
        self.autosave.set_value(value)

    def _commit(self) -> None:
        self.autosave.commit()

    def _write(self, value: bool | None) -> None:
        self.setChecked(bool(value))
