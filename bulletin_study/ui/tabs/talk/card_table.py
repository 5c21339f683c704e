"""The cards of the board on the screen: frozen headers, equal weeks, one card selected."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QStyledItemDelegate,
    QTableView,
)

from bulletin_study.ui.table_model import Index
from bulletin_study.ui.tabs.talk.week_model import WeekModel, spoken
from bulletin_study.ui.tabs.talk.week_painting import (
    LEFT,
    TOP,
    CardLook,
    DayHeader,
    GroupHeader,
    card_rects,
    cell_height,
    paint_card,
)
from bulletin_study.ui.tabs.talk.week_plan import WeekPlan
from bulletin_study.ui.theme import theme
from bulletin_study.usecases.talk_page import Spot, TalkLine

_NARROW, _WIDE, _ROW = 96, 168, 64
_BEFORE = 3
"""Columns of what has been that stay in sight before this week."""


class CardTable(QTableView):
    """Shows a plan; what hands do with it is the board's business."""

    def __init__(self) -> None:
        super().__init__()
        self._model = WeekModel()
        self.accepted: frozenset[Spot] | None = None
        """The places that the filter lets through; ``None``: all."""
        self.current: Spot | None = None
        self.swapping: Spot | None = None
        """The place that waits for another to change with."""
        self._target: tuple[QModelIndex, Spot | None] | None = None
        """Where a card that is dragged would land."""
        self.setModel(self._model)
        self.setItemDelegate(_CardDelegate(self))
        self.setHorizontalHeader(DayHeader(self._model, self))
        self.setVerticalHeader(GroupHeader(self._model, self))
        self._corner = QLabel("组室 · 本轮", self)
        self._corner.setProperty("role", "secondary")
        self._corner.setGeometry(12, 0, LEFT - 16, TOP)
        self._corner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._configure()

    @property
    def plan(self) -> WeekPlan:
        """What is shown."""
        return self._model.plan

    @property
    def line(self) -> TalkLine | None:
        """The selected place."""
        return self.line_of(self.current)

    # ---- showing ----
    def set_plan(self, plan: WeekPlan) -> None:
        """Show another plan; the selection stays where it is still there."""
        at = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._model.set_plan(plan)
        self._fit()
        self.horizontalScrollBar().setValue(at[0])
        self.verticalScrollBar().setValue(at[1])
        if plan.find(self.swapping) is None:
            self.swapping = None

    def select(self, key: Spot | None, *, reveal: bool = True) -> bool:
        """Select a place; False when the board does not hold it."""
        found = self.plan.find(key)
        self.current = key if found is not None else None
        if found is not None and reveal:
            row, column, number = found
            index = self._model.index(row, column)
            self.scrollTo(index)
            card = card_rects(self.visualRect(index), self._model.lines_at(row, column))[number]
            self._reveal(card)
        line = self.line
        self.setAccessibleDescription(spoken(line) if line is not None else "")
        self.viewport().update()
        return found is not None

    def scroll_to_session(self, session_id: int) -> None:
        """Let a session stand as the fourth column."""
        column = self.plan.column_of(session_id)
        if column is not None:
            self._scroll_to(column)

    def scroll_to_current(self) -> None:
        """Let this week stand as the fourth column."""
        self._scroll_to(self.plan.first_current())

    # ---- what the delegate asks ----
    def look_of(self, line: TalkLine) -> CardLook:
        """How a card is shown now."""
        return CardLook(
            selected=line.key == self.current,
            focused=self.hasFocus(),
            marked=line.key == self.swapping or self._is_target(line),
            faint=self.accepted is not None and line.key not in self.accepted,
        )

    def is_target(self, index: Index) -> bool:
        """Whether a card that is dragged would land in this cell's column."""
        return (
            self._target is not None
            and self._target[1] is None
            and self._target[0].column() == index.column()
        )

    def _is_target(self, line: TalkLine) -> bool:
        return self._target is not None and self._target[1] == line.key

    # ---- where things are ----
    def line_of(self, key: Spot | None) -> TalkLine | None:
        found = self.plan.find(key)
        return None if found is None else self.plan.cells[found[0]][found[1]][found[2]]

    def line_at(self, point: QPoint) -> TalkLine | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        lines = self._model.lines_at(index.row(), index.column())
        rects = card_rects(self.visualRect(index), lines)
        hits = (line for line, rect in zip(lines, rects, strict=True) if rect.contains(point))
        return next(hits, None)

    def card_rect(self, line: TalkLine) -> QRect:
        found = self.plan.find(line.key)
        if found is None:
            return QRect()
        row, column, number = found
        rect = self.visualRect(self._model.index(row, column))
        return card_rects(rect, self._model.lines_at(row, column))[number]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Weeks are equally wide, as many as fit."""
        super().resizeEvent(event)
        self._fit()
        if self.isVisible() and self.current is not None:
            self.select(self.current)

    def _fit(self) -> None:
        columns = len(self.plan.columns)
        if not columns:
            return
        room = self.viewport().width()
        width = max(_NARROW, min(_WIDE, room // min(columns, max(1, room // _NARROW))))
        self.horizontalHeader().setDefaultSectionSize(width)
        for row, cells in enumerate(self.plan.cells):
            self.setRowHeight(row, max(_ROW, *map(cell_height, cells)))

    def _scroll_to(self, column: int) -> None:
        self.horizontalScrollBar().setValue(
            max(0, column - _BEFORE) * self.horizontalHeader().defaultSectionSize()
        )

    def _reveal(self, card: QRect) -> None:
        """In a tall cell the card itself must be in sight."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if card.bottom() > height:
            bar.setValue(bar.value() + card.bottom() - height + 4)
        elif card.top() < 0:
            bar.setValue(bar.value() + card.top() - 4)

    def _configure(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("每周一讲看板")
        theme().changed.connect(self.viewport().update)


class _CardDelegate(QStyledItemDelegate):
    """Paints a cell: its ground by when it is, then its cards."""

    def __init__(self, board: CardTable) -> None:
        super().__init__(board)
        self._board = board

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Past in grey, this week tinted, where a card would land outlined."""
        colours, rect = theme(), option.rect
        column = self._board.plan.columns[index.column()]
        ground = "sel" if column.current else "surface2" if column.past else "surface"
        painter.fillRect(rect, colours.color(ground))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.color("grid"))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), colours.color("grid"))
        if self._board.is_target(index):
            painter.setPen(QPen(colours.color("blue"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -3, -3))
        lines = self._board.plan.cells[index.row()][index.column()]
        for line, card in zip(lines, card_rects(rect, lines), strict=True):
            paint_card(painter, card, line, self._board.look_of(line))
