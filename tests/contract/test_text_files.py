"""Pieces handed in as files: whose they are, what they change, saved as one operation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.errors import NotFound, Stale
from bulletin_study.domain.people import Person, Role
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    ReflectionKind,
    SessionKindLink,
    StudySession,
    Talk,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.history import undo
from bulletin_study.usecases.minutes import noted_words
from bulletin_study.usecases.reflections import ask_written
from bulletin_study.usecases.sign_in_page import SignInPage, load_page
from bulletin_study.usecases.text_files import (
    TextFile,
    TextRow,
    Verdict,
    kind_in_name,
    match_texts,
    people_in_name,
    save_texts,
)
from tests.contract.stores import quick_office
from tests.helpers import TODAY

NAMES = dict(
    enumerate(("张三", "张三丰", "买买提·吐尔逊", "王伟", "王伟", "欧阳娜娜", "讲课人"), start=1)
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = quick_office(tmp_path / "store.sqlite3")
    with store.unit() as unit:
        unit.put(*(Person(k, name, k, f"{k:03}") for k, name in NAMES.items()))
        unit.put(Person(9, "李部长", 9, role=Role.LEADER))
        unit.put(
            StudySession(1, TODAY, time(9), time(10)), SessionKindLink(1, 2), Talk(1, 1, 1, 7),
            Reflection(1, 1, 1, text="现场说的", talk_id=1), Reflection(2, 1, 6, talk_id=1),
        )  # fmt: skip
        unit.commit("准备")
    yield store
    store.close()


def page_of(office: SqlOffice) -> SignInPage:
    with office.view() as unit:
        return load_page(unit, 1)


def match(office: SqlOffice, *files: TextFile, **chosen: int) -> list[TextRow]:
    names = {name.replace("_", "."): key for name, key in chosen.items()}
    return match_texts(page_of(office), 1, files, names)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("张三心得体会.docx", [1]),
        ("张三丰心得.docx", [2]),
        ("心得-张三、张三丰.docx", [1, 2]),
        ("张 三（办公室）.txt", [1]),
        ("买买提·吐尔逊 体会.docx", [3]),
        ("王伟心得.docx", [4, 5]),
        ("005王伟心得.docx", [5]),
        ("讲课人.docx", []),
        ("心得体会终稿.docx", []),
        ("1103期.docx", []),
    ],
)
def test_names_in_a_files_name(office: SqlOffice, name: str, who: list[int]) -> None:
    people = [p for p in page_of(office).on_roster if p.id != 7]
    assert [p.id for p in people_in_name(name, people)] == who


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("张三心得体会.docx", ReflectionKind.INSIGHT),
        ("张三体会.docx", ReflectionKind.UNDERSTANDING),
        ("听课感想 张三.docx", ReflectionKind.IMPRESSION),
        ("张三.docx", ReflectionKind.INSIGHT),
    ],
)
def test_the_kind_is_what_the_files_name_says(name: str, kind: ReflectionKind) -> None:
    assert kind_in_name(name) is kind


def test_a_name_that_stands_alone_in_the_text_counts_too(office: SqlOffice) -> None:
    rows = match(
        office,
        TextFile("一.docx", "学习心得\n姓名：欧阳 娜娜\n正文" + "\n很长" * 30),
        TextFile("二.docx", "正文里提到买买提·吐尔逊同志的做法"),
        TextFile("三.docx", "学习心得\n正文\n正文\n张三丰\n2026年11月"),
    )
    assert [row.person_id for row in rows] == [6, None, 2]
    assert rows[1].verdict is Verdict.UNKNOWN


def test_what_each_file_would_change(office: SqlOffice) -> None:
    rows = match(
        office,
        TextFile("张三.docx", "写的"),
        TextFile("欧阳娜娜.docx", "也写了"),
        TextFile("欧阳娜娜2.docx", "再写"),
        TextFile("王伟.docx", "谁"),
        TextFile("坏.docx", problem="读不出"),
    )
    assert [row.verdict for row in rows] == [
        Verdict.NEW, Verdict.NEW, Verdict.TWICE, Verdict.AMBIGUOUS, Verdict.UNREADABLE,
    ]  # fmt: skip
    assert rows[0].stored is None, "what was said on the spot stays"
    assert rows[1].stored is not None
    assert rows[3].candidates == (4, 5)
    rows = match(office, TextFile("王伟.docx", "谁"), 王伟_docx=5)
    assert (rows[0].verdict, rows[0].person_id) == (Verdict.NEW, 5)


def test_they_are_saved_as_one_operation_and_stay_the_same_the_second_time(
    office: SqlOffice,
) -> None:
    files = [TextFile("张三.docx", "写的"), TextFile("欧阳娜娜体会.docx", "也写了")]
    page = page_of(office)
    with office.unit() as unit:
        saved = save_texts(unit, page, 1, match_texts(page, 1, files))
    assert saved.label == "导入书面材料 2 份（2026-11-25 每周一讲）：张三、欧阳娜娜"
    said = {(r.person_id, r.written): r for r in page_of(office).reflections}
    assert said[1, False].text == "现场说的"
    assert said[1, True].text == "写的"
    assert said[6, True].text == "也写了"
    assert said[6, True].kind is ReflectionKind.UNDERSTANDING
    assert {r.verdict for r in match(office, *files)} == {Verdict.SAME}
    assert match(office, TextFile("张三.docx", "改过"))[0].verdict is Verdict.CHANGED
    with office.unit() as unit:
        undo(unit)
    assert len(page_of(office).reflections) == 2


def test_what_was_changed_since_the_preview_is_not_overwritten(office: SqlOffice) -> None:
    page = page_of(office)
    rows = match_texts(page, 1, [TextFile("欧阳娜娜.docx", "写的"), TextFile("张三.docx", "写的")])
    with office.unit() as unit:
        unit.put(Reflection(2, 1, 6, text="刚记下的", talk_id=1))
        unit.commit("别人")
    with pytest.raises(Stale), office.unit() as unit:
        save_texts(unit, page, 1, rows)
    assert [r.text for r in page_of(office).reflections] == ["现场说的", "刚记下的"]


def test_nothing_to_save_is_refused(office: SqlOffice) -> None:
    page = page_of(office)
    rows = match_texts(page, 1, [TextFile("无名.docx", "x")])
    with pytest.raises(NotFound), office.unit() as unit:
        save_texts(unit, page, 1, rows)


@given(st.lists(st.sampled_from(["张三", "张三丰", "王伟", "心得", "x", "5"]), max_size=4))
def test_every_person_found_is_named_in_the_files_name(parts: list[str]) -> None:
    people = [Person(k, name, k) for k, name in NAMES.items()]
    name = "".join(parts) + ".docx"
    found = people_in_name(name, people)
    assert all(p.name in name for p in found)
    assert bool(found) == any(p.name in name for p in people)


def test_speeches_are_made_talk_by_talk_without_what_stands_there(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(
            Comment(1, 1, 9, "讲得实", talk_id=1), Comment(2, 1, None, "总的不错"),
            Reflection(3, 1, 2, text="会上说的"),
        )  # fmt: skip
        (spoken,) = unit.all(Reflection, person_id=1)
        unit.commit("点评")
    with office.unit() as unit:
        ask_written(unit, spoken)
    page = page_of(office)
    words = "讲课人讲课\n张三：现场说的\n李部长：讲得实\n张三丰：会上说的\n点评：总的不错"
    assert noted_words(page) == words
    assert noted_words(page, words) == ""
    assert noted_words(page, "张三：现场说的，还有\n张三丰：会上说的") == (
        "讲课人讲课\n李部长：讲得实\n点评：总的不错"
    )
