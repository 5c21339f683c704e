"""What things are called in labels and messages: sessions, days, marks, figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.sessions import SessionKind, StudySession
from bulletin_study.domain.tally_facts import Rate

WEEKDAYS = "一二三四五六日"
UNMARKED = "未签"


def day_text(day: date) -> str:
    """"11-25 周三"; with the year where a list spans years is the caller's business."""
    return f"{day.month:02d}-{day.day:02d} 周{WEEKDAYS[day.weekday()]}"


def day_words(day: date) -> str:
    """"11月25日"."""
    return f"{day.month}月{day.day}日"


def date_words(day: date) -> str:
    """"2026年11月25日"."""
    return f"{day.year}年{day_words(day)}"


def kinds_text(kinds: Iterable[SessionKind]) -> str:
    """"每周一学、主题党日"."""
    return "、".join(kind.name for kind in kinds)


def session_title(session: StudySession, kinds: Iterable[SessionKind]) -> str:
    """"11-25 每周一讲", with its year when named alone in the log."""
    return f"{session.day:%Y-%m-%d} {kinds_text(kinds) or '场次'}"


def excerpt(text: str) -> str:
    """The first words of a text, on one line."""
    flat = " ".join(text.split())
    return f"{flat[:12]}…" if len(flat) > 12 else flat


def mark_word(mark: Mark | None) -> str:
    """"请假"; without a mark "未签", which is not absent."""
    return str(mark) if mark else UNMARKED


def percent(rate: Rate) -> str:
    """"94.6%", or — for nothing over nothing."""
    return "—" if rate.value is None else f"{rate.value * 100:.1f}%"


def size_text(size: int) -> str:
    """How large a file is: "512 字节", "36 KB", "4.2 MB"."""
    if size < 1024:
        return f"{size} 字节"
    amount, unit = size / 1024, "KB"
    for larger in ("MB", "GB"):
        if amount >= 1000:
            amount, unit = amount / 1024, larger
    return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
