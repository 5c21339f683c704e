"""Words found in what was written: the box, the list of hits, and the place where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from bulletin_study.app import TableFiles
from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.evidence import Evidence, EvidenceKind
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.sessions import (
    Reflection,
    SessionKindLink,
    SessionStatus,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.find_dialog import FindDialog
from bulletin_study.ui.marked_text import _laid, paint_marked, units
from bulletin_study.ui.program import Program
from bulletin_study.ui.runner import Immediately, Runner
from bulletin_study.ui.shell import Hit
from bulletin_study.ui.words_in_field import go_to_words
from bulletin_study.usecases.find_text import PAGE, FoundText, TextKind, find_text
from bulletin_study.usecases.search import WRITTEN_WORDS
from tests.helpers import TODAY
from tests.ui.harness import type_text

RARE = "𬱖㛃先生说：请把学习会的台账理清"


@pytest.fixture
def program(sample: SqlOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    crashes: list[BaseException] = []
    made = Program(Runner(sample, Immediately(), Immediately()), TableFiles(), settings, tmp_path)
    made.runner.crashed.connect(crashes.append)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    with qtbot.waitSignal(made.data_shown, timeout=30_000):
        made.start()
    made.window.activateWindow()
    yield made
    made.window.close()
    made.runner.close()
    assert crashes == []


def write(office: SqlOffice, text: str) -> Reflection:
    """Let the newest reflection of a talk say this."""
    with office.unit() as unit:
        days = {s.id: s.day for s in unit.all(StudySession)}
        said = max((r for r in unit.all(Reflection) if r.talk_id), key=lambda r: days[r.session_id])
        unit.put(replace(said, text=text))
        unit.commit("改心得")
    return said


def listed(program: Program, words: str) -> FindDialog:
    program.finder.look_for(words)
    return program.finder.dialog


def rows(dialog: FindDialog) -> list[FoundText]:
    return list(dialog.model.rows())


def settle() -> None:
    for _ in range(10):
        QApplication.processEvents()


def chosen_words(field: QPlainTextEdit | None) -> str:
    assert field is not None
    return field.textCursor().selectedText()


def test_the_box_shows_a_few_texts_and_a_line_for_all(program: Program, qtbot: QtBot) -> None:
    box = program.window.search
    box.start()
    type_text(box.field, "台账")
    qtbot.waitUntil(box.panel.isVisible)
    hits = [hit for _, hit in box.hits.rows_model.rows() if hit.kind == WRITTEN_WORDS]
    with program.runner.office.view() as unit:
        total = find_text(unit, "台账").total
    assert len(hits) == 4
    assert hits[-1].title == f"全部 {total} 处…"
    for hit in hits[:-1]:
        assert [hit.note[a:b] for a, b in hit.marks] == ["台账"]
        assert hit.note.index("台账") <= 8, "in sight although the column is narrow"


def test_the_box_says_of_which_day_a_text_is(program: Program, sample: SqlOffice) -> None:
    said = write(sample, RARE)
    hits: list[Hit] = []
    program.search("台账 学习会", lambda text, found: hits.extend(found))
    hit = next(hit for hit in hits if hit.kind == WRITTEN_WORDS)
    with sample.view() as unit:
        day = unit.get(StudySession, said.session_id).day
    assert hit.title.startswith(f"{day:%m-%d}  ")
    assert [hit.note[a:b] for a, b in hit.marks] == ["学习会", "台账"]
    assert len(hit.note) <= 18, "every word in sight although the column is narrow"


def test_two_words_open_the_first_of_them_in_the_field(
    program: Program, sample: SqlOffice
) -> None:
    write(sample, RARE)
    dialog = listed(program, "台账 学习会")
    (found,) = rows(dialog)
    assert [found.excerpt.text[a:b] for a, b in found.excerpt.marks] == ["学习会", "台账"]
    dialog.list.opened.emit(found)
    settle()
    field = program.window.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert chosen_words(field) == "学习会"
    dialog.field.setText("台账 没写过的")
    dialog.reload()
    assert dialog.pane.empty.sentence == "写过的话里没有一处同时写到“台账”、“没写过的”。"


def test_up_from_the_first_hit_and_enter_list_them_all(program: Program, qtbot: QtBot) -> None:
    box = program.window.search
    box.start()
    type_text(box.field, "台账")
    qtbot.waitUntil(box.panel.isVisible)
    qtbot.keyClick(box.field, Qt.Key.Key_Up)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    dialog = program.finder.dialog
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.field.text() == "台账"
    assert all("台账" in row.hit.text for row in rows(dialog))
    days = [row.day for row in rows(dialog)]
    assert days == sorted(days, key=lambda day: day or date.min, reverse=True)


def test_a_hit_in_the_box_opens_its_field(program: Program, sample: SqlOffice) -> None:
    write(sample, RARE)
    hits: list[Hit] = []
    program.search("学习会的", lambda text, found: hits.extend(found))
    program.open_hit(next(hit for hit in hits if hit.kind == WRITTEN_WORDS))
    settle()
    assert program.window.current == 3
    field = program.window.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert chosen_words(field) == "学习会的"


def test_enter_opens_the_field_with_the_words_and_f3_comes_back(
    program: Program, sample: SqlOffice, qtbot: QtBot
) -> None:
    write(sample, RARE)
    dialog = listed(program, "台账")
    at = next(n for n, row in enumerate(rows(dialog)) if row.hit.text == RARE)
    assert dialog.focusWidget() is dialog.list
    for _ in range(at):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.list.current_row().hit.text == RARE
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert not dialog.isVisible(), "out of the way of what it opened"
    assert program.window.current == 3
    qtbot.waitUntil(lambda: isinstance(program.window.focusWidget(), QPlainTextEdit))
    field = program.window.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == RARE
    qtbot.waitUntil(lambda: chosen_words(field) == "台账")
    qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())
    assert program.window.status.text == f"查找“台账”：第 {at + 1} 处"
    qtbot.keyClick(program.window, Qt.Key.Key_F3)
    assert dialog.isVisible()
    assert dialog.list.current_row().hit.text == RARE
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_one_kind_of_text_at_a_time(program: Program) -> None:
    dialog = listed(program, "台账")
    everything = len(rows(dialog))
    dialog.kinds.set_value(TextKind.COMMENT)
    dialog.kinds.changed.emit(TextKind.COMMENT)
    dialog.reload()
    shown = rows(dialog)
    assert 0 < len(shown) < everything
    assert {row.kind for row in shown} == {TextKind.COMMENT}
    dialog.field.setText("条例")
    dialog.reload()
    assert dialog.pane.empty.sentence == "点评里没有“条例”。"
    dialog.pane.empty.button.click()
    assert {row.kind for row in rows(dialog)} >= {TextKind.THEME}
    listed(program, "台账")
    assert len(rows(dialog)) == everything


def test_typing_asks_again_and_nothing_found_is_one_sentence(
    program: Program, qtbot: QtBot
) -> None:
    program.finder.come_back()
    dialog = program.finder.dialog
    assert dialog.pane.empty.sentence.startswith("输入要找的字或词，一个字也行。几个词用空格隔开")
    assert dialog.focusWidget() is dialog.field
    type_text(dialog.field, "账")
    qtbot.waitUntil(lambda: bool(rows(dialog)))
    assert dialog.list.current_row() is not None
    type_text(dialog.field, "没写过")
    qtbot.waitUntil(lambda: not rows(dialog))
    assert dialog.pane.empty.sentence == "写过的话里没有“账没写过”。"
    dialog.field.clear()
    qtbot.waitUntil(lambda: dialog.pane.empty.sentence.startswith("输入"))


def test_what_is_changed_meanwhile_changes_the_list(
    program: Program, sample: SqlOffice, qtbot: QtBot
) -> None:
    said = write(sample, "唯独这一句")
    dialog = listed(program, "唯独")
    assert len(rows(dialog)) == 1

    def change(unit: object) -> object:
        now = unit.get(Reflection, said.id)  # type: ignore[attr-defined]
        unit.put(replace(now, text="改掉了"))  # type: ignore[attr-defined]
        return unit.commit("改心得")  # type: ignore[attr-defined]

    program.runner.do(change)
    qtbot.waitUntil(lambda: not rows(dialog))


def test_very_many_are_listed_a_hundred_at_a_time(program: Program, sample: SqlOffice) -> None:
    with sample.unit() as unit:
        session = unit.all(StudySession)[0]
        ids = unit.new_ids(Reflection, 250)
        unit.put(*(Reflection(n, session.id, 1, text=f"满满的收获 {n}") for n in ids))
        unit.commit("记心得")
    dialog = listed(program, "满满的收获")
    assert len(rows(dialog)) == PAGE == 100
    assert dialog.more.isVisible()
    dialog.more.click()
    assert len(rows(dialog)) == 200
    dialog.more.click()
    assert len(rows(dialog)) == 250
    assert not dialog.more.isVisible()


def test_a_theme_opens_in_study_a_title_in_talks_a_plan_in_the_plan(
    program: Program, sample: SqlOffice
) -> None:
    with sample.unit() as unit:
        links = unit.all(SessionKindLink, kind_id=1)
        study = unit.all(StudySession, id=links[-1].session_id)[0]
        unit.put(replace(study, theme="甲乙丙丁专题"))
        talk = unit.all(Talk)[-1]
        unit.put(replace(talk, title="戊己庚辛讲法"))
        unit.put(StudyPlanItem(unit.new_ids(StudyPlanItem)[0], 1, "壬癸子丑计划",
                               day=TODAY + timedelta(days=9)))  # fmt: skip
        unit.commit("改")
    opened: list[tuple[object, ...]] = []
    go = program.context.go
    go.session.connect(lambda *a: opened.append(("study", *a)))
    go.talk.connect(lambda *a: opened.append(("talk", *a)))
    for words, page in (("甲乙丙丁", 1), ("戊己庚辛", 2), ("壬癸子丑", 1)):
        dialog = listed(program, words)
        assert len(rows(dialog)) == 1
        dialog.list.opened.emit(rows(dialog)[0])
        settle()
        assert program.window.current == page
    assert opened == [("study", study.id), ("talk", talk.session_id, talk.place)]
    plan = program.window.page(1).centre.plan  # type: ignore[attr-defined]
    assert plan.isVisible()
    assert plan.list.current_row().item.theme == "壬癸子丑计划"


def test_minutes_without_a_field_here_open_where_the_session_is_planned(
    program: Program, sample: SqlOffice
) -> None:
    with sample.unit() as unit:
        links = unit.all(SessionKindLink, kind_id=1)
        study = unit.all(StudySession, id=links[-1].session_id)[0]
        unit.put(replace(study, decisions="议定寅卯辰巳", note="备注午未申酉"))
        unit.commit("记会议记录")
    for words, page in (("寅卯辰巳", 3), ("午未申酉", 1)):
        dialog = listed(program, words)
        dialog.list.opened.emit(rows(dialog)[0])
        settle()
        assert program.window.current == page
        if page == 3:
            field = program.window.focusWidget()
            assert isinstance(field, QPlainTextEdit)
            assert chosen_words(field) == words


def test_a_make_up_opens_its_note_and_a_file_its_session(
    program: Program, sample: SqlOffice
) -> None:
    with sample.unit() as unit:
        held = [s for s in unit.all(StudySession) if s.status is SessionStatus.HELD]
        study = {link.session_id for link in unit.all(SessionKindLink, kind_id=1)}
        session = max((s for s in held if s.id in study), key=lambda s: s.day)
        away = unit.all(Attendance, session_id=session.id)[0]
        unit.put(replace(away, mark=Mark.LEAVE, reason="看病"))
        unit.put(MakeUp(unit.new_ids(MakeUp)[0], session.id, away.person_id, note="补了申酉戌亥"))
        talk = unit.all(Talk)[-1]
        unit.put(Evidence(1, talk.session_id, EvidenceKind.MATERIAL, "2026/a.docx", "申酉讲稿.docx",
                          "", 1, unit.services.clock.now(), talk_id=talk.id))  # fmt: skip
        unit.commit("记补学")
    dialog = listed(program, "申酉戌")
    dialog.list.opened.emit(rows(dialog)[0])
    settle()
    field = program.window.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert chosen_words(field) == "申酉戌"
    dialog = listed(program, "申酉讲稿")
    assert [(row.kind, row.what) for row in rows(dialog)] == [
        (TextKind.EVIDENCE, "材料文件名")
    ]  # fmt: skip
    dialog.list.opened.emit(rows(dialog)[0])
    settle()
    page = program.window.page(3)
    assert program.window.current == 3
    assert page._session == talk.session_id  # type: ignore[attr-defined]


def test_enter_at_once_looks_before_it_opens(program: Program, qtbot: QtBot) -> None:
    dialog = listed(program, "台账")
    dialog.field.setFocus()
    dialog.field.selectAll()
    type_text(dialog.field, "条例")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible(), "not a hit of the words before"
    assert all("条例" in row.hit.text for row in rows(dialog))
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_words_are_emphasised_without_colour(qapp: object) -> None:
    text = "𬱖和学习会"
    made = _laid(text, [(2, 4)], QFont(), 400)
    (look,) = made.formats()
    assert look.format.fontUnderline()  # type: ignore[attr-defined]
    assert look.format.fontWeight() == QFont.Weight.Bold  # type: ignore[attr-defined]
    assert (look.start, look.length) == (3, 2)  # type: ignore[attr-defined]
    assert (units(text, 0), units(text, 1), units(text, 5)) == (0, 2, 6)


@pytest.mark.parametrize("most", [1, 2])
def test_a_long_excerpt_is_cut_within_its_box(qapp: object, most: int) -> None:
    image = QImage(200, 80, QImage.Format.Format_RGB32)
    ground = QColor("white")
    image.fill(ground)
    painter = QPainter(image)
    box = image.rect().adjusted(0, 20, -40, -20)
    paint_marked(painter, box.toRectF(), "学习𬱖" * 40, [(0, 2), (118, 120)], "text", most)
    painter.end()
    inked = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) != ground
    ]
    assert inked
    assert all(box.contains(x, y) for x, y in inked)


def test_selecting_words_counts_rare_letters_as_the_field_does(qtbot: QtBot) -> None:
    field = QPlainTextEdit("𬱖𬱖说ＷＰＳ")
    qtbot.addWidget(field)
    go_to_words(field, "wps")
    assert chosen_words(field) == "ＷＰＳ"
