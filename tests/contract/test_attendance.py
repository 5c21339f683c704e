"""Sign-in through the store: marks, pre-marks, frozen lists, figures that add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import ARCHIVED, BeforeEntry, NotFound, WrongStatus
from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Group,
    Membership,
    Person,
    Role,
)
from bulletin_study.domain.sessions import SessionKindLink, SessionStatus, StudySession
from bulletin_study.usecases.attendance import MarkEntry, correct_list, mark, mark_rest_present
from bulletin_study.usecases.closing import archive, hold, reopen
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.groups import move_person
from bulletin_study.usecases.people import add_person, edit_person, leave
from bulletin_study.usecases.ports import Office
from bulletin_study.usecases.sign_in_list import load_sign_in
from tests.helpers import make_office

DAY = date(2026, 11, 23)


def furnish(office: Office) -> None:
    """Two groups of two, a leader, one on maternity leave, one travelling, one session."""
    with office.unit() as unit:
        unit.put(
            Person(1, "秦维新", 1, role=Role.LEADER),
            Person(2, "王立言", 2, "001"),
            Person(3, "周敏之", 3, "002"),
            Person(4, "罗婉清", 4, "003"),
            Person(5, "曾向阳", 5, "004"),
            Person(6, "石小满", 6, "005", joined=date(2026, 12, 1)),
        )
        unit.put(Group(1, "办公室", 1), Group(2, "干部组", 2))
        unit.put(
            Membership(1, 2, 1),
            Membership(2, 3, 1),
            Membership(3, 4, 2),
            Membership(4, 5, 2),
            Membership(5, 6, 2),
        )
        unit.put(
            Absence(1, 4, AbsenceKind.MATERNITY, date(2026, 10, 8), date(2027, 3, 14)),
            Absence(2, 5, AbsenceKind.TRAVEL, DAY, DAY, "省里开会"),
        )
        unit.put(StudySession(1, DAY, time(9), time(10)))
        unit.put(SessionKindLink(1, 1))
        unit.commit("准备")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = make_office(tmp_path / "store.sqlite3", today=DAY)
    furnish(store)
    yield store
    store.close()


def marks(office: Office, session_id: int = 1) -> dict[int, Mark | None]:
    with office.view() as unit:
        return {row.person_id: row.mark for row in load_sign_in(unit, session_id).rows}


def test_the_list_is_the_audience_of_the_day_with_pre_marks(office: Office) -> None:
    assert marks(office) == {
        1: None,
        2: None,
        3: None,
        4: Mark.EXEMPT,
        5: Mark.OFFICIAL,
    }, "石小满 joins later and is not on it"
    with office.view() as unit:
        sign_in = load_sign_in(unit, 1)
    assert sign_in.headcount.expected == 4
    assert next(r.reason for r in sign_in.rows if r.person_id == 5) == "出差：省里开会"


def test_the_rest_present_leaves_pre_marks_and_exceptions_alone(office: Office) -> None:
    with office.unit() as unit:
        mark_rest_present(unit, 1, exceptions=[MarkEntry(3, Mark.LEAVE, "孩子开家长会")])
    assert marks(office) == {
        1: Mark.PRESENT,
        2: Mark.PRESENT,
        3: Mark.LEAVE,
        4: Mark.EXEMPT,
        5: Mark.OFFICIAL,
    }


def test_one_group_can_be_marked_alone(office: Office) -> None:
    with office.unit() as unit:
        mark_rest_present(unit, 1, group_id=1)
    assert marks(office)[2] is Mark.PRESENT
    assert marks(office)[1] is None


def test_a_hand_overrules_a_pre_mark_and_an_exemption(office: Office) -> None:
    with office.unit() as unit:
        mark(unit, 1, [MarkEntry(5, Mark.PRESENT, "提前回来"), MarkEntry(4, Mark.PRESENT, "到会")])
    with office.view() as unit:
        sign_in = load_sign_in(unit, 1)
    assert sign_in.headcount.came == 2
    assert sign_in.headcount.expected == 5, "who was exempt and came is expected again"


def test_nobody_is_marked_before_joining(office: Office) -> None:
    with office.unit() as unit, pytest.raises(BeforeEntry):
        mark(unit, 1, [MarkEntry(6, Mark.PRESENT)])
    assert 6 not in marks(office)


def test_a_cancelled_session_takes_no_marks(office: Office) -> None:
    with office.unit() as unit:
        unit.put(StudySession(1, DAY, time(9), time(10), status=SessionStatus.CANCELLED))
        unit.commit("取消")
    with office.unit() as unit, pytest.raises(WrongStatus):
        mark(unit, 1, [MarkEntry(2, Mark.PRESENT)])


def test_who_is_not_on_the_list_sits_in_or_is_not_written_down(office: Office) -> None:
    with office.unit() as unit:
        unit.remove(SessionKindLink(1, 1))
        unit.put(SessionKindLink(1, 4))  # 部务会 expects leaders only
        unit.commit("部务会")
    for away in (None, Mark.LEAVE, Mark.ABSENT):
        with office.unit() as unit, pytest.raises(NotFound):
            mark(unit, 1, [MarkEntry(2, away)])
    with office.unit() as unit:
        told = mark(unit, 1, [MarkEntry(2, Mark.PRESENT)]).label
    assert told.endswith("王立言标为“列席”"), "what was written down, not what was asked for"
    assert marks(office) == {1: None, 2: Mark.OBSERVER}
    with office.unit() as unit, pytest.raises(NotFound):
        mark(unit, 1, [MarkEntry(2, Mark.ABSENT)])


def test_somebody_expected_who_was_put_down_as_sitting_in_is_marked_again(office: Office) -> None:
    for made, came in ((Mark.OBSERVER, 0), (Mark.PRESENT, 1)):
        with office.unit() as unit:
            mark(unit, 1, [MarkEntry(2, made)], hold=True)
        with office.view() as unit:
            headcount = load_sign_in(unit, 1).headcount
        assert (headcount.came, headcount.expected) == (came, 3 + came)


def test_signing_in_on_the_day_records_that_it_took_place(office: Office) -> None:
    with office.unit() as unit:
        mark(unit, 1, [MarkEntry(2, Mark.PRESENT)], hold=True)
    with office.view() as unit:
        session = unit.get(StudySession, 1)
        stored = unit.all(Attendance, session_id=1)
    assert session is not None
    assert session.status is SessionStatus.HELD
    assert len(stored) == 5, "the list froze"


def test_one_mark_on_imported_totals_makes_no_list_of_one(office: Office) -> None:
    with office.unit() as unit:
        totals = {"expected_total": 10, "present_total": 8, "leave_total": 2}
        unit.put(StudySession(1, DAY, time(9), time(10), status=SessionStatus.HELD, **totals))
        unit.commit("导入")
    with office.view() as unit:
        (before,) = [kind for kind in count(unit, DAY, DAY).counts.kinds if kind.held]
    assert (before.expected, before.rate.numerator, before.rate.denominator) == (10, 8, 10)
    with office.unit() as unit:
        mark(unit, 1, [MarkEntry(2, Mark.PRESENT)])
    with office.view() as unit:
        headcount = load_sign_in(unit, 1).headcount
        (after,) = [kind for kind in count(unit, DAY, DAY).counts.kinds if kind.held]
    assert (headcount.expected, headcount.came, headcount.unmarked) == (4, 1, 2)
    assert after.incomplete_ids == (1,), "no rate from a list that is not complete"
    assert after.rate.denominator == 0
    with office.view() as unit:
        assert len(unit.all(Attendance, session_id=1)) == 5, "the list froze"


def test_roster_changes_after_the_list_froze_are_offered_not_forced(office: Office) -> None:
    with office.unit() as unit:
        hold(unit, [1])
    with office.unit() as unit:
        unit.put(Person(7, "白若云", 7, "006"), Membership(7, 7, 1))
        unit.put(Person(3, "周敏之", 3, "002", left=date(2026, 11, 20)))
        unit.commit("名单变动")
    with office.view() as unit:
        sign_in = load_sign_in(unit, 1)
    assert 7 not in {row.person_id for row in sign_in.rows}
    assert (sign_in.added, sign_in.dropped) == ((7,), (3,))
    with office.unit() as unit:
        correct_list(unit, 1, add=[7], drop=[3])
    with office.view() as unit:
        sign_in = load_sign_in(unit, 1)
    assert {row.person_id for row in sign_in.rows} == {1, 2, 4, 5, 7}
    assert (sign_in.added, sign_in.dropped) == ((), ())


def test_kinds_held_together_share_the_sign_in_and_count_apart(office: Office) -> None:
    with office.unit() as unit:
        unit.put(SessionKindLink(1, 4))  # 部务会 expects leaders only
        unit.commit("同开")
    with office.unit() as unit:
        mark_rest_present(unit, 1, hold=True)
    with office.view() as unit:
        sign_in = load_sign_in(unit, 1)
    assert sign_in.headcount.expected == 4
    assert sign_in.headcount_for(4).expected == 1
    assert sign_in.headcount_for(1).expected == 4


steps = st.lists(
    st.one_of(
        st.tuples(st.just("mark"), st.integers(1, 5), st.sampled_from([None, *Mark])),
        st.tuples(st.just("rest"), st.sampled_from([None, 1, 2]), st.none()),
        st.tuples(st.just("hold"), st.just(1), st.none()),
        st.tuples(st.just("move"), st.integers(2, 5), st.sampled_from([1, 2])),
        st.tuples(st.just("leave"), st.integers(2, 5), st.sampled_from(list(AbsenceKind))),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps)
def test_the_figures_add_up_whatever_happens(
    steps: list[tuple[str, int, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = make_office(tmp_path_factory.mktemp("s") / "store.sqlite3", today=DAY)
    try:
        furnish(store)
        for number, (what, who, how) in enumerate(steps):
            with store.unit() as unit:
                match what:
                    case "mark":
                        mark(unit, 1, [MarkEntry(who, how)])  # type: ignore[arg-type]
                    case "rest":
                        mark_rest_present(unit, 1, group_id=who)
                    case "hold":
                        hold(unit, [1])
                    case "move":
                        unit.put(Membership(100 + number, who, how))  # type: ignore[arg-type]
                        unit.commit("换组")
                    case _:
                        unit.put(Absence(100 + number, who, how, DAY))  # type: ignore[arg-type]
                        unit.commit("登记")
            with store.view() as unit:
                sign_in = load_sign_in(unit, 1)
                c = sign_in.headcount
                figures = count(unit, DAY, DAY).counts
            assert c.expected == c.came + c.leave + c.official + c.absent + c.unmarked
            assert c.expected == len([r for r in sign_in.rows if r.expected_by])
            if sign_in.session.status is SessionStatus.HELD:
                kind = figures.kinds[0]
                assert (kind.expected, kind.present) == (c.expected, c.came)
                assert sum(g.headcount.expected for g in figures.groups) == c.expected
                assert sum(p.headcount.expected for p in figures.people) == c.expected
    finally:
        store.close()


def test_a_mark_made_ahead_follows_the_roster_of_the_day(office: Office) -> None:
    """Leave asked for before a move, a departure and a change of roles: the line is the
    person's, its group and its kinds are the day's."""
    entries = [MarkEntry(p, Mark.LEAVE, "探亲") for p in (2, 3, 4)]
    with office.unit() as unit:
        mark(unit, 1, entries)
    with office.unit() as unit:
        move_person(unit, 2, 2, DAY)
    with office.unit() as unit:
        leave(unit, 3, DAY - timedelta(days=1))
    with office.unit() as unit:
        hold(unit, [1])
    with office.view() as unit:
        rows = {row.person_id: row for row in load_sign_in(unit, 1).rows}
        assert (rows[2].group_id, rows[2].mark, rows[2].reason) == (2, Mark.LEAVE, "探亲")
        assert 3 not in rows
        assert rows[4].expected_by, "overruled by hand, she stays expected"
        assert unit.all(Attendance, session_id=1, person_id=3) == []


def test_who_came_later_is_not_offered_for_what_took_place_before(office: Office) -> None:
    furnish(office)
    with office.unit() as unit:
        mark_rest_present(unit, 1, hold=True)
    with office.unit() as unit:
        add_person(unit, Person(0, "单立新", 0))
        new = max(p.id for p in unit.all(Person))
    with office.view() as unit:
        assert load_sign_in(unit, 1).added == (new,), "nothing says since when"
    with office.unit() as unit:
        move_person(unit, new, 1, DAY + timedelta(days=2))
    with office.view() as unit:
        sign_in = load_sign_in(unit, 1)
        assert (sign_in.added, sign_in.dropped) == ((), ())
    with office.unit() as unit:
        stored = unit.get(Person, new)
        assert stored is not None
        edit_person(unit, stored, replace(stored, joined=DAY))
    with office.view() as unit:
        assert load_sign_in(unit, 1).added == (new,), "入部日期 says more than the group"


def test_an_archived_sign_in_is_reopened_before_it_is_changed(office: Office) -> None:
    with office.unit() as unit:
        mark_rest_present(unit, 1, hold=True)
    with office.unit() as unit:
        archive(unit, 1, anyway=True, why="主题没有记")
    before = marks(office)
    with office.unit() as unit, pytest.raises(WrongStatus) as refused:
        mark(unit, 1, [MarkEntry(2, None)])
    assert refused.value.status == ARCHIVED
    assert marks(office) == before
    with office.unit() as unit:
        reopen(unit, 1)
    with office.unit() as unit:
        mark(unit, 1, [MarkEntry(2, Mark.LATE)])
    assert marks(office)[2] is Mark.LATE
