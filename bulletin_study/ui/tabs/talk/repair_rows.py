"""What 调整 would change: the places under the changes that must be taken together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import Breach, PlannedPlace, Rule
from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.usecases.rotation_repair import Mending
from bulletin_study.usecases.rotation_words import breach_words, group_name, reason_words
from bulletin_study.usecases.talk_page import TalkPage
from bulletin_study.usecases.titles import day_text

_MOST_TOLD = 2


@dataclass(frozen=True, slots=True)
class RepairRow:
    """One place of a change; ``chain`` is the change's number, ``taken`` whether it is made.

    ``leads``: the first of its change, where the change is taken or left.
    """

    planned: PlannedPlace
    chain: int
    leads: bool
    taken: bool
    before: str
    after: str
    group: str
    why: str
    several: bool

    @property
    def key(self) -> tuple[int, int]:
        """What names the place."""
        return (self.planned.session_id, self.planned.place)


def repair_groups(
    mending: Mending, page: TalkPage, left: Collection[int]
) -> list[tuple[GroupRow, list[RepairRow]]]:
    """The changes, each under its heading; ``left`` are those that are not to be made."""
    groups = []
    for number, chain in enumerate(mending.chains):
        rows = [
            _row(place, number, place is chain[0], number not in left, page) for place in chain
        ]
        note = "一起换，一起不换" if len(rows) > 1 else ""
        groups.append((GroupRow(number, f"第 {number + 1} 处 · {len(rows)} 位", note), rows))
    return groups


def summary_words(mending: Mending, left: Collection[int], remaining: Sequence[Breach],
                  roster: Roster) -> str:  # fmt: skip
    """How much is changed, and what is wrong all the same."""
    taken = [c for number, c in enumerate(mending.chains) if number not in left]
    places = sum(place.changed for chain in taken for place in chain)
    if not mending.chains:
        lead = "公布的安排不用换人。" if mending.idle else "不用换人，组室的先后照公布的办。"
    else:
        made = f"改 {len(taken)} 处、{places} 位，其余照公布的办。"
        lead = made if taken else "一处也不改。"
    if not remaining:
        return lead
    told = "".join(breach_words(b, roster) for b in remaining[:_MOST_TOLD])
    more = f"等 {len(remaining)} 处" if len(remaining) > _MOST_TOLD else ""
    return f"{lead}还要你来定：{told}{more}"


def columns() -> list[Column[RepairRow]]:
    """The columns of the preview."""

    def day(row: RepairRow) -> Cell:
        place = f"第{row.planned.place}位" if row.several else ""
        return Cell(day_text(row.planned.day), second=place)

    def before(row: RepairRow) -> Cell:
        return Cell(row.before, tone="text2" if row.taken else "text")

    def after(row: RepairRow) -> Cell:
        changed = row.planned.changed and row.taken
        return Cell(row.after or "还没人讲", second=row.group, bold=changed,
                    tone="text" if changed else "text3",
                    fill="blue" if changed and row.after else "")  # fmt: skip

    def why(row: RepairRow) -> Cell:
        return Cell(row.why, tone="text2", tip=row.why)

    def take(row: RepairRow) -> Cell:
        if not row.leads:
            return Cell("")
        word, tone, shape = ("改", "green", "check") if row.taken else ("不改", "neutral", "cross")
        return Cell(word, tone=tone, shape=shape, button="不改这处" if row.taken else "改这处",
                    tip="空格键也可以")  # fmt: skip

    return [
        Column("day", "日期", day, width=96, sortable=False),
        Column("before", "公布的", before, width=84, sortable=False),
        Column("after", "改为", after, width=104, sortable=False),
        Column("why", "依据", why, least=140, most=1200, sortable=False),
        Column("take", "", take, width=148, sortable=False),
    ]


def _row(place: PlannedPlace, number: int, leads: bool, taken: bool, page: TalkPage) -> RepairRow:
    roster = page.roster
    after = roster.people[place.speaker_id].name if place.speaker_id is not None else ""
    was = roster.people[place.was_id].name if place.was_id is not None else ""
    turn = group_name(roster, place.group_id) if place.speaker_id is not None else ""
    several = place.session_id in page.many
    return RepairRow(
        place, number, leads, taken, was, after, turn, _why(place, roster), several
    )


def _why(place: PlannedPlace, roster: Roster) -> str:
    """原定谁、为什么；由谁来、从哪来."""
    if not place.changed:
        return f"人不变，改算第 {place.round} 轮"
    wanted = (Rule.REPAIRED, Rule.MOVED_HERE, Rule.LONGEST_WAIT, Rule.LONG_WAIT, Rule.NOBODY)
    told = [reason_words(r, roster, place.day)[1] for r in place.reasons if r.rule in wanted]
    return "；".join(told)
