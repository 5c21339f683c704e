"""An announced plan in a real store, mended after leave: whole, in part, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bulletin_study.domain.errors import Stale
from bulletin_study.domain.rotation import PlaceState
from bulletin_study.domain.sessions import Talk
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import history
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.rotation import check_rotation
from bulletin_study.usecases.rotation_repair import Mending, apply_repair, propose_repair
from bulletin_study.usecases.rotation_words import reason_words
from bulletin_study.usecases.talks import swap
from tests.contract.talk_office import (
    FIRST,
    LAST,
    away,
    hold,
    rows,
    speakers,
    talk_of,
    wednesday,
)


@pytest.fixture
def office(announced: SqlOffice) -> SqlOffice:
    """A small office whose six talks are announced."""
    return announced


def proposed(office: SqlOffice, first: date = FIRST) -> Mending:
    with office.view() as unit:
        return propose_repair(unit, first)


def broken(office: SqlOffice) -> list[str]:
    with office.view() as unit:
        return [str(b.rule) for b in check_rotation(unit, FIRST, LAST) if not b.accepted]


def test_nothing_happened_nothing_changes(office: SqlOffice) -> None:
    mending = proposed(office)
    assert mending.idle
    with office.unit() as unit:
        assert apply_repair(unit, mending).operation_id is None


def test_leave_changes_two_speakers_and_says_why(office: SqlOffice) -> None:
    assert speakers(office) == ["赵一", "孙三", "周五", "钱二", "李四", "吴六"]
    away(office, 3, wednesday(2), wednesday(2))
    assert broken(office) == ["speaker"]
    mending = proposed(office)
    assert [[p.day for p in chain] for chain in mending.chains] == [[wednesday(2), wednesday(5)]]
    with office.unit() as unit:
        done = apply_repair(unit, mending)
    assert done.label == "调整公布的讲课安排：改 2 位（12-09、12-30）"
    # 李四 of the same group changes with him: the groups keep their dates.
    assert speakers(office) == ["赵一", "李四", "周五", "钱二", "孙三", "吴六"]
    assert broken(office) == []
    with office.view() as unit:
        roster = load_roster(unit)
    row = rows(office)[1]
    assert [reason_words(r, roster, row.day) for r in row.reasons][:3] == [
        ("公布后调整", "原定孙三，下派，改到 12-30 讲"),
        ("换到这天", "李四原定 12-30 讲"),
        ("改动最少", "整个安排只动 2 处"),
    ]
    with office.unit() as unit:
        history.undo(unit)
    assert speakers(office) == ["赵一", "孙三", "周五", "钱二", "李四", "吴六"]
    with office.unit() as unit:
        history.redo(unit)
    assert speakers(office) == ["赵一", "李四", "周五", "钱二", "孙三", "吴六"]


def test_a_part_is_taken_and_the_rest_left(office: SqlOffice) -> None:
    away(office, 1, wednesday(1), wednesday(2))
    away(office, 3, wednesday(1), wednesday(2))
    mending = proposed(office)
    assert len(mending.chains) == 2
    assert [b.person_id for b in mending.breaches({0})] == [3]
    with office.unit() as unit:
        done = apply_repair(unit, mending, {0})
    assert done.label == "调整公布的讲课安排：改 2 位（12-02、12-23）"
    assert speakers(office) == ["钱二", "孙三", "周五", "赵一", "李四", "吴六"]
    assert [row.conflict for row in rows(office) if row.conflict] == ["下派"]


def test_a_title_goes_with_its_speaker_and_what_stays_keeps_everything(office: SqlOffice) -> None:
    titled = [
        replace(talk_of(office, session_id), title=title)
        for session_id, title in ((5, "怎样写信息"), (6, "台账怎么记"))
    ]
    with office.unit() as unit:
        unit.put(*titled)
        unit.commit("题目")
    before = talk_of(office, 6)
    away(office, 3, wednesday(2), wednesday(2))
    with office.unit() as unit:
        apply_repair(unit, propose_repair(unit, FIRST))
    assert [(row.speaker, row.title) for row in rows(office)] == [
        ("赵一", ""),
        ("李四", "怎样写信息"),
        ("周五", ""),
        ("钱二", ""),
        ("孙三", ""),
        ("吴六", "台账怎么记"),
    ]
    assert talk_of(office, 6) == before


def test_what_a_hand_changed_leaves_nothing_to_accept(office: SqlOffice) -> None:
    with office.view() as unit:
        ids = [unit.all(Talk, session_id=n)[0].id for n in (2, 3)]
    with office.unit() as unit:
        swap(unit, *ids)
    assert broken(office) == []
    assert proposed(office).idle


def test_a_repair_that_rests_on_old_data_is_refused(office: SqlOffice) -> None:
    away(office, 3, wednesday(2), wednesday(2))
    mending = proposed(office)
    away(office, 4, wednesday(2), wednesday(2))
    with office.unit() as unit, pytest.raises(Stale):
        apply_repair(unit, mending)
    assert speakers(office)[1] == "孙三"


def test_what_was_held_and_what_lies_before_is_left_alone(office: SqlOffice) -> None:
    hold(office, 1)
    away(office, 1, wednesday(1), wednesday(6))
    assert proposed(office, wednesday(2)).idle


def test_nobody_left_takes_the_speaker_off_and_another_group_is_accepted(
    office: SqlOffice,
) -> None:
    away(office, 3, wednesday(2), wednesday(6))
    away(office, 4, wednesday(2), wednesday(6))
    with office.unit() as unit:
        apply_repair(unit, propose_repair(unit, FIRST))
    talks = [row.talk for row in rows(office)]
    assert all(isinstance(talk, Talk) for talk in talks)
    assert not {"孙三", "李四"} & set(speakers(office)[1:])
    assert all(row.state is PlaceState.PLANNED for row in rows(office))
    assert broken(office) == []
    with office.view() as unit:
        accepted = [b for b in check_rotation(unit, FIRST, LAST) if b.accepted]
    assert accepted
