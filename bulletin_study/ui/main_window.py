"""The window: seven tabs, the corner beside them, the status line, and the shared keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from bulletin_study.ui.banner import Action
from bulletin_study.ui.corner import Corner
from bulletin_study.ui.first_run import FirstRun
from bulletin_study.ui.frame import Page
from bulletin_study.ui.search_box import SearchBox
from bulletin_study.ui.shell import Shell
from bulletin_study.ui.sizes import SizeClass, size_class
from bulletin_study.ui.status_bar import StatusBar
from bulletin_study.ui.tab_bar import TabBar

APP_TITLE: Final = "学讲评"
LEAST_WIDTH, LEAST_HEIGHT = 880, 440


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A tab: its title and how its page is made when it is first looked at."""

    title: str
    make: Callable[[], Page]


class MainWindow(QMainWindow):
    """Knows pages and a `Shell`, no use cases.

    The first tab is built at once, the others when first shown; ``page_built`` tells.
    """

    page_built = Signal(object)
    file_dropped = Signal(Path)

    def __init__(
        self, specs: Sequence[PageSpec], shell: Shell, settings: QSettings, data_folder: str = ""
    ) -> None:
        super().__init__()
        self._specs = list(specs)
        self._shell = shell
        self._settings = settings
        self._data_folder = data_folder
        self._pages: dict[int, Page] = {}
        self._size: SizeClass | None = None
        self._first_run: FirstRun | None = None
        self._alt_alone = False
        self.setWindowTitle(APP_TITLE)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.setAcceptDrops(True)
        self._tabs = QTabWidget()
        self._bar = TabBar()
        self._build()
        self._make_shortcuts()
        self._restore()
        self._ensure(self._tabs.currentIndex())
        self._tabs.currentChanged.connect(self._turned)

    # ---- pages ----
    @property
    def current(self) -> int:
        """Number of the tab that is open, from 0."""
        return self._tabs.currentIndex()

    @property
    def built_pages(self) -> dict[int, Page]:
        """The pages made so far."""
        return dict(self._pages)

    def page(self, at: int) -> Page:
        """The page of a tab, made now if it was not yet."""
        return self._ensure(at)

    def go(self, at: int) -> Page:
        """Open a tab and return its page."""
        page = self._ensure(at)
        if self._tabs.isTabEnabled(at):
            self._tabs.setCurrentIndex(at)
            page.focus_list()
        return page

    def set_badge(self, at: int, count: int) -> None:
        """Show how many things wait on a tab; 0 takes the badge away."""
        self._bar.set_badge(at, count)

    # ---- telling ----
    def committed(self, text: str, entities: frozenset[type]) -> None:
        """An operation was saved: say so with 撤销 and let the pages that show it reload."""
        self._status.say(text, undo=True)
        for page in self._pages.values():
            page.committed(entities)

    def say(self, text: str, *, undo: bool = False, link: Action | None = None) -> None:
        """Say something in the status line."""
        self._status.say(text, undo=undo, link=link)

    def set_undo(self, text: str | None) -> None:
        """What 撤销 would take back."""
        self._corner.set_undo(text)

    def set_redo(self, text: str | None) -> None:
        """What 重做 would do again."""
        self._corner.set_redo(text)

    def set_backup(self, text: str) -> None:
        """When the last backup was made, in words."""
        self._status.set_backup(text)

    def set_subtitle(self, text: str) -> None:
        """Name office and period in the title bar."""
        self.setWindowTitle(f"{APP_TITLE} — {text}" if text else APP_TITLE)

    @property
    def status(self) -> StatusBar:
        """The status line."""
        return self._status

    @property
    def search(self) -> SearchBox:
        """Find everywhere."""
        return self._search

    def show_first_run(self, shown: bool) -> None:
        """Show the three ways to begin instead of the pages, or the pages again."""
        if shown and self._first_run is None:
            self._first_run = FirstRun(self._data_folder)
            self._first_run.chosen.connect(self._shell.first_run_choice)
            self._holder(0).addWidget(self._first_run)
        for at in range(1, self._tabs.count()):
            self._tabs.setTabEnabled(at, not shown)
        self._corner.set_quiet(shown)
        self._corner.set_size(size_class(self.width()))
        if self._first_run is None:
            return
        if shown:
            self._tabs.setCurrentIndex(0)
            self._holder(0).setCurrentWidget(self._first_run)
            self._first_run.focus_first()
        else:
            self._holder(0).setCurrentWidget(self._ensure(0))

    # ---- building ----
    def _build(self) -> None:
        self._tabs.setObjectName("main")
        self._tabs.setTabBar(self._bar)
        self._tabs.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for spec in self._specs:
            self._tabs.addTab(QStackedWidget(), spec.title)
        for at in range(len(self._specs)):
            self._tabs.setTabToolTip(at, f"{self._specs[at].title}（Ctrl+{at + 1}）")
        self._search = SearchBox(self._shell, self)
        self._search.opened.connect(self._shell.open_hit)
        self._corner = Corner(self._shell, self._search)
        self._corner.undo_wanted.connect(self._shell.undo)
        self._corner.redo_wanted.connect(self._shell.redo)
        self._tabs.setCornerWidget(self._corner, Qt.Corner.TopRightCorner)
        self._status = StatusBar()
        self._status.undo_wanted.connect(self._shell.undo)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._status)
        self.setCentralWidget(middle)

    def _make_shortcuts(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+Z", self._shell.undo),
            ("Ctrl+Y", self._shell.redo),
            ("Ctrl+Shift+Z", self._shell.redo),
            ("Ctrl+F", self._search.start),
            ("F10", self._corner.open_menu),
            ("Ctrl+Shift+F", lambda: self._here().filter_focus()),
            ("Ctrl+N", lambda: self._here().new_item()),
            ("Ctrl+Return", lambda: self._here().trigger_primary()),
            ("Ctrl+Enter", lambda: self._here().trigger_primary()),
            ("Ctrl+I", lambda: self._here().toggle_inspector()),
            ("F6", lambda: self._here().cycle_panes()),
            ("Shift+F6", lambda: self._here().cycle_panes(back=True)),
        ]
        keys += [(f"Ctrl+{at + 1}", partial(self.go, at)) for at in range(len(self._specs))]
        for sequence, act in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(lambda act=act: act())

    def _holder(self, at: int) -> QStackedWidget:
        holder = self._tabs.widget(at)
        if not isinstance(holder, QStackedWidget):
            raise IndexError(at)
        return holder

    def _ensure(self, at: int) -> Page:
        page = self._pages.get(at)
        if page is None:
            page = self._specs[at].make()
            self._pages[at] = page
            page.said.connect(self._status.say)
            page.badge_changed.connect(lambda count, at=at: self.set_badge(at, count))
            page.restore_state(self._settings)
            page.apply_size(size_class(self.width()))
            self._holder(at).insertWidget(0, page)
            if self._first_run is None or at != 0:
                self._holder(at).setCurrentWidget(page)
            self.page_built.emit(page)
        return page

    def _here(self) -> Page:
        return self._ensure(self._tabs.currentIndex())

    def _turned(self, at: int) -> None:
        if at >= 0:
            self._ensure(at).refresh()

    def _restore(self) -> None:
        geometry = self._settings.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(1280, 720)
        tab = self._settings.value("window/tab", 0)
        if str(tab).isdigit() and int(str(tab)) < len(self._specs):
            self._tabs.setCurrentIndex(int(str(tab)))

    # ---- events ----
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange corner and pages when the window's class of width changed."""
        super().resizeEvent(event)
        self._search.close_panel()
        size = size_class(self.width())
        if size is not self._size:
            self._size = size
            self._corner.set_size(size)
            for page in self._pages.values():
                page.apply_size(size)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit what is being typed and remember how things stood."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/tab", self._tabs.currentIndex())
        for page in self._pages.values():
            page.save_state(self._settings)
        self._settings.sync()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the first file on."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self._shell.file_dropped(Path(files[0]))
            self.file_dropped.emit(Path(files[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remember whether Alt is pressed alone."""
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt pressed and released alone opens the menu."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone:
            self._alt_alone = False
            self._corner.open_menu()
        super().keyReleaseEvent(event)
