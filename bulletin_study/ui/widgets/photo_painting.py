"""One photo of the grid: the picture or why there is none, a frame, the caption below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bulletin_study.domain.errors import PictureFault
from bulletin_study.domain.evidence import FileState
from bulletin_study.ui.icons import paint_icon, paint_shape
from bulletin_study.ui.theme import theme
from bulletin_study.ui.thumbnails import Thumbnails
from bulletin_study.ui.wording import PICTURE_WORDS

if TYPE_CHECKING:
    from bulletin_study.ui.widgets.photo_grid import Index, PhotoGrid, PhotoModel

CAPTION = 22
"""Pixels of the caption's line."""
_ICON, _MARK, _EDITOR = 24, 20, 240
_STATES = {
    FileState.MISSING: "文件不见了",
    FileState.CHANGED: "被改过",
    FileState.UNREADABLE: "打不开",
}


class PhotoDelegate(QStyledItemDelegate):
    """Paints what is known and asks for nothing."""

    def __init__(self, grid: PhotoGrid, photos: PhotoModel, thumbnails: Thumbnails) -> None:
        super().__init__(grid)
        self._grid, self._photos, self._thumbnails = grid, photos, thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A cell of the grid."""
        return self._grid.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Picture, frame, caption."""
        cell: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if chosen:
            painter.fillRect(cell.adjusted(1, 1, -1, -1), theme().color("sel"))
        frame = cell.adjusted(4, 4, -4, -CAPTION - 4)
        self._paint_picture(painter, frame, index)
        painter.setFont(theme().font(12))
        painter.setPen(theme().color("text" if chosen else "text2"))
        room = cell.adjusted(4, 0, -4, -2)
        room.setTop(room.bottom() - CAPTION + 1)
        mode = Qt.TextElideMode.ElideMiddle
        named = self._photos.files[index.row()].stem
        words = theme().metrics(12).elidedText(named, mode, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
        if chosen and self._grid.hasFocus() and self._grid.ring:
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.drawRect(QRectF(cell).adjusted(2, 2, -2, -2))
        painter.restore()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        """A line for the caption."""
        made = QLineEdit(parent)
        made.setProperty("cell", True)
        made.setAccessibleName("照片说明")
        return made

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Over the caption, and wide enough to write one."""
        cell: QRect = option.rect  # type: ignore[attr-defined]
        most = self._grid.viewport().width()
        wide = min(max(cell.width(), _EDITOR), most)
        left = max(0, min(cell.center().x() - wide // 2, most - wide))
        # As tall as a line of text needs, and within the grid: the last row has nothing below.
        high = max(CAPTION + 6, editor.sizeHint().height())
        top = min(cell.bottom() + 1, self._grid.viewport().height()) - high
        editor.setGeometry(left, max(0, top), wide, high)

    def _paint_picture(self, painter: QPainter, frame: QRect, index: Index) -> None:
        state = self._photos.state(index)
        found = self._thumbnails.of(self._photos.files[index.row()])
        if isinstance(found, QPixmap) and state is not FileState.MISSING:
            size = found.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
            if size.width() > found.width():
                size = found.size()
            box = QRect(frame.topLeft(), size)
            box.moveCenter(frame.center())
            painter.drawPixmap(box, found)
            painter.setPen(QPen(theme().color("grid"), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            words = "" if state is FileState.FINE else _STATES[state]
        else:
            painter.fillRect(frame, theme().color("surface2"))
            painter.setPen(QPen(theme().color("line"), 1))
            painter.drawRect(frame.adjusted(0, 0, -1, -1))
            at = QRectF(0, 0, _ICON, _ICON)
            at.moveCenter(QRectF(frame).center())
            at.translate(0, -8)
            paint_icon(painter, at, "image")
            if state is not FileState.FINE:
                words = _STATES[state]
            else:
                words = PICTURE_WORDS[found] if isinstance(found, PictureFault) else ""
        if words:
            self._paint_words(painter, frame, words)

    def _paint_words(self, painter: QPainter, frame: QRect, words: str) -> None:
        strip = QRect(frame.left(), frame.bottom() - _MARK + 1, frame.width(), _MARK)
        text, fill = theme().tone("amber")
        painter.fillRect(strip, fill)
        mark = QRectF(strip.left() + 2, strip.top() + 2, 16, 16)
        paint_shape(painter, mark, "triangle", text)
        painter.setPen(text)
        painter.setFont(theme().font(12))
        painter.drawText(strip.adjusted(20, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter, words)
