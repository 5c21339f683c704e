"""A page that scrolls only when its contents truly need more height than there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from bulletin_study.ui.widgets.list_view import ListView


class _Sheet(QWidget):
    """Holds the contents without a layout: a scroll area takes a layout's *preferred* height
    for the least one as soon as there is a wrapped label in it."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        content.setParent(self)
        content.setProperty("surface", "page")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        content.installEventFilter(self)
        self.content = content

    def measure(self, width: int) -> None:
        """Take the least height the contents can live with at this width."""
        layout = self.content.layout()
        if layout is not None and width > 0:
            self.setMinimumHeight(max(layout.totalMinimumHeightForWidth(width), 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The contents fill it."""
        super().resizeEvent(event)
        self.measure(self.width())
        self.content.setGeometry(self.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure again when the contents asked for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.measure(self.width())
        return bool(super().eventFilter(watched, event))


class PageScroll(QScrollArea):
    """Scrolls up and down only, and no sooner than it must. ``resized``: there is more or
    less room now."""

    resized = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet = _Sheet(content)
        self.setWidget(self._sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell it."""
        super().resizeEvent(event)
        self.resized.emit()

    def has_room(self) -> bool:
        """Whether the contents, at the least they can live with, fit without scrolling."""
        layout = self._sheet.content.layout()
        least = layout.totalMinimumHeightForWidth(self.viewport().width()) if layout else 0
        return least <= self.viewport().height()

    def follow(self, view: ListView) -> None:
        """Keep the chosen row of a list that does not scroll itself in sight."""

        def bring() -> None:
            row = view.visualRect(view.currentIndex())
            if view.hasFocus() and row.isValid():
                middle = view.viewport().mapTo(self.widget(), row.center())
                self.ensureVisible(self.width() // 2, middle.y(), 0, row.height() * 2)

        view.current_changed.connect(lambda _: bring())


def bring_up(inside: QWidget, rect: QRect, again: QTimer) -> None:
    """Scroll the area around a widget until a part of it is in sight.

    ``again`` is started while the area is not yet as tall as what was just put into it.
    """
    area = inside.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None:
        return
    point = inside.mapTo(area.widget(), rect.center())
    if point.y() > area.widget().height() and inside.isVisible():
        again.start()
    area.ensureVisible(point.x(), point.y(), 0, rect.height() // 2 + 12)
