"""活动类型: the user's own kinds, and what is set about every kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bulletin_study.domain.errors import BadValue, Duplicate, Missing, Stale
from bulletin_study.domain.evidence import EvidenceKind, EvidenceNeed
from bulletin_study.domain.sessions import CORE_KINDS, SessionKind
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.ports import UnitOfWork, new_id

_LONGEST_NAME = 20
_MOST_HOURS = 24.0
_MOST_FILES = 20
"""Of one kind of file for one session; more is a slip of the hand."""


def add_kind(unit: UnitOfWork, kind: SessionKind) -> tuple[Committed, int]:
    """Add a kind after all others (``id`` and ``order`` are ignored); gives its id too.

    Raises ``Missing`` without a name, ``Duplicate`` for one in use, ``BadValue`` for a name
    of more than 20 characters, impossible 学时, or files on record that are not 1 to 20.
    """
    kinds = load_kinds(unit).values()
    order = max((one.order for one in kinds), default=0) + 1
    kind = replace(_checked(unit, kind, None), id=new_id(unit, SessionKind), order=order)
    unit.put(kind)
    return unit.commit(f"新增活动类型“{kind.name}”"), kind.id


def edit_kind(unit: UnitOfWork, original: SessionKind, edited: SessionKind) -> Committed:
    """Change name, audience, closing rules, files on record, 学时, 补学 or whether it is still
    offered.

    The three of 学讲评 keep their names and stay in use, since pages and papers go by them.
    Lists already frozen stay. Raises as :func:`add_kind`, and ``Stale``.
    """
    if unit.get(SessionKind, original.id) != original:
        raise Stale(f"活动类型“{original.name}”")
    edited = replace(_checked(unit, edited, original.id), id=original.id, order=original.order)
    if original.name in CORE_KINDS:
        if edited.name != original.name:
            raise BadValue("活动类型名称", edited.name, f"“{original.name}”，它不能改名")
        edited = replace(edited, retired=False)
    unit.put(edited)
    words = "停用" if edited.retired and not original.retired else "修改"
    return unit.commit(f"{words}活动类型“{edited.name}”")


def _checked(unit: UnitOfWork, kind: SessionKind, own_id: int | None) -> SessionKind:
    name = kind.name.strip()
    if not name:
        raise Missing("活动类型名称")
    if len(name) > _LONGEST_NAME:
        raise BadValue("活动类型名称", name, f"不超过 {_LONGEST_NAME} 个字")
    other = next((k for k in load_kinds(unit).values() if k.name == name and k.id != own_id), None)
    if other is not None:
        raise Duplicate("活动类型名称", name, other.family or "自设活动")
    if kind.hours is not None and not 0 <= kind.hours <= _MOST_HOURS:
        raise BadValue("学时", f"{kind.hours:g}", f"0 到 {_MOST_HOURS:g} 之间的数")
    return replace(
        kind, name=name, family=kind.family.strip(), evidence=_checked_files(kind.evidence)
    )


def _checked_files(needs: Sequence[EvidenceNeed]) -> tuple[EvidenceNeed, ...]:
    """In the order of the kinds of file, each once with the larger number."""
    most: dict[EvidenceKind, int] = {}
    for need in needs:
        if not 1 <= need.count <= _MOST_FILES:
            raise BadValue(f"{need.kind}的份数", str(need.count), f"1 到 {_MOST_FILES} 之间的数")
        most[need.kind] = max(need.count, most.get(need.kind, 0))
    return tuple(EvidenceNeed(kind, most[kind]) for kind in EvidenceKind if kind in most)
