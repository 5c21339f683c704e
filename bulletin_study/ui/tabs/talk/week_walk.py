"""Where the keys lead on the board: from card to card, from session to session."""

from __future__ import annotations

from bulletin_study.ui.tabs.talk.week_plan import WeekPlan
from bulletin_study.usecases.talk_page import Spot, TalkLine


def edge_card(plan: WeekPlan, *, last: bool) -> Spot | None:
    """The first card of the first session that has one, or of the last."""
    columns = range(len(plan.columns))
    for column in reversed(columns) if last else columns:
        for row in plan.cells:
            if row[column]:
                return row[column][0].key
    return None


def next_card(plan: WeekPlan, key: Spot | None, down: int, right: int) -> Spot | None:
    """The next card: along the column, or in the nearest row of the next column that has one;
    ``None`` at an edge."""
    found = plan.find(key)
    if found is None:
        return edge_card(plan, last=False)
    row, column, number = found
    if down:
        keys = [line.key for cells in plan.cells for line in cells[column]]
        at = keys.index(plan.cells[row][column][number].key) + down
        return keys[at] if 0 <= at < len(keys) else None
    column += right
    while 0 <= column < len(plan.columns):
        near = sorted(range(len(plan.rows)), key=lambda r: abs(r - row))
        cards = next((c for r in near if (c := plan.cells[r][column])), None)
        if cards:
            return cards[min(number, len(cards) - 1)].key
        column += right
    return None


def next_place(plan: WeekPlan, line: TalkLine, down: int) -> TalkLine | None:
    """The next place of the same session."""
    own = sorted(
        (
            other
            for row in plan.cells
            for cell in row
            for other in cell
            if other.row.session.id == line.row.session.id
        ),
        key=lambda other: other.row.place,
    )
    at = own.index(line) + down
    return own[at] if 0 <= at < len(own) else None


def next_session(plan: WeekPlan, session_id: int, right: int) -> int | None:
    """The next session that can still be planned, none held between."""
    column = plan.column_of(session_id)
    while column is not None and 0 <= column + right < len(plan.columns):
        column += right
        target = plan.columns[column]
        if target.movable:
            return target.session.id
        if target.past:
            return None
    return None
