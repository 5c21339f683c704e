"""每周一讲: who speaks where, by hand and by the rotation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from bulletin_study.domain.rotation import Settings
from bulletin_study.domain.sessions import Talk, TalkCategory
from bulletin_study.ui.tabs.talk.arrange_rows import Part
from bulletin_study.ui.tabs.talk.rows import Span
from bulletin_study.usecases.rotation import check_rotation, load_settings
from bulletin_study.usecases.talks import clear_place
from tests.helpers import TODAY
from tests.ui.harness import Desk, type_text
from tests.ui.talk_desk import (
    FAR,
    LEFT,
    coming,
    dialog_on,
    find,
    first_held,
    opened,
    send_away,
    show,
    speaker_of,
    stored,
    type_into,
    undo,
)

# --- the list -----------------------------------------------------------------------------


def test_the_page_opens_at_today_with_the_round_s_progress(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    assert page.board.list.current_row().row.day == TODAY
    assert page.bar.meter.words == "第3轮 已讲 31/43"
    assert page.bar.conflicts.isHidden()
    assert page.side.place.speaker.text() == page.board.list.current_row().row.speaker


def test_the_range_and_the_filter_narrow_the_list(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    whole = len(list(page.board.model.rows()))
    page.bar.span.set_value(Span.AHEAD)
    page.bar.span.changed.emit(Span.AHEAD)
    rows = list(page.board.model.rows())
    assert 0 < len(rows) < whole
    assert all(ln.row.day >= TODAY for ln in rows)
    wanted = coming(page)[0]
    page.bar.filter.setText(wanted.row.speaker)
    assert {ln.row.speaker for ln in page.board.model.rows()} == {wanted.row.speaker}
    page.bar.filter.setText("没有这个人")
    assert page.board.places.empty.sentence == "没有符合“没有这个人”的讲课。"
    page.board.places.empty.button.click()
    assert len(list(page.board.model.rows())) == len(rows)


def test_an_empty_place_says_who_would_fill_it(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = next(ln for ln in page.board.model.rows() if ln.ahead and not ln.taken)
    show(desk, page, line)
    assert page.side._title.text() == "还没人讲"
    assert line.filler.startswith("可排 ")
    assert line.filler in page.side.place.reasons.text
    assert not page.side.place.title.isEnabled(), "a title belongs to somebody"


def test_without_sessions_there_is_one_way_on(bare_desk: Desk, qtbot: QtBot) -> None:
    page = opened(bare_desk, qtbot)
    assert page.board.places.empty.sentence.startswith("还没有“每周一讲”的场次。")
    assert page.board.places.empty.button.caption == "批量安排…"
    page.export()
    assert "没有可以导出的" in page.banner.sentence
    page.arrange()
    assert "先排好场次" in page.banner.sentence


# --- by hand ------------------------------------------------------------------------------


def test_somebody_is_assigned_by_typing_a_name(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = next(ln for ln in page.board.model.rows() if ln.ahead and not ln.taken)
    who = find(desk, lambda p: p.name == "王立言")
    show(desk, page, line)
    type_into(desk, qtbot, page.side.place.speaker, "王立言")
    talk = stored(desk, line)
    assert talk is not None
    assert (talk.speaker_id, talk.pinned) == (who.id, True)
    assert page.board.list.current_row().row.speaker == "王立言", "the place stays selected"
    assert page.side.pin.caption == "不固定"


def test_somebody_away_is_refused_in_words_and_can_be_insisted_on(
    desk: Desk, qtbot: QtBot
) -> None:
    page = opened(desk, qtbot)
    line = coming(page)[-1]
    before = stored(desk, line)
    taken = {ln.row.speaker for ln in coming(page)}
    away = find(desk, lambda p: p.in_rotation and p.name not in taken and p.left is None)
    send_away(desk, away.id, line.row.day)
    show(desk, page, line)
    type_into(desk, qtbot, page.side.place.speaker, away.name)
    row = page.side.place.rows["speaker"]
    assert f"不能安排{away.name}：病假" in row.sentence
    assert stored(desk, line) == before, "nothing was saved"
    row._words.linkActivated.emit("act")  # 仍要安排
    desk.settle()
    assert speaker_of(desk, line) == away.id
    assert page.board.list.current_row().conflict == "病假"
    assert page.bar.conflicts.text() == "1 处冲突"


def test_a_conflict_is_one_click_away(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = coming(page)[4]
    assert line.row.talk is not None
    assert line.row.talk.speaker_id is not None
    send_away(desk, line.row.talk.speaker_id, line.row.day)
    page.reload()
    page.board.list.select_key(first_held(page).key)
    qtbot.mouseClick(page.bar.conflicts, LEFT)
    assert page.board.list.current_row().key == line.key
    assert "病假" in page.side.place.rows["speaker"].sentence


def test_a_guest_takes_the_place_and_gives_it_back(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = coming(page)[-1]
    show(desk, page, line)
    type_into(desk, qtbot, page.side.place.guest, "县委党校 周蕴")
    talk = stored(desk, line)
    assert talk is not None
    assert (talk.speaker_id, talk.guest) == (None, "县委党校 周蕴")
    qtbot.mouseClick(page.side.wipe, LEFT)
    desk.settle()
    assert not page.board.list.current_row().taken
    undo(desk)
    assert page.board.list.current_row().row.speaker == "县委党校 周蕴"


def test_title_and_category_save_themselves(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = coming(page)[-1]
    show(desk, page, line)
    type_into(desk, qtbot, page.side.place.title, "公文常见差错")
    page.side.place.category._choose(2)
    desk.settle()
    talk = stored(desk, line)
    assert talk is not None
    assert (talk.title, talk.category) == ("公文常见差错", TalkCategory.EXPERIENCE)
    assert page.board.list.current_row().row.title == "公文常见差错"


def test_a_pin_is_one_key(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = next(ln for ln in coming(page) if not ln.row.pinned)
    show(desk, page, line)
    page.board.list.setFocus()
    for pinned in (True, False):
        qtbot.keySequence(page.board.list, QKeySequence("P"))
        desk.settle()
        assert page.board.list.current_row().row.pinned is pinned


def test_two_speakers_change_places_and_undo_brings_them_back(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    one = next(ln for ln in coming(page) if not ln.row.pinned)
    other = next(
        ln for ln in coming(page) if ln.row.day > one.row.day and not ln.row.pinned
    )
    before = speaker_of(desk, one), speaker_of(desk, other)
    show(desk, page, one)
    field = page.side.place.swap
    assert not field.go.isEnabled(), "first choose with whom"
    field.choice.setCurrentIndex(field.choice._values.index(other.row.talk.id))  # type: ignore[union-attr]
    qtbot.mouseClick(field.go, LEFT)
    desk.settle()
    assert (speaker_of(desk, other), speaker_of(desk, one)) == before
    assert page.board.list.current_row().row.speaker == other.row.speaker
    undo(desk)
    assert (speaker_of(desk, one), speaker_of(desk, other)) == before


def test_who_actually_spoke_is_kept_beside_who_was_announced(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = first_held(page)
    with desk.runner.office.view() as unit:
        there = {t.speaker_id for t in unit.all(Talk, session_id=line.row.session.id)}
    other = find(desk, lambda p: p.in_rotation and p.id not in there
                 and (p.joined is None or p.joined < line.row.day))  # fmt: skip
    show(desk, page, line)
    type_into(desk, qtbot, page.side.place.speaker, other.name)
    talk = stored(desk, line)
    assert talk is not None
    assert line.row.talk is not None
    assert (talk.speaker_id, talk.planned_id) == (other.id, line.row.talk.speaker_id)
    shown = page.board.list.current_row().row
    assert (shown.speaker, shown.stood_in_for) == (other.name, line.row.speaker)
    assert f"原定{line.row.speaker}" in page.side.place.rows["speaker"].sentence


def test_a_refusal_does_not_follow_to_the_next_place(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line, following = coming(page)[-2:]
    leader = find(desk, lambda p: not p.in_rotation)
    show(desk, page, line)
    type_into(desk, qtbot, page.side.place.speaker, leader.name)
    assert "不参加轮讲" in page.side.place.rows["speaker"].sentence
    page.board.list.step(1)
    assert page.side.place.rows["speaker"].sentence == ""
    assert page.side.place.speaker.text() == following.row.speaker


# --- sessions -----------------------------------------------------------------------------


def test_a_session_gets_more_places_and_keeps_those_that_are_taken(
    desk: Desk, qtbot: QtBot
) -> None:
    page = opened(desk, qtbot)
    line = coming(page)[0]
    show(desk, page, line)
    count = page.side.place.session.count
    for wanted in (4, 1):
        count.setCurrentIndex(wanted - 1)
        count.activated.emit(wanted - 1)
        desk.settle()
    mine = [ln for ln in page.board.model.rows() if ln.row.session.id == line.row.session.id]
    assert len(mine) == 4, "three of them are taken"
    assert "不能删除" in page.side.place.session.rows["count"].sentence


def test_a_session_is_made_like_the_last_and_shown(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    before = {ln.row.session.id for ln in page.board.model.rows()}
    page.new_item()
    desk.settle()
    page.side.new.day.set_value(date(2026, 12, 31))
    qtbot.mouseClick(page.side.make, LEFT)
    desk.settle()
    line = page.board.list.current_row()
    assert line.row.session.id not in before
    assert (line.row.day, line.row.session.talk_places) == (date(2026, 12, 31), 3)
    assert not page.side.making


def test_a_session_is_cancelled_with_its_reason(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = coming(page)[-1]
    show(desk, page, line)
    fields = page.side.place.session
    qtbot.mouseClick(fields.drop, LEFT)
    qtbot.mouseClick(fields.cancel.go, LEFT)
    desk.settle()
    assert "还没填取消的原因" in fields.cancel.row.sentence
    type_text(fields.cancel.reason, "集中下乡")
    qtbot.mouseClick(fields.cancel.go, LEFT)
    desk.settle()
    gone = [ln for ln in page.board.model.rows() if ln.row.session.id == line.row.session.id]
    assert [ln.cancelled for ln in gone] == [True], "it stays listed, once"
    show(desk, page, gone[0])
    assert page.side.sign_in.isHidden()
    qtbot.mouseClick(fields.back, LEFT)
    desk.settle()
    back = [ln for ln in page.board.model.rows() if ln.key == line.key]
    assert [ln.row.speaker for ln in back] == [line.row.speaker], "its talks were kept"


def test_choosing_another_place_gives_up_a_new_session(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    page.new_item()
    desk.settle()
    assert page.side.new.isVisible()
    page.board.list.step(1)
    assert page.side.place.isVisible()
    assert page.side.place.speaker.text() == page.board.list.current_row().row.speaker


# --- 自动安排 -------------------------------------------------------------------------------


def test_a_plan_fills_every_place_and_breaks_no_rule_and_undo_restores(
    desk: Desk, qtbot: QtBot
) -> None:
    page = opened(desk, qtbot)
    for line in coming(page)[-4:]:
        with desk.runner.office.unit() as unit:
            clear_place(unit, *line.key)
    with desk.runner.office.view() as unit:
        before = unit.all(Talk)
    dialog = dialog_on(desk, page)
    made = len(desk.committed)
    changed = sum(row.planned.changed for row in dialog._rows)
    assert dialog.go.caption == f"按此安排 {changed} 处"
    assert desk.committed[made:] == [], "looking saves nothing"
    qtbot.mouseClick(dialog.go, LEFT)
    desk.settle()
    assert len(desk.committed) == made + 1, "one operation"
    page.bar.span.set_value(Span.ALL)
    page.reload()
    assert all(ln.taken for ln in page.board.model.rows() if ln.ahead)
    assert page.bar.conflicts.isHidden()
    with desk.runner.office.view() as unit:
        assert check_rotation(unit, TODAY, FAR) == []
    undo(desk)
    with desk.runner.office.view() as unit:
        assert unit.all(Talk) == before


def test_the_preview_is_a_difference_with_reasons(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    dialog = dialog_on(desk, page)
    dialog.part.set_value(Part.CHANGED)
    dialog.part.changed.emit(Part.CHANGED)
    rows = list(dialog.model.rows())
    assert rows
    assert all(row.planned.changed and row.before != row.after for row in rows)
    assert "本人在岗" in dialog.reasons.text
    pinned = [row for row in dialog._rows if row.before == "彭书瑶"]
    assert [(row.after, row.planned.changed) for row in pinned] == [("彭书瑶", False)]
    dialog.reject()
    assert desk.committed == []


def test_another_rule_is_tried_out_and_kept_only_when_asked(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    dialog = dialog_on(desk, page)
    strict = [row.after for row in dialog._rows]
    assert dialog.form.keep.isHidden()
    dialog.form.order._choose(1)
    desk.settle()
    assert [row.after for row in dialog._rows] != strict
    with desk.runner.office.view() as unit:
        assert load_settings(unit) == Settings()
    qtbot.mouseClick(dialog.form.keep, LEFT)
    desk.settle()
    with desk.runner.office.view() as unit:
        assert load_settings(unit) == replace(Settings(), spread=True)
    assert dialog.form.keep.isHidden()
    dialog.reject()


def test_what_changed_meanwhile_is_planned_again_before_it_is_saved(
    desk: Desk, qtbot: QtBot
) -> None:
    page = opened(desk, qtbot)
    dialog = dialog_on(desk, page)
    row = next(r for r in dialog._rows if r.planned.changed and r.planned.speaker_id)
    assert row.planned.speaker_id is not None
    send_away(desk, row.planned.speaker_id, row.planned.day)
    made = len(desk.committed)
    dialog.arrange()
    desk.settle()
    assert "还没有保存" in dialog.banner.sentence
    assert len(desk.committed) == made
    again = next(r for r in dialog._rows if r.key == row.key)
    assert again.after != row.after
    dialog.arrange()
    desk.settle()
    assert len(desk.committed) == made + 1


def test_a_period_without_sessions_or_turned_round_is_told(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    dialog = dialog_on(desk, page)
    dialog.form.first.set_value(FAR)
    dialog.refresh()
    assert "早于开始" in dialog.form._last_row.sentence
    assert not dialog.go.isEnabled()
    dialog.form.last.set_value(FAR)
    dialog.refresh()
    desk.settle()
    assert "没有“每周一讲”的场次" in dialog.pane.empty.sentence
    dialog.reject()


def test_delete_clears_in_the_list_too(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = coming(page)[0]
    show(desk, page, line)
    page.board.list.setFocus()
    qtbot.keyClick(page.board.list, Qt.Key.Key_Delete)
    desk.settle()
    assert speaker_of(desk, line) is None


# --- out ----------------------------------------------------------------------------------


def test_the_rotation_is_exported_and_announced(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(desk, qtbot)
    desk.save_path = tmp_path / "轮讲.xlsx"
    page.export()
    desk.settle()
    book = openpyxl.load_workbook(desk.save_path)
    cells = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    first = coming(page)[0].row
    assert {first.speaker, first.title, first.group} <= cells
    page.copy_notice()
    assert desk.copied[-1].startswith("【每周一讲安排】")
    assert f"主讲：{first.speaker}（{first.group}）" in desk.copied[-1]


def test_the_sign_in_opens_at_the_talk(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    line = coming(page)[0]
    show(desk, page, line)
    assert line.row.talk is not None
    wanted = [line.row.session.id, None, line.row.talk.id, None]
    with qtbot.waitSignal(desk.context.go.sign_in) as asked:
        qtbot.mouseClick(page.side.sign_in, LEFT)
    assert asked.args == wanted
