"""A half year as offices live it, through the use cases: the figures add up at every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import CAME, Attendance, Headcount, Mark, in_audience
from bulletin_study.domain.errors import NothingToUndo, Refusal
from bulletin_study.domain.people import Absence, AbsenceKind, Group, Membership, Person, Role
from bulletin_study.domain.sessions import (
    Audience,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.absences import add_absence, remove_absence
from bulletin_study.usecases.attendance import MarkEntry, correct_list, mark, mark_rest_present
from bulletin_study.usecases.closing import hold
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.groups import move_person
from bulletin_study.usecases.history import redo, undo
from bulletin_study.usecases.name_list.saving import mark_by_list
from bulletin_study.usecases.people import add_person, edit_person, leave
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.session_list import list_sessions
from bulletin_study.usecases.sign_in_list import SignIn, load_sign_in
from tests.contract.stores import quick_office

EVERYBODY, PARTY, FIRST_GROUP = 1, 70, 71
PEOPLE, GROUPS = range(1, 8), (1, 2)
SESSIONS = {
    1: (date(2026, 4, 6), (EVERYBODY,)),
    2: (date(2026, 5, 11), (EVERYBODY, PARTY)),
    3: (date(2026, 6, 8), (PARTY, FIRST_GROUP)),
    4: (date(2026, 7, 6), (EVERYBODY, PARTY, FIRST_GROUP)),
}
YEAR = (date(2026, 1, 1), date(2026, 12, 31))

Step = tuple[str, Callable[[UnitOfWork], object]]


def furnish(office: SqlOffice) -> None:
    """Seven people (a leader, three members of the party) and four sessions of three kinds."""
    with office.unit() as unit:
        unit.put(*(Group(g, f"第{g}组", g) for g in GROUPS))
        for p in PEOPLE:
            joined = date(2010, 7, 1) if p % 2 else None
            role = Role.LEADER if p == 1 else Role.MEMBER
            unit.put(Person(p, f"第{p}人", p, f"{p:03}", role, party_joined=joined))
        unit.put(*(Membership(p, p, p % 2 + 1) for p in PEOPLE if p > 1))
        unit.put(SessionKind(PARTY, "党员大会", 70, audience=Audience(party_only=True)))
        unit.put(SessionKind(FIRST_GROUP, "第一组学习", 71, audience=Audience(groups=(1,))))
        for session, (day, kinds) in SESSIONS.items():
            unit.put(StudySession(session, day, time(9), time(10)))
            unit.put(*(SessionKindLink(session, kind) for kind in kinds))
        unit.commit("准备")


# ---- what can happen -------------------------------------------------------------------

_session, _person = st.sampled_from(list(SESSIONS)), st.sampled_from(PEOPLE)
_day = st.dates(date(2026, 3, 1), date(2026, 8, 1))
_mark = st.none() | st.sampled_from([m for m in Mark if m is not Mark.OBSERVER])
_entries = st.lists(
    st.builds(MarkEntry, _person, _mark, st.sampled_from(["", "看病"])), max_size=4,
    unique_by=lambda entry: entry.person_id,
)  # fmt: skip


def _leaves(unit: UnitOfWork, person_id: int, last_day: date) -> object:
    return leave(unit, person_id, last_day)


def _comes_back(unit: UnitOfWork, number: int) -> object:
    absences = unit.all(Absence)
    return remove_absence(unit, absences[number % len(absences)]) if absences else None


def _joins_the_party(unit: UnitOfWork, person_id: int, day: date) -> object:
    person = require(unit, Person, "人员", person_id)
    return edit_person(unit, person, replace(person, party_joined=day))


def _corrects(unit: UnitOfWork, session_id: int) -> object:
    sign_in = load_sign_in(unit, session_id)
    return correct_list(
        unit, session_id, add=sign_in.added, drop=sign_in.dropped, regroup=sign_in.regrouped
    )


def _step(name: str, act: Callable[..., object], *given_: st.SearchStrategy[object]) -> object:
    return st.tuples(*given_).map(lambda values: (name, lambda unit: act(unit, *values)))


_signing = st.one_of(
    _step("签到", mark, _session, _entries),
    _step("签到并开展", lambda u, s, e: mark(u, s, e, hold=True), _session, _entries),
    _step("其余全到", mark_rest_present, _session),
    _step("本组其余到", lambda u, s, g: mark_rest_present(u, s, group_id=g), _session,
          st.sampled_from(GROUPS)),
    _step("名单", lambda u, s, e, r: mark_by_list(u, s, e, rest=r, hold=True), _session, _entries,
          st.sampled_from([None, Mark.PRESENT, Mark.ABSENT])),
    _step("开展", lambda u, s: hold(u, [s]), _session),
    _step("更正名单", _corrects, _session),
)  # fmt: skip
_roster = st.one_of(
    _step("调组", move_person, _person, st.none() | st.sampled_from(GROUPS), _day),
    _step("不在岗", lambda u, p, k, a, b: add_absence(u, Absence(0, p, k, min(a, b), max(a, b))),
          _person, st.sampled_from(list(AbsenceKind)), _day, _day),
    _step("回来", _comes_back, st.integers(0, 9)),
    _step("离开", _leaves, _person, _day),
    _step("入党", _joins_the_party, _person, _day),
    _step("新人", lambda u, p, g, d: add_person(u, Person(0, "新人", 9, joined=d), g),
          _person, st.sampled_from(GROUPS), _day),
)  # fmt: skip
_history = st.sampled_from([("撤销", undo), ("恢复", redo)])
_steps = st.lists(st.one_of(_signing, _signing, _roster, _history), min_size=1, max_size=14)


@given(_steps)
def test_the_figures_add_up_after_every_step(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        office = quick_office(Path(folder) / "store.sqlite3")
        furnish(office)
        for name, act in steps:
            before = frozen(office)
            with suppress(Refusal, NothingToUndo), office.unit() as unit:
                act(unit)
            if name in ("调组", "不在岗", "回来", "离开", "入党", "新人"):
                assert frozen(office) == before, f"{name} changed a list of the past"
            with office.view() as unit:
                require_sound(unit)
        office.close()


def frozen(office: SqlOffice) -> list[Attendance]:
    """The sign-ins of the sessions held."""
    with office.view() as unit:
        held = [s.id for s in unit.all(StudySession, status=SessionStatus.HELD)]
        return unit.all(Attendance, session_id=held)


def require_sound(unit: UnitOfWork) -> None:
    """Every figure against a loop over the lists themselves."""
    there = [session.id for session in unit.all(StudySession)]
    sign_ins = {session: load_sign_in(unit, session) for session in there}
    for sign_in in sign_ins.values():
        require_list(sign_in)
    held = {s: i for s, i in sign_ins.items() if i.session.status is SessionStatus.HELD}
    counts = count(unit, *YEAR).counts
    for kind in counts.kinds:
        own = [i.headcount_for(kind.kind.id) for i in held.values() if kind.kind in i.kinds]
        assert kind.expected == sum(one.expected for one in own)
        assert kind.present == sum(one.came for one in own)
        whole = [one for one in own if not one.unmarked]
        assert (kind.rate.numerator, kind.rate.denominator) == (
            sum(one.came for one in whole), sum(one.expected for one in whole),
        )  # fmt: skip
        assert kind.rate_over_planned.numerator <= kind.highest_possible.numerator
    total = sum((i.headcount for i in held.values()), Headcount())
    assert sum((g.headcount for g in counts.groups), Headcount()) == total
    assert sum((p.headcount for p in counts.people), Headcount()) == total
    of_groups = Counter(r.group_id for i in held.values() for r in i.rows if r.expected_by)
    assert {g.group_id: g.headcount.expected for g in counts.groups} == of_groups
    for row in list_sessions(unit, *YEAR):
        if row.session.id in held and row.headcount is not None:
            assert row.headcount == sign_ins[row.session.id].headcount


def require_list(sign_in: SignIn) -> None:
    """应到 = 实到 + 请假 + 公出 + 缺席 + 未签 for every kind, and it is the audience."""
    day, roster = sign_in.session.day, sign_in.roster
    assert len({row.person_id for row in sign_in.rows}) == len(sign_in.rows)
    for row in sign_in.rows:
        if row.mark in (Mark.EXEMPT, Mark.OBSERVER):
            assert row.expected_by == ()
    for kind in sign_in.kinds:
        marks = Counter(r.mark for r in sign_in.rows if kind.id in r.expected_by)
        count_ = sign_in.headcount_for(kind.id)
        came = sum(marks[m] for m in CAME)
        away = marks[Mark.LEAVE], marks[Mark.OFFICIAL], marks[Mark.ABSENT], marks[None]
        assert count_.expected == came + sum(away) == sum(marks.values())
        assert count_.came == came
        if sign_in.session.status.ahead:
            expected = {
                p.id: roster.group_on(p.id, day)
                for p in roster.on(day)
                if in_audience(kind.audience, p, roster.group_on(p.id, day))
            }
            overruled = {r.person_id for r in sign_in.rows if r.mark and not r.premarked}
            listed = {r.person_id: r.group_id for r in sign_in.rows if kind.id in r.expected_by}
            exempt = {p for p in expected if roster.exempt(p, day)}
            assert listed.items() <= expected.items()
            assert expected.keys() - exempt - overruled <= listed.keys()
            assert not (exempt - overruled) & listed.keys()


# ---- a move in June --------------------------------------------------------------------


def test_who_moved_in_june_counts_for_the_old_group_in_may(tmp_path: Path) -> None:
    office = quick_office(tmp_path / "store.sqlite3")
    furnish(office)
    with office.unit() as unit:
        mark_rest_present(unit, 2, hold=True)  # 11 May
    with office.unit() as unit:
        move_person(unit, 3, 1, date(2026, 6, 1))
    with office.unit() as unit:
        mark_rest_present(unit, 4, hold=True)  # 6 July
    assert of_groups(office, 5) == {1: 3, 2: 3, None: 1}
    assert of_groups(office, 7) == {1: 4, 2: 2, None: 1}
    office.close()


def test_a_move_written_down_late_is_offered_and_not_forced(tmp_path: Path) -> None:
    office = quick_office(tmp_path / "store.sqlite3")
    furnish(office)
    for session in (2, 4):
        with office.unit() as unit:
            mark_rest_present(unit, session, hold=True)
    with office.unit() as unit:
        move_person(unit, 3, 1, date(2026, 6, 1))
    assert of_groups(office, 5) == of_groups(office, 7) == {1: 3, 2: 3, None: 1}
    with office.view() as unit:
        assert load_sign_in(unit, 2).regrouped == ()
        assert load_sign_in(unit, 4).regrouped == (3,)
        before = count(unit, *YEAR).counts
    with office.unit() as unit:
        _corrects(unit, 4)
    assert of_groups(office, 5) == {1: 3, 2: 3, None: 1}
    assert of_groups(office, 7) == {1: 4, 2: 2, None: 1}
    with office.view() as unit:
        assert count(unit, *YEAR).counts.people == before.people, "nobody lost a mark"
        row = next(r for r in load_sign_in(unit, 4).rows if r.person_id == 3)
        assert row.expected_by == (EVERYBODY, PARTY, FIRST_GROUP)
        assert load_sign_in(unit, 4).regrouped == ()
    office.close()


def of_groups(office: SqlOffice, month: int) -> dict[int | None, int]:
    """人次 by group of one month."""
    with office.view() as unit:
        figures = count(unit, date(2026, month, 1), date(2026, month, 28)).counts
    return {group.group_id: group.headcount.came for group in figures.groups}
