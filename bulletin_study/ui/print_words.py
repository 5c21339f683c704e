"""Words broken into lines of a width for painting: typefaces, sizes, characters a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QTextLayout, QTextOption

from bulletin_study.ui.tokens import FAMILIES
from bulletin_study.usecases.paper_layout import BODY_POINTS, LETTER_SPACING

CENTRE, LEFT, RIGHT = (
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignRight,
)


@dataclass(slots=True)
class Words:
    """Words broken into lines of a width, ready to be drawn from any line on."""

    lines: list[str]
    font: QFont
    height: float
    """From line to line, in points."""
    align: Qt.AlignmentFlag = LEFT

    def part(self, start: int, count: int | None) -> Words:
        """Some of the lines."""
        stop = None if count is None else start + count
        return Words(self.lines[start:stop], self.font, self.height, self.align)


@dataclass(frozen=True, slots=True)
class Face:
    """How words are set: size in points, typefaces, and the points from line to line."""

    points: float
    fonts: Sequence[str]
    height: float
    align: Qt.AlignmentFlag = LEFT


class Typesetter:
    """Breaks words for one device; on the ``official`` grid body text is set a little closer."""

    def __init__(self, device: QPagedPaintDevice, *, official: bool) -> None:
        self._device, self._official = device, official
        self.unit = device.logicalDpiX() / 72
        """Pixels of the device in a point."""

    def words(self, text: str, width: float, face: Face) -> Words:
        """The words in lines of ``width`` points."""
        font = QFont()
        font.setFamilies([*face.fonts, *FAMILIES])
        font.setPointSizeF(face.points)
        font.setStyleHint(QFont.StyleHint.Serif)
        if self._official and face.points == BODY_POINTS:
            spacing = QFont.SpacingType.AbsoluteSpacing
            # Given in pixels of an ordinary screen, which Qt scales to the device.
            font.setLetterSpacing(spacing, LETTER_SPACING * 96 / 72)
        lines: list[str] = []
        for part in text.split("\n"):
            lines += self._broken(part, font, width * self.unit)
        return Words(lines, font, face.height, face.align)

    def _broken(self, text: str, font: QFont, width: float) -> list[str]:
        layout = QTextLayout(text, font, self._device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        found: list[str] = []
        # Qt counts positions in UTF-16, Python in characters.
        units = text.encode("utf-16-le", "surrogatepass")
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1.0))
            start, length = line.textStart() * 2, line.textLength() * 2
            found.append(units[start : start + length].decode("utf-16-le", "replace"))
        layout.endLayout()
        return found or [""]
