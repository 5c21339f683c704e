"""What a kind requires on file, line by line: in the checklist, in 催办, in 本周."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from bulletin_study.domain.closing import Want
from bulletin_study.domain.evidence import EvidenceKind, EvidenceNeed
from bulletin_study.domain.people import Group, Membership, Person
from bulletin_study.domain.sessions import ClosingItem, SessionKind, SessionKindLink, StudySession
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.closing import hold, label_of
from bulletin_study.usecases.sign_in_notes import chasing_text, debts
from bulletin_study.usecases.sign_in_page import load_page, open_lines
from bulletin_study.usecases.week import load_week
from tests.contract.evidence_office import add, written
from tests.helpers import TODAY

NEEDS = (EvidenceNeed(EvidenceKind.MINUTES), EvidenceNeed(EvidenceKind.PHOTO, 2))
PHOTO = Want(ClosingItem.EVIDENCE, EvidenceKind.PHOTO)
MINUTES = Want(ClosingItem.EVIDENCE, EvidenceKind.MINUTES)


@pytest.fixture(autouse=True)
def _session(office: SqlOffice) -> None:
    """One held session that wants minutes and two photos; 钱二 keeps its record."""
    with office.unit() as unit:
        unit.put(Group(1, "一组", 1), Person(1, "赵一", 1), Person(2, "钱二", 2))
        unit.put(Membership(1, 1, 1), Membership(2, 2, 1))
        study = unit.get(SessionKind, 1)
        assert study is not None
        unit.put(replace(study, evidence=NEEDS))
        unit.put(StudySession(1, TODAY, time(9), time(10), "党章", recorder_id=2))
        unit.put(SessionKindLink(1, 1))
        unit.commit("准备")
    with office.unit() as unit:
        hold(unit, [1])


def test_each_kind_of_file_is_a_line_of_its_own(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.jpg"), place=None, kind=EvidenceKind.PHOTO)
    with office.view() as unit:
        lines = open_lines(load_page(unit, 1).closing)
    assert (lines[MINUTES], lines[PHOTO]) == ((0, 1), (1, 2))
    assert [label_of(want) for want in lines][-2:] == ["会议记录", "照片"]


def test_the_recorder_is_asked_for_the_files(office: SqlOffice) -> None:
    with office.view() as unit:
        page = load_page(unit, 1)
    assert ("钱二", "交照片，还差 2 张") in debts(page)
    assert "交会议记录，还差 1 份" in chasing_text(page)
    with office.unit() as unit:
        unit.put(replace(page.session, recorder_id=None))
        unit.commit("没有记录人")
    with office.view() as unit:
        assert ("记录人", "交照片，还差 2 张") in debts(load_page(unit, 1))


def test_the_week_lists_the_kinds_of_files_apart(office: SqlOffice) -> None:
    with office.view() as unit:
        week = load_week(unit, TODAY)
    wants = [row.item.want for row in week.open_items]
    assert wants.count(PHOTO) == wants.count(MINUTES) == 1


def test_what_was_archived_as_complete_is_not_opened_by_a_new_requirement(
    office: SqlOffice,
) -> None:
    with office.unit() as unit:
        session = unit.get(StudySession, 1)
        assert session is not None
        unit.put(replace(session, archived=True))
        unit.commit("以前归档的")
    with office.view() as unit:
        wants = {row.item.want for row in load_week(unit, TODAY).open_items}
    assert not wants & {PHOTO, MINUTES}
