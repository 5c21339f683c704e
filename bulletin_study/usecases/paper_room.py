"""About how much of a page a form with its words takes, to say how much may be written in it.

An estimate on the safe side: typefaces differ, and a form must not run over its page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil

from bulletin_study.usecases.paper_layout import FORM_POINTS, MM, NOTE_POINTS, sheet_of
from bulletin_study.usecases.papers import (
    Block,
    Form,
    Layout,
    Line,
    Paragraph,
    Signatures,
    Style,
    Title,
)

_LOOSE = 1.38
"""From line to line, of the type's size."""
_PADDING, _AIR = 3.0, 3.5
"""Millimetres above and below the words of a box together, and around running text."""
_TITLE, _SIGNING = 14.0, 18.0
_FIGURE = 8
"""Captions and figures of so few columns stand on one line in the narrowest box."""
_SPARE = 8.0
"""Millimetres of a page that stay empty."""


def columns_of(text: str) -> int:
    """How wide a text is: two for a Chinese character, one for a western."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def on_one_page(blocks: Sequence[Block]) -> bool:
    """Whether titles, lines, forms and signatures surely fit on a page of ``Layout.FORM``."""
    sheet = sheet_of(Layout.FORM)
    room = sheet.height - sheet.top - sheet.bottom - _SPARE
    return sum(_height(block, sheet.inside) for block in blocks) <= room


def _height(block: Block, inside: float) -> float:
    match block:
        case Title():
            return _TITLE
        case Paragraph(text, style):
            points = NOTE_POINTS if style is Style.NOTE else FORM_POINTS
            return _words(text, inside, points) + _AIR
        case Form(widths, lines):
            return sum(_row(line, widths, inside) for line in lines)
        case Signatures():
            return _SIGNING
        case _:
            raise TypeError(f"no height of {type(block).__name__}")


def _row(line: Line, widths: Sequence[float], inside: float) -> float:
    """As high as the fullest of its boxes."""
    at, needed = 0, line.height
    for box in line.boxes:
        width = inside * sum(widths[at : at + box.span]) / sum(widths)
        if columns_of(box.text) > _FIGURE:
            needed = max(needed, _words(box.text, width - _PADDING, FORM_POINTS) + _PADDING)
        at += box.span
    return needed


def _words(text: str, width: float, points: float) -> float:
    """The height of words that wrap at ``width`` millimetres."""
    room = max(int(2 * width * MM / points) - 1, 2)
    lines = sum(max(ceil(columns_of(line) / room), 1) for line in text.split("\n"))
    return lines * points * _LOOSE / MM
