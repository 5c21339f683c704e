"""Rows about words: finding them in 62,000 reflections, against a plain scan of them all."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from bulletin_study.benchmark.measure import Row, compare
from bulletin_study.benchmark.store_rows import PEOPLE, SESSIONS
from bulletin_study.domain.sessions import Reflection
from bulletin_study.domain.written import Word
from bulletin_study.storage.engine import PRAGMAS
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.find_text import PAGE

TEXTS = 62_000
WORDS = ("学", "学习", "学习会")

# Of every 25 texts some two thirds hold 学, half hold 学习 and one holds 学习会.
_SOMETIMES = (
    *["学习了条例，回去对照着改", "学习以后更清楚程序", "这次学习很实在"] * 4,
    *["学以致用", "学到了办法", "向老同志学"] * 2,
    *["讲得细", "例子就在身边", "材料准备得足", "回去就办"] * 2,
    "学习会上说的几点要落到台账里",
)
_PARTS = (
    "把{}的时限列成表", "{}的依据要找准", "以后办{}先看程序", "{}这一块以前没有注意",
    "和{}有关的台账要补齐", "{}要一件一件销号", "结合{}谈了三点打算", "对{}有了新的认识",
)  # fmt: skip
_THINGS = (
    "档案审核", "公文写作", "发展党员", "信访件", "印章", "考察谈话", "村干部", "老干部走访",
    "人才项目", "工资审批", "培训经费", "值班信息", "督查通报", "主题党日", "党费", "民主测评",
)  # fmt: skip


def text_rows(office: SqlOffice) -> Iterator[Row]:
    """How many texts hold a word and the newest of them; a row for each word."""
    _fill(office)
    with closing(sqlite3.connect(office.path, isolation_level=None)) as plain:
        for pragma in PRAGMAS:
            plain.execute(f"PRAGMA {pragma}")
        for word in WORDS:
            yield _row(office, plain, word)


def _row(office: SqlOffice, plain: sqlite3.Connection, word: str) -> Row:
    pattern = (f"%{word}%",)
    rows = plain.execute("SELECT id FROM reflection WHERE text LIKE ?", pattern).fetchall()
    with office.view() as unit:
        everything = unit.texts_holding([Word(word)]).hits
    assert sorted(hit.key for hit in everything) == [number for (number,) in rows]

    def ours() -> None:
        with office.view() as unit:
            found = unit.texts_holding([Word(word)], limit=PAGE)
        assert sum(found.counts.values()) == len(rows)

    def scan() -> None:
        found = plain.execute("SELECT id FROM reflection WHERE text LIKE ?", pattern).fetchall()
        assert len(found) == len(rows)

    name = f"在 {TEXTS:,} 篇心得里查“{word}”（{len(rows):,} 处）"
    return compare(name, ours, scan, "逐篇 LIKE", 0.2, runs=15)


def _fill(office: SqlOffice) -> None:
    chance = random.Random(62)
    with office.unit() as unit:
        unit.put(*(
            Reflection(n, n % SESSIONS + 1, n % PEOPLE + 1, text=_text(chance))
            for n in range(1, TEXTS + 1)
        ))  # fmt: skip
        unit.commit("心得")


def _text(chance: random.Random) -> str:
    parts = [chance.choice(_PARTS).format(chance.choice(_THINGS)) for _ in range(4)]
    parts.insert(chance.randrange(4), chance.choice(_SOMETIMES))
    return "，".join(parts) + "。"
