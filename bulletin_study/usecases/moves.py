"""What becomes of somebody's memberships when the group changes from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bulletin_study.domain.people import Membership, Person, covers


def moved(
    person: Person,
    spans: Sequence[Membership],
    group_id: int | None,
    start: date,
    fresh: int,
) -> tuple[list[Membership], list[Membership]]:
    """The memberships to put and to remove so that the person is in ``group_id`` from ``start``.

    What is in force ends the day before, or goes when it would have begun no earlier; moves
    already set for later days stay. ``fresh`` is the id for the new membership. Both lists
    are empty when the person is in that group already.
    """
    running = [m for m in spans if covers(m.start, m.end, start)]
    if [m.group_id for m in running] == ([] if group_id is None else [group_id]):
        return [], []
    begins: date | None = start
    puts: list[Membership] = []
    removes: list[Membership] = []
    for m in running:
        first = m.start or person.joined
        if first is not None and first >= start:
            removes.append(m)
            begins = m.start
        else:
            puts.append(replace(m, end=start - timedelta(days=1)))
    if group_id is not None:
        later = [m.start for m in spans if m.start is not None and m.start > start]
        end = min(later) - timedelta(days=1) if later else person.left
        puts.append(Membership(fresh, person.id, group_id, begins, end))
    return puts, removes
