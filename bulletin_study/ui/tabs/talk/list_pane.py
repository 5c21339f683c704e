"""The list of places under their months, and what is said when there is none."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.talk.rows import (
    Span,
    accepts,
    by_month,
    columns,
    first_coming,
    in_span,
)
from bulletin_study.ui.tokens import ROW_TWO
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.usecases.talk_page import Spot, TalkLine, TalkPage

_BEFORE = 3
"""Rows of what has been that stay in sight above the next place."""


class TalkListPane(PaneStack):
    """``chosen(line or None)`` for the selected place, ``opened(line)``, ``menu_wanted``;
    ``pin_pressed``, ``swap_pressed``, ``clear_pressed`` for P, S, Delete. The empty states ask for
    ``filter_dropped``, ``all_wanted`` and ``series_wanted``."""

    chosen = Signal(object)
    opened = Signal(object)
    menu_wanted = Signal(object, QPoint)
    pin_pressed = Signal()
    swap_pressed = Signal()
    clear_pressed = Signal()
    filter_dropped = Signal()
    all_wanted = Signal()
    series_wanted = Signal()

    def __init__(self) -> None:
        self.model = RowsModel(columns(None), key=lambda line: line.key)
        self.list = ListView(self.model, row_height=ROW_TWO)
        super().__init__(self.list)
        self._page: TalkPage | None = None
        self._span, self._words = Span.YEAR, ""
        self.list.current_changed.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.menu_wanted.connect(self.menu_wanted)
        for keys, pressed in (
            ("P", self.pin_pressed), ("S", self.swap_pressed), ("Delete", self.clear_pressed),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(pressed)

    @property
    def inside(self) -> list[TalkLine]:
        """The places of the span, whatever is filtered."""
        page = self._page
        return [ln for ln in page.lines if in_span(ln, self._span, page.today)] if page else []

    def show_page(self, page: TalkPage) -> None:
        """Show what was read; the selection stays, at first the next place is selected."""
        before, self._page = self._page, page
        if before is None or (before.today, before.many) != (page.today, page.many):
            self.model.set_columns(columns(page))
        self._fill()
        if before is None or self.list.current_row() is None:
            self.to_coming()

    def narrow(self, span: Span, words: str) -> None:
        """Show the places of a span that hold the words."""
        turned = span is not self._span
        self._span, self._words = span, words.strip()
        self._fill()
        if turned:
            self.to_coming()

    def to_coming(self) -> None:
        """Select the next place, with a little of what lies before it."""
        page = self._page
        found = first_coming(self.model.rows(), page.today) if page is not None else None
        if found is not None:
            self.list.select_key(found.key)
            self.list.scrollTo(self.list.currentIndex(), ListView.ScrollHint.PositionAtTop)
            bar = self.list.verticalScrollBar()
            bar.setValue(bar.value() - _BEFORE * ROW_TWO)

    def select(self, key: Spot) -> bool:
        """Select a place; False when the list does not hold it as it is narrowed now."""
        return self.model.index_of(key).isValid() and self.list.select_key(key)

    def _fill(self) -> None:
        page, words = self._page, self._words
        if page is None:
            return
        initials = {person.id: person.initials for person in page.roster.people.values()}
        inside = self.inside
        shown = [line for line in inside if not words or accepts(line, words, initials)]
        self.model.set_groups(by_month(shown))
        if shown:
            self.show_content()
        elif words and inside:
            sentence = f"没有符合“{words}”的讲课。"
            self.show_empty(sentence, "清除筛选", self.filter_dropped.emit)
        elif page.lines:
            sentence = "这段时间没有“每周一讲”的场次。"
            self.show_empty(sentence, "看全部", self.all_wanted.emit)
        else:
            sentence = "还没有“每周一讲”的场次。先按规律排好场次，再自动安排谁来讲。"
            self.show_empty(sentence, "批量安排…", self.series_wanted.emit)
