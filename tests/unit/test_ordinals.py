"""第N次: ranks, fixed numbers, late ones, tentative ones, renumbering."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.ordinals import Ordinal, ordinals, renumbering
from bulletin_study.domain.sessions import (
    OpeningFigure,
    SessionKindLink,
    SessionStatus,
    StudySession,
)

HELD, PLANNED, MOVED, CANCELLED = (
    SessionStatus.HELD,
    SessionStatus.PLANNED,
    SessionStatus.MOVED,
    SessionStatus.CANCELLED,
)
KIND = 1


def on(id_: int, day: int, status: SessionStatus = HELD, hour: int = 9) -> StudySession:
    """A session on the so-manieth day of 2026."""
    when = date(2026, 1, 1) + timedelta(days=day - 1)
    return StudySession(id_, when, time(hour), time(hour + 1), status=status)


def shown(
    sessions: list[StudySession], fixed: dict[int, int] | None = None, opening: int = 0
) -> dict[int, int]:
    links = [SessionKindLink(s.id, KIND, (fixed or {}).get(s.id)) for s in sessions]
    found = ordinals(sessions, links, [OpeningFigure(KIND, 2026, opening)] if opening else [])
    return {session_id: ordinal.number for (session_id, _), ordinal in found.items()}


def test_held_ones_are_numbered_by_date_then_start_then_id() -> None:
    sessions = [on(1, 20), on(2, 10, hour=14), on(3, 10, hour=9), on(4, 10, hour=9)]
    assert shown(sessions) == {3: 1, 4: 2, 2: 3, 1: 4}
    assert shown(sessions, opening=15) == {3: 16, 4: 17, 2: 18, 1: 19}


def test_every_kind_and_year_counts_for_itself() -> None:
    december = replace(on(1, 1), day=date(2025, 12, 29))
    sessions = [december, on(2, 5), on(3, 6)]
    links = [SessionKindLink(1, 1), SessionKindLink(2, 1), SessionKindLink(2, 2)]
    links.append(SessionKindLink(3, 2))
    found = ordinals(sessions, links, [OpeningFigure(2, 2026, 7)])
    assert {key: ordinal.number for key, ordinal in found.items()} == {
        (1, 1): 1,
        (2, 1): 1,
        (2, 2): 8,
        (3, 2): 9,
    }


def test_planned_ones_go_on_tentatively_and_cancelled_ones_have_none() -> None:
    sessions = [on(1, 5), on(2, 6, CANCELLED), on(3, 7, PLANNED), on(4, 8), on(5, 9, MOVED)]
    links = [SessionKindLink(s.id, KIND) for s in sessions]
    assert ordinals(sessions, links, []) == {
        (1, KIND): Ordinal(1),
        (4, KIND): Ordinal(2),
        (3, KIND): Ordinal(3, tentative=True),
        (5, KIND): Ordinal(4, tentative=True),
    }


def test_one_filled_in_before_fixed_ones_takes_the_next_free_number() -> None:
    sessions = [on(n, n * 10) for n in range(1, 6)]
    fixed = {1: 1, 2: 2, 3: 3}
    late = on(9, 15)
    assert shown([*sessions, late], fixed) == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 9: 6}


def test_ones_before_a_fixed_one_keep_the_numbers_below_it() -> None:
    sessions = [on(1, 10), on(2, 20), on(3, 30), on(4, 40)]
    assert shown(sessions, {3: 3}) == {1: 1, 2: 2, 3: 3, 4: 4}


def test_a_number_given_up_is_taken_again() -> None:
    sessions = [on(1, 10), on(2, 20, CANCELLED), on(3, 30), on(4, 40)]
    assert shown(sessions, {1: 1, 2: 2, 3: 3}) == {1: 1, 3: 3, 4: 2}


def test_a_printed_plan_keeps_its_number() -> None:
    sessions = [on(1, 10), on(2, 20, PLANNED), on(3, 30, PLANNED), on(4, 15)]
    links = [SessionKindLink(s.id, KIND, 2 if s.id == 2 else None) for s in sessions]
    found = ordinals(sessions, links, [])
    assert found[2, KIND] == Ordinal(2, fixed=True, tentative=True)
    assert found[4, KIND] == Ordinal(3)
    assert found[3, KIND] == Ordinal(4, tentative=True)


def test_renumbering_names_each_change_and_nothing_else() -> None:
    sessions = [on(1, 10), on(2, 20), on(3, 30), on(9, 15), on(4, 40, PLANNED)]
    links = [SessionKindLink(s.id, KIND, {1: 1, 2: 2}.get(s.id)) for s in sessions]
    found = renumbering(sessions, links, [], KIND, 2026)
    assert [(r.session_id, r.before, r.after, r.fixed) for r in found] == [
        (9, 4, 2, False),
        (2, 2, 3, True),
        (3, 3, 4, False),
    ]
    assert renumbering(sessions, links, [], KIND, 2025) == ()


SESSIONS = st.lists(
    st.builds(
        lambda day, hour, status: (day, hour, status),
        st.integers(1, 60),
        st.integers(8, 17),
        st.sampled_from([HELD, HELD, HELD, PLANNED, MOVED, CANCELLED]),
    ),
    max_size=25,
).map(lambda rows: [on(n, day, status, hour) for n, (day, hour, status) in enumerate(rows, 1)])


@st.composite
def offices(draw: st.DrawFn) -> tuple[list[StudySession], dict[int, int], int]:
    """Sessions, arbitrary but distinct fixed numbers for some, and an opening figure."""
    sessions = draw(SESSIONS)
    chosen = [s.id for s in sessions if draw(st.booleans())]
    numbers = draw(
        st.lists(st.integers(1, 40), min_size=len(chosen), max_size=len(chosen), unique=True)
    )
    return sessions, dict(zip(chosen, numbers, strict=True)), draw(st.integers(0, 5))


@given(offices())
def test_numbers_are_unique_and_fixed_ones_never_change(
    office: tuple[list[StudySession], dict[int, int], int],
) -> None:
    sessions, fixed, opening = office
    numbers = shown(sessions, fixed, opening)
    counted = {s.id for s in sessions if s.status is not CANCELLED}
    assert set(numbers) == counted
    assert len(set(numbers.values())) == len(numbers)
    assert all(numbers[i] == number for i, number in fixed.items() if i in counted)
    assert all(n > opening for i, n in numbers.items() if i not in fixed)


@given(SESSIONS, st.integers(0, 30))
def test_without_fixed_ones_the_number_is_the_rank(
    sessions: list[StudySession], opening: int
) -> None:
    numbers = shown(sessions, opening=opening)
    ordered = sorted(sessions, key=lambda s: (s.day, s.start, s.id))
    held = [s.id for s in ordered if s.status is HELD]
    ahead = [s.id for s in ordered if s.status.ahead]
    assert [numbers[i] for i in held + ahead] == list(
        range(opening + 1, opening + len(held) + len(ahead) + 1)
    )


@given(SESSIONS, st.integers(0, 5), st.data())
def test_fixing_a_number_as_shown_changes_no_other(
    sessions: list[StudySession], opening: int, data: st.DataObject
) -> None:
    early = sessions[: len(sessions) // 2]
    first = shown(early, opening=opening)
    archived = data.draw(st.sets(st.sampled_from(sorted(first)))) if first else set()
    fixed = {session_id: first[session_id] for session_id in archived}
    numbers = shown(sessions, fixed, opening)
    for session_id in data.draw(st.permutations(sorted(numbers))):
        fixed[session_id] = numbers[session_id]
        assert shown(sessions, fixed, opening) == numbers


@given(offices())
def test_after_renumbering_numbers_are_ranks_again(
    office: tuple[list[StudySession], dict[int, int], int],
) -> None:
    sessions, fixed, opening = office
    links = [SessionKindLink(s.id, KIND, fixed.get(s.id)) for s in sessions]
    openings = [OpeningFigure(KIND, 2026, opening)]
    proposal = renumbering(sessions, links, openings, KIND, 2026)
    anew = {r.session_id: r.after for r in proposal if r.fixed}
    after = shown(sessions, {**fixed, **anew}, opening)
    assert after == shown(sessions, opening=opening)
