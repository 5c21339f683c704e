"""A card on its way from one place to another."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from bulletin_study.ui.tabs.talk.week_painting import CardLook, paint_card
from bulletin_study.usecases.talk_page import Spot, TalkLine

MIME = "application/x-bulletin-talk"


def carry(source: QWidget, rect: QRect, line: TalkLine) -> None:
    """Drag a card until it is dropped; ``rect`` is where it lies on the widget."""
    scale = source.devicePixelRatioF()
    picture = QPixmap(rect.size() * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_card(painter, QRect(QPoint(0, 0), rect.size()), line, CardLook())
    painter.end()
    drag = QDrag(source)
    drag.setMimeData(mime_of(line))
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(rect.width() // 2, 12))
    drag.exec(Qt.DropAction.MoveAction)


def mime_of(line: TalkLine) -> QMimeData:
    """A card as it is dragged: the place it leaves."""
    data = QMimeData()
    data.setData(MIME, f"{line.row.session.id} {line.row.place}".encode())
    return data


def key_in(data: QMimeData) -> Spot | None:
    """The place that a dragged card leaves."""
    words = bytes(data.data(MIME).data()).decode().split()
    return (int(words[0]), int(words[1])) if len(words) == 2 else None
