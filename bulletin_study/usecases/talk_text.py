"""A notice of the next talks to paste into the office's chat: nothing is sent from here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bulletin_study.usecases.talk_list import PlaceRow
from bulletin_study.usecases.titles import WEEKDAYS, day_words


def rotation_notice(rows: Sequence[PlaceRow], most: int = 4) -> str:
    """【每周一讲安排】 with the next sessions at which somebody is announced, at most ``most``.

    ``rows`` are places still ahead, in order; "" when nobody is announced.
    """
    taken = [row for row in rows if row.speaker]
    sessions = [list(own) for _, own in groupby(taken, key=lambda row: row.session.id)][:most]
    if not sessions:
        return ""
    lines = ["【每周一讲安排】"]
    for number, own in enumerate(sessions, start=1):
        lines.append(f"{number}. {_when(own[0])}")
        lines += [f"   主讲：{_who(row)}" for row in own]
    lines.append("请主讲人提前准备，题目还没报的请尽早报来；有变动请及时说一声。")
    return "\n".join(lines)


def _when(row: PlaceRow) -> str:
    session = row.session
    day = f"{day_words(session.day)}（周{WEEKDAYS[session.day.weekday()]}）"
    time = f"{session.start:%H:%M}—{session.end:%H:%M}"
    return "，".join(part for part in (f"{day}{time}", session.venue) if part)


def _who(row: PlaceRow) -> str:
    group = f"（{row.group}）" if row.group else ""
    title = f"《{row.title}》" if row.title else "题目待报"
    mentor = f"，{row.mentor}帮带" if row.mentor else ""
    return f"{row.speaker}{group}，{title}{mentor}"
