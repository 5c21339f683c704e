"""Words being typed: kept without an operation, found again after the program ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from bulletin_study.domain.errors import NotFound, Stale
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Group, Person, Role
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    SessionKindLink,
    StudySession,
    Talk,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.drafts import (
    Fate,
    Recovery,
    append_draft,
    comment_target,
    drop_draft,
    keep_draft,
    laid_aside,
    make_up_target,
    offered_for,
    recover,
    reflection_target,
    session_target,
)
from bulletin_study.usecases.history import undo
from tests.contract.stores import dump, quick_office, replayed
from tests.helpers import TODAY

SAID = reflection_target(1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = quick_office(tmp_path / "store.sqlite3")
    with store.unit() as unit:
        unit.put(
            Person(1, "张三", 1), Person(2, "李部长", 2, role=Role.LEADER),
            Group(1, "办公室", 1, leader_id=2),
            StudySession(1, TODAY, time(9), time(10)), SessionKindLink(1, 2),
            Talk(1, 1, 1, 1), Reflection(1, 1, 1, text="原来的"), MakeUp(1, 1, 1),
        )  # fmt: skip
        unit.commit("准备")
    yield store
    store.close()


def keep(office: SqlOffice, target: str, base: str, text: str) -> None:
    with office.unit() as unit:
        assert keep_draft(unit, target, base, text).operation_id is None


def found(office: SqlOffice) -> list[Recovery]:
    with office.view() as unit:
        drafts = unit.drafts()
    results = []
    for draft in drafts:
        with office.unit() as unit:
            results.append(recover(unit, draft))
    return results


def said(office: SqlOffice) -> str:
    with office.view() as unit:
        (one,) = unit.all(Reflection)
    return one.text


def operations(office: SqlOffice) -> int:
    with office.view() as unit:
        return len(unit.operations())


def test_a_draft_is_kept_over_a_restart_and_makes_no_operation(
    office: SqlOffice, tmp_path: Path
) -> None:
    before = operations(office)
    keep(office, SAID, "原来的", "原来的，又")
    keep(office, SAID, "原来的", "原来的，又写")
    office.close()
    again = quick_office(tmp_path / "store.sqlite3")
    with again.view() as unit:
        (draft,) = unit.drafts()
    assert (draft.base, draft.text) == ("原来的", "原来的，又写")
    assert operations(again) == before
    assert again.check() == []
    again.close()


def test_it_is_found_as_one_operation_that_undo_takes_back(
    office: SqlOffice, tmp_path: Path
) -> None:
    keep(office, SAID, "原来的", "原来的，又写了")
    (recovery,) = found(office)
    assert recovery.fate is Fate.SAVED
    assert recovery.what == "张三的感想（11-25 周三 每周一讲）"
    assert recovery.session_id == 1
    assert "找回上次没来得及存的张三的感想" in recovery.committed.label
    assert said(office) == "原来的，又写了"
    assert found(office) == []
    with office.unit() as unit:
        undo(unit)
    assert said(office) == "原来的"
    assert replayed(tmp_path / "store.sqlite3") == dump(tmp_path / "store.sqlite3")


@pytest.mark.parametrize(
    ("target", "read"),
    [
        (session_target(1, "speeches"), lambda unit: unit.get(StudySession, 1).speeches),
        (session_target(1, "agenda"), lambda unit: unit.get(StudySession, 1).agenda),
        (session_target(1, "decisions"), lambda unit: unit.get(StudySession, 1).decisions),
        (make_up_target(1, 1), lambda unit: unit.get(MakeUp, 1).note),
        (make_up_target(1, 2), lambda unit: unit.all(MakeUp, person_id=2)[0].note),
        (comment_target(1, 1, None), lambda unit: unit.all(Comment, talk_id=1)[0].text),
        (comment_target(1, None, 1), lambda unit: unit.all(Comment, group_id=1)[0].text),
    ],
)
def test_every_written_field_is_found_again(office: SqlOffice, target: str, read) -> None:  # type: ignore[no-untyped-def]
    keep(office, target, "", "写到一半")
    assert [r.fate for r in found(office)] == [Fate.SAVED]
    with office.view() as unit:
        assert read(unit) == "写到一半"


def test_a_groups_comment_that_was_only_a_draft_comes_from_its_leader(office: SqlOffice) -> None:
    keep(office, comment_target(1, None, 1), "", "进度正常")
    found(office)
    with office.view() as unit:
        assert unit.all(Comment)[0].leader_id == 2


def test_what_changed_meanwhile_is_offered_and_never_lost(office: SqlOffice) -> None:
    keep(office, SAID, "原来的", "原来的，甲")
    with office.unit() as unit:
        (one,) = unit.all(Reflection)
        unit.put(Reflection(1, 1, 1, one.kind, "别人改过"))
        unit.commit("别人")
    (recovery,) = found(office)
    assert recovery.fate is Fate.OFFERED
    assert said(office) == "别人改过"
    assert laid_aside(recovery.draft)
    assert offered_for(recovery.draft, SAID)
    # New words in the same field do not replace it, and it is not found a second time.
    keep(office, SAID, "别人改过", "别人改过了")
    with office.view() as unit:
        aside = [d for d in unit.drafts() if laid_aside(d)]
    assert [d.text for d in aside] == ["原来的，甲"]
    with office.unit() as unit:
        append_draft(unit, aside[0])
    assert said(office) == "别人改过\n原来的，甲"
    with office.view() as unit:
        assert not any(laid_aside(d) for d in unit.drafts())


def test_a_draft_whose_place_is_gone_stays_until_it_is_dropped(office: SqlOffice) -> None:
    keep(office, SAID, "", "没处放的话")
    with office.unit() as unit:
        unit.remove(*unit.all(Reflection))
        unit.commit("删去")
    assert [r.fate for r in found(office)] == [Fate.HOMELESS]
    assert [r.draft.text for r in found(office)] == ["没处放的话"]
    with office.unit() as unit:
        drop_draft(unit, SAID)
    assert found(office) == []


@pytest.mark.parametrize("target", [comment_target(1, 99, None), comment_target(1, None, 99)])
def test_a_comment_whose_talk_or_group_is_gone_is_told_and_can_be_copied(
    office: SqlOffice, target: str
) -> None:
    keep(office, target, "", "没处放的点评")
    assert [(r.fate, r.draft.text) for r in found(office)] == [(Fate.HOMELESS, "没处放的点评")]


def test_words_laid_aside_are_not_lost_with_their_field(office: SqlOffice) -> None:
    keep(office, SAID, "早先的", "早先的，甲")
    (recovery,) = found(office)
    with office.unit() as unit:
        unit.remove(*unit.all(Reflection))
        unit.commit("删去")
    with office.unit() as unit, pytest.raises(NotFound):
        append_draft(unit, recovery.draft)
    with office.view() as unit:
        assert [draft.text for draft in unit.drafts()] == ["早先的，甲"]


@pytest.mark.parametrize("text", ["原来的", "原来的\r\n", "", " \n"])
def test_what_is_stored_already_or_empty_is_dropped(office: SqlOffice, text: str) -> None:
    keep(office, SAID, "原来的", text)
    assert [r.fate for r in found(office)] == [Fate.NEEDLESS]
    assert said(office) == "原来的"
    assert found(office) == []


@pytest.mark.parametrize("target", ["", "person/1/name", "session/1/theme", "comment/1/x/y", "a",
                                    "make_up/1/99", "make_up/99/1", "make_up/1/x"])
def test_a_target_that_is_none_of_ours_changes_nothing(office: SqlOffice, target: str) -> None:
    before = operations(office)
    keep(office, target, "", "话")
    assert [r.fate for r in found(office)] == [Fate.HOMELESS]
    assert operations(office) == before


def test_a_draft_goes_with_the_operation_that_saves_it_or_stays(office: SqlOffice) -> None:
    keep(office, SAID, "原来的", "新的")
    with office.unit() as unit:
        unit.drop_draft(SAID)
        with pytest.raises(Stale):
            unit.remove(Reflection(1, 1, 1, text="不是这样"))
    with office.view() as unit:
        assert len(unit.drafts()) == 1
    with office.unit() as unit:
        unit.drop_draft(SAID)
        unit.put(Reflection(1, 1, 1, text="新的"))
        unit.commit("存")
    with office.view() as unit:
        assert unit.drafts() == []


def test_keeping_a_draft_leaves_the_kept_sums_as_they_are(office: SqlOffice) -> None:
    with office.unit() as unit:
        session = unit.get(StudySession, 1)
        assert session is not None
        unit.put(StudySession(1, TODAY, time(9), time(11)))
        unit.put(session)
        unit.keep_draft(SAID, "", "话")
        assert unit.commit("").operation_id is None
    assert office.check() == []
