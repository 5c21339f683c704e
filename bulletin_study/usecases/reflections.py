"""What was said: 点评 by leaders and 感想/心得/体会, as notes on a session or a talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bulletin_study.domain.errors import BeforeEntry, Duplicate, Missing, WrongRole
from bulletin_study.domain.people import Person, Role
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    ReflectionKind,
    StudySession,
    Talk,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork, names, new_id, require
from bulletin_study.usecases.titles import day_words, excerpt


def save_comment(
    unit: UnitOfWork,
    session_id: int,
    text: str,
    *,
    leader_id: int | None,
    talk_id: int | None = None,
    group_id: int | None = None,
) -> Committed:
    """Write the 点评 on a talk (or a group's report); empty text takes it away.

    There is one comment per talk (per group) and leader slot: an existing one is changed.
    Raises ``WrongRole`` when the commentator is no leader.
    """
    session = require(unit, StudySession, "场次", session_id)
    if leader_id is not None:
        leader = require(unit, Person, "点评领导", leader_id)
        if leader.role is not Role.LEADER:
            raise WrongRole(leader.name, str(Role.LEADER))
    existing = [
        c
        for c in unit.all(Comment, session_id=session_id)
        if c.talk_id == talk_id and c.group_id == group_id
    ]
    if not text.strip() and leader_id is None:
        unit.remove(*existing)
        return unit.commit(f"删去点评（{session.day:%m-%d}）")
    if existing:
        unit.put(replace(existing[0], text=text, leader_id=leader_id))
    else:
        unit.put(Comment(new_id(unit, Comment), session_id, leader_id, text, talk_id, group_id))
    return unit.commit(f"记点评（{session.day:%m-%d}）：{excerpt(text)}")


def ask_reflections(
    unit: UnitOfWork, session_id: int, person_ids: Sequence[int], *, talk_id: int | None
) -> Committed:
    """指定发言人: note who is to say what they learned; the texts come later.

    Raises ``WrongRole`` for the talk's own speaker, ``BeforeEntry`` for somebody not on the
    roster that day, ``Duplicate`` for somebody already named.
    """
    session = require(unit, StudySession, "场次", session_id)
    roster = load_roster(unit)
    named = {
        r.person_id for r in unit.all(Reflection, session_id=session_id) if r.talk_id == talk_id
    }
    talk = unit.get(Talk, talk_id) if talk_id is not None else None
    new = []
    for person_id in person_ids:
        person = require(unit, Person, "人员", person_id)
        if not roster.on_roster(person_id, session.day):
            raise BeforeEntry(person.name, session.day, person.joined)
        if talk is not None and talk.speaker_id == person_id:
            raise WrongRole(person.name, "主讲人以外的人")
        if person_id in named:
            raise Duplicate("发言人", person.name, "这一讲的名单")
        new.append(Reflection(new_id(unit, Reflection), session_id, person_id, talk_id=talk_id))
    unit.put(*new)
    who = names([roster.people[r.person_id].name for r in new])
    return unit.commit(f"指定发言人：{who}（{session.day:%m-%d}）")


def save_reflection(unit: UnitOfWork, original: Reflection, edited: Reflection) -> Committed:
    """Change a reflection's text, kind or person. Raises ``Missing`` without a person."""
    person = require(unit, Person, "人员", edited.person_id)
    if edited == original:
        return unit.commit("")
    unit.remove(original)
    unit.put(edited)
    return unit.commit(f"记{edited.kind}：{person.name} {excerpt(edited.text)}".rstrip())


def ask_written(unit: UnitOfWork, spoken: Reflection) -> Committed:
    """Ask somebody who spoke for a written piece as well; what was said stays.

    Raises ``Duplicate`` when one was asked for already.
    """
    person = require(unit, Person, "人员", spoken.person_id)
    same = unit.all(Reflection, session_id=spoken.session_id, person_id=spoken.person_id)
    if any(r.written and r.talk_id == spoken.talk_id for r in same):
        raise Duplicate("书面材料", person.name, "已经请过的名单")
    unit.put(replace(spoken, id=new_id(unit, Reflection), text="", written=True))
    return unit.commit(f"请{person.name}交书面{spoken.kind}")


def add_reflection(
    unit: UnitOfWork,
    session_id: int,
    person_id: int | None,
    text: str,
    *,
    kind: ReflectionKind = ReflectionKind.IMPRESSION,
    talk_id: int | None = None,
    written: bool = False,
) -> Committed:
    """Note what a person said (or wrote) about a session or one of its talks."""
    if person_id is None:
        raise Missing("发言人")
    require(unit, StudySession, "场次", session_id)
    person = require(unit, Person, "人员", person_id)
    unit.put(
        Reflection(
            new_id(unit, Reflection), session_id, person_id, kind, text, talk_id, written
        )
    )
    return unit.commit(f"记{kind}：{person.name} {excerpt(text)}".rstrip())


def remove_reflection(unit: UnitOfWork, reflection: Reflection) -> Committed:
    """Take a person off the list of those who speak about a session."""
    person = require(unit, Person, "人员", reflection.person_id)
    unit.remove(reflection)
    return unit.commit(f"删去{reflection.kind}：{person.name}")


def reminder_text(
    day: date, people: Sequence[tuple[str, str]], today: date, what: str = "的材料"
) -> str:
    """A 催办 text to copy into the office's chat: who still owes what, and how long.

    ``people`` are (name, what they owe) pairs; ``what`` names the session of that day.
    """
    waited = (today - day).days
    lines = [f"{name}：{what}" for name, what in people]
    since = f"，已过 {waited} 天" if waited > 0 else ""
    head = f"【待补】{day_words(day)}{what}还差 {len(people)} 项{since}："
    return "\n".join([head, *lines])
