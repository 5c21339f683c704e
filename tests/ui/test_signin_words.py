"""What was said, as a clerk notes it: kept while typed, one step to undo, minutes, whole pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.drafts import Draft
from bulletin_study.domain.errors import StorageFault, StorageUnavailable
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    ClosingItem,
    Comment,
    Reflection,
    ReflectionKind,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.drafts import KEEP_MS
from bulletin_study.ui.tabs.signin.make_up_section import MakeUpSection
from bulletin_study.ui.tabs.signin.minutes_section import MinutesSection
from bulletin_study.ui.tabs.signin.one_reflection import OneReflection
from bulletin_study.ui.tabs.signin.texts_dialog import TextsDialog
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.wide_sheet import WideSheet
from bulletin_study.usecases.drafts import (
    keep_draft,
    make_up_target,
    recover,
    reflection_target,
    session_target,
)
from bulletin_study.usecases.ports import require
from tests.helpers import make_office
from tests.ui.test_signin import (
    COMING,
    ENTER,
    ESC,
    GROUPS,
    TALKS,
    TODAYS,
    Clerk,
    commit_words,
    furnish,
)

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ASKED = 1


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = make_office(tmp_path / "store.sqlite3")
    furnish(store)
    with store.unit() as unit:
        unit.put(Reflection(ASKED, TALKS, 10, talk_id=1), Reflection(2, TALKS, 20, talk_id=1))
        unit.commit("指定发言人")
    yield store
    store.close()


@pytest.fixture
def clerk(qtbot: QtBot, office: SqlOffice, tmp_path: Path) -> Clerk:
    return Clerk(qtbot, office, tmp_path)


def drafts(clerk: Clerk) -> list[Draft]:
    with clerk.office.view() as unit:
        return unit.drafts()


def operations(clerk: Clerk) -> int:
    with clerk.office.view() as unit:
        return len(unit.operations())


def said(clerk: Clerk, key: int = ASKED) -> Reflection:
    with clerk.office.view() as unit:
        found = unit.get(Reflection, key)
    assert found is not None
    return found


def reflections(clerk: Clerk) -> list[OneReflection]:
    return clerk.tab.editors.sections[0].reflections.rows  # type: ignore[attr-defined,no-any-return]


def minutes(clerk: Clerk) -> MinutesSection:
    (section,) = [s for s in clerk.tab.editors.sections if isinstance(s, MinutesSection)]
    return section


def sheet(clerk: Clerk) -> WideSheet:
    return clerk.tab.sheet


def first_reflection(clerk: Clerk) -> OneReflection:
    clerk.open(TALKS, ClosingItem.REFLECTIONS, 1)
    row = reflections(clerk)[0]
    row.text.setFocus()
    return row


# ---- kept while typed ------------------------------------------------------------------


def test_what_is_typed_is_kept_without_an_operation_and_saved_as_one_step(clerk: Clerk) -> None:
    row = first_reflection(clerk)
    before = operations(clerk)
    for words in ("先看", "三年", "记录"):
        clerk.press(words)
        clerk.qtbot.waitUntil(lambda: drafts(clerk)[0].text == row.text.value())
    assert [d.text for d in drafts(clerk)] == ["先看三年记录"]
    assert operations(clerk) == before
    clerk.press(Qt.Key.Key_Tab)
    assert said(clerk).text == "先看三年记录"
    assert operations(clerk) == before + 1
    assert drafts(clerk) == []
    clerk.undo()
    assert said(clerk).text == ""


def test_typing_goes_to_the_store_a_few_times_a_second_not_at_every_key(clerk: Clerk) -> None:
    first_reflection(clerk)
    kept: list[str] = []
    keeping = clerk.desk.runner.do

    def counted(action, *more):  # type: ignore[no-untyped-def]
        kept.append("")
        keeping(action, *more)

    clerk.desk.runner.do = counted  # type: ignore[method-assign]
    focus = QApplication.focusWidget()
    assert focus is not None
    for _ in range(200):
        commit_words(focus, "字")
    assert len(kept) <= 3
    clerk.qtbot.waitUntil(lambda: drafts(clerk)[0].text == "字" * 200, timeout=10 * KEEP_MS)


def test_words_taken_back_leave_no_draft(clerk: Clerk) -> None:
    first_reflection(clerk)
    clerk.press("算了")
    assert len(drafts(clerk)) == 1
    clerk.press(ESC)
    clerk.qtbot.waitUntil(lambda: drafts(clerk) == [])
    assert said(clerk).text == ""


def test_words_deleted_again_leave_no_draft_when_the_field_is_left(clerk: Clerk) -> None:
    first_reflection(clerk)
    clerk.press("错")
    clerk.press(Qt.Key.Key_Backspace, Qt.Key.Key_Tab)
    # At once, not a beat later: the window may close now.
    assert drafts(clerk) == []
    assert said(clerk).text == ""


def test_a_store_that_keeps_no_drafts_is_told_once_and_typing_goes_on(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def full(*_: object) -> None:
        tried.append(_)
        raise StorageUnavailable(StorageFault.FULL, "store.sqlite3")

    row = first_reflection(clerk)
    with monkeypatch.context() as broken:
        broken.setattr("bulletin_study.storage.drafts.keep", full)
        focus = QApplication.focusWidget()
        assert focus is not None
        commit_words(focus, "磁盘")
        commit_words(focus, "满了")
        clerk.qtbot.waitUntil(lambda: len(tried) == 2)
        clerk.desk.settle()
        clerk.qtbot.wait(2 * KEEP_MS)
    assert len(clerk.desk.refused) == 1
    clerk.desk.refused.clear()
    clerk.press("，清出来了", Qt.Key.Key_Tab)
    assert row.text.value() == "磁盘满了，清出来了"
    assert said(clerk).text == "磁盘满了，清出来了"
    assert drafts(clerk) == []


def test_a_page_that_is_read_again_while_somebody_types_leaves_words_and_cursor(
    clerk: Clerk,
) -> None:
    row = first_reflection(clerk)
    clerk.press("前后")
    clerk.press(Qt.Key.Key_Left)
    clerk.tab.reload()
    clerk.settle()
    clerk.press("中")
    assert row.text.value() == "前中后"
    # Saved with the focus still in the field: the cursor stays where the next word goes.
    row.text.autosave.commit()
    clerk.settle()
    clerk.press("间")
    assert row.text.value() == "前中间后"


def test_choosing_another_session_saves_what_is_being_typed(clerk: Clerk) -> None:
    first_reflection(clerk)
    clerk.press("还没按回车")
    clerk.open(TODAYS)
    assert said(clerk).text == "还没按回车"
    assert drafts(clerk) == []


def test_what_changed_meanwhile_is_offered_under_its_field(clerk: Clerk) -> None:
    with clerk.office.unit() as unit:
        keep_draft(unit, reflection_target(ASKED), "以前的", "以前的，又写的")
    with clerk.office.unit() as unit:
        recover(unit, unit.drafts()[0])
    row = first_reflection(clerk)
    (offer,) = row.written.offers
    clerk.press("新写的", Qt.Key.Key_Tab)
    (offer,) = reflections(clerk)[0].written.offers
    offer.append()
    clerk.settle()
    assert said(clerk).text == "新写的\n以前的，又写的"
    assert reflections(clerk)[0].written.offers == []
    clerk.undo()
    assert said(clerk).text == "新写的"


def test_an_offer_put_away_is_on_the_clipboard(clerk: Clerk) -> None:
    target = session_target(TODAYS, "speeches")
    with clerk.office.unit() as unit:
        keep_draft(unit, target, "别的", "留着的话")
    with clerk.office.unit() as unit:
        recover(unit, unit.drafts()[0])
    clerk.open(TODAYS)
    (offer,) = minutes(clerk).texts["speeches"].offers
    offer.put_away()
    clerk.settle()
    assert clerk.desk.copied == ["留着的话"]
    assert drafts(clerk) == []


# ---- spoken and written ----------------------------------------------------------------


def test_who_owes_a_written_piece_is_seen_and_chased(clerk: Clerk) -> None:
    row = first_reflection(clerk)
    assert row.state.text == "待记 1 天"
    row.way.setFocus()
    clerk.press(Qt.Key.Key_Down, ENTER)
    assert said(clerk).written
    # A written piece needs room: it is on a page of its own now.
    assert sheet(clerk).held == reflection_target(ASKED)
    row = reflections(clerk)[0]
    assert row.state.text == "欠 1 天"
    row.chase.click()
    name = clerk.tab._shown.name(10)  # type: ignore[union-attr]
    assert clerk.desk.copied[-1].startswith(f"【待补】{name}：11月24日每周一讲，还差")
    assert "书面感想，已等 1 天。" in clerk.desk.copied[-1]
    clerk.press("写好了")
    clerk.press(ESC)
    assert reflections(clerk)[0].state.text == "3 字"
    assert not reflections(clerk)[0].chase.isVisible()


def test_somebody_who_spoke_is_asked_for_a_written_piece_as_well(clerk: Clerk) -> None:
    first_reflection(clerk)
    clerk.press("说得好", Qt.Key.Key_Tab)
    clerk.click(reflections(clerk)[0].more)
    ways = [(r.text.value(), r.way.value()) for r in reflections(clerk)]
    assert ways == [("说得好", False), ("", False), ("", True)]
    assert not reflections(clerk)[0].more.isVisible(), "asked for once is enough"
    assert clerk.tab.editors.talks.labels[0].endswith("1/4"), "one person counts once"
    clerk.tab.copy_chasing()
    assert "书面感想，已等 1 天" in clerk.desk.copied[-1]


def test_the_chasing_of_one_talk_leaves_the_others_out(clerk: Clerk) -> None:
    first_reflection(clerk)
    section = clerk.tab.editors.sections[0]
    clerk.click(section.reflections.chase)  # type: ignore[attr-defined]
    ours = clerk.desk.copied[-1]
    clerk.tab.copy_chasing()
    whole = clerk.desk.copied[-1]
    assert "报讲课题目" not in ours
    assert "报讲课题目" in whole
    lines = ours.splitlines()[1:]
    assert lines
    assert all(line.endswith("已等 1 天") for line in lines)


def test_people_asked_about_a_session_without_talks_are_chased_too(clerk: Clerk) -> None:
    with clerk.office.unit() as unit:
        unit.put(Reflection(9, GROUPS, 10, kind=ReflectionKind.INSIGHT, written=True))
        unit.commit("请交")
    clerk.open(GROUPS)
    clerk.tab.copy_chasing()
    assert "：书面心得，已等 2 天" in clerk.desk.copied[-1]


@pytest.mark.parametrize("count", [1, 3, 6])
def test_many_talks_stand_in_rows_and_show_their_counts(
    qtbot: QtBot, office: SqlOffice, tmp_path: Path, count: int
) -> None:
    with office.unit() as unit:
        unit.remove(unit.get(Talk, 2))
        unit.put(*(Talk(n, TALKS, n, 10 + n) for n in range(2, count + 1)))
        session, speaker = unit.get(StudySession, TALKS), unit.get(Person, 4)
        assert session is not None
        assert speaker is not None
        speaker = replace(speaker, name="迪丽努尔·阿卜杜热依木江")
        unit.put(replace(session, talk_places=count), speaker)
        unit.commit("几讲")
    clerk = Clerk(qtbot, office, tmp_path, (1024, 700))
    first_reflection(clerk)
    strip = clerk.tab.editors.talks
    assert strip.labels[0] == "迪丽努… 0/4"
    assert len(strip.labels) == count
    assert [len(r.labels) for r in strip.rows] == [3] * (count // 3) or [1]
    if count > 3:
        strip.rows[1].setFocus()
        clerk.press(Qt.Key.Key_Right)
        assert strip.value() == 4
        assert strip.rows[0].value() is None
        assert clerk.tab.editors.sections[0].speaker.value() == 14  # type: ignore[attr-defined]


# ---- minutes ---------------------------------------------------------------------------


def test_minutes_of_every_session_save_themselves(clerk: Clerk) -> None:
    for session in (TODAYS, TALKS, GROUPS, COMING):
        clerk.open(session)
        section = minutes(clerk)
        section.texts["agenda"].note.setFocus()
        clerk.press("一、学文件", Qt.Key.Key_Tab)
        assert clerk.session(session).agenda == "一、学文件"
    clerk.open(TODAYS)
    section = minutes(clerk)
    section.host.setFocus()
    clerk.press("010", ENTER)
    section.recorder.setFocus()
    clerk.press("县委办李秘书", ENTER)
    section.end.setFocus()
    section.end.selectAll()
    clerk.press("10:30", ENTER)
    session = clerk.session()
    assert (session.host_id, session.host_name) == (10, "")
    assert (session.recorder_id, session.recorder_name) == (None, "县委办李秘书")
    assert f"{session.end:%H:%M}" == "10:30"
    section.end.setFocus()
    section.end.clear()
    clerk.press(ENTER)
    assert "还没填时刻" in section._rows["end"].sentence
    assert f"{clerk.session().end:%H:%M}" == "10:30"


def test_who_was_away_and_is_named_in_the_minutes_is_told_of_and_stays(clerk: Clerk) -> None:
    clerk.open(TALKS)
    with clerk.office.unit() as unit:
        session = require(unit, StudySession, "场次", TALKS)
        row = next(r for r in unit.all(Attendance, session_id=TALKS) if r.person_id == 7)
        unit.put(replace(row, mark=Mark.LEAVE), replace(session, recorder_id=7, host_id=8))
        unit.commit("请假")
        name = require(unit, Person, "人员", 7).name
    clerk.open(TALKS)
    rows = minutes(clerk)._rows
    assert rows["recorder"].sentence == f"{name}当天请假，换人或照旧。"
    assert rows["host"].sentence == ""
    with clerk.office.unit() as unit:
        unit.put(replace(row, mark=Mark.PRESENT))
        unit.commit("来了")
    clerk.open(TALKS)
    assert minutes(clerk)._rows["recorder"].sentence == ""


def test_two_fields_left_one_after_the_other_are_both_saved(clerk: Clerk) -> None:
    clerk.open(TODAYS)
    section = minutes(clerk)
    with clerk.office.unit() as unit:
        stored = unit.get(StudySession, TODAYS)
        assert stored is not None
        unit.put(replace(stored, speeches="旧的发言 \n"))
        unit.commit("导入时带了空白")
    clerk.tab.reload()
    clerk.settle()
    section.texts["speeches"].note.setFocus()
    section.texts["speeches"].note.selectAll()
    clerk.press("新的发言", Qt.Key.Key_Tab)
    section.texts["decisions"].note.setFocus()
    clerk.press("下周交", Qt.Key.Key_Tab)
    session = clerk.session()
    assert (session.speeches, session.decisions) == ("新的发言", "下周交")


def test_speakers_are_named_by_initials(clerk: Clerk) -> None:
    clerk.open(TODAYS)
    section = minutes(clerk)
    note = section.texts["speeches"].note
    page = clerk.tab._shown
    assert page is not None
    section.speaker.setFocus()
    clerk.press("010", ENTER)
    assert note.hasFocus()
    clerk.press("先说第一点")
    once = [p for p in page.on_roster if p.initials and
            sum(q.initials == p.initials for q in page.on_roster) == 1]  # fmt: skip
    note.insertPlainText("\n")
    clerk.press(once[-1].initials, "：")
    clerk.press("同意")
    assert note.value() == f"{page.name(10)}：先说第一点\n{once[-1].name}：同意"
    clerk.press("，时间是", "9", ":", "30")
    assert note.value().endswith("同意，时间是9:30"), "a colon within a line is a colon"


def test_speeches_come_from_comments_and_reflections_and_overwrite_nothing(clerk: Clerk) -> None:
    spoken = replace(said(clerk), text="要学会记录")
    with clerk.office.unit() as unit:
        unit.put(
            spoken,
            Comment(1, TALKS, 1, "讲得实", talk_id=1),
            Reflection(8, TALKS, 30, text="书面的一大篇", talk_id=1, written=True),
        )
        unit.commit("记下")
    clerk.open(TALKS)
    section = minutes(clerk)
    note = section.texts["speeches"].note
    page = clerk.tab._shown
    assert page is not None
    note.setFocus()
    clerk.press("开场白", Qt.Key.Key_Tab)
    before = operations(clerk)
    section.generate()
    clerk.settle()
    speaker = page.name(4)
    words = f"开场白\n{speaker}讲课《怎样写简报》\n{page.name(10)}：要学会记录\n部甲：讲得实"
    assert clerk.session(TALKS).speeches == words
    assert operations(clerk) == before + 1
    section.generate()
    clerk.settle()
    assert clerk.session(TALKS).speeches == words
    assert "没有还没写进来的话" in section.texts["speeches"].row.sentence
    clerk.undo()
    assert clerk.session(TALKS).speeches == "开场白"


# ---- a whole page ----------------------------------------------------------------------


def test_a_field_gets_a_page_and_gives_it_back_saved(clerk: Clerk) -> None:
    clerk.open(TODAYS)
    note = minutes(clerk).texts["speeches"].note
    note.setFocus()
    clerk.press("开头")
    narrow = note.width()
    clerk.qtbot.keyClick(note, ENTER, CTRL_SHIFT)
    clerk.settle()
    assert sheet(clerk).isVisible()
    assert note.hasFocus()
    assert note.width() > narrow
    assert note.height() > 300
    clerk.press("，接着写")
    clerk.press(ESC)
    assert not sheet(clerk).isVisible()
    assert clerk.session().speeches == "开头，接着写"
    note = minutes(clerk).texts["speeches"].note
    assert note.isVisible()
    assert note.hasFocus()
    assert note.width() == narrow
    assert clerk.tab.roster.isVisible()


@pytest.mark.parametrize("speeches", [3, 12])
def test_back_in_the_column_no_line_is_cut(clerk: Clerk, speeches: int) -> None:
    """Lines broken for the page stood out of the column, under a second scroll bar."""
    clerk.open(TODAYS)
    note = minutes(clerk).texts["speeches"].note
    note.setFocus()
    clerk.qtbot.keyClick(note, ENTER, CTRL_SHIFT)
    line = "李晓雯：回去先把手头的三件事理一遍，再定下周的安排，做完一件就记一件。"
    clerk.press("\n".join([line] * speeches))
    clerk.press(ESC)
    clerk.qtbot.wait(50)
    assert note.isVisible()
    note.grab()
    assert note.horizontalScrollBar().maximum() == 0
    assert (note.verticalScrollBar().maximum() == 0) is (speeches < 4)


def test_the_page_stays_while_the_form_behind_it_is_made_anew(clerk: Clerk) -> None:
    row = first_reflection(clerk)
    clerk.click(row.written.widen)
    clerk.press("写了一半")
    with clerk.office.unit() as unit:
        unit.put(Reflection(7, TALKS, 30, talk_id=1))
        unit.commit("又请一人")
    clerk.tab.reload()
    clerk.settle()
    assert sheet(clerk).held == reflection_target(ASKED)
    assert len(reflections(clerk)) == 3
    clerk.press("，又写")
    clerk.press(ESC)
    assert said(clerk).text == "写了一半，又写"


def test_another_session_takes_the_page_away(clerk: Clerk) -> None:
    row = first_reflection(clerk)
    clerk.click(row.written.widen)
    clerk.press("写着")
    clerk.open(TODAYS)
    assert not sheet(clerk).isVisible()
    assert said(clerk).text == "写着"


def test_in_a_small_window_the_page_covers_the_sheet(
    qtbot: QtBot, office: SqlOffice, tmp_path: Path
) -> None:
    clerk = Clerk(qtbot, office, tmp_path, (911, 440))
    row = first_reflection(clerk)
    clerk.click(row.written.widen)
    assert sheet(clerk).isVisible()
    assert sheet(clerk).width() > 850
    clerk.press("小窗口", ESC)
    assert said(clerk).text == "小窗口"
    assert clerk.tab.editors.isVisible()


def test_twenty_thousand_characters_stay_fluid(clerk: Clerk) -> None:
    from time import perf_counter

    clerk.open(TODAYS)
    written = minutes(clerk).texts["speeches"]
    long = "\n".join("发" * 199 for _ in range(100))
    written.note.setFocus()
    written.open()
    written.note.insertPlainText(long)
    clerk.settle()
    spent = []
    for _ in range(20):
        begun = perf_counter()
        commit_words(written.note, "字")
        QApplication.processEvents()
        spent.append(perf_counter() - begun)
    assert sorted(spent)[len(spent) // 2] < 0.05
    clerk.press(ESC)
    assert len(clerk.session().speeches) == len(long) + 20


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """The style sheet of the program; without it what is painted is painted otherwise."""
    theme().apply(qapp, "light")
    yield
    qapp.setStyleSheet("")


def test_what_the_page_covers_is_not_painted_at_every_key(dressed: None, clerk: Clerk) -> None:
    class Painted(QObject):
        times = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.times += event.type() is QEvent.Type.Paint
            return False

    clerk.open(TODAYS)
    written = minutes(clerk).texts["speeches"]
    written.open()
    clerk.press("先写一句")
    clerk.qtbot.waitUntil(lambda: len(drafts(clerk)) == 1)
    painted = Painted()
    clerk.tab.roster.grid.canvas.installEventFilter(painted)
    for _ in range(5):
        commit_words(written.note, "字")
        QApplication.processEvents()
    assert painted.times == 0


# ---- files -----------------------------------------------------------------------------


def drop(clerk: Clerk, note: object, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    note.insertFromMimeData(data)  # type: ignore[attr-defined]
    clerk.settle()


def test_a_dropped_file_gives_its_words_to_the_field(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "发言.txt"
    path.write_bytes("第一段\r\n第二段".encode("gb18030"))
    row = first_reflection(clerk)
    clerk.press("已有")
    drop(clerk, row.text, path)
    assert said(clerk).text == "已有\n第一段\n第二段"
    clerk.undo()
    assert said(clerk).text == ""


def test_a_chosen_file_that_cannot_be_read_says_why_and_leaves_the_words(
    clerk: Clerk, tmp_path: Path
) -> None:
    path = tmp_path / "旧文档.doc"
    path.write_bytes(b"")
    row = first_reflection(clerk)
    clerk.press("已有")
    clerk.desk.chosen = [path]
    row.written.choose_file()
    clerk.settle()
    assert "空文件" in row.row.sentence
    assert row.text.value() == "已有"


def test_pictures_and_plain_words_are_pasted_as_ever(clerk: Clerk) -> None:
    row = first_reflection(clerk)
    data = QMimeData()
    data.setText("粘贴的话")
    row.text.insertFromMimeData(data)
    picture = QMimeData()
    picture.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    assert not row.text.canInsertFromMimeData(picture)
    assert row.text.value() == "粘贴的话"


def hand_in(tmp_path: Path, clerk: Clerk) -> list[Path]:
    page = clerk.tab._shown
    assert page is not None
    files = {
        f"{page.name(10)}心得体会.txt": "十号的心得",
        f"体会-{page.name(30)}.txt": "三十号的体会",
        "无名.txt": "不知道谁写的",
        "空.txt": "",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in files]


def dialog(clerk: Clerk) -> TextsDialog:
    (found,) = clerk.window.findChildren(TextsDialog)
    return found


def test_pieces_handed_in_are_matched_shown_and_saved_as_one_step(
    clerk: Clerk, tmp_path: Path
) -> None:
    clerk.open(TALKS, ClosingItem.REFLECTIONS, 1)
    clerk.desk.chosen = hand_in(tmp_path, clerk)
    clerk.click(clerk.tab.editors.sections[0].reflections.from_files)  # type: ignore[attr-defined]
    shown = dialog(clerk)
    verdicts = [row.verdict.value for row in shown.model.rows()]
    assert verdicts == ["new", "new", "unknown", "unreadable"]
    assert shown.summary.text() == "4 份材料，2 份可以导入，2 份不导入，原因在右边。"
    before = operations(clerk)
    # The one that nobody recognised is named by hand, another left out.
    shown.list.step(2)
    clerk.settle()
    shown.who.setFocus()
    clerk.press("020", ENTER)
    assert [row.verdict.value for row in shown.model.rows()][2] == "new"
    shown.list.setFocus()
    shown.list.select_key(f"体会-{clerk.tab._shown.name(30)}.txt")  # type: ignore[union-attr]
    clerk.press(Qt.Key.Key_Space)
    assert shown.go.caption == "导入 2 份"
    shown.go.click()
    clerk.settle()
    assert operations(clerk) == before + 1
    assert (said(clerk).text, said(clerk).written) == ("十号的心得", True)
    assert said(clerk).kind is ReflectionKind.INSIGHT
    assert said(clerk, 2).text == "不知道谁写的"
    assert len(reflections(clerk)) == 2
    clerk.undo()
    assert said(clerk).text == ""


# ---- 补学 -------------------------------------------------------------------------------


def test_a_note_of_a_make_up_is_kept_while_it_is_typed(clerk: Clerk) -> None:
    with clerk.office.unit() as unit:
        (row,) = unit.all(Attendance, session_id=TODAYS, person_id=10) or [
            Attendance(TODAYS, 10, 1, (1,))
        ]
        unit.put(replace(row, mark=Mark.LEAVE, reason="看病"))
        unit.put(replace(require(unit, StudySession, "场次", TODAYS), status=SessionStatus.HELD))
        unit.commit("请假")
    clerk.open(TODAYS)
    (section,) = [s for s in clerk.tab.editors.sections if isinstance(s, MakeUpSection)]
    section.people[0].note.setFocus()
    clerk.press("补看了录像")
    assert [(d.target, d.text) for d in drafts(clerk)] == [
        (make_up_target(TODAYS, 10), "补看了录像")
    ]
    clerk.press(Qt.Key.Key_Tab)
    assert drafts(clerk) == []
    with clerk.office.view() as unit:
        assert [m.note for m in unit.all(MakeUp)] == ["补看了录像"]
