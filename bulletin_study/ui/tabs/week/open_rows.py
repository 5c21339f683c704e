"""The lines of 待完善: reminders and what earlier sessions still miss, in one shape."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.tabs.week import words
from bulletin_study.usecases.alerts import Alert, AlertKind
from bulletin_study.usecases.make_up_list import OverdueMakeUps
from bulletin_study.usecases.titles import day_text, kinds_text
from bulletin_study.usecases.week import OpenItem, Week, name_of

FEW = 5
"""Reminders shown at first."""
OpenRow = OpenItem | OverdueMakeUps
"""What a session waits for: an item of its checklist, or 补学 that is overdue."""


@dataclass(frozen=True, slots=True)
class MoreAlerts:
    """The line that stands for the reminders not shown."""

    number: int


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One line; ``target`` is what its button acts on."""

    key: Hashable
    when: str
    kind: str
    subject: str
    chip: Cell
    detail: str
    verb: str
    target: OpenRow | Alert | MoreAlerts


def item_lines(week: Week, told: Sequence[OpenLine]) -> list[OpenLine]:
    """What sessions miss, the oldest first, but for what a reminder shown says already."""
    said = {
        _key(line.target.item)
        for line in told
        if isinstance(line.target, Alert) and line.target.item is not None
    }
    rows: list[OpenRow] = [*week.open_items, *week.make_ups]
    rows.sort(key=lambda row: (row.session.day, row.session.id))
    return [_item_line(week, row) for row in rows if _key(row) not in said]


def _key(row: OpenRow) -> Hashable:
    if isinstance(row, OverdueMakeUps):
        return row.session.id, "make_ups"
    return row.session.id, row.item.want, row.item.place


def _item_line(week: Week, row: OpenRow) -> OpenLine:
    talk = row.talk if isinstance(row, OpenItem) else None
    name = name_of(week.roster, talk.speaker_id, talk.guest) if talk else ""
    text, tone, shape = words.open_chip(row)
    return OpenLine(
        _key(row),
        day_text(row.session.day),
        kinds_text(row.kinds),
        words.open_subject(row, name),
        Cell(text, chip=True, tone=tone, shape=shape),
        f"差 {'、'.join(row.waiting)}" if row.waiting else "",
        words.open_verb(row),
        row,
    )


_CHIPS = {
    AlertKind.COMMENT: ("缺点评", "amber", "triangle"),
    AlertKind.REFLECTION: ("心得逾期", "amber", "triangle"),
    AlertKind.GROUP_RATE: ("到会率低", "red", "diamond"),
    AlertKind.PERSON_RATE: ("到会率低", "red", "diamond"),
}
_OF_GROUP = {AlertKind.GROUP_RATE: "组室"}


def alert_lines(alerts: Sequence[Alert], whole: bool) -> list[OpenLine]:
    """Reminders; beyond the first few one line stands for the rest."""
    shown = alerts if whole else alerts[:FEW]
    lines = [_alert_line(alert) for alert in shown]
    hidden = len(alerts) - len(shown)
    if hidden:
        lines.append(OpenLine("more", "", "", f"另有 {hidden} 项", Cell(), "", "全部显示",
                              MoreAlerts(hidden)))  # fmt: skip
    return lines


def _alert_line(alert: Alert) -> OpenLine:
    text, tone, shape = _CHIPS[alert.kind]
    day = day_text(alert.session.day) if alert.session is not None else "今年"
    return OpenLine(
        (alert.kind, alert.key, alert.talk_id),
        day,
        _OF_GROUP.get(alert.kind, "个人") if alert.session is None else str(alert.kind),
        f"{alert.who}  {alert.words}",
        Cell(text, chip=True, tone=tone, shape=shape),
        "",
        _verb(alert),
        alert,
    )


def _verb(alert: Alert) -> str:
    if alert.kind is AlertKind.GROUP_RATE:
        return "看组室"
    if alert.kind is AlertKind.PERSON_RATE or alert.number > 1:
        return "看个人页"
    return "录入"


COLUMNS: tuple[Column[OpenLine], ...] = (
    Column("day", "日期", lambda r: r.when, width=96),
    Column("kind", "活动", lambda r: r.kind, width=104, drop=1),
    Column("subject", "内容", lambda r: Cell(r.subject, tip=r.subject), most=900),
    Column("chip", "还差", lambda r: r.chip, width=136),
    Column("detail", "", lambda r: Cell(r.detail, tone="text2"), width=150, drop=2),
    Column("act", "", lambda r: Cell(button=r.verb), width=84, right=True),
)
