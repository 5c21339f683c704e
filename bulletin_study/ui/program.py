"""The program behind the window: pages, undo and redo, search, menu, what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from bulletin_study import crash
from bulletin_study.domain.errors import Refusal, StorageDamaged, StorageNewer, StorageUnavailable
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import StudySession
from bulletin_study.ui.context import Context, Files, Navigator
from bulletin_study.ui.dialogs import choose_files, choose_open, choose_save, copy_text, open_path
from bulletin_study.ui.draft_recovery import DraftRecovery
from bulletin_study.ui.finder import Finder
from bulletin_study.ui.main_menu import main_menu
from bulletin_study.ui.main_window import MainWindow, PageSpec
from bulletin_study.ui.pages import PAGES, load_page, make_page
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.shell import Hit, MenuEntry
from bulletin_study.ui.switch import Switch
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import Choice
from bulletin_study.ui.ways import Ways
from bulletin_study.ui.wording import BUG, sentence_for
from bulletin_study.usecases import history
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.importing import ImportKind
from bulletin_study.usecases.search import Found, find_everywhere
from bulletin_study.usecases.start import is_empty
from bulletin_study.usecases.templates import roster_template


class Program(QObject):
    """One store in one window."""

    switch_wanted = Signal(object)
    """A :class:`Switch`: close this store and go on with another."""
    data_shown = Signal()
    """The first page has its data on the screen."""

    def __init__(
        self,
        runner: Runner,
        files: Files,
        settings: QSettings,
        data: Path,
        *,
        sample: bool = False,
        dialogs: tuple[Callable[..., Path | None], Callable[..., Path | None]] | None = None,
        window: MainWindow | None = None,
    ) -> None:
        """``window`` is one that is on the screen already; without it one is made."""
        super().__init__()
        self.runner, self.data, self.sample = runner, data, sample
        opening, saving = dialogs or (choose_open, choose_save)
        self.context = Context(
            runner=runner,
            files=files,
            settings=settings,
            go=Navigator(),
            choose_open=opening,
            choose_files=choose_files,
            choose_save=saving,
            copy=copy_text,
            open_folder=open_path,
            open_file=open_path,
        )
        specs = [
            PageSpec(title, partial(make_page, name, self.context), partial(load_page, name))
            for name, title in PAGES
        ]
        self.window = window or MainWindow(settings)
        self.window.furnish(specs, self, str(data))
        if sample:
            self.window.set_subtitle("示例数据，不影响正式数据")
        self.finder = Finder(self.context, self.window)
        self._looked_for = ""
        runner.committed.connect(self._committed)
        runner.refused.connect(self._refused)
        runner.crashed.connect(self.bug)
        self._recovery = DraftRecovery(self.context, self.window)
        self.ways = Ways(self.context, self.window, self.open_import)

    def start(self) -> None:
        """Show the window; the store is looked into once the first page stands.

        Not earlier: its libraries load on the worker, and two threads that both load Python
        code take turns, so that the page would be late and the data no earlier.
        """
        self.window.page_built.connect(self._first_page)
        self.window.show()

    # ---- what the window asks (Shell) ----
    def undo(self) -> None:
        """Undo the last operation."""
        self.runner.do(history.undo)

    def redo(self) -> None:
        """Redo the operation undone last."""
        self.runner.do(history.redo)

    def search(self, text: str, then: Callable[[str, Sequence[Hit]], None]) -> None:
        """Look everywhere; ``then`` gets the text back with what was found."""

        def told(found: list[Found]) -> None:
            self._looked_for = text
            then(text, [Hit(f.kind, f.title, f.note, f, f.marks) for f in found])

        self.runner.read(lambda unit: find_everywhere(unit, text), told)

    def open_hit(self, hit: Hit) -> None:
        """Show a person, a session, a talk or a text that was found."""
        found = hit.target
        if not isinstance(found, Found):
            return
        if found.everything:
            self.finder.look_for(found.everything)
        elif found.text is not None:
            self.finder.go_to(found.text, self._looked_for)
        elif found.entity is Person:
            self.context.go.person.emit(found.key)
        elif found.entity is StudySession:
            self.context.go.session.emit(found.key)
        else:
            self.context.go.talk.emit(found.key, found.place)

    def menu(self) -> Sequence[MenuEntry]:
        """The lines of the main menu."""
        return main_menu(self)

    def first_run_choice(self, choice: str) -> None:
        """One of the ways to begin."""
        match choice:
            case "import":
                self.open_import(None, ImportKind.ROSTER)
            case "demo":
                self.open_sample()
            case "restore":
                self._restore()
            case "template":
                self.save_template()
            case _:
                self.window.show_first_run(False)
                self.page("people").new_item()

    def file_dropped(self, path: Path) -> None:
        """A file dropped anywhere is looked at as an import."""
        self.open_import(path, None)

    # ---- what the menu does ----
    def open_import(
        self, path: Path | None, kind: ImportKind | None, session_id: int | None = None
    ) -> None:
        """Open the import dialog."""
        from bulletin_study.ui.import_dialog import ImportDialog

        dialog = ImportDialog(self.context, kind, path, self.window, session_id=session_id)
        dialog.imported.connect(lambda: self.window.show_first_run(False))
        dialog.open()

    def save_template(self) -> None:
        """Write an empty roster with its header to a file of the user's choice."""
        path = self.context.choose_save("保存空白花名册", "空白花名册.xlsx", "Excel 表格 (*.xlsx)")
        if path is None:
            return
        self.runner.work(
            lambda job: self.context.files.write(roster_template(), path, job.report),
            lambda _: self._written(path),
        )

    def show_history(self) -> None:
        """The operation log."""
        from bulletin_study.ui.history_dialog import HistoryDialog

        HistoryDialog(self.runner, self.window).open()

    def show_settings(self) -> None:
        """The office's name, limits and deadlines."""
        from bulletin_study.ui.settings_view import SettingsDialog

        SettingsDialog(self.runner, self.window).open()

    def show_keys(self) -> None:
        """The keys."""
        from bulletin_study.ui.about import KeysDialog

        KeysDialog(self.window).open()

    def show_about(self) -> None:
        """What this is, which version, where the data lies."""
        from bulletin_study.ui.about import AboutDialog

        AboutDialog(self.data, self.window).open()

    def open_data_folder(self) -> None:
        """Show where the data lies."""
        self.context.open_folder(self.data)

    def set_look(self, choice: Choice) -> None:
        """Light, dark, or as the desktop; remembered."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme().apply(app, choice)
        self.context.settings.setValue("look", choice)

    def open_sample(self) -> None:
        """Go on with the sample office, in a store of its own."""
        self.switch_wanted.emit(Switch("sample"))

    def reset_sample(self) -> None:
        """Throw the sample's changes away and fill it anew."""
        self.switch_wanted.emit(Switch("reset"))

    def leave_sample(self) -> None:
        """Go back to the formal data."""
        self.switch_wanted.emit(Switch("formal"))

    def _written(self, path: Path) -> None:
        link = ("打开文件夹", lambda: self.context.open_folder(path.parent))
        self.window.say(f"已写好“{path.name}”", link=link)

    def _restore(self) -> None:
        path = self.context.choose_open("选择备份", "学讲评数据 (*.sqlite3 *.db);;所有文件 (*)")
        if path is not None:
            self.switch_wanted.emit(Switch("restore", path))

    # ---- inside ----
    def page(self, name: str) -> Any:
        """Turn to a page by its name; each kind of page answers to its own ``show_…``."""
        return self.ways.page(name)

    def _first_page(self) -> None:
        self.window.page_built.disconnect(self._first_page)
        self._look()

    def _look(self) -> None:
        self.runner.read(is_empty, self._looked)

    def _looked(self, empty: bool) -> None:
        self.window.show_first_run(empty and not self.sample)
        self.window.body.show_current()
        # The worker answers in order: with this the first page has been answered, too.
        self._ask_steps(self.data_shown.emit)
        self._recovery.look()

    def _committed(self, saved: Committed) -> None:
        self.window.committed(saved.label, saved.entities)
        if saved.label.startswith(history.UNDO):
            # The link beside an undo takes the undo back, not one step more.
            self.window.say(saved.label, link=("恢复", self.redo))
        self._ask_steps()

    def _ask_steps(self, then: Callable[[], object] | None = None) -> None:
        def told(steps: tuple[str | None, str | None]) -> None:
            self.window.set_undo(steps[0])
            self.window.set_redo(steps[1])
            if then is not None:
                then()

        self.runner.read(history.next_steps, told)

    def _refused(self, refusal: Refusal) -> None:
        page = self.window.page(self.window.current)
        retry = None
        if isinstance(refusal, StorageUnavailable | StorageDamaged | StorageNewer):
            retry = ("重试", self._look_again)
        page.show_error(sentence_for(refusal), retry)

    def _look_again(self) -> None:
        """As at the start: whether there is anything, and what the open page shows."""
        self._look()
        self.window.page(self.window.current).reload()

    def bug(self, error: BaseException) -> None:
        """Record a bug, say that what was saved is safe, offer the details; go on."""
        crash.record(error, self.data)
        page = self.window.page(self.window.current)
        page.show_error(BUG, ("复制详情", lambda: self.context.copy(crash.describe(error))))
