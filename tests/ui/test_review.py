"""每周一评: its sessions alone, and plainly what is done where."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from bulletin_study.domain.sessions import REVIEW
from bulletin_study.ui.pages import make_page
from tests.ui.harness import Desk


def test_it_shows_reviews_alone_and_says_what_is_done_where(desk: Desk, qtbot: QtBot) -> None:
    page = make_page("review", desk.context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    desk.settle()
    rows = list(page.centre.board.list.model().rows())  # type: ignore[attr-defined]
    assert rows
    assert all(REVIEW in row.kind_names for row in rows)
    assert "在“签到与心得”里一个组室记一条" in page.banner.sentence
    assert "版本" not in page.banner.sentence
    assert not page.bar.kinds.isVisible()  # type: ignore[attr-defined]
    assert not page.bar.plan.isVisible()  # type: ignore[attr-defined]


def test_form_and_lead_are_not_asked_of_a_review(desk: Desk, qtbot: QtBot) -> None:
    page = make_page("review", desk.context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    desk.settle()
    form = page.studio.session.form  # type: ignore[attr-defined]
    assert form.rows["theme"].isVisible()
    assert form.rows["venue"].isVisible()
    assert not form.rows["form"].isVisible()
    assert not form.rows["lead"].isVisible()
    board = page.centre.board  # type: ignore[attr-defined]
    names = [column.name for column in board.model.columns]
    assert board.list.isColumnHidden(names.index("lead"))


def test_a_new_session_there_is_a_review(desk: Desk, qtbot: QtBot) -> None:
    page = make_page("review", desk.context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    desk.settle()
    assert page._new_kind() == 3  # type: ignore[attr-defined]
    page.new_item()
    desk.settle()
    assert page.studio.new.isVisible()  # type: ignore[attr-defined]
