"""Kinds of one's own, and single fields of a session, in a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bulletin_study.domain.errors import BadValue, Duplicate, Missing, Stale
from bulletin_study.domain.evidence import EvidenceKind, EvidenceNeed
from bulletin_study.domain.people import Role
from bulletin_study.domain.sessions import Audience, SessionKind, SessionStatus
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.closing import hold
from bulletin_study.usecases.kinds import add_kind, edit_kind
from bulletin_study.usecases.session_detail import load_detail, load_start
from bulletin_study.usecases.session_fields import edit_fields
from bulletin_study.usecases.sessions import delete_session
from bulletin_study.usecases.study_page import place_of
from tests.contract.schedule_office import (
    CHOIR,
    MEETING,
    STUDY,
    TALK,
    draft,
    furnish,
    plan,
    plan_series,
    stored,
)

DAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _people(office: SqlOffice) -> None:
    furnish(office)


def kind_of(office: SqlOffice, kind_id: int) -> SessionKind:
    with office.view() as unit:
        found = unit.get(SessionKind, kind_id)
    assert found is not None
    return found


def add(office: SqlOffice, name: str, **fields: object) -> int:
    with office.unit() as unit:
        return add_kind(unit, SessionKind(0, name, 0, **fields))[1]  # type: ignore[arg-type]


def test_a_new_kind_comes_last_and_expects_its_audience(office: SqlOffice) -> None:
    made = add(office, " 读书会 ", audience=Audience(roles=(Role.HEAD,)))
    kind = kind_of(office, made)
    assert (kind.name, kind.order) == ("读书会", CHOIR + 1)
    session = plan(office, draft(DAY), made)
    with office.view() as unit:
        assert load_detail(unit, session).headcount.expected == 2


@pytest.mark.parametrize(
    ("name", "hours", "refusal"),
    [
        ("", None, Missing),
        ("主题党日", None, Duplicate),
        ("一二三四五六七八九十一二三四五六七八九十一", None, BadValue),
        ("读书会", 25.0, BadValue),
        ("读书会", -1.0, BadValue),
    ],
)
def test_impossible_kinds(
    office: SqlOffice, name: str, hours: float | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        add(office, name, hours=hours)


def test_the_three_of_the_bulletin_keep_name_and_use(office: SqlOffice) -> None:
    kind = kind_of(office, STUDY)
    with pytest.raises(BadValue), office.unit() as unit:
        edit_kind(unit, kind, replace(kind, name="每周学习"))
    with office.unit() as unit:
        edit_kind(unit, kind, replace(kind, hours=2.0, retired=True))
    assert (kind_of(office, STUDY).hours, kind_of(office, STUDY).retired) == (2.0, False)
    with pytest.raises(Stale), office.unit() as unit:
        edit_kind(unit, kind, replace(kind, hours=3.0))


def test_two_fields_edited_at_once_both_stay(office: SqlOffice) -> None:
    session = plan(office, draft(DAY))
    for field, words in (("theme", "主题"), ("note", "备注")):
        with office.unit() as unit:
            edit_fields(unit, session, {field: ""}, {field: words})
    assert (stored(office, session).theme, stored(office, session).note) == ("主题", "备注")


def test_a_field_changed_meanwhile_is_refused(office: SqlOffice) -> None:
    session = plan(office, draft(DAY, theme="新"))
    with pytest.raises(Stale), office.unit() as unit:
        edit_fields(unit, session, {"theme": "旧"}, {"theme": "更新"})
    assert stored(office, session).theme == "新"


def test_a_held_session_keeps_its_status_when_its_date_is_corrected(office: SqlOffice) -> None:
    session = plan(office, draft(date(2026, 11, 23)))
    with office.unit() as unit:
        hold(unit, [session])
    day = date(2026, 11, 24)
    with office.unit() as unit:
        edit_fields(unit, session, {"day": date(2026, 11, 23)}, {"day": day})
    found = stored(office, session)
    assert (found.day, found.status, found.moved_from) == (day, SessionStatus.HELD, None)


def test_a_form_begins_like_the_last_session(office: SqlOffice) -> None:
    with office.view() as unit:
        blank = load_start(unit, STUDY, None)
    assert (blank.draft.day, blank.draft.start) == (date(2026, 11, 25), time(9))
    plan_series(office)
    with office.view() as unit:
        start = load_start(unit, STUDY, None)
    assert start.draft.day == date(2026, 11, 30)
    assert (start.draft.start, start.draft.venue) == (time(8, 30), "三楼会议室")


def test_where_a_session_is_found(office: SqlOffice) -> None:
    mixed = plan(office, draft(DAY), TALK, MEETING)
    talk = plan(office, draft(DAY, "15:00", "16:00"), TALK)
    with office.view() as unit:
        first, second = place_of(unit, mixed), place_of(unit, talk)
    assert first is not None
    assert second is not None
    assert (first.home, first.day) == (MEETING, DAY)
    assert second.home == 0
    with office.unit() as unit:
        delete_session(unit, talk)
    with office.view() as unit:
        assert place_of(unit, talk) is None


# --- what a kind requires on file, and 补学 ---------------------------------------------------


def test_files_required_are_kept_in_the_order_of_their_kinds_each_once(office: SqlOffice) -> None:
    kind = kind_of(office, STUDY)
    asked = (
        EvidenceNeed(EvidenceKind.PHOTO, 2),
        EvidenceNeed(EvidenceKind.NOTICE),
        EvidenceNeed(EvidenceKind.PHOTO, 3),
    )
    with office.unit() as unit:
        edit_kind(unit, kind, replace(kind, evidence=asked, make_up=False))
    stored_kind = kind_of(office, STUDY)
    assert stored_kind.evidence == (
        EvidenceNeed(EvidenceKind.NOTICE, 1),
        EvidenceNeed(EvidenceKind.PHOTO, 3),
    )
    assert not stored_kind.owes_make_up


@pytest.mark.parametrize("count", [0, -1, 21])
def test_an_impossible_number_of_files_is_refused(office: SqlOffice, count: int) -> None:
    kind = kind_of(office, STUDY)
    asked = (EvidenceNeed(EvidenceKind.PHOTO, count),)
    with office.unit() as unit, pytest.raises(BadValue) as refused:
        edit_kind(unit, kind, replace(kind, evidence=asked))
    assert refused.value.field == "照片的份数"
    assert kind_of(office, STUDY) == kind
