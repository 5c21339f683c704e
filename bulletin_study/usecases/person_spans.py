"""One person's attendance month by month, the same on the screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.person_tally import PersonTally
from bulletin_study.domain.tally_facts import Rate, attendance_rate

_MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A month (or, in a long period, a year) with its marks; the last one is 合计."""

    name: str
    count: Headcount
    rate: Rate
    total: bool = False


def spans_of(tally: PersonTally) -> list[Span]:
    """Months that expected the person; years when there are more than twelve."""
    months = tally.months
    long = len(months) > _MOST_MONTHS
    several = len({month[:4] for month in months}) > 1
    keys = sorted({month[:4] for month in months}) if long else list(months)
    spans = []
    for key in keys:
        own = [marks for month, marks in months.items() if month.startswith(key)]
        count = sum((marks.headcount for marks in own), Headcount())
        rated = sum((marks.rated for marks in own), Headcount())
        spans.append(Span(_name(key, several), count, attendance_rate(rated)))
    return spans


def _name(key: str, several_years: bool) -> str:
    if len(key) == 4:
        return f"{key}年"
    month = f"{int(key[5:])}月"
    return f"{key[2:4]}年{month}" if several_years else month
