"""What every page of the window has: toolbar, error bar, panes, and answers to shared keys."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bulletin_study.ui.banner import Action, Banner
from bulletin_study.ui.focus import focus_first
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.panes import Panes
from bulletin_study.ui.sizes import SizeClass
from bulletin_study.ui.toolbar import Toolbar

_BODY = 2
"""Where the panes stand: under the toolbar and the bar of errors, above the foot."""


class Page(QWidget):
    """Base of the seven tabs.

    A tab sets ``title``, ``name`` (key of its settings) and ``entities`` (the dataclasses it
    shows), builds ``toolbar`` and panes in its ``__init__``, and overrides ``reload``,
    ``new_item``, ``filter_focus``, ``focus_list`` and ``layout_for`` as needed.
    ``reload`` runs when the page is first shown and whenever something it shows was saved.
    """

    title: ClassVar[str] = ""
    name: ClassVar[str] = ""
    entities: ClassVar[frozenset[type]] = frozenset()

    said = Signal(str)
    """Words for the status bar, without 撤销."""
    badge_changed = Signal(int)
    """How many things wait on this page; shown on its tab."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.size_class = SizeClass.FULL
        self.inspector: Inspector | None = None
        self._panes: Panes | None = None
        self._body: QWidget = self
        self._stale = True
        self.toolbar = Toolbar()
        self.banner = Banner()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.toolbar)
        self._column.addWidget(self.banner)

    # ---- building ----
    def set_body(self, widget: QWidget) -> None:
        """One widget under the toolbar, for pages without panes."""
        self._column.insertWidget(_BODY, widget, 1)
        self._body = widget

    def set_panes(
        self, centre: QWidget, *, left: QWidget | None = None, inspector: Inspector | None = None,
        left_width: int = 308, inspector_width: int = 340, left_label: str = "",
    ) -> None:  # fmt: skip
        """Left, centre and inspector; ``left_label`` names the button that opens the left pane
        when it is folded."""
        self.inspector = inspector
        self._panes = Panes(centre, left, inspector, left_width, inspector_width)
        self._column.insertWidget(_BODY, self._panes, 1)
        self._body = centre
        if self._panes.opener is not None:
            self._panes.opener.set_caption(left_label)
            self.toolbar.insert_left(self._panes.opener)
        if inspector is not None:
            inspector.left.connect(self._leave_inspector)
            inspector.closed.connect(self._close_inspector)

    def add_foot(self, widget: QWidget) -> None:
        """Something below the panes, such as the progress of a file being written."""
        self._column.addWidget(widget)

    def set_left_label(self, text: str) -> None:
        """Say on the opener of a folded left pane what is chosen in it."""
        if self._panes is not None and self._panes.opener is not None:
            self._panes.opener.set_caption(text)

    def close_left(self) -> None:
        """Close the popup of a folded left pane, after a choice was made in it."""
        if self._panes is not None:
            self._panes.close_popup()

    # ---- errors ----
    def show_error(self, sentence: str, action: Action | None = None) -> None:
        """Tell of a refusal above the panes: the sentence and at most one (verb, callable)."""
        self.banner.show_sentence(sentence, action)

    def show_notice(self, sentence: str, action: Action | None = None, tone: str = "amber") -> None:
        """The same bar for a warning (amber), good news (green), what is only said (blue)."""
        self.banner.show_sentence(sentence, action, tone)

    def clear_error(self) -> None:
        """Put the bar away, unless it tells how something ended."""
        self.banner.clear_passing()

    # ---- inspector ----
    def show_inspector(self, shown: bool = True) -> None:
        """Bring the inspector up (at small size: turn to it) or put it away."""
        if self._panes is not None:
            self._panes.show_inspector(shown)

    def toggle_inspector(self) -> None:
        """Show or hide the inspector (Ctrl+I)."""
        if self._panes is not None:
            self._panes.show_inspector(not self._panes.inspector_shown)

    def edit_item(self) -> None:
        """Turn to the inspector and put the focus into its first field (Enter, F2)."""
        self.show_inspector()
        if self.inspector is not None:
            focus_first(self.inspector.form)

    # ---- to override ----
    def reload(self) -> None:
        """Read the data again and show it."""

    def new_item(self) -> None:
        """The page's 新建 (Ctrl+N)."""

    def filter_focus(self) -> None:
        """Put the focus into the page's filter (Ctrl+Shift+F)."""

    def focus_list(self) -> None:
        """Put the focus into the list: when the page opens, and after Esc in the inspector."""
        focus_first(self._body)

    def layout_for(self, size: SizeClass) -> None:
        """Rearrange what the panes cannot rearrange by themselves."""

    def save_state(self, settings: QSettings) -> None:
        """Remember widths, columns, sort and filter under ``name``; call the base too."""
        if self._panes is not None:
            self._panes.save(settings, self.name)

    def restore_state(self, settings: QSettings) -> None:
        """Take what was remembered; call the base too."""
        if self._panes is not None:
            self._panes.restore(settings, self.name)

    # ---- called by the window ----
    def trigger_primary(self) -> None:
        """Commit what is being typed and press the primary button (Ctrl+Enter)."""
        if self.inspector is not None:
            self.inspector.form.commit()
        if self.toolbar.primary is not None:
            self.toolbar.primary.click()

    def apply_size(self, size: SizeClass) -> None:
        """Rearrange for a window width."""
        self.size_class = size
        if self._panes is not None:
            self._panes.set_size(size)
        self.layout_for(size)

    def committed(self, entities: frozenset[type]) -> None:
        """Something was saved: reload now if it is shown here, else when next looked at."""
        if not entities & self.entities:
            return
        self._stale = True
        self.refresh()

    def refresh(self) -> None:
        """Reload if something changed since the last time and the page is on the screen."""
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()

    def cycle_panes(self, back: bool = False) -> None:
        """Move the focus to the next pane (F6) or the one before (Shift+F6)."""
        stops: list[QWidget] = [self.toolbar]
        stops += self._panes.parts if self._panes is not None else []
        focus = self.focusWidget()
        here = next(
            (i for i, stop in enumerate(stops) if focus and (stop is focus or
             stop.isAncestorOf(focus))), 0,
        )  # fmt: skip
        step = -1 if back else 1
        for turn in range(1, len(stops) + 1):
            if focus_first(stops[(here + step * turn) % len(stops)]):
                return

    def showEvent(self, event: QShowEvent) -> None:
        """Reload when first shown, or stale."""
        super().showEvent(event)
        self.refresh()

    def _leave_inspector(self) -> None:
        if self.size_class is SizeClass.SMALL:
            self.show_inspector(False)
        self.focus_list()

    def _close_inspector(self) -> None:
        self.show_inspector(False)
        self.focus_list()
