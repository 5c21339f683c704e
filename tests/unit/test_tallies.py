"""The figures of a period, counted by hand and by property."""

from __future__ import annotations

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import CAME, Mark
from bulletin_study.domain.kinds import BUILT_IN_KINDS
from bulletin_study.domain.sessions import OpeningFigure, SessionStatus, StudySession
from bulletin_study.domain.tallies import Counts, Facts, MarkCount, Rate, sentence, tally

STUDY, TALK, REVIEW = BUILT_IN_KINDS[:3]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def session(
    sid: int, day: date, status: SessionStatus = SessionStatus.HELD, **more: int
) -> StudySession:
    return StudySession(sid, day, time(8, 30), time(10, 0), status=status, **more)


def facts(sessions: list[StudySession], **more: object) -> Facts:
    kind_ids = more.pop("kind_ids", {s.id: (STUDY.id,) for s in sessions})
    return Facts(sessions=sessions, kind_ids=kind_ids, kinds=BUILT_IN_KINDS, **more)  # type: ignore[arg-type]


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
        facts([session(1, date(2026, 3, 2))], kind_ids={1: (STUDY.id, TALK.id)}),
    )
    assert of(counts, "每周一学").held == 1
    assert of(counts, "每周一讲").held == 1
    assert counts.total_held == 1


def test_a_session_with_unmarked_people_stays_out_of_the_rate_and_is_named() -> None:
    sessions = [session(1, date(2026, 3, 2)), session(2, date(2026, 3, 9))]
    marks = [
        MarkCount(1, 1, (STUDY.id,), Mark.PRESENT, 8),
        MarkCount(1, 1, (STUDY.id,), Mark.LATE, 1),
        MarkCount(1, 1, (STUDY.id,), Mark.LEAVE, 1),
        MarkCount(2, 1, (STUDY.id,), Mark.PRESENT, 3),
        MarkCount(2, 1, (STUDY.id,), None, 7),
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


def test_a_group_counts_the_people_it_had_that_day() -> None:
    sessions = [session(1, date(2026, 5, 11)), session(2, date(2026, 6, 8))]
    marks = [
        MarkCount(1, 1, (STUDY.id,), Mark.PRESENT, 2),
        MarkCount(1, 2, (STUDY.id,), Mark.PRESENT, 1),
        MarkCount(2, 1, (STUDY.id,), Mark.PRESENT, 1),
        MarkCount(2, 2, (STUDY.id,), Mark.ABSENT, 2),
    ]
    groups = {g.group_id: g for g in tally(*YEAR, facts(sessions, marks=marks)).groups}
    assert groups[1].rate == Rate(3, 3)
    assert groups[2].rate == Rate(1, 3)


def test_the_sentence_of_the_bulletin() -> None:
    sessions = [session(i, date(2022, 7, 25)) for i in range(1, 22)]
    counts = tally(date(2022, 1, 1), date(2022, 12, 18), facts(sessions))
    assert sentence(counts, date(2022, 12, 19)) == "截至12月18日，已开展“每周一学”活动21场次。"
    assert sentence(counts, date(2026, 1, 5)).startswith("截至2022年12月18日，")


def test_the_sentence_says_plainly_that_nothing_took_place() -> None:
    counts = tally(*YEAR, facts([]))
    assert sentence(counts, date(2026, 3, 1)) == "截至3月1日，还没有已开展的活动。"


marks_strategy = st.lists(
    st.builds(
        MarkCount,
        st.integers(1, 6),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from([(1,), (2,), (1, 2), ()]),
        st.sampled_from([None, *Mark]),
        st.integers(1, 5),
    ),
    max_size=60,
    unique_by=lambda m: (m.session_id, m.group_id, m.expected_by, m.mark),
)


@given(
    marks=marks_strategy,
    statuses=st.lists(st.sampled_from(list(SessionStatus)), min_size=6, max_size=6),
)
def test_figures_always_add_up(marks: list[MarkCount], statuses: list[SessionStatus]) -> None:
    sessions = [session(i + 1, date(2026, 1 + i, 5), s) for i, s in enumerate(statuses)]
    held = {s.id for s in sessions if s.status is SessionStatus.HELD}
    marks = [m for m in marks if m.session_id in held]
    counts = tally(*YEAR, facts(sessions, kind_ids={s.id: (1, 2) for s in sessions}, marks=marks))
    for kind in counts.kinds[:2]:
        own = [m for m in marks if kind.kind.id in m.expected_by]
        figured = [m for m in own if m.mark not in (Mark.EXEMPT, Mark.OBSERVER)]
        assert kind.expected == sum(m.number for m in figured)
        assert kind.present == sum(m.number for m in own if m.mark in CAME)
        assert kind.rate.numerator <= kind.rate.denominator <= kind.expected
        assert kind.held + kind.planned + kind.cancelled == len(sessions)
    for group in counts.groups:
        c = group.headcount
        assert c.expected == c.came + c.leave + c.official + c.absent + c.unmarked
    assert sum(counts.total_months.values()) == counts.total_held == len(held)
