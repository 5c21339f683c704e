"""What planned sessions may still make of a rate: over all that is planned, and at best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bulletin_study.domain.attendance import expected_list
from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import SessionKind
from bulletin_study.domain.tally_facts import Ahead, CountedSession, Rate


def expected_ahead(
    roster: Roster, kinds: Sequence[SessionKind], sessions: Iterable[CountedSession]
) -> Ahead:
    """Whom the sessions not yet held will expect, as the roster is known today.

    Somebody on leave that day is expected all the same; somebody exempt is not.
    """
    by_kind: Counter[int] = Counter()
    by_group: Counter[int | None] = Counter()
    by_person: Counter[int] = Counter()
    for session in sessions:
        if not session.status.ahead:
            continue
        own = [kind for kind in kinds if kind.id in session.kind_ids]
        for row in expected_list(roster, session.id, session.day, own):
            if row.expected_by:
                by_kind.update(row.expected_by)
                by_group[row.group_id] += 1
                by_person[row.person_id] += 1
    return Ahead(by_kind, by_group, by_person)


class WithOutlook:
    """Mixed into figures with a ``rate`` and, in ``ahead``, what is still to come of the same
    people in the period. Sessions with 未签 are in neither of these rates either."""

    __slots__ = ()
    rate: Rate
    ahead: int

    @property
    def rate_over_planned(self) -> Rate:
        """到会率 over what is planned too: present ÷ (expected so far + still ahead)."""
        return Rate(self.rate.numerator, self.rate.denominator + self.ahead)

    @property
    def highest_possible(self) -> Rate:
        """The 到会率 if everybody came to all that is still ahead."""
        return Rate(self.rate.numerator + self.ahead, self.rate.denominator + self.ahead)
