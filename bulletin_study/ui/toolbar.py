"""The 48 px bar of a page: where am I on the left, acts on the right, the red one last."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QWidget

from bulletin_study.ui.controls import Button, drop_button
from bulletin_study.ui.tokens import GAP, MARGIN, TOOLBAR


class Toolbar(QFrame):
    """Left items, right buttons and one primary button at the far right edge.

    When the width does not suffice it first folds the foldable buttons into 更多, then hides
    the optional left items, then shows buttons as icons; the primary keeps its words.
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
            action.setShortcut(widget.shortcut())
            action.triggered.connect(widget.click)
            action.setVisible(False)
            self._more_menu.addAction(action)
            self.addAction(action)
            self._foldable[widget] = action

    def set_primary(self, button: Button) -> None:
        """Set the primary button of the page."""
        self.primary = button
        self._place(self._right_row, button, self._right_row.count())

    def fit(self) -> None:
        """Show as much in words as the width allows."""
        for level in range(5):
            self._arrange(level)
            if self._needed() <= self.width():
                return

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

    def _arrange(self, level: int) -> None:
        self._take(set(self._foldable) if level >= 1 else set(), level)
        if self._more.isHidden() != (level < 1 or not self._foldable):
            self._more.setVisible(level >= 1 and bool(self._foldable))
        for widget in self._right:
            if isinstance(widget, Button):
                widget.set_compact(level >= 3)
        for widget in self._left:
            if isinstance(widget, Button):
                widget.set_compact(level >= 4)

    def _take(self, folded: set[Button], level: int) -> None:
        wanted: set[QWidget] = set(folded)
        if level >= 2:
            wanted.update(self._optional)
        for widget in wanted - self._taken:
            if not widget.isHidden():
                widget.hide()
                self._taken.add(widget)
        for widget in self._taken - wanted:
            widget.show()
            self._taken.discard(widget)
        for button, action in self._foldable.items():
            action.setText(button.caption)
            action.setEnabled(button.isEnabled())
            action.setVisible(button in self._taken)

    def _needed(self) -> int:
        shown = [*self._left, *self._right, self._more]
        if self.primary is not None:
            shown.append(self.primary)
        widths = [_width(widget) for widget in shown if not widget.isHidden()]
        return sum(widths) + GAP * (len(widths) + 1) + 2 * MARGIN


def _width(widget: QWidget) -> int:
    hint = max(widget.sizeHint().width(), widget.minimumSizeHint().width())
    return min(max(hint, widget.minimumWidth()), widget.maximumWidth())
