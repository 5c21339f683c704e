"""The page 本周."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.closing import Want
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Absence, Group, Membership, Person
from bulletin_study.domain.sessions import (
    CORE_KINDS,
    REVIEW,
    STUDY,
    TALK,
    ClosingItem,
    Comment,
    Reflection,
    SessionKind,
    SessionKindLink,
    StudySession,
    Talk,
)
from bulletin_study.domain.settings import Setting
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import (
    clear_layout,
    icon_button,
    label,
    link_button,
    primary_button,
    quiet_button,
)
from bulletin_study.ui.frame import Page
from bulletin_study.ui.sizes import SizeClass
from bulletin_study.ui.tabs.week import words
from bulletin_study.ui.tabs.week.cards import EmptyCard, SessionCard
from bulletin_study.ui.tabs.week.more_card import FULL_CARDS, MoreCard, WeekPart, in_full
from bulletin_study.ui.tabs.week.next_step import next_step
from bulletin_study.ui.tabs.week.open_rows import OpenRow
from bulletin_study.ui.tabs.week.side import OpenCard, SpeakersCard, TrendCard
from bulletin_study.ui.widgets.page_scroll import PageScroll
from bulletin_study.ui.widgets.sentence_bar import SentenceBar
from bulletin_study.usecases.alerts import Alert, AlertKind, load_alerts
from bulletin_study.usecases.counts import Figures, count
from bulletin_study.usecases.make_up_list import OverdueMakeUps
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.week import OpenItem, Week, WeekCard, load_week
from bulletin_study.usecases.week_text import week_notice

_FIELD_OF = {
    AlertKind.COMMENT: ClosingItem.COMMENTS,
    AlertKind.REFLECTION: ClosingItem.REFLECTIONS,
}
_PAGE_OF = {STUDY: "study", TALK: "talk", REVIEW: "review"}
SIDE_WIDTH = 312


_Loaded = tuple[Week, Figures, tuple[Alert, ...]]


def _load(unit: UnitOfWork, day: date) -> _Loaded:
    week = load_week(unit, day)
    figures = count(unit, date(week.today.year, 1, 1), week.today)
    return week, figures, load_alerts(unit, week, figures)


class WeekTab(Page):
    """The week's cards, what is still open, who speaks next, and the sentence."""

    title, name = "本周", "week"
    entities = frozenset(
        {
            StudySession,
            SessionKindLink,
            SessionKind,
            Talk,
            Attendance,
            Comment,
            Reflection,
            Person,
            Group,
            Membership,
            Absence,
            MakeUp,
            Setting,
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._day: date | None = None
        self._week: Week | None = None
        self._build_toolbar()
        self._build_body()
        for keys, act in (
            ("Alt+Left", lambda: self._step(-7)),
            ("Alt+Right", lambda: self._step(7)),
            ("Alt+Home", self._this_week),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # ---- building ----
    def _build_toolbar(self) -> None:
        self._where = label("", "title")
        back = icon_button("chevron-left", "上一周（Alt+←）")
        back.clicked.connect(lambda: self._step(-7))
        forth = icon_button("chevron-right", "下一周（Alt+→）")
        forth.clicked.connect(lambda: self._step(7))
        self._home = link_button("回到本周", on_click=self._this_week)
        self._home.set_tip("回到本周（Alt+Home）")
        for widget in (back, self._where, forth, self._home):
            self.toolbar.add_left(widget)
        copy = quiet_button("复制本周通知", "copy", tip="复制一段可以发到工作群的本周安排")
        copy.clicked.connect(self._copy_notice)
        self.toolbar.add_right(copy, fold=True)
        self._primary = primary_button("开始签到", "play", tip="签到（Ctrl+Enter）")
        self._primary.clicked.connect(self._start)
        self.toolbar.set_primary(self._primary)

    def _build_body(self) -> None:
        self._cards = QGridLayout()
        self._cards.setSpacing(16)
        self.open_card = OpenCard()
        self.open_card.acted.connect(self._go_to)
        self.sentence = SentenceBar()
        self.sentence.copied.connect(lambda _: self.said.emit("已复制统计那句话"))
        main = QVBoxLayout()
        main.setSpacing(16)
        main.addLayout(self._cards)
        main.addWidget(self.open_card, 1)
        main.addWidget(self.sentence)
        self.trend_card = TrendCard()
        self.speakers_card = SpeakersCard()
        self.speakers_card.acted.connect(self._context.go.talk.emit)
        self.speakers_card.all_wanted.connect(lambda: self._context.go.page.emit("talk"))
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(self.trend_card, 1)
        side.addWidget(self.speakers_card)
        side.addStretch()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(main, 1)
        self._columns.addWidget(self._side)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 16, 16, 16)
        column.addLayout(self._columns)
        self._scroll = PageScroll(content)
        self._scroll.resized.connect(self._fit_open)
        self.set_body(self._scroll)

    def _fit_open(self) -> None:
        """One thing scrolls: 待完善 where the page has the height, else the page."""
        wide = self.size_class is SizeClass.FULL
        self.open_card.set_whole(False)
        self.open_card.set_whole(not (wide and self._scroll.has_room()))

    def layout_for(self, size: SizeClass) -> None:
        """Beside each other when there is room; else the right column goes under."""
        wide = size is SizeClass.FULL
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        if wide:
            self._side.setFixedWidth(SIDE_WIDTH)
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        self._fit_open()

    # ---- data ----
    def reload(self) -> None:
        """Read the week on the screen."""
        day = self._day or self._context.runner.office.services.clock.today()
        self._context.runner.read(lambda unit: _load(unit, day), self._show)

    def focus_list(self) -> None:
        """The list of what is open."""
        self.open_card.list.setFocus()

    def _show(self, loaded: _Loaded) -> None:
        week, figures, alerts = loaded
        self._week = week
        self.clear_error()
        self._where.setText(words.week_title(week))
        self._home.setEnabled(not week.monday <= week.today <= week.sunday)
        self._fill_cards(week)
        self.open_card.show_items(week, alerts)
        self.trend_card.show_points(week.trend)
        self.speakers_card.show_speakers(week)
        self.sentence.set_sentence(
            figures.sentence, f"统计用语 · 自{week.today.year}年1月1日起，按“已开展”计"
        )
        self.badge_changed.emit(len(week.waiting_sessions))
        self._name_primary(week)
        self._fit_open()

    def _fill_cards(self, week: Week) -> None:
        clear_layout(self._cards)
        parts = _parts(week)
        whole = in_full(parts, week)
        for at, part in enumerate(whole):
            card = (self._empty_card(part) if isinstance(part, str)
                    else self._session_card(part, week))  # fmt: skip
            self._cards.addWidget(card, 0, at)
        for column in range(FULL_CARDS):
            self._cards.setColumnStretch(column, 1)
            self._cards.setColumnMinimumWidth(column, 240)
        self.more_card: MoreCard | None = None
        if len(parts) > len(whole):
            self.more_card = MoreCard([p for p in parts if p not in whole], week)
            self.more_card.acted.connect(self._open_wanted)
            self.more_card.wanted.connect(self._plan_kind)
            self._cards.addWidget(self.more_card, 1, 0, 1, FULL_CARDS)

    def _empty_card(self, kind: str) -> EmptyCard:
        empty = EmptyCard(kind, _PAGE_OF[kind])
        empty.wanted.connect(lambda: self._plan_kind(kind))
        return empty

    def _plan_kind(self, kind: str) -> None:
        self._context.go.page.emit(_PAGE_OF[kind])

    def _open_wanted(self, session: StudySession, want: Want | None) -> None:
        if want is None:
            self._context.go.open_sign_in(session.id)
        else:
            self._context.go.open_sign_in(session.id, want.item, None, want.evidence)

    def _session_card(self, card: WeekCard, week: Week) -> SessionCard:
        made = SessionCard(card, week.roster, week.today)
        made.acted.connect(self._open_wanted)
        return made

    def _name_primary(self, week: Week) -> None:
        step = next_step(week)
        self._primary.set_caption(step.caption)
        self._primary.set_tip(f"{step.tip}（Ctrl+Enter）")

    # ---- acts ----
    def _go_to(self, target: OpenRow | Alert) -> None:
        """The field that an open line waits for, or who a reminder is about."""
        go = self._context.go
        if isinstance(target, OpenItem):
            item = target.item
            go.open_sign_in(target.session.id, item.item, item.talk_id, item.evidence)
        elif isinstance(target, OverdueMakeUps):
            go.make_ups.emit(target.session.id)
        elif target.kind is AlertKind.GROUP_RATE:
            go.group_figures.emit(target.key)
        elif target.session is None or target.number > 1:
            go.person.emit(target.key)
        else:
            go.open_sign_in(target.session.id, _FIELD_OF[target.kind], target.talk_id)

    def _start(self) -> None:
        step = next_step(self._week) if self._week else None
        if step is None or step.session is None:
            self._context.go.page.emit("study")
        else:
            self._open_wanted(step.session, step.want)

    def _step(self, days: int) -> None:
        if self._week is not None:
            self._day = self._week.monday + timedelta(days=days)
            self.reload()

    def _this_week(self) -> None:
        self._day = None
        self.reload()

    def _copy_notice(self) -> None:
        if self._week is not None:
            self._context.copy(week_notice(self._week))
            self.said.emit("已复制本周通知，可以粘贴到工作群")


def _parts(week: Week) -> list[WeekPart]:
    """The three core kinds first, in their order, then what else there is."""
    parts: list[WeekPart] = []
    for kind in CORE_KINDS:
        own = [c for c in week.cards if kind in {k.name for k in c.closing.kinds}]
        parts += [c for c in own if c not in parts] or ([] if own else [kind])
    return parts + [c for c in week.cards if c not in parts]
