"""What stands in the toolbar of the page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bulletin_study.ui.controls import primary_button, quiet_button
from bulletin_study.ui.fields import FilterField
from bulletin_study.ui.tabs.talk.centre import View
from bulletin_study.ui.tabs.talk.meter import ConflictChip, RoundMeter
from bulletin_study.ui.tabs.talk.rows import Span
from bulletin_study.ui.toolbar import Toolbar
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.talk_page import TalkPage


class TalkBar(QObject):
    """Fills a toolbar; its signals are what the user asked for."""

    series_wanted = Signal()
    new_wanted = Signal()
    notice_wanted = Signal()
    export_wanted = Signal()
    print_wanted = Signal()
    arrange_wanted = Signal()
    repair_wanted = Signal()

    def __init__(self, toolbar: Toolbar) -> None:
        super().__init__(toolbar)
        self._toolbar = toolbar
        self.meter = RoundMeter()
        self.span = Segmented([("今后", Span.AHEAD), ("今年", Span.YEAR), ("全部", Span.ALL)])
        self.span.set_value(Span.YEAR)
        self.filter = FilterField("姓名、题目", 132)
        self.conflicts = ConflictChip()
        self.repair = quiet_button(
            "调整…", "swap", tip="按请假、下派、新来的人调整公布了的安排，改动最少（Ctrl+R）",
            on_click=self.repair_wanted.emit,
        )  # fmt: skip
        toolbar.add_left(self.meter)
        toolbar.add_left(self.meter.bar, optional=True)
        self.view = Segmented([("列表", View.LIST), ("看板", View.WEEKS)])
        self.view.setToolTip("列表和看板来回换（Ctrl+B）")
        toolbar.add_left(self.view)
        toolbar.add_left(self.span)
        toolbar.add_left(self.filter)
        toolbar.add_left(self.conflicts)
        toolbar.add_left(self.repair)
        for button in (
            quiet_button("批量安排…", "calendar-days", tip="按规律一次排好多场",
                         on_click=self.series_wanted.emit),
            quiet_button("新建场次", "plus", tip="新建场次（Ctrl+N）",
                         on_click=self.new_wanted.emit),
            quiet_button("复制轮讲通知", "copy", tip="复制接下来几场的主讲安排，可以发到工作群",
                         shortcut="Ctrl+Shift+C", on_click=self.notice_wanted.emit),
            quiet_button("导出…", "export", tip="导出列表里这一段的讲课安排", shortcut="Ctrl+E",
                         on_click=self.export_wanted.emit),
            quiet_button("打印…", "print", tip="打印列表里这一段的安排表", shortcut="Ctrl+P",
                         on_click=self.print_wanted.emit),
        ):  # fmt: skip
            toolbar.add_right(button, fold=True)
        toolbar.set_primary(
            primary_button("自动安排…", "calendar",
                           tip="组室轮流、一人一讲；先看再保存（Ctrl+Enter）",
                           on_click=self.arrange_wanted.emit)
        )  # fmt: skip

    def show_page(self, page: TalkPage) -> None:
        """Progress and conflicts."""
        self.meter.show_progress(page.progress)
        self.conflicts.set_count(len(page.conflicts))
        self.repair.setVisible(bool(page.conflicts))
        self._toolbar.fit()
