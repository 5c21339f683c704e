"""The bar of the seven tabs, painted: word, badge, line under the open one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar

from bulletin_study.ui.focus import ring_after
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import TABS

_SIDE = 16
_OVERHANG = 4
_BADGE_GAP = 6


class TabBar(QTabBar):
    """Tabs 40 px high; the line under the open tab is as wide as its word and badge.

    Style sheets cannot give a tab a line narrower than itself and a badge inside it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._badges: dict[int, int] = {}
        self._ring = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme().changed.connect(self.update)

    def badge(self, at: int) -> int:
        """How many things wait on a tab."""
        return self._badges.get(at, 0)

    def set_badge(self, at: int, count: int) -> None:
        """Show how many things wait on a tab; 0 takes the badge away."""
        if self.badge(at) == count:
            return
        self._badges[at] = count
        text = self.tabText(at)
        self.setAccessibleTabName(at, f"{text}，{count} 项待办" if count else text)
        # Setting the text anew is how a tab bar learns that a tab changed its width.
        self.setTabText(at, text)
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the word in bold, so that nothing moves when the tab opens."""
        return QSize(self._content_width(index) + 2 * _SIDE, TABS)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never cut."""
        return self.tabSizeHint(index)

    def _content_width(self, index: int) -> int:
        width = theme().metrics(14, bold=True).horizontalAdvance(self.tabText(index))
        count = self.badge(index)
        return width + (_BADGE_GAP + _badge_width(count) if count else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """All tabs; disabled ones in grey."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), look.color("surface"))
        for index in range(self.count()):
            self._paint_tab(painter, index, self.tabRect(index))
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int, rect: QRect) -> None:
        look = theme()
        opened = index == self.currentIndex()
        hovered = rect.contains(self.mapFromGlobal(self.cursor().pos())) and self.underMouse()
        ink = "text" if opened or hovered else "text2"
        painter.setFont(look.font(14, opened))
        painter.setPen(look.color(ink if self.isTabEnabled(index) else "text3"))
        left = rect.x() + _SIDE
        word = QRectF(left, 0, rect.width(), rect.height())
        painter.drawText(word, Qt.AlignmentFlag.AlignVCenter, self.tabText(index))
        width = self._content_width(index)
        count = self.badge(index)
        if count:
            pill = QRectF(left + width - _badge_width(count), rect.center().y() - 8,
                          _badge_width(count), 18)  # fmt: skip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("sel"))
            painter.drawRoundedRect(pill, 9, 9)
            painter.setPen(look.color("text"))
            painter.setFont(look.font(12))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(count))
        if opened:
            line = QRectF(left - _OVERHANG, rect.bottom() - 2, width + 2 * _OVERHANG, 3)
            painter.fillRect(line, look.color("accent"))
            if self.hasFocus() and self._ring:
                painter.setPen(QPen(look.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                box = QRectF(left - 8, 5, width + 16, rect.height() - 11)
                painter.drawRoundedRect(box, 4, 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for the keyboard."""
        self._ring = ring_after(event, self._ring)
        super().focusInEvent(event)
        self.update()


def _badge_width(count: int) -> int:
    return max(18, theme().metrics(12).horizontalAdvance(str(count)) + 10)
