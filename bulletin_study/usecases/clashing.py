"""Finds the clashes of sessions about to be saved with everything already planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_study.domain.attendance import Attendance, expected_list
from bulletin_study.domain.clashes import Cast, ClashNote, Who, clashes
from bulletin_study.domain.errors import Clash
from bulletin_study.domain.sessions import SessionKindLink, SessionStatus, StudySession, Talk
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.titles import kinds_text

Asked = tuple[StudySession, tuple[int, ...]]
"""A session as it is to be, with the ids of its kinds."""


def find_clashes(unit: UnitOfWork, asked: Sequence[Asked]) -> tuple[ClashNote, ...]:
    """The clashes these sessions would have, with the stored ones and among themselves.

    Sessions not saved yet have ids below 0. Stored states of the sessions asked about are
    left out.
    """
    days = {session.day for session, _ in asked}
    if not days:
        return ()
    others = [s for s in unit.sessions_between(min(days), max(days)) if s.day in days]
    casts = _Casts(unit, {session.id: kind_ids for session, kind_ids in asked})
    return clashes([session for session, _ in asked], others, casts.of)


def refuse_clashes(
    unit: UnitOfWork, asked: Sequence[Asked], *, before: Sequence[Asked] = ()
) -> None:
    """Raise ``Clash`` with every reason, but for what clashed just so ``before``.

    Somebody more in a clash that was there is a new one.
    """
    known = {note.key: set(note.who) for note in find_clashes(unit, before)}
    notes = [
        note
        for note in find_clashes(unit, asked)
        if note.key not in known or not known[note.key].issuperset(note.who)
    ]
    if notes:
        raise Clash(tuple(note.reason for note in notes))


class _Casts:
    """Works out who is wanted at a session, reading only what is asked for."""

    def __init__(self, unit: UnitOfWork, kind_ids: Mapping[int, tuple[int, ...]]) -> None:
        self._unit = unit
        self._kind_ids = kind_ids
        self._roster = load_roster(unit)
        self._kinds = load_kinds(unit)

    def of(self, session: StudySession) -> Cast:
        """Everybody expected or on duty, by 排名, then people from outside."""
        linked = self._kind_ids.get(session.id)
        if linked is None:
            links = self._unit.all(SessionKindLink, session_id=session.id)
            linked = tuple(link.kind_id for link in links)
        kinds = [kind for kind in self._kinds.values() if kind.id in linked]
        duties = self._duties(session)
        wanted = {row.person_id for row in self._rows(session, linked) if row.expected_by}
        people: dict[Who, str] = {
            person.id: person.name
            for person in self._roster.people.values()
            if person.id in wanted or person.id in duties
        }
        people.update({who: who for who in duties if isinstance(who, str)})
        return Cast(kinds_text(kinds) or "场次", people, duties)

    def _rows(self, session: StudySession, kind_ids: Sequence[int]) -> list[Attendance]:
        if session.status is SessionStatus.HELD:
            frozen = self._unit.all(Attendance, session_id=session.id)
            if frozen:
                return frozen
        kinds = [kind for kind in self._kinds.values() if kind.id in kind_ids]
        return expected_list(self._roster, session.id, session.day, kinds)

    def _duties(self, session: StudySession) -> dict[Who, str]:
        found: dict[Who, str] = {}

        def add(person_id: int | None, name: str, word: str) -> None:
            who: Who = person_id if person_id is not None else name.strip()
            if who != "":
                found[who] = f"{found[who]}、{word}" if who in found else word

        add(session.lead_id, session.lead_name, "领学")
        add(session.host_id, session.host_name, "主持")
        add(session.recorder_id, session.recorder_name, "记录")
        for talk in self._unit.all(Talk, session_id=session.id) if session.id > 0 else ():
            add(talk.speaker_id, talk.guest, "讲课")
        return found
