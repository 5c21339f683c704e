"""What the sample office wrote down of sessions held: sign-in, comments, reflections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from bulletin_study.domain.attendance import CAME, Attendance, Mark, expected_list
from bulletin_study.domain.people import Role, Roster
from bulletin_study.domain.sessions import (
    REVIEW,
    STUDY,
    TALK,
    Comment,
    Reflection,
    ReflectionKind,
    Talk,
)
from bulletin_study.usecases.demo_meetings import Meeting
from bulletin_study.usecases.demo_words import (
    ABSENT_REASONS,
    LATE_REASONS,
    LEAVE_REASONS,
    OFFICIAL_REASONS,
    REFLECTIONS,
    REVIEW_COMMENTS,
    TALK_COMMENTS,
)
from bulletin_study.usecases.ports import UnitOfWork

_REFLECTIONS_A_TALK = 3
# What befalls somebody who is at work that day: the chance up to here, the mark, reasons.
_CHANCES: tuple[tuple[float, Mark, tuple[str, ...]], ...] = (
    (0.013, Mark.LATE, LATE_REASONS),
    (0.017, Mark.LEFT_EARLY, LATE_REASONS[1:2]),
    (0.029, Mark.LEAVE, LEAVE_REASONS),
    (0.045, Mark.OFFICIAL, OFFICIAL_REASONS),
    (0.048, Mark.ABSENT, ABSENT_REASONS),
)
_KINDS = tuple(ReflectionKind)

Lists = Mapping[int, Sequence[Attendance]]


def put_sign_ins(
    unit: UnitOfWork, held: Sequence[Meeting], roster: Roster, talks: Sequence[Talk]
) -> Lists:
    """Store the lists of sessions held (not committed here). Two of the last 每周一学 are 未签."""
    # A plain generator with a fixed seed: the same sample on every machine.
    chance = Random(2022)
    last_study = max((m.session.id for m in held if m.is_a(STUDY)), default=0)
    speakers: dict[int, set[int | None]] = {}
    for talk in talks:
        speakers.setdefault(talk.session_id, set()).add(talk.speaker_id)
    lists: dict[int, list[Attendance]] = {}
    for meeting in held:
        session = meeting.session
        busy = {session.lead_id, session.host_id, session.recorder_id}
        busy |= speakers.get(session.id, set())
        rows = [
            _marked(row, chance, row.person_id in busy)
            for row in expected_list(roster, session.id, session.day, meeting.kinds)
        ]
        if session.id == last_study:
            open_rows = [row for row in rows if row.expected_by and not row.premarked]
            missed = {row.person_id for row in open_rows[-9::5]}
            rows = [replace(r, mark=None, reason="") if r.person_id in missed else r for r in rows]
        lists[session.id] = rows
    unit.put(*(row for rows in lists.values() for row in rows))
    return lists


def _marked(row: Attendance, chance: Random, busy: bool) -> Attendance:
    drawn = chance.random()
    if row.mark is not None:
        return row
    if not busy:
        for limit, mark, reasons in _CHANCES:
            if drawn < limit:
                reason = reasons[int(drawn * 100_000) % len(reasons)]
                return replace(row, mark=mark, reason=reason)
    return replace(row, mark=Mark.PRESENT)


def put_words(
    unit: UnitOfWork,
    held: Sequence[Meeting],
    roster: Roster,
    talks: Sequence[Talk],
    lists: Lists,
    waived: int,
) -> None:
    """Store comments and reflections of sessions held (not committed here).

    The last 每周一讲 still lacks a comment and a reflection, the last 每周一评 two comments;
    the session ``waived`` lacks a reflection.
    """
    last_talk = max((m.session.id for m in held if m.is_a(TALK)), default=0)
    last_review = max((m.session.id for m in held if m.is_a(REVIEW)), default=0)
    by_session: dict[int, list[Talk]] = {}
    for talk in talks:
        by_session.setdefault(talk.session_id, []).append(talk)
    comments: list[Comment] = []
    reflections: list[Reflection] = []
    asked: Counter[int] = Counter()
    for meeting in held:
        session_id = meeting.session.id
        present = [row.person_id for row in lists[session_id] if row.mark in CAME]
        leaders = [p for p in present if roster.people[p].role is Role.LEADER]
        if meeting.is_a(REVIEW):
            found = _group_comments(session_id, roster, leaders, len(comments))
            comments += found[: -2 if session_id == last_review else None]
        for talk in by_session.get(session_id, ()):
            if not (session_id == last_talk and talk.place == 2):
                comments.append(_talk_comment(talk, leaders, len(comments)))
            said = _talk_reflections(talk, roster, lists[session_id], asked, len(reflections))
            if session_id in (last_talk, waived) and talk.place == 1:
                said[-1] = replace(said[-1], text="")
            reflections += said
    ids = unit.new_ids(Comment, len(comments))
    unit.put(*(replace(c, id=new) for c, new in zip(comments, ids, strict=True)))
    ids = unit.new_ids(Reflection, len(reflections))
    unit.put(*(replace(r, id=new) for r, new in zip(reflections, ids, strict=True)))


def _group_comments(
    session_id: int, roster: Roster, leaders: Sequence[int], number: int
) -> list[Comment]:
    found = []
    for at, group in enumerate(roster.groups.values()):
        leader = group.leader_id if group.leader_id in leaders else next(iter(leaders), None)
        text = REVIEW_COMMENTS[(number + at * 5) % len(REVIEW_COMMENTS)]
        found.append(Comment(0, session_id, leader, text, group_id=group.id))
    return found


def _talk_comment(talk: Talk, leaders: Sequence[int], number: int) -> Comment:
    leader = leaders[number % len(leaders)] if leaders else None
    text = TALK_COMMENTS[number % len(TALK_COMMENTS)]
    return Comment(0, talk.session_id, leader, text, talk_id=talk.id)


def _talk_reflections(
    talk: Talk,
    roster: Roster,
    listed: Sequence[Attendance],
    asked: Counter[int],
    number: int,
) -> list[Reflection]:
    """Three who came: fewest so far first, one a group; not speaker, 帮带人 or leader."""
    barred = {talk.speaker_id, talk.mentor_id}
    able = [
        row
        for row in listed
        if row.mark in CAME
        and row.expected_by
        and row.person_id not in barred
        and roster.people[row.person_id].role is not Role.LEADER
    ]
    chosen: list[Attendance] = []
    for row in sorted(able, key=lambda r: (asked[r.person_id], r.person_id * 7919 % 101)):
        if len(chosen) < _REFLECTIONS_A_TALK and row.group_id not in {c.group_id for c in chosen}:
            chosen.append(row)
    asked.update(row.person_id for row in chosen)
    return [
        Reflection(
            0,
            talk.session_id,
            row.person_id,
            _KINDS[at % len(_KINDS)],
            REFLECTIONS[(number + at * 5) % len(REFLECTIONS)],
            talk.id,
        )
        for at, row in enumerate(chosen)
    ]
