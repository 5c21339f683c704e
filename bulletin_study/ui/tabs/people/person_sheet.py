"""Everything about one person, over the page 人员."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from bulletin_study.domain.attendance import CAME, Attendance
from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Absence
from bulletin_study.domain.sessions import Comment, SessionKind, SessionKindLink
from bulletin_study.domain.settings import Setting
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import icon_button, label, primary_button, quiet_button
from bulletin_study.ui.frame import Page
from bulletin_study.ui.sizes import SizeClass
from bulletin_study.ui.tabs.people import person_rows as rows
from bulletin_study.ui.tabs.people.list_card import ListCard
from bulletin_study.ui.tabs.people.month_card import MonthCard
from bulletin_study.ui.tabs.people.person_head import PersonHead
from bulletin_study.ui.tabs.people.person_papers import PersonPapers
from bulletin_study.ui.tabs.people.person_rows import ITEM_COLUMNS, Item
from bulletin_study.ui.tabs.people.roster import RosterPage
from bulletin_study.ui.tokens import ROW_COMPACT
from bulletin_study.ui.widgets.page_scroll import PageScroll
from bulletin_study.ui.widgets.period_choice import PeriodChoice
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.person_lines import AttendedLine
from bulletin_study.usecases.person_page import PersonPage, load_person

SIDE_WIDTH = 420
_ALL, _MISSED = "all", "missed"


class PersonSheet(Page):
    """Esc or 返回 emits ``left``; ``data_wanted(person id)`` asks for the form with the
    person's data, ``absence_wanted(absence id)`` for that absence, ``gone(refusal)`` tells
    that there is no such person any more."""

    entities = RosterPage.entities | {
        Attendance, Comment, MakeUp, SessionKind, SessionKindLink, Setting
    }  # fmt: skip

    left = Signal()
    data_wanted = Signal(int)
    absence_wanted = Signal(int)
    gone = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._wanted: int | None = None
        self._shown: PersonPage | None = None
        self._arriving = False
        today = context.runner.office.services.clock.today()
        self.papers = PersonPapers(context, self)
        self.period = PeriodChoice(today, "个人页")
        self.period.changed.connect(lambda *_: self.reload())
        self.period.refused.connect(self.show_error)
        self._build_toolbar()
        self._build_cards(today)
        self._build_body()
        for keys, act in (("Alt+Left", self.previous), ("Alt+Right", self.next)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # ---- building ----
    def _build_toolbar(self) -> None:
        self.back = quiet_button("返回", "chevron-left", tip="返回（Esc）", on_click=self.left.emit)
        self.where = label("", "title")
        self.earlier = icon_button("chevron-up", "上一个人（Alt+←）", on_click=self.previous)
        self.later = icon_button("chevron-down", "下一个人（Alt+→）", on_click=self.next)
        self.toolbar.add_left(self.back)
        self.toolbar.add_left(self.where, optional=True)
        self.toolbar.add_left(self.earlier)
        self.toolbar.add_left(self.later)
        self.period.add_to(self.toolbar, optional=True)
        self.toolbar.add_right(
            quiet_button("修改资料", "edit", tip="改姓名、组室、不在岗等", on_click=self._edit),
            fold=True,
        )
        self.toolbar.add_right(
            quiet_button("打印…", "print", tip="打印个人学习记录", shortcut="Ctrl+P",
                         on_click=self.print_record),
            fold=True,
        )  # fmt: skip
        self.toolbar.set_primary(
            primary_button("存为文件…", "export", tip="存个人学习记录（Word、PDF）",
                           shortcut="Ctrl+E", on_click=self.export)
        )  # fmt: skip

    def _build_cards(self, today: date) -> None:
        self.head, self.months = PersonHead(), MonthCard()
        self.attended: ListCard[AttendedLine] = ListCard(
            "场次", rows.attended_columns(today), lambda r: r.meeting.session.id, few=40,
            row_height=ROW_COMPACT, header=True, empty="这段时间的名单里没有他。",
        )  # fmt: skip
        self.attended.opened.connect(
            lambda line: self._context.go.open_sign_in(line.meeting.session.id)
        )
        self.which = Segmented([("全部", _ALL), ("未到", _MISSED)])
        self.which.changed.connect(lambda _: self._fill_attended())
        self.attended.add_head(self.which)
        self.cards: dict[str, ListCard[Item]] = {
            name: ListCard(title, ITEM_COLUMNS, lambda i: i.key, few=few, empty=empty)
            for name, title, few, empty in (
                ("duties", "后面要做的", 8, "后面没有安排到他的事。"),
                ("talks", "讲课", 8, "这段时间没有讲课。"),
                ("said", "感想、心得、体会", 6, "这段时间没有感想、心得、体会。"),
                ("comments", "点评", 6, ""),
                ("make_ups", "补学", 6, ""),
                ("absences", "不在岗", 5, "没有不在岗的登记。"),
                ("standing", "组室、帮带、AB岗", 8, ""),
            )
        }
        for card in self.cards.values():
            card.opened.connect(_open)

    def _build_body(self) -> None:
        self._main, self._last = QVBoxLayout(), QVBoxLayout()
        self._main.setSpacing(16)
        self._main.addWidget(self.months)
        self._main.addWidget(self.attended)
        self._main.addStretch(1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        for item_card in self.cards.values():
            side.addWidget(item_card)
        side.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(self._main, 1)
        self._columns.addWidget(self._side)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.head)
        column.addLayout(self._columns)
        column.addLayout(self._last)
        column.addStretch(1)
        self.scroller = PageScroll(content)
        for view in (self.attended.list, *(card.list for card in self.cards.values())):
            self.scroller.follow(view)
        self.set_body(self.scroller)

    def layout_for(self, size: SizeClass) -> None:
        """Two columns where there is room; else one, the long list of sessions last."""
        wide = size is SizeClass.FULL
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        if wide:
            self._main.insertWidget(1, self.attended)
        else:
            self._last.addWidget(self.attended)
        self._side.setMinimumWidth(SIDE_WIDTH if wide else 0)
        self._side.setMaximumWidth(SIDE_WIDTH if wide else 16777215)

    # ---- data ----
    @property
    def person_id(self) -> int | None:
        """Whose page it is."""
        return self._wanted

    def show_person(self, person_id: int) -> None:
        """Show somebody, from the top."""
        self._wanted, self._arriving = person_id, True
        self.scroller.verticalScrollBar().setValue(0)
        self.clear_error()
        # Esc works while the data are on their way; then the first list takes over.
        self.back.setFocus()
        self.reload()

    def reload(self) -> None:
        """Read the person again."""
        person_id, first, last = self._wanted, self.period.first, self.period.last
        if person_id is None:
            return

        def told(page: PersonPage) -> None:
            # Another person or period may have been chosen meanwhile.
            now = (self._wanted, self.period.first, self.period.last)
            if now == (page.person.id, page.first, page.last):
                self._show(page)

        self._context.runner.read_long(
            lambda unit, _: load_person(unit, person_id, first, last), told, self._failed
        )

    def _failed(self, refusal: Refusal) -> None:
        self._wanted = self._shown = None
        self.gone.emit(refusal)

    def _show(self, page: PersonPage) -> None:
        self._shown = page
        self.where.setText(page.person.name)
        self.earlier.setEnabled(page.before is not None)
        self.later.setEnabled(page.after is not None)
        self.head.show_page(page)
        self.months.show_tally(page.tally, page.limit)
        go = self._context.go
        lines = {
            "duties": rows.duties(page, go),
            "talks": rows.talks(page, go),
            "said": rows.said(page, go),
            "comments": rows.comments(page, go),
            "make_ups": rows.make_ups(page, go),
            "absences": rows.absences(page, self._open_absence),
            "standing": rows.standing(page, self.show_person),
        }
        for name, card in self.cards.items():
            card.show_rows(lines[name], str(len(lines[name])) if lines[name] else "")
            card.list.set_column_shown("chip", any(item.chip for item in lines[name]))
        self._fill_attended()
        if self._arriving:
            self._arriving = False
            self.focus_list()
            self.scroller.verticalScrollBar().setValue(0)

    def _fill_attended(self) -> None:
        page = self._shown
        if page is None:
            return
        missed = [r for r in page.attended if r.row.expected_by and r.row.mark not in CAME]
        self.which.set_options(
            [(f"全部 {len(page.attended)}", _ALL), (f"未到 {len(missed)}", _MISSED)]
        )
        self.attended.list.set_column_shown("group", len(page.tally.groups) > 1)
        only_missed = self.which.value() == _MISSED
        self.attended.show_rows(missed if only_missed else page.attended)

    # ---- acts ----
    def previous(self) -> None:
        """The person before by 排名."""
        if self._shown is not None and self._shown.before is not None:
            self.show_person(self._shown.before)

    def next(self) -> None:
        """The person after by 排名."""
        if self._shown is not None and self._shown.after is not None:
            self.show_person(self._shown.after)

    def export(self) -> None:
        """Write the record to a file of the user's choice."""
        self._with_page(self.papers.export)

    def print_record(self) -> None:
        """Print the record."""
        self._with_page(self.papers.print_record)

    def focus_list(self) -> None:
        """The first list that has lines."""
        views = (*(card.list for card in self.cards.values()), self.attended.list)
        shown = next((view for view in views if view.isVisibleTo(self)), None)
        (shown or self.back).setFocus()

    def filter_focus(self) -> None:
        """The period."""
        self.period.segments.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _with_page(self, act: Callable[[PersonPage], object]) -> None:
        if self._shown is not None:
            act(self._shown)

    def _edit(self) -> None:
        if self._wanted is not None:
            self.data_wanted.emit(self._wanted)

    def _open_absence(self, absence: Absence) -> None:
        self.absence_wanted.emit(absence.id)


def _open(item: Item) -> None:
    if item.act is not None:
        item.act()
