"""The page of one person: opened from everywhere, left by Esc, walked with keys, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot

from bulletin_study.domain.people import Absence, Person, Role
from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui import paper_desk
from bulletin_study.ui.program import Program
from bulletin_study.ui.tabs.people import PeopleTab
from bulletin_study.ui.tabs.people.person_sheet import PersonSheet
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.people import edit_person
from bulletin_study.usecases.person_page import load_person
from bulletin_study.usecases.titles import percent
from tests.ui.harness import Desk, open_page, open_program

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def program(sample: SqlOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    yield from open_program(sample, tmp_path, qtbot)


def person(desk: Desk, name: str = "王立言") -> Person:
    with desk.runner.office.view() as unit:
        return next(p for p in unit.all(Person) if p.name == name)


def opened(desk: Desk, qtbot: QtBot, name: str = "王立言") -> PersonSheet:
    page = open_page(desk, qtbot, PeopleTab)
    page.open_person(person(desk, name).id)
    desk.settle()
    assert page.person_shown
    return page.sheet


def figures_on(sheet: PersonSheet) -> dict[str, str]:
    return {item.key: item.value for item in sheet.head.counters._left}


# --- there and back ---------------------------------------------------------------------------


def test_enter_on_a_row_opens_it_and_esc_comes_back_to_the_row(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot, PeopleTab)
    one = person(desk)
    page.list.select_key(one.id)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    desk.settle()
    assert page.sheet.head.name.text() == "王立言"
    assert not page.toolbar.isVisible(), "one toolbar at a time"
    qtbot.keyClick(page.sheet, Qt.Key.Key_Escape)
    assert not page.person_shown
    assert page.toolbar.isVisible()
    assert page.list.current_row().person == one
    assert page.list.hasFocus()


def test_the_button_beside_a_person_opens_it(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot, PeopleTab)
    one = person(desk)
    page.show_person(one.id)
    page.side.page_wanted.emit(one.id)
    assert page.sheet.person_id == one.id


@pytest.mark.parametrize("came_from", ["signin", "stats", "week"])
def test_esc_goes_back_to_the_tab_one_came_from(
    program: Program, qtbot: QtBot, came_from: str
) -> None:
    program.page(came_from)
    program.context.go.person.emit(3)
    page = program.page("people")
    assert page.person_shown
    qtbot.keyClick(page.sheet, Qt.Key.Key_Escape)
    assert program.window.current == {"week": 0, "signin": 3, "stats": 5}[came_from]
    assert not page.person_shown, "人员 shows its roster again"


def test_the_sign_in_roster_and_the_figures_lead_here(program: Program) -> None:
    program.page("signin").roster.person_wanted.emit(7)
    assert program.page("people").sheet.person_id == 7
    program.page("stats").drill.person_opened.emit(9)
    assert program.page("people").sheet.person_id == 9


def test_keys_walk_to_the_next_person_by_rank(desk: Desk, qtbot: QtBot) -> None:
    sheet = opened(desk, qtbot)
    with desk.runner.office.view() as unit:
        ranked = sorted(unit.all(Person), key=lambda p: p.rank)
    at = [p.name for p in ranked].index("王立言")
    qtbot.keyClick(sheet, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert sheet.head.name.text() == ranked[at + 1].name
    for _ in range(2):
        qtbot.keyClick(sheet, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        desk.settle()
    assert sheet.head.name.text() == ranked[at - 1].name


def test_who_is_no_longer_there_leaves_the_roster_in_sight(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot, PeopleTab)
    page.open_person(999_999)
    desk.settle()
    assert not page.person_shown
    assert "没有找到" in page.banner.sentence or "找不到" in page.banner.sentence


# --- what it shows ----------------------------------------------------------------------------


def test_the_figures_are_those_of_the_statistics(desk: Desk, qtbot: QtBot) -> None:
    sheet = opened(desk, qtbot)
    with desk.runner.office.view() as unit:
        counts = count(unit, *YEAR).counts
    own = next(c for c in counts.people if c.person_id == person(desk).id)
    shown = figures_on(sheet)
    assert (shown["expected"], shown["came"]) == (
        str(own.headcount.expected), str(own.headcount.came)
    )  # fmt: skip
    assert (shown["到会率"], shown["在岗到会率"]) == (percent(own.rate), percent(own.on_duty_rate))
    assert (shown["talks"], shown["said"]) == (str(own.talks), str(own.reflections))
    total = list(sheet.months.model.rows())[-1]
    assert (total.name, total.count) == ("合计", own.headcount)


def test_another_period_has_other_figures(desk: Desk, qtbot: QtBot) -> None:
    sheet = opened(desk, qtbot)
    qtbot.keyClick(sheet.period.segments, Qt.Key.Key_Left)  # 本年 → 半年
    desk.settle()
    one = person(desk)
    with desk.runner.office.view() as unit:
        page = load_person(unit, one.id, date(2026, 7, 1), date(2026, 12, 31))
    assert figures_on(sheet)["expected"] == str(page.tally.count.headcount.expected)
    assert sheet.attended.model.rowCount() == min(len(page.attended), 40)


def test_a_month_without_anything_says_so(desk: Desk, qtbot: QtBot) -> None:
    sheet = opened(desk, qtbot)
    sheet.period._take(date(2001, 1, 1), date(2001, 1, 31))
    desk.settle()
    assert sheet.months._empty.isVisible()
    assert sheet.attended._empty.text() == "这段时间的名单里没有他。"
    assert figures_on(sheet)["到会率"] == "—"


def test_a_saved_change_shows_at_once(desk: Desk, qtbot: QtBot) -> None:
    sheet = opened(desk, qtbot)
    one = person(desk)
    renamed = Person(**{**{f: getattr(one, f) for f in one.__slots__}, "title": "二级主任科员"})
    desk.runner.do(lambda unit: edit_person(unit, one, renamed))
    desk.settle()
    assert "二级主任科员" in sheet.head.facts.text()


def test_a_leader_has_his_comments(desk: Desk, qtbot: QtBot) -> None:
    with desk.runner.office.view() as unit:
        leader = next(p for p in unit.all(Person) if p.role is Role.LEADER)
    sheet = opened(desk, qtbot, leader.name)
    assert sheet.cards["comments"].isVisible()
    assert "comments" in figures_on(sheet)


# --- every line opens its place ---------------------------------------------------------------


def test_a_session_opens_its_sign_in(desk: Desk, qtbot: QtBot) -> None:
    sheet = opened(desk, qtbot)
    asked: list[tuple[object, ...]] = []
    desk.context.go.sign_in.connect(lambda *where: asked.append(where))
    sheet.attended.list.select_first()
    line = sheet.attended.list.current_row()
    qtbot.keyClick(sheet.attended.list, Qt.Key.Key_Return)
    assert asked == [(line.meeting.session.id, None, None)]


def test_a_talk_and_a_reflection_open_theirs(desk: Desk, qtbot: QtBot) -> None:
    sheet = opened(desk, qtbot)
    one = person(desk)
    with desk.runner.office.view() as unit:
        page = load_person(unit, one.id, *YEAR)
    talks: list[tuple[int, int]] = []
    signed: list[tuple[object, ...]] = []
    desk.context.go.talk.connect(lambda *where: talks.append(where))
    desk.context.go.sign_in.connect(lambda *where: signed.append(where))
    for name in ("talks", "said"):
        sheet.cards[name].list.select_first()
        qtbot.keyClick(sheet.cards[name].list, Qt.Key.Key_Return)
    talk, said = page.talks[0], page.said[0]
    assert talks == [(talk.meeting.session.id, talk.talk.place)]
    assert signed == [
        (said.meeting.session.id, ClosingItem.REFLECTIONS, said.reflection.talk_id)
    ]


def test_what_is_owed_as_make_up_opens_its_note(desk: Desk, qtbot: QtBot) -> None:
    sheet = opened(desk, qtbot, "马思齐")
    asked: list[int] = []
    desk.context.go.make_ups.connect(asked.append)
    sheet.cards["make_ups"].list.select_first()
    item = sheet.cards["make_ups"].list.current_row()
    qtbot.keyClick(sheet.cards["make_ups"].list, Qt.Key.Key_Return)
    assert item.chip == ("逾期 2 天", "red", "diamond")
    assert asked == [item.key[0]]


def test_an_absence_opens_its_form(desk: Desk, qtbot: QtBot) -> None:
    with desk.runner.office.view() as unit:
        absence = unit.all(Absence)[0]
        name = next(p.name for p in unit.all(Person) if p.id == absence.person_id)
    sheet = opened(desk, qtbot, name)
    page = sheet.parent()
    assert isinstance(page, PeopleTab)
    sheet.cards["absences"].list.select_first()
    qtbot.keyClick(sheet.cards["absences"].list, Qt.Key.Key_Return)
    assert not page.person_shown
    assert page.side.absence_form.isVisible()


def test_missed_sessions_are_a_key_away_and_the_rest_behind_a_link(
    desk: Desk, qtbot: QtBot
) -> None:
    sheet = opened(desk, qtbot)
    assert sheet.attended.model.rowCount() == 40
    sheet.attended.show_all()
    assert sheet.attended.model.rowCount() == len(sheet._shown.attended)  # type: ignore[union-attr]
    qtbot.keyClick(sheet.which, Qt.Key.Key_Right)
    assert all(r.row.mark not in ("到", "迟到", "早退") for r in sheet.attended.model.rows())


def test_the_chosen_line_stays_in_sight_and_nothing_scrolls_within(
    desk: Desk, qtbot: QtBot
) -> None:
    sheet = opened(desk, qtbot)
    sheet.attended.list.setFocus()
    qtbot.keyClick(sheet.attended.list, Qt.Key.Key_End)
    desk.settle()
    assert sheet.scroller.verticalScrollBar().value() > 0
    bars = [b for b in sheet.findChildren(QScrollBar) if b.isVisible()]
    assert bars == [sheet.scroller.verticalScrollBar()]


# --- on paper ---------------------------------------------------------------------------------


def test_the_record_is_saved_as_word_and_pdf(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    sheet = opened(desk, qtbot)
    desk.save_path = tmp_path / "记录.docx"
    assert sheet.toolbar.primary is not None
    with qtbot.waitSignal(sheet.toolbar.primary.clicked):
        qtbot.keyClick(sheet, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    made = docx.Document(str(desk.save_path))
    assert made.paragraphs[0].text == "个人学习记录"
    words = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert "王立言" in words
    assert str(figures_on(sheet)["came"]) in words
    assert "记录.docx" in sheet.banner.sentence
    desk.save_path = tmp_path / "记录.pdf"
    sheet.export()
    desk.settle()
    assert desk.save_path.read_bytes().startswith(b"%PDF-")


def test_printing_shows_the_pages_or_offers_a_file(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = opened(desk, qtbot)
    monkeypatch.setattr(paper_desk, "has_printer", lambda: False)
    sheet.print_record()
    assert sheet.banner.sentence.startswith("这台机器没有装打印机")
    monkeypatch.setattr(paper_desk, "has_printer", lambda: True)
    sheet.print_record()
    (dialog,) = sheet.findChildren(QPrintPreviewDialog)
    assert dialog.windowTitle() == "打印个人学习记录"
    dialog.close()
