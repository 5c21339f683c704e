"""The sign-in roster: everybody in group boxes, one row each, six segments to mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from bulletin_study.ui.focus import ring_after
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.roster_layout import (
    GAP,
    MARKS,
    Placed,
    RosterBox,
    RosterLine,
    changed_area,
    hit,
    next_person,
    place_boxes,
)
from bulletin_study.ui.widgets.roster_painting import RowLook, paint_head, paint_row, rest_link

__all__ = ["RosterBox", "RosterGrid", "RosterLine"]

_ARROWS: Final = {
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
}  # fmt: skip
_CLEARS: Final = {Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
_FIRST_DIGIT: Final = int(Qt.Key.Key_1)


class RosterGrid(QScrollArea):
    """Keys: arrows move, 1–6 mark 到 迟 早 假 公 缺, 0 clears, G marks the rest of the group.

    ``marked(person id, mark or None)``, ``group_rest(group id)``, ``current_changed(person
    id)``, ``menu_wanted(person id, global point)``, ``list_pasted()`` on Ctrl+V.
    Nothing changes here until the page sets the boxes again.
    """

    marked = Signal(int, object)
    group_rest = Signal(object)
    current_changed = Signal(int)
    menu_wanted = Signal(int, QPoint)
    list_pasted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.canvas = RosterCanvas(self)
        self.setWidget(self.canvas)
        self.setWidgetResizable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.canvas)
        self.viewport().setProperty("surface", "page")

    @property
    def current(self) -> int | None:
        """The person the keys act on."""
        return self.canvas.current

    def set_boxes(self, boxes: Sequence[RosterBox]) -> None:
        """Show these groups and people; the current person stays if still there."""
        self.canvas.set_boxes(boxes)
        self._lay_out()

    def set_current(self, person_id: int) -> None:
        """Move to a person and bring the row into sight."""
        self.canvas.set_current(person_id)

    def start_over(self) -> None:
        """Begin at the top, with the first person: another list is about to be shown."""
        self.canvas.current = None
        self.verticalScrollBar().setValue(0)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Hand the focus on and stay: Qt would bring the middle of the roster into sight."""
        at = self.verticalScrollBar().value()
        handed = super().focusNextPrevChild(forward)
        self.verticalScrollBar().setValue(at)
        return handed

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the boxes out for the width."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        self.canvas.lay_out(self.viewport().width())


class RosterCanvas(QWidget):
    """The painted inside of the roster."""

    def __init__(self, owner: RosterGrid) -> None:
        super().__init__()
        self._owner = owner
        self._boxes: list[RosterBox] = []
        self._placed: list[Placed] = []
        self.current: int | None = None
        self._hover: tuple[int, int] | None = None
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("签到名单")
        theme().changed.connect(self.update)

    def set_boxes(self, boxes: Sequence[RosterBox]) -> None:
        """Show other values."""
        self._boxes = list(boxes)
        people = [line.person_id for box in boxes for line in box.lines]
        if self.current not in people:
            self.current = people[0] if people else None

    def lay_out(self, width: int) -> None:
        """Place the boxes and take the height they need; paint anew what is not as before."""
        before, self._placed = self._placed, place_boxes(self._boxes, width)
        changed = changed_area(before, self._placed)
        self._describe()
        if changed is None:
            bottom = max((spot.rect.bottom() for spot in self._placed), default=0.0)
            self.resize(width, int(bottom) + GAP)
            self.update()
        else:
            for rect in changed:
                self.update(rect.toAlignedRect())

    def set_current(self, person_id: int) -> None:
        """Move to a person."""
        found = self._find(person_id)
        if found is None:
            return
        changed = person_id != self.current
        last = self._find(self.current) if self.current is not None else None
        self.current = person_id
        row = found[0].row(found[1])
        for spot, at in (found, last or found):
            self.update(spot.row(at).toAlignedRect())
        self._owner.ensureVisible(int(row.center().x()), int(row.center().y()), 0, 60)
        self._describe()
        if changed:
            self._owner.current_changed.emit(person_id)

    # ---- painting ----
    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the rows in the area asked for."""
        look = theme()
        painter = QPainter(self)
        area = event.rect()
        painter.fillRect(area, look.color("bg"))
        keyboard = self.hasFocus()
        for spot in self._placed:
            if not spot.rect.toAlignedRect().intersects(area):
                continue
            paint_head(painter, spot)
            for at, line in enumerate(spot.box.lines):
                row = spot.row(at)
                if row.bottom() < area.top() or row.top() > area.bottom():
                    continue
                here = line.person_id == self.current
                hover = self._hover[1] if self._hover and self._hover[0] == line.person_id else -1
                paint_row(painter, row, line, RowLook(here and keyboard, here and keyboard and
                          self._ring, hover, at == len(spot.box.lines) - 1))  # fmt: skip
        painter.end()

    # ---- keys ----
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, mark, clear."""
        self._ring = True
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self._owner.list_pasted.emit()
        elif not plain or self.current is None:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            dx, dy = _ARROWS[key]
            self.set_current(next_person(self._placed, self.current, dx, dy))
        elif 0 <= int(key) - _FIRST_DIGIT < len(MARKS):
            self._mark(self.current, MARKS[int(key) - _FIRST_DIGIT][0])
        elif key in _CLEARS:
            self._mark(self.current, None)
        elif key == Qt.Key.Key_G:
            self._rest_of(self.current)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Shift+F10, the menu key or the right button."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            hit = self._hit(QPointF(event.pos()))
            if hit is None:
                return
            self.set_current(hit[0])
        if self.current is not None:
            found = self._find(self.current)
            point = event.globalPos()
            if event.reason() != QContextMenuEvent.Reason.Mouse and found is not None:
                row = found[0].row(found[1])
                point = self.mapToGlobal(row.bottomLeft().toPoint() + QPoint(60, 0))
            self._owner.menu_wanted.emit(self.current, point)

    # ---- mouse ----
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A segment marks (or clears what it marked), a heading's link marks the rest."""
        self._ring = False
        if event.button() != Qt.MouseButton.LeftButton:
            return
        for spot in self._placed:
            if rest_link(spot).contains(event.position()) and spot.box.offers_rest:
                self._owner.group_rest.emit(spot.box.group_id)
                return
        hit = self._hit(event.position())
        if hit is None:
            return
        self.set_current(hit[0])
        line = self._line(hit[0])
        if hit[1] >= 0 and line is not None:
            mark = MARKS[hit[1]][0]
            self._mark(hit[0], None if line.mark == mark else mark)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Belongs to the press."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover."""
        hit = self._hit(event.position())
        link = any(rest_link(spot).contains(event.position()) and spot.box.offers_rest
                   for spot in self._placed)  # fmt: skip
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        )
        if hit != self._hover:
            self._hover = hit
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No hover."""
        self._hover = None
        self.update()

    def event(self, event: QEvent) -> bool:
        """Reason or mark in full under the mouse."""
        if isinstance(event, QHelpEvent):
            hit = self._hit(QPointF(event.pos()))
            line = self._line(hit[0]) if hit is not None else None
            QToolTip.showText(event.globalPos(), _tip(line, hit[1] if hit else -1), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for the keyboard."""
        self._ring = ring_after(event, self._ring)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        super().focusOutEvent(event)
        self.update()

    # ---- inside ----
    def _mark(self, person_id: int, mark: str | None) -> None:
        line = self._line(person_id)
        if line is None or line.exempt:
            return
        # Somebody who sits in has no mark to change, but can be taken off the list again.
        if mark is None if line.observer else line.mark != mark:
            self._owner.marked.emit(person_id, mark)

    def _rest_of(self, person_id: int) -> None:
        found = self._find(person_id)
        if found is not None and found[0].box.unmarked:
            self._owner.group_rest.emit(found[0].box.group_id)

    def _find(self, person_id: int) -> tuple[Placed, int] | None:
        for spot in self._placed:
            for at, line in enumerate(spot.box.lines):
                if line.person_id == person_id:
                    return spot, at
        return None

    def _line(self, person_id: int) -> RosterLine | None:
        found = self._find(person_id)
        return found[0].box.lines[found[1]] if found is not None else None

    def _hit(self, point: QPointF) -> tuple[int, int] | None:
        return hit(self._placed, point)

    def _describe(self) -> None:
        line = self._line(self.current) if self.current is not None else None
        if line is not None:
            self.setAccessibleDescription(f"{line.name}，{line.mark or '未签'}")


def _tip(line: RosterLine | None, at: int) -> str:
    if line is None:
        return ""
    if at >= 0 and line.mark != MARKS[at][0]:
        return f"{MARKS[at][0]}（{at + 1}）"
    words = "免到" if line.exempt else line.mark or "未签"
    return f"{line.name}：{words}{'，' + line.reason if line.reason else ''}"


