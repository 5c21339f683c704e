"""The row of segments: mouse, keyboard, and who is told."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from bulletin_study.ui.widgets.segmented import Segmented


def _segments(qtbot: QtBot) -> tuple[Segmented, list[object]]:
    widget = Segmented([("按月", "month"), ("只看未归档 1", "open"), ("全部", "all")])
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    widget.show()
    told: list[object] = []
    widget.changed.connect(told.append)
    return widget, told


def test_arrows_move_and_stop_at_the_ends(qtbot: QtBot) -> None:
    widget, told = _segments(qtbot)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left,
                Qt.Key.Key_Home, Qt.Key.Key_Home, Qt.Key.Key_End):  # fmt: skip
        qtbot.keyClick(widget, key)
    assert told == ["open", "all", "open", "month", "all"]
    assert widget.value() == "all"


def test_a_click_chooses_the_segment_under_it(qtbot: QtBot) -> None:
    widget, told = _segments(qtbot)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() - 8, 10))
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert told == ["all", "month"]


def test_the_page_sets_values_and_counts_silently(qtbot: QtBot) -> None:
    widget, told = _segments(qtbot)
    widget.set_value("all")
    before = widget.sizeHint().width()
    widget.set_options([("按月", "month"), ("只看未归档 12", "open"), ("全部", "all")])
    assert widget.value() == "all"
    assert widget.sizeHint().width() > before
    widget.set_value("gone")
    assert widget.value() is None
    assert told == []


def test_in_a_form_it_commits_original_and_edited(qtbot: QtBot) -> None:
    widget, _ = _segments(qtbot)
    widget.set_value("month")
    pairs: list[tuple[object, object]] = []
    widget.autosave.committed.connect(lambda old, new: pairs.append((old, new)))
    qtbot.keyClick(widget, Qt.Key.Key_Right)
    assert pairs == [("month", "open")]
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert widget.value() == "month"
