"""A roster file becomes people, groups and pairs; twice is the same; undo takes it all back."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import FileFault, FileRefused, Stale
from bulletin_study.domain.people import (
    AbPair,
    Group,
    Membership,
    MentorPair,
    Person,
    Role,
    Roster,
)
from bulletin_study.domain.sessions import SessionStatus, StudySession
from bulletin_study.domain.settings import Setting
from bulletin_study.exchange.imports.importers import preview
from bulletin_study.exchange.imports.rejects import write_rejects
from bulletin_study.exchange.tables.refusals import BadMap
from bulletin_study.exchange.tables.workbook import Cell, Workbook
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import people
from bulletin_study.usecases.importing import (
    CREATE,
    NO_OPTIONS,
    ImportKind,
    ImportOptions,
    ImportPreview,
    apply_import,
)
from bulletin_study.usecases.loading import load_roster
from tests import dirty_roster
from tests.helpers import TODAY, make_office
from tests.import_tables import row_at, states, table

HEAD = ("姓名", "工号", "组室", "职务")


def look(
    office: SqlOffice,
    source: Path | Workbook,
    options: ImportOptions = NO_OPTIONS,
    sheet: str | None = None,
) -> ImportPreview:
    with office.view() as unit:
        return preview(unit, ImportKind.ROSTER, source, sheet=sheet, options=options)


def bring_in(
    office: SqlOffice, source: Path | Workbook, options: ImportOptions = NO_OPTIONS
) -> ImportPreview:
    """Preview and apply."""
    seen = look(office, source, options)
    with office.unit() as unit:
        apply_import(unit, seen)
    return seen


def roster_of(office: SqlOffice) -> Roster:
    with office.view() as unit:
        return load_roster(unit)


def named(office: SqlOffice, name: str) -> Person:
    (person,) = (p for p in roster_of(office).people.values() if p.name == name)
    return person


def group_of(office: SqlOffice, name: str, day: date = TODAY) -> str:
    roster = roster_of(office)
    group_id = roster.group_on(named(office, name).id, day)
    return roster.groups[group_id].name if group_id else ""


def stored(office: SqlOffice) -> tuple[list[object], ...]:
    """Everything a roster can touch."""
    with office.view() as unit:
        entities = (Person, Group, Membership, MentorPair, AbPair, Setting)
        return tuple(list(unit.all(entity)) for entity in entities)


# --- the dirty file ------------------------------------------------------------------------


def as_expected(roster: Roster, person: Person) -> dirty_roster.Expected:
    """What the store says, in the words of the file's maker."""
    group_id = roster.group_on(person.id, TODAY)
    pair = roster.mentor_of(person.id, TODAY)
    partner = roster.partner_of(person.id)
    return dirty_roster.Expected(
        person.rank,
        person.name,
        person.staff_number,
        roster.groups[group_id].name if group_id else "",
        person.title,
        str(person.role),
        str(person.category),
        person.joined,
        person.party_joined,
        roster.people[pair.mentor_id].name if pair else "",
        str(pair.kind) if pair else "",
        roster.people[partner].name if partner else "",
    )


def test_a_roster_as_offices_send_it(office: SqlOffice, tmp_path: Path) -> None:
    seen = bring_in(office, dirty_roster.write_dirty_roster(tmp_path / "花名册.xlsx"))
    assert (seen.sheet, seen.header_row) == (dirty_roster.SHEET, dirty_roster.HEADER_ROW)
    roster = roster_of(office)
    assert tuple(as_expected(roster, p) for p in roster.people.values()) == dirty_roster.PEOPLE
    assert [(g.name, g.order) for g in roster.groups.values()] == [
        (name, place) for place, name in enumerate(dirty_roster.GROUPS, start=1)
    ]
    heads = [roster.people[g.head_id].name for g in roster.groups.values() if g.head_id]
    assert heads == ["梁守正", "曹恒之", "杜明月"]
    assert all(p.pinyin for p in roster.people.values())
    assert all(p.name != dirty_roster.HIDDEN_NAME for p in roster.people.values())
    assert [(s.name, s.hidden) for s in seen.sheets][-1] == (dirty_roster.HIDDEN_SHEET, True)


def test_wrong_rows_are_named_with_reasons(office: SqlOffice, tmp_path: Path) -> None:
    seen = look(office, dirty_roster.write_dirty_roster(tmp_path / "花名册.xlsx"))
    wrong = {row.cells[1]: row.errors for row in seen.rows if row.errors}
    assert wrong.keys() == dirty_roster.WRONG.keys()
    for name, reason in dirty_roster.WRONG.items():
        assert len(wrong[name]) == 1
        assert reason in wrong[name][0]
    assert (seen.new, seen.wrong) == (len(dirty_roster.PEOPLE), len(dirty_roster.WRONG))
    offered = [c for c in seen.columns if c.offer]
    assert [(c.text, c.field, c.offer) for c in offered] == [("参加工作时间", "", "joined")]
    said = [note for row in seen.rows for note in row.notes]
    assert "AB岗“钱不知”不在名单里，这一项没有写入" in said


def test_the_same_people_again_are_all_the_same(office: SqlOffice, tmp_path: Path) -> None:
    path = dirty_roster.write_dirty_roster(tmp_path / "花名册.xlsx")
    bring_in(office, path)
    before = stored(office)
    from_csv = bring_in(office, dirty_roster.write_gbk_roster(tmp_path / "花名册.csv"))
    assert states(from_csv) == ["same"] * len(dirty_roster.PEOPLE)
    again = bring_in(office, path)
    assert (again.new, again.changed, again.same) == (0, 0, len(dirty_roster.PEOPLE))
    assert stored(office) == before


def test_an_import_is_one_operation_and_undo_takes_all_of_it_back(
    office: SqlOffice, tmp_path: Path
) -> None:
    empty = stored(office)
    bring_in(office, dirty_roster.write_dirty_roster(tmp_path / "花名册.xlsx"))
    full = stored(office)
    with office.view() as unit:
        (operation,) = unit.operations()
    assert operation.label == "导入花名册“花名册.xlsx”：新增 13 行"
    with office.unit() as unit:
        undone = unit.revert(operation.id, "撤销")
    assert stored(office) == empty
    assert undone.operation_id is not None
    with office.unit() as unit:
        unit.revert(undone.operation_id, "重做")
    assert stored(office) == full


def test_a_hidden_sheet_is_read_when_chosen(office: SqlOffice, tmp_path: Path) -> None:
    path = dirty_roster.write_dirty_roster(tmp_path / "花名册.xlsx")
    seen = look(office, path, sheet=dirty_roster.HIDDEN_SHEET)
    assert [row.cells[0] for row in seen.rows] == [dirty_roster.HIDDEN_NAME]
    with pytest.raises(FileRefused) as refused:
        look(office, path, sheet="没有这张")
    assert refused.value.fault is FileFault.NO_SHEET


# --- groups --------------------------------------------------------------------------------


def office_with_groups(office: SqlOffice) -> None:
    bring_in(
        office,
        table(HEAD, ("梁守正", "003", "组织组", "组长"), ("曹恒之", "006", "人才组", "组长")),
    )


def test_a_later_unknown_group_waits_for_a_word(office: SqlOffice) -> None:
    office_with_groups(office)
    new = table(HEAD, ("白若云", "049", "人才科", "科员"), ("柳青禾", "052", "老干组", "科员"))
    seen = look(office, new)
    assert states(seen) == ["wrong", "wrong"]
    assert row_at(seen, 2).errors == ("没有“人才科”这个组室，可改为“人才组”或新建",)
    assert row_at(seen, 2).bad == ("group",)
    waiting = [(u.field, u.name, u.rows) for u in seen.unknown]
    assert waiting == [("group", "人才科", 1), ("group", "老干组", 1)]
    assert seen.unknown[0].suggestions[0] == "人才组"
    decided = ImportOptions(choices={("group", "人才科"): "人才组", ("group", "老干组"): CREATE})
    assert states(bring_in(office, new, decided)) == ["new", "new"]
    assert (group_of(office, "白若云"), group_of(office, "柳青禾")) == ("人才组", "老干组")
    assert [g.order for g in roster_of(office).groups.values()] == [1, 2, 3]


def test_what_a_group_was_mapped_to_is_suggested_first(office: SqlOffice) -> None:
    office_with_groups(office)
    decided = ImportOptions(choices={("group", "组织人事科"): "人才组"})
    bring_in(office, table(HEAD, ("白若云", "049", "组织人事科", "科员")), decided)
    seen = look(office, table(HEAD, ("柳青禾", "052", "组织人事科", "科员")))
    assert states(seen) == ["wrong"]
    assert seen.unknown[0].suggestions[0] == "人才组"


def test_another_group_is_a_move_from_today(office: SqlOffice) -> None:
    office_with_groups(office)
    seen = bring_in(office, table(HEAD, ("梁守正", "003", "人才组", "组长")))
    assert row_at(seen, 2).changes == ("组室：组织组→人才组（2026-11-25起）", "身份：组长→组员")
    assert group_of(office, "梁守正", date(2026, 11, 24)) == "组织组"
    assert group_of(office, "梁守正", TODAY) == "人才组"
    assert states(look(office, table(HEAD, ("梁守正", "003", "人才组", "组长")))) == ["same"]


def test_a_move_may_have_its_own_day(office: SqlOffice) -> None:
    office_with_groups(office)
    bring_in(
        office,
        table((*HEAD, "调入日期"), ("梁守正", "003", "人才组", "组长", "2026.9.1")),
    )
    assert group_of(office, "梁守正", date(2026, 8, 31)) == "组织组"
    assert group_of(office, "梁守正", date(2026, 9, 1)) == "人才组"


def test_the_turn_order_can_be_given(office: SqlOffice) -> None:
    rows = (("姓名", "组室", "组序"), ("梁守正", "组织组", 2), ("曹恒之", "人才组", 1))
    bring_in(office, table(*rows))
    assert [g.name for g in roster_of(office).groups.values()] == ["人才组", "组织组"]
    seen = bring_in(office, table(rows[0], ("梁守正", "组织组", 3)))
    assert row_at(seen, 2).changes == ("“组织组”的组序：2→3",)
    assert states(look(office, table(rows[0], ("梁守正", "组织组", 3)))) == ["same"]


def test_a_new_head_relieves_the_former(office: SqlOffice) -> None:
    head = ("姓名", "组室", "身份")
    bring_in(office, table(head, ("梁守正", "组织组", "组长"), ("宋佳怡", "组织组", "组员")))
    seen = bring_in(office, table(head, ("宋佳怡", "组织组", "组长")))
    assert row_at(seen, 2).changes == ("身份：组员→组长", "“组织组”的组长：梁守正→宋佳怡")
    (group,) = roster_of(office).groups.values()
    assert group.head_id == named(office, "宋佳怡").id
    assert named(office, "梁守正").role is Role.MEMBER


def test_of_two_heads_the_first_stands(office: SqlOffice) -> None:
    head = ("姓名", "组室", "身份")
    seen = bring_in(office, table(head, ("梁守正", "组织组", "组长"), ("宋佳怡", "组织组", "组长")))
    assert row_at(seen, 3).notes == ("“组织组”的组长是“梁守正”，没有另设",)
    (group,) = roster_of(office).groups.values()
    assert group.head_id == named(office, "梁守正").id


def test_titles_tell_the_role_where_no_column_does(office: SqlOffice) -> None:
    titles = {
        "高远山": ("部长", Role.LEADER),
        "沈明珠": ("县委组织部常务副部长、老干局局长", Role.LEADER),
        "梁守正": ("组织组组长", Role.HEAD),
        "宋佳怡": ("副组长", Role.MEMBER),
        "石小满": ("部长助理", Role.MEMBER),
    }
    rows = [(name, "组织组", title) for name, (title, _) in titles.items()]
    seen = bring_in(office, table(("姓名", "组室", "职务"), *rows))
    assert row_at(seen, 2).notes == ("身份按职务“部长”记作部领导",)
    assert {n: named(office, n).role for n in titles} == {n: r for n, (_, r) in titles.items()}
    (group,) = roster_of(office).groups.values()
    assert group.head_id == named(office, "梁守正").id
    assert states(look(office, table(("姓名", "组室", "职务"), *rows))) == ["same"] * 5


# --- who is who ----------------------------------------------------------------------------


def test_namesakes_are_told_apart_by_number_or_group(office: SqlOffice) -> None:
    rows = (
        HEAD,
        ("张伟", "005", "组织组", "科员"),
        ("张伟", "007", "人才组", "科员"),
        ("李娜", "", "组织组", "科员"),
        ("李娜", "", "人才组", "科员"),
    )
    assert states(bring_in(office, table(*rows))) == ["new"] * 4
    assert states(look(office, table(rows[0], *reversed(rows[1:])))) == ["same"] * 4
    without_number = table(
        ("姓名", "组室", "职务"), ("张伟", "人才组", "副组长"), ("李娜", "组织组", "副组长")
    )
    seen = bring_in(office, without_number)
    assert states(seen) == ["changed"] * 2
    by_number = {p.staff_number: p.title for p in roster_of(office).people.values()}
    assert (by_number["005"], by_number["007"]) == ("科员", "副组长")


def test_a_row_that_could_be_either_of_two_is_wrong(office: SqlOffice) -> None:
    bring_in(
        office,
        table(HEAD, ("张伟", "005", "组织组", "科员"), ("张伟", "007", "人才组", "科员")),
    )
    seen = look(office, table(("姓名", "职务"), ("张伟", "副组长")))
    assert row_at(seen, 2).errors == ("名单里有 2 位“张伟”（组织组、人才组），补上工号才能分清",)
    twice = look(office, table(("姓名", "职务"), ("李娜", "科员"), ("李娜", "组长")))
    assert states(twice) == ["new", "wrong"]
    assert row_at(twice, 3).errors == ("与第 2 行同名，补上工号才能分清",)


def test_a_namesake_with_another_number_is_somebody_new(office: SqlOffice) -> None:
    office_with_groups(office)
    seen = bring_in(office, table(HEAD, ("梁守正", "103", "组织组", "科员")))
    assert states(seen) == ["new"]
    assert row_at(seen, 2).notes == ("名单里另有“梁守正”（003），这一行按另一个人",)


def test_a_name_alone_in_another_group_is_remarked_upon(office: SqlOffice) -> None:
    office_with_groups(office)
    bring_in(office, table(("姓名", "组室"), ("单立新", "组织组")))
    seen = look(office, table(("姓名", "组室"), ("单立新", "人才组")))
    assert states(seen) == ["changed"]
    assert row_at(seen, 2).notes == ("当作组织组的“单立新”；是另一个人就补上工号",)


def test_a_number_of_somebody_else_is_wrong(office: SqlOffice) -> None:
    office_with_groups(office)
    seen = look(office, table(HEAD, ("邹明远", "003", "组织组", "科员")))
    assert row_at(seen, 2).errors == ("工号 003 已被“梁守正”使用",)


def test_a_number_that_lost_its_zeros_is_the_same(office: SqlOffice) -> None:
    office_with_groups(office)
    assert states(look(office, table(HEAD, ("梁守正", 3, "组织组", "组长")))) == ["same"]
    repeated = look(office, table(HEAD, ("甲", "031", "组织组", ""), ("乙", 31.0, "组织组", "")))
    assert states(repeated) == ["new", "wrong"]


def test_a_number_can_be_given_later(office: SqlOffice) -> None:
    bring_in(office, table(("姓名", "组室"), ("梁守正", "组织组")))
    seen = bring_in(office, table(HEAD, ("梁守正", "003", "组织组", "组长")))
    assert row_at(seen, 2).changes == ("工号：空→003", "职务：空→组长")
    assert len(roster_of(office).people) == 1


# --- what the file does not say ------------------------------------------------------------


def test_blank_cells_and_absent_columns_erase_nothing(office: SqlOffice) -> None:
    bring_in(
        office,
        table(
            (*HEAD, "身份", "人员类别", "入部日期", "入党日期", "帮带人", "AB岗"),
            ("梁守正", "003", "组织组", "组长", "组长", "在编", "2009.8.3", "2001.7", "", ""),
            ("宋佳怡", "004", "组织组", "", "", "借调来", "2013.7.15", "", "梁守正", "梁守正"),
        ),
    )
    before = stored(office)
    blanks = table(
        (*HEAD, "身份", "人员类别", "入部日期", "入党日期", "帮带人", "AB岗"),
        *[(name, *[""] * 9) for name in ("梁守正", "宋佳怡")],
    )
    assert states(bring_in(office, blanks)) == ["same", "same"]
    assert states(bring_in(office, table(("姓名",), ("宋佳怡",), ("梁守正",)))) == ["same"] * 2
    assert stored(office) == before


def test_changes_are_told_field_by_field(office: SqlOffice) -> None:
    office_with_groups(office)
    seen = bring_in(
        office,
        table(
            (*HEAD, "人员类别", "入部日期"),
            ("梁守正", "003", "组织组", "副科长", "跟班", "2009-8-3"),
        ),
    )
    assert row_at(seen, 2).changes == (
        "职务：组长→副科长",
        "人员类别：在编→跟班",
        "入部日期：空→2009-08-03",
    )
    (span,) = roster_of(office).memberships[named(office, "梁守正").id]
    assert span.start == date(2009, 8, 3)


def test_entry_after_a_record_is_wrong(office: SqlOffice) -> None:
    office_with_groups(office)
    person = named(office, "梁守正")
    with office.unit() as unit:
        session = StudySession(
            1, date(2026, 3, 2), time(8, 30), time(10), status=SessionStatus.HELD
        )
        unit.put(session, Attendance(1, person.id, None, (1,), Mark.PRESENT))
        unit.commit("签到")
    rows = (("姓名", "入部日期"), ("梁守正", "2026-3-3"))
    seen = look(office, table(*rows))
    assert row_at(seen, 2).errors == ("入部日期 2026-03-03 晚于已有的记录（2026-03-02）",)
    assert states(look(office, table(rows[0], ("梁守正", "2026-3-2")))) == ["changed"]


def test_mentors_may_stand_later_and_change_later(office: SqlOffice) -> None:
    head = ("姓名", "帮带人", "帮带方式")
    seen = bring_in(office, table(head, ("石小满", "杜明月", "组长带"), ("杜明月", "某某", "")))
    assert row_at(seen, 3).notes == ("帮带人“某某”不在名单里，这一项没有写入",)
    changed = table(head, ("石小满", "邓启明", ""), ("邓启明", "邓启明", ""))
    seen = bring_in(office, changed)
    assert row_at(seen, 2).changes == ("帮带人：杜明月→邓启明",)
    assert row_at(seen, 3).notes == ("帮带人“邓启明”是本人，这一项没有写入",)
    roster = roster_of(office)
    mentee = named(office, "石小满").id
    mentors = [
        roster.people[pair.mentor_id].name
        for day in (date(2026, 11, 24), TODAY)
        if (pair := roster.mentor_of(mentee, day))
    ]
    assert mentors == ["杜明月", "邓启明"]
    assert states(look(office, changed)) == ["same", "same"]


def test_somebody_who_left_is_not_brought_back(office: SqlOffice) -> None:
    office_with_groups(office)
    with office.unit() as unit:
        people.leave(unit, 1, date(2026, 10, 31))
    seen = look(office, table(HEAD, ("梁守正", "003", "人才组", "组长")))
    assert states(seen) == ["same"]
    assert row_at(seen, 2).notes == ("此人已于 2026-10-31 离任，离任日期没有改动",)


# --- ranks ---------------------------------------------------------------------------------


def test_numbers_that_start_again_rank_by_the_order_of_rows(office: SqlOffice) -> None:
    rows = (("序号", "姓名"), (1, "甲"), (2, "乙"), (1, "丙"), (2, "丁"))
    bring_in(office, table(*rows))
    assert [p.name for p in roster_of(office).people.values()] == ["甲", "乙", "丙", "丁"]
    assert states(look(office, table(*rows))) == ["same"] * 4


def test_a_partial_list_ranks_nobody_anew(office: SqlOffice) -> None:
    names = "甲乙丙丁戊己庚辛"
    bring_in(office, table(("序号", "姓名"), *enumerate(names, start=1)))
    partial = table(("序号", "姓名"), (1, "新来"), (2, "辛"))
    seen = bring_in(office, partial)
    assert states(seen) == ["new", "same"]
    assert [p.name for p in roster_of(office).people.values()] == [*names, "新来"]
    assert states(look(office, partial)) == ["same", "same"]
    whole = table(("序号", "姓名"), *enumerate(reversed(names), start=1))
    bring_in(office, whole)
    assert [p.name for p in roster_of(office).people.values()][:8] == [*reversed(names)]


# --- what the user decides -----------------------------------------------------------------


def test_columns_mapped_by_hand_are_remembered(office: SqlOffice) -> None:
    first = table(("姓名", "卡号"), ("梁守正", "003"))
    seen = look(office, first)
    assert [(c.text, c.field) for c in seen.columns] == [("姓名", "name"), ("卡号", "")]
    bring_in(office, first, ImportOptions(mapping={"卡号": "工号"}))
    assert named(office, "梁守正").staff_number == "003"
    next_time = look(office, table(("姓名", "卡 号"), ("曹恒之", "006")))
    assert [c.field for c in next_time.columns] == ["name", "number"]
    left_out = look(
        office, table(("姓名", "卡号"), ("曹恒之", "006")), ImportOptions(mapping={"卡号": ""})
    )
    assert [c.field for c in left_out.columns] == ["name", ""]


def test_a_mapping_that_makes_no_sense_is_refused(office: SqlOffice) -> None:
    with pytest.raises(BadMap):
        look(office, table(HEAD, ("甲",)), ImportOptions(mapping={"没有这列": "name"}))


def test_an_offered_column_can_be_taken(office: SqlOffice) -> None:
    source = table(("姓名", "参加工作时间"), ("梁守正", "2009.8.3"))
    assert look(office, source).columns[1].offer == "joined"
    bring_in(office, source, ImportOptions(mapping={"参加工作时间": "joined"}))
    assert named(office, "梁守正").joined == date(2009, 8, 3)


def test_a_cell_can_be_put_right_in_the_preview(office: SqlOffice) -> None:
    source = table(("姓名", "入部日期"), ("梁守正", "2021-02-30"), ("", "2020-1-1"))
    assert states(look(office, source)) == ["wrong", "wrong"]
    fixed = ImportOptions(
        fixes={(2, "joined"): "2021-02-28", (3, "name"): "曹恒之", (3, "number"): "006"}
    )
    assert states(bring_in(office, source, fixed)) == ["new", "new"]
    assert named(office, "梁守正").joined == date(2021, 2, 28)
    assert named(office, "曹恒之").staff_number == "006"


def test_a_preview_of_an_older_state_is_refused(office: SqlOffice) -> None:
    office_with_groups(office)
    seen = look(office, table(HEAD, ("梁守正", "003", "组织组", "副科长")))
    person = named(office, "梁守正")
    with office.unit() as unit:
        people.edit_person(unit, person, replace(person, title="科长"))
    with office.unit() as unit, pytest.raises(Stale):
        apply_import(unit, seen)
    assert named(office, "梁守正").title == "科长"


def test_a_column_named_by_hand_helps_to_find_the_header(office: SqlOffice) -> None:
    source = table(("二〇二六年人员一览",), ("干部", "卡号"), ("梁守正", "003"), name="一览.xlsx")
    with pytest.raises(FileRefused) as refused:
        look(office, source)
    assert refused.value.fault is FileFault.NO_HEADER
    seen = bring_in(office, source, ImportOptions(mapping={"干部": "姓名", "卡号": "number"}))
    assert (seen.header_row, seen.new) == (2, 1)
    assert look(office, source).same == 1


def test_nothing_usable_writes_nothing(office: SqlOffice) -> None:
    seen = look(office, table(("名称", "卡号"), ("", "1")), ImportOptions(mapping={"名称": "姓名"}))
    with office.unit() as unit:
        assert apply_import(unit, seen).operation_id is None
    assert seen.usable == 0


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_wrong_rows_are_saved_aside_and_can_come_back(
    office: SqlOffice, tmp_path: Path, suffix: str
) -> None:
    source = table(
        ("姓名", "工号", "入部日期"),
        ("梁守正", "003", "2009.8.3"),
        ("曹恒之", "006", "2021-02-30"),
        ("", "007", "2020-1-1"),
    )
    seen = bring_in(office, source)
    path = tmp_path / f"有误的行{suffix}"
    assert write_rejects(seen, path) == 2
    again = look(office, path)
    assert [row.cells[2:] for row in again.rows] == [
        ("曹恒之", "006", "2021-02-30"),
        ("", "007", "2020-1-1"),
    ]
    assert [row.cells[0] for row in again.rows] == ["3", "4"]
    assert "没有“2021-02-30”这一天" in again.rows[0].cells[1]
    numbers = {row.row for row in again.rows}
    fixes = {(min(numbers), "joined"): "2021-2-28", (max(numbers), "name"): "彭书瑶"}
    assert states(look(office, path, ImportOptions(fixes=fixes))) == ["new", "new"]


def test_rejects_never_leave_half_a_file(office: SqlOffice, tmp_path: Path) -> None:
    seen = look(office, table(HEAD, ("", "003", "", "")))
    with pytest.raises(FileRefused):
        write_rejects(seen, tmp_path / "没有这个文件夹" / "错.xlsx")
    with pytest.raises(FileRefused):
        write_rejects(seen, tmp_path / "错.doc")
    assert list(tmp_path.glob("错*")) == []


# --- properties ----------------------------------------------------------------------------

_people = st.lists(
    st.tuples(
        st.sampled_from(["张伟", "李 娜", "王芳", "石小满", "阿依古丽", ""]),
        st.sampled_from(["", "001", 2, 3.0, "００４", "005", "1"]),
        st.sampled_from(["", "组织组", "人才组", "部领导", "教育组"]),
        st.sampled_from(["", "组长", "组员", "看客"]),
        st.sampled_from(["", "2020.1.1", "2021-02-30", "2026-12-01", 43831]),
        st.sampled_from(["", "张伟", "王芳", "不知"]),
        st.sampled_from(["", "李娜", "石小满"]),
        st.one_of(st.just(""), st.integers(1, 9)),
    ),
    min_size=1,
    max_size=10,
)
_HEAD = ("姓名", "工号", "组室", "身份", "入部日期", "帮带人", "AB岗", "序号")


def _fresh_office() -> SqlOffice:
    return make_office(Path(tempfile.mkdtemp()) / "store.sqlite3")


def _rows(people: Sequence[Sequence[Cell]]) -> Workbook:
    return table(_HEAD, *people)


@settings(max_examples=30)
@given(_people, _people)
def test_twice_is_the_same_and_undo_takes_it_back(
    first: list[tuple[Cell, ...]], second: list[tuple[Cell, ...]]
) -> None:
    office = _fresh_office()
    try:
        for people in (first, second):
            before = stored(office)
            choices = {("group", name): CREATE for name in ("组织组", "人才组", "教育组")}
            options = ImportOptions(choices=choices)
            seen = look(office, _rows(people), options)
            with office.unit() as unit:
                done = apply_import(unit, seen)
            after = stored(office)
            again = look(office, _rows(people), options)
            assert (again.new, again.changed) == (0, 0), [r for r in again.rows if r.changes]
            assert again.wrong == seen.wrong
            assert office.check() == []
            if done.operation_id is not None:
                with office.unit() as unit:
                    undone = unit.revert(done.operation_id, "撤销")
                assert stored(office) == before
                with office.unit() as unit:
                    unit.revert(undone.operation_id or 0, "重做")
                assert stored(office) == after
    finally:
        office.close()


def test_a_large_file_takes_no_statement_per_row(office: SqlOffice, tmp_path: Path) -> None:
    """The same name over and over and a long file must not become quadratic."""
    rows = [(f"{n:05d}", "张伟", f"第{n % 40}组") for n in range(20_000)]
    seen = bring_in(office, table(("工号", "姓名", "组室"), *rows))
    assert seen.new == 20_000
    assert look(office, table(("工号", "姓名", "组室"), *rows)).same == 20_000


def test_the_files_own_columns_are_shown(office: SqlOffice, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "入部日期", "手机"])
    sheet.append(["梁守正", date(2009, 8, 3), 13900000001])
    book.save(tmp_path / "表.xlsx")
    seen = look(office, tmp_path / "表.xlsx")
    assert seen.rows[0].cells == ("梁守正", "2009-08-03", "13900000001")
    assert [f.title for f in seen.fields][:3] == ["序号", "姓名", "工号"]
