"""Text in which some words are emphasised: by weight, line and ground, never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from bulletin_study.domain.written import Span
from bulletin_study.ui.theme import theme

_CUT = "…"


def units(text: str, at: int) -> int:
    """Where a letter stands as Qt counts, to which a rare one such as 𬱖 is two."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def paint_marked(
    painter: QPainter, box: QRectF, text: str, marks: Sequence[Span], tone: str, most: int
) -> None:
    """Paint text in at most so many lines in the middle of the box, its end cut with a mark."""
    font = theme().font(13)
    made = _laid(text, marks, font, box.width())
    if made.lineCount() > most:
        last = made.lineAt(most - 1)
        kept = _letters(text, last.textStart() + last.textLength()) - 1
        made = _laid(f"{text[:kept]}{_CUT}", [m for m in marks if m[1] <= kept], font, box.width())
    lines = [made.lineAt(at) for at in range(min(most, made.lineCount()))]
    top = box.center().y() - sum(line.height() for line in lines) / 2
    painter.setPen(theme().color(tone))
    for line in lines:
        line.draw(painter, QPointF(box.x(), top))


def _laid(text: str, marks: Sequence[Span], font: QFont, width: float) -> QTextLayout:
    made = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextOption(option)
    made.setFormats([_range(text, mark) for mark in marks])
    made.beginLayout()
    height = 0.0
    while (line := made.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    made.endLayout()
    return made


def _range(text: str, mark: Span) -> QTextLayout.FormatRange:
    ink, ground = theme().tone("amber")
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    look.setFontUnderline(True)
    look.setForeground(ink)
    look.setBackground(ground)
    # The type stubs do not know its fields.
    made: Any = QTextLayout.FormatRange()
    made.start = units(text, mark[0])
    made.length = units(text, mark[1]) - made.start
    made.format = look
    return cast(QTextLayout.FormatRange, made)


def _letters(text: str, at: int) -> int:
    """How many letters come before a place as Qt counts."""
    before = text.encode("utf-16-le", "surrogatepass")[: at * 2]
    return len(before.decode("utf-16-le", "ignore"))
