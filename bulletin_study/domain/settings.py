"""The office that owns the data, and what it has set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """单位: ``head_line`` heads its briefs, ``distribution`` lists 报/送/发, a line each."""

    id: int
    name: str
    short_name: str = ""
    head_line: str = ""
    distribution: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing the office has set, as text under a dotted key."""

    key: str
    value: str
