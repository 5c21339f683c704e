"""不在岗: who is away from when to when. Overlapping ones are all kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bulletin_study.domain.errors import Duplicate, Stale
from bulletin_study.domain.people import Absence, Person
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.people_checks import check_on_roster, check_span
from bulletin_study.usecases.ports import UnitOfWork, new_id, require


def add_absence(unit: UnitOfWork, absence: Absence) -> Committed:
    """Record an absence; ``absence.id`` is ignored.

    Raises ``NotFound`` (person), ``EndBeforeStart``, ``BeforeEntry``, ``Duplicate`` (the
    very same one is already there).
    """
    person = _checked(unit, replace(absence, id=0))
    unit.put(replace(absence, id=new_id(unit, Absence)))
    return unit.commit(f"登记{absence.kind} {person.name}（{_span(absence)}）")


def edit_absence(unit: UnitOfWork, original: Absence, edited: Absence) -> Committed:
    """Change an absence. Raises as :func:`add_absence`, and ``Stale``."""
    person = require(unit, Person, "人员", original.person_id)
    if unit.get(Absence, original.id) != original:
        raise Stale(f"{person.name}的{original.kind}")
    edited = replace(edited, id=original.id)
    person = _checked(unit, edited)
    unit.put(edited)
    return unit.commit(f"修改{edited.kind} {person.name}（{_span(edited)}）")


def end_absence(unit: UnitOfWork, absence_id: int, last_day: date) -> Committed:
    """The person is back after ``last_day``. Raises ``NotFound``, ``EndBeforeStart``."""
    absence = require(unit, Absence, "不在岗情况", absence_id)
    person = require(unit, Person, "人员", absence.person_id)
    check_span("结束日期", absence.start, last_day)
    unit.put(replace(absence, end=last_day))
    return unit.commit(f"结束{absence.kind} {person.name}（到 {last_day:%Y-%m-%d}）")


def remove_absence(unit: UnitOfWork, absence: Absence) -> Committed:
    """Delete an absence entered by mistake. Raises ``Stale``."""
    person = require(unit, Person, "人员", absence.person_id)
    unit.remove(absence)
    return unit.commit(f"删除{absence.kind} {person.name}（{_span(absence)}）")


def _checked(unit: UnitOfWork, absence: Absence) -> Person:
    person = require(unit, Person, "人员", absence.person_id)
    check_span("结束日期", absence.start, absence.end)
    check_on_roster(person, absence.start)
    for other in unit.all(Absence, person_id=person.id, start=absence.start):
        if other.id != absence.id and replace(other, id=absence.id) == absence:
            raise Duplicate("不在岗情况", f"{absence.kind} {_span(absence)}", person.name)
    return person


def _span(absence: Absence) -> str:
    if absence.end is None:
        return f"{absence.start:%Y-%m-%d} 起"
    if absence.end == absence.start:
        return f"{absence.start:%Y-%m-%d}"
    return f"{absence.start:%Y-%m-%d} 至 {absence.end:%Y-%m-%d}"
