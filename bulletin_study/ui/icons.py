"""Line icons from the resources, tinted with the colours of the theme."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from bulletin_study.config import resource
from bulletin_study.ui.shapes import paint_shape
from bulletin_study.ui.theme import theme

__all__ = ["icon", "paint_icon", "paint_shape"]

# What a button does -> which file shows it.
_FILES: Final[dict[str, str]] = {
    "import": "download", "export": "upload", "undo": "undo-2", "redo": "redo-2",
    "print": "printer", "swap": "arrow-left-right", "substitute": "user-round-cog",
    "person": "user-round", "person-plus": "user-round-plus", "filter": "funnel",
    "gantt": "chart-gantt", "zip": "file-archive", "doc": "file-text", "edit": "pencil",
    "dots": "ellipsis", "close": "x", "delete": "trash-2", "backup": "database-backup",
    "help": "circle-help", "fullscreen": "maximize", "chart": "chart-column",
}  # fmt: skip


def icon(name: str, role: str = "text2", size: int = 16, gap: int = 0) -> QIcon:
    """The icon of a thing or act in a colour role of the present theme.

    ``name`` is what the button does (``import``, ``undo`` …) or a file name in
    ``resources/icons`` without ``.svg``; ``gap`` is air to its right. Raises
    FileNotFoundError for an unknown one.
    """
    look = theme()
    disabled = look.color("text3").rgba()
    return _icon(name, look.color(role).rgba(), disabled, size, gap, _scale())


def paint_icon(painter: QPainter, rect: QRectF, name: str, role: str = "text2") -> None:
    """Paint an icon into a rectangle, for widgets that paint themselves."""
    _renderer(name, theme().color(role).rgba()).render(painter, rect)


def _scale() -> float:
    screens = QGuiApplication.screens()
    return max((screen.devicePixelRatio() for screen in screens), default=1.0)


@cache
def _icon(name: str, rgba: int, disabled: int, size: int, gap: int, scale: float) -> QIcon:
    made = QIcon(_pixmap(name, rgba, size, gap, scale))
    made.addPixmap(_pixmap(name, disabled, size, gap, scale), QIcon.Mode.Disabled)
    return made


def _pixmap(name: str, rgba: int, size: int, gap: int, scale: float) -> QPixmap:
    pixels = round(size * scale)
    pixmap = QPixmap(pixels + round(gap * scale), pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name, rgba).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


@cache
def _renderer(name: str, rgba: int) -> QSvgRenderer:
    color = QColor.fromRgba(rgba).name()
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))


@cache
def _source(name: str) -> str:
    path = resource(f"icons/{_FILES.get(name, name)}.svg")
    return path.read_text(encoding="utf-8")
