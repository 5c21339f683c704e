"""What the window asks of the program around it; `app` answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: ``kind`` is its heading (人员, 场次 …), ``target`` what to open.

    ``marks`` are letters of the note to emphasise."""

    kind: str
    title: str
    note: str = ""
    target: object = None
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of the main menu; an empty ``text`` is a separating line.

    ``entries`` make it a submenu; ``checked`` (not ``None``) shows a tick.
    """

    text: str = ""
    act: Callable[[], object] | None = None
    shortcut: str = ""
    icon: str = ""
    enabled: bool = True
    checked: bool | None = None
    entries: tuple[MenuEntry, ...] = ()


class Shell(Protocol):
    """The program as the window sees it. Nothing here may block."""

    def undo(self) -> None:
        """Undo the last operation."""

    def redo(self) -> None:
        """Redo the operation undone last."""

    def search(self, text: str, then: Callable[[str, Sequence[Hit]], None]) -> None:
        """Look everywhere for a text and call ``then(text, hits)`` later, in the window's
        thread."""

    def open_hit(self, hit: Hit) -> None:
        """Show what was found."""

    def menu(self) -> Sequence[MenuEntry]:
        """The lines of the main menu, asked each time it opens."""

    def first_run_choice(self, choice: str) -> None:
        """A choice of the first-run page: import, demo, restore, template or manual."""

    def file_dropped(self, path: Path) -> None:
        """A file was dropped on the window."""
