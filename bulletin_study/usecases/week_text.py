"""A notice of the week to paste into the office's chat: nothing is sent from here."""

from __future__ import annotations

from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.usecases.titles import WEEKDAYS, day_words, kinds_text
from bulletin_study.usecases.week import Week, WeekCard, name_of


def week_notice(week: Week) -> str:
    """【本周安排】 with one line a session: when, what, where, who."""
    first, last = week.monday, week.sunday
    lines = [f"【本周安排】{day_words(first)}至{day_words(last)}"]
    for number, card in enumerate(week.cards, start=1):
        lines.append(f"{number}. {_line(week, card)}")
    if not week.cards:
        lines.append("本周没有安排活动。")
    return "\n".join(lines)


def _line(week: Week, card: WeekCard) -> str:
    session = card.session
    day = f"{day_words(session.day)}（周{WEEKDAYS[session.day.weekday()]}）"
    time = f"{session.start:%H:%M}—{session.end:%H:%M}"
    title = kinds_text(card.closing.kinds)
    if session.status is SessionStatus.CANCELLED:
        why = f"，{session.status_reason}" if session.status_reason else ""
        return f"{day}{title}取消{why}"
    parts = [f"{day}{time} {title}"]
    if session.theme:
        parts.append(session.theme)
    speakers = [
        name + (f"《{talk.title}》" if talk.title else "")
        for talk in card.talks
        if (name := name_of(week.roster, talk.speaker_id, talk.guest))
    ]
    if speakers:
        parts.append(f"主讲：{'、'.join(speakers)}")
    elif card.lead:
        parts.append(f"领学：{card.lead}")
    if session.venue:
        parts.append(session.venue)
    if session.moved_from is not None:
        parts.append(f"原定{day_words(session.moved_from)}")
    return "，".join(parts)
