"""A frame that opens under a widget and closes on Esc or a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


class Popup(QFrame):
    """Holds one widget."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setProperty("surface", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self._column = column

    def hold(self, widget: QWidget) -> None:
        """Take a widget in."""
        self._column.addWidget(widget)
        widget.show()

    def open_below(self, anchor: QWidget, width: int, height: int) -> None:
        """Open under a widget, as high as the screen allows, never beyond its edges."""
        screen = anchor.screen().availableGeometry()
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        room = screen.bottom() - at.y() - 4
        above = anchor.mapToGlobal(QPoint(0, 0)).y() - screen.top() - 4
        if room < min(height, 280) and above > room:
            height = min(height, above)
            at.setY(at.y() - anchor.height() - 4 - height)
        else:
            height = min(height, room)
        at.setX(max(screen.left(), min(at.x(), screen.right() - width)))
        self.setGeometry(at.x(), at.y(), width, height)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
