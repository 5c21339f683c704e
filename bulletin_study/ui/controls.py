"""Buttons and labels in the few kinds the program uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QMenu, QPushButton, QWidget

from bulletin_study.ui.icons import icon, paint_icon
from bulletin_study.ui.theme import theme

ICON_GAP = 4
"""Air between the icon of a button and its words, besides what the style gives."""
LabelRole = Literal[
    "", "title", "heading", "bold", "text2", "secondary", "hint", "figure", "badge", "key"
]


class Button(QPushButton):
    """A push button whose icon follows the theme and whose tooltip names its shortcut.

    ``set_compact`` leaves the icon alone, so that a crowded toolbar keeps every button.
    """

    def __init__(self, text: str, kind: str, icon_name: str = "", role: str = "text") -> None:
        super().__init__(text)
        self._text = text
        self._kind = kind
        self._icon_name = icon_name
        self._icon_role = role
        self._tip = ""
        self._compact = False
        self._opens: QMenu | None = None
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind.endswith("link")
                       else Qt.CursorShape.ArrowCursor)  # fmt: skip
        self.setAutoDefault(False)
        self._tint()
        theme().changed.connect(self._tint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.click()
        else:
            super().keyPressEvent(event)

    @property
    def caption(self) -> str:
        """The words of the button, also while it shows its icon alone."""
        return self._text

    def set_caption(self, text: str) -> None:
        """Change the words."""
        self._text = text
        if not self._compact:
            self._write(text)
        self._explain()

    def setText(self, text: str) -> None:
        """Change what is shown; Qt would drop the shortcut with the old words."""
        keys = self.shortcut()
        super().setText(text)
        if not keys.isEmpty():
            self.setShortcut(keys)

    def set_icon(self, name: str) -> None:
        """Change the icon; an empty name takes it away."""
        self._icon_name = name
        self._tint()

    def set_tip(self, tip: str, shortcut: str = "") -> None:
        """Explain the button and, if given, make and show its shortcut, e.g. ``"Ctrl+E"``."""
        self._tip = tip
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
        self._explain()

    def words_width(self) -> int:
        """How wide it is with its words, also while it shows its icon alone."""
        if not self._compact:
            return self.sizeHint().width()
        words = self.fontMetrics().horizontalAdvance(self._text)
        return words + 16 + ICON_GAP + 4 + 2 * 13

    def setMenu(self, menu: QMenu) -> None:
        """Open a menu under the button. (The style draws its own menu buttons off centre.)"""
        self._opens = menu
        self.clicked.connect(self._open_menu)

    def menu(self) -> QMenu:
        """The menu it opens; a new one when it had none."""
        if self._opens is None:
            self.setMenu(QMenu(self))
        return cast(QMenu, self._opens)

    @property
    def has_menu(self) -> bool:
        """Whether a menu opens under it."""
        return self._opens is not None

    def _open_menu(self) -> None:
        bar = self.parentWidget()
        if self.isVisible() or bar is None:
            self.menu().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        else:
            # Folded away, and called by its key: at the right end of its bar.
            corner = QPoint(bar.width() - self.menu().sizeHint().width(), bar.height())
            self.menu().popup(bar.mapToGlobal(corner))

    def can_compact(self) -> bool:
        """Whether the button stays understandable as an icon."""
        return bool(self._icon_name) and self._kind == "quiet"

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone, or icon and words."""
        if compact == self._compact or not self.can_compact():
            return
        self._compact = compact
        self._write("" if compact else self._text)
        restyle(self, kind="icon" if compact else self._kind)
        self._tint()
        self._explain()

    def _write(self, text: str) -> None:
        """Setting the text of a button takes its shortcut away; give it back."""
        keys = self.shortcut()
        self.setText(text)
        self.setShortcut(keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A button that opens something below itself shows a chevron."""
        super().paintEvent(event)
        if self.property("menu"):
            painter = QPainter(self)
            paint_icon(painter, QRectF(self.width() - 24, self.height() / 2 - 7, 14, 14),
                       "chevron-down")  # fmt: skip
            painter.end()

    def _explain(self) -> None:
        keys = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        words = self._tip or (self._text if not self.text() or keys else "")
        self.setToolTip(f"{words}（{keys}）" if keys else words)
        self.setAccessibleName(self._text or self._tip)

    def _tint(self) -> None:
        gap = ICON_GAP if self.text() else 0
        self.setIconSize(QSize(16 + gap, 16))
        if self._icon_name:
            self.setIcon(icon(self._icon_name, self._icon_role, gap=gap))
        else:
            self.setIcon(QIcon())


def _button(
    text: str, kind: str, icon_name: str, tip: str, shortcut: str,
    on_click: Callable[[], object] | None, role: str = "text",
) -> Button:  # fmt: skip
    button = Button(text, kind, icon_name, role)
    button.set_tip(tip, shortcut)
    if on_click is not None:
        act = on_click
        button.clicked.connect(lambda _checked=False: act())
    return button


def primary_button(
    text: str, icon_name: str = "", *, tip: str = "", shortcut: str = "",
    on_click: Callable[[], object] | None = None,
) -> Button:  # fmt: skip
    """The one red button of a page or dialog."""
    return _button(text, "primary", icon_name, tip, shortcut, on_click, "on_primary")


def quiet_button(
    text: str, icon_name: str = "", *, tip: str = "", shortcut: str = "",
    on_click: Callable[[], object] | None = None,
) -> Button:  # fmt: skip
    """An ordinary button, 32 px high."""
    return _button(text, "quiet", icon_name, tip, shortcut, on_click)


def small_button(
    text: str, icon_name: str = "", *, tip: str = "", shortcut: str = "",
    on_click: Callable[[], object] | None = None,
) -> Button:  # fmt: skip
    """A button inside a row or a footer, 26 px high."""
    return _button(text, "small", icon_name, tip, shortcut, on_click)


def icon_button(
    icon_name: str, tip: str, *, shortcut: str = "", small: bool = False, flat: bool = False,
    on_click: Callable[[], object] | None = None,
) -> Button:  # fmt: skip
    """A square button with an icon; the tip is its name for screen readers too."""
    kind = "flat-icon" if flat else "icon-small" if small else "icon"
    return _button("", kind, icon_name, tip, shortcut, on_click)


def link_button(
    text: str, *, tip: str = "", shortcut: str = "",
    on_click: Callable[[], object] | None = None,
) -> Button:  # fmt: skip
    """A button that looks like a link."""
    return _button(text, "link", "", tip, shortcut, on_click)


def drop_button(
    text: str, icon_name: str = "", *, tip: str = "", shortcut: str = "",
    on_click: Callable[[], object] | None = None,
) -> Button:  # fmt: skip
    """A button with a chevron, for one that opens a menu (``setMenu``) or a popup."""
    button = _button(text, "quiet", icon_name, tip, shortcut, on_click)
    button.setProperty("menu", True)
    return button


def label(text: str, role: LabelRole = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    """A text in one of the roles of the style sheet, never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


def surface(name: str, parent: QWidget | None = None) -> QFrame:
    """A frame with one of the surfaces of the style sheet (card, footer, pane-left …)."""
    frame = QFrame(parent)
    frame.setProperty("surface", name)
    frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return frame


def rule(vertical: bool = False) -> QFrame:
    """A one pixel line."""
    line = surface("rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def clear_layout(layout: QLayout, keep: int = 0) -> None:
    """Take everything but the last ``keep`` items out of a layout, at once out of sight."""
    while layout.count() > keep:
        item = layout.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.hide()
            old.deleteLater()


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style properties and let the style sheet notice them."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()
