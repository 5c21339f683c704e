"""Photos made for tests, as cameras and broken disks make them."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter


def photo(path: Path, width: int = 640, height: int = 480, shade: int = 0, words: str = "") -> Path:
    """A picture of one colour, by the suffix of its path; ``words`` are painted into it."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(shade * 37 % 360, 120 + shade % 100, 220))
    if words:
        painter = QPainter(image)
        font = QFont()
        font.setPixelSize(height // 4)
        painter.setFont(font)
        painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
    assert image.save(str(path))
    return path


def turned(path: Path, width: int = 640, height: int = 480) -> Path:
    """A JPEG taken with the camera on its side: EXIF says a quarter turn to the right; its
    left half is red, its right half blue."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    painter = QPainter(image)
    painter.fillRect(0, 0, width // 2, height, QColor("red"))
    painter.end()
    assert image.save(str(path), "JPEG", 95)  # type: ignore[call-overload]
    plain = path.read_bytes()
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    exif = b"Exif\0\0" + tiff
    path.write_bytes(plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:])
    return path


def huge_png(path: Path, width: int = 20_000, height: int = 10_000) -> Path:
    """200 million dots in some hundred bytes: the head is true, the body is not there."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    return path


def huge_jpeg(path: Path) -> Path:
    """A JPEG whose head claims 20 000 × 10 000 dots."""
    photo(path, 64, 32)
    data = path.read_bytes()
    at = data.index(b"\xff\xc0")
    size = struct.pack(">HH", 10_000, 20_000)
    path.write_bytes(data[: at + 5] + size + data[at + 9 :])
    return path


def cut(path: Path) -> Path:
    """A photo whose second half was lost."""
    photo(path, 800, 600, words="甲")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path
