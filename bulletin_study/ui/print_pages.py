"""Pages under the brush: where the next line goes, turning over, and the number at the foot."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPainter, QPen

from bulletin_study.ui.print_words import CENTRE, LEFT, RIGHT, Face, Typesetter, Words
from bulletin_study.usecases.paper_layout import (
    BODY_SPACING,
    FONTS,
    MM,
    TABLE_FONTS,
    air_above_signatures,
    is_indented,
    points_of,
    sheet_of,
    signature_line,
    title_points,
)
from bulletin_study.usecases.papers import Layout, Paragraph, Style

_PALE = Qt.GlobalColor.darkGray


class Pages:
    """Running text, page by page. All lengths are points, ``y`` from the top of the page."""

    def __init__(self, layout: Layout, device: QPagedPaintDevice, painter: QPainter) -> None:
        self.layout, self.device, self.painter = layout, device, painter
        self.sheet = sheet_of(layout)
        self.official = layout is Layout.OFFICIAL
        self.setter = Typesetter(device, official=self.official)
        # A4 in points is what the page is told in; the device may round.
        self.unit = self.setter.unit
        self.left, self.top = self.sheet.left * MM, self.sheet.top * MM
        self.width = self.sheet.inside * MM
        self.bottom = (self.sheet.height - self.sheet.bottom) * MM
        self._above_signing = air_above_signatures(layout)
        self.y, self.number = self.top, 1

    def title(self, text: str) -> None:
        """A title, centred."""
        points = title_points(self.layout)
        self._text(text, Face(points, FONTS[None], self._spacing(points, 1.5), CENTRE))
        self.y += 0 if self.official else 6

    def paragraph(self, block: Paragraph) -> None:
        """A paragraph; one that is kept takes at least one line of what follows along."""
        style = block.style
        points = points_of(style, self.layout)
        align = CENTRE if style is Style.CENTRED else LEFT
        face = Face(points, FONTS[style], self._spacing(points, 1.4), align)
        if block.kept and self.y + 2 * face.height + self._above_signing > self.bottom:
            self.turn()
        indent = "　　" if is_indented(style) else ""
        for text in block.text.split("\n"):
            self._text(indent + text, face)

    def signatures(self, names: tuple[str, ...]) -> None:
        """Names with room to sign, never apart from their line."""
        self.y += self._above_signing
        points = points_of(Style.BODY, self.layout)
        face = Face(points, FONTS[Style.BODY], self._spacing(points, 1.5))
        self._text(signature_line(names), face)

    def blank(self, lines: int) -> None:
        """Ruled lines to be written on."""
        height = self._spacing(points_of(Style.BODY, self.layout), 2.0)
        for _ in range(lines):
            self._make_room(height)
            self.y += height
            self.painter.setPen(QPen(_PALE, 0.5 * self.unit))
            y = self.y * self.unit
            right = (self.left + self.width) * self.unit
            self.painter.drawLine(QLineF(self.left * self.unit, y, right, y))

    def turn(self) -> None:
        """On to a new page."""
        self._paint_number()
        self.device.newPage()
        self.number += 1
        self.y = self.top

    def finish(self) -> int:
        """The last page's number, painted; how many pages there are."""
        self._paint_number()
        return self.number

    def draw(self, line: str, words: Words, x: float, width: float, y: float) -> None:
        """One line of words in a box ``x`` from the left margin."""
        unit = self.unit
        self.painter.setPen(Qt.GlobalColor.black)
        self.painter.setFont(words.font)
        box = QRectF((self.left + x) * unit, y * unit, width * unit, words.height * unit)
        self.painter.drawText(box, words.align | Qt.AlignmentFlag.AlignVCenter |
                              Qt.TextFlag.TextDontClip, line)  # fmt: skip

    def _spacing(self, points: float, usual: float) -> float:
        """From line to line: on the official grid always the same."""
        return BODY_SPACING if self.official else points * usual

    def _text(self, text: str, face: Face) -> None:
        words = self.setter.words(text, self.width, face)
        for line in words.lines:
            self._make_room(words.height)
            self.draw(line, words, 0, self.width, self.y)
            self.y += words.height

    def _make_room(self, height: float) -> None:
        if self.y + height > self.bottom + 0.5:
            self.turn()

    def _paint_number(self) -> None:
        """— 1 —, one character in from the right on odd pages, from the left on even ones."""
        odd = self.number % 2 == 1
        face = Face(14, TABLE_FONTS, 18, RIGHT if odd else LEFT)
        words = self.setter.words(f"— {self.number} —", self.width, face)
        y = self.bottom + 7 * MM - 9
        self.draw(words.lines[0], words, -14 if odd else 14, self.width, y)
