"""The list of places: 序号 日期 主讲人 组室 题目 帮带人."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import PlaceState, RoundProgress
from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.usecases.rotation_words import STATE_WORDS
from bulletin_study.usecases.talk_list import PlaceRow
from bulletin_study.usecases.titles import day_text

AHEAD, YEAR, ALL = "ahead", "year", "all"
RANGES = (("今后", AHEAD), ("今年", YEAR), ("全部", ALL))
_BADGES = {"业务知识": ("业", "blue"), "政策法规": ("政", "text2"), "经验方法": ("经", "green")}
_TONES = {
    PlaceState.HELD: ("green", "check"),
    PlaceState.PINNED: ("neutral", ""),
    PlaceState.PLANNED: ("blue", "circle"),
    PlaceState.GUEST: ("neutral", "out"),
    PlaceState.EMPTY: ("amber", "triangle"),
}

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TalkPage:
    """Everything the page shows: places by date, the round, the people."""

    today: date
    rows: tuple[PlaceRow, ...]
    numbers: dict[int, str]
    progress: RoundProgress
    roster: Roster

    def row(self, key: Key | None) -> PlaceRow | None:
        """One place."""
        return next((r for r in self.rows if key_of(r) == key), None)

    @property
    def conflicts(self) -> int:
        """Announced speakers who cannot speak."""
        return sum(row.conflict is not None for row in self.rows)


def key_of(row: PlaceRow) -> Key:
    """A place is known by its session and number."""
    return row.session.id, row.place


def grouped(rows: Sequence[PlaceRow]) -> list[tuple[GroupRow, list[PlaceRow]]]:
    """By month, with how many are settled."""
    made = []
    for month, found in groupby(rows, key=lambda r: (r.day.year, r.day.month)):
        own = list(found)
        spoken = sum(r.state is PlaceState.HELD for r in own)
        empty = sum(r.state is PlaceState.EMPTY for r in own)
        parts = [f"{len({r.session.id for r in own})} 场 {len(own)} 人次"]
        parts += [f"已讲 {spoken}"] if spoken else []
        parts += [f"空缺 {empty}"] if empty else []
        title = f"{month[0]}年{month[1]}月"
        made.append((GroupRow(month, title, " · ".join(parts)), own))
    return made


def matches(row: PlaceRow, text: str) -> bool:
    """Whether a place answers to a filter text."""
    wanted = text.strip().casefold()
    parts = (row.speaker, row.title, row.group, row.mentor)
    return not wanted or any(wanted in part.casefold() for part in parts)


def badge_of(row: PlaceRow) -> tuple[str, str]:
    """The boxed letter of the category and its colour."""
    return _BADGES.get(str(row.category or ""), ("", "text2"))


def speaker_cell(row: PlaceRow) -> Cell:
    """Who speaks; under it who had been announced, or why he cannot."""
    if row.state is PlaceState.EMPTY:
        tone = "amber" if row.session.status.ahead else "text3"
        return Cell("还没人讲", tone=tone)
    second, tone, shape = "", "text2", ""
    if row.conflict:
        second, tone, shape = row.conflict, "amber", "triangle"
    elif row.stood_in_for and row.stood_in_for != row.speaker:
        second = f"代 {row.stood_in_for}"
    past = row.state is PlaceState.HELD
    return Cell(row.speaker, second=second, bold=not past, second_tone=tone, second_shape=shape,
                fill="amber" if row.conflict else "")


def title_cell(row: PlaceRow) -> Cell:
    """The title with its category, or that it is still to be told."""
    badge, tone = badge_of(row)
    if row.state is PlaceState.EMPTY:
        return Cell("—", tone="text3")
    if not row.title:
        return Cell("待报题目", tone="text3", badge=badge, badge_tone=tone)
    return Cell(row.title, badge=badge, badge_tone=tone, tip=row.title)


def state_cell(row: PlaceRow) -> Cell:
    """A chip."""
    if row.conflict:
        return Cell("冲突", chip=True, tone="amber", shape="triangle", tip=row.conflict)
    tone, shape = _TONES[row.state]
    icon = "pin" if row.state is PlaceState.PINNED else ""
    return Cell(STATE_WORDS[row.state], chip=True, tone=tone, shape=shape, icon=icon)


def columns(numbers: dict[int, str]) -> tuple[Column[PlaceRow], ...]:
    """The columns; ``numbers`` gives the 第N次 of a session."""
    return (
        Column("number", "期次", lambda r: numbers.get(r.session.id, "") if r.place == 1 else "",
               width=76, drop=4, sortable=False),
        Column("day", "日期", lambda r: Cell(day_text(r.day), second=_time(r)), width=92,
               sortable=False),
        Column("place", "序号", lambda r: Cell(str(r.place), tone="text2"), width=48, right=True,
               sortable=False),
        Column("speaker", "主讲人", speaker_cell, width=132, sortable=False),
        Column("group", "组室", lambda r: r.group or "—", width=84, drop=2, sortable=False),
        Column("title", "题目", title_cell, least=140, most=900, sortable=False),
        Column("mentor", "帮带人", lambda r: r.mentor or "—", width=76, drop=3, sortable=False),
        Column("round", "轮次", lambda r: f"第{r.round}轮" if r.round else "—", width=64, drop=5,
               sortable=False),
        Column("state", "状态", state_cell, width=88, sortable=False),
    )


def _time(row: PlaceRow) -> str:
    moved = row.session.moved_from
    start = f"{row.session.start:%H:%M}"
    return f"{start} 原定{moved:%m-%d}" if moved else start
