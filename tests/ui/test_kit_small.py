"""The smaller pieces: charts, timeline, counters, sentence, banner, what stands for no data."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.ui.about import KeysDialog
from bulletin_study.ui.banner import Banner
from bulletin_study.ui.controls import Button, drop_button, quiet_button
from bulletin_study.ui.tabs.week.cards import TalkLine
from bulletin_study.ui.widgets.charts import BarChart, BarSeries, ChartPoint, LineChart
from bulletin_study.ui.widgets.counters import CounterItem, Counters
from bulletin_study.ui.widgets.notes import LoadingNote
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.widgets.sentence_bar import SentenceBar
from bulletin_study.ui.widgets.timeline import Timeline, TimelineBar, TimelineRow

SENTENCE = "截至11月25日，已开展“每周一学”活动21场次、“每周一讲”活动20场次。"


def test_the_sentence_is_copied_as_it_stands_and_its_counts_are_bold(qtbot: QtBot) -> None:
    bar = SentenceBar()
    qtbot.addWidget(bar)
    bar.set_sentence(SENTENCE)
    shown = next(label.text() for label in bar.findChildren(QLabel) if "截至" in label.text())
    assert "<b>21</b>场次" in shown
    assert "<b>11</b>" not in shown
    with qtbot.waitSignal(bar.copied):
        bar.button.click()
    assert QGuiApplication.clipboard().text() == SENTENCE


def test_a_bar_tells_which_it_is_and_an_empty_month_has_none(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.resize(400, 240)
    chart.set_data(["6月", "7月"], [BarSeries("学", (1, 4)), BarSeries("讲", (0, 5))])
    assert (chart.low, chart.high) == (0, 6)
    assert chart.bar(1, 1).height() > chart.bar(1, 0).height() > 0
    assert chart.bar(0, 1).height() == 0
    with qtbot.waitSignal(chart.clicked) as told:
        point = chart.bar(1, 1).center().toPoint()
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=point)
    assert told.args == [1, 1]
    assert "7月 5" in chart.accessibleName()


def test_the_scale_opens_down_to_the_lowest_rate(qtbot: QtBot) -> None:
    chart = LineChart()
    qtbot.addWidget(chart)
    chart.resize(312, 240)
    chart.set_points([ChartPoint("10-12", 93.8), ChartPoint("10-19", None)])
    assert (chart.low, chart.high) == (80, 100)
    chart.set_points([ChartPoint("10-12", 93.8), ChartPoint("10-19", 47.0)])
    assert chart.low == 40
    assert chart.height_of(47.0) <= chart.plot.bottom()
    chart.set_points([])
    chart.grab()


def test_absences_are_reached_by_keys_and_cut_at_the_edges(qtbot: QtBot) -> None:
    line = Timeline()
    qtbot.addWidget(line)
    line.resize(516, 200)
    long = TimelineBar("long", date(2026, 1, 1), None, "长期病假")
    short = TimelineBar("short", date(2026, 11, 25), date(2026, 11, 26), "公出", "neutral")
    line.set_rows([TimelineRow("甲", (long,)), TimelineRow("乙", (short,))], date(2026, 11, 25))
    line.show()
    canvas = line.canvas
    left, right = canvas.rect_of(0, long), canvas.rect_of(1, short)
    assert left.right() <= line.viewport().width()
    assert left.left() < right.left() < right.right() < left.right()
    opened: list[object] = []
    line.bar_opened.connect(opened.append)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(canvas, key)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=left.center().toPoint())
    assert opened == ["long", "short", "long"]


def test_figures_that_one_line_does_not_hold_go_on_the_next(qtbot: QtBot) -> None:
    counters = Counters()
    qtbot.addWidget(counters)
    counters.resize(1300, 44)
    names = ("应到", "到会率", "在岗到会率", "含计划", "最高可到", "学时", "点评")
    counters.set_items([CounterItem(name, name, "100.0%", note="124/124") for name in names])
    counters.show()
    assert counters.height() == 44
    counters.resize(600, 44)
    qtbot.waitUntil(lambda: counters.height() > 44)
    counters.grab()
    told: list[str] = []
    counters.clicked.connect(told.append)
    for place, key in counters._places:
        assert place.right() <= 600
        at = place.center().toPoint()
        qtbot.mouseClick(counters, Qt.MouseButton.LeftButton, pos=at)
        assert told.pop(0) == key
    assert len(counters._places) == len(names)


def test_a_low_window_scrolls_the_list_of_keys(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(880, 440)
    dialog = KeysDialog(window)
    dialog.open()
    assert dialog.height() <= 396
    bar = dialog.list.verticalScrollBar()
    assert bar.maximum() > 0
    assert dialog.list.horizontalScrollBar().maximum() == 0
    qtbot.keyClick(dialog.list, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    dialog.reject()


def test_a_talk_too_long_for_its_card_ends_in_a_mark(qtbot: QtBot) -> None:
    line = TalkLine("政", "魏子衿", "培训经费管理：从被动到主动")
    qtbot.addWidget(line)
    line.resize(600, 20)
    line.show()
    assert line.text.text() == "魏子衿  培训经费管理：从被动到主动"
    line.resize(160, 20)
    assert line.text.text().endswith("…")
    assert line.text.sizeHint().width() <= 160 - 22


def test_a_figure_tells_its_key(qtbot: QtBot) -> None:
    counters = Counters()
    qtbot.addWidget(counters)
    counters.resize(600, 44)
    unmarked = CounterItem("open", "未签", "12", "amber", shape="circle")
    counters.set_items([CounterItem("expected", "应到", "48")], right=[unmarked])
    counters.show()
    counters.grab()
    told: list[str] = []
    counters.clicked.connect(told.append)
    for x in (30, 570, 300):
        qtbot.mouseClick(counters, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))
    assert told == ["expected", "open"]
    assert counters.accessibleName() == "应到48，未签12"


def test_the_banner_says_acts_once_and_goes(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    tried: list[bool] = []
    banner.show_sentence("没能写入“台账.xlsx”。原文件没动。", ("重试", lambda: tried.append(True)))
    assert banner.sentence.startswith("没能写入")
    button = next(b for b in banner.findChildren(Button) if b.caption == "重试")
    button.click()
    assert tried == [True]
    assert banner.sentence == ""


def test_an_empty_pane_says_what_to_do(qtbot: QtBot) -> None:
    content = QLabel("数据")
    pane = PaneStack(content)
    qtbot.addWidget(pane)
    pane.show()
    done: list[bool] = []
    pane.show_empty("本月还没有场次。", "新建场次", lambda: done.append(True))
    assert not content.isVisible()
    pane.empty.button.click()
    assert done == [True]
    pane.show_content()
    assert content.isVisible()


def test_reading_is_only_mentioned_when_it_takes_long(qtbot: QtBot) -> None:
    quick, slow = LoadingNote(), LoadingNote()
    for note in (quick, slow):
        qtbot.addWidget(note)
        note.show()
    quick.start()
    quick.stop()
    with qtbot.waitSignal(slow.shown, timeout=2000):
        slow.start()
    assert [label.isVisible() for label in quick.findChildren(QLabel)] == [False]
    assert [label.isVisible() for label in slow.findChildren(QLabel)] == [True]


def test_a_button_keeps_its_key_when_its_words_change_or_go(qtbot: QtBot) -> None:
    button = quiet_button("导出…", "export", shortcut="Ctrl+E")
    qtbot.addWidget(button)
    button.set_compact(True)
    assert button.text() == ""
    assert button.toolTip() == "导出…（Ctrl+E）"
    button.set_caption("导出台账…")
    button.set_compact(False)
    assert (button.text(), button.shortcut().toString()) == ("导出台账…", "Ctrl+E")


def test_a_drop_button_opens_its_menu(qtbot: QtBot) -> None:
    button = drop_button("更多")
    qtbot.addWidget(button)
    button.show()
    chosen: list[bool] = []
    button.menu().addAction("导出…").triggered.connect(lambda: chosen.append(True))
    button.click()
    assert button.menu().isVisible()
    button.menu().actions()[0].trigger()
    button.menu().close()
    assert chosen == [True]


def test_enter_presses_a_button_as_space_does(qtbot: QtBot) -> None:
    pressed: list[int] = []
    button = quiet_button("导入", on_click=lambda: pressed.append(1))
    qtbot.addWidget(button)
    button.show()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert len(pressed) == 2
