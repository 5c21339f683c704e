"""每周一讲: who speaks where, by hand and by the rotation."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from bulletin_study.domain.people import Absence, AbsenceKind, Person
from bulletin_study.domain.rotation import PlaceState
from bulletin_study.domain.sessions import SessionStatus, StudySession, Talk
from bulletin_study.ui.tabs.talk import TalkTab
from bulletin_study.ui.tabs.talk.plan_dialog import PlanDialog
from bulletin_study.usecases import history
from bulletin_study.usecases.rotation import check_rotation
from bulletin_study.usecases.talk_list import PlaceRow
from bulletin_study.usecases.talks import clear_place
from tests.helpers import TODAY
from tests.ui.harness import Desk, type_text

FAR = TODAY + timedelta(days=200)


def opened(desk: Desk, qtbot: QtBot) -> TalkTab:
    page = TalkTab(desk.context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    desk.runner.committed.connect(lambda saved: page.committed(saved.entities))
    desk.settle()
    return page


def ahead(page: TalkTab) -> list[PlaceRow]:
    return [r for r in page.model.rows() if r.session.status.ahead and r.speaker]


def stored(desk: Desk, row: PlaceRow) -> Talk:
    with desk.runner.office.view() as unit:
        return next(t for t in unit.all(Talk, session_id=row.session.id) if t.place == row.place)


def test_the_list_opens_at_today_with_the_round_s_progress(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    row = page.list.current_row()
    assert row.day == TODAY
    assert page._round.text().startswith("第3轮 已讲 ")
    assert all(r.day >= TODAY - timedelta(weeks=3) for r in page.model.rows())


def test_a_title_typed_is_a_title_stored(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    row = ahead(page)[-1]
    page.show_place(row.session.id, row.place)
    page.side.title.setFocus()
    page.side.title.clear()
    type_text(page.side.title, "公文常见差错")
    qtbot.keyClick(page.side.title, Qt.Key.Key_Return)
    desk.settle()
    assert stored(desk, row).title == "公文常见差错"
    assert page.list.current_row().title == "公文常见差错", "the place stays selected"


def test_somebody_away_is_refused_in_words_and_can_be_insisted_on(
    desk: Desk, qtbot: QtBot
) -> None:
    page = opened(desk, qtbot)
    row = ahead(page)[-1]
    with desk.runner.office.unit() as unit:
        people = [p for p in unit.all(Person) if p.in_rotation]
        taken = {r.speaker for r in ahead(page)}
        away = next(p for p in people if p.name not in taken)
        unit.put(Absence(900, away.id, AbsenceKind.SICK, row.day, row.day, "手术"))
        unit.commit("登记")
    before = stored(desk, row)
    page.show_place(row.session.id, row.place)
    page.side._speaker_chosen(before.speaker_id, away.id)
    desk.settle()
    assert "不能安排" in page.side.speaker_row.sentence
    assert stored(desk, row) == before
    page.side.speaker_row._run()  # the verb beside the sentence: 仍要安排
    desk.settle()
    assert stored(desk, row).speaker_id == away.id
    assert page.list.current_row().conflict


def test_a_plan_fills_the_empty_places_and_breaks_no_rule(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    for row in ahead(page)[-4:]:
        with desk.runner.office.unit() as unit:
            clear_place(unit, row.session.id, row.place)
    dialog = PlanDialog(desk.runner, TODAY, page)
    qtbot.addWidget(dialog)
    desk.settle()
    assert dialog.plan is not None
    assert dialog.plan.summary.empty == 0
    before = len(desk.committed)
    dialog.apply.click()
    desk.settle()
    assert len(desk.committed) == before + 1, "one operation"
    page.reload()
    desk.settle()
    assert all(r.speaker for r in page.model.rows() if r.session.status.ahead)
    with desk.runner.office.view() as unit:
        assert check_rotation(unit, TODAY, FAR) == []
    with desk.runner.office.unit() as unit:
        history.undo(unit)
    page.reload()
    desk.settle()
    empty = [r for r in page.model.rows() if r.state is PlaceState.EMPTY]
    assert len(empty) >= 4, "undo takes the whole plan back"


def test_looking_at_a_plan_saves_nothing(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    dialog = PlanDialog(desk.runner, TODAY, page)
    qtbot.addWidget(dialog)
    desk.settle()
    dialog.reject()
    assert desk.committed == []


def test_two_speakers_change_places(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    rows = [r for r in ahead(page) if r.day > TODAY]
    one = rows[0]
    other = next(r for r in rows if r.day != one.day)
    page.show_place(one.session.id, one.place)
    assert other.talk is not None
    page.side._swap(None, other.talk.id)
    if page.side.other_row.sentence:
        page.side.other_row._run()
    desk.settle()
    assert stored(desk, one).speaker_id == other.talk.speaker_id
    assert one.talk is not None
    assert stored(desk, other).speaker_id == one.talk.speaker_id


def test_who_actually_spoke_is_kept_beside_who_was_announced(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    row = next(r for r in page.model.rows() if r.session.status is SessionStatus.HELD)
    assert row.talk is not None
    with desk.runner.office.view() as unit:
        on_day = {t.speaker_id for t in unit.all(Talk, session_id=row.session.id)}
        other = next(p for p in unit.all(Person) if p.in_rotation and p.id not in on_day)
    page.show_place(row.session.id, row.place)
    page.side._speaker_chosen(row.talk.speaker_id, other.id)
    desk.settle()
    talk = stored(desk, row)
    assert (talk.speaker_id, talk.planned_id) == (other.id, row.talk.speaker_id)
    shown = page.list.current_row()
    assert (shown.speaker, shown.stood_in_for) == (other.name, row.speaker)


def test_a_pin_is_one_key(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    row = next(r for r in ahead(page) if not r.pinned)
    page.show_place(row.session.id, row.place)
    page.list.setFocus()
    qtbot.keySequence(page.list, QKeySequence("P"))
    desk.settle()
    assert stored(desk, row).pinned


def test_the_rotation_is_exported_and_announced(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(desk, qtbot)
    desk.save_path = tmp_path / "轮讲表.xlsx"
    page.export()
    desk.settle()
    sheet = openpyxl.load_workbook(desk.save_path).active
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    first = ahead(page)[0]
    assert {first.speaker, first.title} <= cells
    page._copy_notice()
    assert first.speaker in desk.copied[-1]


def test_without_sessions_there_is_one_way_on(bare_desk: Desk, qtbot: QtBot) -> None:
    page = opened(bare_desk, qtbot)
    assert page.stack.empty.sentence == "还没有每周一讲的场次。"
    page.export()
    assert "批量安排" in page.banner.sentence


def test_a_cancelled_talk_is_not_listed(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    page.scope.set_value("all")
    page.reload()
    desk.settle()
    with desk.runner.office.view() as unit:
        gone = {
            s.id for s in unit.all(StudySession) if s.status is SessionStatus.CANCELLED
        }
    assert not gone & {r.session.id for r in page.model.rows()}
    assert min(r.day for r in page.model.rows()) < date(2026, 6, 1)
