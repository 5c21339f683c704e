"""What the calendar shows on each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from bulletin_study.domain.calendar import Calendar
from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.ui.widgets.week_calendar import DayMark
from bulletin_study.usecases.session_list import SessionRow

# The first of these that a day has is its shape.
_SHAPES: Final[Mapping[SessionStatus, tuple[str, str]]] = {
    SessionStatus.HELD: ("dot", "green"),
    SessionStatus.PLANNED: ("circle", "blue"),
    SessionStatus.MOVED: ("circle", "blue"),
    SessionStatus.CANCELLED: ("cross", "text2"),
}
_WORDS: Final[Mapping[SessionStatus, str]] = {
    SessionStatus.HELD: "已开展",
    SessionStatus.PLANNED: "计划",
    SessionStatus.MOVED: "计划",
    SessionStatus.CANCELLED: "取消",
}
_AWAY: Final = ("arrow", "amber")


def day_marks(
    rows: Iterable[SessionRow], calendar: Calendar, first: date, last: date
) -> dict[date, DayMark]:
    """A mark for each day on which something lies or that is off or a make-up workday.

    A session that was moved leaves an arrow on the day it was first planned for.
    """
    here: dict[date, list[SessionRow]] = defaultdict(list)
    away: dict[date, list[SessionRow]] = defaultdict(list)
    for row in rows:
        here[row.session.day].append(row)
        if row.session.moved_from is not None:
            away[row.session.moved_from].append(row)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    marks: dict[date, DayMark] = {}
    for day in days:
        word, name = calendar.note(day), calendar.name(day)
        if not (word or here[day] or away[day]):
            continue
        shape, tone = _shape(here[day]) or (_AWAY if away[day] else ("", "text2"))
        marks[day] = DayMark(shape, tone, word, _tip(word, name, here[day], away[day]))
    return marks


def _shape(rows: list[SessionRow]) -> tuple[str, str] | None:
    found = {row.session.status for row in rows}
    return next((shape for status, shape in _SHAPES.items() if status in found), None)


def _tip(word: str, name: str, here: list[SessionRow], away: list[SessionRow]) -> str:
    lines = []
    if word:
        lines.append(f"{name}{'放假' if word == '休' else '调休上班'}" if name else word)
    for row in here:
        theme = f"：{row.session.theme}" if row.session.theme else ""
        words = "、".join(row.kind_names)
        lines.append(f"{row.session.start:%H:%M} {words}{theme}（{_WORDS[row.session.status]}）")
    for row in away:
        lines.append(f"{'、'.join(row.kind_names)}改到 {row.session.day:%m-%d}")
    return "\n".join(lines)
