"""The list of sessions under their months, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from bulletin_study.domain.sessions import ClosingItem, SessionKind
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.study.rows import accepts, by_month, columns, months_text
from bulletin_study.ui.tokens import ROW_TWO
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.usecases.session_list import SessionRow
from bulletin_study.usecases.study_page import StudyPage, StudyScope

Act = tuple[str, Callable[[], object]]


class SessionBoard(PaneStack):
    """``current_changed(row or None)``, ``opened(row)``; ``new_wanted``, ``series_wanted`` and
    ``filter_dropped`` from the empty states."""

    current_changed = Signal(object)
    opened = Signal(object)
    new_wanted = Signal()
    series_wanted = Signal()
    filter_dropped = Signal()

    def __init__(self, acts: Callable[[], list[Act]]) -> None:
        self.model = RowsModel(columns(None), key=lambda row: row.session.id)
        self.list = ListView(self.model, row_height=ROW_TWO)
        super().__init__(self.list)
        self._acts = acts
        self._page: StudyPage | None = None
        self._kind: SessionKind | None = None
        self._words = ""
        self._wanted: int | None = None
        self._wanted_day: date | None = None
        self.list.set_column_shown("kinds", False)
        self.list.current_changed.connect(self.current_changed)
        self.list.opened.connect(self.opened)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda point: self.menu().popup(self.list.viewport().mapToGlobal(point))
        )

    def _show_asked(self, page: StudyPage) -> None:
        """Form and who leads are columns where the kind asks for them, or one is noted."""
        asked = page.kind.closing if page.kind is not None else tuple(ClosingItem)
        sessions = [row.session for row in page.rows]
        form = ClosingItem.FORM in asked or any(s.form for s in sessions)
        lead = ClosingItem.LEAD in asked or any(s.lead_id or s.lead_name for s in sessions)
        self.list.set_column_shown("form", form)
        self.list.set_column_shown("lead", lead)

    def want(self, session_id: int) -> None:
        """Select this session when it is next read."""
        self._wanted = session_id

    def want_day(self, day: date) -> None:
        """Select what lies on this day when it is next read."""
        self._wanted_day = day

    def show_page(self, page: StudyPage) -> None:
        """Show what was read; the selection stays, at first the next session is selected."""
        first_time = self._page is None
        turned = self._page is None or self._page.ask != page.ask
        self._page = page
        if self._kind != page.kind or first_time:
            self._kind = page.kind
            self.model.set_columns(columns(page.kind))
            self.list.set_column_shown("kinds", page.kind is None)
        self._show_asked(page)
        ask = page.ask
        years = ask.scope is not StudyScope.MONTHS or ask.first.year != ask.last.year
        self.model.set_groups(by_month(page.rows, years=years))
        self._state()
        if self._wanted is None and self._wanted_day is not None:
            row = self.row_on(self._wanted_day)
            self._wanted = row.session.id if row is not None else None
        self._wanted_day = None
        if self._wanted is not None:
            self.list.select_key(self._wanted)
            self._wanted = None
        elif self.list.current_row() is None and first_time:
            self.list.select_key(self._next_id())
        elif turned and self.list.current_row() is not None:
            self.list.scrollTo(self.list.currentIndex())

    def filter(self, words: str) -> None:
        """Show only what holds the words."""
        self._words = words.strip()
        page = self._page
        if page is None:
            return
        wanted = self._words
        self.model.set_filter(
            (lambda row: accepts(row, wanted, page.initials)) if wanted else None
        )
        self._state()

    def row_on(self, day: date) -> SessionRow | None:
        """The first session shown of a day, or one that was moved away from it."""
        rows = list(self.model.rows())
        here = (row for row in rows if row.session.day == day)
        away = (row for row in rows if row.session.moved_from == day)
        return next(here, None) or next(away, None)

    def menu(self) -> QMenu:
        """What can be done with the selected session."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in self._acts():
            action = QAction(words, menu)
            action.triggered.connect(lambda _=False, act=act: act())
            menu.addAction(action)
        return menu

    def _next_id(self) -> int | None:
        """The next session, else the last one."""
        page = self._page
        if page is None:
            return None
        ahead = [r for r in page.rows if r.session.status.ahead and r.session.day >= page.today]
        row = ahead[0] if ahead else page.rows[-1] if page.rows else None
        return row.session.id if row is not None else None

    def _state(self) -> None:
        page = self._page
        if page is None or next(self.model.rows(), None) is not None:
            self.show_content()
        elif self._words and page.rows:
            words = f"没有符合“{self._words}”的场次。"
            self.show_empty(words, "清除筛选", self.filter_dropped.emit)
        elif page.ask.scope is StudyScope.WAITING:
            self.show_empty("开展过的场次都已经归档。")
        else:
            name = page.kind.name if page.kind is not None else "活动"
            span = months_text(page.ask.first, page.ask.last)
            when = f"{span}" if page.ask.scope is StudyScope.MONTHS else ""
            self.show_empty(
                f"{when}还没有“{name}”的场次。一场一场新建，或一次安排好一年。",
                "批量安排…",
                self.series_wanted.emit,
            )
