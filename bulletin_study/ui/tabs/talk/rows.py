"""The list of places: its columns, its months, its filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from bulletin_study.domain.rotation import PlaceState
from bulletin_study.domain.sessions import TalkCategory
from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.widgets.person_match import normal
from bulletin_study.usecases.rotation_words import STATE_WORDS
from bulletin_study.usecases.talk_page import TalkLine, TalkPage
from bulletin_study.usecases.titles import day_text

CATEGORIES: Final = tuple((str(category), category) for category in TalkCategory)
BADGES: Final[dict[TalkCategory, tuple[str, str]]] = {
    TalkCategory.BUSINESS: ("业", "blue"),
    TalkCategory.POLICY: ("政", "neutral"),
    TalkCategory.EXPERIENCE: ("经", "green"),
}

Chip = tuple[str, str, str]
"""Text, tone, shape."""


class Span(StrEnum):
    """Which places the list shows."""

    AHEAD = "ahead"
    YEAR = "year"
    ALL = "all"


def in_span(line: TalkLine, span: Span, today: date) -> bool:
    """Whether a place belongs to what the list shows; one still open is never left behind."""
    if span is Span.AHEAD:
        return line.row.day >= today or line.ahead
    return span is Span.ALL or line.row.day.year == today.year or line.row.day >= today


def accepts(line: TalkLine, words: str, initials: Mapping[int, str]) -> bool:
    """Whether a place matches what was typed: name, initials, title, group, 帮带人, date."""
    row, wanted = line.row, normal(words)
    texts = (row.speaker, row.title, row.group, row.mentor, row.stood_in_for)
    speaker = row.talk.speaker_id if row.talk is not None else None
    typed = initials.get(speaker, "") if speaker is not None else ""
    return (
        any(wanted in normal(text) for text in texts)
        or wanted in day_text(row.day)
        or (bool(typed) and typed.startswith(wanted))
    )


def state_chip(line: TalkLine, today: date) -> Chip:
    """The state of a place in one word."""
    row = line.row
    if line.cancelled:
        return "取消", "neutral", "cross"
    if line.conflict:
        return "冲突", "amber", "triangle"
    if not line.ahead:
        if row.state is PlaceState.EMPTY:
            return "待补", "amber", "triangle"
        return STATE_WORDS[row.state], "green", "check"
    if row.day < today:
        return "待确认", "amber", "triangle"
    word = STATE_WORDS[row.state]
    if row.state is PlaceState.EMPTY:
        return word, "neutral", ""
    return (word, "blue", "circle") if row.state is PlaceState.PLANNED else (word, "neutral", "dot")


def by_month(lines: Sequence[TalkLine]) -> list[tuple[GroupRow, list[TalkLine]]]:
    """The places under their months."""
    groups = []
    for (year, month), found in groupby(lines, key=lambda ln: (ln.row.day.year, ln.row.day.month)):
        mine = list(found)
        groups.append((GroupRow((year, month), f"{year}年{month}月", _month_note(mine)), mine))
    return groups


def _month_note(lines: Sequence[TalkLine]) -> str:
    lines = [line for line in lines if not line.cancelled]
    spoken = sum(line.taken and not line.ahead for line in lines)
    planned = sum(line.taken and line.ahead for line in lines)
    empty = sum(not line.taken for line in lines)
    parts = [
        f"{word} {number}"
        for word, number in (("已讲", spoken), ("已排", planned), ("空缺", empty))
        if number
    ]
    sessions = len({line.row.session.id for line in lines})
    return " · ".join([f"{sessions} 场", *parts])


def first_coming(lines: Iterable[TalkLine], today: date) -> TalkLine | None:
    """The next place still ahead, else the last one."""
    known = [line for line in lines if not line.cancelled]
    coming = (line for line in known if line.ahead and line.row.day >= today)
    return next(coming, known[-1] if known else None)


def columns(page: TalkPage | None) -> list[Column[TalkLine]]:
    """The columns; what happened is grey, what comes is black."""
    today = page.today if page is not None else date.max
    several = page.many if page is not None else frozenset()

    def tone(line: TalkLine) -> str:
        return "text" if line.ahead else "text2"

    def day(line: TalkLine) -> Cell:
        row = line.row
        when = "今天 " if row.day == today else ""
        number = f"第{line.ordinal.number}次" if line.ordinal else ""
        place = f" · 第{row.place}位" if row.session.id in several else ""
        moved = row.session.moved_from
        second = f"原定 {moved:%m-%d}{place}" if moved else f"{number}{place}"
        return Cell(when + day_text(row.day), second=second, tone=tone(line),
                    bold=row.day == today, sort=(row.day, row.session.start, row.place))

    def speaker(line: TalkLine) -> Cell:
        row = line.row
        if line.cancelled:
            return Cell("没有开展", second=row.session.status_reason, tone="text3",
                        tip=row.session.status_reason)
        if line.conflict:
            return Cell(row.speaker, second=line.conflict, bold=True, second_tone="amber",
                        second_shape="triangle", tip=f"{row.speaker}：{line.conflict}")
        if not line.taken:
            return Cell("还没人讲", second=line.filler, tone="text3", tip=line.filler)
        if row.stood_in_for:
            return Cell(row.speaker, second=f"原定 {row.stood_in_for}", tone=tone(line))
        remarks = "；".join(line.remarks)
        return Cell(row.speaker, second=remarks, bold=line.ahead, tone=tone(line),
                    second_tone="amber", tip=remarks)

    def title(line: TalkLine) -> Cell:
        row = line.row
        if not line.taken:
            return Cell("")
        badge, colour = BADGES[row.category] if row.category else ("", "text2")
        words = row.title or "待报题目"
        files = f"材料 {len(row.materials)} 份" if row.materials else ""
        return Cell(words, second=files, tone=tone(line) if row.title else "text3", badge=badge,
                    badge_tone=colour if line.ahead else "text2",
                    tip="·".join(filter(None, (str(row.category or ""), row.title))))

    def state(line: TalkLine) -> Cell:
        word, colour, shape = state_chip(line, today)
        return Cell(word, chip=True, tone=colour, shape=shape)

    def spoken_round(line: TalkLine) -> Cell:
        number = line.row.round
        return Cell(f"第{number}轮" if number else "", tone="text2", sort=number or 0)

    def number(line: TalkLine) -> Cell:
        return Cell(str(line.number or "—"), tone="text2", sort=line.number)

    return [
        Column("number", "序号", number, width=56, drop=2),
        Column("day", "日期", day, width=112),
        Column("speaker", "主讲人", speaker, width=168),
        Column("group", "组室", lambda ln: Cell(ln.row.group, tone=tone(ln)), width=92, drop=3),
        Column("title", "题目", title, least=140, most=560),
        Column("mentor", "帮带人", lambda ln: Cell(ln.row.mentor, tone=tone(ln)), width=76, drop=4),
        Column("round", "轮次", spoken_round, width=68, drop=5),
        Column("state", "状态", state, width=88),
    ]  # fmt: skip
