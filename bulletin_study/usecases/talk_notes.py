"""What is written down of a talk at its session: who really spoke, title, category, 帮带人."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bulletin_study.domain.errors import BeforeEntry, Duplicate, Stale
from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import StudySession, Talk
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork, new_id, require
from bulletin_study.usecases.titles import day_text

_WORDS = {"title": "题目", "category": "类别", "mentor_id": "帮带人",
          "speaker_id": "主讲人", "guest": "来宾"}  # fmt: skip


def note_talk(
    unit: UnitOfWork,
    session_id: int,
    place: int,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Committed:
    """Set fields of the talk at a place, which is made if nobody was arranged for it.

    ``before`` are the same fields as the form showed them. Another speaker is a change of
    who spoke: who was announced stays noted, the group is that of the new one on the day. A
    guest takes the place of the speaker, and the other way round. Raises ``NotFound``,
    ``Stale``, ``BeforeEntry`` for somebody not on the roster that day, ``Duplicate`` for
    somebody who already holds another place of the session.
    """
    session = require(unit, StudySession, "场次", session_id)
    talks = unit.all(Talk, session_id=session_id)
    stored = next((talk for talk in talks if talk.place == place), None)
    talk = stored or Talk(new_id(unit, Talk), session_id, place)
    if any(getattr(talk, name) != value for name, value in before.items()):
        raise Stale(f"第{place}讲")
    wanted = replace(talk, **after)
    if "speaker_id" in after or "guest" in after:
        wanted = _spoken(wanted, talk, load_roster(unit), session, talks, after)
    unit.put(wanted)
    return unit.commit(_label(unit, session, talk, wanted, after))


def _spoken(
    wanted: Talk,
    talk: Talk,
    roster: Roster,
    session: StudySession,
    talks: list[Talk],
    after: Mapping[str, Any],
) -> Talk:
    if after.get("guest"):
        wanted = replace(wanted, speaker_id=None)
    elif after.get("speaker_id") is not None:
        wanted = replace(wanted, guest="")
    speaker = wanted.speaker_id
    if speaker is not None:
        person = roster.people[speaker]
        if not roster.on_roster(speaker, session.day):
            raise BeforeEntry(person.name, session.day, person.joined)
        if any(t.speaker_id == speaker and t.place != wanted.place for t in talks):
            raise Duplicate("主讲人", person.name, "这一场的另一讲")
    announced = talk.planned_id if talk.planned_id is not None else talk.speaker_id
    changed = announced is not None and announced != speaker
    return replace(
        wanted,
        planned_id=announced if changed else None,
        group_id=roster.group_on(speaker, session.day) if speaker is not None else None,
    )


def _label(
    unit: UnitOfWork, session: StudySession, talk: Talk, wanted: Talk, after: Mapping[str, Any]
) -> str:
    where = f"{day_text(session.day)} 第{wanted.place}讲"
    if wanted.speaker_id != talk.speaker_id or wanted.guest != talk.guest:
        roster = load_roster(unit)
        person = roster.people.get(wanted.speaker_id or 0)
        return f"{where}：主讲人记为{person.name if person else wanted.guest or '空缺'}"
    if "title" in after and wanted.title:
        return f"{where}：题目《{wanted.title}》"
    return f"{where}：修改{'、'.join(_WORDS[name] for name in after)}"
