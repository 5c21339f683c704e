"""补学: who owes it, until when, how far one has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import Attendance, Mark, headcount_of
from bulletin_study.domain.kinds import BUILT_IN_KINDS
from bulletin_study.domain.make_ups import MISSED, Debt, MakeUp, MakeUpState, debts
from bulletin_study.domain.people import Person, Roster
from bulletin_study.domain.sessions import SessionKind, SessionStatus, StudySession

DAY = date(2026, 11, 2)
STUDY, TALK = BUILT_IN_KINDS[:2]
OFFICE = BUILT_IN_KINDS[3]
SESSION = StudySession(1, DAY, time(9), time(10), status=SessionStatus.HELD)
LEFT = date(2026, 11, 9)
PEOPLE = Roster([Person(3, "丙", 1), Person(1, "甲", 2), Person(2, "乙", 3, left=LEFT)])


def owed(
    marks: Sequence[Attendance],
    noted: Sequence[MakeUp] = (),
    *,
    kinds: Sequence[SessionKind] = (STUDY,),
    session: StudySession = SESSION,
    today: date = DAY,
    days: int = 14,
) -> list[Debt]:
    return debts(session, kinds, marks, noted, PEOPLE, days=days, today=today)


def row(person: int, mark: Mark | None, by: tuple[int, ...] = (1,)) -> Attendance:
    return Attendance(1, person, 1, by, mark, "看病")


@pytest.mark.parametrize(
    ("mark", "owes"),
    [(Mark.PRESENT, False), (Mark.LATE, False), (Mark.LEFT_EARLY, False), (Mark.LEAVE, True),
     (Mark.OFFICIAL, True), (Mark.ABSENT, True), (None, False)],
)  # fmt: skip
def test_only_who_was_away_owes(mark: Mark | None, owes: bool) -> None:
    assert bool(owed([row(1, mark)])) is owes


@pytest.mark.parametrize("mark", [Mark.EXEMPT, Mark.OBSERVER])
def test_who_is_exempt_or_sat_in_owes_nothing(mark: Mark) -> None:
    assert owed([row(1, mark, ())]) == []


def test_only_kinds_that_ask_for_it() -> None:
    asking = replace(TALK, make_up=True)
    silent = replace(STUDY, make_up=False)
    assert owed([row(1, Mark.LEAVE)], kinds=[silent]) == []
    assert owed([row(1, Mark.LEAVE, (2,))], kinds=[TALK]) == []
    assert len(owed([row(1, Mark.LEAVE, (2,))], kinds=[asking])) == 1
    together = [row(1, Mark.LEAVE, (1, 4)), row(2, Mark.LEAVE, (4,))]
    assert [d.person_id for d in owed(together, kinds=[STUDY, OFFICE])] == [1]


@pytest.mark.parametrize("status", [s for s in SessionStatus if s is not SessionStatus.HELD])
def test_what_did_not_take_place_is_owed_by_nobody(status: SessionStatus) -> None:
    assert owed([row(1, Mark.LEAVE)], session=replace(SESSION, status=status)) == []


def test_it_goes_from_open_to_cleared_and_back() -> None:
    made = MakeUp(1, 1, 1)
    steps = (
        (made, MakeUpState.OPEN),
        (replace(made, material="条例第一章"), MakeUpState.HANDED_OUT),
        (replace(made, material="条例第一章", note="学了"), MakeUpState.WRITTEN),
        (replace(made, note="看了录像", cleared=DAY), MakeUpState.CLEARED),
    )
    for one, state in steps:
        (debt,) = owed([row(1, Mark.LEAVE)], [one])
        assert debt.state is state
        assert debt.waits is (state is not MakeUpState.CLEARED)
        assert debt.to_chase is (state in (MakeUpState.OPEN, MakeUpState.HANDED_OUT))


def test_a_corrected_mark_ends_the_debt_and_keeps_what_was_written() -> None:
    made = MakeUp(1, 1, 1, "条例", "学了", cleared=DAY)
    for mark in (Mark.PRESENT, None, Mark.EXEMPT):
        (debt,) = owed([row(1, mark, () if mark is Mark.EXEMPT else (1,))], [made])
        assert (debt.state, debt.note, debt.waits) == (MakeUpState.DROPPED, "学了", False)
    (gone,) = owed([], [made])
    assert gone.state is MakeUpState.DROPPED, "taken off the list"


def test_cleared_stays_cleared_when_the_kind_no_longer_asks_for_it() -> None:
    silent = replace(STUDY, make_up=False)
    made = MakeUp(1, 1, 1, note="学了", cleared=DAY)
    assert owed([row(1, Mark.LEAVE)], [made], kinds=[silent])[0].state is MakeUpState.CLEARED
    noted = replace(made, cleared=None)
    assert owed([row(1, Mark.LEAVE)], [noted], kinds=[silent])[0].state is MakeUpState.DROPPED


def test_the_last_day_is_the_usual_one_unless_set() -> None:
    usual, own = owed([row(3, Mark.LEAVE), row(1, Mark.LEAVE)], [MakeUp(1, 1, 1, due=DAY)], days=10)
    assert usual.due == DAY + timedelta(days=10)
    assert own.due == DAY
    assert [d.days_over(DAY + timedelta(days=10)) for d in (usual, own)] == [0, 10]
    assert usual.days_over(DAY + timedelta(days=11)) == 1


def test_who_left_since_is_shown_and_not_chased() -> None:
    later = date(2026, 12, 31)
    here, gone = owed([row(1, Mark.LEAVE), row(2, Mark.ABSENT)], today=later)
    assert here.days_over(later) == 45
    assert (gone.state, gone.gone, gone.waits) == (MakeUpState.OPEN, True, False)
    assert gone.days_over(later) == 0
    last_day = owed([row(2, Mark.ABSENT)], today=LEFT)
    assert last_day[0].waits, "on the last day still here"


KINDS = st.lists(
    st.sampled_from([replace(kind, make_up=ask) for kind in BUILT_IN_KINDS[:4]
                     for ask in (None, True, False)]),
    max_size=3, unique_by=lambda kind: kind.id,
)  # fmt: skip
MARKS = st.lists(
    st.builds(
        Attendance, st.just(1), st.sampled_from([1, 2, 3]), st.none(),
        st.sampled_from([(), (1,), (2,), (1, 4)]), st.none() | st.sampled_from(Mark),
    ),
    max_size=3, unique_by=lambda r: r.person_id,
)  # fmt: skip
NOTED = st.lists(
    st.builds(
        MakeUp, st.integers(1, 9), st.just(1), st.sampled_from([1, 2, 3]),
        st.sampled_from(["", "材料"]), st.sampled_from(["", "心得"]),
        st.none() | st.dates(DAY, DAY + timedelta(days=40)),
        st.none() | st.dates(DAY, DAY + timedelta(days=40)),
    ),
    max_size=4,
)  # fmt: skip


@given(
    KINDS, MARKS, NOTED, st.sampled_from(SessionStatus), st.integers(1, 60), st.integers(0, 90)
)
def test_the_rules_hold_whatever_was_marked_and_noted(
    kinds: list[SessionKind],
    marks: list[Attendance],
    noted: list[MakeUp],
    status: SessionStatus,
    days: int,
    later: int,
) -> None:
    today = DAY + timedelta(days=later)
    session = replace(SESSION, status=status)
    found = owed(marks, noted, kinds=kinds, session=session, today=today, days=days)
    asking = {kind.id for kind in kinds if kind.owes_make_up}
    must = {
        r.person_id for r in marks
        if status is SessionStatus.HELD and r.mark in MISSED and asking & set(r.expected_by)
    }  # fmt: skip
    by_person = {debt.person_id: debt for debt in found}
    assert set(by_person) == must | {one.person_id for one in noted}, "nothing noted is lost"
    assert max(Counter(d.person_id for d in found).values(), default=1) == 1, "once a session"
    assert [PEOPLE.people[d.person_id].rank for d in found] == sorted(
        PEOPLE.people[d.person_id].rank for d in found
    )
    for debt in found:
        if debt.waits:
            assert debt.person_id in must
            assert not debt.gone
        assert (debt.days_over(today) > 0) is (debt.waits and today > debt.due)
    cleared = sum(debt.state is MakeUpState.CLEARED for debt in found)
    count = headcount_of(marks)
    assert cleared <= count.leave + count.official + count.absent, "never made up what was attended"
