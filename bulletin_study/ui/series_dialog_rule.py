"""A recurrence as a form asks for it and as a reader says it; no Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bulletin_study.domain.errors import BadRecurrence
from bulletin_study.domain.series import normal_rule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORDS = "一二三四五六日"
NTHS = ((1, "第 1 个"), (2, "第 2 个"), (3, "第 3 个"), (4, "第 4 个"), (-1, "最后一个"))


class Frequency(StrEnum):
    """What the form offers; ``OWN`` is a rule written out."""

    WEEKLY = "每周"
    FORTNIGHTLY = "每两周"
    MONTHLY = "每月第几个星期几"
    OWN = "自写规则"


@dataclass(frozen=True, slots=True)
class Rule:
    """``weekdays`` count from 0 (Monday); ``nth`` is 1–4, or -1 for the last."""

    frequency: Frequency
    weekdays: tuple[int, ...] = (0,)
    nth: int = 1
    own: str = ""

    @property
    def text(self) -> str:
        """The RFC 5545 rule."""
        days = ",".join(DAYS[day] for day in self.weekdays)
        match self.frequency:
            case Frequency.WEEKLY:
                return f"FREQ=WEEKLY;BYDAY={days}"
            case Frequency.FORTNIGHTLY:
                return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={days}"
            case Frequency.MONTHLY:
                return f"FREQ=MONTHLY;BYDAY={self.nth}{DAYS[self.weekdays[0]]}"
            case _:
                return self.own.strip()


def read_rule(text: str, start: date) -> Rule:
    """The form's fields for a stored rule; ``start`` gives the weekday where it names none."""
    try:
        parts = dict(part.split("=", 1) for part in normal_rule(text).split(";"))
    except BadRecurrence:
        return Rule(Frequency.OWN, (start.weekday(),), own=text)
    parts.pop("WKST", None)
    days = parts.get("BYDAY", DAYS[start.weekday()]).split(",")
    own = Rule(Frequency.OWN, (start.weekday(),), own=text)
    if parts["FREQ"] == "WEEKLY" and parts.keys() <= {"FREQ", "BYDAY", "INTERVAL"}:
        every = {"1": Frequency.WEEKLY, "2": Frequency.FORTNIGHTLY}
        frequency = every.get(parts.get("INTERVAL", "1"))
        weekdays = tuple(sorted({DAYS.index(day) for day in days}))
        return Rule(frequency, weekdays, own=text) if frequency else own
    monthly = parts["FREQ"] == "MONTHLY" and parts.keys() == {"FREQ", "BYDAY"}
    if monthly and len(days) == 1 and days[0][:-2] in {str(nth) for nth, _ in NTHS}:
        weekdays = (DAYS.index(days[0][-2:]),)
        return Rule(Frequency.MONTHLY, weekdays, int(days[0][:-2]), text)
    return own


def rule_words(text: str, start: date) -> str:
    """The rule as one says it: 每周一、四, 每两周的周三, 每月第 2 个周五."""
    rule = read_rule(text, start)
    days = "、".join(WORDS[day] for day in rule.weekdays)
    match rule.frequency:
        case Frequency.WEEKLY:
            return f"每周{days}"
        case Frequency.FORTNIGHTLY:
            return f"每两周的周{days}"
        case Frequency.MONTHLY:
            return f"每月{dict(NTHS)[rule.nth]}周{days}"
        case _:
            return f"按规则 {rule.own}"
