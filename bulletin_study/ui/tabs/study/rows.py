"""How a session stands in the list: its cells, its month, its words for searching."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Final

from bulletin_study.domain.ordinals import Ordinal
from bulletin_study.domain.sessions import SessionKind, SessionStatus, StudySession
from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.usecases.session_list import SessionRow
from bulletin_study.usecases.titles import day_text

Chip = tuple[str, str, str]
"""Words, tone, shape."""

_CHIPS: Final[Mapping[SessionStatus, Chip]] = {
    SessionStatus.PLANNED: ("计划", "blue", "circle"),
    SessionStatus.MOVED: ("改期", "amber", "arrow"),
    SessionStatus.HELD: ("已开展", "green", "check"),
    SessionStatus.CANCELLED: ("取消", "neutral", "cross"),
}
_NOTHING = Cell("—", tone="text3")


def chip_of(session: StudySession, unmarked: int) -> Chip:
    """The status as a chip; a held session that is not archived yet says what it waits for."""
    if session.status is not SessionStatus.HELD or session.archived:
        return _CHIPS[session.status]
    return (f"未签 {unmarked}" if unmarked else "待归档", "amber", "triangle")


def ordinal_of(row: SessionRow, kind: SessionKind | None) -> Ordinal | None:
    """第N次 under the kind shown, or under the session's first kind."""
    numbers = row.ordinal_by_kind
    if kind is not None:
        return numbers.get(kind.name)
    return next(iter(numbers.values()), None)


def ordinal_words(row: SessionRow) -> str:
    """Every number of the session: 每周一学第22次（暂定）、主题党日第3次."""
    return "、".join(
        f"{name}第{one.number}次{'（暂定，开展后按日期定）' if one.tentative else ''}"
        for name, one in row.ordinal_by_kind.items()
    )


def columns(kind: SessionKind | None) -> list[Column[SessionRow]]:
    """The columns of the list; with every kind in it, one says which."""
    return [
        Column("ordinal", "期次", lambda r: _ordinal_cell(r, kind), width=76, least=60),
        Column("day", "日期", _day_cell, width=92),
        Column("kinds", "活动", _kinds_cell, width=108, drop=1),
        Column("theme", "主题 / 地点", _theme_cell, least=180),
        Column("form", "形式", _form_cell, width=76, drop=3),
        Column("lead", "领学人", _lead_cell, width=68, drop=4),
        Column("present", "到会", _present_cell, width=64, right=True, drop=2),
        Column("status", "状态", _status_cell, width=92),
    ]


def by_month(rows: Iterable[SessionRow], *, years: bool) -> list[tuple[GroupRow, list[SessionRow]]]:
    """The rows under their months, each with its counts; ``years`` names the year too."""
    groups = []
    for (year, month), found in groupby(rows, key=lambda r: (r.session.day.year,
                                                             r.session.day.month)):  # fmt: skip
        mine = list(found)
        title = f"{year}年{month}月" if years else f"{month}月"
        groups.append((GroupRow((year, month), title, _month_note(mine)), mine))
    return groups


def accepts(row: SessionRow, words: str, initials: Mapping[int, str]) -> bool:
    """Whether theme, people, venue or the lead's pinyin initials hold the words."""
    session = row.session
    wanted = words.strip().lower()
    texts = (session.theme, row.lead, session.venue, session.note, *row.speakers)
    lead = initials.get(session.lead_id, "") if session.lead_id is not None else ""
    return any(wanted in text.lower() for text in texts) or lead.startswith(wanted)


def month_span(first: date) -> tuple[date, date]:
    """Three whole months beginning with that of ``first``: what the calendar has room for."""
    start = first.replace(day=1)
    end = date(start.year + (start.month + 2) // 12, (start.month + 2) % 12 + 1, 1)
    return start, date.fromordinal(end.toordinal() - 1)


def months_text(first: date, last: date) -> str:
    """10—12月, or 2026年12月—2027年2月 where a year ends between."""
    if first.year != last.year:
        return f"{first.year}年{first.month}月—{last.year}年{last.month}月"
    return f"{first.month}—{last.month}月"


def _month_note(rows: list[SessionRow]) -> str:
    counts = Counter(_CHIPS[row.session.status][0] for row in rows)
    parts = [f"{words} {counts[words]}" for words, _, _ in
             (_CHIPS[s] for s in (SessionStatus.HELD, SessionStatus.PLANNED,
                                  SessionStatus.MOVED, SessionStatus.CANCELLED))
             if counts[words]]  # fmt: skip
    return " · ".join([f"{len(rows)} 场次", *parts])


def _ordinal_cell(row: SessionRow, kind: SessionKind | None) -> Cell:
    one = ordinal_of(row, kind)
    if one is None:
        return _NOTHING
    tone = "text2" if one.tentative else "text"
    return Cell(f"第{one.number}次", tone=tone, tip=ordinal_words(row), sort=one.number)


def _day_cell(row: SessionRow) -> Cell:
    session = row.session
    times = f"{session.start:%H:%M}—{session.end:%H:%M}"
    return Cell(day_text(session.day), tone=_ink(session), tip=f"{session.day} {times}",
                sort=session.day.isoformat() + times)  # fmt: skip


def _kinds_cell(row: SessionRow) -> Cell:
    names = "、".join(row.kind_names)
    return Cell(names, tone=_ink(row.session), tip=names)


def _theme_cell(row: SessionRow) -> Cell:
    session = row.session
    words = session.theme or "、".join(row.speakers)
    missing = "没填主题" if session.status is SessionStatus.HELD else "还没定主题"
    tone = _ink(session) if words else "text3"
    return Cell(words or missing, second=_second_line(session) or "—", tone=tone,
                second_tone="text2", tip=words)  # fmt: skip


def _second_line(session: StudySession) -> str:
    parts = [session.status_reason or session.venue]
    if session.moved_from is not None:
        parts.append(f"原定 {session.moved_from:%m-%d}")
    if session.waiver:
        parts.append(f"缺项归档：{session.waiver}")
    return " · ".join(part for part in parts if part)


def _form_cell(row: SessionRow) -> Cell:
    form = row.session.form
    return Cell(str(form), tone=_ink(row.session)) if form else _NOTHING


def _lead_cell(row: SessionRow) -> Cell:
    who = row.lead or "、".join(row.speakers)
    return Cell(who, tone=_ink(row.session), tip=who) if who else _NOTHING


def _present_cell(row: SessionRow) -> Cell:
    if row.session.status is not SessionStatus.HELD or row.expected is None:
        return Cell("", sort=-1.0)
    rate = (row.present or 0) / row.expected if row.expected else 0.0
    return Cell(f"{row.present}/{row.expected}", sort=rate)


def _status_cell(row: SessionRow) -> Cell:
    words, tone, shape = chip_of(row.session, row.unmarked)
    reason = row.session.status_reason or row.session.waiver
    return Cell(words, chip=True, tone=tone, shape=shape, tip=reason)


def _ink(session: StudySession) -> str:
    return "text3" if session.status is SessionStatus.CANCELLED else "text"
