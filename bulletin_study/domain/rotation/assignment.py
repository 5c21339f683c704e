"""Minimum-cost assignment in pure Python: shortest augmenting paths with potentials.

``u[row] + v[column] <= cost`` everywhere and ``=`` on the assignment proves that it is as
cheap as any. Every other cheapest assignment uses such tight cells only, so that ties are
broken exactly, by exchanging along tight cells, without touching the costs.
"""

from __future__ import annotations

from collections.abc import Sequence

FORBIDDEN = 1 << 90
"""The cost of a cell that may not be used; the sum of all others must stay below."""


def cheapest(
    costs: Sequence[Sequence[int]],
    guess: Sequence[int] | None = None,
    potentials: Sequence[int] | None = None,
    matter: int | None = None,
) -> list[int]:
    """A distinct column for each row, at the least total cost.

    ``costs`` is square. Among equally cheap answers the lexicographically smallest list of
    columns is given, of the first ``matter`` rows if not of all (the rest fill the square).
    ``guess`` (a column per row) with column ``potentials`` speeds the search up when it is
    nearly right, and never changes the answer.

    Raises ``ValueError`` when forbidden cells leave no assignment.
    """
    size = len(costs)
    v = list(potentials) if potentials is not None else [0] * size
    least: dict[int, int] = {}
    # Rows that fill the square are one and the same object.
    for row_costs in costs:
        if id(row_costs) not in least:
            least[id(row_costs)] = min(map(int.__sub__, row_costs, v))
    u = [least[id(row_costs)] for row_costs in costs]
    row_of: list[int | None] = [None] * size
    waiting: list[int] = []
    half = FORBIDDEN // 2
    for row, column in enumerate(guess if guess is not None else range(size)):
        if row_of[column] is None and costs[row][column] - v[column] == u[row] < half:
            row_of[column] = row
        else:
            waiting.append(row)
    column_of = [-1] * size
    for column, taken in enumerate(row_of):
        if taken is not None:
            column_of[taken] = column
    for row in waiting:
        _augment(row, costs, u, v, row_of, column_of)
    rows = size if matter is None else matter
    if any(costs[row][column_of[row]] >= FORBIDDEN for row in range(rows)):
        raise ValueError("no assignment avoids the forbidden cells")
    return _smallest(costs, u, v, column_of, rows)


def _augment(
    start: int,
    costs: Sequence[Sequence[int]],
    u: list[int],
    v: list[int],
    row_of: list[int | None],
    column_of: list[int],
) -> None:
    """Give ``start`` a column along a cheapest path of exchanges; keep the potentials valid."""
    size = len(v)
    distance = [FORBIDDEN << 8] * size
    came = [start] * size
    open_columns = list(range(size))
    closed: list[int] = []
    row, length = start, 0
    while True:
        cells, base = costs[row], length - u[row]
        best, best_at = FORBIDDEN << 9, -1
        for at, column in enumerate(open_columns):
            reached = base + cells[column] - v[column]
            if reached < distance[column]:
                distance[column] = reached
                came[column] = row
            else:
                reached = distance[column]
            if reached < best:
                best, best_at = reached, at
        length = best
        column = open_columns[best_at]
        open_columns[best_at] = open_columns[-1]
        open_columns.pop()
        taken = row_of[column]
        if taken is None:
            break
        closed.append(column)
        row = taken
    u[start] += length
    for done in closed:
        gain = length - distance[done]
        v[done] -= gain
        owner = row_of[done]
        if owner is not None:
            u[owner] += gain
    while True:
        row = came[column]
        row_of[column] = row
        column, column_of[row] = column_of[row], column
        if row == start:
            return


def _smallest(
    costs: Sequence[Sequence[int]],
    u: Sequence[int],
    v: Sequence[int],
    column_of: list[int],
    matter: int,
) -> list[int]:
    """The lexicographically smallest of all equally cheap assignments, in its first rows.

    Row by row, each smaller tight column is tried: it can be had when its present owner
    can be moved, through later rows and tight cells, to the column given up.
    """
    size = len(column_of)
    row_of = [0] * size
    for row, column in enumerate(column_of):
        row_of[column] = row
    for row in range(matter):
        cells, mine = costs[row], u[row]
        for column in range(column_of[row]):
            if cells[column] - v[column] == mine and row_of[column] > row:
                if not _wanted_later(row, column_of[row], costs, u, v):
                    break
                path = _exchange(row, column, costs, u, v, column_of, row_of)
                if path is not None:
                    for mover, target in path:
                        column_of[mover] = target
                        row_of[target] = mover
                    break
    return column_of


def _wanted_later(
    row: int, column: int, costs: Sequence[Sequence[int]], u: Sequence[int], v: Sequence[int]
) -> bool:
    """Whether a later row could take the column that the row would give up."""
    given = v[column]
    return any(costs[r][column] - given == u[r] for r in range(row + 1, len(v)))


def _exchange(
    row: int,
    wanted: int,
    costs: Sequence[Sequence[int]],
    u: Sequence[int],
    v: Sequence[int],
    column_of: Sequence[int],
    row_of: Sequence[int],
) -> list[tuple[int, int]] | None:
    """Moves (row, column) that give ``row`` the wanted column, or ``None``."""
    goal = column_of[row]
    came: dict[int, tuple[int, int]] = {}
    queue = [row_of[wanted]]
    seen = {wanted}
    for at in queue:
        cells, mine = costs[at], u[at]
        for column in range(len(v)):
            if column in seen or cells[column] - v[column] != mine:
                continue
            seen.add(column)
            if column == goal:
                path = [(row, wanted), (at, goal)]
                while at != row_of[wanted]:
                    at, column = came[at]
                    path.append((at, column))
                return path
            if row_of[column] > row:
                came[row_of[column]] = (at, column)
                queue.append(row_of[column])
    return None
