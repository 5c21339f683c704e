"""Which letters stand in which texts, kept beside the rows, so that words are found at once.

For every field of :data:`WRITTEN` each letter and each two and three neighbours (a *gram*) have
the list of rows whose text holds them. 256 rows of one field make a *shelf*; on a shelf a gram
has one row here, whose ``docs`` are the places of its rows on the shelf, a byte each. So a text
that is saved touches one stretch of the table, and a word is looked up once a shelf. See
``docs/decisions/0012-search.md``.

The one writer of rows calls :func:`follow` in the same transaction. Like the sums of
``tallies`` this is no part of the operation log, which could not disagree with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, Table

from bulletin_study.domain.written import WRITTEN, TextPlace, Word, fold, is_plain
from bulletin_study.storage.engine import Database
from bulletin_study.storage.oplog import Changes
from bulletin_study.storage.statements import many
from bulletin_study.storage.tables import EntityTable, metadata, table_of

SHELF = 256
"""Rows to a shelf: a place on it is one byte."""
_FIELDS = 64
"""More fields than will ever be written into: shelves of one field are so far apart."""

Docs = dict[int, bytes]
"""Rows by shelf, in the order of shelves: their places on it, ascending."""

_KEY = ("shelf", "gram")
text_gram = Table(
    "text_gram",
    metadata,
    *(Column(name, Integer, primary_key=True, autoincrement=False) for name in _KEY),
    Column("docs", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

_PLACES: dict[type, list[TextPlace]] = defaultdict(list)
for _place in WRITTEN:
    _PLACES[_place.entity].append(_place)

_BY_CODE = {place.code: place for place in WRITTEN}

_ON_SHELF = "SELECT gram, docs FROM text_gram WHERE shelf = ?"
_READ = f"{_ON_SHELF} AND gram IN (SELECT value FROM json_each(?))"
_DROP = "DELETE FROM text_gram WHERE shelf = ? AND gram = ?"
_KEEP = (
    "INSERT INTO text_gram (shelf, gram, docs) VALUES (?, ?, ?)"
    " ON CONFLICT (shelf, gram) DO UPDATE SET docs = excluded.docs"
)
# SQLite would read every row to tell the shelves; each is one step from the one before.
_LOOK_UP = (
    "WITH RECURSIVE shelves (shelf) AS (SELECT min(shelf) FROM text_gram UNION ALL"
    " SELECT (SELECT min(shelf) FROM text_gram WHERE shelf > shelves.shelf)"
    " FROM shelves WHERE shelf IS NOT NULL)"
    " SELECT g.shelf, g.docs FROM shelves CROSS JOIN json_each(?) AS wanted"
    " CROSS JOIN text_gram AS g ON g.shelf = shelves.shelf AND g.gram = wanted.value"
)
_LONGEST_GRAM = 3
# More of them would hardly leave fewer texts to be read.
_ENOUGH_GRAMS = 6


def grams(text: str) -> set[int]:
    """Every letter, every two and every three neighbours of a text, as numbers.

    A number is no readable word and, unlike a text, stands for any letter in JSON, NUL too.
    """
    folded = fold(text)
    return {gram for size in range(1, _LONGEST_GRAM + 1) for gram in _grams(folded, size)}


def _grams(folded: str, size: int) -> Iterator[int]:
    """The grams of this size, from left to right: 21 bits for a letter, none of them 0."""
    letters = [ord(letter) + 1 for letter in folded]
    if size == 1:
        return iter(letters)
    if size == 2:
        return (one | two << 21 for one, two in pairwise(letters))
    return (
        one | two << 21 | three << 42
        for one, two, three in zip(letters, letters[1:], letters[2:], strict=False)
    )


def follow(database: Database, stored: EntityTable[Any], changes: Changes) -> None:
    """Let the index say what these rows now say."""
    for place in _PLACES.get(stored.entity, ()):
        at = stored.names.index(place.field)
        texts = (
            (key[0], str(before[at]) if before else "", str(after[at]) if after else "")
            for key, (before, after) in changes.items()
        )
        _write(database, place, [edit for edit in texts if edit[1] != edit[2]])


def rebuild(database: Database) -> None:
    """Make the index anew from the rows, inside the open transaction."""
    database.run("DELETE FROM text_gram")
    for place in WRITTEN:
        for shelf, texts in _texts_by_shelf(database, place):
            rows = [(shelf, *row) for row in sorted(_expected(texts).items())]
            database.run_many(_KEEP, rows)


def differing(database: Database) -> int:
    """How many entries are not those of the rows, missing ones included."""
    found = seen = 0
    for place in WRITTEN:
        for shelf, texts in _texts_by_shelf(database, place):
            kept, expected = dict(database.run(_ON_SHELF, (shelf,))), _expected(texts)
            found += sum(kept.get(key) != expected.get(key) for key in kept.keys() | expected)
            seen += len(kept)
    ((entries,),) = database.run("SELECT count(*) FROM text_gram")
    return found + int(entries) - seen


def holding(database: Database, words: Sequence[Word]) -> dict[TextPlace, Docs]:
    """The rows whose text holds all these words, by field. An empty word stands in none."""
    found = reduce(_in_both_places, [_maybe(database, word) for word in words]) if words else {}
    for word in words:
        if len(fold(word.text)) > _LONGEST_GRAM:
            # Only those that may hold the other words, too, are read.
            found = {place: _confirmed(database, word, place, found[place]) for place in found}
    return {place: docs for place, docs in found.items() if docs}


def _maybe(database: Database, word: Word) -> dict[TextPlace, Docs]:
    """The rows that have all grams of a word, and those of the people whose name it is: up to
    three letters, no others hold it."""
    folded = fold(word.text)
    size = min(len(folded), _LONGEST_GRAM)
    wanted = list(dict.fromkeys(_grams(folded, size))) if folded else []
    found = _having(database, wanted) if wanted else {}
    if word.people:
        for place, ids in _said_by(database, word.people):
            found[place] = _docs(place, {*ids, *ids_of(found.get(place, {}))})
    return found


def _said_by(database: Database, people: Iterable[int]) -> Iterator[tuple[TextPlace, list[int]]]:
    """The rows that are theirs and say anything, by field."""
    for place in WRITTEN:
        if place.by:
            theirs = (
                f'SELECT id FROM "{table_of(place.entity).name}" WHERE "{place.field}" <> \'\''
                f' AND "{place.by}" IN (SELECT value FROM json_each(?))'
            )
            rows = database.run(theirs, (many(people),))
            yield place, [row_id for (row_id,) in rows]


def number_of(docs: Docs) -> int:
    """How many rows."""
    return sum(map(len, docs.values()))


def ids_of(docs: Docs) -> list[int]:
    """The ids of the rows, ascending."""
    return [
        shelf // _FIELDS * SHELF + place for shelf, places in docs.items() for place in places
    ]


def among(docs: Docs, rows: Iterable[tuple[int]]) -> list[int]:
    """The ids of those of these rows that are among them."""
    shelves = {shelf // _FIELDS: places for shelf, places in docs.items()}
    return [row_id for (row_id,) in rows if row_id % SHELF in shelves.get(row_id // SHELF, b"")]


def _shelf_of(place: TextPlace, row_id: int) -> int:
    return row_id // SHELF * _FIELDS + place.code


def _having(database: Database, wanted: list[int]) -> dict[TextPlace, Docs]:
    """The rows that have all these grams somewhere."""
    some = wanted[:_ENOUGH_GRAMS]
    found: dict[int, list[bytes]] = defaultdict(list)
    for shelf, docs in database.run(_LOOK_UP, (many(some),)):
        found[shelf].append(docs)
    by_place: dict[TextPlace, Docs] = defaultdict(dict)
    for shelf, lists in found.items():
        common = reduce(_in_both, lists) if len(lists) == len(some) else b""
        if common:
            by_place[_BY_CODE[shelf % _FIELDS]][shelf] = common
    return by_place


def _in_both(one: bytes, other: bytes) -> bytes:
    """Of the one what is in the other, too: that is, without what is not."""
    return one.translate(None, one.translate(None, other))


def _in_both_places(
    one: dict[TextPlace, Docs], other: dict[TextPlace, Docs]
) -> dict[TextPlace, Docs]:
    """What is among both, by field."""
    common = {
        place: {
            shelf: both
            for shelf, places in one[place].items()
            if (both := _in_both(places, other[place].get(shelf, b"")))
        }
        for place in one
        if place in other
    }
    return {place: docs for place, docs in common.items() if docs}


def _docs(place: TextPlace, ids: Iterable[int]) -> Docs:
    """Rows by shelf."""
    kept: dict[int, bytearray] = defaultdict(bytearray)
    for row_id in sorted(ids):
        kept[_shelf_of(place, row_id)].append(row_id % SHELF)
    return {shelf: bytes(places) for shelf, places in kept.items()}


def _confirmed(database: Database, word: Word, place: TextPlace, docs: Docs) -> Docs:
    """Those of the rows in whose text the letters stand one after another, and those of the
    people whose name the word is."""
    folded, ids = fold(word.text), many(ids_of(docs))
    texts = (
        f'FROM "{table_of(place.entity).name}"'
        " WHERE id IN (SELECT value FROM json_each(?))"
    )
    if is_plain(folded):
        confirming = f'SELECT id {texts} AND instr("{place.field}", ?)'
        confirmed = [row_id for (row_id,) in database.run(confirming, (ids, folded))]
    else:
        rows = database.run(f'SELECT id, "{place.field}" {texts}', (ids,))
        confirmed = [row_id for row_id, text in rows if folded in fold(text)]
    if word.people and place.by:
        whose = f'SELECT id {texts} AND "{place.by}" IN (SELECT value FROM json_each(?))'
        rows = database.run(whose, (ids, many(word.people)))
        confirmed += [row_id for (row_id,) in rows]
    return _docs(place, set(confirmed))


def _write(database: Database, place: TextPlace, edits: Iterable[tuple[int, str, str]]) -> None:
    """Take (id, text before, text after) into the index, a shelf at a time."""
    for shelf, some in groupby(sorted(edits), lambda edit: _shelf_of(place, edit[0])):
        gone: dict[int, set[int]] = defaultdict(set)
        come: dict[int, set[int]] = defaultdict(set)
        for row_id, was, now in some:
            before, after = grams(was), grams(now)
            for key in before - after:
                gone[key].add(row_id % SHELF)
            for key in after - before:
                come[key].add(row_id % SHELF)
        touched = gone.keys() | come.keys()
        kept = dict(database.run(_READ, (shelf, many(touched))))
        rows = [
            (shelf, key, bytes(sorted({*kept.get(key, b"")} - gone[key] | come[key])))
            for key in sorted(touched)
        ]
        database.run_many(_DROP, [row[:2] for row in rows if not row[2]])
        database.run_many(_KEEP, [row for row in rows if row[2]])


def _expected(texts: Iterable[tuple[int, str]]) -> dict[int, bytes]:
    """What one shelf should hold: texts by their place on it, ascending."""
    found: dict[int, bytearray] = defaultdict(bytearray)
    for place, text in texts:
        for key in grams(text):
            found[key].append(place)
    return {key: bytes(places) for key, places in found.items()}


def _texts_by_shelf(
    database: Database, place: TextPlace
) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    rows = database.run(
        f'SELECT id, "{place.field}" FROM "{table_of(place.entity).name}"'
        f""" WHERE "{place.field}" <> '' ORDER BY id"""
    )
    for shelf, some in groupby(rows, lambda row: _shelf_of(place, row[0])):
        yield shelf, [(row_id % SHELF, text) for row_id, text in some]
