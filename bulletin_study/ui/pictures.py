"""Photos read small and upright, within limits, whatever the file is.

Needs no screen and may run on any thread. JPEG is decoded at a fraction of its size, so that a
photo of a telephone costs some tens of milliseconds and a few megabytes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QLoggingCategory,
    QSize,
    Qt,
)
from PySide6.QtGui import QColorSpace, QImage, QImageIOHandler, QImageReader, QPainter

from bulletin_study.domain.errors import PictureFault, PictureRefused
from bulletin_study.usecases.paper_layout import PICTURE_DPI, PICTURE_HEIGHT, sheet_of
from bulletin_study.usecases.papers import Layout, Picture

MOST_DOTS = 64_000_000
"""Of a JPEG: a progressive one takes three bytes a dot however small it is read."""
_MOST_DOTS_WHOLE = 40_000_000
"""Of other formats, which are read whole: 160 MB."""
_MOST_BYTES = 256 * 1024**2
_FORMATS = frozenset(("jpeg", "jpg", "png", "bmp", "gif", "webp", "tiff", "tif"))
_UNKNOWN = frozenset((".heic", ".heif", ".avif"))
"""What telephones make and Qt does not read: such a file need not be broken."""
_QUALITY = 85


def read_picture(path: Path, most: QSize) -> QImage:
    """The picture, no larger than ``most``, turned as the camera was held.

    Raises ``PictureRefused`` for one that is gone, broken, huge or of another kind.
    """
    _quieten()
    reader = _opened(path)
    size = reader.size()
    jpeg = bytes(reader.format().data()) in (b"jpeg", b"jpg")
    if size.width() * size.height() > (MOST_DOTS if jpeg else _MOST_DOTS_WHOLE):
        raise PictureRefused(path.name, PictureFault.TOO_LARGE)
    turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
    box = most.transposed() if turned else most
    if size.width() > box.width() or size.height() > box.height():
        wanted = size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(wanted.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise PictureRefused(path.name, PictureFault.BROKEN)
    return image


def print_ready(path: Path) -> Picture:
    """The picture as a JPEG of print resolution, on white, in the usual colours.

    Raises ``PictureRefused``.
    """
    inside = sheet_of(Layout.FORM).inside
    dots = PICTURE_DPI / 25.4
    image = read_picture(path, QSize(round(inside * dots), round(PICTURE_HEIGHT * dots)))
    space, usual = image.colorSpace(), QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if space.isValid() and space != usual:
        image.convertToColorSpace(usual)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not flat.save(buffer, "JPEG", _QUALITY):  # type: ignore[call-overload]
        raise PictureRefused(path.name, PictureFault.BROKEN)
    buffer.close()
    return Picture(bytes(data.data()), flat.width(), flat.height())


def png_file(image: QImage, path: Path) -> bool:
    """Write a picture as PNG; whether that went well."""
    return bool(image.save(str(path), "PNG"))  # type: ignore[call-overload]


def _opened(path: Path) -> QImageReader:
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise PictureRefused(path.name, PictureFault.MISSING) from error
    if size > _MOST_BYTES:
        raise PictureRefused(path.name, PictureFault.TOO_LARGE)
    reader = QImageReader(str(path))
    # What is inside counts, not how the file is called.
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    found = bytes(reader.format().data()).decode("ascii", "replace")
    if not found:
        unknown = path.suffix.lower() in _UNKNOWN
        raise PictureRefused(path.name, PictureFault.FORMAT if unknown else PictureFault.BROKEN)
    if found not in _FORMATS:
        raise PictureRefused(path.name, PictureFault.FORMAT)
    if not reader.size().isValid() or reader.size().isEmpty():
        raise PictureRefused(path.name, PictureFault.BROKEN)
    return reader


@cache
def _quieten() -> None:
    """A broken picture is told where it would stand; Qt need not tell it as well."""
    QLoggingCategory.setFilterRules("qt.gui.imageio*=false")
