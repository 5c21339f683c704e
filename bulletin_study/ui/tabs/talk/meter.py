"""How far the round is, and how many conflicts wait: two painted parts of the toolbar."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from bulletin_study.domain.rotation import RoundProgress
from bulletin_study.ui.cell_painting import paint_progress
from bulletin_study.ui.controls import drop_button, label
from bulletin_study.ui.focus import ring_after
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.chip import chip_width, paint_chip

_BAR = QSize(96, 16)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedSize(_BAR)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_progress(painter, QRectF(0, 4, self.width(), 8), self.share)
        painter.end()


class RoundMeter(QWidget):
    """第3轮 ▾ 已讲 31/45, with a bar where there is room; ``chosen(number)`` of a round."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._round = drop_button("", tip="看哪一轮讲到哪里")
        self.menu = QMenu(self._round)
        self._round.setMenu(self.menu)
        self._spoken = label("", "figure")
        self._of = label("", "text2")
        self.bar = _Bar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(0)
        for widget in (self._round, label("  已讲 ", "text2"), self._spoken, self._of):
            row.addWidget(widget)

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self._round.caption} 已讲 {self._spoken.text()}{self._of.text()}"

    def show_progress(self, progress: RoundProgress) -> None:
        """Show a round; the menu offers it and those before."""
        self._round.set_caption(f"第{progress.number}轮")
        self.menu.clear()
        for number in range(progress.running, 0, -1):
            words = f"第{number}轮" + ("（这一轮）" if number == progress.running else "")
            action = self.menu.addAction(words, partial(self.chosen.emit, number))
            action.setCheckable(True)
            action.setChecked(number == progress.number)
        self._spoken.setText(str(progress.spoken))
        self._of.setText(f"/{progress.members}")
        self.bar.share = progress.spoken / progress.members if progress.members else 0.0
        self.bar.update()
        self.setAccessibleName(self.words)


class ConflictChip(QAbstractButton):
    """△ N 处冲突; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("到下一处冲突")
        theme().changed.connect(self.update)
        self.hide()

    def set_count(self, number: int) -> None:
        """How many there are."""
        self.setText(f"{number} 处冲突")
        self.setVisible(number > 0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The chip and room for the ring; tall enough to be hit."""
        return QSize(chip_width(self.text(), "triangle") + 6, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip, with an outline under the mouse and a ring for the keyboard."""
        painter = QPainter(self)
        paint_chip(painter, 3, self.height() / 2, self.text(), "amber", "triangle",
                   outlined=self.underMouse())  # fmt: skip
        if self._ring:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for the keyboard."""
        self._ring = ring_after(event, self._ring)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self._ring = False
        super().focusOutEvent(event)
