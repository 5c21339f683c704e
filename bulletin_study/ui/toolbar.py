"""The 48 px bar of a page: where am I on the left, acts on the right, the red one last."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QWidget

from bulletin_study.ui.controls import Button, drop_button
from bulletin_study.ui.tokens import CONTROL, GAP, MARGIN, TOOLBAR

_LAST = 4
"""The most crowded way to show the buttons."""


class Toolbar(QFrame):
    """Left items, right buttons and one primary button at the far right edge.

    When the width does not suffice it first hides the optional left items, then folds the
    foldable buttons into 更多, then shows buttons as icons; the primary keeps its words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "toolbar")
        self.setFixedHeight(TOOLBAR)
        self._left: list[QWidget] = []
        self._right: list[QWidget] = []
        self._optional: list[QWidget] = []
        self._foldable: dict[Button, QAction] = {}
        self._taken: set[QWidget] = set()
        self.primary: Button | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(GAP)
        self._left_row, self._right_row = QHBoxLayout(), QHBoxLayout()
        for part in (self._left_row, self._right_row):
            part.setSpacing(GAP)
        row.addLayout(self._left_row)
        row.addStretch(1)
        row.addLayout(self._right_row)
        self._more = drop_button("更多")
        self._more_menu = QMenu(self._more)
        self._more.setMenu(self._more_menu)
        self._more.hide()
        self._right_row.addWidget(self._more)

    def add_left(self, widget: QWidget, *, optional: bool = False) -> None:
        """Append to the left part; an optional widget hides when space is short."""
        self._left.append(widget)
        if optional:
            self._optional.append(widget)
        self._place(self._left_row, widget, self._left_row.count())

    def insert_left(self, widget: QWidget) -> None:
        """Put first in the left part."""
        self._left.insert(0, widget)
        self._place(self._left_row, widget, 0)

    def add_right(self, widget: QWidget, *, fold: bool = False) -> None:
        """Append to the right part, before 更多 and the primary; buttons may fold into 更多."""
        self._right.append(widget)
        self._place(self._right_row, widget, self._right_row.indexOf(self._more))
        if fold and isinstance(widget, Button):
            action = QAction(widget.caption, self)
            if widget.has_menu:
                action.setMenu(widget.menu())
            # A submenu opens by itself; its key opens it where the button would.
            action.triggered.connect(widget.click)
            action.setVisible(False)
            self._more_menu.addAction(action)
            self.addAction(action)
            self._foldable[widget] = action

    def set_present(self, widget: QWidget, present: bool) -> None:
        """Take a widget away or bring it back; what is folded into 更多 stays there."""
        if present and widget in self._taken:
            return
        self._taken.discard(widget)
        widget.setVisible(present)
        self.fit()

    def drop(self, widget: QWidget) -> None:
        """Take a widget out again, from 更多 too."""
        for part in (self._left, self._right, self._optional):
            if widget in part:
                part.remove(widget)
        action = self._foldable.pop(widget, None) if isinstance(widget, Button) else None
        if action is not None:
            self._more_menu.removeAction(action)
        widget.setParent(self)
        widget.hide()

    def set_primary(self, button: Button) -> None:
        """Set the primary button of the page."""
        self.primary = button
        self._place(self._right_row, button, self._right_row.count())

    def fit(self) -> None:
        """Show as much in words as the width allows; nothing is touched that stays as it is."""
        level = next((at for at in range(_LAST) if self._needed(at) <= self.width()), _LAST)
        hidden = self._hidden_at(level)
        for widget in hidden - self._taken:
            if not widget.isHidden():
                widget.hide()
                self._taken.add(widget)
        for widget in self._taken - hidden:
            self._taken.discard(widget)
            widget.show()
        for button, action in self._foldable.items():
            action.setText(button.caption)
            action.setEnabled(button.isEnabled())
            folded = button in self._taken
            action.setVisible(folded)
            # Button and action must never hold the key at the same time: neither would get it.
            action.setShortcut(button.shortcut() if folded else QKeySequence())
        if self._more.isHidden() == self._folds_at(level):
            self._more.setVisible(self._folds_at(level))
        for side, from_level in ((self._right, 3), (self._left, 4)):
            for widget in side:
                if isinstance(widget, Button):
                    widget.set_compact(level >= from_level)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes from left to right, in whatever order the parts came."""
        super().showEvent(event)
        if self.primary is not None:
            last: QWidget = self._more
            for part in (*self._left, *self._right, self._more, self.primary):
                if part is not last and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    self.setTabOrder(last, part)
                    last = part

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Fit again when a caption or a label changed its size."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return done

    def _place(self, row: QBoxLayout, widget: QWidget, at: int) -> None:
        row.insertWidget(at, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _folds_at(self, level: int) -> bool:
        return level >= 2 and bool(self._foldable)

    def _hidden_at(self, level: int) -> set[QWidget]:
        """Level 1 hides the optional left items, level 2 folds into 更多."""
        hidden: set[QWidget] = set(self._optional) if level >= 1 else set()
        return hidden | set(self._foldable) if level >= 2 else hidden

    def _needed(self, level: int) -> int:
        hidden = self._hidden_at(level)
        widths = [_width(self.primary, False)] if self.primary is not None else []
        widths += [_width(self._more, False)] if self._folds_at(level) else []
        for side, from_level in ((self._right, 3), (self._left, 4)):
            for widget in side:
                absent = widget.isHidden() and widget not in self._taken
                if not absent and widget not in hidden:
                    widths.append(_width(widget, level >= from_level))
        return sum(widths) + GAP * (len(widths) + 1) + 2 * MARGIN


def _width(widget: QWidget, compact: bool) -> int:
    if isinstance(widget, Button):
        return CONTROL if compact and widget.can_compact() else widget.words_width()
    hint = max(widget.sizeHint().width(), widget.minimumSizeHint().width())
    return min(max(hint, widget.minimumWidth()), widget.maximumWidth())
