"""组室: their turn order, heads, 分管领导, and who moves where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bulletin_study.domain.errors import (
    Duplicate,
    GroupNotEmpty,
    InUse,
    Missing,
    Stale,
    WrongRole,
)
from bulletin_study.domain.people import Group, Membership, Person, Role, covers
from bulletin_study.domain.sessions import SessionKind
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.moves import moved
from bulletin_study.usecases.people_checks import check_on_roster
from bulletin_study.usecases.ports import UnitOfWork, new_id, require


def add_group(unit: UnitOfWork, name: str) -> Committed:
    """Add a group, last in the turn order. Raises ``Missing``, ``Duplicate``."""
    groups = _in_order(unit)
    name = _free_name(groups, name)
    order = groups[-1].order + 1 if groups else 1
    unit.put(Group(new_id(unit, Group), name, order))
    return unit.commit(f"新增组室 {name}")


def rename_group(unit: UnitOfWork, original: Group, name: str) -> Committed:
    """Give a group another name. Raises ``Missing``, ``Duplicate``, ``Stale``."""
    if unit.get(Group, original.id) != original:
        raise Stale(f"组室 {original.name}")
    name = _free_name([g for g in _in_order(unit) if g.id != original.id], name)
    unit.put(replace(original, name=name))
    return unit.commit(f"组室改名 {original.name}→{name}")


def remove_group(unit: UnitOfWork, group: Group) -> Committed:
    """Delete a group nobody is or was in.

    Raises ``GroupNotEmpty``, ``InUse`` (a kind expects it), ``Stale``.
    """
    people = {m.person_id for m in unit.all(Membership, group_id=group.id)}
    if people:
        raise GroupNotEmpty(group.name, len(people))
    for kind in unit.all(SessionKind):
        if group.id in kind.audience.groups:
            raise InUse(group.name, f"“{kind.name}”的参加范围")
    unit.remove(group)
    return unit.commit(f"删除组室 {group.name}")


def order_groups(unit: UnitOfWork, group_ids: Sequence[int]) -> Committed:
    """Number 组序 1, 2, 3 … in the given order; groups not named follow in theirs."""
    place = {group_id: i for i, group_id in enumerate(group_ids)}
    groups = sorted(_in_order(unit), key=lambda g: place.get(g.id, len(place)))
    unit.put(*_numbered(groups))
    return unit.commit("调整组序")


def move_group(unit: UnitOfWork, group_id: int, steps: int) -> Committed:
    """Move a group up (negative) or down the turn order. Raises ``NotFound``."""
    group = require(unit, Group, "组室", group_id)
    groups = _in_order(unit)
    at = groups.index(group)
    groups.insert(min(max(at + steps, 0), len(groups) - 1), groups.pop(at))
    unit.put(*_numbered(groups))
    return unit.commit(f"调整组序 {group.name}")


def set_head(unit: UnitOfWork, group_id: int, person_id: int | None) -> Committed:
    """Make somebody 组长 of a group (``None``: nobody); the former head becomes 组员.

    Raises ``NotFound``, ``WrongRole`` when the person is in another group. A 部领导 may
    head any group and stays 部领导.
    """
    group = require(unit, Group, "组室", group_id)
    if group.head_id is not None and group.head_id != person_id:
        _step_down(unit, group.head_id, group)
    if person_id is None:
        unit.put(replace(group, head_id=None))
        return unit.commit(f"组长空缺 {group.name}")
    person = require(unit, Person, "人员", person_id)
    if person.role is not Role.LEADER:
        today = unit.services.clock.today()
        if all(
            m.group_id != group_id or not covers(m.start, m.end, today)
            for m in unit.all(Membership, person_id=person_id)
        ):
            raise WrongRole(person.name, f"{group.name}的人员")
        unit.put(replace(person, role=Role.HEAD))
    unit.put(replace(group, head_id=person_id))
    return unit.commit(f"{group.name}组长 {person.name}")


def set_leader(unit: UnitOfWork, group_id: int, person_id: int | None) -> Committed:
    """Set the 分管领导 of a group. Raises ``NotFound``, ``WrongRole`` (not 部领导)."""
    group = require(unit, Group, "组室", group_id)
    if person_id is None:
        unit.put(replace(group, leader_id=None))
        return unit.commit(f"分管领导空缺 {group.name}")
    person = require(unit, Person, "人员", person_id)
    if person.role is not Role.LEADER:
        raise WrongRole(person.name, Role.LEADER)
    unit.put(replace(group, leader_id=person_id))
    return unit.commit(f"{group.name}分管领导 {person.name}")


def move_person(unit: UnitOfWork, person_id: int, group_id: int | None, start: date) -> Committed:
    """From ``start`` on the person belongs to that group (``None``: to no group).

    The old membership ends the day before; earlier days stay as they were, and so do moves
    already planned for later. Somebody who headed the old group does so no more once the
    day has come. Raises ``NotFound``, ``BeforeEntry`` (a day before 入部日期 or after
    leaving).
    """
    person = require(unit, Person, "人员", person_id)
    group = None if group_id is None else require(unit, Group, "组室", group_id)
    check_on_roster(person, start)
    spans = unit.all(Membership, person_id=person_id)
    puts, removes = moved(person, spans, group_id, start, new_id(unit, Membership))
    unit.remove(*removes)
    unit.put(*puts)
    if start <= unit.services.clock.today():
        for headed in unit.all(Group, head_id=person_id):
            if headed.id != group_id and person.role is not Role.LEADER:
                unit.put(replace(headed, head_id=None))
                _step_down(unit, person_id, headed)
    where = group.name if group else "不编组"
    return unit.commit(f"调组 {person.name}→{where}（{start:%Y-%m-%d}起）")


def _in_order(unit: UnitOfWork) -> list[Group]:
    return sorted(unit.all(Group), key=lambda g: (g.order, g.id))


def _numbered(groups: Sequence[Group]) -> list[Group]:
    return [replace(g, order=i) for i, g in enumerate(groups, start=1) if g.order != i]


def _free_name(others: Sequence[Group], name: str) -> str:
    name = name.strip()
    if not name:
        raise Missing("组室名称")
    if any(g.name == name for g in others):
        raise Duplicate("组室", name, name)
    return name


def _step_down(unit: UnitOfWork, person_id: int, group: Group) -> None:
    """The former head becomes 组员, unless another group is headed too."""
    person = unit.get(Person, person_id)
    elsewhere = [g for g in unit.all(Group, head_id=person_id) if g.id != group.id]
    if person is not None and person.role is Role.HEAD and not elsewhere:
        unit.put(replace(person, role=Role.MEMBER))
