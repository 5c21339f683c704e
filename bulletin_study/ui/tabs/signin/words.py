"""What the sign-in page says: titles, chips, counters, checklist lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bulletin_study.domain.attendance import Headcount, Mark
from bulletin_study.domain.closing import Want
from bulletin_study.domain.evidence import EvidenceKind
from bulletin_study.domain.sessions import ClosingItem, Form, SessionStatus, StudySession
from bulletin_study.domain.tallies import session_headcount
from bulletin_study.ui.widgets.checklist import ChecklistItem
from bulletin_study.ui.widgets.counters import CounterItem
from bulletin_study.usecases.closing import Closing, label_of
from bulletin_study.usecases.paper_facts import totals_only, totals_text
from bulletin_study.usecases.session_list import SessionRow
from bulletin_study.usecases.sign_in_list import SignIn
from bulletin_study.usecases.sign_in_page import ShelfRow, SignInPage, open_lines
from bulletin_study.usecases.titles import day_text

Chip = tuple[str, str, str]
_AWAY = (Mark.LEAVE, Mark.OFFICIAL, Mark.ABSENT)

_SHORT = {
    ClosingItem.COMMENTS: "点评",
    ClosingItem.REFLECTIONS: "心得",
    ClosingItem.REPORTS: "点评",
    ClosingItem.TALKS: "题目",
}


def numbered(row: SessionRow) -> str:
    """每周一讲 第21次; both kinds where they are held together."""
    numbers = row.ordinal_by_kind
    parts = []
    for kind in row.kind_names:
        number = numbers.get(kind)
        parts.append(f"{kind} 第{number.number}次" if number else kind)
    return "、".join(parts) or "场次"


def heading(row: SessionRow, today: date) -> str:
    """11-25 周三 · 每周一讲 · 第21次, with the year when it is another."""
    year = f"{row.session.day.year}-" if row.session.day.year != today.year else ""
    return f"{year}{day_text(row.session.day)} · {numbered(row).replace(' ', ' · ', 1)}"


def where(session: StudySession) -> str:
    """15:00—16:30 三楼会议室."""
    return f"{session.start:%H:%M}—{session.end:%H:%M} {session.venue}".rstrip()


def self_study(session: StudySession) -> bool:
    """Everyone reads alone: completion instead of presence."""
    return session.form is Form.SELF_STUDY


def shelf_chip(shelf: ShelfRow, today: date) -> Chip:
    """The state of a session in one chip: text, tone, shape."""
    session, closing = shelf.session, shelf.closing
    if session.status is SessionStatus.CANCELLED:
        return "取消", "neutral", "cross"
    if session.archived:
        return ("缺项归档", "amber", "check") if session.waiver else ("已归档", "green", "check")
    if session.status.ahead:
        if session.day < today:
            return "待确认", "amber", "triangle"
        moved = session.status is SessionStatus.MOVED
        return ("改期", "amber", "arrow") if moved else ("计划", "blue", "circle")
    count = shelf.row.headcount
    if session.day == today and count is not None and count.unmarked:
        done = count.expected - count.unmarked
        return f"签到中 {done}/{count.expected}", "blue", "half"
    if count is not None and count.unmarked:
        word = "未完成" if self_study(session) else "未签"
        return f"{word} {count.unmarked}", "amber", "triangle"
    return _lacking_chip(closing)


def _lacking_chip(closing: Closing | None) -> Chip:
    lines = open_lines(closing).items() if closing else ()
    for want, (done, needed) in lines:
        if done < needed:
            short = label_of(want) if want.evidence else _SHORT.get(want.item)
            text = f"{short} {done}/{needed}" if short else f"没填{label_of(want)}"
            return text, "amber", "half" if done else "triangle"
    return "已开展", "green", "check"


def counters(
    count: Headcount, observers: int, alone: bool
) -> tuple[Sequence[CounterItem], Sequence[CounterItem]]:
    """Figures at the left and at the right; they always add up to the first."""
    partly = [
        f"{word} {n}" for word, n in (("含迟到", count.late), ("早退", count.left_early)) if n
    ]
    if len(partly) == 1 and count.left_early:
        partly = [f"含早退 {count.left_early}"]
    left = [
        CounterItem("expected", "应完成" if alone else "应到", str(count.expected)),
        CounterItem("came", "完成" if alone else "实到", str(count.came), "green",
                    "、".join(partly)),
        CounterItem("leave", "请假", str(count.leave), "blue"),
        CounterItem("official", "公出", str(count.official)),
        CounterItem("absent", "缺席", str(count.absent), "red" if count.absent else "text"),
    ]  # fmt: skip
    right = []
    if observers:
        right.append(CounterItem("observers", "列席", str(observers), "text2"))
    word = "未完成" if alone else "未签"
    tone, shape = ("amber", "circle") if count.unmarked else ("green", "check")
    right.append(CounterItem("unmarked", word, str(count.unmarked), tone, shape=shape))
    return left, right


def headcount(sign_in: SignIn, kind_id: int | None) -> Headcount:
    """The figures over the list: those imported as long as nobody is marked by name."""
    imported = sign_in.unlisted and sign_in.session.expected_total is not None
    if imported and all(row.mark is None or row.premarked for row in sign_in.rows):
        return session_headcount(sign_in.session, kind_id, ())
    return sign_in.headcount if kind_id is None else sign_in.headcount_for(kind_id)


def rest_may_come(page: SignInPage) -> bool:
    """Whether one key may say that all the others came: not before the day, and not over
    figures that were imported."""
    return page.session.day <= page.today and not totals_only(page)


def check_lines(page: SignInPage, *, missing_only: bool = False) -> list[ChecklistItem]:
    """The closing checklist, one line an item, with the verb that leads to its field."""
    if page.session.status is SessionStatus.CANCELLED:
        return []
    alone = self_study(page.session)
    return [
        _check_line(want, done, needed, alone)
        for want, (done, needed) in open_lines(page.closing).items()
        if not (missing_only and done >= needed)
    ]


def _check_line(want: Want, done: int, needed: int, alone: bool) -> ChecklistItem:
    label, item = label_of(want), want.item
    if want.evidence:
        return _file_line(want, done, needed)
    if done >= needed:
        note = f"{done} 人都标了" if item is ClosingItem.SIGN_IN else _full(done)
        return ChecklistItem(item.value, label, note, "check", "green")
    if item is ClosingItem.SIGN_IN:
        word = "未完成" if alone else "未签"
        note = f"{word} {needed - done} 人" if needed > 1 or done else "没有应到的人"
    elif needed > 1:
        note = f"{done}/{needed} {'个组室' if item is ClosingItem.REPORTS else '条'}"
    else:
        note = "还没填"
    shape = "half" if done else "circle"
    verb = "跳到第一个" if item is ClosingItem.SIGN_IN else "去填" if needed == 1 else "下一条"
    return ChecklistItem(item.value, label, note, shape, "amber", verb)


def _counted(want: Want, number: int) -> str:
    return (want.evidence or EvidenceKind.OTHER).counted(number)


def _file_line(want: Want, done: int, needed: int) -> ChecklistItem:
    if done >= needed:
        note = "有了" if needed == 1 else f"{_counted(want, needed)}都有了"
        return ChecklistItem(want.key, label_of(want), note, "check", "green")
    note = f"{done}/{_counted(want, needed)}"
    if needed == 1:
        note = f"还差 {_counted(want, needed - done)}"
    shape = "half" if done else "circle"
    return ChecklistItem(want.key, label_of(want), note, shape, "amber", "去添加")


def _full(done: int) -> str:
    return "已填" if done <= 1 else f"{done} 条都有了"


def lacking(page: SignInPage) -> list[Want]:
    """What is not complete, talks together."""
    return [want for want, (done, needed) in open_lines(page.closing).items() if done < needed]


def state_sentence(page: SignInPage) -> str:
    """What is special about this session's sign-in; empty for an ordinary one."""
    session = page.session
    if session.status is SessionStatus.CANCELLED:
        why = f"（{session.status_reason}）" if session.status_reason else ""
        return f"这一场已取消{why}，不签到，也不计场次。"
    if totals_only(page):
        return (
            f"这一场是导入的，只有人数：{totals_text(page)}，没有逐人签到。"
            "在名单里标了人，就改按名单算。"
        )
    if session.status.ahead and session.day > page.today:
        day = day_text(session.day)
        return f"还没到日期（{day}）。可以先标请假、公出、缺席；到了那天再签到。"
    if self_study(session):
        return "个人自学：按完成登记，“到”表示已完成。"
    return ""


def away_note(page: SignInPage, person_id: int | None) -> str:
    """That somebody was marked away that day; empty where nothing can or need be changed."""
    if page.session.archived:
        return ""
    marks = {row.person_id: row.mark for row in page.sign_in.rows}
    mark = marks.get(person_id) if person_id is not None else None
    return f"{page.name(person_id)}当天{mark}，换人或照旧。" if mark in _AWAY else ""
