"""Frozen dataclass ↔ row, by type hints, a whole list at a time.

What a column holds: dates, times and date-times as ISO text (sortable; ``08:30``), enums by
value, truth as 0/1, tuples of ids as ``1,4``, other tuples and nested values as compact JSON,
``None`` as NULL.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from types import NoneType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
Scalar = int | float | str | None
Row = tuple[Scalar, ...]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class FieldCodec:
    """How one field becomes a column. ``storage`` is ``int``, ``float`` or ``str``."""

    name: str
    storage: type
    optional: bool
    encode: Convert | None
    decode: Convert | None


class Codec(Generic[T]):
    """Rows of one entity, in the order of its dataclass fields."""

    def __init__(self, entity: type[T]) -> None:
        self.entity = entity
        hints = get_type_hints(entity)
        described: tuple[Any, ...] = fields(entity)  # type: ignore[arg-type]
        self.fields = tuple(_field_codec(f.name, hints[f.name]) for f in described)
        self.names = tuple(f.name for f in self.fields)
        self._by_name = {f.name: f for f in self.fields}
        self._defaults = {f.name: _default(f) for f in described}
        self._attributes = attrgetter(*self.names)

    def encode(self, values: Iterable[T]) -> list[Row]:
        """Values to rows."""
        return self._convert(map(self._attributes, values), [f.encode for f in self.fields])

    def decode(self, rows: Sequence[Sequence[Scalar]]) -> list[T]:
        """Rows to values. ``KeyError`` or ``ValueError`` when a row cannot be such a value."""
        return list(map(self.entity, *self.decoded(self.names, rows))) if rows else []

    def decoded(self, names: Iterable[str], rows: Sequence[Sequence[Any]]) -> list[Iterable[Any]]:
        """The first columns of the rows, which bear these names, as what they hold.

        Reading them raises what :meth:`decode` raises.
        """
        decoders = [self._by_name[name].decode for name in names]
        columns = zip(*rows, strict=True) if rows else ((),) * len(decoders)
        return [
            column if decode is None else map(decode, column)
            for decode, column in zip(decoders, columns, strict=False)
        ]

    def encode_field(self, name: str, value: object) -> Scalar:
        """One value as its column holds it."""
        encode = self._by_name[name].encode
        return value if encode is None else encode(value)  # type: ignore[return-value]

    def default(self, name: str) -> Scalar:
        """What a row written before this field existed holds in its place."""
        return self.encode_field(name, self._defaults[name])

    @staticmethod
    def _convert(rows: Iterable[Sequence[Any]], functions: list[Convert | None]) -> list[Row]:
        columns = zip(*rows, strict=True)
        converted = [
            column if function is None else map(function, column)
            for function, column in zip(functions, columns, strict=False)
        ]
        return list(zip(*converted, strict=True))


def _default(field: Any) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return None if field.default is MISSING else field.default


def _field_codec(name: str, hint: Any) -> FieldCodec:
    plain, optional = _without_none(hint)
    storage, encode, decode = _column_form(plain)
    if optional:
        encode, decode = _or_none(encode), _or_none(decode)
    return FieldCodec(name, storage, optional, encode, decode)


def _without_none(hint: Any) -> tuple[Any, bool]:
    """``X | None`` → (X, True)."""
    parts = get_args(hint)
    if NoneType not in parts:
        return hint, False
    (plain,) = (part for part in parts if part is not NoneType)
    return plain, True


def _or_none(convert: Convert | None) -> Convert | None:
    if convert is None:
        return None
    return lambda value: None if value is None else convert(value)


def _column_form(hint: Any) -> tuple[type, Convert | None, Convert | None]:
    if hint in (int, float, str):
        return hint, None, None
    if hint is bool:
        return int, int, bool
    if hint is datetime:
        return str, datetime.isoformat, datetime.fromisoformat
    if hint is date:
        return str, date.isoformat, date.fromisoformat
    if hint is time:
        return str, _time_text, time.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str, attrgetter("value"), {member.value: member for member in hint}.__getitem__
    if get_origin(hint) is tuple and get_args(hint)[0] is int:
        return str, _ids_text, _ids_of
    to_plain, from_plain = _json_form(hint)
    return (
        str,
        lambda value: json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":")),
        lambda text: from_plain(json.loads(text)),
    )


def _time_text(value: time) -> str:
    return (
        value.isoformat("minutes")
        if value == value.replace(second=0, microsecond=0)
        else (value.isoformat())
    )


@lru_cache(maxsize=4096)
def _ids_text(ids: tuple[int, ...]) -> str:
    return ",".join(map(str, ids))


@lru_cache(maxsize=4096)
def _ids_of(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(","))) if text else ()


ids_of = _ids_of


def _json_form(hint: Any) -> tuple[Convert, Convert]:
    """Functions to and from what JSON can say, for tuples and nested dataclasses."""
    if get_origin(hint) is tuple:
        to_plain, from_plain = _json_form(get_args(hint)[0])
        return (
            lambda values: [to_plain(v) for v in values],
            lambda plain: tuple(from_plain(p) for p in plain),
        )
    if is_dataclass(hint):
        return _json_object(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return attrgetter("value"), hint
    if hint in (int, float, str, bool):
        return hint, hint
    raise TypeError(f"no column form for {hint!r}")


def _json_object(entity: Any) -> tuple[Convert, Convert]:
    """A nested value as an object that names only what differs from the default."""
    hints = get_type_hints(entity)
    forms = {f.name: _json_form(hints[f.name]) for f in fields(entity)}
    defaults = {f.name: _default(f) for f in fields(entity)}

    def to_plain(value: Any) -> dict[str, Any]:
        return {
            name: forms[name][0](getattr(value, name))
            for name in forms
            if getattr(value, name) != defaults[name]
        }

    def from_plain(plain: dict[str, Any]) -> Any:
        return entity(**{name: forms[name][1](part) for name, part in plain.items()})

    return to_plain, from_plain
