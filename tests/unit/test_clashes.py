"""Clashes: warned of with a reason, and never without one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.clashes import Cast, ClashKind, ClashNote, Who, clashes, overlap
from bulletin_study.domain.sessions import SessionStatus, StudySession

MONDAY = date(2026, 11, 30)
NAMES = {1: "余承志", 2: "方同舟", 3: "陈思远", 4: "吕正平", 5: "贺立春"}


def at(
    id_: int, start: str, end: str, venue: str = "", day: date = MONDAY, status: str = "planned"
) -> StudySession:
    return StudySession(
        id_,
        day,
        time.fromisoformat(start),
        time.fromisoformat(end),
        venue=venue,
        status=SessionStatus(status),
    )


def cast(title: str, *people: int, duties: Mapping[Who, str] | None = None) -> Cast:
    wanted: dict[Who, str] = {i: NAMES[i] for i in people}
    for who in duties or {}:
        wanted[who] = NAMES[who] if isinstance(who, int) else who
    return Cast(title, wanted, duties or {})


def found(
    asked: list[StudySession], others: list[StudySession], casts: dict[int, Cast]
) -> tuple[ClashNote, ...]:
    return clashes(asked, others, lambda session: casts[session.id])


def test_the_same_room_at_an_overlapping_time() -> None:
    casts = {1: cast("每周一学", 1), 2: cast("支委会", 2)}
    notes = found(
        [at(1, "09:00", "10:00", " 三楼会议室")], [at(2, "09:30", "11:00", "三楼 会议室")], casts
    )
    assert [note.kind for note in notes] == [ClashKind.VENUE]
    assert notes[0].reason == (
        "11-30 09:00—10:00“每周一学”与09:30—11:00“支委会”时间重叠，都在“三楼会议室”"
    )


def test_no_room_is_no_common_room() -> None:
    casts = {1: cast("每周一学", 1), 2: cast("支委会", 2)}
    assert found([at(1, "09:00", "10:00")], [at(2, "09:00", "10:00")], casts) == ()


def test_overlapping_audiences_make_one_note_with_a_count_and_a_few_names() -> None:
    casts = {1: cast("每周一学", 1, 2, 3, 4, 5), 2: cast("每周晨会", 2, 3, 4, 5)}
    (note,) = found([at(1, "09:00", "10:00")], [at(2, "08:30", "09:10")], casts)
    assert note.kind is ClashKind.PEOPLE
    assert note.who == (2, 3, 4, 5)
    assert note.reason == (
        "11-30 09:00—10:00“每周一学”与08:30—09:10“每周晨会”时间重叠，"
        "是同一批人 4 人（方同舟、陈思远、吕正平等）"
    )


def test_somebody_on_duty_is_named_first_with_the_duty() -> None:
    casts = {
        1: cast("每周一讲", 1, 2, 3, duties={3: "讲课"}),
        2: cast("部务会", 1, duties={3: "记录", "区纪委王主任": "领学"}),
    }
    (note,) = found([at(1, "09:00", "10:00")], [at(2, "09:00", "10:00")], casts)
    assert note.who == (3, 1)
    assert note.reason.endswith("都要陈思远（讲课、记录）、余承志参加")


def test_a_guest_is_known_by_name() -> None:
    guest = {"区纪委王主任": "领学"}
    casts = {1: cast("每周一学", 1, duties=guest), 2: cast("警示教育", 2, duties=guest)}
    (note,) = found([at(1, "09:00", "10:00")], [at(2, "09:00", "10:00")], casts)
    assert note.who == ("区纪委王主任",)


def test_touching_the_next_is_no_clash() -> None:
    casts = {n: cast("每周一学", 1) for n in (1, 2, 3)}
    others = [at(2, "08:00", "09:00", "三楼"), at(3, "10:00", "11:00", "三楼")]
    assert found([at(1, "09:00", "10:00", "三楼")], others, casts) == ()


def test_the_same_week_is_no_clash() -> None:
    casts = {n: cast("每周一学", 1) for n in (1, 2)}
    tuesday = at(2, "09:00", "10:00", "三楼", day=date(2026, 12, 1))
    assert found([at(1, "09:00", "10:00", "三楼")], [tuesday], casts) == ()


def test_a_cancelled_session_needs_nobody() -> None:
    casts = {n: cast("每周一学", 1) for n in (1, 2)}
    gone = at(2, "09:00", "10:00", "三楼", status="cancelled")
    assert found([at(1, "09:00", "10:00", "三楼")], [gone], casts) == ()


def test_a_session_does_not_clash_with_its_stored_self_but_with_another_asked_about() -> None:
    casts = {n: cast("每周一学", 1) for n in (1, -1, -2)}
    moved, stored = at(1, "09:30", "10:30"), at(1, "09:00", "10:00")
    assert found([moved], [stored], casts) == ()
    notes = found([at(-1, "09:00", "10:00"), at(-2, "09:00", "10:00")], [], casts)
    assert [(note.session_a, note.session_b) for note in notes] == [(-2, -1)]


TIMES = st.builds(lambda a, b: (min(a, b), max(a, b) + 1), st.integers(0, 20), st.integers(0, 20))


@given(st.lists(st.tuples(TIMES, st.integers(0, 1), st.sampled_from("甲乙")), max_size=8))
def test_exactly_the_overlapping_pairs_are_noted(
    rows: list[tuple[tuple[int, int], int, str]],
) -> None:
    sessions = [
        StudySession(n, date(2026, 11, 30 - day), time(start), time(end), venue=venue)
        for n, ((start, end), day, venue) in enumerate(rows, start=1)
    ]
    casts = {s.id: cast("每周一学", 1 if s.id % 2 else 2) for s in sessions}
    half = len(sessions) // 2
    notes = found(sessions[:half], sessions[half:], casts)
    expected = {
        (kind, frozenset((a.id, b.id)))
        for n, a in enumerate(sessions[:half])
        for b in [*sessions[n + 1 : half], *sessions[half:]]
        if overlap(a, b)
        for kind, same in (
            (ClashKind.VENUE, a.venue == b.venue),
            (ClashKind.PEOPLE, a.id % 2 == b.id % 2),
        )
        if same
    }
    assert {(note.kind, frozenset((note.session_a, note.session_b))) for note in notes} == expected
    assert len(notes) == len(expected)
