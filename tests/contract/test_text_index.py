"""Words are found exactly where a plain scan finds them, whatever was done to the texts."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.evidence import Evidence, EvidenceKind
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.domain.written import (
    WRITTEN,
    TextHits,
    Word,
    fold,
    is_plain,
    spans,
    words_of,
)
from bulletin_study.storage import text_index
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.history import NothingToUndo, redo, undo
from bulletin_study.usecases.ports import UnitOfWork
from tests.contract.stores import quick_office

MONDAY = date(2026, 11, 23)
# Few letters, so that words meet; the awkward ones of every kind among them.
LETTERS = "学习会议aAbＡａ1１ßẞİıſK𬱖㛃👍👍🏽\"'*%_-():^+\\\0\n\t 　，。"
TEXT = st.text(st.sampled_from(LETTERS), max_size=9) | st.text(
    st.characters(exclude_categories=("Cs",)), max_size=5
)
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=4)
# Some words are the names of people.
ASKED = st.lists(
    st.builds(Word, WORDS, st.frozensets(st.sampled_from((1, 2, 3)), max_size=2)),
    min_size=1,
    max_size=3,
)


@contextmanager
def furnished() -> Iterator[SqlOffice]:
    with TemporaryDirectory() as folder:
        office = quick_office(Path(folder) / "store.sqlite3")
        with office.unit() as unit:
            unit.put(*(Person(n, f"第{n}人", n) for n in (1, 2, 3)))
            unit.put(*(StudySession(n, MONDAY + timedelta(days=n), time(9), time(10))
                       for n in (1, 2, 3)))  # fmt: skip
            unit.put(*(Talk(n, n, 1, n) for n in (1, 2, 3)))
            unit.commit("准备")
        yield office
        office.close()


def scanned(unit: UnitOfWork, words: Sequence[Word]) -> set[tuple[int, int]]:
    """Place and id of every text with all these words, by looking at them all."""
    return {
        (place.code, value.id)
        for place in WRITTEN
        for value in unit.all(place.entity)
        if all(
            fold(word.text) in fold(text)
            or (text and place.by and getattr(value, place.by) in word.people)
            for text in [getattr(value, place.field)]
            for word in words
        )
    }


def check_hits(unit: UnitOfWork, *asked: str | Word) -> TextHits:
    """The index answers as the scan does, and tells how many; the hits for more looking."""
    words = [Word(one) if isinstance(one, str) else one for one in asked]
    found = unit.texts_holding(words)
    keys = [(hit.place.code, hit.key) for hit in found.hits]
    assert set(keys) == scanned(unit, words)
    assert len(keys) == len(set(keys)) == sum(found.counts.values())
    for hit in found.hits:
        assert hit.text == getattr(unit.get(hit.place.entity, hit.key), hit.place.field)
        for word in words:
            alone = spans(hit.text, word.text)
            assert alone or word.people
            for start, end in alone:
                assert fold(word.text) in fold(hit.text[start:end])
    return found


def texts(entity: type, number: int, words: str) -> Any:
    """A value whose every text holds the words."""
    made: dict[type, Any] = {
        Reflection: Reflection(number, number, number),
        Comment: Comment(number, number, None, ""),
        StudySession: StudySession(number, MONDAY, time(9), time(10)),
        Talk: Talk(number, number, 1, number),
        StudyPlanItem: StudyPlanItem(number, 1, "", day=MONDAY),
        MakeUp: MakeUp(number, number, number),
    }
    written = {place.field: words for place in WRITTEN if place.entity is entity}
    return replace(made[entity], **written)


EDITS = st.tuples(
    st.sampled_from((Reflection, Comment, StudySession, Talk, StudyPlanItem, MakeUp)),
    st.sampled_from((1, 2, 3)),
    TEXT,
)
STEPS = st.one_of(
    st.lists(EDITS, min_size=1, max_size=4),
    st.sampled_from(("remove", "undo", "redo", "abandon")),
)


def take(office: SqlOffice, step: Any) -> None:
    """One step of a clerk: write, remove, take back, or write and think better of it."""
    try:
        with office.unit() as unit:
            match step:
                case "undo":
                    undo(unit)
                case "redo":
                    redo(unit)
                case "remove":
                    unit.remove(*unit.all(Reflection), *unit.all(MakeUp)[:1])
                    unit.commit("删去")
                case "abandon":
                    unit.put(texts(Reflection, 1, "学习会议不算数"))
                    check_hits(unit, "不算")
                case _:
                    for edit in step:
                        unit.put(texts(*edit))
                    check_hits(unit, "学")
                    unit.commit("写")
    except NothingToUndo:
        pass


@given(st.lists(STEPS, max_size=6), st.lists(ASKED, min_size=1, max_size=5))
def test_after_any_edits_the_hits_are_those_of_a_plain_scan(
    steps: list[Any], queries: list[list[Word]]
) -> None:
    with furnished() as office:
        for step in steps:
            take(office, step)
            with office.view() as unit:
                for words in queries:
                    check_hits(unit, *words)
        assert office.check() == []
        office.rebuild_kept()
        with office.view() as unit:
            for words in queries:
                check_hits(unit, *words)


@given(TEXT, WORDS)
def test_what_is_emphasised_is_what_was_looked_for(text: str, words: str) -> None:
    found = spans(text, words)
    assert bool(found) == (fold(words) in fold(text))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert found == sorted(found)


@given(TEXT, st.lists(WORDS, max_size=3))
def test_every_word_is_emphasised_once(text: str, words: list[str]) -> None:
    found = spans(text, *words)
    covered = {at for word in words for start, end in spans(text, word) for at in range(start, end)}
    assert {at for start, end in found for at in range(start, end)} == covered
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("原文 转述", ("原文", "转述")),
        ("　原文\n\t转述 ", ("原文", "转述")),
        ("“原文 转述”", ("原文 转述",)),
        ('"原文 转述" 学习', ("原文 转述", "学习")),
        ("ＷＰＳ wps", ("wps",)),
        ("“学习”强国", ("“学习”强国",)),
        ("他说“ 学习", ("他说“", "学习")),
        ('" 学', ('"', "学")),
        ('""', ('""',)),
        (" ", ()),
    ],
)
def test_blanks_part_the_words_but_not_in_quotes(asked: str, words: tuple[str, ...]) -> None:
    assert words_of(asked) == words


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("学习会上学习", "学习", ["学习", "学习"]),
        ("WPS 与 ＷＰＳ", "wps", ["WPS", "ＷＰＳ"]),
        ("２０２６年", "2026", ["２０２６"]),
        ("在Straße上", "SS", ["ß"]),
        ("在Straße上", "上", ["上"]),
        ("𬱖和👍🏽", "和👍", ["和👍"]),
        ("一\n二", "一二", []),
    ],
)
def test_case_and_width_make_no_difference(text: str, words: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words)] == found


def test_no_other_letter_is_folded_to_a_chinese_one() -> None:
    """What lets the database itself look for Chinese words."""
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    for letter in every:
        if fold(letter) != letter:
            assert not any(unicodedata.category(one) == "Lo" for one in fold(letter))
    assert is_plain("学习𬱖㛃")
    assert not is_plain("学a")


@pytest.mark.parametrize("words", ['"', "*", "'", "a OR b", "NEAR(学)", "学*", "%", "_", "\0", ""])
def test_no_sign_has_a_meaning_of_its_own(words: str) -> None:
    with furnished() as office, office.unit() as unit:
        unit.put(texts(Reflection, 1, '他说"学*习"，It\'s 100%_\0；a OR b，NEAR(学)。'))
        unit.put(texts(Reflection, 2, "学习一二"))
        if words:
            assert {hit.key for hit in check_hits(unit, words).hits} == {1}
        else:
            assert unit.texts_holding([Word(words)]) == TextHits({}, ())
            assert unit.texts_holding([]) == TextHits({}, ())


def test_every_field_that_people_write_into_is_found() -> None:
    with furnished() as office, office.unit() as unit:
        for entity in (Reflection, Comment, StudySession, Talk, StudyPlanItem, MakeUp):
            unit.put(texts(entity, 1, "处处都写"))
        now = unit.services.clock.now()
        unit.put(Evidence(1, 1, EvidenceKind.PHOTO, "a", "处处都写.jpg", "", 1, now,
                          caption="处处都写"))  # fmt: skip
        assert {hit.place for hit in check_hits(unit, "都写").hits} == set(WRITTEN)


def test_the_newest_session_comes_first_and_a_page_at_a_time() -> None:
    with furnished() as office, office.unit() as unit:
        unit.put(texts(Reflection, 1, "学"), texts(Reflection, 3, "学"), texts(Comment, 2, "学"))
        unit.put(StudyPlanItem(9, 1, "学", week=MONDAY + timedelta(days=7)),
                 StudyPlanItem(8, 1, "学"))  # fmt: skip
        newest = [(hit.place.entity, hit.key) for hit in unit.texts_holding([Word("学")]).hits]
        assert newest == [(StudyPlanItem, 9), (Reflection, 3), (Comment, 2), (Reflection, 1),
                          (StudyPlanItem, 8)]  # fmt: skip
        for first in range(6):
            page = unit.texts_holding([Word("学")], None, first, 2)
            assert [(h.place.entity, h.key) for h in page.hits] == newest[first : first + 2]
            assert sum(page.counts.values()) == 5
        only = unit.texts_holding([Word("学")], [WRITTEN[0]])
        assert [hit.key for hit in only.hits] == [3, 1]
        assert sum(only.counts.values()) == 5


def many_reflections(number: int) -> Iterable[Reflection]:
    said = ("学习会上说的", "学以致用", "学习，就是要会用", "开会", "习惯", "练")
    return (
        Reflection(n, n % 3 + 1, n % 3 + 1, text=f"{said[n % len(said)]}{n}")
        for n in range(1, number + 1)
    )


def test_the_newest_of_very_many_are_those_of_all() -> None:
    with furnished() as office, office.unit() as unit:
        unit.put(*many_reflections(5000))
        for words in ("学", "学习", "学习会", "用", "99"):
            everything = check_hits(unit, words).hits
            for first, limit in ((0, 1), (0, 50), (40, 50), (2400, 300)):
                page = unit.texts_holding([Word(words)], None, first, limit)
                assert page.hits == everything[first : first + limit]


def test_words_that_are_gone_are_nowhere_in_the_index() -> None:
    with furnished() as office:
        with office.unit() as unit:
            unit.put(texts(Reflection, 1, "𬱖㛃秘不可宣"), texts(Reflection, 2, "留着"))
            unit.commit("写")
        gram = max(text_index.grams("秘不可") - text_index.grams("秘不")).to_bytes(8, "big")
        office._database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        assert gram in office.path.read_bytes()
        with office.unit() as unit:
            unit.remove(*unit.all(Reflection, id=1))
            unit.commit("删")
        assert office.check() == []
        office._database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        assert gram not in office.path.read_bytes()
        with closing(sqlite3.connect(office.path)) as connection:
            rows = connection.execute("SELECT gram FROM text_gram").fetchall()
            letters = {gram % 2**21 - 1 for (gram,) in rows}
            assert letters == set(map(ord, "留着"))


def test_check_notices_an_index_that_is_not_that_of_the_texts(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(Person(1, "甲", 1), StudySession(1, MONDAY, time(9), time(10), "学习"))
        unit.commit("写")
    for damage in (
        "DELETE FROM text_gram WHERE gram = (SELECT min(gram) FROM text_gram)",
        "UPDATE text_gram SET docs = x'07' WHERE gram = (SELECT max(gram) FROM text_gram)",
        "INSERT INTO text_gram VALUES (77, 5, x'00')",
    ):
        office._database.run(damage)
        (finding,) = office.check()
        assert "查找用的索引有 1 处" in finding
        office.rebuild_kept()
        assert office.check() == []


def test_a_save_without_text_does_not_touch_the_index(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(StudySession(1, MONDAY, time(9), time(10), "学习"))
        unit.commit("写")
    before = office._database.connection.connection.dbapi_connection.total_changes  # type: ignore[union-attr]
    with office.unit() as unit:
        unit.put(StudySession(1, MONDAY, time(9), time(11), "学习"))
        unit.commit("改时间")
    after = office._database.connection.connection.dbapi_connection.total_changes  # type: ignore[union-attr]
    # The row, the operation and its change set.
    assert after - before == 3


def test_places_are_fields_of_text_and_their_codes_are_unique() -> None:
    assert len({place.code for place in WRITTEN}) == len(WRITTEN)
    for place in WRITTEN:
        assert place.field in {f.name for f in fields(place.entity) if f.type == "str"}


@pytest.mark.heavy
def test_sixty_two_thousand_reflections_give_the_hits_of_a_plain_scan(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(*(Person(n, f"第{n}人", n) for n in (1, 2, 3)))
        unit.put(*(StudySession(n, MONDAY + timedelta(days=n), time(9), time(10))
                   for n in (1, 2, 3)))  # fmt: skip
        unit.put(*many_reflections(62_000))
        unit.commit("写")
    with office.view() as unit:
        for words in ("学", "学习", "学习会"):
            plain = office._database.run(
                "SELECT id FROM reflection WHERE text LIKE ? ORDER BY id", (f"%{words}%",)
            )
            found = unit.texts_holding([Word(words)])
            assert sorted((hit.key,) for hit in found.hits) == plain
            assert len(plain) == sum(found.counts.values()) > 10_000
    assert office.check() == []
