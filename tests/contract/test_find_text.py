"""What a clerk is told about words found in what was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.people import Person, Role
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    ReflectionKind,
    SessionKindLink,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.domain.written import fold
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.find_text import (
    TextKind,
    excerpt_around,
    find_text,
    found_json,
    none_found,
)
from bulletin_study.usecases.search import WRITTEN_WORDS, find_everywhere

DAY = date(2026, 11, 24)
STUDY, TALK = 1, 2


@pytest.fixture
def told(office: SqlOffice) -> SqlOffice:
    """A talk with a comment and what one person learned, a study session, a planned theme."""
    with office.unit() as unit:
        unit.put(Person(1, "钱部长", 1, role=Role.LEADER))
        unit.put(Person(2, "孙一", 2), Person(3, "李二", 3))
        unit.put(
            StudySession(1, DAY, time(15), time(16), talk_places=2),
            StudySession(2, DAY - timedelta(days=1), time(9), time(10), "学习条例",
                         decisions="一、互相学习\n二、写好台账"),
        )  # fmt: skip
        unit.put(SessionKindLink(1, TALK), SessionKindLink(2, STUDY))
        unit.put(Talk(7, 1, 2, 2, title="怎样学习公文"))
        unit.put(Talk(6, 1, 1, guest="党校周老师", title="学习法"))
        unit.put(Comment(1, 1, 1, "学习得细", talk_id=7))
        unit.put(Reflection(1, 1, 3, ReflectionKind.INSIGHT, "回去学习" * 2, talk_id=7))
        unit.put(StudyPlanItem(1, STUDY, "学习新法", day=DAY + timedelta(days=7)))
        unit.commit("准备")
    return office


def test_each_hit_says_who_what_when_and_where(told: SqlOffice) -> None:
    with told.view() as unit:
        found = find_text(unit, " 学习 ")
    assert [(h.who, h.what, h.day, h.session, h.place) for h in found.found] == [
        ("", "学习计划", date(2026, 12, 1), "", 1),
        ("李二", "心得", DAY, "每周一讲", 2),
        ("钱部长", "点评", DAY, "每周一讲", 2),
        ("党校周老师", "讲课题目", DAY, "每周一讲", 1),
        ("孙一", "讲课题目", DAY, "每周一讲", 2),
        ("", "主题", date(2026, 11, 23), "每周一学", 1),
        ("", "议定事项", date(2026, 11, 23), "每周一学", 1),
    ]
    assert found.counts == {
        TextKind.SAID: 1, TextKind.COMMENT: 1, TextKind.MINUTES: 1, TextKind.THEME: 4,
    }  # fmt: skip
    assert found.total == 7
    said = found.found[1]
    assert [said.excerpt.text[a:b] for a, b in said.excerpt.marks] == ["学习", "学习"]
    assert found.found[-1].excerpt.text == "一、互相学习 二、写好台账"


def test_several_words_are_found_where_all_of_them_stand(told: SqlOffice) -> None:
    with told.unit() as unit:
        unit.put(Reflection(2, 1, 2, text="先读原文，再用自己的话转述。"),
                 Reflection(3, 1, 3, text="只读原文"))  # fmt: skip
        unit.commit("心得")
    with told.view() as unit:
        (both,) = find_text(unit, "转述 原文").found
        assert [both.excerpt.text[a:b] for a, b in both.excerpt.marks] == ["原文", "转述"]
        assert find_text(unit, "原文　转述").total == 1
        assert find_text(unit, "“原文 转述”").total == 0
        assert find_text(unit, "原文 没写").total == 0


def test_a_name_stands_for_what_that_person_said(told: SqlOffice) -> None:
    with told.view() as unit:
        found = find_text(unit, "李二 学习")
        assert [(one.who, one.what) for one in found.found] == [("李二", "心得")]
        assert found.found[0].excerpt.text == "回去学习回去学习"
        assert [one.what for one in find_text(unit, "钱部长 得细").found] == ["点评"]
        assert find_text(unit, "孙一 得细").total == 0
        assert find_text(unit, "李 学习").total == 0, "a surname is a word like others"
        assert {one.who for one in find_text(unit, "李二").found} == {"李二"}


def test_what_is_missing_is_said_in_one_sentence() -> None:
    assert none_found("学习") == "写过的话里没有“学习”。"
    assert none_found("原文 “转 述”", "点评") == "点评里没有一处同时写到“原文”、“转 述”。"


def test_words_far_apart_are_both_shown() -> None:
    made = excerpt_around("前" * 100 + "原文" + "中" * 300 + "转述" + "后" * 200, ["转述", "原文"])
    assert [made.text[a:b] for a, b in made.marks] == ["原文", "转述"]
    assert made.text.startswith("…" + "前" * 8 + "原文")
    assert "中…中" in made.text
    assert len(made.text) <= 123


@given(st.text(st.sampled_from("学习ßＡa \n𬱖，"), max_size=400))
def test_an_excerpt_of_several_words_marks_each(text: str) -> None:
    made = excerpt_around(text, ["学", "a", "𬱖习"])
    assert len(made.text) <= 124
    assert all(fold(made.text[a:b]) in ("学", "a", "𬱖习") for a, b in made.marks)
    assert {fold(made.text[a:b]) for a, b in made.marks} == {
        word for word in ("学", "a", "𬱖习") if word in fold(text)
    }


def test_one_kind_at_a_time_with_the_numbers_of_all(told: SqlOffice) -> None:
    with told.view() as unit:
        found = find_text(unit, "学习", kinds=[TextKind.COMMENT, TextKind.MINUTES])
        nothing = find_text(unit, "学习", kinds=[TextKind.MAKE_UP])
        second = find_text(unit, "学习", first=1, limit=1)
    assert [h.what for h in found.found] == ["点评", "议定事项"]
    assert (found.total, nothing.total, nothing.found) == (7, 7, ())
    assert [h.what for h in second.found] == ["心得"]


def test_a_changed_text_is_found_by_its_new_words_only(told: SqlOffice) -> None:
    with told.unit() as unit:
        said = unit.all(Reflection)[0]
        unit.put(replace(said, text="回去照办"))
        unit.commit("改")
    with told.view() as unit:
        assert find_text(unit, "回去学习").total == 0
        assert find_text(unit, "办").total == 1


@given(st.text(st.sampled_from("学习ßＡa \n𬱖，"), max_size=400), st.sampled_from("学习a𬱖"))
def test_an_excerpt_shows_the_first_hit_and_marks_only_hits(text: str, words: str) -> None:
    made = excerpt_around(text, [words])
    assert len(made.text) <= 122
    assert "\n" not in made.text
    assert all(fold(made.text[a:b]) == words for a, b in made.marks)
    assert bool(made.marks) == (words in fold(text))


def test_a_long_text_is_cut_around_the_hit() -> None:
    made = excerpt_around("前" * 300 + "学习会" + "后" * 300, ["学习会"])
    assert made.text == f"…{'前' * 30}学习会{'后' * 87}…"
    assert made.marks == ((31, 34),)


def test_find_everywhere_ends_with_a_few_texts_and_all_of_them(told: SqlOffice) -> None:
    with told.view() as unit:
        hits = [hit for hit in find_everywhere(unit, "学习") if hit.kind == WRITTEN_WORDS]
        assert [(hit.title, hit.everything) for hit in hits] == [
            ("11-24  李二  心得", ""), ("11-24  钱部长  点评", ""),
            ("11-23  议定事项", ""), ("全部 7 处…", "学习"),
        ]  # fmt: skip
        assert hits[0].note == "回去学习回去学习"
        assert find_everywhere(unit, "没有写过") == []


def test_for_programs_the_same_with_positions(told: SqlOffice) -> None:
    with told.view() as unit:
        made = found_json(find_text(unit, "细", limit=None))
    assert made == {
        "words": "细",
        "total": 1,
        "counts": {"点评": 1},
        "hits": [
            {"kind": "点评", "what": "点评", "who": "钱部长", "date": "2026-11-24", "session": 1,
             "kinds": "每周一讲", "excerpt": "学习得细", "marks": [[3, 4]], "text": "学习得细"}
        ],
    }  # fmt: skip
