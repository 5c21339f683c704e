"""本周: cards, what is open, and the ways from there."""

from __future__ import annotations

from datetime import time, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from bulletin_study.domain.sessions import ClosingItem, Comment, SessionKindLink, StudySession
from bulletin_study.ui.controls import Button
from bulletin_study.ui.tabs.week import WeekTab
from bulletin_study.ui.tabs.week.cards import EmptyCard, SessionCard
from bulletin_study.ui.widgets.checklist import Checklist
from bulletin_study.usecases.alerts import Alert, AlertKind
from bulletin_study.usecases.attendance import mark_rest_present
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.person_page import load_person
from bulletin_study.usecases.settings import (
    COMMENT_DAYS,
    GROUP_RATE,
    PERSON_RATE,
    REFLECTION_DAYS,
    Option,
    set_option,
)
from bulletin_study.usecases.titles import percent
from bulletin_study.usecases.week import OpenItem, load_week
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
        expected = load_week(unit, TODAY).open_items[-1]
    asked: list[tuple[int, ClosingItem, object, object]] = []
    desk.context.go.sign_in.connect(lambda *where: asked.append(where))
    page.open_card.list.select_key(
        (expected.closing.session.id, expected.item.want, expected.item.place)
    )
    page.open_card.list.setFocus()
    qtbot.keyClick(page.open_card.list, Qt.Key.Key_Return)
    assert asked == [
        (expected.closing.session.id, expected.item.item, expected.item.talk_id, None)
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
    line = next(line for line in page.open_card.model.rows() if line.target == late)
    assert "补学逾期 2 天" in page.open_card.model.spoken(line)
    asked: list[int] = []
    desk.context.go.make_ups.connect(asked.append)
    page.open_card.list.acted.emit(line, "act")
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
        before = len(load_week(unit, TODAY).open_items)
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
    told = [r.target for r in rows if isinstance(r.target, OpenItem)]
    told += [r.target.item for r in rows if isinstance(r.target, Alert) and r.target.item]
    assert len(told) == before + 2
    assert {said.session_id, 9001} <= {item.closing.session.id for item in told}


def low(desk: Desk, option: Option, limit: int) -> None:
    desk.runner.do(lambda unit: set_option(unit, option, limit))
    desk.settle()


def reminders(page: WeekTab) -> list[Alert]:
    return [r.target for r in page.open_card.model.rows() if isinstance(r.target, Alert)]


def test_a_person_under_the_limit_is_named_with_the_parts_and_leads_to_the_page(
    desk: Desk, qtbot: QtBot
) -> None:
    page = opened(desk, qtbot)
    low(desk, GROUP_RATE, 0)
    low(desk, PERSON_RATE, 95)
    found = next(a for a in reminders(page) if a.kind is AlertKind.PERSON_RATE)
    with desk.runner.office.view() as unit:
        own = load_person(unit, found.key, TODAY.replace(month=1, day=1), TODAY).tally.count
    assert found.words == (
        f"今年到会率 {percent(own.rate)}（{own.rate.numerator}/{own.rate.denominator}），低于 95%"
    )
    asked: list[int] = []
    desk.context.go.person.connect(asked.append)
    page.open_card.list.select_key((found.kind, found.key, None))
    page.open_card.list.setFocus()
    qtbot.keyClick(page.open_card.list, Qt.Key.Key_Return)
    assert asked == [found.key]


def test_a_group_under_the_limit_leads_to_its_figures(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    low(desk, GROUP_RATE, 100)
    found = next(a for a in reminders(page) if a.kind is AlertKind.GROUP_RATE)
    asked: list[int] = []
    desk.context.go.group_figures.connect(asked.append)
    line = next(r for r in page.open_card.model.rows() if r.target is found)
    page.open_card.list.acted.emit(line, "act")
    assert asked == [found.key]


def test_a_talk_without_a_comment_leads_to_its_field_and_is_told_once(
    desk: Desk, qtbot: QtBot
) -> None:
    page = opened(desk, qtbot)
    found = next(a for a in reminders(page) if a.kind is AlertKind.COMMENT)
    lines = list(page.open_card.model.rows())
    assert found.item is not None
    assert all(r.target != found.item for r in lines), "not once more among what is missing"
    asked: list[tuple[object, ...]] = []
    desk.context.go.sign_in.connect(lambda *where: asked.append(where))
    page.open_card.list.acted.emit(next(r for r in lines if r.target is found), "act")
    assert found.session is not None
    assert asked == [(found.session.id, ClosingItem.COMMENTS, found.talk_id, None)]


def test_many_reminders_are_folded_until_asked_for(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    low(desk, PERSON_RATE, 100)
    assert len(reminders(page)) == 5
    more = list(page.open_card.model.rows())[-1]
    assert more.subject.startswith("另有 ")
    page.open_card.list.select_key(more.key)
    page.open_card.list.setFocus()
    qtbot.keyClick(page.open_card.list, Qt.Key.Key_Return)
    assert f"另有 {len(reminders(page)) - 5} 项" == more.subject
    assert page.open_card.list.current_row().target is reminders(page)[5]
    first = next(iter(page.open_card.model.rows()))
    assert not isinstance(first.target, Alert), "the sessions' own lines come first"


def test_nothing_over_a_limit_has_no_headings(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    for option, limit in (
        (PERSON_RATE, 0), (GROUP_RATE, 0), (COMMENT_DAYS, 365), (REFLECTION_DAYS, 365)
    ):  # fmt: skip
        low(desk, option, limit)
    assert reminders(page) == []
    assert not page.open_card.model.grouped


def full_week(desk: Desk, sessions: int = 1) -> None:
    """Further sessions of 每周一学 on the day itself."""
    with desk.runner.office.unit() as unit:
        for at in range(sessions):
            unit.put(
                StudySession(9100 + at, TODAY, time(8 + at), time(9 + at), theme="应急演练"),
                SessionKindLink(9100 + at, 1),
            )
        unit.commit("一周里多了几场")


def rows_in_sight(page: WeekTab) -> int:
    view = page.open_card.list
    model = view.model()
    seen = 0
    for top in range(model.rowCount()):
        heading = model.index(top, 0)
        for at in range(model.rowCount(heading)):
            row = view.visualRect(model.index(at, 0, heading))
            row.translate(view.viewport().mapTo(page, view.viewport().rect().topLeft()))
            inside = view.viewport().rect().bottom() + view.viewport().mapTo(page, QPoint()).y()
            seen += row.isValid() and row.bottom() <= min(inside, page.height())
    return seen


def test_a_fourth_session_takes_one_line_and_leaves_what_is_open_in_sight(
    desk: Desk, qtbot: QtBot
) -> None:
    full_week(desk)
    page = opened(desk, qtbot)
    assert len(page.findChildren(SessionCard)) == 3
    assert page.more_card is not None
    (line,) = page.more_card.lines
    assert not isinstance(line[0], str)
    assert line[0].session.day != TODAY
    assert rows_in_sight(page) >= 5
    asked: list[int] = []
    desk.context.go.sign_in.connect(lambda session, *_: asked.append(session))
    line[1].click()
    assert asked == [line[0].session.id]


def test_only_one_thing_of_the_week_scrolls_and_no_line_is_cut(desk: Desk, qtbot: QtBot) -> None:
    full_week(desk, 3)
    page = opened(desk, qtbot)
    for width, height in ((1366, 700), (1024, 632), (911, 412), (1366, 1000)):
        page.resize(width, height)
        desk.settle()
        outer = page._scroll.verticalScrollBar().maximum() > 0
        assert not (outer and page.open_card.list.verticalScrollBar().maximum() > 0)
        for list_ in page.findChildren(Checklist):
            card = list_.parentWidget()
            assert card is not None
            assert card.rect().contains(list_.geometry())
            assert list_.height() >= list_.sizeHint().height()


def test_signed_in_the_button_goes_on_with_what_is_missing(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    primary = page.toolbar.primary
    assert primary is not None
    assert primary.caption == "开始今天的签到"
    with desk.runner.office.view() as unit:
        today = [c.session.id for c in load_week(unit, TODAY).cards if c.session.day == TODAY]
    for session in today:
        desk.runner.do(
            lambda unit, session=session: mark_rest_present(unit, session, hold=True)  # type: ignore[misc]
        )
    desk.settle()
    assert primary.caption == "继续：领导点评"
    asked: list[tuple[int, object]] = []
    desk.context.go.sign_in.connect(lambda session, item, *_: asked.append((session, item)))
    primary.click()
    assert asked == [(today[0], ClosingItem.COMMENTS)]
