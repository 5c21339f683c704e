"""Photos as pictures with captions: three abreast in the pane, as many as fit elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from bulletin_study.domain.evidence import Evidence, FileState
from bulletin_study.ui.focus import ring_after
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.theme import theme
from bulletin_study.ui.thumbnails import Thumbnails
from bulletin_study.ui.widgets.page_scroll import bring_up
from bulletin_study.ui.widgets.photo_painting import CAPTION, PhotoDelegate
from bulletin_study.usecases.evidence_checks import STATE_WORDS
from bulletin_study.usecases.titles import size_text

_LEAST = 98
"""Pixels of a cell's width at least."""
_SETTLE_MS = 30
Index = QModelIndex | QPersistentModelIndex


class PhotoModel(QAbstractListModel):
    """One item a photo: its caption, which can be edited. ``edited(file, caption)``."""

    edited = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.files: Sequence[Evidence] = ()
        self.states: Mapping[int, FileState] = {}

    def set_files(self, files: Sequence[Evidence]) -> None:
        """Show these."""
        self.beginResetModel()
        self.files = files
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many."""
        return 0 if parent.isValid() else len(self.files)

    def state(self, index: Index) -> FileState:
        """How the file was found when it was last looked at."""
        return self.states.get(self.files[index.row()].id, FileState.FINE)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The caption; for a screen reader and the tip, more about it."""
        if not index.isValid():
            return None
        file = self.files[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return file.stem
        state = self.state(index)
        words = "" if state is FileState.FINE else STATE_WORDS[state]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (f"照片 {index.row() + 1}：{file.shown}", words)))
        if role == Qt.ItemDataRole.ToolTipRole:
            facts = f"{size_text(file.size)} · {file.added:%m-%d} 添加"
            return "\n".join(dict.fromkeys(filter(None, (file.shown, file.original, facts, words))))
        return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Hand a caption to the page; nothing changes here until it shows the files again."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        file = self.files[index.row()]
        if " ".join(str(value).split()) != file.stem:
            self.edited.emit(file, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Chosen and edited, never moved."""
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable


class PhotoGrid(QListView):
    """Enter or a double click opens, F2 edits the caption, Delete takes off, arrows move.

    As tall as its pictures: the pane around scrolls.
    """

    opened = Signal(object)
    removed = Signal(object)
    menu_wanted = Signal(object, QPoint)
    kind_wanted = Signal(object, QPoint)
    """F4: another kind is to be chosen."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.photos = PhotoModel()
        self.ring = False
        self.thumbnails = thumbnails
        self._settling = Soon(self, self._bring_up, _SETTLE_MS)
        self.setModel(self.photos)
        self.setItemDelegate(PhotoDelegate(self, self.photos, thumbnails))
        self.setAccessibleName("照片")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSpacing(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # Files are dropped on what holds this.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        thumbnails.found.connect(self.viewport().update)
        theme().changed.connect(self.viewport().update)

    # ---- showing ----
    def show_files(self, files: Sequence[Evidence]) -> None:
        """Show these photos; what is chosen stays chosen, or its neighbour is."""
        if list(files) == list(self.photos.files):
            return
        before = self.current()
        ids = [file.id for file in files]
        row = self.currentIndex().row()
        self.photos.set_files(files)
        if before is not None and files:
            at = ids.index(before.id) if before.id in ids else min(row, len(ids) - 1)
            self.setCurrentIndex(self.photos.index(at, 0))
        self._fit()

    def show_states(self, states: Mapping[int, FileState]) -> None:
        """Mark the files that are no longer what they were."""
        self.photos.states = states
        self.viewport().update()

    def current(self) -> Evidence | None:
        """The photo chosen."""
        index = self.currentIndex()
        return self.photos.files[index.row()] if index.isValid() else None

    def edit_caption(self, file: Evidence) -> None:
        """Edit the caption of a photo in place."""
        row = [one.id for one in self.photos.files].index(file.id)
        self.setCurrentIndex(self.photos.index(row, 0))
        self.edit(self.currentIndex())

    # ---- keys and mouse ----
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Acts on the photo chosen; pasting is for whoever holds the photos."""
        file, key = self.current(), event.key()
        self.ring = True
        if event.matches(QKeySequence.StandardKey.Paste) or key == Qt.Key.Key_Insert:
            event.ignore()
        elif file is None or self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self.opened.emit(file)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(file)
        elif key == Qt.Key.Key_F2:
            self.edit(self.currentIndex())
        elif key == Qt.Key.Key_F4:
            self.kind_wanted.emit(file, self._below())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The ring is for the keyboard."""
        self.ring = False
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.photos.files[index.row()])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the photo."""
        file = self.current()
        if file is not None:
            mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            self.menu_wanted.emit(file, event.globalPos() if mouse else self._below())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first photo."""
        self.ring = ring_after(event, self.ring)
        super().focusInEvent(event)
        if self.current() is None and self.photos.files:
            self.setCurrentIndex(self.photos.index(0, 0))
        self._settling.start()
        self.viewport().update()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Keep it in sight."""
        super().currentChanged(current, previous)
        self._settling.start()

    # ---- sizes ----
    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many abreast as fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        across = max(width // _LEAST, 1)
        # Qt breaks the line when the cells fill it to the last pixel.
        cell = QSize(max((width - 1) // across, 1), 0)
        cell.setHeight((cell.width() - 8) * 3 // 4 + CAPTION + 8)
        self.setGridSize(cell)
        rows = -(-len(self.photos.files) // across)
        self.setFixedHeight(max(rows, 1) * cell.height() + 2)

    def _below(self) -> QPoint:
        at: QRect = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(at.bottomLeft() + QPoint(16, -CAPTION))

    def _bring_up(self) -> None:
        if self.hasFocus() and self.currentIndex().isValid():
            bring_up(self.viewport(), self.visualRect(self.currentIndex()), self._settling)
