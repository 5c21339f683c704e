"""Reads that many use cases begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bulletin_study.domain.people import (
    AbPair,
    Absence,
    Group,
    Membership,
    MentorPair,
    Person,
    Roster,
)
from bulletin_study.domain.sessions import SessionKind, SessionKindLink
from bulletin_study.usecases.ports import UnitOfWork


def load_roster(unit: UnitOfWork) -> Roster:
    """Everybody with everything dated about them."""
    return Roster(
        unit.all(Person),
        unit.all(Group),
        unit.all(Membership),
        unit.all(Absence),
        unit.all(MentorPair),
        unit.all(AbPair),
    )


def load_kinds(unit: UnitOfWork) -> dict[int, SessionKind]:
    """Session kinds by id, in their order."""
    return {k.id: k for k in sorted(unit.all(SessionKind), key=lambda k: (k.order, k.id))}


def links_by_session(
    unit: UnitOfWork, session_ids: Iterable[int] | None = None
) -> dict[int, list[SessionKindLink]]:
    """Kind links per session, sorted by kind; of all sessions or of the given ones."""
    found: dict[int, list[SessionKindLink]] = defaultdict(list)
    if session_ids is None:
        links = unit.all(SessionKindLink)
    else:
        links = unit.all(SessionKindLink, session_id=list(session_ids))
    for link in sorted(links, key=lambda k: (k.session_id, k.kind_id)):
        found[link.session_id].append(link)
    return found
