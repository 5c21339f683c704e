"""The right side of 批量安排: every date with its shift, its reason and its clashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from bulletin_study.domain.series import Occurrence, day_words
from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.usecases.schedule import SeriesPreview


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One occurrence; ``number`` counts those that become sessions, 0 for a skipped one."""

    at: int
    number: int
    occurrence: Occurrence
    clashes: tuple[str, ...] = ()
    doubled: bool = False

    @property
    def notes(self) -> str:
        """Everything worth knowing about the date."""
        words = [self.occurrence.reason] if self.occurrence.reason else []
        if self.doubled:
            words.append("这一天有两场，都会安排")
        return "；".join([*words, *self.clashes])


def _day_cell(row: PreviewRow) -> Cell:
    one = row.occurrence
    if one.day is None:
        return Cell(day_words(one.planned), tone="text3")
    second = f"原定 {one.planned:%m-%d}" if one.moved else ""
    return Cell(day_words(one.day), second=second)


def _state_cell(row: PreviewRow) -> Cell:
    one = row.occurrence
    if one.day is None:
        return Cell("跳过", chip=True, tone="neutral", shape="cross")
    if row.clashes:
        return Cell("冲突", chip=True, tone="amber", shape="triangle")
    if one.moved:
        words = "顺延" if one.day > one.planned else "提前"
        return Cell(words, chip=True, tone="amber", shape="arrow")
    return Cell("计划", chip=True, tone="blue", shape="circle")


def _note_cell(row: PreviewRow) -> Cell:
    return Cell(row.notes, tone="text2", wrap=True, tip=row.notes)


COLUMNS: Final[tuple[Column[PreviewRow], ...]] = (
    Column("number", "序号", lambda r: Cell(str(r.number or "—"), tone="text2"), width=60,
           sortable=False),
    Column("day", "日期", _day_cell, width=124, sortable=False),
    Column("state", "", _state_cell, width=76, sortable=False),
    Column("note", "说明", _note_cell, most=1200, sortable=False),
)  # fmt: skip


def preview_rows(preview: SeriesPreview) -> list[PreviewRow]:
    """The occurrences with what is to be said of each."""
    by_number: dict[int, list[str]] = {}
    for (first, second), words in _clash_words(preview).items():
        for session_id in (first, second):
            by_number.setdefault(-session_id, []).append(words)
    rows: list[PreviewRow] = []
    number = 0
    for at, one in enumerate(preview.occurrences):
        number += one.day is not None
        mine = tuple(by_number.get(number, ())) if one.day is not None else ()
        shown = number if one.day is not None else 0
        rows.append(PreviewRow(at, shown, one, mine, one.day in preview.same_day))
    return rows


def _clash_words(preview: SeriesPreview) -> dict[tuple[int, int], str]:
    """One sentence for each pair of sessions: the overlap once, then all that they share."""
    found: dict[tuple[int, int], str] = {}
    for note in preview.clashes:
        overlap, _, shared = note.reason.partition("，")
        pair = (note.session_a, note.session_b)
        found[pair] = f"{found[pair]}，{shared}" if pair in found else f"{overlap}，{shared}"
    # The day stands in its own column.
    return {pair: words.partition(" ")[2] for pair, words in found.items()}


def by_month(rows: Sequence[PreviewRow]) -> list[tuple[GroupRow, list[PreviewRow]]]:
    """The rows under the months of the days on which they land."""

    def month(row: PreviewRow) -> tuple[int, int]:
        day: date = row.occurrence.day or row.occurrence.planned
        return (day.year, day.month)

    groups = []
    for (year, number), found in groupby(sorted(rows, key=month), key=month):
        mine = list(found)
        made = sum(bool(row.number) for row in mine)
        title = f"{year}年{number}月"
        groups.append((GroupRow((year, number), title, f"{made} 场"), mine))
    return groups


def summary_words(preview: SeriesPreview) -> str:
    """共 52 场：2027-01-04 至 2027-12-27。顺延或提前 3 场，跳过 1 场。"""
    made = preview.made
    days = sorted(one.day for one in made if one.day is not None)
    words = f"共 {len(made)} 场：{days[0]} 至 {days[-1]}。"
    moved = sum(one.moved for one in made)
    skipped = len(preview.occurrences) - len(made)
    parts = [f"因放假改日子 {moved} 场"] if moved else []
    parts += [f"跳过 {skipped} 场"] if skipped else []
    return words + (f"{'，'.join(parts)}。" if parts else "")


def warning_words(preview: SeriesPreview) -> str:
    """What the program does not know, or what lands on one day; empty when there is nothing."""
    words = []
    if preview.unknown_years:
        years = "、".join(str(year) for year in preview.unknown_years)
        words.append(
            f"{years} 年只知道周末，放假和调休还没有登记；"
            "可在“每周一学”日历下的“节假日…”里补上，再来安排。"
        )
    if preview.same_day:
        days = "、".join(f"{day:%m-%d}" for day in preview.same_day)
        words.append(f"{days} 各有两场落在同一天，都会安排。")
    return "".join(words)
