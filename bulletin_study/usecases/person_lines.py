"""The lines of a person's page: each a record with the session that it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import Comment, Reflection, SessionKind, StudySession, Talk
from bulletin_study.usecases.loading import links_by_session
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.titles import kinds_text


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session with its kinds, as every line of the page names it.

    ``about`` is its theme, or the titles of its talks where it has none.
    """

    session: StudySession
    kinds: tuple[SessionKind, ...] = ()
    about: str = ""

    @property
    def day(self) -> date:
        """Its date."""
        return self.session.day

    @property
    def title(self) -> str:
        """"每周一学、主题党日"."""
        return kinds_text(self.kinds)


@dataclass(frozen=True, slots=True)
class AttendedLine:
    """One held session with the person's sign-in; ``group`` is the group of that day."""

    meeting: Meeting
    row: Attendance
    group: str = ""


@dataclass(frozen=True, slots=True)
class GivenTalk:
    """A talk held in the period; ``told`` is what is to be said beside it (代讲, 帮带人).

    ``comments`` are (leader, text) of the 点评 received.
    """

    meeting: Meeting
    talk: Talk
    told: str = ""
    comments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A reflection given on a session; ``about`` is the speaker with the talk, or the theme."""

    meeting: Meeting
    reflection: Reflection
    about: str


@dataclass(frozen=True, slots=True)
class Commented:
    """A 点评 given as a leader; ``about`` is the talk or the group."""

    meeting: Meeting
    comment: Comment
    about: str


@dataclass(frozen=True, slots=True)
class Companion:
    """帮带 or AB岗: ``words`` say which, ``person`` with whom, ``since`` and ``until`` when."""

    words: str
    person: Person
    since: date | None = None
    until: date | None = None


def load_meetings(
    unit: UnitOfWork, kinds: Mapping[int, SessionKind], session_ids: Collection[int]
) -> dict[int, Meeting]:
    """These sessions with their kinds in order."""
    if not session_ids:
        return {}
    links = links_by_session(unit, session_ids)
    sessions = unit.all(StudySession, id=list(session_ids))
    titles = _titles(unit, [session.id for session in sessions if not session.theme])
    found = {}
    for session in sessions:
        linked = {link.kind_id for link in links.get(session.id, ())}
        own = tuple(kind for kind in kinds.values() if kind.id in linked)
        found[session.id] = Meeting(session, own, session.theme or titles.get(session.id, ""))
    return found


def _titles(unit: UnitOfWork, session_ids: Collection[int]) -> dict[int, str]:
    talks = unit.all(Talk, session_id=list(session_ids)) if session_ids else []
    found: dict[int, str] = {}
    for talk in sorted(talks, key=lambda t: t.place):
        if talk.title:
            found[talk.session_id] = f"{found.get(talk.session_id, '')}《{talk.title}》"
    return found


def newest(meeting: Meeting) -> tuple[int, int, int]:
    """What sorts meetings from the latest to the earliest."""
    session = meeting.session
    return (-session.day.toordinal(), -session.start.hour * 60 - session.start.minute, -session.id)
