"""Colours of the light and the dark look, and the roles they are named by."""

from __future__ import annotations

from typing import Final, Literal

Mode = Literal["light", "dark"]
Choice = Literal["auto", "light", "dark"]

# role: (light, dark)
_PAIRS: Final[dict[str, tuple[str, str]]] = {
    "bg": ("#F2F3F5", "#1A1C1F"),
    "surface": ("#FFFFFF", "#222529"),
    "surface2": ("#F8F9FA", "#282C30"),
    "line": ("#DEE1E5", "#3A3F45"),
    "grid": ("#E7E9EC", "#30343A"),
    "line3": ("#C6CBD2", "#4C525A"),
    "line2": ("#858C96", "#7D858F"),
    "text": ("#1E2227", "#E5E7EA"),
    "text2": ("#545B65", "#AEB4BC"),
    "text3": ("#6B727C", "#959CA6"),
    "accent": ("#9E2420", "#F08A82"),
    "primary": ("#9E2420", "#B2332D"),
    "primary_hover": ("#841B18", "#C8403A"),
    "on_primary": ("#FFFFFF", "#FFFFFF"),
    "sel": ("#E8ECF2", "#313946"),
    "hover": ("#F1F3F6", "#2B3036"),
    "focus": ("#1B5FC1", "#7FB2F5"),
    "link": ("#1C579B", "#93C1F4"),
    "green": ("#1B6B3F", "#7FD6A4"),
    "green_fill": ("#E4F2EA", "#1D3A2B"),
    "amber": ("#865000", "#EDBE68"),
    "amber_fill": ("#FCF0D9", "#3E3117"),
    "red": ("#B0261C", "#F59E95"),
    "red_fill": ("#FCE9E6", "#472523"),
    "blue": ("#1C579B", "#93C1F4"),
    "blue_fill": ("#E6EFF9", "#1D3552"),
    "neutral": ("#4A515B", "#C3C8CF"),
    "neutral_fill": ("#EBEDF0", "#353A40"),
    "chart": ("#5B6B80", "#93A3B8"),
    "chart2": ("#9AA7B8", "#5D6B7D"),
    "track": ("#E3E6EA", "#3A3F45"),
}

TOKENS: Final[dict[Mode, dict[str, str]]] = {
    "light": {role: pair[0] for role, pair in _PAIRS.items()},
    "dark": {role: pair[1] for role, pair in _PAIRS.items()},
}

ROLES: Final[frozenset[str]] = frozenset(_PAIRS)
TONES: Final[frozenset[str]] = frozenset({"green", "amber", "red", "blue", "neutral"})
FAMILIES: Final[list[str]] = ["Microsoft YaHei UI", "Noto Sans CJK SC", "WenQuanYi Micro Hei"]
"""First family that exists wins; a missing one is passed over by the font matcher."""

# Sizes in logical pixels that several modules share.
ROW, ROW_TWO, ROW_COMPACT, GROUP_ROW, HEADER = 36, 44, 32, 30, 32
TOOLBAR, CONTROL, CONTROL_ROW, CHIP, MARK, TABS, STATUS = 48, 32, 26, 20, 16, 40, 26
MARGIN, GAP = 16, 8
