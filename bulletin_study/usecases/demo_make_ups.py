"""补学 of the sample office: nearly all made up in time, some under way, the latest overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bulletin_study.domain.make_ups import Debt, MakeUp, debts
from bulletin_study.domain.people import Roster
from bulletin_study.usecases.demo_meetings import Meeting
from bulletin_study.usecases.demo_records import Lists
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.settings import MAKE_UP_DAYS

_LEFT_OVERDUE = 3
"""So many of the latest whose time is over are still open."""

_NOTES = (
    "补看了录像，对照条款查了自己经手的两份材料，改了一处表述。",
    "读完讲稿，最有用的是办理时限一节，已经抄进工作手册。",
    "自学了原文，和组里同事讨论后，把流程图补进了台账。",
    "听同组同志转述并读了讲义，明白了这项规定防的是什么风险。",
    "补学以后，把涉及本岗位的三条要求列成清单，贴在桌前。",
    "看了录像，记了笔记。今后出差前先把当周的材料带上。",
    "交来手写心得一页，已归入本场材料。",
)


def put_make_ups(
    unit: UnitOfWork, held: Sequence[Meeting], roster: Roster, lists: Lists, today: date
) -> None:
    """Store them (not committed here), worked out from the sign-ins by the rule itself."""
    owed: list[tuple[Debt, Meeting]] = []
    for meeting in held:
        session_id = meeting.session.id
        found = debts(meeting.session, meeting.kinds, lists[session_id], (), roster,
                      days=MAKE_UP_DAYS.default, today=today)  # fmt: skip
        owed += ((debt, meeting) for debt in found)
    past = [(debt, meeting) for debt, meeting in owed if debt.due < today]
    recent = [(debt, meeting) for debt, meeting in owed if debt.due >= today]
    late = [pair for pair in past if pair[0].waits][-_LEFT_OVERDUE:]
    made = [_cleared(*pair, at) for at, pair in enumerate(past) if pair not in late]
    made += [_handed_out(*pair) for pair in late[1:]]
    made += [_under_way(*pair, at) for at, pair in enumerate(recent) if at % 4 != 3]
    ids = unit.new_ids(MakeUp, len(made)) if made else ()
    unit.put(*(replace(one, id=new) for one, new in zip(made, ids, strict=True)))


def _handed_out(debt: Debt, meeting: Meeting) -> MakeUp:
    theme = meeting.session.theme
    return MakeUp(0, debt.session_id, debt.person_id, f"《{theme}》讲稿和录像" if theme else "录像")


def _cleared(debt: Debt, meeting: Meeting, at: int) -> MakeUp:
    """Made up within the time for it."""
    day = debt.day + timedelta(days=3 + at * 5 % (MAKE_UP_DAYS.default - 3))
    note = _NOTES[at % len(_NOTES)]
    return replace(_handed_out(debt, meeting), note=note, cleared=day)


def _under_way(debt: Debt, meeting: Meeting, at: int) -> MakeUp:
    one = _handed_out(debt, meeting)
    return replace(one, note=_NOTES[at % len(_NOTES)]) if at % 2 else one
