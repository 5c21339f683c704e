"""What the page reads, and the text that announces the next speakers."""

from __future__ import annotations

from datetime import date, timedelta

from bulletin_study.domain.ordinals import ordinals
from bulletin_study.domain.sessions import TALK, OpeningFigure, SessionKindLink, StudySession
from bulletin_study.ui.tabs.talk.rows import AHEAD, YEAR, TalkPage
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.talk_list import list_places, round_progress
from bulletin_study.usecases.titles import WEEKDAYS

_WEEKS_BACK = timedelta(weeks=3)
_MOST_TOLD = 12


def load_page(unit: UnitOfWork, scope: str) -> TalkPage:
    """The places of a range; 今后 begins three weeks back, so that the last ones are seen."""
    today = unit.services.clock.today()
    first, last = date.min, date.max
    if scope == AHEAD:
        first = today - _WEEKS_BACK
    elif scope == YEAR:
        first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    roster = load_roster(unit)
    rows = tuple(list_places(unit, first, last, roster))
    return TalkPage(today, rows, _numbers(unit), round_progress(unit, roster), roster)


def _numbers(unit: UnitOfWork) -> dict[int, str]:
    kinds = {k.id for k in load_kinds(unit).values() if k.name == TALK}
    found = ordinals(
        unit.all(StudySession), unit.all(SessionKindLink), unit.all(OpeningFigure)
    )
    return {
        session_id: f"第{number.number}次"
        for (session_id, kind_id), number in found.items()
        if kind_id in kinds
    }


def announcement(page: TalkPage) -> str:
    """【轮讲安排】 of the places ahead, to paste into the office's chat."""
    ahead = [r for r in page.rows if r.session.status.ahead and r.day >= page.today and r.speaker]
    lines = ["【每周一讲轮讲安排】"]
    for row in ahead[:_MOST_TOLD]:
        day = f"{row.day.month}月{row.day.day}日（周{WEEKDAYS[row.day.weekday()]}）"
        group = f"（{row.group}）" if row.group else ""
        title = f"《{row.title}》" if row.title else "，题目待报"
        mentor = f"，帮带人{row.mentor}" if row.mentor else ""
        lines.append(f"{day}{row.session.start:%H:%M} {row.speaker}{group}{title}{mentor}")
    if len(lines) == 1:
        lines.append("后面还没有排主讲。")
    return "\n".join(lines)
