"""A sample office: the same people, sessions and records every time, around one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bulletin_study.domain.errors import NotEmpty
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import TALK, SessionStatus
from bulletin_study.domain.settings import Unit
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.closing import fix_ordinals, load_closings
from bulletin_study.usecases.demo_make_ups import put_make_ups
from bulletin_study.usecases.demo_meetings import WEEKS_AHEAD, Meeting, first_monday, put_meetings
from bulletin_study.usecases.demo_people import put_people
from bulletin_study.usecases.demo_records import put_sign_ins, put_words
from bulletin_study.usecases.demo_talks import put_talks
from bulletin_study.usecases.holidays import calendar_between
from bulletin_study.usecases.loading import load_kinds, load_roster
from bulletin_study.usecases.ports import UnitOfWork

LABEL = "装入示例数据"
_WAIVER = "一人调离，感想没有收齐"
_UNIT = Unit(
    id=1,
    name="中共青石县委组织部",
    short_name="县委组织部",
    head_line="青石组工简报",
    distribution="报：市委组织部\n送：县委常委\n发：各镇（街道）党（工）委，县直各部门党组织",
)


@dataclass(frozen=True, slots=True)
class DemoMade:
    """What was made; ``people`` are on the roster today."""

    committed: Committed
    people: int
    sessions: int
    today: date


def fill_demo(unit: UnitOfWork, today: date) -> DemoMade:
    """Fill an empty database with the sample office, as one operation.

    Sessions before ``today`` took place, most are archived, the latest still lack something.
    Raises ``NotEmpty`` when there are people already.
    """
    stored = unit.all(Person)
    if stored:
        raise NotEmpty(len(stored))
    monday = today - timedelta(days=today.weekday())
    first, last = first_monday(monday), monday + timedelta(weeks=WEEKS_AHEAD + 1)
    unit.put(_UNIT)
    put_people(unit, monday, first)
    roster = load_roster(unit)
    kinds = {kind.name: kind for kind in load_kinds(unit).values()}
    calendar = calendar_between(unit, first, last)
    meetings = put_meetings(unit, today, calendar, kinds, roster)
    talks = put_talks(unit, meetings, roster, monday, today)
    held = [m for m in meetings if m.session.status is SessionStatus.HELD]
    held_ids = {m.session.id for m in held}
    spoken = [talk for talk in talks if talk.session_id in held_ids]
    lists = put_sign_ins(unit, held, roster, spoken)
    waived = _waived(held)
    put_words(unit, held, roster, spoken, lists, waived)
    put_make_ups(unit, held, roster, lists, today)
    _archive(unit, held, waived)
    committed = unit.commit(LABEL)
    return DemoMade(committed, len(roster.on(today)), len(meetings), today)


def _waived(held: Sequence[Meeting]) -> int:
    """The session that was archived with something missing: an early 每周一讲."""
    talks = [m.session.id for m in held if m.is_a(TALK)]
    return talks[len(talks) // 4] if len(talks) > 1 else 0


def _archive(unit: UnitOfWork, held: Sequence[Meeting], waived: int) -> None:
    """Archive what lacks nothing, and the one that was let off."""
    done = []
    for closing in load_closings(unit, [m.session for m in held]):
        if not closing.lacking:
            done.append(replace(closing.session, archived=True))
        elif closing.session.id == waived:
            done.append(replace(closing.session, archived=True, waiver=_WAIVER))
    unit.put(*done)
    fix_ordinals(unit, [session.id for session in done])
