"""排名 from a roster's 序号.

A file that lists the office gives the ranks: its 序号, or the order of its rows where 序号
starts again for each group. A file that lists only some of the people ranks nobody anew;
its new people follow after the last.
"""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_study.domain.people import Person
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records


def new_ranks(
    records: Records,
    given: Sequence[int | None],
    found: Sequence[Person | None],
    stored: Sequence[Person],
    proposal: Proposal,
) -> dict[int, int]:
    """Record → rank: for every new person, and for stored ones when the file ranks."""
    usable = list(records.usable())
    told = [given[at] for at in usable]
    fresh = [at for at in usable if found[at] is None]
    ranks: dict[int, int] = {}
    if any(rank is not None for rank in told):
        present = sum(1 for p in stored if p.left is None)
        if 2 * len(usable) < present + len(fresh):
            proposal.notes.append("文件里只有一部分人员，“序号”没有当作排名，新来的排在最后")
        elif None not in told and len(set(told)) == len(told):
            return {at: rank for at, rank in zip(usable, told, strict=True) if rank is not None}
        else:
            proposal.notes.append("“序号”有重复或空缺，排名按文件里的先后")
            return {at: place for place, at in enumerate(usable, start=1)}
    last = max((p.rank for p in stored), default=0)
    ranks.update((at, last + place) for place, at in enumerate(fresh, start=1))
    return ranks
