"""补学 as the clerk sees to it: hand out, note, clear, take back, give more time.

Nothing is cleared without words: what the person wrote, or how it was made up. An archived
session takes all of this too, since people make up weeks after it was archived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from bulletin_study.domain.errors import BadValue, Missing, NotFound, Stale
from bulletin_study.domain.make_ups import Debt, MakeUp, MakeUpState
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import StudySession
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.make_up_list import session_debts
from bulletin_study.usecases.ports import UnitOfWork, names, require
from bulletin_study.usecases.session_checks import title_of
from bulletin_study.usecases.sign_in_list import load_sign_in

Key = tuple[int, int]
"""Session and person."""
NOTE = "补学心得（没写的，记下怎样补的）"


def hand_out(
    unit: UnitOfWork,
    session_id: int,
    material: str,
    *,
    instead_of: str = "",
    person_id: int | None = None,
) -> Committed:
    """发材料: note what was given to read, to one person or to all who still owe.

    To all: those who hold something else than ``instead_of`` keep it, so that a correction
    reaches whom it was given to and nobody else. Empty takes it back. Raises ``NotFound``
    when nobody is to get it, ``Stale`` when the one person holds something else.
    """
    material = material.strip()
    chosen = _chosen(unit, session_id, person_id, lambda debt: debt.material, instead_of, material)
    return _put(unit, [_edited(unit, debt, material=material) for debt in chosen],
                f"{'发补学材料' if material else '收回补学材料'}：{_who(unit, chosen)}",
                session_id)  # fmt: skip


def set_due(
    unit: UnitOfWork,
    session_id: int,
    original: date | None,
    edited: date | None,
    *,
    person_id: int | None = None,
) -> Committed:
    """Set the last day for one person or for all who still owe; ``None``: the usual one.

    To all: those with another day than ``original`` keep it. Raises ``BadValue`` for a day
    before the session, and as :func:`hand_out`.
    """
    session = require(unit, StudySession, "场次", session_id)
    if edited is not None and edited < session.day:
        raise BadValue("补学期限", f"{edited}", f"场次当天（{session.day}）或以后的日期")
    chosen = _chosen(unit, session_id, person_id, lambda debt: debt.due_by_hand, original, edited)
    when = f"改为 {edited}" if edited else "改回按设置"
    return _put(unit, [_edited(unit, debt, due=edited) for debt in chosen],
                f"补学期限{when}：{_who(unit, chosen)}", session_id)  # fmt: skip


def write_note(
    unit: UnitOfWork, session_id: int, person_id: int, original: str, edited: str
) -> Committed:
    """Write what the person learned, or how it was made up; ``original`` is what was shown.

    Raises ``Stale`` when something else stands there, ``Missing`` when the words of a
    cleared one would go, ``NotFound`` when the person owes nothing.
    """
    (debt,) = _chosen(unit, session_id, person_id, lambda debt: debt.note, original, edited)
    if debt.cleared is not None and not edited.strip():
        raise Missing(NOTE)
    return _put(unit, [_edited(unit, debt, note=edited.strip())],
                f"记补学心得：{_who(unit, [debt])}", session_id)  # fmt: skip


def clear(unit: UnitOfWork, keys: Sequence[Key], day: date | None = None) -> Committed:
    """已补: accept what these made up, on a day (today), as one operation.

    Raises ``Missing`` where there are no words yet, ``Stale`` where it is cleared already,
    ``BadValue`` for a day before the session or in the future, ``NotFound`` for somebody
    who does not owe it (any longer).
    """
    today = unit.services.clock.today()
    day = day or today
    found = _debts_of(unit, keys)
    for debt in found:
        if debt.cleared is not None:
            raise Stale(f"{_who(unit, [debt])}的补学")
        if debt.state is MakeUpState.DROPPED:
            raise NotFound("要补学的人", _who(unit, [debt]))
        if not debt.note:
            raise Missing(f"{_who(unit, [debt])}的{NOTE}")
        if not debt.day <= day <= today:
            raise BadValue("补学完成日期", f"{day}", f"{debt.day} 到 {today} 之间的日期")
    edited = [_edited(unit, debt, cleared=day) for debt in found]
    return _put(unit, edited, f"已补：{_who(unit, found)}", *{key[0] for key in keys})


def take_back(unit: UnitOfWork, session_id: int, person_id: int) -> Committed:
    """撤回已补: owed again; what was written stays. Raises ``Stale`` when it is not cleared."""
    (debt,) = _debts_of(unit, [(session_id, person_id)])
    if debt.cleared is None:
        raise Stale(f"{_who(unit, [debt])}的补学")
    return _put(unit, [_edited(unit, debt, cleared=None)],
                f"撤回已补：{_who(unit, [debt])}", session_id)  # fmt: skip


def _debts_of(unit: UnitOfWork, keys: Iterable[Key]) -> list[Debt]:
    """These debts. Raises ``NotFound`` for somebody who owes nothing."""
    wanted = list(dict.fromkeys(keys))
    roster = load_roster(unit)
    found = {
        (debt.session_id, debt.person_id): debt
        for session_id in dict.fromkeys(session_id for session_id, _ in wanted)
        for debt in session_debts(unit, load_sign_in(unit, session_id, roster))
    }
    for key in wanted:
        if key not in found:
            person = require(unit, Person, "人员", key[1])
            raise NotFound("要补学的人", person.name)
    return [found[key] for key in wanted]


def _chosen(
    unit: UnitOfWork,
    session_id: int,
    person_id: int | None,
    part: Callable[[Debt], object],
    original: object,
    edited: object,
) -> list[Debt]:
    """The one person, or all who still owe and have ``original`` there, or nothing yet.

    Who has ``edited`` there already is no obstacle.
    """
    if person_id is not None:
        (debt,) = _debts_of(unit, [(session_id, person_id)])
        if part(debt) not in (original, edited):
            raise Stale(f"{_who(unit, [debt])}的补学")
        return [debt]
    listed = session_debts(unit, load_sign_in(unit, session_id))
    waiting = [debt for debt in listed if debt.waits]
    same = [debt for debt in waiting if not part(debt) or part(debt) in (original, edited)]
    if not same:
        title = title_of(unit, require(unit, StudySession, "场次", session_id))
        raise NotFound("要补学的人", title)
    return same


def _edited(unit: UnitOfWork, debt: Debt, **parts: object) -> tuple[MakeUp | None, MakeUp]:
    stored = debt.made
    blank = stored or MakeUp(0, debt.session_id, debt.person_id)
    return stored, replace(blank, **parts)  # type: ignore[arg-type]


def _put(
    unit: UnitOfWork,
    edits: Sequence[tuple[MakeUp | None, MakeUp]],
    label: str,
    *session_ids: int,
) -> Committed:
    """Store them; what is blank again is no row."""
    changed = [(old, new) for old, new in edits if new != old and not (old is None and new.blank)]
    fresh = [new for old, new in changed if old is None]
    ids = unit.new_ids(MakeUp, len(fresh)) if fresh else ()
    unit.remove(*(old for old, new in changed if old is not None and new.blank))
    unit.put(*(new for old, new in changed if old is not None and not new.blank))
    unit.put(*(replace(new, id=made) for made, new in zip(ids, fresh, strict=True)))
    titles = [title_of(unit, require(unit, StudySession, "场次", one)) for one in session_ids]
    return unit.commit(f"{label}（{names(sorted(titles), limit=2)}）")


def _who(unit: UnitOfWork, found: Iterable[Debt]) -> str:
    ids = [debt.person_id for debt in found]
    known = {person.id: person.name for person in unit.all(Person, id=ids)}
    return names([known[person_id] for person_id in dict.fromkeys(ids)])
