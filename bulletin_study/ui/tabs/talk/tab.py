"""The page 每周一讲."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.people import Absence, Group, Membership, MentorPair, Person
from bulletin_study.domain.sessions import TALK, SessionKindLink, StudySession, Talk
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label, primary_button, quiet_button, small_button
from bulletin_study.ui.fields import FilterField
from bulletin_study.ui.frame import Page
from bulletin_study.ui.series_dialog import SeriesDialog
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.talk import rows as lines
from bulletin_study.ui.tabs.talk.inspector import TalkInspector
from bulletin_study.ui.tabs.talk.loading import announcement, load_page
from bulletin_study.ui.tabs.talk.plan_dialog import PlanDialog
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.reports_rotation import rotation_report
from bulletin_study.usecases.talk_list import PlaceRow

_TABLES = "Excel 表格 (*.xlsx);;CSV 表格 (*.csv)"


class TalkTab(Page):
    """The list of places and the one that is selected."""

    title, name = "每周一讲", "talk"
    entities = frozenset(
        {
            StudySession,
            SessionKindLink,
            Talk,
            Person,
            Group,
            Membership,
            MentorPair,
            Absence,
            Attendance,
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.runner
        self._page: lines.TalkPage | None = None
        self._selected: lines.Key | None = None
        self._build_toolbar()
        self._build_panes()
        for keys, act in (("Ctrl+E", self.export), ("P", self._toggle_pin)):
            shortcut = QShortcut(QKeySequence(keys), self if keys != "P" else self.list)
            shortcut.setContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
                if keys != "P"
                else Qt.ShortcutContext.WidgetShortcut
            )
            shortcut.activated.connect(act)

    # ---- building ----
    def _build_toolbar(self) -> None:
        self._round = label("", "bold")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 8)
        self._progress = QWidget()
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._round)
        row.addWidget(self._bar)
        self.scope = Segmented(lines.RANGES)
        self.scope.changed.connect(lambda _: self.reload())
        self.filter = FilterField("姓名、题目、组室", 150)
        self.filter.textChanged.connect(lambda _: self._fill())
        self.conflicts = small_button("", "", on_click=self._to_conflict)
        self.toolbar.add_left(self.scope)
        self.toolbar.add_left(self.filter)
        self.toolbar.add_left(self._progress, optional=True)
        self.toolbar.add_left(self.conflicts)
        self.toolbar.add_right(
            quiet_button("批量安排…", "calendar-days", tip="按规律排出每周一讲的日期",
                         on_click=self.new_item)
        )  # fmt: skip
        self.toolbar.add_right(
            quiet_button("复制轮讲通知", "copy", on_click=self._copy_notice), fold=True
        )
        self.toolbar.add_right(
            quiet_button("导出…", "export", tip="导出轮讲表", shortcut="Ctrl+E",
                         on_click=self.export),
            fold=True,
        )  # fmt: skip
        self.toolbar.set_primary(
            primary_button("自动安排…", "calendar", tip="自动安排主讲人", shortcut="Ctrl+Enter",
                           on_click=self.arrange)
        )  # fmt: skip

    def _build_panes(self) -> None:
        self.model = RowsModel[PlaceRow](lines.columns({}), key=lines.key_of)
        self.list = ListView(self.model, row_height=44)
        self.list.current_changed.connect(self._select)
        self.list.opened.connect(lambda _: self.edit_item())
        self.stack = PaneStack(self.list)
        self.side = TalkInspector(self._runner)
        self.side.previous.connect(lambda: self.list.step(-1))
        self.side.next.connect(lambda: self.list.step(1))
        self.side.sign_in_wanted.connect(
            lambda session_id, talk_id: self._context.go.open_sign_in(session_id, None, talk_id)
        )
        self.set_panes(self.stack, inspector=self.side, inspector_width=340)

    # ---- data ----
    def reload(self) -> None:
        """Read the places again."""
        scope = self.scope.value() or lines.AHEAD
        self._runner.read(lambda unit: load_page(unit, scope), self._show)

    def show_place(self, session_id: int, place: int) -> None:
        """Select a place, whatever range or filter was on."""
        self._selected = (session_id, place)
        self.filter.clear()
        known = self._page is not None and self._page.row(self._selected) is not None
        if not known:
            self.scope.set_value(lines.ALL)
            self.reload()
        else:
            self._fill()

    def show_session(self, session_id: int) -> None:
        """Select the first place of a session."""
        self.show_place(session_id, 1)

    def new_item(self) -> None:
        """Lay out talk sessions."""
        SeriesDialog(self._context, TALK, self).open()

    def filter_focus(self) -> None:
        """The filter."""
        self.filter.setFocus()

    def focus_list(self) -> None:
        """The list."""
        self.list.setFocus()

    def _show(self, page: lines.TalkPage) -> None:
        first = self._page is None
        self._page = page
        self.clear_error()
        progress = page.progress
        self._round.setText(f"第{progress.number}轮 已讲 {progress.spoken}/{progress.members}")
        self._bar.setRange(0, max(progress.members, 1))
        self._bar.setValue(progress.spoken)
        self.conflicts.set_caption(f"{page.conflicts} 处冲突")
        self.conflicts.setVisible(page.conflicts > 0)
        self.model.set_columns(lines.columns(page.numbers))
        if first and self._selected is None:
            self._selected = next(
                (lines.key_of(r) for r in page.rows if r.day >= page.today), None
            )
        self._fill()

    def _fill(self) -> None:
        page = self._page
        if page is None:
            return
        text = self.filter.text()
        shown = [row for row in page.rows if lines.matches(row, text)]
        wanted = self._selected
        self.model.set_groups(lines.grouped(shown))
        self._selected = wanted
        if shown:
            self.stack.show_content()
        elif text:
            self.stack.show_empty(f"没有符合“{text}”的讲课。", "清除筛选", self.filter.clear)
        else:
            self.stack.show_empty("还没有每周一讲的场次。", "批量安排…", self.new_item)
        if wanted is not None:
            self.list.select_key(wanted)
        self.side.show_place(page, page.row(wanted))

    # ---- acts ----
    def _select(self, row: PlaceRow | None) -> None:
        if row is not None and self._page is not None:
            self._selected = lines.key_of(row)
            self.side.show_place(self._page, row)

    def arrange(self) -> None:
        """自动安排: a preview first."""
        today = self._runner.office.services.clock.today()
        PlanDialog(self._runner, today, self).open()

    def _toggle_pin(self) -> None:
        row = self._page.row(self._selected) if self._page else None
        if row is not None and row.talk is not None:
            self.side.pinned.setChecked(not row.pinned)
            self.side.pinned.autosave.commit()

    def _to_conflict(self) -> None:
        page = self._page
        if page is not None:
            row = next((r for r in page.rows if r.conflict), None)
            if row is not None:
                self.show_place(row.session.id, row.place)

    def _copy_notice(self) -> None:
        if self._page is not None:
            self._context.copy(announcement(self._page))
            self.said.emit("已复制轮讲通知，可以粘贴到工作群")

    def export(self) -> None:
        """Write the places shown as a table."""
        page = self._page
        if page is None or not page.rows:
            self.show_error("还没有可导出的轮讲安排，先用“批量安排…”排出日期。")
            return
        path = self._context.choose_save("导出轮讲表", "每周一讲轮讲表.xlsx", _TABLES)
        if path is None:
            return
        first, last = page.rows[0].day, page.rows[-1].day
        self._runner.read(
            lambda unit: rotation_report(unit, first, last),
            lambda report: self._runner.work(
                lambda job: self._context.files.write(report, path, job.report),
                lambda _: self._written(path),
                self._refused,
            ),
        )

    def _written(self, path: Path) -> None:
        open_it = ("打开文件夹", lambda: self._context.open_folder(path.parent))
        self.show_notice(f"已导出“{path.name}”。", open_it, "green")

    def _refused(self, refusal: Refusal) -> None:
        self.show_error(sentence_for(refusal))
