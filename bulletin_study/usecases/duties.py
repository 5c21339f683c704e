"""Duties around a talk: the commenting leader and the three who say what they learned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.attendance import CAME
from bulletin_study.domain.closing import REFLECTIONS_PER_TALK
from bulletin_study.domain.duties import Drawn, Served, draw, standing
from bulletin_study.domain.errors import NobodyThere
from bulletin_study.domain.people import Person, Role, Roster
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork, new_id, require
from bulletin_study.usecases.rotation import talk_sessions
from bulletin_study.usecases.session_checks import wrong_status
from bulletin_study.usecases.sign_in_list import SignIn, load_sign_in


@dataclass(frozen=True, slots=True)
class Duties:
    """Who would be asked for one talk; nothing for what is settled already."""

    leader: Drawn | None
    speakers: tuple[Drawn, ...]


def propose_duties(unit: UnitOfWork, talk_id: int) -> Duties:
    """Draw the commenting leader and as many speakers as are still missing.

    Never the speaker, the 帮带人 or a leader among those who say what they learned; only who
    is expected and there (as marked, else as 不在岗 tells); at most one a group while others
    can; fewest first since the beginning of last year, longest wait first. Raises ``NotFound``.
    """
    talk = require(unit, Talk, "讲课", talk_id)
    session = require(unit, StudySession, "场次", talk.session_id)
    sign_in = load_sign_in(unit, session.id)
    past = _Past(unit, session, sign_in.roster)
    comments, reflections = unit.all(Comment), unit.all(Reflection)
    leader: tuple[Drawn, ...] = ()
    if not any(c.talk_id == talk_id and c.leader_id is not None for c in comments):
        leaders = [p.id for p in _leaders(sign_in)]
        leader = draw(leaders, standing(past.served(_by_session(comments), True)), 1, {})
    # Somebody who also owes a written piece was asked once.
    named = list(dict.fromkeys(r.person_id for r in reflections if r.talk_id == talk_id))
    taken = {talk.speaker_id, talk.mentor_id, *named}
    listeners = [p.id for p in _listeners(sign_in) if p.id not in taken]
    group_of = {k: sign_in.roster.group_on(k, session.day) for k in (*listeners, *named)}
    speakers = draw(
        listeners,
        # Who speaks about another talk of the same session has had his turn today.
        standing(past.served(_by_session(reflections), False)),
        REFLECTIONS_PER_TALK - len(named),
        group_of,
        {group_of[k] for k in named},
    )
    return Duties(leader[0] if leader else None, speakers)


def draw_duties(unit: UnitOfWork, talk_id: int) -> Committed:
    """Draw what is missing and note it, as one operation.

    Raises ``NotFound``, ``WrongStatus`` (cancelled) and ``NobodyThere`` when somebody is
    missing and nobody can be asked.
    """
    talk = require(unit, Talk, "讲课", talk_id)
    session = require(unit, StudySession, "场次", talk.session_id)
    if session.status is SessionStatus.CANCELLED:
        raise wrong_status(unit, session, "抽点评和发言人")
    found = propose_duties(unit, talk_id)
    name = {p.id: p.name for p in unit.all(Person)}
    told = []
    commented = next((c for c in unit.all(Comment, talk_id=talk_id)), None)
    if found.leader is not None:
        leader_id = found.leader.person_id
        text = commented.text if commented else ""
        key = commented.id if commented else new_id(unit, Comment)
        unit.put(Comment(key, session.id, leader_id, text, talk_id))
        told.append(f"{name[leader_id]}点评")
    for one in found.speakers:
        unit.put(Reflection(new_id(unit, Reflection), session.id, one.person_id, talk_id=talk_id))
    if found.speakers:
        told.append(f"{'、'.join(name[d.person_id] for d in found.speakers)}发言")
    asked = {r.person_id for r in unit.all(Reflection, talk_id=talk_id)}
    if not told and len(asked) < REFLECTIONS_PER_TALK:
        raise NobodyThere("能点评、能发言的人", session.day)
    return unit.commit(f"抽定（{session.day:%m-%d}）：{'；'.join(told)}" if told else "")


class _Past:
    """The talk sessions since the beginning of last year, up to and with this one."""

    def __init__(self, unit: UnitOfWork, here: StudySession, roster: Roster) -> None:
        since = date(here.day.year - 1, 1, 1)
        until = (here.day, here.start, here.id)
        self.roster = roster
        self.sessions = [
            s for s in talk_sessions(unit) if since <= s.day and (s.day, s.start, s.id) <= until
        ]

    def served(self, by_session: Mapping[int, list[int]], leaders: bool) -> Iterable[Served]:
        """Who had the duty at each, of those who were there: leaders, or everybody else."""
        for session in self.sessions:
            people = by_session.get(session.id, [])
            if people:
                able = {
                    p.id
                    for p in self.roster.on(session.day)
                    if (p.role is Role.LEADER) == leaders
                    and not self.roster.absences_on(p.id, session.day)
                }
                yield Served(session.day, able | set(people), tuple(people))


def _by_session(rows: Iterable[Comment] | Iterable[Reflection]) -> dict[int, list[int]]:
    """Who had the duty on a talk, by session; once for each talk, however often noted."""
    found: dict[int, list[int]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for row in rows:
        person_id = row.leader_id if isinstance(row, Comment) else row.person_id
        if row.talk_id is None or person_id is None or (row.talk_id, person_id) in seen:
            continue
        seen.add((row.talk_id, person_id))
        found[row.session_id].append(person_id)
    return found


def _listeners(sign_in: SignIn) -> list[Person]:
    """Expected and present, by 排名: marked as there, or unmarked and not known to be away."""
    there = {
        r.person_id for r in sign_in.rows if r.expected_by and (r.mark is None or r.mark in CAME)
    }
    people = sign_in.roster.on(sign_in.session.day)
    return [p for p in people if p.id in there and p.role is not Role.LEADER]


def _leaders(sign_in: SignIn) -> list[Person]:
    """Leaders who are there, by 排名; a kind need not expect them for them to comment."""
    marks = {r.person_id: r.mark for r in sign_in.rows}
    day, roster = sign_in.session.day, sign_in.roster
    return [
        p
        for p in roster.on(day)
        if p.role is Role.LEADER
        and (marks.get(p.id) in CAME or (marks.get(p.id) is None and roster.available(p.id, day)))
    ]
