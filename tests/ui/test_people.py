"""人员: people, groups and absences by keyboard, each edit one operation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bulletin_study.domain.people import Absence, AbsenceKind, Group, Person
from bulletin_study.ui.tabs.people import PeopleTab
from bulletin_study.ui.tabs.people.rows import ALL, ON_DUTY, ON_LEAVE
from bulletin_study.usecases import history
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.loading import load_roster
from tests.ui.harness import Desk, open_page, type_text

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def opened(desk: Desk, qtbot: QtBot) -> PeopleTab:
    return open_page(desk, qtbot, PeopleTab)


def person(desk: Desk, name: str) -> Person:
    with desk.runner.office.view() as unit:
        return next(p for p in unit.all(Person) if p.name == name)


def test_a_person_is_added_by_keyboard_alone(bare_desk: Desk, qtbot: QtBot) -> None:
    page = opened(bare_desk, qtbot)
    page.new_item()
    type_text(page.side.person_form.name, "单立新")
    qtbot.keyClick(page.side.person_form.name, Qt.Key.Key_Return)
    bare_desk.settle()
    added = person(bare_desk, "单立新")
    assert added.initials == "slx", "a surname is read as one"
    assert [r.person.name for r in page.model.rows()] == ["单立新"]
    assert page.list.current_row().person == added, "the new person is selected"


def test_a_taken_staff_number_is_told_under_the_field(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    one = person(desk, "王立言")
    page.show_person(one.id)
    page.side.person_form.number.setFocus()
    page.side.person_form.number.setText("001")
    qtbot.keyClick(page.side.person_form.number, Qt.Key.Key_Return)
    desk.settle()
    assert "已被“陈思远”使用" in page.side.person_form.rows["staff_number"].sentence
    assert person(desk, "王立言") == one


def test_a_move_counts_from_its_day_and_leaves_the_past_alone(
    desk: Desk, qtbot: QtBot
) -> None:
    page = opened(desk, qtbot)
    one = person(desk, "王立言")
    with desk.runner.office.view() as unit:
        before = count(unit, *YEAR).counts.groups
        groups = {g.name: g.id for g in unit.all(Group)}
    page.show_person(one.id)
    page.side.person_form.since.set_value(date(2026, 11, 26))
    page.side.person_form.group.set_value(groups["干部组"])
    page.side.person_form.group.autosave.commit()
    page.side.person_form.group.autosave.committed.emit(groups["办公室"], groups["干部组"])
    desk.settle()
    with desk.runner.office.view() as unit:
        roster = load_roster(unit)
        assert roster.group_on(one.id, date(2026, 11, 25)) == groups["办公室"]
        assert roster.group_on(one.id, date(2026, 11, 26)) == groups["干部组"]
        after = count(unit, *YEAR).counts.groups
        # What is still ahead is the new group's.
        assert [replace(g, ahead=0) for g in after] == [replace(g, ahead=0) for g in before]


def test_leave_is_registered_and_shown(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    one = person(desk, "王立言")
    page._new_absence(one.id)
    form = page.side.absence_form
    form.kind.set_value(AbsenceKind.SICK)
    form.start.set_value(date(2026, 11, 25))
    form.end.set_value(date(2026, 11, 27))
    form.reason.set_value("感冒")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    desk.settle()
    with desk.runner.office.view() as unit:
        stored = unit.all(Absence, person_id=one.id)
    assert [(a.kind, a.start, a.end, a.reason) for a in stored][-1] == (
        AbsenceKind.SICK,
        date(2026, 11, 25),
        date(2026, 11, 27),
        "感冒",
    )
    row = next(r for r in page.model.rows() if r.person.id == one.id)
    assert row.absence is not None


def test_an_end_before_its_start_saves_nothing(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    one = person(desk, "王立言")
    page._new_absence(one.id)
    page.side.absence_form.start.set_value(date(2026, 11, 25))
    page.side.absence_form.end.set_value(date(2026, 11, 20))
    page.side.absence_form.register()
    desk.settle()
    assert "早于开始" in page.side.absence_form._end_row.sentence
    with desk.runner.office.view() as unit:
        assert unit.all(Absence, person_id=one.id, start=date(2026, 11, 25)) == []


def test_a_group_with_people_cannot_be_deleted(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    with desk.runner.office.view() as unit:
        group = next(g for g in unit.all(Group) if g.name == "办公室")
    page.groups.list.select_key(group.id)
    desk.settle()
    assert page.side.group_form.isVisible()
    qtbot.mouseClick(page.side.group_form.remove, Qt.MouseButton.LeftButton)
    desk.settle()
    assert "不能删除" in page.side.group_form._name_row.sentence
    with desk.runner.office.view() as unit:
        assert unit.get(Group, group.id) == group


def test_a_group_is_added_and_undo_takes_it_back(bare_desk: Desk, qtbot: QtBot) -> None:
    page = opened(bare_desk, qtbot)
    page.groups.start_adding()
    type_text(page.groups.name, "办公室")
    qtbot.keyClick(page.groups.name, Qt.Key.Key_Return)
    bare_desk.settle()
    with bare_desk.runner.office.view() as unit:
        assert [g.name for g in unit.all(Group)] == ["办公室"]
    with bare_desk.runner.office.unit() as unit:
        history.undo(unit)
    with bare_desk.runner.office.view() as unit:
        assert unit.all(Group) == []


def test_the_filters_agree_with_their_numbers(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    for label, state in zip(page.states.labels, ("", ON_DUTY, ON_LEAVE, ""), strict=True):
        if not state:
            continue
        page.states.set_value(state)
        page._fill()
        assert label.endswith(str(len(list(page.model.rows()))))
    page.states.set_value("everybody")
    page.filter.setText("wly")
    names = [r.person.name for r in page.model.rows()]
    assert "王立言" in names
    page.filter.setText("没有这个人")
    assert list(page.model.rows()) == []
    assert "没有符合“没有这个人”的人" in page.stack.empty.sentence


def test_a_cell_is_edited_in_the_list(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    page._choose_place(ALL)
    row = next(r for r in page.model.rows() if r.person.name == "王立言")
    page.model.edited.emit(row, "title", "二级主任科员")
    desk.settle()
    assert person(desk, "王立言").title == "二级主任科员"
    assert len(desk.committed) == 1


def test_what_is_said_to_a_new_person_goes_with_the_form(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    form = page.side.person_form
    page.new_item()
    assert form.rows["name"].sentence.startswith("写好姓名按回车就保存")
    assert form.rows["name"]._mark.isHidden(), "no warning"
    page.show_person(person(desk, "王立言").id)
    assert form.rows["name"].sentence == ""


def test_a_name_that_is_there_already_is_told(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    form = page.side.person_form
    page.new_item()
    type_text(form.name, "王立言")
    told = "已有同名的 王立言（办公室）。是两个人就填上工号区分。"
    assert form.rows["name"].sentence == told
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    desk.settle()
    assert form.rows["name"].sentence == told, "also once it is stored"
    form.number.setFocus()
    form.number.setText("1999")
    qtbot.keyClick(form.number, Qt.Key.Key_Return)
    desk.settle()
    assert form.rows["name"].sentence == ""
