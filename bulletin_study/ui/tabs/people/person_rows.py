"""The lines of a person's page in words, each with the place that it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.people import Absence
from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.context import Navigator
from bulletin_study.usecases.make_up_list import MakeUpLine, state_words
from bulletin_study.usecases.person_ahead import Duty
from bulletin_study.usecases.person_lines import (
    AttendedLine,
    Commented,
    Companion,
    GivenTalk,
    Said,
)
from bulletin_study.usecases.person_page import PersonPage
from bulletin_study.usecases.titles import day_text, kinds_text

Chip = tuple[str, str, str]
"""Text, tone, shape."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line: when, what, and a second line; ``act`` opens its place."""

    key: object
    when: str
    text: str
    second: str = ""
    chip: Chip | None = None
    act: Callable[[], object] | None = None


ITEM_COLUMNS: tuple[Column[Item], ...] = (
    Column("when", "", lambda i: Cell(i.when, tone="text2"), width=92),
    Column("text", "", lambda i: Cell(i.text, second=i.second, tip=_tip(i)), least=100, most=900),
    Column("chip", "", lambda i: _chip(i.chip), width=86, right=True),
)


def _tip(item: Item) -> str:
    return "\n".join(part for part in (item.text, item.second) if part)


def _chip(chip: Chip | None) -> Cell:
    if chip is None:
        return Cell()
    text, tone, shape = chip
    return Cell(text, chip=True, tone=tone, shape=shape)


_MARKS: dict[Mark | None, Chip] = {
    Mark.PRESENT: ("到", "green", "check"),
    Mark.LATE: ("迟到", "amber", "half"),
    Mark.LEFT_EARLY: ("早退", "amber", "half"),
    Mark.LEAVE: ("请假", "blue", "circle"),
    Mark.OFFICIAL: ("公出", "neutral", "out"),
    Mark.ABSENT: ("缺席", "red", "diamond"),
    Mark.EXEMPT: ("免到", "neutral", ""),
    Mark.OBSERVER: ("列席", "neutral", ""),
    None: ("未签", "amber", "triangle"),
}


def mark_chip(row: Attendance) -> Chip:
    """How a mark is shown."""
    return _MARKS[row.mark]


def when(day: date, today: date) -> str:
    """"11-25 周三", with its year where it is another one."""
    return day_text(day) if day.year == today.year else f"{day:%Y-%m-%d}"


def duties(page: PersonPage, go: Navigator) -> list[Item]:
    """What waits for the person: first what is owed."""
    return [_duty(duty, page.today, go) for duty in page.duties]


def _duty(duty: Duty, today: date, go: Navigator) -> Item:
    session = duty.meeting.session
    start = f"{session.start:%H:%M}"
    theme = f" · {duty.meeting.about}" if duty.meeting.about else ""
    words, second = duty.meeting.title, f"{start} 参加{theme}"
    if duty.own:
        words, second = "、".join(duty.words), f"{duty.meeting.title} {start}{theme}"
    if duty.owed is not None:
        days, owed = (today - session.day).days, duty.owed
        return Item(
            ("owed", owed.id), when(session.day, today), words, duty.meeting.title + theme,
            (f"已过 {days} 天", "amber", "triangle"),
            lambda: go.open_sign_in(session.id, ClosingItem.REFLECTIONS, owed.talk_id),
        )  # fmt: skip
    chip: Chip | None = (duty.away.partition("（")[0], "blue", "circle") if duty.away else None
    if duty.away:
        second = f"{duty.away} · {second}"
    place = duty.place
    if place is not None:
        return Item(("ahead", session.id), when(session.day, today), words, second, chip,
                    lambda: go.talk.emit(session.id, place))  # fmt: skip
    return Item(("ahead", session.id), when(session.day, today), words, second, chip,
                lambda: go.session.emit(session.id))  # fmt: skip


def talks(page: PersonPage, go: Navigator) -> list[Item]:
    """Talks given, with what was said of them."""
    return [_talk(one, page.today, go) for one in page.talks]


def _talk(one: GivenTalk, today: date, go: Navigator) -> Item:
    talk, comments = one.talk, "；".join(f"{who}点评：{text}" for who, text in one.comments)
    category = f"{talk.category}" if talk.category else ""
    second = " · ".join(part for part in (one.told, comments or "还没有点评") if part)
    session = one.meeting.session
    return Item(
        talk.id, when(session.day, today), f"《{talk.title}》" if talk.title else "题目还没报",
        second, (category, "neutral", "") if category else None,
        lambda: go.talk.emit(session.id, talk.place),
    )  # fmt: skip


def said(page: PersonPage, go: Navigator) -> list[Item]:
    """Reflections given."""
    return [_said(one, page.today, go) for one in page.said]


def _said(one: Said, today: date, go: Navigator) -> Item:
    own, session = one.reflection, one.meeting.session
    return Item(
        own.id, when(session.day, today), _flat(own.text),
        " · ".join(part for part in (one.meeting.title, one.about) if part),
        (str(own.kind), "neutral", ""),
        lambda: go.open_sign_in(session.id, ClosingItem.REFLECTIONS, own.talk_id),
    )  # fmt: skip


def comments(page: PersonPage, go: Navigator) -> list[Item]:
    """点评 given by a leader."""
    return [_comment(one, page.today, go) for one in page.comments]


def _comment(one: Commented, today: date, go: Navigator) -> Item:
    own, session = one.comment, one.meeting.session
    item = ClosingItem.COMMENTS if own.group_id is None else ClosingItem.REPORTS
    return Item(
        own.id, when(session.day, today), _flat(own.text),
        " · ".join(part for part in (one.meeting.title, one.about) if part), None,
        lambda: go.open_sign_in(session.id, item, own.talk_id),
    )  # fmt: skip


def make_ups(page: PersonPage, go: Navigator) -> list[Item]:
    """补学, row by row."""
    return [_made_up(one, page.today, go) for one in page.make_ups]


def _made_up(line: MakeUpLine, today: date, go: Navigator) -> Item:
    debt, session = line.debt, line.session
    tone, shape = ("neutral", "")
    if debt.waits:
        tone, shape = ("red", "diamond") if debt.days_over(today) else ("amber", "triangle")
    elif debt.cleared is not None:
        tone, shape = ("green", "check")
    due = f"期限 {debt.due:%m-%d}" if debt.waits else ""
    noted = _flat(debt.note or debt.material)
    return Item(line.key, when(session.day, today), session.theme or kinds_text(line.kinds),
                " · ".join(part for part in (line.why, due, noted) if part),
                (state_words(debt, today), tone, shape),
                lambda: go.make_ups.emit(session.id))  # fmt: skip


def absences(page: PersonPage, open_absence: Callable[[Absence], object]) -> list[Item]:
    """不在岗, the latest first."""
    return [_absence(own, page.today, open_absence) for own in page.absences]


def _absence(own: Absence, today: date, opener: Callable[[Absence], object]) -> Item:
    now = own.start <= today and (own.end is None or today <= own.end)
    until = f"至 {when(own.end, today)}" if own.end else "至今" if now else "起"
    days = f"，{(own.end - own.start).days + 1} 天" if own.end else ""
    chip: Chip | None = ("现在", "blue", "dot") if now else None
    counted = "不计入应到" if own.exempts else "计入应到"
    reason = f"{own.reason} · " if own.reason and own.reason != str(own.kind) else ""
    return Item(own.id, when(own.start, today), f"{own.kind} {until}{days}",
                f"{reason}{counted}", chip, lambda: opener(own))  # fmt: skip


def standing(page: PersonPage, open_person: Callable[[int], object]) -> list[Item]:
    """Groups one has been in, then 帮带 and AB岗."""
    person = page.person
    lines = [
        Item(("group", m.id), _since(m.start or person.joined, page.today),
             page.name_of_group(m.group_id), _until(m.end, page.today),
             ("现在", "green", "check") if _covers(m.start, m.end, page.today) else None)
        for m in page.memberships
    ]  # fmt: skip
    return lines + [_companion(own, page.today, open_person) for own in page.companions]


def _companion(own: Companion, today: date, open_person: Callable[[int], object]) -> Item:
    since = _since(own.since, today) if own.since else ""
    return Item((own.words, own.person.id, own.since), since, own.person.name,
                " · ".join(part for part in (own.words, _until(own.until, today)) if part),
                act=lambda: open_person(own.person.id))  # fmt: skip


def _since(day: date | None, today: date) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"


def _until(day: date | None, today: date) -> str:
    return f"至 {day:%Y-%m-%d}" if day else ""


def _covers(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def _flat(text: str) -> str:
    return " ".join(text.split())


def attended_columns(today: date) -> Sequence[Column[AttendedLine]]:
    """The sessions that had the person on their list."""
    return (
        Column("day", "日期", lambda r: when(r.meeting.day, today), width=108),
        Column("kind", "活动", lambda r: r.meeting.title, width=128, drop=1),
        Column("theme", "主题", lambda r: r.meeting.about or "—", least=120, most=900),
        Column("group", "当天组室", lambda r: Cell(r.group, tone="text2"), width=88, drop=3),
        Column("reason", "原因", lambda r: Cell(r.row.reason, tone="text2", tip=r.row.reason),
               width=150, drop=2),
        Column("mark", "签到", lambda r: _chip(mark_chip(r.row)), width=84),
    )  # fmt: skip
