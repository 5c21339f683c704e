"""Random values of every entity, linked only to things that are there."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from bulletin_study.storage.tables import ENTITIES

# What people paste: several lines, rare characters, full-width digits, quotes, tabs, NUL.
TEXT = st.text(
    st.one_of(
        st.sampled_from("王立言办公室１２３，。\n\t'\"%_\\\0 \u3000𠮷👍"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=12,
)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WHOLE = st.integers(-(2**63), 2**63 - 1)
POOL = (1, 2, 3)
"""The ids that links may name."""


def values_of(entity: type) -> st.SearchStrategy[Any]:
    """Any value of an entity that its table accepts; links lead to ids of the pool."""
    stored = ENTITIES[entity]
    hints = get_type_hints(entity)
    parts = {f.name: _field(stored, f.name, hints[f.name]) for f in fields(entity)}
    return st.builds(entity, **parts).filter(_spans_forward)


def _field(stored: Any, name: str, hint: Any) -> st.SearchStrategy[Any]:
    link = name in stored.links
    small = {"id": st.sampled_from(POOL), "place": st.integers(1, 9)}
    small |= {"count": st.integers(0, 99), "minutes": st.integers(0, 600)}
    small |= {"size": st.integers(0, 2**40)}
    if name == "staff_number":
        return st.none() | st.sampled_from(("001", "002", "003"))
    if name == "key":
        return st.from_regex(r"[a-z]+(\.[a-z]+)*", fullmatch=True)
    if link:
        ids = st.sampled_from(POOL)
        return st.none() | ids if NoneType in get_args(hint) else ids
    return small[name] if name in small else _any(hint)


def _any(hint: Any) -> st.SearchStrategy[Any]:
    if NoneType in get_args(hint):
        (plain,) = (part for part in get_args(hint) if part is not NoneType)
        return st.none() | _any(plain)
    if get_origin(hint) is tuple:
        return st.lists(_any(get_args(hint)[0]), max_size=3).map(tuple)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{f.name: _any(hints[f.name]) for f in fields(hint)})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    return _PLAIN[hint]


_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    bool: st.booleans(),
    int: WHOLE,
    float: st.floats(allow_nan=False, allow_infinity=False),
    date: DAYS,
    datetime: st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)),
    time: st.times(),
}


def _spans_forward(value: Any) -> bool:
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    return start is None or end is None or start <= end
