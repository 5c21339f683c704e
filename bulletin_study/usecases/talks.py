"""每周一讲 by hand: who speaks, who spoke, what about, and what stays as it is."""

from __future__ import annotations

from dataclasses import replace

from bulletin_study.domain.errors import BadValue, InUse, Missing, Stale
from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import SessionStatus, StudySession, Talk, TalkCategory
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.evidence_moves import put_with_materials
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.rotation import load_slots, slot_of
from bulletin_study.usecases.rotation_order import let_order_yield
from bulletin_study.usecases.schedule import MOST_TALKS
from bulletin_study.usecases.session_checks import check_on_roster, wrong_status
from bulletin_study.usecases.talk_spots import (
    check_speaker,
    free_place,
    guest_talk,
    moved_here,
    put_talk,
    require_talks,
    slot_at,
    speaker_talk,
    spot_at,
    spot_of,
    tidy_title,
    who_speaks,
)

# --- before the session -------------------------------------------------------------------


def assign_speaker(
    unit: UnitOfWork,
    session_id: int,
    place: int,
    speaker_id: int | None = None,
    *,
    guest: str = "",
    override: bool = False,
    pinned: bool = True,
) -> Committed:
    """Say by hand who is to speak: somebody of the office, or a guest from outside.

    What a hand has settled stays in later plans, unless ``pinned`` is false. Title and
    category of another speaker do not carry over. Raises ``Missing`` (nobody named),
    ``NotFound``, ``WrongStatus`` (no longer ahead), ``BeforeEntry`` (not on the roster
    that day) and, unless ``override``, ``RuleBroken`` (away, takes no turns, speaks that
    day already).
    """
    spot = spot_at(unit, session_id, place)
    if not spot.session.status.ahead:
        raise wrong_status(unit, spot.session, "安排主讲人")
    roster = load_roster(unit)
    slots = load_slots(unit)
    if speaker_id is None:
        talk = guest_talk(spot.talk, guest)
    else:
        require(unit, Person, "人员", speaker_id)
        check_speaker(roster, slots, spot, speaker_id, override)
        talk = speaker_talk(roster, slots, spot, speaker_id)
    put_talk(unit, replace(talk, pinned=pinned, planned_id=None, reasons=""))
    let_order_yield(unit)
    return unit.commit(f"安排{spot.name}：{who_speaks(roster, talk)}主讲")


def clear_place(unit: UnitOfWork, session_id: int, place: int) -> Committed:
    """Take the announced speaker off a place. Raises ``NotFound``, ``WrongStatus``."""
    spot = spot_at(unit, session_id, place)
    if not spot.session.status.ahead:
        raise wrong_status(unit, spot.session, "清空主讲人")
    who = who_speaks(load_roster(unit), spot.talk)
    if not who:
        return unit.commit("")
    free_place(unit, spot.talk)
    let_order_yield(unit)
    return unit.commit(f"清空{spot.name}（原定{who}）")


def pin(unit: UnitOfWork, talk_id: int, on: bool) -> Committed:
    """Keep a speaker at his place in every later plan, or let him go.

    Raises ``NotFound``, ``Missing`` (nobody speaks there), ``WrongStatus``.
    """
    spot = spot_of(unit, talk_id)
    if not spot.session.status.ahead:
        raise wrong_status(unit, spot.session, "固定主讲人")
    who = who_speaks(load_roster(unit), spot.talk)
    if not who:
        raise Missing("主讲人")
    unit.put(replace(spot.talk, pinned=on))
    let_order_yield(unit)
    return unit.commit(f"{'固定' if on else '取消固定'}{spot.name}：{who}")


def swap(unit: UnitOfWork, talk_a: int, talk_b: int, *, override: bool = False) -> Committed:
    """对调: two speakers change places, each with title, category and files.

    Both are checked for the other's date, and both stay in later plans. Raises as
    :func:`assign_speaker`, and ``Missing`` when nobody speaks at one of them.
    """
    spots = sorted((spot_of(unit, talk_a), spot_of(unit, talk_b)), key=lambda s: slot_at(s).order)
    first, second = spots
    roster = load_roster(unit)
    names = [who_speaks(roster, spot.talk) for spot in spots]
    for spot in spots:
        if not spot.session.status.ahead:
            raise wrong_status(unit, spot.session, "对调")
    if not all(names):
        raise Missing("主讲人")
    if first.talk.id == second.talk.id:
        return unit.commit("")
    places = {(s.session.id, s.talk.place) for s in spots}
    slots = [s for s in load_slots(unit) if (s.session_id, s.place) not in places]
    both = []
    for spot, other in ((first, second), (second, first)):
        moved = moved_here(roster, slots, spot, other.talk, override)
        both.append(moved)
        slots.append(slot_of(spot.session, moved.place, moved))
    put_with_materials(unit, both)
    let_order_yield(unit)
    return unit.commit(f"对调讲课：{names[0]}（{first.name}）与{names[1]}（{second.name}）")


# --- what happened ------------------------------------------------------------------------


def record_speaker(
    unit: UnitOfWork,
    session_id: int,
    place: int,
    speaker_id: int | None = None,
    *,
    guest: str = "",
    title: str | None = None,
    category: TalkCategory | None = None,
) -> Committed:
    """Say who actually spoke; who had been announced is remembered.

    The turn spent is the speaker's, whoever was announced, and no later plan changes it.
    ``title`` and ``category`` (``None``: as they are, while the speaker stays) may be given
    with it. Raises
    ``Missing``, ``NotFound``, ``WrongStatus`` (cancelled), ``BeforeEntry``, ``BadValue``
    (title too long).
    """
    spot = spot_at(unit, session_id, place)
    if spot.session.status is SessionStatus.CANCELLED:
        raise wrong_status(unit, spot.session, "记主讲人")
    roster = load_roster(unit)
    old = spot.talk
    announced = old.planned_id if old.planned_id is not None else old.speaker_id
    if speaker_id is None:
        talk = guest_talk(old, guest)
    else:
        check_on_roster(require(unit, Person, "人员", speaker_id), spot.session.day)
        same = speaker_id == old.speaker_id and old.round is not None
        talk = old if same else speaker_talk(roster, load_slots(unit), spot, speaker_id)
    talk = replace(
        talk,
        # Said before the session is marked held, it must not be planned away meanwhile.
        pinned=talk.pinned or spot.session.status.ahead,
        planned_id=None if announced == speaker_id else announced,
        title=talk.title if title is None else tidy_title(title),
        category=category or talk.category,
        reasons=old.reasons if speaker_id == announced else "",
    )
    put_talk(unit, talk)
    stood_in = roster.people[talk.planned_id].name if talk.planned_id is not None else ""
    instead = f"（原定{stood_in}）" if stood_in else ""
    return unit.commit(f"记{spot.name}：{who_speaks(roster, talk)}主讲{instead}")


def set_talk_details(unit: UnitOfWork, original: Talk, edited: Talk) -> Committed:
    """Change title, category or 帮带人 of a talk; the rest is not touched.

    Raises ``NotFound``, ``Stale``, ``BadValue`` (title too long, somebody his own mentor),
    ``BeforeEntry`` (a 帮带人 not on the roster that day).
    """
    spot = spot_of(unit, original.id)
    if spot.talk != original:
        raise Stale(spot.name)
    if edited.mentor_id is not None and edited.mentor_id != original.mentor_id:
        mentor = require(unit, Person, "帮带人", edited.mentor_id)
        if mentor.id == original.speaker_id:
            raise BadValue("帮带人", mentor.name, "主讲人以外的人")
        check_on_roster(mentor, spot.session.day)
    wanted = replace(
        original,
        title=tidy_title(edited.title),
        category=edited.category,
        mentor_id=edited.mentor_id,
    )
    unit.put(wanted)
    return unit.commit(_details_label(unit, spot.name, original, wanted))


def set_places(unit: UnitOfWork, session_id: int, count: int) -> Committed:
    """Say how many talks a session holds.

    Raises ``NotFound``, ``BadValue`` (1 to 20), ``WrongStatus`` (cancelled or archived, or
    without talks), ``InUse`` when a place that would go has a speaker or files.
    """
    session = require(unit, StudySession, "场次", session_id)
    if not 1 <= count <= MOST_TALKS:
        raise BadValue("讲课人数", str(count), f"1 到 {MOST_TALKS} 之间的数")
    if session.archived or session.status is SessionStatus.CANCELLED:
        raise wrong_status(unit, session, "改讲课人数")
    title = require_talks(unit, session)
    roster = load_roster(unit)
    for talk in unit.all(Talk, session_id=session_id):
        if talk.place > count:
            who = who_speaks(roster, talk)
            if who or talk.title:
                raise InUse(f"{title}第 {talk.place} 位", f"{who or talk.title}的讲课")
            if unit.all(Evidence, talk_id=talk.id):
                raise InUse(f"{title}第 {talk.place} 位", "讲课材料")
            free_place(unit, talk)
    excepted = session.excepted or session.series_id is not None
    unit.put(replace(session, talk_places=count, excepted=excepted))
    return unit.commit(f"修改 {title}：讲课人数改为 {count}")


def _details_label(unit: UnitOfWork, name: str, before: Talk, after: Talk) -> str:
    changed = []
    if before.title != after.title:
        changed.append(f"题目改为《{after.title}》" if after.title else "删去题目")
    if before.category != after.category:
        changed.append(f"类别改为{after.category}" if after.category else "删去类别")
    if before.mentor_id != after.mentor_id:
        mentor = unit.get(Person, after.mentor_id) if after.mentor_id is not None else None
        changed.append(f"帮带人改为{mentor.name}" if mentor else "删去帮带人")
    return f"修改{name}：{'，'.join(changed)}" if changed else ""
