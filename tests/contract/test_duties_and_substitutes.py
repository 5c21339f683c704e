"""Standing in for a speaker, and drawing who comments and who says what they learned."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.errors import NobodyThere, RuleBroken, WrongStatus
from bulletin_study.domain.people import AbPair, Person, Role
from bulletin_study.domain.sessions import Comment, Reflection, SessionStatus, StudySession
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import history
from bulletin_study.usecases.attendance import MarkEntry, mark
from bulletin_study.usecases.duties import draw_duties, propose_duties
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.reflections import ask_reflections, save_comment
from bulletin_study.usecases.substituting import Offers, load_offers, substitute
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


def offers(office: SqlOffice, session_id: int) -> Offers:
    with office.view() as unit:
        return load_offers(unit, session_id, 1)


# --- 代讲 ---------------------------------------------------------------------------------


def test_candidates_come_ranked_with_reasons_and_price(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(AbPair(1, 3, 6))
        unit.commit("AB岗")
    hold(office, 1)
    found = offers(office, 2)
    assert [(one.name, one.group, one.why) for one in found.fit] == [
        ("吴六", "三组", "AB岗，下一组，等 361 周；与 2027-01-06 对调"),
        ("李四", "二组", "同组，等 361 周；与 12-30 对调"),
        ("周五", "三组", "下一组，等 361 周；与 12-16 对调"),
        ("钱二", "一组", "等 361 周；与 12-23 对调"),
    ]
    assert found.unfit == (("赵一", "本轮已经讲过 12-02"),)


def test_standing_in_by_a_swap_is_one_step_and_undone(office: SqlOffice) -> None:
    with office.unit() as unit:
        done = substitute(unit, 2, 1, 4)
    assert done.label.startswith("对调讲课：孙三")
    assert speakers(office) == ["赵一", "李四", "周五", "钱二", "孙三", "吴六"]
    with office.unit() as unit:
        history.undo(unit)
    assert speakers(office) == ["赵一", "孙三", "周五", "钱二", "李四", "吴六"]


def test_who_cannot_serve_the_other_date_leaves_it_empty(office: SqlOffice) -> None:
    titled = replace(talk_of(office, 5), title="怎样写信息")
    with office.unit() as unit:
        unit.put(titled)
        unit.commit("题目")
    away(office, 3, wednesday(2), wednesday(6))
    found = {one.name: one.why for one in offers(office, 2).fit}
    assert found["李四"] == "同组，等 361 周；原排 12-30，那天空出来"
    assert list(found) == ["赵一", "李四", "周五", "吴六", "钱二"], "who leaves a gap comes last"
    with office.unit() as unit:
        done = substitute(unit, 2, 1, 4)
    assert done.label == "2026-12-09 每周一讲改由李四讲（原定孙三），2026-12-30 每周一讲空出"
    assert speakers(office) == ["赵一", "李四", "周五", "钱二", "", "吴六"]
    assert rows(office)[1].title == "怎样写信息"
    assert rows(office)[1].pinned


def test_afterwards_it_is_noted_who_really_spoke(office: SqlOffice) -> None:
    hold(office, 1, 2)
    with office.unit() as unit:
        substitute(unit, 2, 1, 4)
    row = rows(office)[1]
    assert (row.speaker, row.stood_in_for) == ("李四", "孙三")


def test_somebody_who_is_away_cannot_stand_in(office: SqlOffice) -> None:
    away(office, 4, wednesday(2), wednesday(2))
    assert ("李四", "下派") in offers(office, 2).unfit
    with office.unit() as unit, pytest.raises(RuleBroken):
        substitute(unit, 2, 1, 4)
    assert speakers(office)[1] == "孙三"


def test_a_cancelled_session_offers_nobody(office: SqlOffice) -> None:
    with office.unit() as unit:
        session = unit.get(StudySession, 2)
        assert session is not None
        unit.put(replace(session, status=SessionStatus.CANCELLED))
        unit.commit("取消")
    assert offers(office, 2) == Offers(2, 1, (), ())


# --- duties -------------------------------------------------------------------------------


def draw_for(office: SqlOffice, session_id: int) -> str:
    talk_id = talk_of(office, session_id).id
    with office.unit() as unit:
        return draw_duties(unit, talk_id).label


def asked(office: SqlOffice, session_id: int) -> list[int]:
    with office.view() as unit:
        return [r.person_id for r in unit.all(Reflection, session_id=session_id)]


def commented(office: SqlOffice, session_id: int) -> list[int | None]:
    with office.view() as unit:
        return [c.leader_id for c in unit.all(Comment, session_id=session_id)]


def test_one_key_draws_a_leader_and_three_of_different_groups(office: SqlOffice) -> None:
    # 赵一 speaks with 钱二 as 帮带人: of the first group nobody is left to be asked.
    assert draw_for(office, 1) == "抽定（12-02）：部长点评；孙三、周五、李四发言"
    assert commented(office, 1) == [7]
    with office.unit() as unit:
        history.undo(unit)
    assert asked(office, 1) == []
    assert commented(office, 1) == []
    with office.unit() as unit:
        history.redo(unit)
    assert asked(office, 1) == [3, 5, 4]


def test_over_the_weeks_everybody_is_asked_alike(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(Person(8, "副部长", 2, role=Role.LEADER))
        unit.commit("领导")
    for session_id in range(1, 7):
        draw_for(office, session_id)
        hold(office, session_id)
    times = Counter(k for number in range(1, 7) for k in asked(office, number))
    assert set(times) == {1, 2, 3, 4, 5, 6}
    # Two in each group: beside one a group, and never the speaker, it cannot be evener.
    assert max(times.values()) - min(times.values()) <= 2
    assert [commented(office, n)[0] for n in range(1, 7)] == [7, 8, 7, 8, 7, 8]


def test_what_a_hand_has_settled_stays_and_only_the_rest_is_drawn(office: SqlOffice) -> None:
    talk_id = talk_of(office, 1).id
    with office.unit() as unit:
        ask_reflections(unit, 1, [6], talk_id=talk_id)
    with office.unit() as unit:
        save_comment(unit, 1, "讲得实在", leader_id=None, talk_id=talk_id)
    draw_for(office, 1)
    assert asked(office, 1) == [6, 3, 4]
    with office.view() as unit:
        (comment,) = unit.all(Comment, session_id=1)
    assert (comment.text, comment.leader_id) == ("讲得实在", 7)
    assert draw_for(office, 1) == ""


def test_who_is_away_or_marked_absent_is_never_drawn(office: SqlOffice) -> None:
    away(office, 3, wednesday(1), wednesday(1))
    with office.unit() as unit:
        mark(unit, 1, [MarkEntry(5, Mark.ABSENT, "未到")])
    draw_for(office, 1)
    assert not {1, 2, 3, 5} & set(asked(office, 1))
    talk_id = talk_of(office, 1).id
    with office.view() as unit:
        assert propose_duties(unit, talk_id).leader is None
        assert load_roster(unit).people[7].role is Role.LEADER


def test_nobody_to_ask_is_said(office: SqlOffice) -> None:
    for person in (3, 4, 5, 6, 7):
        away(office, person, wednesday(1), wednesday(1))
    talk_id = talk_of(office, 1).id
    with office.unit() as unit, pytest.raises(NobodyThere):
        draw_duties(unit, talk_id)
    assert asked(office, 1) == []


def test_a_cancelled_session_has_no_duties(office: SqlOffice) -> None:
    talk_id = talk_of(office, 1).id
    with office.unit() as unit:
        session = unit.get(StudySession, 1)
        assert session is not None
        unit.put(replace(session, status=SessionStatus.CANCELLED))
        unit.commit("取消")
    with office.unit() as unit, pytest.raises(WrongStatus):
        draw_duties(unit, talk_id)
