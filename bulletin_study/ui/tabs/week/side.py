"""The cards beside and below: 待完善, 到会率, who speaks next."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from bulletin_study.domain.tally_facts import Rate
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.week import words
from bulletin_study.ui.widgets.card import Card
from bulletin_study.ui.widgets.charts import ChartPoint, LineChart
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.usecases.make_up_list import OverdueMakeUps
from bulletin_study.usecases.titles import day_text, kinds_text
from bulletin_study.usecases.week import NextSpeaker, OpenItem, TrendPoint, Week, name_of

ROW = 36
TARGET = 90.0


OpenRow = OpenItem | OverdueMakeUps
"""What waits: an item of a checklist, or 补学 that is overdue."""


def _chip(row: OpenRow) -> Cell:
    text, tone, shape = words.open_chip(row)
    return Cell(text, chip=True, tone=tone, shape=shape)


def _key(row: OpenRow) -> Hashable:
    if isinstance(row, OverdueMakeUps):
        return row.session.id, "make_ups"
    return row.session.id, row.item.item, row.item.place


class OpenCard(Card):
    """What earlier sessions still miss; each line's button opens the exact editor."""

    acted = Signal(object)

    def __init__(self) -> None:
        super().__init__("待完善", margin=0)
        self._names: dict[int, str] = {}
        self._whole = False
        columns: tuple[Column[OpenRow], ...] = (
            Column("day", "日期", lambda r: day_text(r.session.day), width=96),
            Column("kind", "活动", lambda r: kinds_text(r.kinds), width=104, drop=1),
            Column("subject", "内容", self._subject, most=900),
            Column("chip", "还差", _chip, width=120),
            Column("detail", "", self._detail, width=150, drop=2),
            Column("act", "", lambda r: Cell(button=words.open_verb(r)), width=84, right=True),
        )
        self.model = RowsModel(columns, key=_key)
        self.list = ListView(self.model, row_height=ROW, header=False)
        self.list.opened.connect(self.acted.emit)
        self.list.acted.connect(lambda row, _: self.acted.emit(row))
        self.stack = PaneStack(self.list)
        self.body.addWidget(self.stack, 1)

    def show_items(self, week: Week) -> None:
        """Fill it; say so when nothing is open."""
        self._names = {
            row.talk.id: name_of(week.roster, row.talk.speaker_id, row.talk.guest)
            for row in week.open_items
            if row.talk is not None
        }
        rows: list[OpenRow] = [*week.open_items, *week.make_ups]
        rows.sort(key=lambda row: (row.session.day, row.session.id))
        self.model.set_rows(rows)
        note = f"{len(rows)} 项，{len(week.waiting_sessions)} 场 · 按时间先后"
        self.set_title("待完善", note if rows else "")
        if rows:
            self.stack.show_content()
        else:
            self.stack.show_empty("已开展的场次都齐了，没有要补的。")
        self._fit()

    def set_whole(self, whole: bool) -> None:
        """``whole``: as tall as its rows, the page scrolls; else it scrolls by itself."""
        self._whole = whole
        self._fit()

    def _fit(self) -> None:
        policy = Qt.ScrollBarPolicy
        self.list.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if self._whole else policy.ScrollBarAsNeeded
        )
        rows = max(len(list(self.model.rows())), 3)
        self.stack.setMinimumHeight(rows * ROW + 4 if self._whole else 0)
        self.setMinimumHeight(0 if self._whole else 150)

    def _subject(self, row: OpenRow) -> str:
        talk = row.talk if isinstance(row, OpenItem) else None
        return words.open_subject(row, self._names.get(talk.id, "") if talk else "")

    def _detail(self, row: OpenRow) -> Cell:
        return Cell(f"差 {'、'.join(row.waiting)}" if row.waiting else "", tone="text2")


class TrendCard(Card):
    """到会率 of the last sessions of 每周一学."""

    def __init__(self) -> None:
        super().__init__("每周一学到会率")
        self.chart = LineChart()
        self.chart.setMinimumHeight(170)
        self.stack = PaneStack(self.chart)
        self.body.addWidget(self.stack, 1)
        self._below = label("", "secondary", wrap=True)
        self.body.addWidget(self._below)
        self.body.addSpacing(8)

    def show_points(self, points: Sequence[TrendPoint]) -> None:
        """Draw them; the lowest below the target is named in words."""
        self.set_title("每周一学到会率", f"近{len(points)}次 · %" if points else "")
        if not points:
            self.stack.show_empty("签到齐全的场次有了以后，这里画出到会率。")
            self._below.hide()
            return
        self.stack.show_content()
        values = [_percent(p.rate) for p in points]
        self.chart.set_points(
            [ChartPoint(f"{p.day:%m-%d}", v) for p, v in zip(points, values, strict=True)],
            target=TARGET,
        )
        below = [p for p, v in zip(points, values, strict=True) if v < TARGET]
        self._below.setVisible(bool(below))
        if below:
            last = below[-1]
            away = f"，当天公出 {last.official} 人" if last.official else ""
            self._below.setText(f"{last.day:%m-%d} 低于 {TARGET:.0f}%{away}")


def _percent(rate: Rate) -> float:
    return round((rate.value or 0.0) * 100, 1)


def _state(row: NextSpeaker) -> Cell:
    if row.talk.title:
        return Cell("已定题", chip=True, tone="green", shape="check")
    return Cell("待报题目", chip=True, tone="amber", shape="triangle")


class SpeakersCard(Card):
    """The next speakers."""

    acted = Signal(int, int)
    all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("接下来的主讲", margin=0)
        self.add_link("轮讲表", self.all_wanted.emit)
        columns: tuple[Column[NextSpeaker], ...] = (
            Column("who", "主讲", self._who, most=600),
            Column("state", "题目", _state, width=104, right=True),
        )
        self.model = RowsModel(columns, key=lambda r: r.talk.id)
        self.list = ListView(self.model, row_height=44, header=False)
        self.list.opened.connect(lambda r: self.acted.emit(r.session.id, r.talk.place))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = PaneStack(self.list)
        self.stack.setFixedHeight(4 * 44 + 6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self.stack)
        self._today = ""

    def show_speakers(self, week: Week) -> None:
        """Fill it."""
        self._today = week.today.isoformat()
        self.model.set_rows(week.speakers)
        self.set_title(f"接下来 {len(week.speakers)} 位主讲" if week.speakers else "接下来的主讲")
        if week.speakers:
            self.stack.show_content()
        else:
            self.stack.show_empty("后面还没有排主讲。", "去安排", self.all_wanted.emit)

    def _who(self, row: NextSpeaker) -> Cell:
        session = row.session
        day = "今天" if session.day.isoformat() == self._today else day_text(session.day)
        mentor = f" · {row.mentor} 帮带" if row.mentor else ""
        badge = words.SHORT_CATEGORY.get(str(row.talk.category or ""), "")
        return Cell(
            f"{row.name or '还没定'}  {row.group}",
            second=f"{day} {session.start:%H:%M}{mentor}",
            bold=True,
            badge=badge,
            badge_tone={"业": "blue", "政": "neutral", "经": "green"}.get(badge, "text2"),
        )
