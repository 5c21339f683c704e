"""What the week's cards and rows say."""

from __future__ import annotations

from datetime import date

from bulletin_study.domain.closing import CheckItem, Want
from bulletin_study.domain.evidence import EvidenceKind
from bulletin_study.domain.sessions import (
    REVIEW,
    TALK,
    ClosingItem,
    Form,
    SessionStatus,
    StudySession,
)
from bulletin_study.ui.widgets.checklist import ChecklistItem
from bulletin_study.usecases.closing import label_of
from bulletin_study.usecases.make_up_list import OverdueMakeUps
from bulletin_study.usecases.sign_in_page import open_lines
from bulletin_study.usecases.titles import WEEKDAYS, day_words
from bulletin_study.usecases.week import OpenItem, Week, WeekCard

SHORT_CATEGORY = {"业务知识": "业", "政策法规": "政", "经验方法": "经"}


def week_title(week: Week) -> str:
    """第48周 · 11月23日—29日."""
    number = week.monday.isocalendar().week
    first, last = week.monday, week.sunday
    end = f"{last.day}日" if first.month == last.month else day_words(last)
    return f"第{number}周 · {day_words(first)}—{end}"


def when(session: StudySession, today: date) -> str:
    """ "今天 周三 15:00"."""
    weekday = f"周{WEEKDAYS[session.day.weekday()]}"
    start = f"{session.start:%H:%M}"
    return f"今天 {weekday} {start}" if session.day == today else f"{weekday} {start}"


def state_chip(card: WeekCard, today: date) -> tuple[str, str, str]:
    """The card's chip: text, tone, shape."""
    session, lacking = card.session, len(merged(card))
    match session.status:
        case SessionStatus.CANCELLED:
            return "取消", "neutral", "cross"
        case SessionStatus.HELD if session.archived:
            return "已归档", "green", "check"
        case SessionStatus.HELD if lacking:
            return f"已开展 · 差{lacking}项", "amber", "half"
        case SessionStatus.HELD:
            return "已开展", "green", "check"
    if session.day == today:
        return "今天", "blue", "dot"
    if session.day < today:
        return "待确认", "amber", "triangle"
    if session.status is SessionStatus.MOVED:
        return "改期", "amber", "arrow"
    return "计划", "neutral", "circle"


def merged(card: WeekCard) -> list[CheckItem]:
    """What is missing, one line an item (the talks of a session together)."""
    return [
        CheckItem(want.item, done, needed, evidence=want.evidence)
        for want, (done, needed) in open_lines(card.closing).items()
        if done < needed
    ]


def card_lines(card: WeekCard) -> list[str]:
    """Up to four lines under a card's head; the first is its theme."""
    session = card.session
    number = f"第{card.ordinal.number}次" if card.ordinal else ""
    lines = [" · ".join(part for part in (number, session.theme or _no_theme(card)) if part)]
    kinds = {kind.name for kind in card.closing.kinds}
    if REVIEW in kinds:
        host = f"主持 {card.host}" if card.host else ""
        lines.append(" · ".join(p for p in (session.venue, host) if p))
    elif TALK not in kinds:
        lead = "" if session.form is Form.SELF_STUDY else f"领学人 {card.lead or '还没定'}"
        lines.append(" · ".join(p for p in (str(session.form or "形式还没定"), lead) if p))
        lines.append(session.venue)
    if session.status is SessionStatus.HELD:
        c = card.headcount
        rest = f" · 未签 {c.unmarked}" if c.unmarked else ""
        away = "".join(
            f" · {word} {n}"
            for word, n in (("请假", c.leave), ("公出", c.official), ("缺席", c.absent))
            if n
        )
        lines.append(f"应到 {c.expected} · 实到 {c.came}{away}{rest}")
    elif session.status is SessionStatus.CANCELLED and session.status_reason:
        lines.append(session.status_reason)
    if session.moved_from is not None:
        lines.append(f"原定 {session.moved_from:%m-%d}")
    return [line for line in lines if line]


def _no_theme(card: WeekCard) -> str:
    if any(kind.name == TALK for kind in card.closing.kinds):
        return ""
    return "主题还没定"


def line_lacking(card: WeekCard) -> str:
    """How much is missing, where the chip does not say it already."""
    lacking = len(merged(card))
    ahead = card.session.status.ahead
    return f"还差 {lacking} 项" if ahead and lacking else ""


def line_verb(card: WeekCard) -> str:
    """The button of a session that has one line: towards the first thing missing."""
    first = next(iter(merged(card)), None)
    if first is None or card.session.status is SessionStatus.CANCELLED:
        return "查看"
    return _verb(first.item, card.session.status is SessionStatus.HELD)


def checks(card: WeekCard) -> list[ChecklistItem]:
    """The card's checklist, one line an item, with the verb that leads to its editor."""
    session = card.session
    if session.status is SessionStatus.CANCELLED:
        return []
    held = session.status is SessionStatus.HELD
    return [
        _check(want, done, needed, held)
        for want, (done, needed) in open_lines(card.closing).items()
    ]


def _check(want: Want, done: int, needed: int, held: bool) -> ChecklistItem:
    label, item = label_of(want), want.item
    if done >= needed:
        return ChecklistItem(want.key, label, _full(want, done), "check", "green")
    shape, tone = ("half" if done else "circle"), "blue"
    if held:
        shape, tone = ("half" if done else "triangle"), "amber"
    note = f"{done}/{needed}"
    if item is ClosingItem.SIGN_IN:
        marked = f"已标 {done}/{needed}"
        note = marked if held or done else f"应到 {needed} 人"
    elif item is ClosingItem.EVIDENCE:
        note = f"还差 {_counted(want, needed - done)}"
    elif needed == 1:
        note = "还没填"
    return ChecklistItem(want.key, label, note, shape, tone, _verb(item, held))


def _counted(want: Want, number: int) -> str:
    return (want.evidence or EvidenceKind.OTHER).counted(number)


def _full(want: Want, done: int) -> str:
    item = want.item
    if item is ClosingItem.SIGN_IN:
        return f"{done} 人都标了"
    if item is ClosingItem.EVIDENCE:
        return f"{_counted(want, done)}都有了" if done > 1 else "有了"
    return "已填" if done <= 1 else f"{done} 条都有了"


def _verb(item: ClosingItem, held: bool) -> str:
    match item:
        case ClosingItem.SIGN_IN:
            return "补签" if held else "签到"
        case ClosingItem.COMMENTS | ClosingItem.REFLECTIONS | ClosingItem.REPORTS:
            return "录入"
        case ClosingItem.EVIDENCE:
            return "去添加"
        case _:
            return "去填"


def open_subject(row: OpenItem | OverdueMakeUps, name: str) -> str:
    """What an open line is about: a speaker with the title, or the session's theme."""
    if isinstance(row, OverdueMakeUps):
        return row.session.theme or "（主题还没定）"
    if row.talk is not None:
        title = f"《{row.talk.title}》" if row.talk.title else "（题目还没报）"
        return f"{name}{title}"
    if row.item.place:
        return f"第{row.item.place}讲（主讲人还没定）"
    unnamed = "本场材料" if row.item.evidence else "（主题还没定）"
    return row.closing.session.theme or unnamed


def open_chip(row: OpenItem | OverdueMakeUps) -> tuple[str, str, str]:
    """Chip of an open line: text, tone, shape."""
    if isinstance(row, OverdueMakeUps):
        return f"补学逾期 {row.days} 天", "red", "diamond"
    item = row.item
    label = label_of(item.want)
    if row.closing.session.status.ahead:
        return "没确认开展", "amber", "triangle"
    if item.item is ClosingItem.SIGN_IN:
        return f"未签 {item.lacking}", "amber", "triangle"
    if item.needed > 1:
        return f"{label} {item.done}/{item.needed}", "amber", "half" if item.done else "triangle"
    return f"{'缺' if item.evidence else '待补'}{label}", "amber", "triangle"


def open_verb(row: OpenItem | OverdueMakeUps) -> str:
    """The button of an open line."""
    if isinstance(row, OverdueMakeUps):
        return "去补学"
    return "去签到" if row.closing.session.status.ahead else _verb(row.item.item, held=True)
