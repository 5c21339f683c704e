"""The week board: cards of talks to look at, to walk through, to move and to change."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QApplication,
)

from bulletin_study.ui.tabs.talk.card_table import CardTable
from bulletin_study.ui.tabs.talk.week_drag import MIME, carry, key_in
from bulletin_study.ui.tabs.talk.week_model import spoken
from bulletin_study.ui.tabs.talk.week_walk import (
    edge_card,
    next_card,
    next_place,
    next_session,
)
from bulletin_study.usecases.talk_page import Spot, TalkLine

_NARROW, _WIDE, _ROW = 96, 168, 64
_BEFORE = 3
"""Columns of what has been that stay in sight before this week."""
_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class WeekBoard(CardTable):
    """Arrows go from card to card; Ctrl with them moves the card itself.

    ``moved(line, session id, other line or None)`` when a card was dropped or moved by key on
    a session or on another card; ``refused(sentence)`` when it may not leave where it is.
    """

    chosen = Signal(object)
    opened = Signal(object)
    menu_wanted = Signal(object, QPoint)
    moved = Signal(object, int, object)
    refused = Signal(str)
    said = Signal(str)
    pin_pressed = Signal()
    clear_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pressed: QPoint | None = None

    def begin_swap(self) -> None:
        """Mark the selected card; the next one entered changes places with it (S)."""
        line = self.line
        if line is not None and line.ahead and line.taken:
            self.swapping = None if self.swapping == line.key else line.key
            self.viewport().update()
            if self.swapping is not None:
                self.said.emit(f"已选{line.row.speaker}：到另一位上按回车对调，Esc 不调")

    # ---- keys ----
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, move, open, pin, swap, clear; what is none of these goes on."""
        step = _ARROWS.get(Qt.Key(event.key()))
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        line = self.line
        if step is not None and (plain or control):
            (self._move_card if control else self._walk)(*step)
        elif not plain or not self._act(Qt.Key(event.key()), line):
            super().keyPressEvent(event)

    def _act(self, key: Qt.Key, line: TalkLine | None) -> bool:
        """What a plain key does; False when it means nothing here."""
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._to_edge(last=key == Qt.Key.Key_End)
        elif key == Qt.Key.Key_Escape and self.swapping is not None:
            self.swapping = None
            self.viewport().update()
        elif line is None:
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._enter(line)
        elif key == Qt.Key.Key_P:
            self.pin_pressed.emit()
        elif key == Qt.Key.Key_S:
            self.begin_swap()
        elif key == Qt.Key.Key_Delete:
            self.clear_pressed.emit()
        else:
            return False
        return True

    def _enter(self, line: TalkLine) -> None:
        waiting = self.line_of(self.swapping)
        if waiting is None:
            self.opened.emit(line)
            return
        self.swapping = None
        if line.key != waiting.key:
            self.moved.emit(waiting, line.row.session.id, line)
        self.viewport().update()

    def _walk(self, down: int, right: int) -> None:
        key = next_card(self.plan, self.current, down, right)
        if key is not None:
            self._choose(key)

    def _move_card(self, down: int, right: int) -> None:
        """Ctrl with arrows: to the next session, or the next place of this one."""
        line = self.line
        if line is None or not self._may_leave(line):
            return
        session_id = line.row.session.id
        if down:
            other = next_place(self.plan, line, down)
            if other is not None:
                self.moved.emit(line, session_id, other)
            return
        target = next_session(self.plan, session_id, right)
        if target is not None:
            self.moved.emit(line, target, None)
        else:
            where = "前面" if right < 0 else "后面"
            self.refused.emit(f"{where}没有还能排的场次，没有挪。可以先批量安排。")

    def _to_edge(self, last: bool) -> None:
        key = edge_card(self.plan, last=last)
        if key is not None:
            self._choose(key)

    # ---- mouse ----
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the card under the mouse; with one marked to swap, change with it."""
        line = self.line_at(event.position().toPoint())
        self._pressed = None
        if line is None:
            return
        if event.button() == Qt.MouseButton.LeftButton:
            if self.swapping is not None and line.key != self.swapping:
                self._choose(line.key)
                self._enter(line)
                return
            self._pressed = event.position().toPoint()
        self._choose(line.key, reveal=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the card along; say what it is under the mouse."""
        here = event.position().toPoint()
        if self._pressed is None:
            line = self.line_at(here)
            self.viewport().setToolTip(_tip(line) if line is not None else "")
            return
        far = (here - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        line = self.line
        if far and line is not None:
            self._pressed = None
            if self._may_leave(line):
                carry(self, self.card_rect(line), line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing is dragged any more."""
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the card."""
        line = self.line_at(event.position().toPoint())
        if line is not None:
            self.opened.emit(line)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the card's menu."""
        line = self.line
        if line is None:
            return
        point = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            rect = self.card_rect(line)
            point = self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(16, -4))
        self.menu_wanted.emit(line, point)

    # ---- dropping ----
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A card may come in."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would land; held and cancelled sessions take nothing."""
        super().dragMoveEvent(event)
        found = self._landing(event.position().toPoint())
        self._set_target(found)
        if found is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It is gone."""
        self._set_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the card to the page, which moves it or changes two."""
        line = self.line_of(key_in(event.mimeData()))
        found = self._landing(event.position().toPoint())
        self._set_target(None)
        if line is None or found is None:
            event.ignore()
            return
        event.acceptProposedAction()
        session = self.plan.columns[found[0].column()].session
        other = self.line_of(found[1])
        if other is None and session.id == line.row.session.id:
            return
        if other is None or other.key != line.key:
            self.moved.emit(line, session.id, other)

    def _landing(self, point: QPoint) -> tuple[QModelIndex, Spot | None] | None:
        index = self.indexAt(point)
        if not index.isValid() or not self.plan.columns[index.column()].movable:
            return None
        line = self.line_at(point)
        return index, line.key if line is not None else None

    def _set_target(self, target: tuple[QModelIndex, Spot | None] | None) -> None:
        if target != self._target:
            self._target = target
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The selected card shows whether the keys go to it."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """They go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _choose(self, key: Spot, *, reveal: bool = True) -> None:
        if key != self.current:
            self.select(key, reveal=reveal)
            self.chosen.emit(self.line)

    def _may_leave(self, line: TalkLine) -> bool:
        if not line.taken:
            return False
        if not line.ahead:
            self.refused.emit("已经讲过的不能挪。记错了人，在右边改“实际主讲人”。")
        return line.ahead


def _tip(line: TalkLine) -> str:
    """The card in full, with its title."""
    row = line.row
    title = f"《{row.title}》" if row.title else ""
    parts = (spoken(line) + title, line.filler, "；".join(line.remarks))
    return "\n".join(part for part in parts if part)
