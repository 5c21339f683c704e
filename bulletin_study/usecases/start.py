"""Small questions that the window asks when it opens or turns a page."""

from __future__ import annotations

from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import REVIEW, TALK, SessionKindLink, StudySession
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.ports import UnitOfWork


def is_empty(unit: UnitOfWork) -> bool:
    """Whether nobody and nothing was entered yet."""
    return not unit.all(Person) and not unit.all(StudySession)


def page_of_session(unit: UnitOfWork, session_id: int) -> str:
    """Which page shows a session: talk, review or study."""
    kinds = load_kinds(unit)
    linked = [kinds[k.kind_id].name for k in unit.all(SessionKindLink, session_id=session_id)]
    if TALK in linked:
        return "talk"
    return "review" if linked == [REVIEW] else "study"
