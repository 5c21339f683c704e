"""Left, centre and inspector side by side, or folded away when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from bulletin_study.ui.controls import Button, drop_button
from bulletin_study.ui.focus import focus_first
from bulletin_study.ui.popup import Popup
from bulletin_study.ui.sizes import SizeClass


class Panes(QStackedWidget):
    """The body of a page.

    Full: left | centre | inspector. Medium: the left pane moves into a popup that ``opener``
    (a toolbar button) opens. Small: the inspector becomes a second sheet over the centre.
    """

    def __init__(
        self, centre: QWidget, left: QWidget | None, inspector: QWidget | None,
        left_width: int, inspector_width: int,
    ) -> None:  # fmt: skip
        super().__init__()
        self._centre, self._left, self._inspector = centre, left, inspector
        self._widths = (left_width, inspector_width)
        self._size = SizeClass.FULL
        self._state = QByteArray()
        self._inspector_wanted = inspector is not None
        self.opener: Button | None = None
        self._popup: Popup | None = None
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._sheet = QWidget()
        QVBoxLayout(self._sheet).setContentsMargins(0, 0, 0, 0)
        self.addWidget(self._split)
        self.addWidget(self._sheet)
        if left is not None:
            self._build_popup()
        self._arrange()

    @property
    def parts(self) -> list[QWidget]:
        """The panes in focus order, those now on the screen only."""
        panes = (self._left, self._centre, self._inspector)
        return [pane for pane in panes if pane is not None and pane.isVisible()]

    @property
    def inspector_shown(self) -> bool:
        """Whether the inspector is to be seen."""
        if self._size is SizeClass.SMALL:
            return self.currentWidget() is self._sheet
        return self._inspector_wanted

    def set_size(self, size: SizeClass) -> None:
        """Rearrange for a size class."""
        if size is not self._size:
            self._size = size
            self._arrange()

    def show_inspector(self, shown: bool) -> None:
        """Show or hide the inspector; at small size turn to it or back from it."""
        if self._inspector is None:
            return
        if self._size is SizeClass.SMALL:
            self.setCurrentWidget(self._sheet if shown else self._split)
        else:
            self._inspector_wanted = shown
            self._inspector.setVisible(shown)

    def close_popup(self) -> None:
        """Close the popup with the left pane, if it is open."""
        if self._popup is not None:
            self._popup.hide()

    def save(self, settings: QSettings, prefix: str) -> None:
        """Remember the widths."""
        if self._size is SizeClass.FULL:
            self._state = self._split.saveState()
        settings.setValue(f"{prefix}/splitter", self._state)
        settings.setValue(f"{prefix}/inspector", self._inspector_wanted)

    def restore(self, settings: QSettings, prefix: str) -> None:
        """Take the remembered widths."""
        state = settings.value(f"{prefix}/splitter")
        if isinstance(state, QByteArray) and not state.isEmpty():
            self._state = state
            self._split.restoreState(state)
        wanted = settings.value(f"{prefix}/inspector", True, bool)
        self._inspector_wanted = bool(wanted) and self._inspector is not None
        self._arrange()

    def _build_popup(self) -> None:
        self._popup = Popup(self)
        self.opener = drop_button("", on_click=self._open_popup)
        self.opener.hide()

    def _open_popup(self) -> None:
        if self._popup is None or self.opener is None:
            return
        self._popup.open_below(self.opener, self._widths[0] + 2, 640)
        if self._left is not None:
            focus_first(self._left)

    def _arrange(self) -> None:
        if self._size is SizeClass.FULL and not self._state.isEmpty():
            self._split.restoreState(self._state)
        elif self._split.count() == 3 or (self._split.count() and self._left is None):
            self._state = self._split.saveState()
        self._place_left()
        self._place(self._centre)
        self._place_inspector()
        self._set_widths()

    def _place(self, pane: QWidget) -> None:
        if self._split.indexOf(pane) < 0:
            self._split.addWidget(pane)
        pane.show()

    def _place_left(self) -> None:
        if self._left is None or self._popup is None or self.opener is None:
            return
        inside = self._size is SizeClass.FULL
        if inside and self._split.indexOf(self._left) < 0:
            self._popup.hide()
            self._split.insertWidget(0, self._left)
        elif not inside and self._split.indexOf(self._left) >= 0:
            self._popup.hold(self._left)
        self._left.show()
        self.opener.setVisible(not inside)

    def _place_inspector(self) -> None:
        if self._inspector is None:
            return
        if self._size is SizeClass.SMALL:
            layout = self._sheet.layout()
            if layout is not None:
                layout.addWidget(self._inspector)
            self._inspector.show()
        else:
            self.setCurrentWidget(self._split)
            self._split.addWidget(self._inspector)
            self._inspector.setVisible(self._inspector_wanted)

    def _set_widths(self) -> None:
        for pane in (self._left, self._inspector):
            if pane is not None:
                at = self._split.indexOf(pane)
                if at >= 0:
                    self._split.setStretchFactor(at, 0)
        self._split.setStretchFactor(self._split.indexOf(self._centre), 1)
        if self._size is SizeClass.FULL and not self._state.isEmpty():
            self._split.restoreState(self._state)
            return
        side = self._widths[1] if self._size is SizeClass.FULL else min(320, self._widths[1])
        wanted = {self._left: self._widths[0], self._inspector: side}
        total = max(self.width(), 880)
        rest = total - sum(w for p, w in wanted.items() if p and self._split.indexOf(p) >= 0)
        self._split.setSizes(
            [wanted.get(self._split.widget(i), rest) for i in range(self._split.count())]
        )
