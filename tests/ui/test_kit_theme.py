"""Light and dark: every role in both, readable, and told to painted widgets when it changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bulletin_study.config import resource
from bulletin_study.ui import icons
from bulletin_study.ui.contrast import contrast_tokens, high_contrast
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import ROLES, TONES, Mode
from bulletin_study.ui.translations import install_translations
from bulletin_study.ui.widgets.chip import Chip


@pytest.fixture(autouse=True)
def _back_to_light(qapp: QApplication) -> Iterator[None]:
    yield
    theme().apply(qapp, "light")


def _contrast(one: QColor, other: QColor) -> float:
    def luminance(color: QColor) -> float:
        parts = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_switch_changes_colours_palette_and_what_is_painted(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme().apply(qapp, "light")
    chip = Chip("已开展", "green", "check")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    light = chip.grab().toImage()
    with qtbot.waitSignal(theme().changed):
        theme().apply(qapp, "dark")
    assert theme().mode == "dark"
    assert theme().color("surface").name().upper() == "#222529"
    assert qapp.palette().color(QPalette.ColorRole.Base) == theme().color("surface")
    assert chip.grab().toImage() != light


def test_a_manual_choice_outlasts_the_desktop_and_auto_follows_it(qapp: QApplication) -> None:
    theme().apply(qapp, "dark")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert (theme().choice, theme().mode) == ("dark", "dark")
    theme().apply(qapp, "auto")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert (theme().choice, theme().mode) == ("auto", "light")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_is_readable_on_every_ground_it_stands_on(qapp: QApplication, mode: Mode) -> None:
    theme().apply(qapp, mode)
    color = theme().color
    pairs = [("text", "surface"), ("text", "sel"), ("text2", "surface"), ("text2", "sel"),
             ("text2", "surface2"), ("text3", "surface"), ("link", "surface"),
             ("on_primary", "primary"), ("on_primary", "primary_hover"), ("accent", "surface")]
    pairs += [(tone, f"{tone}_fill") for tone in TONES]
    pairs += [(tone, "surface") for tone in TONES]
    poor = {pair for pair in pairs if _contrast(color(pair[0]), color(pair[1])) < 4.5}
    assert not poor
    assert _contrast(color("line2"), color("surface")) >= 3
    assert _contrast(color("focus"), color("sel")) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_style_sheet_is_filled_in_and_its_pictures_exist(
    qapp: QApplication, mode: Mode
) -> None:
    theme().apply(qapp, mode)
    sheet = theme().style_sheet()
    body = sheet.partition("*/")[2]
    assert "$" not in body
    for line in body.split("url(")[1:]:
        assert resource(line.partition(")")[0]).exists()


def test_high_contrast_keeps_three_readable_colours() -> None:
    system = QPalette()
    for role, value in ((QPalette.ColorRole.Base, "#000000"), (QPalette.ColorRole.Text, "#ffffff"),
                        (QPalette.ColorRole.Highlight, "#1aebff"),
                        (QPalette.ColorRole.HighlightedText, "#000000"),
                        (QPalette.ColorRole.Link, "#ffff00")):  # fmt: skip
        system.setColor(role, QColor(value))
    tokens = contrast_tokens(system)
    assert set(tokens) == ROLES
    pairs = [("text", "sel"), ("amber", "amber_fill"), ("on_primary", "primary"),
             ("link", "surface"), ("accent", "surface"), ("line2", "surface")]  # fmt: skip
    for ink, ground in pairs:
        assert _contrast(QColor(tokens[ink]), QColor(tokens[ground])) >= 7
    assert high_contrast() is False


def test_an_unknown_role_is_an_error() -> None:
    assert "surface" in ROLES
    with pytest.raises(KeyError):
        theme().color("crimson")


def test_every_icon_by_purpose_has_a_picture_and_a_colour(qapp: QApplication) -> None:
    theme().apply(qapp, "light")
    for name in icons._FILES:
        image = icons.icon(name, "accent").pixmap(16, 16).toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 200
        ]
        assert inked, name
        assert all(abs(c.red() - theme().color("accent").red()) < 12 for c in inked), name


def test_qt_itself_speaks_chinese(qapp: QApplication) -> None:
    assert install_translations(qapp)
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
