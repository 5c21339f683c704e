"""The cards beside and below: 待完善, 到会率, who speaks next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from bulletin_study.domain.tally_facts import Rate
from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.controls import label
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.week import words
from bulletin_study.ui.tabs.week.open_rows import (
    COLUMNS,
    FEW,
    MoreAlerts,
    OpenLine,
    alert_lines,
    item_lines,
)
from bulletin_study.ui.tokens import GROUP_ROW
from bulletin_study.ui.widgets.card import Card
from bulletin_study.ui.widgets.charts import ChartPoint, LineChart
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.usecases.alerts import Alert
from bulletin_study.usecases.titles import day_text
from bulletin_study.usecases.week import NextSpeaker, TrendPoint, Week

ROW = 36
LEAST_ROWS = 5
"""Rows of 待完善 in sight at the least."""
TARGET = 90.0
TALLEST = 400
"""The card of the chart grows no higher; beyond that its swings look steeper than they are."""


class OpenCard(Card):
    """What earlier sessions still miss, then reminders; each line's button opens the exact
    place: ``acted(what the line is about)``."""

    acted = Signal(object)

    def __init__(self) -> None:
        super().__init__("待完善", margin=0)
        self._week: Week | None = None
        self._alerts: Sequence[Alert] = ()
        self._whole = self._all_alerts = False
        self.model = RowsModel(COLUMNS, key=lambda line: line.key)
        self.list = ListView(self.model, row_height=ROW, header=False)
        self.list.opened.connect(self._act)
        self.list.acted.connect(lambda line, _: self._act(line))
        self.stack = PaneStack(self.list)
        self.body.addWidget(self.stack, 1)

    def show_items(self, week: Week, alerts: Sequence[Alert]) -> None:
        """Fill it; say so when nothing is open."""
        self._week, self._alerts = week, alerts
        self._fill()

    def set_whole(self, whole: bool) -> None:
        """``whole``: as tall as its rows, the page scrolls; else it scrolls by itself."""
        self._whole = whole
        self._fit()

    def _fill(self) -> None:
        week = self._week
        if week is None:
            return
        told = alert_lines(self._alerts, self._all_alerts)
        items = item_lines(week, told)
        waiting, sessions = len(week.open_items) + len(week.make_ups), len(week.waiting_sessions)
        notes = [f"{waiting} 项，{sessions} 场"] if waiting else []
        notes += [f"提醒 {len(self._alerts)} 项"] if told else []
        if told:
            number = f"{len(self._alerts)} 项 · 期限和到会率在“菜单 → 设置”里改"
            groups = [(GroupRow("items", "场次缺项", f"{len(items)} 项"), items)] if items else []
            self.model.set_groups([*groups, (GroupRow("alerts", "提醒", number), told)])
        else:
            self.model.set_rows(items)
        self.set_title("待完善", " · ".join([*notes, "按时间先后"]) if notes else "")
        if told or items:
            self.stack.show_content()
        else:
            self.stack.show_empty("已开展的场次都齐了，没有要补的。")
        self._fit()

    def _act(self, line: OpenLine) -> None:
        if isinstance(line.target, MoreAlerts):
            self._all_alerts = True
            self._fill()
            self.list.select_key(alert_lines(self._alerts, True)[FEW].key)
        else:
            self.acted.emit(line.target)

    def _fit(self) -> None:
        policy = Qt.ScrollBarPolicy
        self.list.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if self._whole else policy.ScrollBarAsNeeded
        )
        rows = max(len(list(self.model.rows())), 3)
        headings = self.model.rowCount() if self.model.grouped else 0
        height = rows * ROW + headings * GROUP_ROW + 4
        # Scrolling by itself it still shows a few rows, or all where there are fewer.
        least = min(rows, LEAST_ROWS) * ROW + min(headings, 1) * GROUP_ROW + 4
        self.stack.setMinimumHeight(height if self._whole else min(height, least))


class TrendCard(Card):
    """到会率 of the last sessions of 每周一学."""

    def __init__(self) -> None:
        super().__init__("每周一学到会率")
        self.chart = LineChart()
        self.chart.setMinimumHeight(170)
        self.setMaximumHeight(TALLEST)
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
