"""The people that the lines of a list (absences, sign-in) speak of."""

from __future__ import annotations

from bulletin_study.domain.people import Person
from bulletin_study.exchange.imports.lookup import PeopleIndex, as_number, as_person, as_words
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.tables.columns import Field

NAME_FIELD = Field("name", "姓名", ("干部姓名", "人员姓名", "名字"))
NUMBER_FIELD = Field("number", "工号", ("学工号", "工作证号", "人员编号", "职工号", "员工编号"))
GROUP_FIELD = Field("group", "组室", ("科室", "部门", "所在单位", "所在科室", "所在组室"))


def find_people(records: Records, index: PeopleIndex) -> list[Person | None]:
    """The person of each record; who cannot be named for sure is an error of the record."""
    names = records.read("name", as_person)
    numbers = records.read("number", as_number)
    groups = records.read("group", as_words)
    known: dict[tuple[str, str, str], Person | str] = {}
    found: list[Person | None] = []
    for at, key in enumerate(zip(names, numbers, groups, strict=True)):
        name, number, group = (part or "" for part in key)
        who = known.get((name, number, group))
        if who is None:
            who = known[name, number, group] = index.find(name, number, group)
        if isinstance(who, str):
            if at not in records.remarks.errors:
                records.remarks.wrong(at, "name" if name or not number else "number", who)
            found.append(None)
        else:
            found.append(who)
    return found
