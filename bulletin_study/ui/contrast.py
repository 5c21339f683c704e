"""High contrast on Windows: the user's own colours, with our shapes and words."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtGui import QPalette

from bulletin_study.ui.tokens import ROLES

_Role = QPalette.ColorRole
_GROUNDS: Final = frozenset({
    "bg", "surface", "surface2", "sel", "hover", "track",
    "green_fill", "amber_fill", "red_fill", "blue_fill", "neutral_fill",
})  # fmt: skip
_OTHERS: Final[dict[str, QPalette.ColorRole]] = {
    "accent": _Role.Highlight, "focus": _Role.Highlight, "primary": _Role.Highlight,
    "primary_hover": _Role.Highlight, "on_primary": _Role.HighlightedText, "link": _Role.Link,
}  # fmt: skip
_SPI_GETHIGHCONTRAST: Final = 0x0042
_HCF_HIGHCONTRASTON: Final = 0x0001


def high_contrast() -> bool:
    """Whether Windows is set to high contrast; other desktops have no such switch for Qt."""
    if sys.platform != "win32":
        return False
    import ctypes

    class HighContrast(ctypes.Structure):
        _fields_ = (
            ("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p),
        )  # fmt: skip

    answer = HighContrast(size=ctypes.sizeof(HighContrast))
    asked = ctypes.windll.user32.SystemParametersInfoW(
        _SPI_GETHIGHCONTRAST, answer.size, ctypes.byref(answer), 0
    )
    return bool(asked) and bool(answer.flags & _HCF_HIGHCONTRASTON)


def contrast_tokens(system: QPalette) -> dict[str, str]:
    """Every role in the few colours of a high-contrast palette: one ground, one ink, one
    highlight. What colour said before is still said by shapes, words and outlines."""
    ground = system.color(_Role.Base).name()
    ink = system.color(_Role.Text).name()
    tokens = {role: ground if role in _GROUNDS else ink for role in ROLES}
    tokens.update({role: system.color(named).name() for role, named in _OTHERS.items()})
    return tokens
