"""Find a person by a few letters: the quick box and the choice of one person."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.widgets.person_match import PersonOption, find_people, read_quick
from bulletin_study.ui.widgets.quick_box import QuickBox

PEOPLE = [
    PersonOption(1, "吴知行", "wzx", "wuzhixing", "007", "办公室"),
    PersonOption(2, "魏子衿", "wzj", "weizijin", "038", "教育组"),
    PersonOption(3, "单雄信", "sxx", "shanxiongxin", "1072", "干部组"),
    PersonOption(4, "张伟", "zw", "zhangwei", "", "组织组"),
    PersonOption(5, "张伟", "zw", "zhangwei", "", "人才组"),
]


@pytest.mark.parametrize(
    ("typed", "people", "mark"),
    [
        ("wz", [1, 2], "到"),
        ("wz2", [1, 2], "迟到"),
        ("wzj6", [2], "缺席"),
        ("ｗｚｊ４", [2], "请假"),
        ("WZX 5", [1], "公出"),
        ("007", [1], "到"),
        ("7", [1, 3], "到"),
        ("0073", [1], "早退"),
        ("0066", [], "到"),
        ("74", [], "到"),
        ("7 4", [1, 3], "请假"),
        ("７ ２", [1, 3], "迟到"),
        ("1072", [3], "到"),
        ("1072 2", [3], "迟到"),
        ("魏子", [2], "到"),
        ("子衿", [2], "到"),
        ("weizi", [2], "到"),
        ("张伟", [4, 5], "到"),
        ("qq", [], "到"),
        ("  ", [], "到"),
    ],
)
def test_what_is_typed_names_people_and_a_mark(typed: str, people: list[int], mark: str) -> None:
    found, meant = read_quick(PEOPLE, typed)
    assert ([person.id for person in found], meant) == (people, mark)


def test_an_exact_match_comes_before_a_beginning() -> None:
    people = [PersonOption(1, "王伟明", "wwm"), PersonOption(2, "王伟", "ww")]
    assert [person.id for person in find_people(people, "王伟")] == [2, 1]
    assert [person.id for person in find_people(people, "ww")] == [2, 1]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(600, 400)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def box(window: QWidget) -> QuickBox:
    made = QuickBox()
    made.setParent(window)
    made.set_people(PEOPLE)
    made.show()
    return made


def _type(field: QWidget, text: str) -> None:
    """As an input method hands its words over."""
    done = QInputMethodEvent()
    done.setCommitString(text)
    QApplication.sendEvent(field, done)


def _chosen(box: QuickBox) -> list[tuple[int, object]]:
    told: list[tuple[int, object]] = []
    box.chosen.connect(lambda person, mark: told.append((person, mark)))
    return told


def test_letters_and_enter_sign_the_first_one_in(box: QuickBox, qtbot: QtBot) -> None:
    told = _chosen(box)
    qtbot.keyClicks(box, "wz")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == [(1, "到")]
    assert box.text() == ""
    assert box.popup.isHidden()


def test_down_takes_the_second_and_a_digit_marks(box: QuickBox, qtbot: QtBot) -> None:
    told = _chosen(box)
    _type(box, "wz２")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Enter)
    assert told == [(2, "迟到")]


def test_nobody_found_is_said_and_enter_does_nothing(box: QuickBox, qtbot: QtBot) -> None:
    told = _chosen(box)
    qtbot.keyClicks(box, "qq")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == []
    assert box.text() == "qq"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_a_long_name_is_offered_whole(box: QuickBox, qtbot: QtBot) -> None:
    name = "阿卜杜热合曼·买买提江木"
    box.set_people([*PEOPLE, PersonOption(9, name, "abdrhm", "", "091", "老干组")])
    qtbot.keyClicks(box, "wz")
    narrow = box.popup.width()
    box.clear()
    qtbot.keyClicks(box, "abd")
    header = box.popup._list.header()
    needed = theme().metrics(13, bold=True).horizontalAdvance(name)
    assert header.sectionSize(1) >= needed + 16
    assert box.popup.width() > narrow
    box.clear()
    qtbot.keyClicks(box, "wz")
    assert box.popup.width() == narrow


def test_letters_still_being_composed_are_not_looked_up(box: QuickBox) -> None:
    QApplication.sendEvent(box, QInputMethodEvent("wz", []))
    assert box.popup.isHidden()
    _type(box, "吴")
    assert [person.id for person in box.popup.people] == [1]


def test_one_person_is_chosen_by_initials_and_committed(window: QWidget, qtbot: QtBot) -> None:
    combo = PersonCombo(PEOPLE)
    combo.setParent(window)
    combo.show()
    combo.set_value(2)
    pairs: list[tuple[object, object]] = []
    combo.autosave.committed.connect(lambda old, new: pairs.append((old, new)))
    assert combo.text() == "魏子衿"
    combo.setFocus()
    combo.selectAll()
    qtbot.keyClicks(combo, "wzx")
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    assert (combo.text(), combo.value(), pairs) == ("吴知行", 1, [(2, 1)])


def test_a_name_that_two_people_bear_asks_for_a_choice(window: QWidget, qtbot: QtBot) -> None:
    combo = PersonCombo(PEOPLE)
    combo.setParent(window)
    combo.show()
    said: list[str] = []
    combo.autosave.problem.connect(said.append)
    combo.set_value(None)
    combo.setFocus()
    _type(combo, "张伟")
    combo.popup.hide()
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    assert said[-1] == "有 2 个人符合“张伟”，请选一个。"
    qtbot.keyClick(combo, Qt.Key.Key_Escape)
    assert combo.text() == ""
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    qtbot.keyClick(combo, Qt.Key.Key_Up)
    assert len(combo.popup.people) == len(PEOPLE)
