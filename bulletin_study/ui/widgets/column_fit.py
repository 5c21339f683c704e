"""How wide each column of a list is: fixed ones as told, stretching ones share the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bulletin_study.ui.cells import Column
from bulletin_study.ui.theme import theme

_AIR = 32
"""Beside the words of a cell, at the edge of a list."""


def fit_columns(
    columns: Sequence[Column[Any]], room: int, chosen: Mapping[str, int],
    left_out: frozenset[str] = frozenset(), *, drop: bool = True,
) -> dict[str, int]:  # fmt: skip
    """Widths in logical pixels by column name; a column that is missing is not shown.

    ``chosen`` are widths the user dragged. With ``drop`` the droppable columns go, the
    largest ``drop`` first, until the fixed widths and the least widths fit. What is left over
    goes to the stretching columns up to their ``most``, then evenly to all that are not
    figures.
    """
    shown = [column for column in columns if column.name not in left_out]
    while drop and sum(_least(column, chosen) for column in shown) > room:
        victims = [column for column in shown if column.drop > 0]
        if not victims:
            break
        shown.remove(max(victims, key=lambda column: column.drop))
    widths = {column.name: _least(column, chosen) for column in shown}
    spare = room - sum(widths.values())
    if spare < 0 and drop:
        _shrink(shown, widths, -spare)
    elif spare > 0:
        _grow(shown, widths, spare)
    return widths


def width_for(names: Iterable[str], least: int) -> int:
    """How wide a column of these names in bold must be for none to be cut."""
    metrics = theme().metrics(13, bold=True)
    return max([least, *(metrics.horizontalAdvance(name) + _AIR for name in names)])


def _least(column: Column[Any], chosen: Mapping[str, int]) -> int:
    if column.width is None:
        return column.least
    return chosen.get(column.name, column.width)


def _shrink(shown: list[Column[Any]], widths: dict[str, int], need: int) -> None:
    """Nothing more may go: stretching columns give way down to 60 px."""
    for column in shown:
        if column.width is None and need > 0:
            give = min(need, widths[column.name] - 60)
            widths[column.name] -= max(0, give)
            need -= max(0, give)


def _grow(shown: list[Column[Any]], widths: dict[str, int], spare: int) -> None:
    open_ones = [column for column in shown if column.width is None]
    while spare > 0 and open_ones:
        share = max(1, spare // len(open_ones))
        for column in list(open_ones):
            add = min(share, column.most - widths[column.name], spare)
            widths[column.name] += max(0, add)
            spare -= max(0, add)
            if add < share:
                open_ones.remove(column)
    if spare > 0 and shown:
        words = [column for column in shown if not column.right] or list(shown)
        for column in words:
            widths[column.name] += spare // len(words)
        widths[words[-1].name] += spare % len(words)
