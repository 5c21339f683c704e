"""The page of 每周一讲 on a desk, and short words for what a clerk does to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.domain.people import Absence, AbsenceKind, Person
from bulletin_study.domain.sessions import SessionStatus, Talk
from bulletin_study.ui.tabs.talk import TalkTab
from bulletin_study.ui.tabs.talk.arrange_dialog import ArrangeDialog
from bulletin_study.usecases import history
from bulletin_study.usecases.talk_page import TalkLine
from tests.helpers import TODAY
from tests.ui.harness import Desk, open_page, type_text

LEFT = Qt.MouseButton.LeftButton
FAR = TODAY + timedelta(days=200)


def opened(desk: Desk, qtbot: QtBot) -> TalkTab:
    return open_page(desk, qtbot, TalkTab)


def coming(page: TalkTab) -> list[TalkLine]:
    """Announced and still ahead, after today."""
    return [ln for ln in page.board.model.rows() if ln.ahead and ln.taken and ln.row.day > TODAY]


def first_held(page: TalkTab) -> TalkLine:
    return next(ln for ln in page.board.model.rows() if ln.row.session.status is SessionStatus.HELD)


def show(desk: Desk, page: TalkTab, line: TalkLine) -> None:
    page.show_place(*line.key)
    desk.settle()


def stored(desk: Desk, line: TalkLine) -> Talk | None:
    with desk.runner.office.view() as unit:
        found = unit.all(Talk, session_id=line.row.session.id)
    return next((talk for talk in found if talk.place == line.row.place), None)


def speaker_of(desk: Desk, line: TalkLine) -> int | None:
    talk = stored(desk, line)
    return talk.speaker_id if talk is not None else None


def find(desk: Desk, wanted: Callable[[Person], bool]) -> Person:
    with desk.runner.office.view() as unit:
        return next(p for p in unit.all(Person) if wanted(p))


def send_away(desk: Desk, person_id: int, day: date) -> None:
    with desk.runner.office.unit() as unit:
        unit.put(Absence(900, person_id, AbsenceKind.SICK, day, day, "手术"))
        unit.commit("登记不在岗")


def type_into(desk: Desk, qtbot: QtBot, field: QWidget, text: str) -> None:
    """Select what is there, type over it, Enter."""
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    type_text(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.settle()
    # With several of one name a list is open: the first is taken.
    qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.settle()


def undo(desk: Desk) -> None:
    desk.runner.do(history.undo)
    desk.settle()


def dialog_on(desk: Desk, page: TalkTab) -> ArrangeDialog:
    page.toolbar.primary.click()  # type: ignore[union-attr]
    desk.settle()
    return page.findChildren(ArrangeDialog)[-1]
