"""Fields that save themselves, and the pane around them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from bulletin_study.ui.controls import quiet_button
from bulletin_study.ui.fields import CheckField, ChoiceField, FilterField, LineField, NoteField
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.checklist import Checklist, ChecklistItem

Pairs = list[tuple[object, object]]


@pytest.fixture
def form(qtbot: QtBot) -> FormColumn:
    made = FormColumn()
    qtbot.addWidget(made)
    made.resize(340, 500)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_enter_commits_once_and_leaving_does_not_repeat_it(form: FormColumn, qtbot: QtBot) -> None:
    pairs: Pairs = []
    field, other = LineField(), LineField()
    form.add("主题", field, lambda old, new: pairs.append((old, new)))
    form.add("地点", other)
    field.set_value("旧")
    field.setFocus()
    field.setText(" 新 ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    other.setFocus()
    assert pairs == [("旧", "新")]


def test_leaving_commits_and_esc_takes_back_then_leaves(form: FormColumn, qtbot: QtBot) -> None:
    pairs: Pairs = []
    left: list[bool] = []
    field, other = LineField(), LineField()
    form.add("主题", field, lambda old, new: pairs.append((old, new)))
    form.add("地点", other)
    form.escaped.connect(lambda: left.append(True))
    field.set_value("旧")
    field.setFocus()
    field.setText("改了一半")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), left) == ("旧", [])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert left == [True]
    field.setText("改完")
    other.setFocus()
    assert pairs == [("旧", "改完")]


def test_a_refusal_stays_beside_its_field_and_enter_tries_again(
    form: FormColumn, qtbot: QtBot
) -> None:
    pairs: Pairs = []
    field = LineField()
    row = form.add("工号", field, lambda old, new: pairs.append((old, new)))
    field.set_value("016")
    field.setText("007")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    row.error("工号 007 已被“吴知行”使用。")
    assert row.sentence == "工号 007 已被“吴知行”使用。"
    assert field.property("invalid") is True
    field.autosave.commit()
    assert len(pairs) == 1, "leaving does not ask again"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(pairs) == 2
    row.error("还是不行。")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), row.sentence) == ("016", "")


def test_words_being_typed_survive_a_reload_of_the_form(form: FormColumn, qtbot: QtBot) -> None:
    field = LineField()
    form.add("主题", field)
    field.set_value("旧")
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.setText("改了一半")
    field.set_value("别处改的")
    assert field.text() == "改了一半"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "别处改的"


def test_ctrl_z_is_the_programs_once_the_words_are_saved(form: FormColumn, qtbot: QtBot) -> None:
    field = LineField()
    form.add("主题", field)
    field.set_value("旧")

    def taken() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z,
                          Qt.KeyboardModifier.ControlModifier)  # fmt: skip
        event.ignore()
        QApplication.sendEvent(field, event)
        return event.isAccepted()

    assert not taken()
    qtbot.keyClicks(field, "x")
    assert taken()


def test_a_note_commits_on_leaving_and_keeps_its_lines(form: FormColumn, qtbot: QtBot) -> None:
    pairs: Pairs = []
    note, other = NoteField(), LineField()
    form.add("备注", note, lambda old, new: pairs.append((old, new)))
    form.add("地点", other)
    note.set_value("")
    low = note.height()
    note.setFocus()
    qtbot.keyClicks(note, "a")
    for letter in "bcd":
        qtbot.keyClick(note, Qt.Key.Key_Return)
        qtbot.keyClicks(note, letter)
    assert pairs == []
    assert note.height() > low
    other.setFocus()
    assert pairs == [("", "a\nb\nc\nd")]


@pytest.mark.parametrize("times", [1, 3, 6, 12])
def test_a_note_shows_all_its_wrapped_chinese_without_scrolling(
    form: FormColumn, qtbot: QtBot, times: int
) -> None:
    note = NoteField(lines=1)
    form.add("心得", note)
    form.setStyleSheet(theme().style_sheet())
    form.resize(342, 400)
    note.set_value("补学以后列成清单。" * times)
    qtbot.waitUntil(lambda: (note.document().size().height() > 1) is (times > 1))
    qtbot.waitUntil(lambda: note.verticalScrollBar().maximum() == 0, timeout=1000)


def test_a_field_taken_down_with_the_focus_in_it_is_not_asked_for_its_words(
    form: FormColumn, qtbot: QtBot
) -> None:
    note = NoteField()
    form.add("发言要点", note)
    form.activateWindow()
    note.setFocus()
    qtbot.waitUntil(note.hasFocus)
    # An exception on the way would fail the test.
    delete(note)
    assert not isValid(note)


def test_choosing_and_ticking_commit_at_once(form: FormColumn, qtbot: QtBot) -> None:
    pairs: Pairs = []
    choice = ChoiceField([("二楼", ("room", 2)), ("三楼", ("room", 3))])
    tick = CheckField("只计已开展")
    for editor in (choice, tick):
        form.add("", editor, lambda old, new: pairs.append((old, new)))
    choice.set_value(("room", 2))
    tick.set_value(False)
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    tick.click()
    assert pairs == [(("room", 2), ("room", 3)), (False, True)]
    choice.set_options([("三楼", ("room", 3))])
    assert choice.value() == ("room", 3)


def test_the_note_under_a_field_offers_its_act(form: FormColumn) -> None:
    moved: list[bool] = []
    row = form.add("地点", LineField())
    row.note("只坐 40 人，应到 48 人。", ("换到三楼", lambda: moved.append(True)))
    assert row.sentence == "只坐 40 人，应到 48 人。"
    link = next(label for label in row.findChildren(QLabel) if "换到三楼" in label.text())
    link.linkActivated.emit("act")
    assert moved == [True]
    row.editor.autosave.commit()  # type: ignore[attr-defined]
    assert row.sentence != "", "a warning outlasts a commit"
    row.note("")
    assert row.sentence == ""
    assert row.editor.property("invalid") in (None, False)


def test_esc_in_a_filter_clears_it(qtbot: QtBot) -> None:
    field = FilterField("主题")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_the_inspector_has_its_header_steps_and_ways_out(qtbot: QtBot) -> None:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    inspector.show()
    inspector.set_header("第22次", chip=("计划", "blue", "circle"))
    inspector.set_footer([quiet_button("改期…")], "改完即存")
    signals = (inspector.previous, inspector.next, inspector.closed)
    tips = ("上一个", "下一个", "收起")
    for signal, tip in zip(signals, tips, strict=True):
        button = next(b for b in _buttons(inspector) if b.toolTip().startswith(tip))
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(inspector.left):
        qtbot.keyClick(inspector, Qt.Key.Key_Escape)
    inspector.show_empty("选一个场次看详情。")
    assert not inspector.form.isVisible()
    inspector.show_form()
    assert inspector.form.isVisible()


def test_a_checklist_keeps_the_focus_where_it_was(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    checks = Checklist(ruled=True)
    checks.setParent(holder)
    items = [ChecklistItem("a", "签到", "差 2 人", "triangle", "amber", "补签"),
             ChecklistItem("b", "照片", "差 1 张", "circle", "amber", "添加")]  # fmt: skip
    checks.set_items(items)
    holder.show()
    holder.activateWindow()
    acted: list[str] = []
    checks.acted.connect(acted.append)
    second = checks.button("b")
    assert second is not None
    second.setFocus()
    qtbot.waitUntil(second.hasFocus)
    qtbot.keyClick(second, Qt.Key.Key_Space)
    checks.set_items([ChecklistItem("a", "签到"), items[1]])
    assert acted == ["b"]
    again = checks.button("b")
    assert again is not None
    assert again.hasFocus()
    assert checks.button("a") is None


def _buttons(widget: QWidget) -> list[QWidget]:
    from PySide6.QtWidgets import QPushButton

    return list(widget.findChildren(QPushButton))


def test_steps_through_a_closed_choice_are_one_choice(qtbot: QtBot) -> None:
    choice = ChoiceField([(word, word) for word in "甲乙丙丁戊"])
    qtbot.addWidget(choice)
    choice.show()
    choice.activateWindow()
    choice.set_value("甲")
    said: list[tuple[object, object]] = []
    choice.autosave.committed.connect(lambda *change: said.append(change))
    choice.setFocus()
    for _ in range(3):
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert said == []
    qtbot.keyClick(choice, Qt.Key.Key_Return)
    assert said == [("甲", "丁")]
    choice.set_value("丁")
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.keyClick(choice, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert choice.value() == "丁"
    qtbot.keyClick(choice, Qt.Key.Key_Up)
    qtbot.keyClick(choice, Qt.Key.Key_Up)
    with qtbot.waitSignal(choice.autosave.committed, timeout=5000):
        pass
    assert said[1:] == [("丁", "乙")]
    choice.set_value("乙")
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    choice.clearFocus()
    assert said[2:] == [("乙", "丙")]
