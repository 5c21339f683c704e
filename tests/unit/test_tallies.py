"""The figures of a period, counted by hand and by property."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import Headcount, expected_list
from bulletin_study.domain.kinds import BUILT_IN_KINDS
from bulletin_study.domain.outlook import expected_ahead
from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Group,
    Membership,
    Person,
    Role,
    Roster,
)
from bulletin_study.domain.sessions import Audience, OpeningFigure, SessionStatus
from bulletin_study.domain.tallies import Counts, sentence, tally
from bulletin_study.domain.tally_facts import (
    CountedSession,
    Facts,
    GroupMarks,
    PersonMarks,
    Rate,
    SessionMarks,
)

STUDY, TALK, REVIEW = BUILT_IN_KINDS[:3]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def session(
    sid: int, day: date, status: SessionStatus = SessionStatus.HELD, **more: object
) -> CountedSession:
    return CountedSession(
        sid, day, time(8, 30), time(10, 0), status, **{"kind_ids": (STUDY.id,), **more}
    )


def facts(sessions: list[CountedSession], **more: object) -> Facts:
    return Facts(sessions=sessions, kinds=BUILT_IN_KINDS, **more)  # type: ignore[arg-type]


def of(counts: Counts, name: str) -> object:
    return next(k for k in counts.kinds if k.kind.name == name)


def test_only_what_took_place_counts_and_by_its_own_date() -> None:
    counts = tally(
        *YEAR,
        facts(
            [
                session(1, date(2026, 7, 27)),
                session(2, date(2026, 8, 3)),
                session(3, date(2026, 8, 10), SessionStatus.PLANNED),
                session(4, date(2026, 8, 18), SessionStatus.MOVED),
                session(5, date(2026, 8, 24), SessionStatus.CANCELLED),
            ]
        ),
    )
    study = of(counts, "每周一学")
    assert study.held == 2
    assert {m: len(ids) for m, ids in study.months.items()} == {"2026-07": 1, "2026-08": 1}
    assert (study.planned, study.moved, study.cancelled) == (2, 1, 1)
    assert study.session_completion == Rate(2, 5)
    assert study.monthly_completion == Rate(2, 2)


def test_kinds_held_together_count_under_each_and_once_in_the_total() -> None:
    counts = tally(
        *YEAR,
        facts([session(1, date(2026, 3, 2), kind_ids=(STUDY.id, TALK.id))]),
    )
    assert of(counts, "每周一学").held == 1
    assert of(counts, "每周一讲").held == 1
    assert counts.total_held == 1


def test_a_session_with_unmarked_people_stays_out_of_the_rate_and_is_named() -> None:
    sessions = [session(1, date(2026, 3, 2)), session(2, date(2026, 3, 9))]
    marks = [
        SessionMarks(1, (STUDY.id,), present=8, late=1, leave=1),
        SessionMarks(2, (STUDY.id,), present=3, unmarked=7),
    ]
    study = of(tally(*YEAR, facts(sessions, marks=marks)), "每周一学")
    assert study.rate == Rate(9, 10)
    assert study.on_duty_rate == Rate(9, 9)
    assert study.incomplete_ids == (2,)
    assert (study.expected, study.present, study.person_times) == (20, 12, 12)
    assert study.hours == 18.0  # twelve people, an hour and a half each


def test_nobody_expected_gives_a_dash_not_a_zero() -> None:
    assert of(tally(*YEAR, facts([session(1, date(2026, 3, 2))])), "每周一学").rate.value is None


def test_imported_totals_count_but_never_become_groups_or_people() -> None:
    old = session(1, date(2026, 3, 2), expected_total=48, present_total=45, leave_total=2)
    counts = tally(*YEAR, facts([old]))
    study = of(counts, "每周一学")
    assert (study.expected, study.present) == (48, 45)
    assert study.rate == Rate(45, 48)
    assert study.on_duty_rate == Rate(45, 46)
    assert counts.groups == ()
    assert counts.people == ()


def test_opening_figure_belongs_to_a_period_holding_the_first_of_january() -> None:
    openings = [OpeningFigure(STUDY.id, 2026, 12)]
    year = tally(*YEAR, facts([session(1, date(2026, 7, 6))], openings=openings))
    july = tally(
        date(2026, 7, 1),
        date(2026, 7, 31),
        facts([session(1, date(2026, 7, 6))], openings=openings),
    )
    assert (of(year, "每周一学").held, of(year, "每周一学").opening) == (13, 12)
    assert (of(july, "每周一学").held, of(july, "每周一学").opening) == (1, 0)


def test_groups_and_people_are_listed_for_marks_and_for_what_they_said() -> None:
    counts = tally(
        *YEAR,
        facts(
            [session(1, date(2026, 5, 11))],
            groups=[
                GroupMarks(None, 1, Headcount(present=1), Rate(1, 1)),
                GroupMarks(2, 1, Headcount(present=1, absent=2), Rate(1, 3)),
            ],
            people=[PersonMarks(4, Headcount(present=1))],
            talks_by_group={1: 1},
            talks_by_person={9: 1},
            comments_by_person={3: 2},
        ),
    )
    assert [(g.group_id, g.held, g.talks, g.rate) for g in counts.groups] == [
        (1, 0, 1, Rate()),
        (2, 1, 0, Rate(1, 3)),
        (None, 1, 0, Rate(1, 1)),
    ]
    assert [(p.person_id, p.headcount.came, p.talks, p.comments) for p in counts.people] == [
        (3, 0, 0, 2),
        (4, 1, 0, 0),
        (9, 0, 1, 0),
    ]


def test_the_sentence_of_the_bulletin() -> None:
    sessions = [session(i, date(2022, 7, 25)) for i in range(1, 22)]
    counts = tally(date(2022, 1, 1), date(2022, 12, 18), facts(sessions))
    assert sentence(counts, date(2022, 12, 19)) == "截至12月18日，已开展“每周一学”活动21场次。"
    assert sentence(counts, date(2026, 1, 5)).startswith("截至2022年12月18日，")


def test_the_sentence_names_a_period_that_begins_within_a_year() -> None:
    sessions = [session(i, date(2022, 10, 25)) for i in range(1, 3)]
    counts = tally(date(2022, 10, 1), date(2022, 12, 31), facts(sessions))
    done = "已开展“每周一学”活动2场次。"
    assert sentence(counts, date(2022, 11, 25)) == f"10月1日至11月25日，{done}"
    assert sentence(counts, date(2023, 1, 5)) == f"2022年10月1日至2022年12月31日，{done}"
    nothing = tally(date(2022, 11, 1), date(2022, 11, 30), facts([]))
    assert sentence(nothing, date(2022, 11, 25)) == "11月1日至11月25日，还没有已开展的活动。"


def test_the_sentence_says_plainly_that_nothing_took_place() -> None:
    counts = tally(*YEAR, facts([]))
    assert sentence(counts, date(2026, 3, 1)) == "截至3月1日，还没有已开展的活动。"


marks_strategy = st.lists(
    st.builds(
        SessionMarks,
        st.integers(1, 6),
        st.sampled_from([(1,), (2,), (1, 2)]),
        *[st.integers(0, 5)] * 7,
    ),
    max_size=15,
    unique_by=lambda m: m[:2],
)


@pytest.mark.parametrize(
    ("present", "held", "ahead", "rate", "planned", "highest"),
    [
        # The figures of a public attendance system's own tests.
        (1, 2, 0, "50.0", "50.0", "50.0"),
        (3, 4, 2, "75.0", "50.0", "83.3"),
        (3, 4, 0, "75.0", "75.0", "75.0"),
        (0, 0, 3, None, "0.0", "100.0"),
        (0, 0, 0, None, None, None),
    ],
)
def test_rates_so_far_over_all_planned_and_at_best(
    present: int, held: int, ahead: int, rate: str | None, planned: str | None, highest: str | None
) -> None:
    """Of one person, of his group and of the kind: one office of one."""
    person = Person(9, "王立言", 1)
    days = [date(2026, 3, 2) + timedelta(weeks=at) for at in range(held + ahead)]
    sessions = [
        session(at, day, SessionStatus.HELD if at <= held else SessionStatus.PLANNED)
        for at, day in enumerate(days, start=1)
    ]
    count = Headcount(present=present, absent=held - present)
    counts = tally(
        *YEAR,
        facts(
            sessions,
            marks=[
                SessionMarks(at, (STUDY.id,), present=at <= present, absent=at > present)
                for at in range(1, held + 1)
            ],
            groups=[GroupMarks(4, held, count, Rate(present, held))],
            people=[PersonMarks(9, count, count)],
            ahead=expected_ahead(
                Roster([person], [Group(4, "办公室", 1)], [Membership(1, 9, 4)]),
                BUILT_IN_KINDS, sessions,
            ),
        ),
    )  # fmt: skip
    for counted in (of(counts, "每周一学"), counts.groups[0], counts.people[0]):
        assert _percent(counted.rate) == rate
        assert _percent(counted.rate_over_planned) == planned
        assert _percent(counted.highest_possible) == highest


def _percent(rate: Rate) -> str | None:
    return None if rate.value is None else f"{rate.value * 100:.1f}"


def test_only_those_are_ahead_whom_the_planned_sessions_will_expect() -> None:
    people = [
        Person(1, "领导", 1, role=Role.LEADER),
        Person(2, "党员", 2, party_joined=date(2010, 7, 1)),
        Person(3, "群众", 3),
        Person(4, "产假", 4),
        Person(5, "要走", 5, left=date(2026, 4, 30)),
        Person(6, "请假", 6),
    ]
    roster = Roster(
        people,
        [Group(1, "甲", 1), Group(2, "乙", 2)],
        [Membership(1, 3, 1, end=date(2026, 5, 31)), Membership(2, 3, 2, date(2026, 6, 1))],
        [Absence(1, 4, AbsenceKind.MATERNITY, date(2026, 1, 1)),
         Absence(2, 6, AbsenceKind.LEAVE, date(2026, 1, 1))],
    )  # fmt: skip
    lesson = next(kind for kind in BUILT_IN_KINDS if kind.name == "党课")
    party = replace(lesson, audience=Audience(party_only=True))
    sessions = [
        session(1, date(2026, 5, 11), SessionStatus.PLANNED, kind_ids=(STUDY.id, party.id)),
        session(2, date(2026, 6, 8), SessionStatus.MOVED),
        session(3, date(2026, 6, 15), SessionStatus.CANCELLED),
        session(4, date(2026, 3, 9), SessionStatus.HELD),
    ]
    ahead = expected_ahead(roster, [STUDY, party], sessions)
    assert ahead.by_kind == {STUDY.id: 8, party.id: 1}
    assert ahead.by_person == {1: 2, 2: 2, 3: 2, 6: 2}
    assert ahead.by_group == {None: 6, 1: 1, 2: 1}


_day = st.integers(0, 60).map(lambda n: date(2026, 3, 1) + timedelta(days=n))
_maybe_day = st.none() | _day
_AUDIENCES = (Audience(), Audience(party_only=True), Audience(groups=(1,)),
              Audience(roles=(Role.LEADER,)), Audience(people=(2, 3)))  # fmt: skip


@given(
    people=st.lists(
        st.builds(Person, st.integers(1, 4), st.just("某"), st.integers(1, 9), joined=_maybe_day,
                  left=_maybe_day, party_joined=_maybe_day, role=st.sampled_from(list(Role))),
        unique_by=lambda p: p.id),
    moves=st.lists(st.builds(Membership, st.integers(1, 99), st.integers(1, 4),
                             st.sampled_from([1, 2]), _maybe_day, _maybe_day), max_size=6),
    away=st.lists(st.builds(Absence, st.integers(1, 99), st.integers(1, 4),
                            st.sampled_from(list(AbsenceKind)), _day, _maybe_day), max_size=4),
    days=st.lists(st.tuples(_day, st.sampled_from([(1,), (2,), (1, 2)]),
                            st.sampled_from(list(SessionStatus))), max_size=8),
    audiences=st.tuples(st.sampled_from(_AUDIENCES), st.sampled_from(_AUDIENCES)),
)  # fmt: skip
def test_what_is_ahead_is_the_lists_of_the_planned_sessions_together(
    people: list[Person],
    moves: list[Membership],
    away: list[Absence],
    days: list[tuple[date, tuple[int, ...], SessionStatus]],
    audiences: tuple[Audience, Audience],
) -> None:
    roster = Roster(people, [Group(1, "甲", 1), Group(2, "乙", 2)], moves, away)
    kinds = [replace(kind, audience=a) for kind, a in zip((STUDY, TALK), audiences, strict=True)]
    sessions = [
        session(at, day, status, kind_ids=ids) for at, (day, ids, status) in enumerate(days)
    ]
    rows = [
        row
        for one in sessions
        if one.status.ahead
        for row in expected_list(roster, one.id, one.day,
                                 [k for k in kinds if k.id in one.kind_ids])
        if row.expected_by
    ]  # fmt: skip
    ahead = expected_ahead(roster, kinds, sessions)
    assert ahead.by_person == Counter(row.person_id for row in rows)
    assert ahead.by_group == Counter(row.group_id for row in rows)
    assert ahead.by_kind == Counter(kind for row in rows for kind in row.expected_by)


@given(
    marks=marks_strategy,
    statuses=st.lists(st.sampled_from(list(SessionStatus)), min_size=6, max_size=6),
)
def test_figures_always_add_up(marks: list[SessionMarks], statuses: list[SessionStatus]) -> None:
    sessions = [
        session(i + 1, date(2026, 1 + i, 5), s, kind_ids=(1, 2)) for i, s in enumerate(statuses)
    ]
    held = {s.id for s in sessions if s.status is SessionStatus.HELD}
    marks = [m for m in marks if m.session_id in held]
    counts = tally(*YEAR, facts(sessions, marks=marks))
    for kind in counts.kinds[:2]:
        own = [m for m in marks if kind.kind.id in m.expected_by]
        open_ids = {m.session_id for m in own if m.unmarked}
        assert set(kind.incomplete_ids) == open_ids
        assert kind.expected == sum(sum(m[2:]) for m in own)
        assert kind.present == sum(m.present + m.late + m.left_early for m in own)
        assert kind.rate.denominator == sum(sum(m[2:]) for m in own if m.session_id not in open_ids)
        assert kind.rate.numerator <= kind.rate.denominator <= kind.expected
        assert kind.held + kind.planned + kind.cancelled == len(sessions)
    assert sum(counts.total_months.values()) == counts.total_held == len(held)
