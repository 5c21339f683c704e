"""The SQL of one entity, compiled once: every statement takes any number of rows or keys."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, func, literal_column, or_, select, tuple_
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.expression import ColumnElement, Executable

from bulletin_study.storage.tables import EntityTable

DIALECT = sqlite.dialect(paramstyle="qmark")

ONE_OF, ONE_OF_OR_NONE = object(), object()
"""Stand for "one of these" (or nothing) in the shape of a query."""


def sql(statement: Executable) -> str:
    """The text of a Core statement for the driver, parameters as ``?`` in order."""
    return str(statement.compile(dialect=DIALECT))  # type: ignore[attr-defined]


def many(values: Iterable[Any]) -> str:
    """Any number of values as one parameter."""
    return json.dumps(list(values))


class Statements:
    """Statements of one entity."""

    def __init__(self, stored: EntityTable[Any]) -> None:
        self._stored = stored
        self._columns = stored.table.c
        self._keys = [stored.table.c[name] for name in stored.key]

    @cached_property
    def upsert(self) -> str:
        """Insert or replace one row: parameters are the row."""
        insertion = insert(self._stored.table)
        others = {
            name: insertion.excluded[name]
            for name in self._stored.names
            if name not in self._stored.key
        }
        values = insertion.values({name: bindparam(name) for name in self._stored.names})
        if not others:
            return sql(values.on_conflict_do_nothing())
        return sql(values.on_conflict_do_update(index_elements=self._keys, set_=others))

    @cached_property
    def delete(self) -> str:
        """Delete one row: parameters are its key."""
        return sql(delete(self._stored.table).where(*(c == bindparam(c.name) for c in self._keys)))

    @cached_property
    def by_keys(self) -> str:
        """The rows with these keys: one parameter, ``many(keys)``, each key a list."""
        wanted = func.json_each(bindparam("keys")).table_valued("value", name="wanted")
        parts: list[ColumnElement[Any]] = [
            literal_column(f"json_extract(wanted.value, '$[{at}]')")
            for at in range(len(self._keys))
        ]
        key: ColumnElement[Any] = tuple_(*self._keys) if len(parts) > 1 else self._keys[0]
        return sql(select(*self._columns).where(key.in_(select(*parts).select_from(wanted))))

    def matching(self, shape: tuple[tuple[str, object], ...]) -> str:
        """Rows by fields, in the order of the key; ``shape`` says what each must be.

        A field of ``None`` is NULL and takes no parameter, ``ONE_OF`` and ``ONE_OF_OR_NONE``
        take ``many(values)``, any other takes its value.
        """
        return _matching(self._stored, shape)


@lru_cache(maxsize=512)
def _matching(stored: EntityTable[Any], shape: tuple[tuple[str, object], ...]) -> str:
    conditions = [_condition(stored.table.c[name], how) for name, how in shape]
    keys = [stored.table.c[name] for name in stored.key]
    return sql(select(*stored.table.c).where(*conditions).order_by(*keys))


def _condition(column: ColumnElement[Any], how: object) -> ColumnElement[bool]:
    if how is None:
        return column.is_(None)
    if how is ONE_OF_OR_NONE:
        return or_(column.is_(None), _condition(column, ONE_OF))
    if how is ONE_OF:
        return column.in_(select(func.json_each(bindparam("among")).table_valued("value").c.value))
    return column == bindparam(None)


def condition_of(
    stored: EntityTable[Any], name: str, wanted: object
) -> tuple[object, Sequence[Any]]:
    """Shape and parameters for ``name`` being ``wanted`` (or one of a collection)."""
    if wanted is None:
        return None, ()
    if isinstance(wanted, Collection) and not isinstance(wanted, str):
        some = [one for one in wanted if one is not None]
        among = many(stored.codec.encode_field(name, one) for one in some)
        return (ONE_OF if len(some) == len(wanted) else ONE_OF_OR_NONE), (among,)
    return True, (stored.codec.encode_field(name, wanted),)
