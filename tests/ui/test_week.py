"""本周: cards, what is open, and the ways from there."""

from __future__ import annotations

from datetime import time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from bulletin_study.domain.sessions import ClosingItem, Comment, SessionKindLink, StudySession
from bulletin_study.ui.controls import Button
from bulletin_study.ui.tabs.week import WeekTab
from bulletin_study.ui.tabs.week.cards import EmptyCard, SessionCard
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.week import load_week
from tests.helpers import TODAY
from tests.ui.harness import Desk, open_page


def opened(desk: Desk, qtbot: QtBot) -> WeekTab:
    return open_page(desk, qtbot, WeekTab)


def test_the_week_shows_a_card_for_each_core_kind(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    assert len(page.findChildren(SessionCard)) >= 3
    assert page.toolbar.primary is not None
    assert page.toolbar.primary.caption == "开始今天的签到"


def test_the_sentence_is_the_one_everybody_else_shows(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    with desk.runner.office.view() as unit:
        figures = count(unit, TODAY.replace(month=1, day=1), TODAY)
    assert page.sentence.sentence == figures.sentence
    page.sentence.copy()


    assert QGuiApplication.clipboard().text() == figures.sentence


def test_an_open_line_leads_to_its_editor(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    with desk.runner.office.view() as unit:
        expected = load_week(unit, TODAY).open_items[0]
    asked: list[tuple[int, ClosingItem, object]] = []
    desk.context.go.sign_in.connect(lambda *where: asked.append(where))
    page.open_card.list.select_key(page.open_card.model.key_of(expected))
    page.open_card.list.setFocus()
    qtbot.keyClick(page.open_card.list, Qt.Key.Key_Return)
    assert asked == [
        (expected.closing.session.id, expected.item.item, expected.item.talk_id)
    ]


def test_the_badge_counts_the_sessions_that_are_open(desk: Desk, qtbot: QtBot) -> None:
    page = WeekTab(desk.context)
    qtbot.addWidget(page)
    badges: list[int] = []
    page.badge_changed.connect(badges.append)
    page.show()
    desk.settle()
    with desk.runner.office.view() as unit:
        week = load_week(unit, TODAY)
    waiting = {i.session.id for i in week.open_items} | {i.session.id for i in week.make_ups}
    assert badges[-1] == len(waiting)


def test_overdue_make_ups_are_among_what_is_open(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    with desk.runner.office.view() as unit:
        (late,) = load_week(unit, TODAY).make_ups
    row = next(row for row in page.open_card.model.rows() if row == late)
    assert "补学逾期 2 天" in page.open_card.model.spoken(row)
    asked: list[int] = []
    desk.context.go.make_ups.connect(asked.append)
    page.open_card.list.acted.emit(row, "act")
    assert asked == [late.session.id]


def test_weeks_are_turned_with_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    page.setFocus()
    buttons = [b for b in page.findChildren(Button) if "上一周" in b.toolTip()]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    desk.settle()
    assert page._where.text().startswith("第47周")


def test_an_empty_week_offers_to_plan(bare_desk: Desk, qtbot: QtBot) -> None:
    page = opened(bare_desk, qtbot)
    cards = page.findChildren(EmptyCard)
    assert len(cards) == 3
    pages: list[str] = []
    bare_desk.context.go.page.connect(pages.append)
    cards[0].wanted.emit()
    assert pages == ["study"]


def test_the_notice_names_every_session_of_the_week(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    page._copy_notice()
    notice = desk.copied[-1]
    with desk.runner.office.view() as unit:
        sessions: list[StudySession] = [c.session for c in load_week(unit, TODAY).cards]
    assert notice.startswith("【本周安排】11月23日至11月29日")
    assert len(notice.splitlines()) == len(sessions) + 1


def test_what_is_past_and_unsure_or_taken_back_is_named(desk: Desk, qtbot: QtBot) -> None:
    office = desk.runner.office
    with office.view() as unit:
        week = load_week(unit, TODAY)
        before = len(week.open_items) + len(week.make_ups)
        held = [
            s
            for s in unit.sessions_between(TODAY - timedelta(days=60), TODAY)
            if s.archived and not s.waiver
        ]
        said = next(
            c for s in held for c in unit.all(Comment, session_id=s.id) if c.talk_id is not None
        )
    with office.unit() as unit:
        unit.remove(said)
        day = TODAY - timedelta(days=2)
        unit.put(StudySession(9001, day, time(8), time(9)), SessionKindLink(9001, 1))
        unit.commit("一场没有确认，一条点评收回")
    page = opened(desk, qtbot)
    rows = list(page.open_card.model.rows())
    assert len(rows) == before + 2
    assert {said.session_id, 9001} <= {r.session.id for r in rows}
