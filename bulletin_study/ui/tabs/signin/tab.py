"""The page 签到与心得."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.closing import Want
from bulletin_study.domain.evidence import Evidence, EvidenceKind
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Absence, Group, Membership, Person
from bulletin_study.domain.sessions import (
    ClosingItem,
    Comment,
    Reflection,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.domain.settings import Setting
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label, quiet_button
from bulletin_study.ui.frame import Page
from bulletin_study.ui.sizes import SizeClass
from bulletin_study.ui.tabs.signin import words
from bulletin_study.ui.tabs.signin.archiving import Archiving
from bulletin_study.ui.tabs.signin.editors_pane import EditorsPane
from bulletin_study.ui.tabs.signin.make_up_ledger import MakeUpLedgerDialog
from bulletin_study.ui.tabs.signin.marking import Marking
from bulletin_study.ui.tabs.signin.names_menu import NamesMenu
from bulletin_study.ui.tabs.signin.papers import PRINT_KEY, Papers
from bulletin_study.ui.tabs.signin.roster_pane import REST_KEY, RosterPane
from bulletin_study.ui.tabs.signin.sections import Saver
from bulletin_study.ui.tabs.signin.sessions_pane import SessionsPane
from bulletin_study.ui.widgets.file_drop import FileDrop
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.widgets.wide_sheet import WideSheet
from bulletin_study.usecases.find_text import FoundText, TextKind
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.sign_in_page import Shelf, SignInPage, load_page, load_shelf

_SIGN_IN, _WORDS = "sign_in", "words"
_Loaded = tuple[Shelf, SignInPage | None]


def _load(unit: UnitOfWork, first: date, last: date, session_id: int | None) -> _Loaded:
    """The shelf and the session asked for, else the one that is due."""
    if session_id is not None and unit.get(StudySession, session_id) is None:
        session_id = None
    shelf = load_shelf(unit, first, last, session_id=session_id)
    chosen = session_id if session_id is not None else shelf.first_choice
    return shelf, load_page(unit, chosen) if chosen is not None else None


class SignInTab(Page):
    """Sessions, the sign-in, what was said, and what is missing before archiving."""

    title, name = "签到与心得", "signin"
    entities = frozenset(
        {
            StudySession, SessionKind, SessionKindLink, Talk, Attendance, Comment, Reflection,
            Person, Group, Membership, Absence, Evidence, MakeUp, Setting,
        }
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._session: int | None = None
        self._shown: SignInPage | None = None
        self._target: Callable[[], None] | None = None
        self.ledger: MakeUpLedgerDialog | None = None
        today = context.runner.office.services.clock.today
        self.sessions = SessionsPane(today)
        self.sessions.chosen.connect(self._choose)
        self.sessions.settled.connect(self.close_left)
        self.sessions.span_changed.connect(self.reload)
        self.roster = RosterPane()
        saver = Saver(context)
        saver.said = self.said.emit
        self.editors = EditorsPane(context, saver)
        self.marks = Marking(context.runner, self.roster)
        self.papers = Papers(context, self, lambda: self._shown)
        self.archiving = Archiving(context.runner, self, self.editors)
        self.names = NamesMenu(context, self, lambda: self._shown,
                               self.archiving.offer_reopening)  # fmt: skip
        self._stack = PaneStack(self.roster)
        self._build_toolbar()
        self.set_panes(self._stack, left=self.sessions, inspector=self.editors, left_width=216,
                       inspector_width=352, left_label="选择场次")  # fmt: skip
        self.sheet = saver.sheet = WideSheet(self, self._stack)
        self.editors.show_empty("")
        self._drop = FileDrop(self)
        self._connect()

    # ---- building ----
    def _build_toolbar(self) -> None:
        self._heading = label("", "title")
        self._where = label("", "text2")
        self.sheets = Segmented([("签到", _SIGN_IN), ("点评心得", _WORDS)])
        self.sheets.changed.connect(lambda sheet: self.show_inspector(sheet == _WORDS))
        self.sheets.hide()
        self.toolbar.add_left(self._heading)
        self.toolbar.add_left(self._where, optional=True)
        self.toolbar.add_left(self.sheets)
        for button in (
            quiet_button("复制催办", "copy", tip="复制一段催办的话，可以发到工作群",
                         on_click=self.copy_chasing),
            quiet_button("补学台账…", "table", tip="谁还要补学、补了没有，催办和导出",
                         on_click=self.open_ledger),
            self.names.button,
            self.papers.button,
        ):  # fmt: skip
            self.toolbar.add_right(button, fold=True)
        self.toolbar.set_primary(self.archiving.button)

    def _connect(self) -> None:
        self.roster.person_wanted.connect(self._context.go.person.emit)
        self.roster.list_pasted.connect(self.names.paste)
        self.roster.plan_wanted.connect(lambda: self._context.go.session.emit(self._session))
        self.marks.reload_wanted.connect(self.reload)
        self.marks.accepted.connect(self.clear_error)
        self.marks.refused.connect(self.show_error)
        self.marks.archived_touched.connect(self.archiving.offer_reopening)
        self.archiving.jump_wanted.connect(self._jump)
        self.editors.closing.jump_wanted.connect(self._jump)
        self.editors.package_wanted.connect(self.papers.pack)
        self._drop.dropped.connect(self.editors.add_files)
        self._shortcut(REST_KEY, self.marks.rest)
        self._shortcut(PRINT_KEY, self.papers.print_usual)
        self._shortcut("Alt+C", self.editors.draw)
        self._shortcut("Alt+Left", lambda: self.sessions.step(-1))
        self._shortcut("Alt+Right", lambda: self.sessions.step(1))

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes a list of names wherever nobody writes or keeps files."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.names.paste()
        else:
            super().keyPressEvent(event)

    def layout_for(self, size: SizeClass) -> None:
        """The heading moves to the opener of the list; small: two sheets."""
        self._heading.setVisible(size is SizeClass.FULL)
        self._show_where()
        self.sheets.setVisible(size is SizeClass.SMALL)
        self.sheet.set_under(self.editors if size is SizeClass.SMALL else self._stack)
        if size is SizeClass.SMALL:
            self.show_inspector(False)
        self.editors.closing.set_short(size is SizeClass.SMALL)

    def show_inspector(self, shown: bool = True) -> None:
        """Keep the segments in step with the sheet."""
        super().show_inspector(shown)
        self.sheets.set_value(_WORDS if shown else _SIGN_IN)

    def focus_list(self) -> None:
        """The quick box, or the roster where there is none."""
        if self._target is None:
            quick = self.roster.quick
            (quick if quick.isVisibleTo(self) else self.sessions.list).setFocus()

    def filter_focus(self) -> None:
        """The quick box finds people."""
        self.roster.quick.setFocus()
        self.roster.quick.selectAll()

    # ---- data ----
    def open_sign_in(
        self,
        session_id: int,
        item: ClosingItem | None = None,
        talk_id: int | None = None,
        evidence: EvidenceKind | None = None,
    ) -> None:
        """Show a session, with the focus in the field that a checklist line waits for."""
        want = Want(item, evidence) if item is not None else None
        self._open(session_id, lambda: self._go_to(want, talk_id))

    def open_make_ups(self, session_id: int) -> None:
        """Show a session, with the focus at the first who still owes 补学."""
        self._open(session_id, self._go_to_make_ups)

    def show_written(self, found: FoundText, words: str) -> None:
        """Show a text that was found, with the focus in its field and the words selected."""
        if found.hit.session_id is not None:
            self._open(found.hit.session_id, lambda: self._go_to_words(found, words))

    def show_session(self, session_id: int) -> None:
        """Show a session."""
        self.open_sign_in(session_id)

    def _open(self, session_id: int, then: Callable[[], None]) -> None:
        self.editors.commit()
        self._session = session_id
        self._target = then
        self.reload()

    def reload(self) -> None:
        """Read the shelf and the session; after the last of several marks, once."""
        if self.marks.put_off_reload():
            return
        if self._shown is None:
            self._stack.show_loading()
        (first, last), wanted = self.sessions.span, self._session
        self._context.runner.read(
            lambda unit: _load(unit, first, last, wanted),
            lambda loaded: self._loaded(loaded, wanted),
        )

    def _loaded(self, loaded: _Loaded, wanted: int | None) -> None:
        # Marks made meanwhile are newer than what was read; and when another session was
        # chosen meanwhile, that one is being read.
        if not self.marks.put_off_reload() and self._session == wanted:
            self._show(*loaded)

    def _show(self, shelf: Shelf, page: SignInPage | None) -> None:
        self._shown = page
        self._session = page.session.id if page else None
        self.sessions.show_shelf(shelf, self._session)
        self.badge_changed.emit(len(shelf.open))
        if page is None:
            self._show_nothing()
            return
        self._stack.show_content()
        self._show_page(page)
        if self._target is not None:
            go_to, self._target = self._target, None
            go_to()

    def _show_nothing(self) -> None:
        self._heading.setText("")
        self._show_where()
        self.set_left_label("选择场次")
        self.archiving.show_nothing()
        self.setAcceptDrops(False)
        self._stack.show_empty("还没有场次。先在“每周一学”里新建或批量安排。", "去安排",
                               lambda: self._context.go.page.emit("study"))  # fmt: skip
        self.editors.show_empty("还没有场次。")

    def _show_page(self, page: SignInPage) -> None:
        heading = words.heading(page.row, page.today)
        self._heading.setText(heading)
        self._show_where()
        self.set_left_label(heading)
        self.marks.page = page
        self.roster.show_page(page)
        cancelled = page.session.status is SessionStatus.CANCELLED
        if cancelled:
            self.editors.show_empty("本场已取消，没有点评和心得，也不用归档。")
        else:
            self.editors.show_page(page)
        self.setAcceptDrops(not cancelled)
        self.archiving.show_page(page)

    def _show_where(self) -> None:
        # The toolbar hides this label by itself; without words it takes no room either.
        wide = self.size_class is SizeClass.FULL and self._shown is not None
        self._where.setText(words.where(self._shown.session) if wide and self._shown else "")

    def _choose(self, session_id: int) -> None:
        if session_id != self._session:
            self.editors.commit()
            self._session = session_id
            self.reload()

    # ---- going to what is missing, or was found ----
    def _go_to_words(self, found: FoundText, words: str) -> None:
        self.show_sheet(_WORDS)
        if self.editors.show_written(found, words):
            return
        if found.kind is TextKind.EVIDENCE:
            self.editors.jump(Want(ClosingItem.EVIDENCE), found.talk_id)
        elif found.kind is TextKind.MAKE_UP:
            self.editors.jump_to_make_up()
        elif found.kind is TextKind.MINUTES:
            # What has no field here has one where the session is planned.
            self._context.go.session.emit(found.hit.session_id)

    def _go_to(self, want: Want | None, talk_id: int | None) -> None:
        if want is None or want.item is ClosingItem.SIGN_IN:
            self.show_sheet(_SIGN_IN)
            if want is None:
                self.focus_list()
            else:
                self.roster.go_to_unmarked()
        else:
            self.show_sheet(_WORDS)
            self.editors.jump(want, talk_id)

    def _go_to_make_ups(self) -> None:
        self.show_sheet(_WORDS)
        self.editors.jump_to_make_up()

    def show_sheet(self, sheet: str) -> None:
        """Turn to the sign-in or to the editors, where they are two sheets."""
        if self.size_class is SizeClass.SMALL or sheet == _WORDS:
            self.show_inspector(sheet == _WORDS)

    def _jump(self, want: Want) -> None:
        self._go_to(want, None)

    # ---- out and in ----
    def copy_chasing(self) -> None:
        """Put the 催办 text of the session on the clipboard."""
        if self._shown is None:
            self.said.emit("还没有场次，没有要催的")
        else:
            self.papers.copy_chasing(self._shown)

    def open_ledger(self) -> None:
        """Everybody's 补学, beside the window."""
        self.editors.commit()
        if self.ledger is None:
            self.ledger = MakeUpLedgerDialog(self._context, self)
            self.ledger.session_wanted.connect(self.open_make_ups)
        else:
            self.ledger.reload()
        self.ledger.show()
        self.ledger.raise_()
        self.ledger.activateWindow()
