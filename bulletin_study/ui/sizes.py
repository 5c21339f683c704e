"""How wide the window is, in three classes; pages rearrange themselves by it."""

from __future__ import annotations

from enum import IntEnum


class SizeClass(IntEnum):
    """Window width: small < 1000, medium 1000–1199, full from 1200 on."""

    SMALL = 0
    MEDIUM = 1
    FULL = 2


def size_class(width: int) -> SizeClass:
    """The class of a window width in logical pixels."""
    if width >= 1200:
        return SizeClass.FULL
    return SizeClass.MEDIUM if width >= 1000 else SizeClass.SMALL
