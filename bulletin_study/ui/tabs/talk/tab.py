"""每周一讲: the list of places, who speaks at each, and why."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.people import AbPair, Absence, Group, Membership, MentorPair, Person
from bulletin_study.domain.rotation import RoundProgress
from bulletin_study.domain.sessions import (
    TALK,
    OpeningFigure,
    SessionKind,
    SessionKindLink,
    StudySession,
    Talk,
)
from bulletin_study.domain.settings import Setting
from bulletin_study.ui.context import Context
from bulletin_study.ui.frame import Page
from bulletin_study.ui.series_dialog import SeriesDialog
from bulletin_study.ui.tabs.talk.arrange_dialog import ArrangeDialog
from bulletin_study.ui.tabs.talk.bar import TalkBar
from bulletin_study.ui.tabs.talk.centre import TalkCentre, View
from bulletin_study.ui.tabs.talk.inspector import TalkInspector
from bulletin_study.ui.tabs.talk.moves import Moves
from bulletin_study.ui.tabs.talk.papers import Papers
from bulletin_study.ui.tabs.talk.repair_dialog import RepairDialog
from bulletin_study.ui.tabs.talk.rows import Span
from bulletin_study.usecases.talk_list import round_progress
from bulletin_study.usecases.talk_page import Spot, TalkLine, TalkPage, load_talk_page


class TalkTab(Page):
    """List and inspector; 自动安排 proposes before it saves."""

    title, name = "每周一讲", "talk"
    entities: ClassVar[frozenset[type]] = frozenset({
        Talk, StudySession, SessionKind, SessionKindLink, OpeningFigure, Person, Group,
        Membership, Absence, MentorPair, AbPair, Setting, Evidence,
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.runner
        self._page: TalkPage | None = None
        self._wanted: Spot | None = None
        self._shown: Spot | None = None
        self.bar = TalkBar(self.toolbar)
        self.board = TalkCentre()
        self.side = TalkInspector(context)
        self.papers = Papers(context, self)
        self.moves = Moves(context.runner, self)
        self.set_panes(self.board, inspector=self.side, inspector_width=340)
        self._connect()
        for keys, act in (("Ctrl+R", self.repair), ("Ctrl+B", self.turn_view)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.board.show_loading()

    def committed(self, entities: frozenset[type]) -> None:
        """What was said before something was saved is over."""
        self.clear_error()
        super().committed(entities)

    # ---- reading ----
    def reload(self) -> None:
        """Read every place again."""
        self._runner.read(load_talk_page, self._show)

    def _show(self, page: TalkPage) -> None:
        self._page = page
        self.bar.show_page(page)
        self.board.show_page(page)
        if self._wanted is not None:
            self._select(self._wanted)
        self._show_line(self.board.line)

    def _select(self, key: Spot) -> None:
        """Select a place, giving up the filter and the span that hide it."""
        self._wanted = None
        page = self._page
        if page is not None and page.line(key) is None:
            key = (key[0], 1)  # one line stands for all places of a cancelled session
        if page is None or page.line(key) is None or self.board.select(key):
            return
        self.bar.filter.clear()
        if not self.board.select(key):
            self._show_all()
            self.board.select(key)

    def _show_line(self, line: TalkLine | None) -> None:
        key = line.key if line is not None else None
        if key is not None and key != self._shown:
            # Another place was chosen: the new session is not wanted after all, and what was
            # said of the last place is over.
            self.side.making = False
            if self._shown is not None:
                self.clear_error()
        self._shown = key
        if self._page is not None:
            self.side.show_line(line, self._page)

    def _narrow(self) -> None:
        self.board.narrow(self.bar.span.value() or Span.YEAR, self.bar.filter.text())

    def _show_all(self) -> None:
        self.bar.span.set_value(Span.ALL)
        self._narrow()

    def turn_view(self) -> None:
        """From the list to the board and back (Ctrl+B)."""
        turned = View.LIST if self.board.view is View.WEEKS else View.WEEKS
        self.bar.view.set_value(turned)
        self._show_view(turned)

    def _show_view(self, view: View) -> None:
        self.board.show_view(view)
        self.board.set_focus()

    def _choose_round(self, number: int) -> None:
        self._runner.read(partial(round_progress, number=number), self._show_round)

    def _show_round(self, progress: RoundProgress) -> None:
        self.bar.meter.show_progress(progress)
        self.board.show_round(progress)

    # ---- ways in ----
    def show_place(self, session_id: int, place: int) -> None:
        """Show one place, whatever is filtered."""
        self.side.making = False
        self._wanted = (session_id, place)
        self.show_inspector()
        self.reload()

    def show_session(self, session_id: int) -> None:
        """Show the first place of a session."""
        self.show_place(session_id, 1)

    # ---- acts ----
    def new_item(self) -> None:
        """The form of a new session (Ctrl+N)."""
        if self._page is not None:
            self.show_inspector()
            self.side.begin_new(self._page.kind_id)

    def edit_item(self) -> None:
        """Turn to the inspector, the focus in 主讲人 (Enter, F2)."""
        self.show_inspector()
        self.side.place.speaker.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_series(self) -> None:
        """批量安排 for 每周一讲."""
        dialog = SeriesDialog(self._context, TALK, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.arranged.connect(lambda ids: self.show_session(ids[0]))
        dialog.open()

    def arrange(self) -> None:
        """自动安排: a preview, then one operation."""
        if self._page is None:
            return
        if self._page.last_day() is None:
            self.show_notice("还没有要开展的“每周一讲”场次。先排好场次，再自动安排谁来讲。",
                             ("批量安排…", self.open_series))  # fmt: skip
            return
        dialog = ArrangeDialog(self._context, self._page, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def repair(self) -> None:
        """调整: the fewest changes of what was announced, a preview first (Ctrl+R)."""
        page = self._page
        if page is None:
            return
        # Who speaks today is not changed for somebody's sake later on.
        urgent = any(line.row.day == page.today for line in page.conflicts)
        first = page.today if urgent else page.today + timedelta(days=1)
        dialog = RepairDialog(self._context, first, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def copy_notice(self) -> None:
        """The next talks as a text for the office's chat."""
        page = self._page
        if page is None:
            return
        if self.papers.copy_notice(page):
            self.said.emit("已复制轮讲通知，可以粘贴到工作群")
        else:
            self.show_notice("接下来的场次还没有安排主讲人，没有可以通知的。先安排再复制。",
                             ("自动安排…", self.arrange))  # fmt: skip

    def export(self) -> None:
        """Write the places of the period in the list to a file."""
        if self.board.inside:
            self.papers.export(self.board.inside)
        else:
            self.show_notice("这段时间没有“每周一讲”的场次，没有可以导出的。")

    def print_plan(self) -> None:
        """The plan of the period in the list, on paper (Ctrl+P)."""
        if not self.board.inside:
            self.show_notice("这段时间没有“每周一讲”的场次，没有可以打印的。")
        else:
            self.papers.print_plan(self.board.inside)

    def next_conflict(self) -> None:
        """Go to the next place whose speaker cannot be."""
        page = self._page
        conflicts = page.conflicts if page is not None else []
        if not conflicts:
            return
        row = self.board.line
        keys = [line.key for line in conflicts]
        at = keys.index(row.key) + 1 if row is not None and row.key in keys else 0
        self.side.give_up()
        self.show_inspector()
        self._select(keys[at % len(keys)])

    def _menu(self, line: TalkLine, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, shown, act in (
            ("换人…", not line.cancelled, self.edit_item),
            ("代讲…", line.ahead, self._stand_in),
            ("对调…", line.ahead and line.taken, self._swap),
            ("不再固定" if line.row.pinned else "固定", line.ahead and line.taken,
             self.side.place.toggle_pin),
            ("清空", line.ahead and line.taken, self.side.place.clear_speaker),
            ("去签到", not line.cancelled, self.side.sign_in.click),
        ):  # fmt: skip
            if shown:
                menu.addAction(words, act)
        menu.popup(point)

    def _move_card(self, line: TalkLine, session_id: int, other: TalkLine | None) -> None:
        if self._page is not None:
            self.moves.move(line, session_id, other, self._page)

    def _moved(self, key: Spot) -> None:
        self.clear_error()
        self._select(key)

    def _stand_in(self) -> None:
        self.show_inspector()
        self.side.place.stand_ins.focus_first()

    def _swap(self) -> None:
        line = self.board.line
        if line is not None and line.ahead and line.taken:
            self.show_inspector()
            self.side.place.swap.choice.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.side.place.swap.choice.showPopup()

    # ---- page ----
    def focus_list(self) -> None:
        """The list or the board."""
        self.board.set_focus()

    def filter_focus(self) -> None:
        """Ctrl+Shift+F."""
        self.bar.filter.setFocus()
        self.bar.filter.selectAll()

    def save_state(self, settings: QSettings) -> None:
        """Remember widths, columns and the period."""
        super().save_state(settings)
        self.board.list.save(settings, "talk/list")
        settings.setValue("talk/span", str(self.bar.span.value()))
        settings.setValue("talk/view", str(self.board.view))

    def restore_state(self, settings: QSettings) -> None:
        """Take what was remembered."""
        super().restore_state(settings)
        self.board.list.restore(settings, "talk/list")
        view = str(settings.value("talk/view", ""))
        if view in list(View):
            self.bar.view.set_value(View(view))
            self.board.show_view(View(view))
        span = str(settings.value("talk/span", ""))
        if span in list(Span):
            self.bar.span.set_value(Span(span))
            self._narrow()

    # ---- connecting ----
    def _connect(self) -> None:
        bar, board, side = self.bar, self.board, self.side
        bar.span.changed.connect(lambda _: self._narrow())
        bar.view.changed.connect(self._show_view)
        bar.meter.chosen.connect(self._choose_round)
        bar.filter.textChanged.connect(lambda _: self._narrow())
        bar.conflicts.clicked.connect(lambda _: self.next_conflict())
        bar.series_wanted.connect(self.open_series)
        bar.new_wanted.connect(self.new_item)
        bar.notice_wanted.connect(self.copy_notice)
        bar.export_wanted.connect(self.export)
        bar.print_wanted.connect(self.print_plan)
        bar.arrange_wanted.connect(self.arrange)
        bar.repair_wanted.connect(self.repair)
        board.chosen.connect(self._show_line)
        board.opened.connect(lambda _: self.edit_item())
        board.menu_wanted.connect(self._menu)
        board.pin_pressed.connect(side.place.toggle_pin)
        board.swap_pressed.connect(self._swap)
        board.clear_pressed.connect(side.place.clear_speaker)
        board.moved.connect(self._move_card)
        board.refused.connect(self.show_notice)
        board.said.connect(self.said)
        self.moves.refused.connect(self.show_error)
        self.moves.done.connect(self._moved)
        board.filter_dropped.connect(bar.filter.clear)
        board.all_wanted.connect(self._show_all)
        board.series_wanted.connect(self.open_series)
        side.previous.connect(lambda: board.step(-1))
        side.next.connect(lambda: board.step(1))
        side.made.connect(self.show_session)
        side.given_up.connect(lambda: self._show_line(board.line))
        side.place.saver.failed.connect(self.show_error)
        side.record_wanted.connect(self.papers.export_record)
