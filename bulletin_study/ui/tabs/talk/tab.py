"""每周一讲: the list of places, who speaks at each, and why."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from bulletin_study.domain.people import Absence, Group, Membership, MentorPair, Person
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
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.talk.arrange_dialog import ArrangeDialog
from bulletin_study.ui.tabs.talk.bar import TalkBar
from bulletin_study.ui.tabs.talk.inspector import TalkInspector
from bulletin_study.ui.tabs.talk.papers import Papers
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
from bulletin_study.usecases.talk_page import Spot, TalkLine, TalkPage, load_talk_page


class TalkTab(Page):
    """List and inspector; 自动安排 proposes before it saves."""

    title, name = "每周一讲", "talk"
    entities: ClassVar[frozenset[type]] = frozenset({
        Talk, StudySession, SessionKind, SessionKindLink, OpeningFigure, Person, Group,
        Membership, Absence, MentorPair, Setting,
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.runner
        self._page: TalkPage | None = None
        self._wanted: Spot | None = None
        self.bar = TalkBar(self.toolbar)
        self.model = RowsModel(columns(None), key=lambda line: line.key)
        self.list = ListView(self.model, row_height=ROW_TWO)
        self.pane = PaneStack(self.list)
        self.side = TalkInspector(context)
        self.papers = Papers(context)
        self.set_panes(self.pane, inspector=self.side, inspector_width=340)
        self._connect()
        self._add_keys()
        self.pane.show_loading()

    # ---- reading ----
    def reload(self) -> None:
        """Read every place again."""
        self._runner.read(load_talk_page, self._show)

    def _show(self, page: TalkPage) -> None:
        before, self._page = self._page, page
        first_time = before is None
        self.bar.show_page(page)
        if before is None or (before.today, before.many) != (page.today, page.many):
            self.model.set_columns(columns(page))
        self._fill()
        if self._wanted is not None:
            self._select(self._wanted)
        elif first_time or self.list.current_row() is None:
            self._to_coming()
        self._show_line(self.list.current_row())

    def _fill(self) -> None:
        page = self._page
        if page is None:
            return
        span, words = self.bar.span.value() or Span.YEAR, self.bar.filter.text().strip()
        initials = {person.id: person.initials for person in page.roster.people.values()}
        inside = [line for line in page.lines if in_span(line, span, page.today)]
        shown = [line for line in inside if not words or accepts(line, words, initials)]
        self.model.set_groups(by_month(shown))
        if shown:
            self.pane.show_content()
        elif words:
            self.pane.show_empty(f"没有符合“{words}”的讲课。", "清除筛选", self.bar.filter.clear)
        elif page.lines:
            self.pane.show_empty("这段时间没有“每周一讲”的场次。", "看全部", self._show_all)
        else:
            self.pane.show_empty(
                "还没有“每周一讲”的场次。先按规律排好场次，再自动安排谁来讲。",
                "批量安排…",
                self.open_series,
            )

    def _to_coming(self) -> None:
        """Select the next place, with a little of what lies before it."""
        page = self._page
        found = first_coming(self.model.rows(), page.today) if page is not None else None
        if found is None:
            return
        self.list.select_key(found.key)
        self.list.scrollTo(self.list.currentIndex(), ListView.ScrollHint.PositionAtTop)
        bar = self.list.verticalScrollBar()
        bar.setValue(bar.value() - 3 * ROW_TWO)

    def _select(self, key: Spot) -> None:
        self._wanted = None
        page = self._page
        line = page.line(key) if page is not None else None
        if page is None or line is None:
            return
        if not self.model.index_of(key).isValid():
            self.bar.filter.clear()
            if not in_span(line, self.bar.span.value(), page.today):
                self.bar.span.set_value(Span.ALL)
            self._fill()
        self.list.select_key(key)

    def _show_line(self, line: TalkLine | None) -> None:
        if self._page is not None:
            self.side.show_line(line, self._page)

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
        page = self._page
        span = self.bar.span.value()
        lines = [ln for ln in page.lines if in_span(ln, span, page.today)] if page else []
        if not lines:
            self.show_notice("这段时间没有“每周一讲”的场次，没有可以导出的。")
            return
        self.papers.export(lines)

    def next_conflict(self) -> None:
        """Go to the next place whose speaker cannot be."""
        page = self._page
        conflicts = page.conflicts if page is not None else []
        if not conflicts:
            return
        row = self.list.current_row()
        keys = [line.key for line in conflicts]
        at = keys.index(row.key) + 1 if row is not None and row.key in keys else 0
        self.side.give_up()
        self.show_inspector()
        self._select(keys[at % len(keys)])

    def _menu(self, line: TalkLine, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, shown, act in (
            ("换人…", True, self.edit_item),
            ("对调…", line.ahead and line.taken, self._swap),
            ("不再固定" if line.row.pinned else "固定", line.ahead and line.taken,
             self.side.place.toggle_pin),
            ("清空", line.ahead and line.taken, self.side.place.clear_speaker),
            ("去签到", True, self.side.sign_in.click),
        ):  # fmt: skip
            if shown:
                menu.addAction(words, act)
        menu.popup(point)

    def _swap(self) -> None:
        line = self.list.current_row()
        if line is not None and line.ahead and line.taken:
            self.show_inspector()
            self.side.place.swap.choice.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.side.place.swap.choice.showPopup()

    def _show_all(self) -> None:
        self.bar.span.set_value(Span.ALL)
        self._fill()

    def _written(self, path: Path) -> None:
        open_it = ("打开文件夹", lambda: self.papers.open_folder(path))
        self.show_notice(f"已导出“{path.name}”。", open_it, "green")

    # ---- page ----
    def focus_list(self) -> None:
        """The list."""
        self.list.setFocus()

    def filter_focus(self) -> None:
        """Ctrl+Shift+F."""
        self.bar.filter.setFocus()
        self.bar.filter.selectAll()

    def save_state(self, settings: QSettings) -> None:
        """Remember widths, columns and the period."""
        super().save_state(settings)
        self.list.save(settings, "talk/list")
        settings.setValue("talk/span", str(self.bar.span.value()))

    def restore_state(self, settings: QSettings) -> None:
        """Take what was remembered."""
        super().restore_state(settings)
        self.list.restore(settings, "talk/list")
        span = str(settings.value("talk/span", ""))
        if span in list(Span):
            self.bar.span.set_value(Span(span))

    # ---- connecting ----
    def _connect(self) -> None:
        bar, side = self.bar, self.side
        bar.span.changed.connect(lambda _: self._turned())
        bar.filter.textChanged.connect(lambda _: self._fill())
        bar.conflicts.clicked.connect(lambda _: self.next_conflict())
        bar.series_wanted.connect(self.open_series)
        bar.new_wanted.connect(self.new_item)
        bar.notice_wanted.connect(self.copy_notice)
        bar.export_wanted.connect(self.export)
        bar.arrange_wanted.connect(self.arrange)
        self.list.current_changed.connect(self._show_line)
        self.list.opened.connect(lambda _: self.edit_item())
        self.list.menu_wanted.connect(self._menu)
        side.previous.connect(lambda: self.list.step(-1))
        side.next.connect(lambda: self.list.step(1))
        side.made.connect(self.show_session)
        side.given_up.connect(lambda: self._show_line(self.list.current_row()))
        side.place.saver.failed.connect(self.show_error)
        self.papers.written.connect(self._written)
        self.papers.refused.connect(self.show_error)

    def _turned(self) -> None:
        self._fill()
        self._to_coming()

    def _add_keys(self) -> None:
        for keys, act in (("P", self.side.place.toggle_pin), ("S", self._swap)):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

