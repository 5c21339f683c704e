"""Words of the command line read as days, times, people, kinds and sessions."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from bulletin_study.domain.errors import Ambiguous, BadValue, NotFound
from bulletin_study.domain.people import Person, Roster
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.ports import UnitOfWork

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")
DAY_EXAMPLE = "像 2026-01-05 这样的日期"


def day(text: str, field: str) -> date:
    """2026-01-05 (also 2026/1/5, 2026年1月5日). Raises ``BadValue``."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise BadValue(field, text, DAY_EXAMPLE)
    try:
        return date(*map(int, found.groups()))
    except ValueError as error:
        raise BadValue(field, text, "日历上有的日期") from error


def day_and_time(text: str, field: str) -> tuple[date, time | None]:
    """"2026-01-05 08:30", the time left out or not. Raises ``BadValue``."""
    first, _, rest = text.strip().partition(" ")
    when = day(first, field)
    if not rest.strip():
        return when, None
    found = _TIME.fullmatch(rest.strip())
    if not found:
        raise BadValue(field, text, "像 2026-01-05 08:30 这样的日期和时间")
    try:
        return when, time(int(found[1]), int(found[2]))
    except ValueError as error:
        raise BadValue(field, text, "一天里有的时间") from error


def moment(text: str, field: str) -> datetime:
    """"2026-01-05 08:30", the time required. Raises ``BadValue``."""
    when, clock = day_and_time(text, field)
    if clock is None:
        raise BadValue(field, text, "像 2026-01-05 08:30 这样的日期和时间")
    return datetime.combine(when, clock)


def number(text: str, field: str) -> int:
    """A whole number. Raises ``BadValue``."""
    if not re.fullmatch(r"-?[0-9]{1,9}", text.strip()):
        raise BadValue(field, text, "一个整数")
    return int(text)


def sessions(texts: list[str]) -> list[int]:
    """Session numbers as ``sessions`` lists them. Raises ``BadValue``."""
    return [number(text, "场次编号") for text in texts]


def kind_ids(unit: UnitOfWork, text: str) -> tuple[int, ...]:
    """Kinds by name, several with commas. Raises ``NotFound``."""
    by_name = {kind.name: kind.id for kind in load_kinds(unit).values()}
    wanted = [name.strip() for name in re.split("[,，]", text) if name.strip()]
    for name in wanted:
        if name not in by_name:
            raise NotFound("活动类型", name)
    return tuple(by_name[name] for name in wanted)


def person(roster: Roster, text: str, today: date) -> Person:
    """Somebody by 工号, or by a name that only one person bears.

    Raises ``NotFound``, or ``Ambiguous`` naming those who bear the name.
    """
    wanted = text.strip()
    for found in roster.people.values():
        if found.staff_number == wanted:
            return found
    named = [found for found in roster.people.values() if found.name == wanted]
    if not named:
        raise NotFound("人员", wanted)
    if len(named) > 1:
        raise Ambiguous(wanted, tuple(_told_apart(roster, one, today) for one in named))
    return named[0]


def _told_apart(roster: Roster, one: Person, today: date) -> str:
    group = roster.groups.get(roster.group_on(one.id, today) or 0)
    parts = [group.name if group else "", f"工号 {one.staff_number}" if one.staff_number else ""]
    return " ".join(part for part in parts if part) or "没有工号"
