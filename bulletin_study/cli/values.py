"""Words of the command line read as days, times, people, kinds and sessions."""

from __future__ import annotations

import re
import unicodedata
from argparse import Namespace
from datetime import date, datetime, time

from bulletin_study.domain.errors import Ambiguous, BadValue, EndBeforeStart, Missing, NotFound
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


def period(args: Namespace) -> tuple[date, date]:
    """``--from`` and ``--to``. Raises ``BadValue``, ``EndBeforeStart``."""
    first, last = day(args.first, "开始日期"), day(args.last, "结束日期")
    if last < first:
        raise EndBeforeStart("日期", str(first), str(last))
    return first, last


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
    """A whole number, its digits full-width or not. Raises ``BadValue``."""
    plain = _plain(text)
    if not re.fullmatch(r"-?[0-9]{1,9}", plain):
        raise BadValue(field, text, "一个整数")
    return int(plain)


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
    """Somebody by 工号, or by a name that only one person bears; spaces and width are nothing.

    Raises ``NotFound``, or ``Ambiguous`` naming those who bear the name.
    """
    wanted = _plain(text)
    if not wanted:
        raise Missing("工号或姓名")
    for found in roster.people.values():
        if _plain(found.staff_number or "") == wanted:
            return found
    named = [found for found in roster.people.values() if _plain(found.name) == wanted]
    if not named:
        raise NotFound("人员", text.strip())
    if len(named) > 1:
        raise Ambiguous(named[0].name, tuple(_told_apart(roster, one, today) for one in named))
    return named[0]


def _plain(text: str) -> str:
    """As it is compared: half-width, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _told_apart(roster: Roster, one: Person, today: date) -> str:
    group = roster.groups.get(roster.group_on(one.id, today) or 0)
    parts = [group.name if group else "", f"工号 {one.staff_number}" if one.staff_number else ""]
    return " ".join(part for part in parts if part) or "没有工号"
