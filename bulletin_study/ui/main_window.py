"""The window: it is on the screen before anything fills it, and owns the shared keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, QSettings, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow

from bulletin_study.ui.in_steps import in_steps

# Imported when needed: the empty window is painted first. ``Qt`` too is imported inside the
# functions that need it: making all its names takes a tenth of the time until then.
if TYPE_CHECKING:
    from bulletin_study.ui.banner import Action
    from bulletin_study.ui.frame import Page
    from bulletin_study.ui.search_box import SearchBox
    from bulletin_study.ui.shell import Shell
    from bulletin_study.ui.status_bar import StatusBar
    from bulletin_study.ui.window_body import WindowBody

APP_TITLE: Final = "学讲评"
LEAST_WIDTH, LEAST_HEIGHT = 880, 440


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A tab: its title and how its page is made when it is first looked at.

    ``load`` gets ready what ``make`` needs, so that these are two shorter steps at the start.
    """

    title: str
    make: Callable[[], Page]
    load: Callable[[], object] = lambda: None


class MainWindow(QMainWindow):
    """Knows pages and a `Shell`, no use cases.

    It can be on the screen before it knows even these (``furnish``). What fills it is made
    after it was first painted, step by step, or when first asked for; a page when its tab is
    first looked at, which ``page_built`` tells.
    """

    painted = Signal()
    """It is on the screen for the first time."""
    page_built = Signal(object)
    file_dropped = Signal(Path)

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._specs: Sequence[PageSpec] = ()
        self._shell: Shell | None = None
        self._settings = settings
        self._data_folder = ""
        self._alt_alone = False
        self._painted = False
        self.setWindowTitle(APP_TITLE)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.setAcceptDrops(True)
        geometry = settings.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(1280, 720)

    def furnish(self, specs: Sequence[PageSpec], shell: Shell, data_folder: str = "") -> None:
        """Say what the window is to hold, and who answers it."""
        self._specs, self._shell, self._data_folder = specs, shell, data_folder
        if self._painted:
            QTimer.singleShot(0, self._fill)

    @cached_property
    def body(self) -> WindowBody:
        """Tabs, corner and status line; needs ``furnish`` first."""
        from bulletin_study.ui.window_body import WindowBody

        assert self._shell is not None
        body = WindowBody(self._specs, self._shell, self._settings, self, self._data_folder)
        body.page_built.connect(self.page_built)
        tab = str(self._settings.value("window/tab", 0))
        if tab.isdigit() and int(tab) < len(self._specs):
            body.tabs.setCurrentIndex(int(tab))
        self.setCentralWidget(body)
        self._make_shortcuts(body, self._shell)
        return body

    # ---- pages ----
    @property
    def current(self) -> int:
        """Number of the tab that is open, from 0."""
        return self.body.tabs.currentIndex()

    @property
    def built_pages(self) -> dict[int, Page]:
        """The pages made so far."""
        return self.body.pages

    def page(self, at: int) -> Page:
        """The page of a tab, made now if it was not yet."""
        return self.body.page(at)

    def go(self, at: int) -> Page:
        """Open a tab and return its page."""
        return self.body.go(at)

    def set_badge(self, at: int, count: int) -> None:
        """Show how many things wait on a tab; 0 takes the badge away."""
        self.body.bar.set_badge(at, count)

    def show_first_run(self, shown: bool) -> None:
        """Show the three ways to begin instead of the pages, or the pages again."""
        self.body.show_first_run(shown)

    # ---- telling ----
    def committed(self, text: str, entities: frozenset[type]) -> None:
        """An operation was saved: say so with 撤销 and let the pages that show it reload."""
        self.body.status.say(text, undo=True)
        self.body.committed(entities)

    def say(self, text: str, *, undo: bool = False, link: Action | None = None) -> None:
        """Say something in the status line."""
        self.body.status.say(text, undo=undo, link=link)

    def set_undo(self, text: str | None) -> None:
        """What 撤销 would take back."""
        self.body.corner.set_undo(text)

    def set_redo(self, text: str | None) -> None:
        """What 重做 would do again."""
        self.body.corner.set_redo(text)

    def set_backup(self, text: str) -> None:
        """When the last backup was made, in words."""
        self.body.status.set_backup(text)

    def set_subtitle(self, text: str) -> None:
        """Name office and period in the title bar."""
        self.setWindowTitle(f"{APP_TITLE} — {text}" if text else APP_TITLE)

    @property
    def status(self) -> StatusBar:
        """The status line."""
        return self.body.status

    @property
    def search(self) -> SearchBox:
        """Find everywhere."""
        return self.body.search

    # ---- keys ----
    def _make_shortcuts(self, body: WindowBody, shell: Shell) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+Z", shell.undo),
            ("Ctrl+Y", shell.redo),
            ("Ctrl+Shift+Z", shell.redo),
            ("Ctrl+F", body.search.start),
            ("F10", body.corner.open_menu),
            ("Ctrl+Q", self.close),
            ("Ctrl+Shift+F", lambda: body.here().filter_focus()),
            ("Ctrl+N", lambda: body.here().new_item()),
            ("Ctrl+Return", lambda: body.here().trigger_primary()),
            ("Ctrl+Enter", lambda: body.here().trigger_primary()),
            ("Ctrl+I", lambda: body.here().toggle_inspector()),
            ("F6", lambda: body.here().cycle_panes()),
            ("Shift+F6", lambda: body.here().cycle_panes(back=True)),
        ]
        keys += [(f"Ctrl+{at + 1}", partial(body.go, at)) for at in range(len(self._specs))]
        for sequence, act in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(lambda act=act: act())

    # ---- events ----
    def paintEvent(self, event: QPaintEvent) -> None:
        """After the first time, fill the window and make the page that is open."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._on_screen)

    def _on_screen(self) -> None:
        if self._shell is not None:
            self._fill()
        self.painted.emit()

    def _fill(self) -> None:
        # Lists are what almost every page is made of.
        lists = partial(import_module, "bulletin_study.ui.widgets.list_view")
        in_steps(lambda: self.body, lists, self._load_page, self._show_page)

    def _load_page(self) -> None:
        self._specs[self.current].load()

    def _show_page(self) -> None:
        self.body.show_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange for another width."""
        super().resizeEvent(event)
        if "body" in self.__dict__:
            self.body.set_width(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit what is being typed and remember how things stood."""
        focus = self.focusWidget()
        if focus is not None:
            # A window that was left before it is closed has no focus any more to lose.
            autosave = getattr(focus, "autosave", None)
            if autosave is not None:
                autosave.commit()
            focus.clearFocus()
        self._settings.setValue("window/geometry", self.saveGeometry())
        if "body" in self.__dict__:
            self._settings.setValue("window/tab", self.current)
            self.body.save_state()
        self._settings.sync()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files."""
        if self._shell is not None and any(u.isLocalFile() for u in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the first file on."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files and self._shell is not None:
            event.acceptProposedAction()
            self._shell.file_dropped(Path(files[0]))
            self.file_dropped.emit(Path(files[0]))

    def event(self, event: QEvent) -> bool:
        """A shortcut such as Alt+← never arrives as a key press: it is seen here instead."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._alt_alone = _is_alt(event)
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remember whether Alt is pressed alone."""
        self._alt_alone = _is_alt(event)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt pressed and released alone opens the menu."""
        if _is_alt(event) and self._alt_alone:
            self._alt_alone = False
            if self._shell is not None:
                self.body.corner.open_menu()
        super().keyReleaseEvent(event)


def _is_alt(event: QKeyEvent) -> bool:
    from PySide6.QtCore import Qt

    return event.key() == Qt.Key.Key_Alt
