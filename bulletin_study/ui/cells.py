"""What a list shows: cells, columns and group rows, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

R = TypeVar("R")
EditKind = Literal["", "text", "note", "choice", "date"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. Only ``text`` is needed; the rest says how it looks.

    ``tone`` colours the text (a colour role such as ``text2`` or a tone such as ``red``).
    ``chip`` paints text and shape as a chip in that tone. ``second`` is a smaller line below,
    a chip itself with ``second_chip``. ``progress`` (0–1) paints a bar before the text.
    ``badge`` is a boxed letter before the text, ``badge_tone`` its colour. ``fill`` colours
    the whole cell. ``link`` is a blue word after the text, ``button`` a small button (both
    clickable: `ListView.acted`). ``glyph`` is an icon before it all. ``marks`` are letters
    to emphasise. ``sort`` orders the rows when it differs from the text.
    """

    text: str = ""
    second: str = ""
    tone: str = "text"
    bold: bool = False
    shape: str = ""
    chip: bool = False
    second_tone: str = "text2"
    second_shape: str = ""
    second_chip: bool = False
    progress: float | None = None
    badge: str = ""
    badge_tone: str = "text2"
    fill: str = ""
    link: str = ""
    button: str = ""
    icon: str = ""
    glyph: str = ""
    wrap: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    tip: str = ""
    sort: Any = None

    @property
    def spoken(self) -> str:
        """The cell in words, for copying and screen readers."""
        parts = (self.badge, self.text, self.second, self.link, self.button)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of a list of rows of type ``R``.

    ``width`` in logical pixels; ``None`` stretches between ``least`` and ``most``.
    ``drop`` > 0 lets a narrow list leave the column out, the largest first. ``edit`` makes
    it editable in place: text, note (several lines), date, choice among ``choices(row)`` of
    (words, value), or a maker of an editor of its own, e.g. ``lambda row: PersonCombo(people)``;
    ``value(row)`` is what the editor starts with.
    """

    name: str
    title: str
    cell: Callable[[R], Cell | str]
    width: int | None = None
    least: int = 120
    most: int = 480
    right: bool = False
    drop: int = 0
    edit: EditKind | Callable[[R], Any] = ""
    value: Callable[[R], Any] | None = None
    choices: Callable[[R], Sequence[tuple[str, Any]]] | None = None
    editable: Callable[[R], bool] | None = None
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A heading over rows: bold title and grey note."""

    key: Hashable
    title: str
    note: str = ""
