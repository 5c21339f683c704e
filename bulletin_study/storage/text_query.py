"""Texts that hold some words, the newest sessions first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from bulletin_study.domain.sessions import StudyPlanItem, StudySession
from bulletin_study.domain.written import WRITTEN, TextHit, TextHits, TextPlace, Word
from bulletin_study.storage.engine import Database
from bulletin_study.storage.faults import decoding
from bulletin_study.storage.statements import many
from bulletin_study.storage.tables import table_of
from bulletin_study.storage.text_index import Docs, among, holding, ids_of, number_of

_FEW = 1500
"""So many are put in order as they are; of more only those of the newest sessions."""
_SPARE = 1.25
"""Hits are not spread evenly: so many more sessions are looked at than should do."""

_NEWEST_SESSIONS = "SELECT id FROM study_session ORDER BY day DESC, start DESC, id DESC"
_AMONG = "IN (SELECT value FROM json_each(?))"


def texts_holding(
    database: Database,
    words: Sequence[Word],
    places: Collection[TextPlace] | None,
    first: int,
    limit: int | None,
) -> TextHits:
    """See ``usecases.ports.UnitOfWork.texts_holding``."""
    found = holding(database, words)
    end = None if limit is None else first + limit
    rows: list[tuple[Any, ...]] = []
    for place, docs in found.items():
        if places is None or place in places:
            rows += _newest(database, place, docs, end)
    # Equal sessions: what was said before what was planned, and in the order it was noted.
    rows.sort(key=lambda row: (row[-1].code, row[3]))
    rows.sort(key=lambda row: row[:3], reverse=True)
    counts = {place: number_of(docs) for place, docs in found.items()}
    with decoding(database.path, "写下的文字"):
        return TextHits(counts, tuple(_hit(*row) for row in rows[first:end]))


def _hit(day: str, _start: str, session: int, key: int, text: str, place: TextPlace) -> TextHit:
    return TextHit(place, key, session or None, date.fromisoformat(day) if day else None, text)


def _newest(
    database: Database, place: TextPlace, docs: Docs, limit: int | None
) -> list[tuple[Any, ...]]:
    """Day, start and id of the session, id, text and place of the newest."""
    # A planned theme may have no session to be found by; there are never many of them.
    large = number_of(docs) > _FEW and place.entity is not StudyPlanItem
    ids = (
        _of_newest_sessions(database, place, docs, limit)
        if large and limit is not None
        else ids_of(docs)
    )
    rows = database.run(_IN_ORDER[place], (many(ids), -1 if limit is None else limit))
    return [(*row, place) for row in rows]


def _of_newest_sessions(
    database: Database, place: TextPlace, docs: Docs, limit: int
) -> list[int]:
    """At least the newest ``limit`` of the rows, without looking at all of them."""
    sessions = [number for (number,) in database.run(_NEWEST_SESSIONS)]
    found: list[int] = []
    at, taken = 0, 1 + int(_SPARE * limit * len(sessions) / number_of(docs))
    while at < len(sessions) and len(found) < limit:
        some = sessions[at : at + taken]
        rows = database.run(_OF_SESSIONS[place], (many(some),))
        found += among(docs, rows)
        at, taken = at + taken, taken * 2
    return found


def _session_column(place: TextPlace) -> str:
    return "id" if place.entity is StudySession else "session_id"


def _in_order(place: TextPlace) -> str:
    own_day = "t.day, t.week" if place.entity is StudyPlanItem else "''"
    return (
        f"SELECT coalesce(s.day, {own_day}, ''), coalesce(s.start, ''), coalesce(s.id, 0),"
        f' t.id, t."{place.field}" FROM "{table_of(place.entity).name}" t'
        f" LEFT JOIN study_session s ON s.id = t.{_session_column(place)}"
        f" WHERE t.id {_AMONG} ORDER BY 1 DESC, 2 DESC, 3 DESC, t.id LIMIT ?"
    )


_IN_ORDER = {place: _in_order(place) for place in WRITTEN}
_OF_SESSIONS = {
    place: f'SELECT id FROM "{table_of(place.entity).name}"'
    f" WHERE {_session_column(place)} {_AMONG}"
    for place in WRITTEN
}
