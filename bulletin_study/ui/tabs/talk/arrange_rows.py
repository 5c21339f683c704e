"""What 自动安排 would change: one row a place, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import PassedOver, PlaceState, Plan, PlannedPlace, Rule
from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.tabs.talk.rows import Chip
from bulletin_study.usecases.rotation_words import (
    STATE_WORDS,
    group_name,
    people_words,
    reason_words,
    wait_words,
)
from bulletin_study.usecases.talk_page import TalkPage
from bulletin_study.usecases.titles import day_text

_FIRST_TO_SAY: Final = (
    Rule.PIN_BROKEN,
    Rule.NOBODY,
    Rule.HEAD_FIRST,
    Rule.LONGEST_WAIT,
    Rule.LONG_WAIT,
    Rule.PINNED,
    Rule.GUEST,
    Rule.HELD,
)


class Part(StrEnum):
    """Which rows of the preview are shown."""

    ALL = "all"
    CHANGED = "changed"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class ArrangeRow:
    """One place of the plan; ``before`` and ``after`` are who speaks, in words."""

    planned: PlannedPlace
    before: str
    after: str
    group: str
    why: str
    passed: str
    several: bool

    @property
    def key(self) -> tuple[int, int]:
        """What names the place."""
        return (self.planned.session_id, self.planned.place)

    @property
    def empty(self) -> bool:
        """Whether nobody would speak there."""
        return self.planned.state is PlaceState.EMPTY


def arrange_rows(plan: Plan, page: TalkPage) -> list[ArrangeRow]:
    """The plan's places with what is to be said of each."""
    passed: dict[tuple[int, int], list[PassedOver]] = {}
    for one in plan.passed_over:
        passed.setdefault((one.session_id, one.place), []).append(one)
    return [
        _row(place, passed.get((place.session_id, place.place), ()), page) for place in plan
    ]


def in_part(row: ArrangeRow, part: Part) -> bool:
    """Whether the row belongs to what is shown."""
    if part is Part.CHANGED:
        return row.planned.changed
    return part is Part.ALL or row.empty


def by_month(rows: Sequence[ArrangeRow]) -> list[tuple[GroupRow, list[ArrangeRow]]]:
    """The rows under their months."""
    groups = []
    for (year, month), found in groupby(
        rows, key=lambda r: (r.planned.day.year, r.planned.day.month)
    ):
        mine = list(found)
        changed = sum(row.planned.changed for row in mine)
        note = f"{len(mine)} 位，有变 {changed}" if changed else f"{len(mine)} 位，没有变"
        groups.append((GroupRow((year, month), f"{year}年{month}月", note), mine))
    return groups


def summary_words(plan: Plan) -> str:
    """12-02 至 12-30 共 15 位，到第 4 轮：排好 15 位，空缺 0 位；最久等了 15 周。"""
    made = plan.summary
    span = f"{plan.first:%Y-%m-%d} 至 {plan.last:%Y-%m-%d}"
    rounds = f"，跨 {made.rounds} 轮" if made.rounds > 1 else ""
    waited = f"；等得最久的等了 {wait_words(made.max_wait_days)}" if made.max_wait_days else ""
    empty = f"，空缺 {made.empty} 位" if made.empty else ""
    return f"{span} 共 {len(plan.places)} 位{rounds}：排好 {made.filled} 位{empty}{waited}。"


def change_chip(row: ArrangeRow) -> Chip:
    """What becomes of the place in one word."""
    place = row.planned
    if any(reason.rule is Rule.PIN_BROKEN for reason in place.reasons):
        return "有冲突", "amber", "triangle"
    if row.empty:
        return ("改空", "amber", "triangle") if place.changed else ("空缺", "neutral", "")
    if place.changed:
        return ("换人", "amber", "arrow") if row.before else ("新排", "blue", "dot")
    if place.state is PlaceState.PLANNED:
        return "不变", "neutral", ""
    return STATE_WORDS[place.state], "neutral", "dot"


def columns() -> list[Column[ArrangeRow]]:
    """The columns of the preview."""

    def day(row: ArrangeRow) -> Cell:
        place = f"第{row.planned.place}位" if row.several else ""
        return Cell(day_text(row.planned.day), second=place)

    def before(row: ArrangeRow) -> Cell:
        return Cell(row.before or "空着", tone="text2" if row.planned.changed else "text3")

    def after(row: ArrangeRow) -> Cell:
        changed = row.planned.changed
        return Cell(row.after or "还没人讲", second=row.group, bold=changed,
                    tone="text" if changed else "text2",
                    fill="blue" if changed and not row.empty else "")

    def spoken_round(row: ArrangeRow) -> Cell:
        number = row.planned.round
        return Cell(f"第{number}轮" if number else "", tone="text2")

    def why(row: ArrangeRow) -> Cell:
        tip = "；".join(filter(None, (row.why, row.passed)))
        return Cell(row.why, second=row.passed, tone="text2", tip=tip)

    def state(row: ArrangeRow) -> Cell:
        word, tone, shape = change_chip(row)
        return Cell(word, chip=True, tone=tone, shape=shape)

    return [
        Column("day", "日期", day, width=96, sortable=False),
        Column("before", "现在", before, width=84, sortable=False),
        Column("after", "改为", after, width=104, sortable=False),
        Column("round", "轮次", spoken_round, width=60, drop=1, sortable=False),
        Column("state", "", state, width=84, sortable=False),
        Column("why", "依据", why, least=140, most=1200, sortable=False),
    ]  # fmt: skip


def _row(place: PlannedPlace, passed: Sequence[PassedOver], page: TalkPage) -> ArrangeRow:
    roster = page.roster
    after = roster.people[place.speaker_id].name if place.speaker_id is not None else place.guest
    was = roster.people[place.was_id].name if place.was_id is not None else ""
    skipped = "；".join(
        f"跳过{group_name(roster, one.group_id)}：{people_words(one.candidates, roster, one.day)}"
        for one in passed
    )
    turn = group_name(roster, place.group_id) if place.speaker_id is not None else ""
    return ArrangeRow(
        place, was or place.guest, after, turn, _why(place, roster), skipped,
        place.session_id in page.many,
    )  # fmt: skip


def _why(place: PlannedPlace, roster: Roster) -> str:
    """The reason that says most, with its number."""
    found = {reason.rule: reason for reason in reversed(place.reasons)}
    first = next((found[rule] for rule in _FIRST_TO_SAY if rule in found), None)
    if first is None:
        return ""
    title, words = reason_words(first, roster, place.day)
    return f"{title}：{words}"
