"""What the office has set: its name, and limits and deadlines as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin_study.domain.errors import BadValue, Missing
from bulletin_study.domain.settings import Setting, Unit
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Option:
    """One number to set: its key in the store, what it is called, its bounds and its unit."""

    key: str
    label: str
    default: int
    least: int
    most: int
    unit: str


MAKE_UP_DAYS = Option("make_up.days", "补学期限", 14, 1, 365, "天")
REFLECTION_DAYS = Option("notice.reflection_days", "心得逾期", 7, 1, 365, "天")
COMMENT_DAYS = Option("notice.comment_days", "点评逾期", 3, 1, 365, "天")
PERSON_RATE = Option("notice.person_rate", "个人到会率低于", 80, 0, 100, "%")
GROUP_RATE = Option("notice.group_rate", "组室到会率低于", 85, 0, 100, "%")

OPTIONS = (MAKE_UP_DAYS, REFLECTION_DAYS, COMMENT_DAYS, PERSON_RATE, GROUP_RATE)


def read_option(unit: UnitOfWork, option: Option) -> int:
    """What was set; its default where nothing (or nothing sensible) was."""
    stored = unit.get(Setting, option.key)
    if stored is None or not stored.value.isdecimal():
        return option.default
    return min(max(int(stored.value), option.least), option.most)


def set_option(unit: UnitOfWork, option: Option, value: int) -> Committed:
    """Set it. Raises ``BadValue`` outside its bounds."""
    if not option.least <= value <= option.most:
        bounds = f"{option.least} 到 {option.most} 之间的整数"
        raise BadValue(option.label, str(value), bounds)
    unit.put(Setting(option.key, str(value)))
    return unit.commit(f"设置“{option.label}”为 {value}{option.unit}")


def read_office(unit: UnitOfWork) -> Unit:
    """The office that owns the data; without a name until one was given."""
    return next(iter(unit.all(Unit)), Unit(1, ""))


def name_office(unit: UnitOfWork, original: Unit, edited: Unit) -> Committed:
    """Change what the office is called. Raises ``Missing`` without a name, ``Stale``."""
    if not edited.name.strip():
        raise Missing("单位名称")
    if unit.all(Unit):
        unit.remove(original)
    unit.put(edited)
    return unit.commit(f"单位名称改为“{edited.name}”")
