"""Where the boxes, rows and segments of the sign-in roster lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF

MARKS: Final[tuple[tuple[str, str, str], ...]] = (
    ("到", "到", "green"), ("迟到", "迟", "amber"), ("早退", "早", "amber"),
    ("请假", "假", "blue"), ("公出", "公", "neutral"), ("缺席", "缺", "red"),
)  # fmt: skip
"""Mark, the letter on its segment, its tone; key 1 is the first."""

ROW, HEAD, GAP, PAD = 29, 32, 8, 16
SEGMENT, SEGMENT_HEIGHT = 33, 23
TWO_COLUMNS_FROM = 560


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person: ``exempt`` is 免到, ``observer`` 列席, ``premarked`` marked by 不在岗."""

    person_id: int
    number: str
    name: str
    mark: str | None = None
    role: str = ""
    reason: str = ""
    premarked: bool = False
    exempt: bool = False
    observer: bool = False

    @property
    def unmarked(self) -> bool:
        """Whether the person is expected and has no mark."""
        return self.mark is None and not self.exempt and not self.observer


@dataclass(frozen=True, slots=True)
class RosterBox:
    """A group and its people in order; ``note`` stands after the title, e.g. 7/8.

    ``may_come`` is False where there is no 本组其余到, as before the day.
    """

    group_id: int | None
    title: str
    note: str = ""
    lines: tuple[RosterLine, ...] = ()
    may_come: bool = True

    @property
    def height(self) -> int:
        """In logical pixels."""
        return HEAD + ROW * len(self.lines) + 2

    @property
    def unmarked(self) -> bool:
        """Whether somebody in it has no mark yet."""
        return any(line.unmarked for line in self.lines)

    @property
    def offers_rest(self) -> bool:
        """Whether 本组其余到 stands in its heading."""
        return self.may_come and self.unmarked


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and its rectangle."""

    box: RosterBox
    rect: QRectF

    @property
    def head(self) -> QRectF:
        """The heading."""
        return QRectF(self.rect.x(), self.rect.y(), self.rect.width(), HEAD)

    def row(self, at: int) -> QRectF:
        """A row."""
        return QRectF(self.rect.x(), self.rect.y() + HEAD + ROW * at + 1, self.rect.width(), ROW)


def place_boxes(boxes: Sequence[RosterBox], width: int) -> list[Placed]:
    """Lay the boxes out: down the first column, then down the second, as even as can be.

    One column below 560 px. The order of the boxes is the order of reading.
    """
    two = width >= TWO_COLUMNS_FROM
    across = (width - 2 * PAD - (GAP if two else 0)) / (2 if two else 1)
    split = _split([box.height + GAP for box in boxes]) if two else len(boxes)
    placed, y = [], 0.0
    for at, box in enumerate(boxes):
        if at == split:
            y = 0.0
        x = PAD + (across + GAP if at >= split else 0)
        placed.append(Placed(box, QRectF(round(x), y, round(across), box.height)))
        y += box.height + GAP
    return placed


def changed_area(before: Sequence[Placed], after: Sequence[Placed]) -> list[QRectF] | None:
    """Headings and rows that show something else in the same places; ``None``: the places
    themselves are others."""
    if [spot.rect for spot in before] != [spot.rect for spot in after]:
        return None
    changed: list[QRectF] = []
    for old, new in zip(before, after, strict=True):
        if old.box is new.box or old.box == new.box:
            continue
        changed.append(new.head)
        lines = zip(old.box.lines, new.box.lines, strict=True)
        changed += [new.row(at) for at, (was, now) in enumerate(lines) if was != now]
    return changed


def _split(heights: Sequence[int]) -> int:
    """How many boxes go into the first column so that the taller column is lowest."""
    choices = range(len(heights) + 1)
    return min(choices, key=lambda at: (max(sum(heights[:at]), sum(heights[at:])), -at))


def segments(row: QRectF) -> QRectF:
    """The six segments of a row together."""
    width = SEGMENT * len(MARKS) + 1
    return QRectF(row.right() - 7 - width, row.y() + 3, width, SEGMENT_HEIGHT)


def segment(row: QRectF, at: int) -> QRectF:
    """One segment of a row."""
    whole = segments(row)
    return QRectF(whole.x() + SEGMENT * at, whole.y(), SEGMENT + (at == len(MARKS) - 1),
                  SEGMENT_HEIGHT)  # fmt: skip


def hit(placed: Sequence[Placed], point: QPointF) -> tuple[int, int] | None:
    """The person under a point and the number of the segment, −1 beside the segments."""
    for spot in placed:
        for at, line in enumerate(spot.box.lines):
            row = spot.row(at)
            if row.contains(point):
                cells = range(0 if line.exempt or line.observer else len(MARKS))
                found = (cell for cell in cells if segment(row, cell).contains(point))
                return line.person_id, next(found, -1)
    return None


def next_person(placed: Sequence[Placed], person: int, dx: int, dy: int) -> int:
    """Whom an arrow key leads to: along the rows, or to the nearest row of the other column."""
    rows = [(line.person_id, spot.row(at)) for spot in placed
            for at, line in enumerate(spot.box.lines)]  # fmt: skip
    here = next((at for at, (key, _) in enumerate(rows) if key == person), None)
    if here is None:
        return rows[0][0] if rows else person
    if dy:
        return rows[max(0, min(len(rows) - 1, here + dy))][0]
    mine = rows[here][1]
    beside = [(abs(rect.y() - mine.y()), key) for key, rect in rows
              if (rect.x() - mine.x()) * dx > 0]  # fmt: skip
    return min(beside, key=lambda found: found[0])[1] if beside else person
