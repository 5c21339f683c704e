"""People, groups, absences and pairs, as a clerk keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import (
    BadValue,
    BeforeEntry,
    Duplicate,
    EndBeforeStart,
    GroupNotEmpty,
    InUse,
    Missing,
    NotFound,
    Stale,
    WrongRole,
)
from bulletin_study.domain.people import (
    Absence,
    AbsenceKind,
    Group,
    Membership,
    MentorKind,
    MentorPair,
    Person,
    Role,
    Roster,
)
from bulletin_study.domain.sessions import Reflection, SessionStatus, StudySession, Talk
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import absences, groups, pairs, people, people_rows
from bulletin_study.usecases.loading import load_roster
from tests.helpers import TODAY


def roster_of(office: SqlOffice) -> Roster:
    with office.view() as unit:
        return load_roster(unit)


def add_group(office: SqlOffice, name: str) -> Group:
    with office.unit() as unit:
        groups.add_group(unit, name)
    return next(g for g in roster_of(office).groups.values() if g.name == name)


def add(office: SqlOffice, name: str, group: Group | None = None, **fields: object) -> Person:
    """Add a person and return them as stored."""
    before = set(roster_of(office).people)
    with office.unit() as unit:
        person = Person(0, name, 0, **fields)  # type: ignore[arg-type]
        people.add_person(unit, person, group.id if group else None)
    found = roster_of(office).people
    return next(found[key] for key in found.keys() - before)


def session_on(office: SqlOffice, day: date, status: SessionStatus) -> StudySession:
    with office.unit() as unit:
        session = StudySession(
            unit.new_ids(StudySession)[0], day, time(8, 30), time(10), status=status
        )
        unit.put(session)
        unit.commit("场次")
    return session


def test_a_new_person_is_found_by_pinyin_and_stands_last(office: SqlOffice) -> None:
    office_group = add_group(office, "组织组")
    add(office, "梁守正")
    person = add(office, " 石小满 ", office_group, joined=date(2026, 9, 1), staff_number=" 053 ")
    assert (person.name, person.staff_number, person.rank) == ("石小满", "053", 2)
    assert (person.pinyin, person.initials) == ("shi xiao man", "sxm")
    roster = roster_of(office)
    assert roster.group_on(person.id, date(2026, 9, 1)) == office_group.id
    with office.view() as unit:
        assert unit.operations()[0].label == "新增人员 石小满"


def test_a_rank_that_is_taken_pushes_the_others_down(office: SqlOffice) -> None:
    first, second = add(office, "甲"), add(office, "乙")
    add(office, "丙")
    with office.unit() as unit:
        people.add_person(unit, Person(0, "新", rank=2))
    assert [p.name for p in roster_of(office).people.values()] == ["甲", "新", "乙", "丙"]
    assert roster_of(office).people[first.id].rank == 1
    assert roster_of(office).people[second.id].rank == 3


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        (Person(0, "  ", 1), Missing),
        (Person(0, "另一个", 1, "053"), Duplicate),
        (Person(0, "反了", 1, joined=date(2026, 5, 1), left=date(2026, 4, 1)), EndBeforeStart),
    ],
)
def test_an_unsound_person_is_refused_and_nothing_saved(
    office: SqlOffice, person: Person, refusal: type[Exception]
) -> None:
    add(office, "石小满", staff_number="053")
    with office.unit() as unit, pytest.raises(refusal):
        people.add_person(unit, person)
    assert [p.name for p in roster_of(office).people.values()] == ["石小满"]


def test_pinyin_follows_the_name_unless_it_was_corrected(office: SqlOffice) -> None:
    person = add(office, "单一")
    with office.unit() as unit:
        people.edit_person(unit, person, replace(person, name="解缙"))
    renamed = roster_of(office).people[person.id]
    assert renamed.pinyin == "xie jin"
    with office.unit() as unit:
        people.edit_person(
            unit, renamed, replace(renamed, name="解一", pinyin="jie yi", initials="jy")
        )
    assert roster_of(office).people[person.id].pinyin == "jie yi"


def test_a_stale_edit_is_refused(office: SqlOffice) -> None:
    person = add(office, "石小满")
    with office.unit() as unit:
        people.edit_person(unit, person, replace(person, title="科员"))
    with office.unit() as unit, pytest.raises(Stale):
        people.edit_person(unit, person, replace(person, title="副科长"))
    assert roster_of(office).people[person.id].title == "科员"


def test_entry_cannot_move_past_a_record(office: SqlOffice) -> None:
    person = add(office, "石小满", joined=date(2026, 1, 5))
    held = session_on(office, date(2026, 3, 2), SessionStatus.HELD)
    with office.unit() as unit:
        unit.put(Attendance(held.id, person.id, None, (1,), Mark.PRESENT))
        unit.commit("签到")
    with office.unit() as unit, pytest.raises(BeforeEntry) as refused:
        people.edit_person(unit, person, replace(person, joined=date(2026, 3, 3)))
    assert refused.value.day == date(2026, 3, 2)
    with office.unit() as unit, pytest.raises(BeforeEntry):
        people.leave(unit, person.id, date(2026, 3, 1))
    with office.unit() as unit:
        people.edit_person(unit, person, replace(person, joined=date(2026, 3, 2)))
    assert roster_of(office).people[person.id].joined == date(2026, 3, 2)


def test_membership_follows_entry_and_leaving(office: SqlOffice) -> None:
    group = add_group(office, "组织组")
    person = add(office, "石小满", group, joined=date(2026, 9, 1))
    with office.unit() as unit:
        people.edit_person(
            unit, person, replace(person, joined=date(2026, 8, 1), left=date(2026, 10, 31))
        )
    (span,) = roster_of(office).memberships[person.id]
    assert (span.start, span.end) == (date(2026, 8, 1), date(2026, 10, 31))
    stored = roster_of(office).people[person.id]
    with office.unit() as unit:
        people.edit_person(unit, stored, replace(stored, left=None))
    (span,) = roster_of(office).memberships[person.id]
    assert span.end is None


def test_only_somebody_without_records_can_be_deleted(office: SqlOffice) -> None:
    group = add_group(office, "组织组")
    mentor, person = add(office, "梁守正", group), add(office, "石小满", group)
    with office.unit() as unit:
        pairs.set_mentor(unit, person.id, mentor.id)
    with office.unit() as unit:
        pairs.set_partner(unit, mentor.id, person.id)
    with office.unit() as unit:
        absences.add_absence(unit, Absence(0, person.id, AbsenceKind.LEAVE, TODAY, TODAY))
    with office.unit() as unit, pytest.raises(InUse):
        people.remove_person(unit, person)
    away = roster_of(office).absences[person.id][0]
    with office.unit() as unit:
        absences.remove_absence(unit, away)
    with office.unit() as unit:
        people.remove_person(unit, person)
    roster = roster_of(office)
    assert list(roster.people) == [mentor.id]
    assert not roster.mentor_pairs
    assert not roster.ab_pairs


def test_leaving_ends_what_is_dated_and_vacates_posts(office: SqlOffice) -> None:
    group = add_group(office, "组织组")
    head, person = add(office, "梁守正", group), add(office, "石小满", group)
    with office.unit() as unit:
        groups.set_head(unit, group.id, head.id)
    with office.unit() as unit:
        pairs.set_mentor(unit, person.id, head.id, start=date(2026, 9, 1))
    with office.unit() as unit:
        pairs.set_partner(unit, person.id, head.id)
    with office.unit() as unit:
        people.leave(unit, head.id, date(2026, 11, 20))
    roster = roster_of(office)
    assert roster.groups[group.id].head_id is None
    assert roster.mentor_of(person.id, date(2026, 11, 20)) is not None
    assert roster.mentor_of(person.id, TODAY) is None
    assert roster.partner_of(person.id) is None
    assert [p.name for p in roster.members_on(group.id, TODAY)] == ["石小满"]
    assert [p.name for p in roster.members_on(group.id, date(2026, 11, 20))] == ["梁守正", "石小满"]


def test_ranks_are_moved_given_and_closed_up(office: SqlOffice) -> None:
    names = ["甲", "乙", "丙"]
    ids = [add(office, name).id for name in names]
    leader = add(office, "部长", role=Role.LEADER)
    with office.unit() as unit:
        people.move_rank(unit, ids[2], -2)
    assert [p.name for p in roster_of(office).people.values()] == ["丙", "甲", "乙", "部长"]
    with office.unit() as unit:
        people.order_people(unit, [ids[0], ids[1]])
    assert [p.name for p in roster_of(office).people.values()] == ["甲", "乙", "丙", "部长"]
    with office.unit() as unit:
        people.renumber(unit)
    ordered = list(roster_of(office).people.values())
    assert [(p.rank, p.name) for p in ordered] == [(1, "部长"), (2, "甲"), (3, "乙"), (4, "丙")]
    assert ordered[0].id == leader.id
    with office.unit() as unit, pytest.raises(NotFound):
        people.move_rank(unit, 999, 1)


def test_groups_have_names_of_their_own_and_an_order(office: SqlOffice) -> None:
    first, second = add_group(office, "组织组"), add_group(office, "人才组")
    with office.unit() as unit, pytest.raises(Duplicate):
        groups.add_group(unit, " 组织组 ")
    with office.unit() as unit, pytest.raises(Missing):
        groups.rename_group(unit, first, " ")
    with office.unit() as unit:
        groups.move_group(unit, second.id, -1)
    assert [g.name for g in roster_of(office).groups.values()] == ["人才组", "组织组"]
    with office.unit() as unit:
        groups.order_groups(unit, [first.id])
    assert [g.name for g in roster_of(office).groups.values()] == ["组织组", "人才组"]
    stored = roster_of(office).groups[second.id]
    with office.unit() as unit:
        groups.rename_group(unit, stored, "人才工作组")
    assert roster_of(office).groups[second.id].name == "人才工作组"


def test_a_group_that_had_people_cannot_be_deleted(office: SqlOffice) -> None:
    old, new = add_group(office, "老组"), add_group(office, "新组")
    person = add(office, "石小满", old, joined=date(2026, 1, 5))
    with office.unit() as unit:
        groups.move_person(unit, person.id, new.id, date(2026, 6, 1))
    for group in (old, new):
        with office.unit() as unit, pytest.raises(GroupNotEmpty):
            groups.remove_group(unit, group)
    empty = add_group(office, "空组")
    with office.unit() as unit:
        groups.remove_group(unit, empty)
    assert empty.id not in roster_of(office).groups


def test_a_move_never_rewrites_history(office: SqlOffice) -> None:
    old, new = add_group(office, "老组"), add_group(office, "新组")
    person = add(office, "石小满", old, joined=date(2026, 1, 5))
    with office.unit() as unit:
        groups.move_person(unit, person.id, new.id, date(2026, 6, 1))
    roster = roster_of(office)
    assert roster.group_on(person.id, date(2026, 5, 31)) == old.id
    assert roster.group_on(person.id, date(2026, 6, 1)) == new.id
    with office.unit() as unit:
        groups.move_person(unit, person.id, None, date(2026, 3, 1))
    roster = roster_of(office)
    assert roster.group_on(person.id, date(2026, 2, 28)) == old.id
    assert roster.group_on(person.id, date(2026, 3, 1)) is None
    assert roster.group_on(person.id, date(2026, 6, 1)) == new.id
    with office.unit() as unit, pytest.raises(BeforeEntry):
        groups.move_person(unit, person.id, old.id, date(2026, 1, 4))


def test_a_move_on_the_first_day_replaces_the_group(office: SqlOffice) -> None:
    wrong, right = add_group(office, "错组"), add_group(office, "对组")
    person = add(office, "石小满", wrong, joined=date(2026, 1, 5))
    with office.unit() as unit:
        groups.move_person(unit, person.id, right.id, date(2026, 1, 5))
    (span,) = roster_of(office).memberships[person.id]
    assert (span.group_id, span.start, span.end) == (right.id, date(2026, 1, 5), None)
    with office.unit() as unit:
        nothing = groups.move_person(unit, person.id, right.id, TODAY)
    assert nothing.operation_id is None


def test_one_head_a_group_and_the_former_becomes_a_member(office: SqlOffice) -> None:
    group, other = add_group(office, "组织组"), add_group(office, "人才组")
    old, new = add(office, "梁守正", group), add(office, "宋佳怡", group)
    stranger = add(office, "曹恒之", other)
    for person in (old, new):
        with office.unit() as unit:
            groups.set_head(unit, group.id, person.id)
    roster = roster_of(office)
    assert roster.groups[group.id].head_id == new.id
    assert roster.people[new.id].role is Role.HEAD
    assert roster.people[old.id].role is Role.MEMBER
    with office.unit() as unit, pytest.raises(WrongRole):
        groups.set_head(unit, group.id, stranger.id)
    with office.unit() as unit:
        groups.move_person(unit, new.id, other.id, TODAY)
    roster = roster_of(office)
    assert roster.groups[group.id].head_id is None
    assert roster.people[new.id].role is Role.MEMBER


def test_only_a_leader_oversees_a_group(office: SqlOffice) -> None:
    group = add_group(office, "组织组")
    leader, member = add(office, "部长", role=Role.LEADER), add(office, "石小满", group)
    with office.unit() as unit, pytest.raises(WrongRole):
        groups.set_leader(unit, group.id, member.id)
    with office.unit() as unit:
        groups.set_leader(unit, group.id, leader.id)
    assert roster_of(office).groups[group.id].leader_id == leader.id
    with office.unit() as unit:
        people.edit_person(unit, leader, replace(leader, role=Role.MEMBER))
    assert roster_of(office).groups[group.id].leader_id is None


def test_overlapping_absences_are_all_kept_but_not_the_same_twice(office: SqlOffice) -> None:
    person = add(office, "石小满", joined=date(2026, 1, 5))
    trip = Absence(0, person.id, AbsenceKind.TRAVEL, date(2026, 3, 2), date(2026, 3, 6), "调研")
    with office.unit() as unit:
        absences.add_absence(unit, trip)
    with office.unit() as unit:
        absences.add_absence(unit, replace(trip, kind=AbsenceKind.SICK))
    with office.unit() as unit, pytest.raises(Duplicate):
        absences.add_absence(unit, trip)
    assert len(roster_of(office).absences_on(person.id, date(2026, 3, 3))) == 2


def test_an_absence_must_run_forward_and_begin_on_the_roster(office: SqlOffice) -> None:
    person = add(office, "石小满", joined=date(2026, 1, 5))
    day = date(2026, 3, 2)
    with office.unit() as unit, pytest.raises(EndBeforeStart):
        absences.add_absence(unit, Absence(0, person.id, AbsenceKind.LEAVE, day, date(2026, 3, 1)))
    with office.unit() as unit, pytest.raises(BeforeEntry):
        absences.add_absence(unit, Absence(0, person.id, AbsenceKind.LEAVE, date(2026, 1, 4)))
    with office.unit() as unit:
        absences.add_absence(unit, Absence(0, person.id, AbsenceKind.POSTED_DOWN, day))
    (away,) = roster_of(office).absences[person.id]
    with office.unit() as unit, pytest.raises(EndBeforeStart):
        absences.end_absence(unit, away.id, date(2026, 3, 1))
    with office.unit() as unit:
        absences.end_absence(unit, away.id, date(2026, 6, 30))
    (ended,) = roster_of(office).absences[person.id]
    with office.unit() as unit:
        absences.edit_absence(unit, ended, replace(ended, reason="驻村"))
    with office.unit() as unit, pytest.raises(Stale):
        absences.edit_absence(unit, away, replace(away, reason="别的"))
    (edited,) = roster_of(office).absences[person.id]
    assert (edited.end, edited.reason) == (date(2026, 6, 30), "驻村")


def test_a_new_mentor_ends_the_former_pair_the_day_before(office: SqlOffice) -> None:
    mentee, one, two = add(office, "石小满"), add(office, "杜明月"), add(office, "邓启明")
    with office.unit() as unit:
        pairs.set_mentor(unit, mentee.id, one.id)
    with office.unit() as unit:
        pairs.set_mentor(unit, mentee.id, two.id, MentorKind.STRONG_WITH_WEAK, date(2026, 6, 1))
    roster = roster_of(office)
    before = roster.mentor_of(mentee.id, date(2026, 5, 31))
    after = roster.mentor_of(mentee.id, date(2026, 6, 1))
    assert (before and before.mentor_id, after and after.mentor_id) == (one.id, two.id)
    with office.unit() as unit:
        pairs.end_mentor(unit, mentee.id, TODAY)
    assert roster_of(office).mentor_of(mentee.id, date(2026, 12, 1)) is None
    with office.unit() as unit, pytest.raises(BadValue):
        pairs.set_mentor(unit, mentee.id, mentee.id)


def test_the_same_mentor_again_only_changes_the_kind(office: SqlOffice) -> None:
    mentee, mentor = add(office, "石小满"), add(office, "杜明月")
    with office.unit() as unit:
        pairs.set_mentor(unit, mentee.id, mentor.id)
    with office.unit() as unit:
        pairs.set_mentor(unit, mentee.id, mentor.id, MentorKind.HEAD_WITH_MEMBERS)
    (pair,) = roster_of(office).mentor_pairs
    assert (pair.kind, pair.start, pair.end) == (MentorKind.HEAD_WITH_MEMBERS, None, None)
    with office.unit() as unit:
        pairs.end_mentor(unit, mentee.id)
    assert not roster_of(office).mentor_pairs
    with office.unit() as unit, pytest.raises(NotFound):
        pairs.end_mentor(unit, mentee.id)


def test_each_has_one_partner(office: SqlOffice) -> None:
    person, one, two = add(office, "许念慈"), add(office, "唐子墨"), add(office, "韩牧野")
    for partner in (one, two):
        with office.unit() as unit:
            pairs.set_partner(unit, person.id, partner.id)
    assert roster_of(office).partner_of(person.id) == two.id
    with office.unit() as unit:
        pairs.set_partner(unit, person.id, None)
    assert roster_of(office).partner_of(person.id) is None


def test_rows_show_people_as_of_a_day(office: SqlOffice) -> None:
    group = add_group(office, "组织组")
    mentor, person = add(office, "梁守正", group), add(office, "石小满", group)
    held = session_on(office, date(2026, 11, 18), SessionStatus.HELD)
    coming = session_on(office, date(2026, 12, 9), SessionStatus.PLANNED)
    with office.unit() as unit:
        pairs.set_mentor(unit, person.id, mentor.id)
    with office.unit() as unit:
        unit.put(
            Talk(unit.new_ids(Talk)[0], held.id, 1, person.id, round=3),
            Reflection(unit.new_ids(Reflection)[0], held.id, person.id, text="受益"),
        )
        unit.put(Talk(unit.new_ids(Talk)[0], coming.id, 1, person.id))
        unit.commit("讲课")
    posted = Absence(0, person.id, AbsenceKind.POSTED_DOWN, date(2026, 12, 7), date(2026, 12, 18))
    with office.unit() as unit:
        absences.add_absence(unit, posted)
    with office.view() as unit:
        row = people_rows.roster_rows(unit, TODAY)[1]
        (away,) = people_rows.absence_rows(unit, TODAY, date(2026, 12, 31))
        assert not people_rows.absence_rows(unit, TODAY, date(2026, 12, 6))
    assert (row.group_name, row.mentor_name, row.mentor_kind) == (
        "组织组", "梁守正", MentorKind.OLD_WITH_NEW,
    )  # fmt: skip
    assert (row.last_talk, row.last_round, row.next_talk) == (held.day, 3, coming.day)
    assert (row.absence, row.reflections, row.in_rotation) == (None, 1, True)
    assert row.next_absence is not None
    assert row.next_absence.start == date(2026, 12, 7)
    assert away.talks == (coming.day,)


def test_every_change_of_a_person_can_be_undone_at_once(office: SqlOffice) -> None:
    group = add_group(office, "组织组")
    person, mentor = add(office, "石小满", group), add(office, "梁守正", group)
    with office.unit() as unit:
        pairs.set_mentor(unit, person.id, mentor.id)
    with office.view() as unit:
        before = (unit.all(Person), unit.all(Membership), unit.all(MentorPair))
    with office.unit() as unit:
        done = people.leave(unit, person.id, TODAY)
    assert done.operation_id is not None
    with office.unit() as unit:
        unit.revert(done.operation_id, "撤销")
    with office.view() as unit:
        assert (unit.all(Person), unit.all(Membership), unit.all(MentorPair)) == before
