"""Photos on a page: two of them, each with its caption under it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from bulletin_study.domain.errors import PictureRefused
from bulletin_study.ui.pictures import print_ready
from bulletin_study.ui.print_pages import Pages
from bulletin_study.ui.print_words import CENTRE, Face
from bulletin_study.usecases.paper_layout import (
    FONTS,
    MM,
    NO_PICTURE,
    NOTE_POINTS,
    picture_size,
)
from bulletin_study.usecases.papers import Photo, Picture, Pictures, Style

_NONE = 10.0
"""Millimetres for the words that stand where a picture cannot be shown."""


def paint_pictures(pages: Pages, block: Pictures) -> None:
    """Paint them, two to a page."""
    for number, photo in enumerate(block.photos):
        if number and number % 2 == 0:
            pages.turn()
        _paint(pages, photo)


def _paint(pages: Pages, photo: Photo) -> None:
    """A picture and, on the same page, its caption; words where it cannot be shown."""
    picture = _developed(photo)
    face = Face(NOTE_POINTS, FONTS[Style.NOTE], NOTE_POINTS * 1.25, CENTRE)
    caption = pages.setter.words(photo.caption, pages.width, face)
    width, height = picture_size(picture, pages.sheet.inside) if picture else (0.0, _NONE)
    needed = height * MM + len(caption.lines) * caption.height
    if pages.y > pages.top and pages.y + needed > pages.bottom:
        pages.turn()
    if picture is None:
        pages.draw(NO_PICTURE, pages.setter.words(NO_PICTURE, pages.width, face), 0, pages.width,
                   pages.y)  # fmt: skip
    else:
        left, unit = pages.left + (pages.width - width * MM) / 2, pages.unit
        box = QRectF(left * unit, pages.y * unit, width * MM * unit, height * MM * unit)
        pages.painter.drawImage(box, QImage.fromData(picture.data))
    pages.y += height * MM + 3
    for line in caption.lines:
        pages.draw(line, caption, 0, pages.width, pages.y)
        pages.y += caption.height
    pages.y += 9


def _developed(photo: Photo) -> Picture | None:
    try:
        return print_ready(photo.path)
    except PictureRefused:
        return None
