"""每周一学: new sessions, a series edited from one of its sessions, kinds of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bulletin_study.domain.evidence import EvidenceKind, EvidenceNeed
from bulletin_study.domain.people import Role
from bulletin_study.domain.sessions import ClosingItem, SessionKind, StudyPlanItem
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.series_dialog import SeriesDialog
from bulletin_study.ui.tabs.study.inspector import Mode
from bulletin_study.usecases.series_diff import SeriesScope
from bulletin_study.usecases.study_plan import add_plan_item
from tests.contract.schedule_office import MEETING, STUDY, draft, everything, plan
from tests.ui.study_desk import Study, study_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = study_office(tmp_path / "store.sqlite3")
    yield store
    store.close()


@pytest.fixture
def study(qtbot: QtBot, office: SqlOffice, tmp_path: Path) -> Study:
    return Study(qtbot, office, tmp_path)


# ---- new sessions ----
def test_a_new_session_goes_on_as_the_last_one(study: Study) -> None:
    study.tab.new_item()
    study.desk.settle()
    new = study.tab.studio.new
    assert new.theme.hasFocus()
    assert new.day.value() == date(2022, 12, 26)
    assert new.times.value() == (time(8, 30), time(10))
    assert new.venue.value() == "三楼会议室"
    study.type(new.theme, "年终总结")
    study.press("新建这一场")
    assert study.stored(date(2022, 12, 26)).theme == "年终总结"
    assert study.selected() == "12-26"
    assert study.title() == "第23次 计划"


def test_on_the_day_picked_in_the_calendar(qtbot: QtBot, study: Study) -> None:
    grid = study.tab.days.calendar.grid
    box = grid.cell(date(2022, 9, 21)).center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=box)
    study.desk.settle()
    assert "09-21 周三没有场次" in study.tab.studio._empty.sentence
    primary = study.tab.toolbar.primary
    assert primary is not None
    study.click(primary)
    assert study.tab.studio.new.day.value() == date(2022, 9, 21)
    study.click(primary)
    assert study.stored(date(2022, 9, 21)).venue == "三楼会议室"


def test_enter_on_an_empty_day_opens_the_form(qtbot: QtBot, study: Study) -> None:
    study.choose("09-26")
    grid = study.tab.days.calendar.grid
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    study.desk.settle()
    assert study.tab.studio.mode is Mode.NEW
    assert study.tab.studio.new.day.value() == date(2022, 9, 27)


def test_a_clash_of_a_new_one(study: Study, office: SqlOffice) -> None:
    plan(office, draft(date(2022, 9, 21), "09:00", "10:00"), MEETING)
    study.tab.new_item()
    study.desk.settle()
    new = study.tab.studio.new
    study.write(new.day, "9-21")
    study.press("新建这一场")
    assert "时间重叠" in new._times_row.sentence
    study.act("仍这样安排")
    assert len([s for s in everything(office) if s.day == date(2022, 9, 21)]) == 2


def test_a_draft_waits_while_one_looks_elsewhere(study: Study) -> None:
    study.tab.new_item()
    study.desk.settle()
    study.type(study.tab.studio.new.theme, "写到一半")
    study.choose("09-26")
    assert study.tab.studio.mode is Mode.SESSION
    study.tab.new_item()
    study.desk.settle()
    assert study.tab.studio.new.theme.text() == "写到一半"
    study.press("不建了")
    assert study.title() == "第10次 计划"
    assert len(everything(study.office)) == 22


def test_what_cannot_be_made_stays_in_the_form(study: Study) -> None:
    study.tab.new_item()
    study.desk.settle()
    new = study.tab.studio.new
    study.type(new.day, "9-31")
    study.press("新建这一场")
    assert "没有“9-31”这一天" in new._day_row.sentence
    study.write(new.day, "10-1")
    assert "国庆节放假" in new._day_row.sentence
    new.kinds.action(STUDY).toggle()
    study.press("新建这一场")
    assert "还没填活动类型" in new._kinds_row.sentence
    study.write(new.day, "2122-10-1")
    new.kinds.action(STUDY).toggle()
    study.press("新建这一场")
    assert "2099" in new._day_row.sentence
    assert len(everything(study.office)) == 22


def test_the_plan_offers_its_theme(study: Study, office: SqlOffice) -> None:
    with office.unit() as unit:
        add_plan_item(unit, StudyPlanItem(0, STUDY, "保密常识", week=date(2022, 12, 26)))
    study.tab.new_item()
    study.desk.settle()
    assert "学习计划里是“保密常识”" in study.tab.studio.new._theme_row.sentence
    study.press("新建这一场")
    assert study.stored(date(2022, 12, 26)).theme == "保密常识"


def test_batch_planning_opens_with_the_kind_shown(study: Study) -> None:
    study.tab.open_series()
    study.desk.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SeriesDialog)
    assert dialog.go.caption == "安排 53 场"
    study.click(dialog.go)
    assert study.selected() == "12-26"
    assert len(everything(study.office)) == 22 + 53


# ---- a series from one of its sessions ----
def venues(office: SqlOffice, first: date) -> set[str]:
    return {session.venue for session in everything(office) if session.day >= first}


def test_this_and_the_following(study: Study) -> None:
    study.choose("09-26")
    study.write(study.form.venue, "二楼小会议室")
    panel = study.tab.studio.session.scope
    assert panel.isVisible()
    assert "只改本场" in panel.go.caption
    assert study.stored(date(2022, 9, 26)).venue == "三楼会议室"
    study.qtbot.keyClick(panel.scope, Qt.Key.Key_Right)
    study.desk.settle()
    assert panel.difference.text().startswith("改 13 场：09-26、10-08、10-10")
    assert "“三楼会议室”改为“二楼小会议室”" in panel.difference.text().replace(" ", "")
    assert panel.go.caption == "改 13 场"
    study.click(panel.go)
    assert not panel.isVisible()
    assert venues(study.office, date(2022, 9, 26)) == {"二楼小会议室"}
    assert study.stored(date(2022, 9, 19)).venue == "三楼会议室"
    assert len(everything(study.office)) == 22


def test_all_leaves_what_took_place(study: Study) -> None:
    study.choose("09-26")
    study.write(study.form.times, "9:00-10:30")
    panel = study.tab.studio.session.scope
    panel.scope.setFocus()
    study.qtbot.keyClick(panel.scope, Qt.Key.Key_End)
    study.desk.settle()
    assert "不动 8 场：07-25 已经归档" in panel.difference.text()
    study.click(panel.go)
    starts = {s.day >= date(2022, 9, 19): s.start for s in everything(study.office)}
    assert starts == {False: time(8, 30), True: time(9)}


def test_only_this_one_goes_its_own_way(study: Study) -> None:
    study.choose("09-26")
    study.write(study.form.venue, "礼堂")
    study.click(study.tab.studio.session.scope.go)
    session = study.stored(date(2022, 9, 26))
    assert (session.venue, session.excepted) == ("礼堂", True)
    assert "这一场单独改过" in study.form.origin.text()
    study.write(study.form.venue, "操场")
    assert not study.tab.studio.session.scope.isVisible()
    assert study.stored(date(2022, 9, 26)).venue == "操场"


def test_given_up_it_is_as_before(study: Study) -> None:
    study.choose("09-26")
    study.write(study.form.venue, "礼堂")
    study.qtbot.keyClick(study.tab.studio.session.scope.scope, Qt.Key.Key_Escape)
    study.desk.settle()
    assert study.form.venue.text() == "三楼会议室"
    assert study.stored(date(2022, 9, 26)).venue == "三楼会议室"


def test_unanswered_the_edit_is_for_this_one(study: Study) -> None:
    study.choose("09-26")
    study.write(study.form.venue, "礼堂")
    study.choose("09-19")
    assert study.stored(date(2022, 9, 26)).venue == "礼堂"
    assert study.stored(date(2022, 10, 10)).venue == "三楼会议室"
    assert study.form.venue.text() == "三楼会议室"


def test_a_clash_of_the_following_is_named(study: Study, office: SqlOffice) -> None:
    plan(office, draft(date(2022, 10, 10), "10:30", "11:30"), MEETING)
    study.choose("09-26")
    study.write(study.form.times, "10:00-11:00")
    panel = study.tab.studio.session.scope
    panel.scope.setFocus()
    study.qtbot.keyClick(panel.scope, Qt.Key.Key_Right)
    study.desk.settle()
    assert "10-10" in panel._row.sentence
    study.click(panel.go)
    assert study.stored(date(2022, 9, 26)).start == time(8, 30)
    study.act("仍这样改")
    assert study.stored(date(2022, 9, 26)).start == time(10)
    assert panel.scope.value() is SeriesScope.FOLLOWING


# ---- kinds ----
def test_a_kind_of_ones_own(study: Study, office: SqlOffice) -> None:
    study.tab.bar.kinds.new_wanted.emit()
    study.desk.settle()
    form = study.tab.studio.kind_form
    assert form.name.hasFocus()
    study.press("新增")
    assert "还没填活动类型名称" in form._name_row.sentence
    study.type(form.name, "每周一学")
    study.press("新增")
    assert "已被" in form._name_row.sentence
    study.type(form.name, "读书分享会")
    form.roles.action(Role.HEAD).toggle()
    form.closing.action(ClosingItem.THEME).toggle()
    study.type(form.hours, "2")
    study.press("新增")
    assert study.tab.bar.kinds.caption == "读书分享会"
    with office.view() as unit:
        kind = unit.all(SessionKind, name="读书分享会")[0]
    assert (kind.audience.roles, kind.hours) == ((Role.HEAD,), 2.0)
    assert kind.closing == (ClosingItem.SIGN_IN,)
    study.tab.new_item()
    study.desk.settle()
    study.press("新建这一场")
    assert study.title() == "第1次 计划"
    assert study.form.audience.text() == "应到 2 人"


def test_settings_of_a_kind_save_themselves(study: Study, office: SqlOffice) -> None:
    study.tab.bar.kinds.settings_wanted.emit(18)
    study.desk.settle()
    form = study.tab.studio.kind_form
    study.write(form.name, "志愿服务活动")
    study.qtbot.keyClick(form.party, Qt.Key.Key_Space)
    study.desk.settle()
    with office.view() as unit:
        kind = unit.get(SessionKind, 18)
    assert kind is not None
    assert (kind.name, kind.audience.party_only) == ("志愿服务活动", True)
    assert not form.make_up.value()
    study.qtbot.keyClick(form.make_up, Qt.Key.Key_Space)
    study.desk.settle()
    with office.view() as unit:
        kind = unit.get(SessionKind, 18)
    assert kind is not None
    assert kind.owes_make_up
    study.qtbot.keyClick(form.retired, Qt.Key.Key_Space)
    study.desk.settle()
    words = [action.text() for action in study.tab.bar.kinds.menu_.actions()]
    assert "志愿服务活动" not in words
    study.press("回到场次")
    assert study.title() == "第9次 计划"


def test_what_a_kind_requires_on_file_is_chosen_by_keys(study: Study, office: SqlOffice) -> None:
    study.tab.bar.kinds.settings_wanted.emit(STUDY)
    study.desk.settle()
    form = study.tab.studio.kind_form
    photos = form.needs.choice(EvidenceKind.PHOTO)
    photos.setFocus()
    study.qtbot.keyClick(photos, Qt.Key.Key_Down)
    study.qtbot.keyClick(photos, Qt.Key.Key_Down)
    study.qtbot.keyClick(photos, Qt.Key.Key_Return)
    study.desk.settle()
    with office.view() as unit:
        kind = unit.get(SessionKind, STUDY)
        made = [one.label for one in unit.operations(9)].count("修改活动类型“每周一学”")
    assert made == 1, "two steps, one choice, one operation"
    assert kind is not None
    assert kind.evidence == (EvidenceNeed(EvidenceKind.PHOTO, 2),)
    assert (kind.make_up, form.make_up.isChecked()) == (None, True), "as is usual for 每周一学"
    study.qtbot.keyClick(form.make_up, Qt.Key.Key_Space)
    study.desk.settle()
    with office.view() as unit:
        kind = unit.get(SessionKind, STUDY)
    assert kind is not None
    assert kind.make_up is False
    assert photos.value() == 2


def test_the_kinds_of_the_page_keep_their_names(study: Study) -> None:
    study.tab.bar.kinds.settings_wanted.emit(STUDY)
    study.desk.settle()
    form = study.tab.studio.kind_form
    assert not form.name.isEnabled()
    assert not form.retired.isVisible()


def test_kinds_with_a_tab_of_their_own_are_not_offered(study: Study) -> None:
    words = [action.text() for action in study.tab.bar.kinds.menu_.actions()]
    assert "每周一讲" not in words
    assert "每周一评" not in words
    assert {"每周一学", "部务会", "主题党日", "全部活动", "新增活动类型…"} <= set(words)
