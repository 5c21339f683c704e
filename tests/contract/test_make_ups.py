"""补学 through the store: handed out, written, cleared, taken back; each one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import BadValue, InUse, Missing, NotFound, Stale
from bulletin_study.domain.make_ups import MakeUp, MakeUpState
from bulletin_study.domain.people import Absence, AbsenceKind, Group, Membership, Person
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.attendance import MarkEntry, mark
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.closing import reopen
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.history import undo
from bulletin_study.usecases.make_up_list import (
    MakeUpLedger,
    chasing_text,
    load_make_ups,
    overdue_make_ups,
)
from bulletin_study.usecases.make_ups import clear, hand_out, set_due, take_back, write_note
from bulletin_study.usecases.people import remove_person
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.settings import MAKE_UP_DAYS, set_option
from bulletin_study.usecases.sign_in_notes import chasing_text as session_chasing_text
from bulletin_study.usecases.sign_in_page import load_page
from tests.contract.stores import quick_office
from tests.helpers import TODAY

OLD, NEW = date(2026, 11, 2), date(2026, 11, 16)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
STUDY, PARTY = 1, 14
MARKS = {2: Mark.LEAVE, 3: Mark.OFFICIAL, 4: Mark.ABSENT, 5: Mark.PRESENT}
REASONS = {2: "看病", 3: "省里开会", 4: ""}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    """Two sessions of 每周一学, three of five people away at both."""
    store = quick_office(tmp_path / "store.sqlite3")
    with store.unit() as unit:
        people = ("秦维新", "王立言", "周敏之", "罗婉清", "曾向阳")
        unit.put(*(Person(i, name, i, f"{i:03}") for i, name in enumerate(people, start=1)))
        unit.put(Group(1, "办公室", 1), *(Membership(i, i, 1) for i in range(2, 6)))
        for session_id, day in ((1, OLD), (2, NEW)):
            unit.put(StudySession(session_id, day, time(9), time(10), "条例解读",
                                  status=SessionStatus.HELD, archived=True),
                     SessionKindLink(session_id, STUDY))  # fmt: skip
            unit.put(*(Attendance(session_id, p, 1, (STUDY,), given, REASONS.get(p, ""))
                       for p, given in MARKS.items()))  # fmt: skip
        unit.commit("准备")
    yield store
    store.close()


def do(office: SqlOffice, act: Callable[[UnitOfWork], Committed]) -> str:
    with office.unit() as unit:
        return act(unit).label


def ledger(office: SqlOffice) -> MakeUpLedger:
    with office.view() as unit:
        return load_make_ups(unit, *YEAR)


def states(office: SqlOffice, session_id: int = 1) -> dict[int, MakeUpState]:
    return {line.debt.person_id: line.debt.state for line in ledger(office).lines
            if line.session.id == session_id}  # fmt: skip


def stored(office: SqlOffice) -> list[MakeUp]:
    with office.view() as unit:
        return unit.all(MakeUp)


def test_nothing_is_stored_until_something_is_noted(office: SqlOffice) -> None:
    assert stored(office) == []
    assert states(office) == dict.fromkeys((2, 3, 4), MakeUpState.OPEN)
    whys = [line.why for line in ledger(office).lines[:3]]
    assert whys == ["请假：看病", "公出：省里开会", "缺席"]
    assert [line.group for line in ledger(office).lines[:1]] == ["办公室"]


def test_all_who_still_owe_get_the_material_in_one_step(office: SqlOffice) -> None:
    label = do(office, lambda unit: hand_out(unit, 1, " 条例第一章 "))
    assert label == "发补学材料：王立言、周敏之、罗婉清（2026-11-02 每周一学）"
    assert {one.material for one in stored(office)} == {"条例第一章"}
    assert states(office) == dict.fromkeys((2, 3, 4), MakeUpState.HANDED_OUT)
    assert set(states(office, 2).values()) == {MakeUpState.OPEN}
    do(office, undo)
    assert stored(office) == []


def test_other_material_reaches_whom_the_old_was_given_to(office: SqlOffice) -> None:
    do(office, lambda unit: hand_out(unit, 1, "录像", person_id=3))
    do(office, lambda unit: hand_out(unit, 1, "第一章"))
    do(office, lambda unit: hand_out(unit, 1, "第一、二章", instead_of="第一章"))
    assert {one.person_id: one.material for one in stored(office)} == {
        2: "第一、二章", 3: "录像", 4: "第一、二章"}  # fmt: skip
    do(office, lambda unit: hand_out(unit, 1, "", instead_of="第一、二章"))
    assert [one.person_id for one in stored(office)] == [3], "what is blank is no row"


def test_handing_out_the_same_again_changes_nothing(office: SqlOffice) -> None:
    do(office, lambda unit: hand_out(unit, 1, "第一章"))
    with office.unit() as unit:
        again = hand_out(unit, 1, "第一章")
    assert again.operation_id is None


def test_it_is_written_cleared_and_taken_back(office: SqlOffice) -> None:
    do(office, lambda unit: write_note(unit, 1, 2, "", "学了第一章，联系实际改了台账。"))
    assert states(office)[2] is MakeUpState.WRITTEN
    assert do(office, lambda unit: clear(unit, [(1, 2)])) == "已补：王立言（2026-11-02 每周一学）"
    assert states(office)[2] is MakeUpState.CLEARED
    (row,) = stored(office)
    assert row.cleared == TODAY
    do(office, undo)
    assert states(office)[2] is MakeUpState.WRITTEN
    do(office, lambda unit: clear(unit, [(1, 2)], date(2026, 11, 9)))
    do(office, lambda unit: take_back(unit, 1, 2))
    (row,) = stored(office)
    assert (row.cleared, row.note) == (None, "学了第一章，联系实际改了台账。")


def test_nothing_is_cleared_without_words(office: SqlOffice) -> None:
    do(office, lambda unit: write_note(unit, 1, 2, "", "看了录像"))
    with office.unit() as unit, pytest.raises(Missing, match=r"周敏之"):
        clear(unit, [(1, 2), (1, 3)])
    assert states(office)[2] is MakeUpState.WRITTEN, "none of them was cleared"
    do(office, lambda unit: clear(unit, [(1, 2)]))
    with office.unit() as unit, pytest.raises(Missing):
        write_note(unit, 1, 2, "看了录像", " ")
    assert stored(office)[0].note == "看了录像"


def test_several_of_several_sessions_are_cleared_in_one_step(office: SqlOffice) -> None:
    for key in ((1, 2), (2, 3)):
        do(office, lambda unit, key=key: write_note(unit, *key, "", "看了录像"))  # type: ignore[misc]
    do(office, lambda unit: clear(unit, [(1, 2), (2, 3)]))
    assert states(office)[2] is states(office, 2)[3] is MakeUpState.CLEARED
    do(office, undo)
    assert MakeUpState.CLEARED not in states(office).values()


def test_what_was_changed_meanwhile_is_not_written_over(office: SqlOffice) -> None:
    do(office, lambda unit: write_note(unit, 1, 2, "", "第一稿"))
    stale: tuple[Callable[[UnitOfWork], object], ...] = (
        lambda unit: write_note(unit, 1, 2, "", "另一稿"),
        lambda unit: set_due(unit, 1, date(2026, 11, 30), date(2026, 12, 1), person_id=2),
        lambda unit: hand_out(unit, 1, "甲", instead_of="乙", person_id=2),
        lambda unit: take_back(unit, 1, 2),
    )
    for act in stale:
        with office.unit() as unit, pytest.raises(Stale):
            act(unit)
    do(office, lambda unit: clear(unit, [(1, 2)]))
    with office.unit() as unit, pytest.raises(Stale):
        clear(unit, [(1, 2)])
    assert stored(office)[0].note == "第一稿"


def test_the_last_day_is_set_for_one_or_for_all(office: SqlOffice) -> None:
    due = date(2026, 12, 1)
    do(office, lambda unit: set_due(unit, 1, None, due + timedelta(days=9), person_id=4))
    do(office, lambda unit: set_due(unit, 1, None, due))
    shown = {line.debt.person_id: line.debt.due for line in ledger(office).lines[:3]}
    assert shown == {2: due, 3: due, 4: due + timedelta(days=9)}
    with office.unit() as unit, pytest.raises(BadValue):
        set_due(unit, 1, due, OLD - timedelta(days=1))
    do(office, lambda unit: set_due(unit, 1, due, None))
    assert [one.person_id for one in stored(office)] == [4]


def test_the_usual_time_is_a_setting(office: SqlOffice) -> None:
    assert {line.debt.due for line in ledger(office).overdue} == {OLD + timedelta(days=14)}
    do(office, lambda unit: set_option(unit, MAKE_UP_DAYS, 5))
    assert {line.session.id for line in ledger(office).overdue} == {1, 2}
    do(office, lambda unit: set_option(unit, MAKE_UP_DAYS, 60))
    assert ledger(office).overdue == ()


def test_it_is_cleared_between_the_session_and_today(office: SqlOffice) -> None:
    do(office, lambda unit: write_note(unit, 1, 2, "", "看了录像"))
    for day in (OLD - timedelta(days=1), TODAY + timedelta(days=1)):
        with office.unit() as unit, pytest.raises(BadValue):
            clear(unit, [(1, 2)], day)


def test_who_owes_nothing_has_nothing_to_note(office: SqlOffice) -> None:
    for act in (lambda unit: write_note(unit, 1, 5, "", "多写一篇"),
                lambda unit: clear(unit, [(1, 5)])):  # fmt: skip
        with office.unit() as unit, pytest.raises(NotFound, match=r"曾向阳"):
            act(unit)
    with office.unit() as unit:
        unit.put(*(Attendance(1, p, 1, (STUDY,), Mark.PRESENT) for p in MARKS))
        unit.commit("都到了")
    with office.unit() as unit, pytest.raises(NotFound):
        hand_out(unit, 1, "条例")


def test_a_corrected_mark_ends_the_debt_and_undoing_it_brings_it_back(office: SqlOffice) -> None:
    do(office, lambda unit: write_note(unit, 1, 2, "", "看了录像"))
    do(office, lambda unit: reopen(unit, 1))
    do(office, lambda unit: mark(unit, 1, [MarkEntry(2, Mark.PRESENT), MarkEntry(3, Mark.PRESENT)]))
    assert states(office) == {2: MakeUpState.DROPPED, 4: MakeUpState.OPEN}
    with office.unit() as unit, pytest.raises(NotFound):
        clear(unit, [(1, 2)])
    do(office, undo)
    assert states(office)[2] is MakeUpState.WRITTEN
    assert states(office)[3] is MakeUpState.OPEN


def made_up(office: SqlOffice, first: date, last: date) -> dict[int, int]:
    with office.view() as unit:
        people = count(unit, first, last).counts.people
    return {p.person_id: p.made_up for p in people if p.made_up}


def test_the_counts_hold_what_was_made_up_by_the_day_of_the_session(office: SqlOffice) -> None:
    for key in ((1, 2), (2, 2), (2, 3)):
        do(office, lambda unit, key=key: write_note(unit, *key, "", "看了录像"))  # type: ignore[misc]
    with office.view() as unit:
        before = count(unit, *YEAR).counts
    do(office, lambda unit: clear(unit, [(1, 2), (2, 2)]))
    assert made_up(office, *YEAR) == {2: 2}
    assert made_up(office, OLD, OLD) == {2: 1}
    assert made_up(office, TODAY, TODAY) == {}, "it counts where it was missed"
    with office.view() as unit:
        after = count(unit, *YEAR).counts
    assert after.kinds == before.kinds, "到会率 stays"
    assert [p.headcount for p in after.people] == [p.headcount for p in before.people]
    do(office, lambda unit: reopen(unit, 1))
    do(office, lambda unit: mark(unit, 1, [MarkEntry(2, Mark.PRESENT)]))
    assert made_up(office, *YEAR) == {2: 1}, "who was there after all made nothing up"


def test_kinds_held_together_are_owed_once(office: SqlOffice) -> None:
    with office.unit() as unit:
        party = unit.get(SessionKind, PARTY)
        assert party is not None
        unit.put(replace(party, make_up=True), SessionKindLink(1, PARTY))
        unit.put(Attendance(1, 2, 1, (STUDY, PARTY), Mark.LEAVE, "看病"))
        unit.commit("合开")
    assert len(states(office)) == 3
    do(office, lambda unit: write_note(unit, 1, 2, "", "看了录像"))
    do(office, lambda unit: clear(unit, [(1, 2)]))
    assert made_up(office, *YEAR) == {2: 1}


def test_a_kind_that_does_not_ask_owes_nothing(office: SqlOffice) -> None:
    with office.unit() as unit:
        study = unit.get(SessionKind, STUDY)
        assert study is not None
        unit.put(replace(study, make_up=False))
        unit.commit("不用补学")
    assert ledger(office).lines == ()


def test_the_words_to_chase_them(office: SqlOffice) -> None:
    do(office, lambda unit: hand_out(unit, 1, "录像", person_id=3))
    do(office, lambda unit: write_note(unit, 1, 4, "", "看了录像"))
    assert chasing_text(ledger(office).lines, TODAY) == (
        "【待补】11月2日每周一学补学还差 2 项，已过 23 天：\n"
        "王立言：补学，期限11月16日，已逾期 9 天\n"
        "周敏之：读材料、交心得，期限11月16日，已逾期 9 天\n"
        "\n"
        "【待补】11月16日每周一学补学还差 3 项，已过 9 天：\n"
        "王立言：补学，期限11月30日\n"
        "周敏之：补学，期限11月30日\n"
        "罗婉清：补学，期限11月30日"
    )
    with office.view() as unit:
        text = session_chasing_text(load_page(unit, 2))
    assert "王立言：补学，期限11月30日" in text


def test_who_left_is_shown_and_not_chased(office: SqlOffice) -> None:
    with office.unit() as unit:
        person = unit.get(Person, 2)
        assert person is not None
        unit.put(replace(person, left=date(2026, 11, 20)))
        unit.commit("调走")
    assert [line.debt.person_id for line in ledger(office).lines if line.debt.gone] == [2, 2]
    assert "王立言" not in chasing_text(ledger(office).lines, TODAY)
    do(office, lambda unit: hand_out(unit, 1, "录像"))
    assert {one.person_id for one in stored(office)} == {3, 4}


def test_a_line_a_session_is_overdue(office: SqlOffice) -> None:
    with office.view() as unit:
        (line,) = overdue_make_ups(unit)
    assert (line.session.id, line.waiting, line.days) == (1, ("王立言", "周敏之", "罗婉清"), 9)
    with office.unit() as unit:
        unit.put(StudySession(1, TODAY - timedelta(days=93), time(9), time(10),
                              status=SessionStatus.HELD))  # fmt: skip
        unit.commit("很久以前")
    with office.view() as unit:
        assert overdue_make_ups(unit) == ()
        assert len(load_make_ups(unit, *YEAR).overdue) == 3, "the ledger still has it"


def test_one_persons_ledger(office: SqlOffice) -> None:
    with office.view() as unit:
        found = load_make_ups(unit, *YEAR, person_id=3).lines
    assert [line.key for line in found] == [(1, 3), (2, 3)]


def test_somebody_with_a_make_up_is_not_deleted(office: SqlOffice) -> None:
    do(office, lambda unit: write_note(unit, 1, 2, "", "看了录像"))
    with office.unit() as unit:
        unit.remove(*unit.all(Attendance))
        unit.commit("清掉签到")
    assert states(office) == {2: MakeUpState.DROPPED}, "what was written stays in sight"
    with office.unit() as unit:
        person = unit.get(Person, 2)
        assert person is not None
        with pytest.raises(InUse, match=r"补学记录"):
            remove_person(unit, person)


def test_an_old_session_with_totals_only_is_owed_by_nobody(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(Absence(1, 2, AbsenceKind.LEAVE, OLD, OLD))
        unit.put(StudySession(3, OLD, time(9), time(10), status=SessionStatus.HELD,
                              expected_total=4, present_total=3),
                 SessionKindLink(3, STUDY))  # fmt: skip
        unit.commit("导入")
    assert states(office, 3) == {}
    with office.view() as unit:
        assert load_page(unit, 3).make_ups == ()
