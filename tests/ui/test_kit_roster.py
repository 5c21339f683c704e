"""The sign-in roster: keys and clicks mark, nothing marks by itself, boxes never overlap."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.roster_grid import RosterBox, RosterGrid, RosterLine
from bulletin_study.ui.widgets.roster_layout import MARKS, place_boxes, segment
from bulletin_study.ui.widgets.roster_painting import rest_link, two_lines


def _line(person: int, mark: str | None = None, exempt: bool = False) -> RosterLine:
    return RosterLine(person, f"{person:03}", f"人{person}", mark, exempt=exempt)


BOXES = [
    RosterBox(1, "办公室", "1/3", (_line(11, "到"), _line(12), _line(13))),
    RosterBox(2, "干部组", "0/2", (_line(21), _line(22, None, exempt=True))),
    RosterBox(3, "组织组", "2/2", (_line(31, "到"), _line(32, "请假"))),
]


@pytest.fixture
def grid(qtbot: QtBot) -> RosterGrid:
    made = RosterGrid()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.set_boxes(BOXES)
    made.show()
    return made


def _marks(grid: RosterGrid) -> list[tuple[int, object]]:
    told: list[tuple[int, object]] = []
    grid.marked.connect(lambda person, mark: told.append((person, mark)))
    return told


def test_digits_mark_and_zero_clears(grid: RosterGrid, qtbot: QtBot) -> None:
    told = _marks(grid)
    grid.set_current(12)
    for key in "123456":
        qtbot.keyClick(grid.canvas, key)
    assert told == [(12, mark) for mark, _, _ in MARKS]
    told.clear()
    grid.set_current(32)
    qtbot.keyClick(grid.canvas, "0")
    qtbot.keyClick(grid.canvas, Qt.Key.Key_2, Qt.KeyboardModifier.KeypadModifier)
    assert told == [(32, None), (32, "迟到")]


def test_a_mark_that_stands_is_not_marked_again(grid: RosterGrid, qtbot: QtBot) -> None:
    told = _marks(grid)
    grid.set_current(11)
    qtbot.keyClick(grid.canvas, "1")
    assert told == []


def test_the_exempt_cannot_be_marked(grid: RosterGrid, qtbot: QtBot) -> None:
    told = _marks(grid)
    grid.set_current(22)
    qtbot.keyClick(grid.canvas, "1")
    assert told == []


def test_somebody_who_sits_in_can_only_be_taken_off(grid: RosterGrid, qtbot: QtBot) -> None:
    grid.set_boxes([RosterBox(9, "列席", "", (RosterLine(91, "", "来宾", observer=True),))])
    told = _marks(grid)
    grid.set_current(91)
    qtbot.keyClick(grid.canvas, "1")
    qtbot.keyClick(grid.canvas, "0")
    assert told == [(91, None)]


def test_arrows_move_down_the_order_and_across(grid: RosterGrid, qtbot: QtBot) -> None:
    grid.set_current(11)
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right,
                Qt.Key.Key_Left):  # fmt: skip
        qtbot.keyClick(grid.canvas, key)
        seen.append(grid.current)
    assert seen[:4] == [11, 12, 13, 21]
    placed = place_boxes(BOXES, grid.viewport().width())
    left = placed[0].rect.x()
    column = {line.person_id: spot.rect.x() for spot in placed for line in spot.box.lines}
    assert column[21] > left
    assert seen[4] == 21, "nothing lies further right"
    assert seen[5] is not None
    assert column[seen[5]] == left


def test_a_click_marks_and_a_second_click_takes_it_back(grid: RosterGrid, qtbot: QtBot) -> None:
    told = _marks(grid)
    placed = place_boxes(BOXES, grid.viewport().width())
    free = segment(placed[0].row(1), 1).center().toPoint()
    lit = segment(placed[0].row(0), 0).center().toPoint()
    name = placed[0].row(2).topLeft().toPoint() + QPoint(60, 10)
    for point in (free, lit, name):
        qtbot.mouseClick(grid.canvas, Qt.MouseButton.LeftButton, pos=point)
    assert told == [(12, "迟到"), (11, None)]
    assert grid.current == 13


def test_the_rest_of_a_group_by_link_or_key_only_while_somebody_is_unmarked(
    grid: RosterGrid, qtbot: QtBot
) -> None:
    rest: list[object] = []
    grid.group_rest.connect(rest.append)
    placed = place_boxes(BOXES, grid.viewport().width())
    for spot in (placed[0], placed[2]):
        point = rest_link(spot).center().toPoint()
        qtbot.mouseClick(grid.canvas, Qt.MouseButton.LeftButton, pos=point)
    grid.set_current(21)
    qtbot.keyClick(grid.canvas, "g")
    grid.set_current(31)
    qtbot.keyClick(grid.canvas, "g")
    assert rest == [1, 2]


def test_the_current_person_survives_new_values(grid: RosterGrid) -> None:
    grid.set_current(21)
    grid.set_boxes([*BOXES[1:], RosterBox(4, "人才组", "", (_line(41),))])
    assert grid.current == 21
    grid.set_boxes(BOXES[2:])
    assert grid.current == 31


def test_the_menu_key_asks_for_the_current_person(grid: RosterGrid, qtbot: QtBot) -> None:
    grid.set_current(13)
    with qtbot.waitSignal(grid.menu_wanted) as blocker:
        from PySide6.QtGui import QContextMenuEvent
        from PySide6.QtWidgets import QApplication

        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
        QApplication.sendEvent(grid.canvas, event)
    assert blocker.args is not None
    assert blocker.args[0] == 13


@given(
    sizes=st.lists(st.integers(min_value=0, max_value=12), max_size=14),
    width=st.integers(min_value=320, max_value=1600),
)
def test_boxes_keep_their_order_and_never_overlap(sizes: list[int], width: int) -> None:
    boxes = [
        RosterBox(at, str(at), lines=tuple(_line(at * 100 + n) for n in range(size)))
        for at, size in enumerate(sizes)
    ]
    placed = place_boxes(boxes, width)
    assert [spot.box.group_id for spot in placed] == list(range(len(sizes)))
    spots = [(spot.rect.x(), spot.rect.y()) for spot in placed]
    assert spots == sorted(spots)
    assert len({x for x, _ in spots}) <= (2 if width >= 560 else 1)
    for one in placed:
        assert one.rect.left() >= 0
        assert one.rect.right() <= width
        assert not any(
            one is not other and one.rect.intersects(other.rect) for other in placed
        )


def test_leaving_by_tab_does_not_move_the_list_and_another_list_begins_at_its_top(
    grid: RosterGrid, qtbot: QtBot
) -> None:
    long = RosterBox(1, "办公室", "0/60", tuple(_line(at) for at in range(1, 61)))
    grid.set_boxes([long, replace(long, group_id=2, lines=(_line(90), _line(91)))])
    grid.canvas.setFocus()
    qtbot.keyClick(grid.canvas, Qt.Key.Key_Tab)
    assert grid.verticalScrollBar().value() == 0
    grid.set_current(60)
    assert grid.verticalScrollBar().value() > 0
    grid.start_over()
    grid.set_boxes([long])
    assert (grid.verticalScrollBar().value(), grid.current) == (0, 1)


def test_before_the_day_no_heading_offers_that_the_rest_came(
    grid: RosterGrid, qtbot: QtBot
) -> None:
    asked: list[int] = []
    grid.group_rest.connect(asked.append)
    grid.set_boxes([replace(BOXES[0], may_come=False)])
    head = grid.canvas._placed[0]
    qtbot.mouseClick(grid.canvas, Qt.MouseButton.LeftButton, pos=rest_link(head).center().toPoint())
    assert asked == []


@given(st.text("阿卜杜热合曼买提江木·", min_size=1, max_size=20), st.integers(60, 180))
def test_a_name_on_two_lines_is_whole_wherever_two_lines_hold_it(name: str, width: int) -> None:
    metrics = theme().metrics(12)
    first, second = two_lines(name, metrics, width)
    assert all(metrics.horizontalAdvance(part) <= width for part in (first, second))
    if metrics.horizontalAdvance(name) <= 2 * width - 14:
        assert first + second == name


def test_a_minority_name_parts_at_its_point() -> None:
    parts = two_lines("阿卜杜热合曼·买买提江木", theme().metrics(12), 106)
    assert parts == ("阿卜杜热合曼·", "买买提江木")
