"""A talk moved to another week or place, and everything one person has spoken about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulletin_study.domain.errors import Missing, NotFound, RuleBroken, WrongStatus
from bulletin_study.domain.sessions import Comment
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import history
from bulletin_study.usecases.moving import move_talk
from bulletin_study.usecases.person_talks import load_record
from bulletin_study.usecases.talks import clear_place, record_speaker, set_places
from tests.contract.talk_office import (
    away,
    hold,
    rows,
    speakers,
    talk_of,
    wednesday,
)


@pytest.fixture
def office(announced: SqlOffice) -> SqlOffice:
    """Six announced talks: 赵一 孙三 周五 钱二 李四 吴六."""
    return announced


def move(office: SqlOffice, session_id: int, to: int, place: int | None = None) -> str:
    talk_id = talk_of(office, session_id).id
    with office.unit() as unit:
        return move_talk(unit, talk_id, to, place).label


def test_to_a_taken_place_the_two_change(office: SqlOffice) -> None:
    assert move(office, 1, 3, 1).startswith("对调讲课：赵一")
    assert speakers(office) == ["周五", "孙三", "赵一", "钱二", "李四", "吴六"]


def test_to_a_free_place_it_goes_with_its_title_and_stays_there(office: SqlOffice) -> None:
    titled = replace(talk_of(office, 1), title="怎样写信息")
    with office.unit() as unit:
        unit.put(titled)
        unit.commit("题目")
    with office.unit() as unit:
        clear_place(unit, 6, 1)
    label = move(office, 1, 6)
    assert label == "把赵一的讲课从2026-12-02 每周一讲挪到2027-01-06 每周一讲"
    assert speakers(office) == ["", "孙三", "周五", "钱二", "李四", "赵一"]
    row = rows(office)[-1]
    assert (row.title, row.pinned, row.round) == ("怎样写信息", True, 1)
    with office.unit() as unit:
        history.undo(unit)
    assert speakers(office) == ["赵一", "孙三", "周五", "钱二", "李四", ""]


def test_the_first_free_place_of_a_session_with_several(office: SqlOffice) -> None:
    with office.unit() as unit:
        set_places(unit, 3, 3)
    move(office, 1, 3)
    assert [(r.session.id, r.place, r.speaker) for r in rows(office) if r.session.id == 3] == [
        (3, 1, "周五"),
        (3, 2, "赵一"),
        (3, 3, ""),
    ]


def test_a_full_session_has_no_free_place(office: SqlOffice) -> None:
    talk_id = talk_of(office, 1).id
    with office.unit() as unit, pytest.raises(NotFound):
        move_talk(unit, talk_id, 2)


def test_the_rules_about_the_date_hold_unless_overridden(office: SqlOffice) -> None:
    with office.unit() as unit:
        clear_place(unit, 6, 1)
    away(office, 1, wednesday(6), wednesday(6))
    talk_id = talk_of(office, 1).id
    with office.unit() as unit, pytest.raises(RuleBroken):
        move_talk(unit, talk_id, 6)
    with office.unit() as unit:
        move_talk(unit, talk_id, 6, override=True)
    assert speakers(office)[-1] == "赵一"


def test_what_was_held_and_who_is_nobody_does_not_move(office: SqlOffice) -> None:
    hold(office, 1)
    for talk_id, to in ((talk_of(office, 1).id, 2), (talk_of(office, 2).id, 1)):
        with office.unit() as unit, pytest.raises(WrongStatus):
            move_talk(unit, talk_id, to, 1)
    nobody = replace(talk_of(office, 3), speaker_id=None)
    with office.unit() as unit:
        unit.put(nobody)
        unit.commit("空")
    talk_id = talk_of(office, 3).id
    with office.unit() as unit, pytest.raises(Missing):
        move_talk(unit, talk_id, 4, 1)


def test_a_person_s_record_tells_of_talks_given_and_given_by_others(office: SqlOffice) -> None:
    hold(office, 1, 2)
    commented = Comment(1, 1, 7, "讲得实在", talk_of(office, 1).id)
    with office.unit() as unit:
        unit.put(commented)
        unit.commit("点评")
    with office.unit() as unit:
        record_speaker(unit, 2, 1, 1)
    with office.view() as unit:
        mine, theirs = load_record(unit, 1), load_record(unit, 3)
    assert [(t.row.day, t.told) for t in mine.held] == [
        (wednesday(2), "第2轮 · 代孙三讲"),
        (wednesday(1), "第1轮 · 部长点评"),
    ]
    assert (mine.name, mine.last) == ("赵一", wednesday(2))
    assert [(t.row.day, t.told) for t in theirs.held] == [(wednesday(2), "由赵一代讲")]
    assert theirs.ahead == ()
