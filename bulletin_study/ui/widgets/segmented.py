"""A row of segments of which one is on; QSS cannot draw it, so it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bulletin_study.ui.autosave import Autosave
from bulletin_study.ui.focus import ring_after
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import CONTROL

_PAD = 12
Option = tuple[str, Any]


class Segmented(QWidget):
    """Choose one of a few values; ← → move, Home and End go to the ends.

    ``changed(value)`` only when the user chose. With ``fill`` the segments share the whole
    width (forms); otherwise each is as wide as its words (toolbars).
    """

    changed = Signal(object)

    def __init__(self, options: Sequence[Option] = (), *, fill: bool = False) -> None:
        super().__init__()
        self._options: list[Option] = list(options)
        self._at = 0 if options else -1
        self._hover = -1
        self._fill = fill
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(CONTROL)
        across = QSizePolicy.Policy.Expanding if fill else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.autosave = Autosave(self, self.value, self._show)
        # What is on from the start is no choice of the user's still to be saved.
        self.autosave.set_value(self.value())
        theme().changed.connect(self.update)
        self._describe()

    # ---- value ----
    def value(self) -> Any:
        """The value that is on; ``None`` when none is."""
        return self._options[self._at][1] if self._at >= 0 else None

    def set_value(self, value: Any) -> None:
        """Switch a value on without telling; an unknown one switches all off."""
        self.autosave.set_value(value)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other segments or other words, e.g. with new counts; the value stays on."""
        keep = self.value()
        self._options = list(options)
        self._show(keep)
        if self._at < 0 and options and keep is None:
            self._at = 0
        self.updateGeometry()
        self.update()

    @property
    def labels(self) -> list[str]:
        """The words of the segments."""
        return [text for text, _ in self._options]

    def _show(self, value: Any) -> None:
        values = [option[1] for option in self._options]
        self._at = values.index(value) if value in values else -1
        self._describe()
        self.update()

    def _choose(self, at: int) -> None:
        if not 0 <= at < len(self._options) or at == self._at:
            return
        self._at = at
        self._describe()
        self.update()
        self.changed.emit(self.value())
        self.autosave.commit()

    def _describe(self) -> None:
        text = self._options[self._at][0] if self._at >= 0 else ""
        self.setAccessibleDescription(text)

    # ---- measures ----
    def sizeHint(self) -> QSize:
        """Wide enough for every label in bold."""
        return QSize(sum(self._hints()) + 1, CONTROL)

    def minimumSizeHint(self) -> QSize:
        """In a form the words may be elided."""
        return QSize(60 * len(self._options), CONTROL) if self._fill else self.sizeHint()

    def _hints(self) -> list[int]:
        metrics = theme().metrics(13, bold=True)
        return [metrics.horizontalAdvance(text) + 2 * _PAD for text, _ in self._options]

    def _cells(self) -> list[QRectF]:
        hints = self._hints()
        if self._fill and hints:
            extra = (self.width() - sum(hints)) / len(hints)
            widths = [hint + extra for hint in hints]
            if extra < 0:
                widths = [self.width() / len(hints)] * len(hints)
        else:
            widths = [float(hint) for hint in hints]
        cells, x = [], 0.0
        for width in widths:
            cells.append(QRectF(round(x), 0, round(x + width) - round(x), self.height()))
            x += width
        return cells

    def _cell_at(self, x: float) -> int:
        return next((i for i, cell in enumerate(self._cells()) if cell.left() <= x < cell.right()),
                    -1)  # fmt: skip

    # ---- painting ----
    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, segments, the line under the one that is on, the focus ring."""
        look, cells = theme(), self._cells()
        if not cells:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(0, 0, cells[-1].right(), self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(whole, 4, 4)
        for at, cell in enumerate(cells):
            self._paint_cell(painter, at, cell)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.color("line2"), 1))
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self._at >= 0:
            self._paint_line(painter, cells[self._at])
        if self.hasFocus() and self._ring:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_cell(self, painter: QPainter, at: int, cell: QRectF) -> None:
        look = theme()
        lit = at == self._at
        inner = cell.adjusted(1 if at == 0 else 0, 1, -1, -1)
        if lit or at == self._hover:
            painter.fillRect(inner, look.color("sel" if lit else "hover"))
        if at + 1 < len(self._options):
            painter.fillRect(QRectF(cell.right() - 1, 1, 1, cell.height() - 2), look.color("line"))
        painter.setFont(look.font(13, lit))
        if not self.isEnabled():
            painter.setPen(look.color("text3"))
        else:
            painter.setPen(look.color("text" if lit else "text2"))
        metrics = look.metrics(13, lit)
        text = metrics.elidedText(self._options[at][0], Qt.TextElideMode.ElideRight,
                                  int(cell.width() - 6))  # fmt: skip
        painter.drawText(cell.adjusted(0, 0, -1, 0), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_line(self, painter: QPainter, cell: QRectF) -> None:
        line = QRectF(cell.left() + 1, cell.bottom() - 3, cell.width() - 2, 2)
        painter.fillRect(line, theme().color("accent"))

    # ---- events ----
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move."""
        steps = {
            Qt.Key.Key_Left: self._at - 1, Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._options) - 1,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            self._ring = True
            self._choose(max(0, min(len(self._options) - 1, steps[key])))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Click chooses."""
        self._ring = False
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._cell_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, and the whole words where they are cut."""
        at = self._cell_at(event.position().x())
        if at != self._hover:
            self._hover = at
            self.update()
            hints = self._hints()
            if at >= 0 and self._cells()[at].width() < hints[at] - 2 * _PAD:
                QToolTip.showText(event.globalPosition().toPoint(), self._options[at][0], self)

    def leaveEvent(self, event: QEvent) -> None:
        """No hover."""
        self._hover = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for the keyboard."""
        self._ring = ring_after(event, self._ring)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        super().focusOutEvent(event)
        self.update()
