"""The one look of the process: colours, fonts, palette and style sheet, light or dark."""

from __future__ import annotations

from functools import cache
from string import Template

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from bulletin_study.config import resource
from bulletin_study.ui.contrast import contrast_tokens, high_contrast
from bulletin_study.ui.tokens import FAMILIES, TOKENS, Choice, Mode


class Theme(QObject):
    """Names colours by role and tells painted widgets when they change.

    Style sheet and palette are built from the same tokens, so that painted cells, ordinary
    widgets and the dialogs Qt brings along agree.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode: Mode = "light"
        self._choice: Choice = "auto"
        self._app: QApplication | None = None
        self._system: QPalette | None = None
        self._tokens = TOKENS["light"]
        self._colors = {role: QColor(value) for role, value in self._tokens.items()}
        self._fonts: dict[tuple[int, bool], QFont] = {}

    @property
    def mode(self) -> Mode:
        """The look that is shown now."""
        return self._mode

    @property
    def choice(self) -> Choice:
        """What the user chose; ``auto`` follows the desktop."""
        return self._choice

    def color(self, role: str) -> QColor:
        """The colour of a role of the tokens; raises KeyError for an unknown role."""
        return self._colors[role]

    def tone(self, tone: str) -> tuple[QColor, QColor]:
        """Text and fill colour of a tone: green, amber, red, blue or neutral."""
        return self._colors[tone], self._colors[f"{tone}_fill"]

    def font(self, pixels: int = 13, bold: bool = False) -> QFont:
        """The program's font in a pixel size and one of its two weights, tabular digits on."""
        key = (pixels, bold)
        font = self._fonts.get(key)
        if font is None:
            font = QFont()
            font.setFamilies(FAMILIES)
            font.setPixelSize(pixels)
            font.setBold(bold)
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return font

    def metrics(self, pixels: int = 13, bold: bool = False) -> QFontMetrics:
        """Measures of that font."""
        return QFontMetrics(self.font(pixels, bold))

    def apply(self, app: QApplication, choice: Choice = "auto") -> None:
        """Dress the application; with ``auto`` follow the desktop's light or dark from now on."""
        if self._app is not app:
            self._app = app
            self._system = app.palette()
            app.setStyle("Fusion")
            app.setFont(self.font(13))
            app.styleHints().colorSchemeChanged.connect(self._follow)
            desktop = _mode_of(app.palette())
        else:
            desktop = self._desktop_mode()
        self._choice = choice
        self._set_mode(desktop if choice == "auto" else choice)

    def style_sheet(self) -> str:
        """The style sheet of the present look, from the template in the resources."""
        template = Template(resource("style/app.qss").read_text(encoding="utf-8"))
        pictures = resource(f"style/{self._mode}").as_posix()
        return template.substitute(self._tokens, pictures=pictures)

    def _follow(self) -> None:
        if self._choice == "auto":
            self._set_mode(self._desktop_mode())

    @staticmethod
    def _desktop_mode() -> Mode:
        from PySide6.QtCore import Qt

        scheme = QGuiApplication.styleHints().colorScheme()
        return "dark" if scheme == Qt.ColorScheme.Dark else "light"

    def _set_mode(self, mode: Mode) -> None:
        self._mode = mode
        self._tokens = TOKENS[mode]
        if self._system is not None and high_contrast():
            self._tokens = contrast_tokens(self._system)
        self._colors = {role: QColor(value) for role, value in self._tokens.items()}
        if self._app is None:
            return
        self._app.setPalette(self._palette())
        # Replacing one sheet by another restyles every widget many times over (half a second
        # for a full window); taking the old one off first makes it a twentieth of a second.
        self._app.setStyleSheet("")
        self._app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        pairs = {
            role.Window: "bg", role.WindowText: "text", role.Base: "surface",
            role.AlternateBase: "surface2", role.Text: "text", role.Button: "surface",
            role.ButtonText: "text", role.BrightText: "on_primary", role.Highlight: "sel",
            role.HighlightedText: "text", role.Link: "link", role.LinkVisited: "link",
            role.ToolTipBase: "surface2", role.ToolTipText: "text",
            role.PlaceholderText: "text3", role.Light: "surface", role.Midlight: "surface2",
            role.Mid: "line3", role.Dark: "line2", role.Shadow: "line2", role.Accent: "focus",
        }  # fmt: skip
        palette = QPalette()
        for palette_role, name in pairs.items():
            palette.setColor(palette_role, self.color(name))
        for palette_role in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, palette_role, self.color("text3"))
        return palette


def _mode_of(desktop: QPalette) -> Mode:
    """Light or dark, by the colours the desktop gave us.

    Qt's own word for it would do as well, but asking makes every name in ``Qt``, a tenth of
    the time until the window is there.
    """
    return "dark" if desktop.color(QPalette.ColorRole.Window).lightness() < 128 else "light"


@cache
def theme() -> Theme:
    """The theme of this process; painted widgets ask it at each paint."""
    return Theme()
