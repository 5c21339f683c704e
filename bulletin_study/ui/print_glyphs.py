"""Characters that would come out of the printer as boxes, because no typeface here has them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFont, QTextLayout

from bulletin_study.ui.tokens import FAMILIES
from bulletin_study.usecases.paper_layout import TABLE_FONTS

_RARE = ((0x3400, 0x4DBF), (0x9FA6, 0x9FFF), (0xE000, 0xFAFF), (0x20000, 0x10FFFF))
"""Where the characters lie that a Chinese typeface may lack."""


def boxes_in(words: Iterable[str]) -> str:
    """Each such character once, in the order of the words; usually none."""
    rare = dict.fromkeys(char for text in words for char in text if _is_rare(char))
    return "".join(char for char in rare if not _has_glyph(char))


def boxes_sentence(chars: str) -> str:
    """What to tell of them, without its end."""
    return f"这台机器的字体里没有“{'、'.join(chars)}”"


def _is_rare(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _RARE)


def _has_glyph(char: str) -> bool:
    """As Qt would set it: whatever typeface it falls back to, a box is glyph 0."""
    font = QFont()
    font.setFamilies([*TABLE_FONTS, *FAMILIES])
    layout = QTextLayout(char, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(0 not in run.glyphIndexes() for run in layout.glyphRuns())
