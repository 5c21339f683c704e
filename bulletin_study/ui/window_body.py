"""What fills the window: the seven tabs with their pages, the corner, the status line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from bulletin_study.config import resource
from bulletin_study.ui.corner import Corner
from bulletin_study.ui.search_box import SearchBox
from bulletin_study.ui.shell import Shell
from bulletin_study.ui.sizes import size_class
from bulletin_study.ui.status_bar import StatusBar
from bulletin_study.ui.tab_bar import TabBar

# Imported when needed: the tabs are on the screen before the first page is.
if TYPE_CHECKING:
    from bulletin_study.ui.first_run import FirstRun
    from bulletin_study.ui.frame import Page
    from bulletin_study.ui.main_window import PageSpec


class WindowBody(QWidget):
    """Makes pages when they are first looked at and tells them what they need to know."""

    page_built = Signal(object)

    def __init__(
        self, specs: Sequence[PageSpec], shell: Shell, settings: QSettings, window: QWidget,
        data_folder: str,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._specs = list(specs)
        self._shell = shell
        self._settings = settings
        self._data_folder = data_folder
        self._pages: dict[int, Page] = {}
        self._size = size_class(window.width())
        self._first_run: FirstRun | None = None
        self._in_first_run = False
        self.tabs = QTabWidget()
        self.bar = TabBar()
        self.search = SearchBox(shell, window)
        self.corner = Corner(shell, self.search)
        self.status = StatusBar()
        self._build()
        self.corner.set_size(self._size)

    @property
    def pages(self) -> dict[int, Page]:
        """The pages made so far."""
        return dict(self._pages)

    def here(self) -> Page:
        """The page of the open tab."""
        return self.page(self.tabs.currentIndex())

    def page(self, at: int) -> Page:
        """The page of a tab, made now if it was not yet."""
        page = self._pages.get(at)
        if page is None:
            page = self._specs[at].make()
            self._pages[at] = page
            page.said.connect(self.status.say)
            page.badge_changed.connect(lambda count, at=at: self.bar.set_badge(at, count))
            page.restore_state(self._settings)
            page.apply_size(self._size)
            self._holder(at).insertWidget(0, page)
            if not (self._in_first_run and at == 0):
                self._holder(at).setCurrentWidget(page)
            self.page_built.emit(page)
        return page

    def go(self, at: int) -> Page:
        """Open a tab and return its page."""
        page = self.page(at)
        if self.tabs.isTabEnabled(at):
            self.tabs.setCurrentIndex(at)
            page.focus_list()
        return page

    def show_current(self) -> None:
        """Make the page of the open tab, unless the first-run page is in its place."""
        if not (self._in_first_run and self.tabs.currentIndex() == 0):
            self.here()

    def committed(self, entities: frozenset[type]) -> None:
        """Let the pages that show these entities reload."""
        for page in self._pages.values():
            page.committed(entities)

    def set_width(self, width: int) -> None:
        """Rearrange corner and pages when the window's class of width changed."""
        self.search.close_panel()
        size = size_class(width)
        if size is not self._size:
            self._size = size
            self.corner.set_size(size)
            for page in self._pages.values():
                page.apply_size(size)

    def show_first_run(self, shown: bool) -> None:
        """Show the three ways to begin instead of the pages, or the pages again."""
        self._in_first_run = shown
        for at in range(1, self.tabs.count()):
            self.tabs.setTabEnabled(at, not shown)
        self.corner.set_quiet(shown)
        self.corner.set_size(self._size)
        if shown:
            self.tabs.setCurrentIndex(0)
            page = self._first_run_page()
            self._holder(0).setCurrentWidget(page)
            page.focus_first()
        elif self._first_run is not None:
            self._holder(0).setCurrentWidget(self.page(0))

    def save_state(self) -> None:
        """Let every page remember how it stands."""
        for page in self._pages.values():
            page.save_state(self._settings)

    def _build(self) -> None:
        self.window().setWindowIcon(QIcon(str(resource("icons/app.svg"))))
        self.tabs.setObjectName("main")
        self.tabs.setTabBar(self.bar)
        self.tabs.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for at, spec in enumerate(self._specs):
            self.tabs.addTab(QStackedWidget(), spec.title)
            self.tabs.setTabToolTip(at, f"{spec.title}（Ctrl+{at + 1}）")
        self.tabs.currentChanged.connect(self._turned)
        self.search.opened.connect(self._shell.open_hit)
        self.corner.undo_wanted.connect(self._shell.undo)
        self.corner.redo_wanted.connect(self._shell.redo)
        self.tabs.setCornerWidget(self.corner, Qt.Corner.TopRightCorner)
        self.status.undo_wanted.connect(self._shell.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # The status line first: Tab goes round, so its link comes after all of the pages.
        column.addWidget(self.status)
        column.insertWidget(0, self.tabs, 1)

    def _first_run_page(self) -> FirstRun:
        if self._first_run is None:
            from bulletin_study.ui.first_run import FirstRun

            self._first_run = FirstRun(self._data_folder)
            self._first_run.chosen.connect(self._shell.first_run_choice)
            self._holder(0).addWidget(self._first_run)
        return self._first_run

    def _holder(self, at: int) -> QStackedWidget:
        holder = self.tabs.widget(at)
        if not isinstance(holder, QStackedWidget):
            raise IndexError(at)
        return holder

    def _turned(self, at: int) -> None:
        # Turned while the window is still being made: the page comes after the first paint.
        if at >= 0 and self.isVisible():
            self.show_current()
            if at in self._pages:
                self._pages[at].refresh()
