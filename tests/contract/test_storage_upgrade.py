"""A store written by an earlier version is brought up to date and loses nothing.

``schema_0001.sql`` is such a store as text, written by the program as it was before files
belonged to sessions: people, two sessions, talks, marks, an undo and a redo.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.people import Absence, MentorPair, Person
from bulletin_study.domain.sessions import Comment, Reflection, StudyPlanItem, StudySession, Talk
from bulletin_study.domain.written import Word
from bulletin_study.storage.migrations import HEAD
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import history
from tests.contract.stores import dump, replayed
from tests.helpers import make_office

OLD = Path(__file__).with_name("schema_0001.sql")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The earlier store in a file of its own."""
    path = tmp_path / "store.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    return path


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table the earlier store has."""
    with closing(sqlite3.connect(path)) as connection:
        names = [n for (n,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'"
        )]  # fmt: skip
        return {n: sorted(connection.execute(f'SELECT * FROM "{n}"'), key=repr) for n in names}


def upgraded(path: Path) -> SqlOffice:
    office = make_office(path)
    assert office.check() == []
    return office


def test_every_row_is_as_it_was_and_the_new_tables_are_there(old: Path) -> None:
    before = rows_of(old)
    upgraded(old).close()
    after = rows_of(old)
    for name in ("evidence", "make_up", "draft"):
        assert after.pop(name) == []
    assert after.pop("text_gram") != []
    # Kinds are told apart by what they require on file and whether they are made up.
    after["session_kind"] = [
        row[:-2] for row in after["session_kind"] if row[-2:] == ("[]", None)
    ]
    assert after == before
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_everything_is_read_back_as_the_values_it_was(old: Path) -> None:
    office = upgraded(old)
    with office.view() as unit:
        assert [p.name for p in unit.all(Person)] == ["王立言", "周敏之", "罗婉清"]
        assert [(s.theme, s.venue) for s in unit.all(StudySession)] == [
            ("公文写作", "三楼会议室"), ("", "一楼报告厅"),
        ]  # fmt: skip
        assert [t.title for t in unit.all(Talk)] == ["怎样写好一份通知", ""]
        assert [row.mark for row in unit.all(Attendance)] == [
            Mark.PRESENT, Mark.LATE, Mark.PRESENT,
        ]  # fmt: skip
        counts = [len(unit.all(e)) for e in (Absence, MentorPair, StudyPlanItem, Comment)]
        assert counts == [1, 1, 1, 1]
        assert unit.all(Reflection)[0].text == "格式先行。"
        assert unit.all(Evidence) == []
        assert len(unit.operations()) == 6
    office.close()
    assert replayed(old) == dump(old)


def test_what_was_written_before_the_upgrade_is_found_by_its_words(old: Path) -> None:
    office = upgraded(old)
    with office.view() as unit:
        found = {
            words: [(type(unit.get(hit.place.entity, hit.key)), hit.text)
                    for hit in unit.texts_holding([Word(words)]).hits]
            for words in ("格", "公文写作", "通知", "没写过")
        }  # fmt: skip
    office.close()
    assert found["格"] == [(Reflection, "格式先行。")]
    assert (StudySession, "公文写作") in found["公文写作"]
    assert found["通知"] == [(Talk, "怎样写好一份通知")]
    assert found["没写过"] == []


def test_what_was_done_before_the_upgrade_is_undone_and_redone_after_it(old: Path) -> None:
    office = upgraded(old)
    with office.unit() as unit:
        history.undo(unit)
    with office.view() as unit:
        assert unit.all(StudySession, id=2)[0].venue == "三楼会议室"
    with office.unit() as unit:
        history.redo(unit)
    with office.view() as unit:
        assert unit.all(StudySession, id=2)[0].venue == "一楼报告厅"
    office.close()


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("CREATE TABLE evidence (stranger)")
    before = rows_of(old)
    with pytest.raises(OperationalError):
        make_office(old)
    assert rows_of(old) == before
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0001",)
        ]
        connection.execute("DROP TABLE evidence")
    upgraded(old).close()
