"""The board as plain values: groups as rows, sessions as columns, talks where they meet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bulletin_study.domain.rotation import GroupProgress, PlaceState, RoundProgress
from bulletin_study.domain.sessions import StudySession
from bulletin_study.usecases.rotation_words import absence_words
from bulletin_study.usecases.talk_page import Spot, TalkLine, TalkPage
from bulletin_study.usecases.titles import WEEKDAYS

OTHERS = "外请和空缺"
_NO_GROUP = "未分组"


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A group with its progress in the round shown; the last row is for guests, people
    without a group and places nobody has yet (``group_id`` ``None``)."""

    group_id: int | None
    number: int
    name: str
    progress: GroupProgress | None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class WeekColumn:
    """A session: date, a note under it, and whether it lies behind, in this week or ahead."""

    session: StudySession
    title: str
    note: str
    past: bool
    current: bool
    movable: bool


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """``cells[row][column]`` are the talks there, by place; ``find`` finds one again."""

    rows: tuple[WeekRow, ...] = ()
    columns: tuple[WeekColumn, ...] = ()
    cells: tuple[tuple[tuple[TalkLine, ...], ...], ...] = ()

    def find(self, key: Spot | None) -> tuple[int, int, int] | None:
        """Row, column and number in the cell of a place."""
        for r, row in enumerate(self.cells):
            for c, lines in enumerate(row):
                for n, line in enumerate(lines):
                    if line.key == key:
                        return r, c, n
        return None

    def first_current(self) -> int:
        """The column of this week, else the first ahead, else the last."""
        ahead = [c for c, column in enumerate(self.columns) if column.current or not column.past]
        return ahead[0] if ahead else max(len(self.columns) - 1, 0)

    def column_of(self, session_id: int) -> int | None:
        """The column of a session."""
        found = (c for c, column in enumerate(self.columns) if column.session.id == session_id)
        return next(found, None)


def week_plan(page: TalkPage, lines: Sequence[TalkLine], shown: RoundProgress) -> WeekPlan:
    """Arrange lines (in the page's order) on the board, with the progress of a round."""
    sessions = [list(own) for _, own in groupby(lines, key=lambda line: line.row.session.id)]
    rows = _rows(page, shown)
    at = {row.group_id: r for r, row in enumerate(rows)}
    cells: list[list[list[TalkLine]]] = [[[] for _ in sessions] for _ in rows]
    for c, own in enumerate(sessions):
        for line in own:
            if not line.cancelled:
                cells[at.get(_group_of(line, page), len(rows) - 1)][c].append(line)
    if not any(cells[-1]):
        rows, cells = rows[:-1], cells[:-1]
    columns = tuple(
        _column(page, own, sessions[c + 1] if c + 1 < len(sessions) else ())
        for c, own in enumerate(sessions)
    )
    return WeekPlan(tuple(rows), columns, tuple(tuple(map(tuple, row)) for row in cells))


def _rows(page: TalkPage, shown: RoundProgress) -> list[WeekRow]:
    progress = {group.group_id: group for group in shown.groups}
    rows = [
        WeekRow(group.id, number, group.name, progress.get(group.id),
                _waiting(page, progress.get(group.id), shown.day))
        for number, group in enumerate(page.roster.groups.values(), start=1)
    ]  # fmt: skip
    alone = progress.get(None)
    name = f"{_NO_GROUP}、{OTHERS}" if alone is not None else OTHERS
    return [*rows, WeekRow(None, 0, name, alone, _waiting(page, alone, shown.day))]


def _waiting(page: TalkPage, group: GroupProgress | None, day: date) -> str:
    """Who has not spoken in the round, and why he may not have."""
    if group is None or not group.waiting:
        return ""
    told = []
    for person_id in group.waiting:
        person = page.roster.people[person_id]
        why = absence_words(page.roster, person_id, day)
        if not why and person.joined is not None and (day - person.joined).days < 92:
            why = f"{person.joined:%m-%d} 入部"
        told.append(f"{person.name}（{why}）" if why else person.name)
    return "本轮还没讲：" + "、".join(told)


def _group_of(line: TalkLine, page: TalkPage) -> int | None:
    talk = line.row.talk
    if talk is None or talk.speaker_id is None:
        return None
    if talk.group_id is not None:
        return talk.group_id
    return page.roster.group_on(talk.speaker_id, line.row.day)


def _column(page: TalkPage, own: Sequence[TalkLine], after: Sequence[TalkLine]) -> WeekColumn:
    session = own[0].row.session
    day, today = session.day, page.today
    monday = today - timedelta(days=today.weekday())
    current = monday <= day < monday + timedelta(weeks=1)
    title = f"{day:%m-%d}" if day.year == today.year else f"{day:%y-%m-%d}"
    past = not session.status.ahead or day < today
    return WeekColumn(
        session, title, _note(page, own, after, day - monday), past, current,
        session.status.ahead,
    )  # fmt: skip


def _note(
    page: TalkPage, own: Sequence[TalkLine], after: Sequence[TalkLine], since: timedelta
) -> str:
    """今天 15:00, 3 人已讲, 下周 · 3 人, 2 人 · 本轮末."""
    session = own[0].row.session
    if own[0].cancelled:
        return "取消"
    taken = sum(line.taken for line in own)
    if not session.status.ahead:
        return f"{taken} 人已讲" if taken else "没记谁讲"
    if session.day == page.today:
        return f"今天 {session.start:%H:%M}"
    if session.day < page.today:
        return "待确认"
    rounds = _rounds(own)
    ends = bool(rounds) and bool(_rounds(after)) and min(_rounds(after)) > max(rounds)
    count = f"{taken} 人" if taken == len(own) else f"{taken}/{len(own)} 人"
    week = {0: f"周{WEEKDAYS[session.day.weekday()]}", 1: "下周"}.get(since.days // 7, "")
    return " · ".join(filter(None, (week, count, "本轮末" if ends else "")))


def _rounds(lines: Collection[TalkLine]) -> list[int]:
    kept = (PlaceState.PLANNED, PlaceState.HELD)
    return [ln.row.round for ln in lines if ln.row.round is not None and ln.row.state in kept]
