"""The week board with its legend, and what is said when there is nothing to show."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.domain.rotation import RoundProgress
from bulletin_study.ui.banner import ShapeMark
from bulletin_study.ui.controls import label, surface
from bulletin_study.ui.shapes import CHECK, TRIANGLE
from bulletin_study.ui.tabs.talk.rows import Span, accepts, in_span
from bulletin_study.ui.tabs.talk.week_board import WeekBoard
from bulletin_study.ui.tabs.talk.week_plan import week_plan
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.usecases.talk_page import Spot, TalkLine, TalkPage

_KEYS = "拖动或 Ctrl+←→ 换周 · P 固定 · S 对调 · F2 换人 · Delete 清空"


class WeekPane(PaneStack):
    """Narrowed like the list beside it; places that the filter passes over turn faint."""

    all_wanted = Signal()
    series_wanted = Signal()

    def __init__(self) -> None:
        holder = QWidget()
        super().__init__(holder)
        self.board = WeekBoard()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.board, 1)
        column.addWidget(_legend())
        self.setFocusProxy(self.board)
        self._page: TalkPage | None = None
        self._progress: RoundProgress | None = None
        self._span, self._words = Span.YEAR, ""
        self._placed = False

    def show_page(self, page: TalkPage) -> None:
        """Show what was read, with the round that runs."""
        self._page, self._progress = page, page.progress
        self._fill()

    def show_round(self, progress: RoundProgress) -> None:
        """Show a round's progress beside the groups, and bring its first talk into sight."""
        self._progress = progress
        self._fill()
        page = self._page
        if page is None:
            return
        if progress.number == progress.running:
            self.board.scroll_to_current()
            return
        mine = (ln for ln in page.lines if ln.row.round == progress.number and ln.taken)
        first = next(mine, None)
        if first is not None:
            self.board.scroll_to_session(first.row.session.id)

    def narrow(self, span: Span, words: str) -> None:
        """Show the sessions of a span, and fade what does not hold the words."""
        turned = span is not self._span
        self._span, self._words = span, words.strip()
        self._fill()
        if turned:
            self.board.scroll_to_current()

    def select(self, key: Spot | None) -> bool:
        """Select a place; False when the span does not hold it."""
        return self.board.select(key)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time it is seen, this week stands as the fourth column."""
        super().showEvent(event)
        # Its width is known only after the layout.
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        if not self._placed and self.isVisible() and self.board.plan.columns:
            self._placed = True
            self.board.scroll_to_current()

    def _inside(self, page: TalkPage) -> list[TalkLine]:
        return [line for line in page.lines if in_span(line, self._span, page.today)]

    def _fill(self) -> None:
        page, progress = self._page, self._progress
        if page is None or progress is None:
            return
        inside = self._inside(page)
        if not page.lines:
            sentence = "还没有“每周一讲”的场次。先按规律排好场次，再自动安排谁来讲。"
            self.show_empty(sentence, "批量安排…", self.series_wanted.emit)
            return
        if not inside:
            sentence = "这段时间没有“每周一讲”的场次。"
            self.show_empty(sentence, "看全部", self.all_wanted.emit)
            return
        initials = {person.id: person.initials for person in page.roster.people.values()}
        words = self._words
        fit = (line.key for line in inside if accepts(line, words, initials))
        self.board.accepted = frozenset(fit) if words else None
        self.board.set_plan(week_plan(page, inside, progress))
        self.show_content()
        self._place()


def _legend() -> QWidget:
    foot = surface("footer")
    row = QHBoxLayout(foot)
    row.setContentsMargins(16, 6, 16, 6)
    row.setSpacing(6)
    row.addWidget(label("业 业务知识　政 政策法规　经 经验方法", "secondary"))
    row.addSpacing(8)
    for shape, tone, words in ((CHECK, "green", "已讲"), (TRIANGLE, "amber", "有冲突")):
        row.addWidget(ShapeMark(shape, tone))
        row.addWidget(label(words, "secondary"))
    row.addStretch(1)
    keys = label(_KEYS, "secondary")
    keys.setMinimumWidth(1)
    row.addWidget(keys)
    return foot
