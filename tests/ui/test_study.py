"""每周一学: the list, the calendar and the fields of one session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.evidence import EvidenceKind
from bulletin_study.domain.people import Absence, AbsenceKind
from bulletin_study.domain.sessions import ClosingItem, Form, SessionStatus
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.tabs.study.inspector import Mode
from bulletin_study.usecases.attendance import MarkEntry, mark
from bulletin_study.usecases.history import undo
from bulletin_study.usecases.session_list import list_sessions
from bulletin_study.usecases.study_page import StudyScope
from tests.contract.schedule_office import CHOIR, MEETING, STUDY, TALK, draft, everything, plan
from tests.ui.harness import type_text
from tests.ui.study_desk import Study, study_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = study_office(tmp_path / "store.sqlite3")
    yield store
    store.close()


@pytest.fixture
def study(qtbot: QtBot, office: SqlOffice, tmp_path: Path) -> Study:
    return Study(qtbot, office, tmp_path)


# ---- list and calendar ----
def test_months_with_their_counts_and_the_next_session_chosen(study: Study) -> None:
    board = study.tab.centre.board
    groups = [board.model.data(board.model.index(at, 0)) for at in range(board.model.rowCount())]
    assert groups == [
        "7月 1 场次 · 已开展 1",
        "8月 5 场次 · 已开展 5",
        "9月 4 场次 · 已开展 2 · 计划 2",
    ]
    assert study.selected() == "09-19"
    assert study.title() == "第9次 计划"
    assert "|".join(study.row("09-05")) == (
        "第7次|09-05 周一|第7讲 三楼会议室|领导领学|秦维新|4/4|已开展"
    )
    assert "|".join(study.row("09-13")) == (
        "第8次|09-13 周二|没填主题 三楼会议室 · 原定 09-12|—|—|0/4|未签 4"
    )


def test_the_calendar_marks_sessions_moves_and_days_off(study: Study) -> None:
    days = study.tab.days.calendar.grid._days
    assert (days[date(2022, 9, 5)].shape, days[date(2022, 9, 19)].shape) == ("dot", "circle")
    assert (days[date(2022, 9, 12)].shape, days[date(2022, 9, 12)].word) == ("arrow", "休")
    assert "改到 09-13" in days[date(2022, 9, 12)].tip
    assert days[date(2022, 10, 8)].word == "班"
    assert days[date(2022, 10, 3)].word == "休"


def test_calendar_and_list_follow_each_other(qtbot: QtBot, study: Study) -> None:
    calendar = study.tab.days.calendar
    assert calendar.selected == date(2022, 9, 19)
    box = calendar.grid.cell(date(2022, 8, 15)).center().toPoint()
    qtbot.mouseClick(calendar.grid, Qt.MouseButton.LeftButton, pos=box)
    study.desk.settle()
    assert study.selected() == "08-15"
    study.choose("09-05")
    assert calendar.selected == date(2022, 9, 5)
    assert study.form.theme.value() == "第7讲"


def test_the_months_follow_the_calendar(qtbot: QtBot, study: Study) -> None:
    qtbot.keyClick(study.tab, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    study.desk.settle()
    assert study.rows()[0][1] == "08-01 周一"
    assert study.rows()[-1][1] == "10-31 周一"
    assert study.row("10-08")[2].endswith("原定 10-03")


def test_what_waits_and_everything(qtbot: QtBot, study: Study) -> None:
    assert study.tab.bar.scope.labels[1] == "只看待归档 1"
    study.tab.bar.scope.setFocus()
    qtbot.keyClick(study.tab.bar.scope, Qt.Key.Key_Right)
    study.desk.settle()
    assert [line[1] for line in study.rows()] == ["09-13 周二"]
    qtbot.keyClick(study.tab.bar.scope, Qt.Key.Key_Right)
    study.desk.settle()
    assert len(study.rows()) == 22
    board = study.tab.centre.board
    assert board.model.data(board.model.index(0, 0)).startswith("2022年7月")


def test_filter_by_theme_and_by_initials(study: Study) -> None:
    study.type(study.tab.bar.filter, "第3讲")
    assert [line[1] for line in study.rows()] == ["08-08 周一"]
    study.type(study.tab.bar.filter, "qwx")
    assert len(study.rows()) == 7
    study.type(study.tab.bar.filter, "没有的")
    empty = study.tab.centre.board.empty
    assert empty.sentence == "没有符合“没有的”的场次。"
    study.click(empty.button)
    assert len(study.rows()) == 10


def test_a_kind_without_sessions_offers_to_plan_them(study: Study) -> None:
    study.tab.bar.kinds.chosen.emit(CHOIR)
    study.desk.settle()
    empty = study.tab.centre.board.empty
    assert "还没有“志愿服务”的场次" in empty.sentence
    assert empty.button.caption == "批量安排…"
    assert study.tab.bar.kinds.caption == "志愿服务"


def test_all_kinds_say_which(study: Study, office: SqlOffice) -> None:
    plan(office, draft(date(2022, 9, 21), theme="点评技巧"), TALK)
    study.tab.bar.kinds.chosen.emit(0)
    study.desk.settle()
    assert not study.tab.centre.board.list.isColumnHidden(2)
    study.choose("09-21")
    assert study.title() == "第1次 计划"


# ---- editing ----
def test_a_theme_is_saved_where_it_is_typed(study: Study) -> None:
    study.write(study.form.theme, "全会精神专题学习")
    assert study.stored(date(2022, 9, 19)).theme == "全会精神专题学习"
    assert study.desk.committed[-1].endswith("主题改为“全会精神专题学习”")
    assert study.row("09-19")[2].startswith("全会精神专题学习")
    assert study.selected() == "09-19"


def test_fields_typed_one_after_another_are_all_saved(qtbot: QtBot, study: Study) -> None:
    form = study.form
    form.theme.setFocus()
    type_text(form.theme, "专题")
    qtbot.keyClick(form.theme, Qt.Key.Key_Tab)
    form.lead.setFocus()
    type_text(form.lead, "周敏之")
    qtbot.keyClick(form.lead, Qt.Key.Key_Tab)
    form.notes["note"].setFocus()
    type_text(form.notes["note"], "带笔记本")
    study.tab.bar.filter.setFocus()
    study.desk.settle()
    session = study.stored(date(2022, 9, 19))
    assert (session.theme, session.lead_id, session.note) == ("专题", 3, "带笔记本")
    assert study.desk.refused == []


def test_words_being_typed_outlive_a_reload(study: Study, office: SqlOffice) -> None:
    study.form.theme.setFocus()
    type_text(study.form.theme, "写到一半")
    plan(office, draft(date(2022, 9, 20)), MEETING)
    study.tab.reload()
    study.desk.settle()
    assert study.form.theme.text() == "写到一半"


def test_a_lead_by_initials_or_from_outside(study: Study) -> None:
    study.write(study.form.lead, "wly", Qt.Key.Key_Tab)
    assert study.stored(date(2022, 9, 19)).lead_id == 2
    study.write(study.form.lead, "省委党校讲师", Qt.Key.Key_Tab)
    session = study.stored(date(2022, 9, 19))
    assert (session.lead_id, session.lead_name) == (None, "省委党校讲师")
    assert study.row("09-19")[4] == "省委党校讲师"
    study.write(study.form.lead, "xyz", Qt.Key.Key_Tab)
    assert "没有符合" in study.note("lead")
    assert study.stored(date(2022, 9, 19)).lead_name == "省委党校讲师"


def test_somebody_not_yet_on_the_roster_is_refused(study: Study) -> None:
    assert "石小满" not in [p.name for p in study.form.lead._people]
    study.write(study.form.day, "12-06")
    study.write(study.form.lead, "石小满", Qt.Key.Key_Tab)
    study.write(study.form.day, "11-29")
    assert "入部日期 2022-12-01" in study.note("day")
    assert study.stored(date(2022, 12, 6)).lead_id == 5


def test_form_materials_minutes_and_hours(qtbot: QtBot, study: Study) -> None:
    form = study.form
    qtbot.keyClick(form.form, Qt.Key.Key_Right)
    study.desk.settle()
    written = {
        "materials": "摘要.docx",
        "agenda": "一、领学",
        "speeches": "王立言：三点体会",
        "decisions": "月底前交心得",
    }
    for name, words in written.items():
        form.notes[name].setFocus()
        type_text(form.notes[name], words)
    study.write(form.hours, "1.5学时")
    session = study.stored(date(2022, 9, 19))
    assert session.form is Form.LEADER_LED
    assert {name: getattr(session, name) for name in written} == written
    assert session.hours == 1.5


@pytest.mark.parametrize("words", ["10:00-9:00", "下午", "25:00-26:00"])
def test_impossible_times_stay_in_the_field(study: Study, words: str) -> None:
    study.write(study.form.times, words)
    assert study.note("times")
    assert study.form.times.text() == words
    assert study.stored(date(2022, 9, 19)).start == time(8, 30)


def test_another_date_keeps_the_first(study: Study) -> None:
    study.write(study.form.day, "9-20")
    line = study.row("09-20")
    assert line[2].endswith("原定 09-19")
    assert line[-1] == "改期"
    assert study.selected() == "09-20"
    assert study.tab.days.calendar.selected == date(2022, 9, 20)


def test_a_day_off_is_said(study: Study) -> None:
    study.write(study.form.day, "10-1")
    assert "国庆节放假" in study.form._warning.sentence


def test_the_date_of_a_held_session_is_corrected(study: Study) -> None:
    study.choose("09-05")
    study.write(study.form.day, "9-6")
    session = study.stored(date(2022, 9, 6))
    assert (session.status, session.moved_from) == (SessionStatus.HELD, None)
    study.write(study.form.day, "9-30")
    assert "今天或以前" in study.note("day")


def test_a_clash_is_told_and_may_be_overridden(study: Study, office: SqlOffice) -> None:
    plan(office, draft(date(2022, 9, 20), "09:00", "10:00"), MEETING)
    study.write(study.form.day, "9-20")
    assert "时间重叠" in study.note("day")
    assert study.stored(date(2022, 9, 19))
    study.act("仍这样安排")
    assert study.selected() == "09-20"
    assert "时间重叠" in study.form._warning.sentence


def test_one_session_of_two_kinds(study: Study) -> None:
    study.form.kinds.setFocus()
    study.form.kinds.action(14).toggle()
    study.form.kinds.autosave.commit()
    study.desk.settle()
    with study.office.view() as unit:
        row = next(r for r in list_sessions(unit, date(2022, 9, 19), date(2022, 9, 19)))
    assert row.kind_names == ("每周一学", "主题党日")
    study.form.kinds.action(14).toggle()
    study.form.kinds.action(STUDY).toggle()
    study.form.kinds.autosave.commit()
    study.desk.settle()
    assert "还没填活动类型" in study.note("kinds")


def test_who_is_expected(study: Study, office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(Absence(1, 4, AbsenceKind.LEAVE, date(2022, 9, 19), date(2022, 9, 20)),
                 Absence(2, 3, AbsenceKind.POSTED_DOWN, date(2022, 9, 1)))  # fmt: skip
        unit.commit("请假")
    study.tab.reload()
    study.desk.settle()
    assert study.form.audience.text() == "应到 3 人 · 请假 1 · 免到 1"


def test_undo_shows_what_was(study: Study) -> None:
    study.write(study.form.theme, "写错了")
    study.desk.runner.do(undo)
    study.desk.settle()
    assert study.form.theme.text() == ""
    assert study.selected() == "09-19"


# ---- what can be done with it ----
def test_move_by_its_panel(study: Study) -> None:
    study.press("改期…")
    move = study.tab.studio.session.move
    assert move.day.hasFocus()
    study.type(move.day, "10-3")
    study.qtbot.waitUntil(lambda: "国庆节" in move._day_row.sentence, timeout=3000)
    assert move.go.caption == "改到 10-03 周一"
    study.type(move.day, "9-21")
    study.type(move.start, "14:30")
    study.click(move.go)
    session = study.stored(date(2022, 9, 21))
    assert (session.start, session.end) == (time(14, 30), time(16))
    assert not move.isVisible()
    assert study.tab.centre.board.list.hasFocus()


def test_cancelled_stays_listed_and_can_come_back(study: Study) -> None:
    study.press("取消本场…")
    panel = study.tab.studio.session.cancel
    study.click(panel.go)
    assert "还没填取消的原因" in panel._row.sentence
    study.type(panel.reason, "与全县会议冲突")
    study.click(panel.go)
    assert "|".join(study.row("09-19")) == (
        "—|09-19 周一|还没定主题 与全县会议冲突|—|—||取消"
    )
    assert study.row("09-26")[0] == "第9次"
    assert study.title() == "09-19 周一 取消"
    study.press("恢复本场")
    assert study.row("09-19")[0] == "第9次"


def test_escape_puts_a_panel_away(study: Study) -> None:
    study.press("取消本场…")
    panel = study.tab.studio.session.cancel
    study.qtbot.keyClick(panel.reason, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert study.tab.centre.board.list.hasFocus()


def test_only_what_came_can_be_held(study: Study) -> None:
    assert "记为已开展" not in study.buttons()
    study.write(study.form.day, "9-14")
    study.press("记为已开展")
    assert study.stored(date(2022, 9, 14)).status is SessionStatus.HELD
    assert study.row("09-14")[-1] == "未签 4"


def test_archiving_tells_what_is_missing(study: Study) -> None:
    study.choose("09-13")
    pane = study.tab.studio.session
    lines = [item.label for item in pane.missing.items]
    assert lines == ["签到差 4 人", "主题没填", "形式没填", "领学人没填"]
    asked: list[object] = []
    study.desk.context.go.sign_in.connect(lambda *where: asked.append(where))
    button = pane.missing.button("0")
    assert button is not None
    study.click(button)
    assert asked == [(study.stored(date(2022, 9, 13)).id, ClosingItem.SIGN_IN, None, None)]
    button = pane.missing.button("1")
    assert button is not None
    study.click(button)
    assert study.form.theme.hasFocus()


def test_archived_with_something_missing_only_for_a_reason(study: Study) -> None:
    study.choose("09-13")
    study.press("归档…")
    panel = study.tab.studio.session.archive
    study.click(panel.go)
    assert "还没填缺项归档的原因" in panel._row.sentence
    study.type(panel.reason, "签到表在档案室")
    study.click(panel.go)
    assert study.stored(date(2022, 9, 13)).waiver == "签到表在档案室"
    assert study.row("09-13")[-1] == "已开展"
    assert "缺项归档：签到表在档案室" in study.row("09-13")[2]
    assert study.tab.bar.scope.labels[1] == "只看待归档"
    study.press("撤回归档")
    assert study.row("09-13")[-1] == "未签 4"


def test_a_complete_session_is_archived_at_once(study: Study, office: SqlOffice) -> None:
    study.choose("09-05")
    study.press("撤回归档")
    assert study.row("09-05")[-1] == "待归档"
    study.press("归档")
    assert study.stored(date(2022, 9, 5)).archived
    assert not study.tab.studio.session.archive.isVisible()


def test_deleting_and_the_context_menu(study: Study) -> None:
    acts = dict(study.tab._acts())
    assert list(acts) == ["去签到", "改期…", "取消本场…", "复制通知", "删除本场（录错时用）"]
    acts["复制通知"]()
    assert study.desk.copied[0].startswith(
        "【通知】2022年9月19日（周一）08:30—10:00，在三楼会议室开展“每周一学”。")
    acts["删除本场（录错时用）"]()
    study.desk.settle()
    assert len(everything(study.office)) == 21


def test_marks_stand_in_the_way_of_deleting(study: Study, office: SqlOffice) -> None:
    session_id = study.stored(date(2022, 9, 19)).id
    with office.unit() as unit:
        mark(unit, session_id, [MarkEntry(2, Mark.PRESENT)])
    study.desk.settle()
    dict(study.tab._acts())["删除本场（录错时用）"]()
    study.desk.settle()
    assert "签到记录" in study.tab.banner.sentence


# ---- from elsewhere ----
def test_a_session_of_another_kind_and_year_is_found(study: Study, office: SqlOffice) -> None:
    there = plan(office, draft(date(2023, 3, 8), theme="读书"), CHOIR)
    study.tab.show_session(there)
    study.desk.settle()
    assert study.tab.bar.kinds.caption == "志愿服务"
    assert study.selected() == "03-08"
    assert study.form.theme.text() == "读书"
    mixed = plan(office, draft(date(2022, 9, 22)), TALK)
    study.tab.show_session(mixed)
    study.desk.settle()
    assert study.tab.bar.kinds.caption == "全部活动"
    assert study.selected() == "09-22"


def test_kind_and_scope_are_remembered(qtbot: QtBot, study: Study, tmp_path: Path) -> None:
    study.tab.bar.kinds.chosen.emit(CHOIR)
    study.tab.bar.scope.set_value(StudyScope.ALL)
    study.tab.save_state(study.desk.context.settings)
    again = Study(qtbot, study.office, tmp_path)
    assert again.tab.bar.kinds.caption == "志愿服务"
    assert again.tab.bar.scope.value() is StudyScope.ALL


def test_narrow_windows_fold_the_panes(qtbot: QtBot, office: SqlOffice, tmp_path: Path) -> None:
    small = Study(qtbot, office, tmp_path, 911, 380)
    assert not small.tab.days.isVisible()
    assert not small.tab.studio.isVisible()
    qtbot.keyClick(small.tab.centre.board.list, Qt.Key.Key_Return)
    small.desk.settle()
    assert small.tab.studio.mode is Mode.SESSION
    assert small.form.theme.hasFocus()
    qtbot.keyClick(small.form.theme, Qt.Key.Key_Escape)
    small.desk.settle()
    assert small.tab.centre.board.list.hasFocus()


def test_a_draft_is_put_away_and_offered_again(qtbot: QtBot, study: Study) -> None:
    study.tab.new_item()
    study.desk.settle()
    assert study.title().startswith("新建场次")
    qtbot.keyClick(study.tab.studio.new.theme, Qt.Key.Key_Escape)
    study.desk.settle()
    assert study.title() == "第9次 计划"
    assert study.tab.banner.sentence == "", "nothing was typed"
    study.tab.new_item()
    study.desk.settle()
    study.type(study.tab.studio.new.venue, "二楼小会议室")
    study.choose("09-05")
    assert study.title().startswith("第7次")
    assert "还没有保存" in study.tab.banner.sentence
    study.tab.banner._run()
    study.desk.settle()
    assert study.title().startswith("新建场次")
    assert study.tab.studio.new.venue.value() == "二楼小会议室"
    study.choose("09-05")
    assert study.title().startswith("第7次"), "also by a click on the row that was selected"


def test_after_making_one_the_focus_is_in_the_list(qtbot: QtBot, study: Study) -> None:
    study.tab.new_item()
    study.desk.settle()
    study.write(study.tab.studio.new.day, "2022-09-21")
    study.press("新建这一场")
    assert study.selected() == "09-21"
    assert study.tab.focusWidget() is study.tab.centre.board.list


@pytest.mark.parametrize("width", [340, 300])
def test_the_form_of_a_kind_fits_the_pane(qtbot: QtBot, study: Study, width: int) -> None:
    study.tab._show_kind(1)
    study.desk.settle()
    form = study.tab.studio.kind_form
    assert form.minimumSizeHint().width() <= width
    choice = form.needs.choice(EvidenceKind.PHOTO)
    words = choice.fontMetrics().horizontalAdvance("不要求")
    assert choice.width() >= words + 40, "with its arrow"
    assert [choice.itemText(at) for at in (0, 2)] == ["不要求", "2 张"]
