"""期次 fixed by handing a paper in: once, undoable, and only what the paper names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin_study.domain.errors import Stale
from bulletin_study.domain.sessions import SessionKindLink, SessionStatus, StudySession
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.handing_in import fix_printed
from bulletin_study.usecases.history import undo
from bulletin_study.usecases.paper_minutes import minutes_paper
from bulletin_study.usecases.paper_reflections import session_reflections_paper
from bulletin_study.usecases.paper_signin import sign_in_paper, sign_in_table
from bulletin_study.usecases.paper_talk import talk_paper
from bulletin_study.usecases.papers import Paper, as_paper
from bulletin_study.usecases.reports import Report
from tests.contract.paper_office import (
    AHEAD,
    HELD,
    PARTY,
    STUDY,
    TALK,
    TALKS,
    TOGETHER,
    TOTALS,
    paper_office,
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = paper_office(tmp_path / "papers.sqlite3", 12)
    yield store
    store.close()


def fixed(office: SqlOffice) -> dict[tuple[int, int], int]:
    with office.view() as unit:
        links = unit.all(SessionKindLink)
    return {(k.session_id, k.kind_id): k.ordinal for k in links if k.ordinal is not None}


def hand_in(office: SqlOffice, document: Report | Paper) -> Committed:
    with office.unit() as unit:
        return fix_printed(unit, document)


def test_a_sheet_that_is_out_fixes_the_number_it_names_as_one_undoable_operation(
    office: SqlOffice,
) -> None:
    with office.view() as unit:
        paper = sign_in_paper(unit, HELD)
    assert fixed(office) == {}, "making a paper fixes nothing"
    saved = hand_in(office, paper)
    assert saved.label == "固定期次：2026-11-23 每周一学第2次"
    assert fixed(office) == {(HELD, STUDY): 2}
    assert hand_in(office, paper).operation_id is None, "nothing more to fix"
    with office.unit() as unit:
        undo(unit)
    assert fixed(office) == {}


def test_every_kind_on_the_paper_and_no_other_is_fixed(office: SqlOffice) -> None:
    with office.view() as unit:
        party = sign_in_paper(unit, TOGETHER, kinds=PARTY)
        both = as_paper(sign_in_table(unit, TOGETHER))
    hand_in(office, party)
    assert fixed(office) == {(TOGETHER, PARTY): 1}
    hand_in(office, both)
    assert fixed(office) == {(TOGETHER, PARTY): 1, (TOGETHER, STUDY): 3}


def test_minutes_and_records_of_talks_fix_too_and_collections_do_not(office: SqlOffice) -> None:
    with office.view() as unit:
        made = [minutes_paper(unit, TOTALS), talk_paper(unit, 1)]
        collection = session_reflections_paper(unit, HELD)
    for paper in made:
        hand_in(office, paper)
    assert hand_in(office, collection).operation_id is None
    assert fixed(office) == {(TOTALS, STUDY): 1, (TALKS, TALK): 1}


def test_a_sheet_of_a_session_ahead_fixes_nothing(office: SqlOffice) -> None:
    with office.view() as unit:
        papers = [sign_in_paper(unit, AHEAD, blank=True), minutes_paper(unit, AHEAD)]
    assert [hand_in(office, paper).operation_id for paper in papers] == [None, None]
    assert fixed(office) == {}


def test_a_number_that_changed_meanwhile_is_not_fixed_to_what_the_paper_says(
    office: SqlOffice,
) -> None:
    with office.view() as unit:
        paper = sign_in_paper(unit, HELD)
    with office.unit() as unit:
        earlier = unit.get(StudySession, TOTALS)
        assert earlier is not None
        unit.put(replace(earlier, status=SessionStatus.CANCELLED))
        unit.commit("取消")
    with office.unit() as unit, pytest.raises(Stale):
        fix_printed(unit, paper)
    assert fixed(office) == {}
