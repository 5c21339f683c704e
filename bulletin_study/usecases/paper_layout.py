"""How a paper is set: page, sizes, spacing and typefaces, the same in Word, PDF and on ink.

The official layout follows GB/T 9704-2012: A4, 22 lines of 28 characters, 仿宋 3号 for the
body. Forms and tables are set smaller, so that they fit on a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from bulletin_study.usecases.papers import Layout, Picture, Style

MM = 72 / 25.4
"""Points of a millimetre."""
A4 = (210.0, 297.0)
"""Width and height in millimetres, upright."""
BODY_POINTS, TITLE_POINTS, FORM_POINTS = 16.0, 22.0, 12.0
TABLE_POINTS, NOTE_POINTS = 10.5, 10.5
BODY_SPACING, LETTER_SPACING = 28.9, -0.25
"""Points from line to line, and between characters: 22 lines of 28 characters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in millimetres: its size and margins."""

    width: float
    height: float
    top: float
    left: float
    right: float
    bottom: float

    @property
    def inside(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right


def sheet_of(layout: Layout) -> Sheet:
    """The page of a layout; forms and tables take smaller margins."""
    width, height = A4
    if layout is Layout.OFFICIAL:
        return Sheet(width, height, 37, 28, 26, 35)
    if layout is Layout.FORM:
        return Sheet(width, height, 25, 22, 20, 22)
    if layout is Layout.LIST:
        return Sheet(width, height, 15, 18, 18, 18)
    return Sheet(height, width, 20, 18, 18, 18)


def title_points(layout: Layout) -> float:
    """二号 in the official layout, smaller over a form."""
    return TITLE_POINTS if layout is Layout.OFFICIAL else 18.0


def points_of(style: Style, layout: Layout) -> float:
    """The size of running text, lines under the title and notes."""
    if style is Style.NOTE:
        return NOTE_POINTS
    return BODY_POINTS if layout is Layout.OFFICIAL else FORM_POINTS


def is_indented(style: Style) -> bool:
    """Whether a paragraph begins two characters in."""
    return style in (Style.BODY, Style.HEADING, Style.SUBHEADING)


def air_above_signatures(layout: Layout) -> float:
    """Points; the lines of the official grid have air enough."""
    return 0.0 if layout is Layout.OFFICIAL else 14.0


def signature_line(names: Sequence[str]) -> str:
    """主持人：      记录人：      , with room to sign after each."""
    room = "　" * 6
    return room.join(f"{name}：{room}" for name in names)


TIGHT_PADDING, TIGHT_SPACING = 2.0, 1.15
"""In rows of a given height: points beside the words; from line to line, of the type's size."""
_READABLE, _SMALLEST = 8.0, 6.0
"""Points: one line is set as small as that before it becomes two; what is still legible."""
_WESTERN = 0.6
"""How wide a western letter is at most, of the width of a Chinese character."""


def fitted_points(text: str, width: float, height: float, most: float = TABLE_POINTS) -> float:
    """The largest size in points at which words fit a cell of ``width`` × ``height`` mm.

    Goes by the widths that every Chinese typeface has, so that Word and PDF agree. One line is
    liked better than two; never below 6 points: there the row grows instead.
    """
    across, down = width * MM - 2 * TIGHT_PADDING, height * MM - 1
    on_one_line = int(2 * across / max(_ems(text), 1.0)) / 2
    if "\n" not in text and on_one_line >= _READABLE:
        return min(most, on_one_line)
    points = most
    while points > _SMALLEST and _lines(text, across / points) * points * TIGHT_SPACING > down:
        points -= 0.5
    return points


def _lines(text: str, ems: float) -> int:
    return sum(max(ceil(_ems(part) / max(int(ems), 1)), 1) for part in text.split("\n"))


def _ems(text: str) -> float:
    return sum(_WESTERN if " " <= char <= "~" else 1.0 for char in text)


PICTURE_HEIGHT = 98.0
"""Millimetres that a photo may be high, so that two with captions of three lines and a title
fit on a page of a form."""
NO_PICTURE = "（这一张显示不出来，见原文件）"
PICTURE_DPI = 200
"""Dots an inch that a photo keeps on paper."""


def picture_size(picture: Picture, inside: float) -> tuple[float, float]:
    """Width and height of a photo on paper in millimetres; never larger than its dots allow
    at half the resolution of the others."""
    widest = min(inside, picture.width / PICTURE_DPI * 2 * 25.4)
    scale = min(widest / picture.width, PICTURE_HEIGHT / picture.height)
    return picture.width * scale, picture.height * scale


FONTS: dict[Style | None, tuple[str, ...]] = {
    None: ("方正小标宋简体", "方正小标宋_GBK", "宋体", "SimSun", "Noto Serif CJK SC"),
    Style.BODY: ("仿宋_GB2312", "仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC"),
    Style.HEADING: ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC"),
    Style.SUBHEADING: ("楷体_GB2312", "楷体", "KaiTi", "STKaiti", "Noto Serif CJK SC"),
    Style.NOTE: ("仿宋_GB2312", "仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC"),
    Style.CENTRED: ("楷体_GB2312", "楷体", "KaiTi", "STKaiti", "Noto Serif CJK SC"),
}
"""Typefaces by style (``None``: titles), the wanted one first. None comes with the program."""
TABLE_FONTS = ("宋体", "SimSun", "Noto Serif CJK SC", "Noto Sans CJK SC")
