"""Where files may be dropped: a frame shows where they would fall, a zone says what may come."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QWidget

from bulletin_study.ui.theme import theme

_LOST = "\ufffd"


def local_files(data: QMimeData | None) -> list[Path]:
    """The local files among what is dragged or was copied."""
    urls = data.urls() if data is not None else []
    return [_path_of(url) for url in urls if url.isLocalFile()]


def _path_of(url: QUrl) -> Path:
    """Where it lies; Qt alone loses a name that is no UTF-8, as out of a zip from Windows."""
    path = url.toLocalFile()
    if _LOST in path and os.name != "nt":
        encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
        return Path(os.fsdecode(unquote_to_bytes(encoded)))
    return Path(path)


class FileDrop(QObject):
    """``dropped(paths)`` while the widget accepts drops; a child that takes files goes first."""

    dropped = Signal(list)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._halo: _Halo | None = None
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Coming, going, falling; the frame keeps round everything."""
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if kind == QEvent.Type.DragLeave:
            self._show(False)
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._fall(event)
        elif kind == QEvent.Type.Resize and self._halo is not None:
            self._halo.setGeometry(self._widget.rect())
        return False

    def _enter(self, event: QDragEnterEvent) -> bool:
        if not (self._widget.acceptDrops() and local_files(event.mimeData())):
            return False
        event.acceptProposedAction()
        self._show(True)
        return True

    def _fall(self, event: QDropEvent) -> bool:
        self._show(False)
        paths = local_files(event.mimeData())
        if paths:
            # What lies elsewhere stays there, whatever key was held.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths)
        return bool(paths)

    def _show(self, shown: bool) -> None:
        if self._halo is None:
            if not shown:
                return
            self._halo = _Halo(self._widget)
        self._halo.setGeometry(self._widget.rect())
        self._halo.setVisible(shown)
        self._halo.raise_()


class DropZone(QLabel):
    """Says what may be dropped while there is nothing; Enter, Space or a click chooses files."""

    pressed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("role", "secondary")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setMinimumHeight(56)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words)
        theme().changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed border, a ring while it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self.hasFocus()
        pen = QPen(theme().color("focus" if ring else "line2"), 2 if ring else 1)
        if not ring:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
        super().paintEvent(event)


class _Halo(QWidget):
    """Shows, over everything, that what hovers here may fall here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A thick frame."""
        painter = QPainter(self)
        painter.setPen(QPen(theme().color("focus"), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()
