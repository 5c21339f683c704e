"""Two small windows: the keys, and what this program is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bulletin_study import __version__
from bulletin_study.ui.controls import label, quiet_button

_WIDTH, _HEIGHT = 700, 720
KEYS = (
    ("Ctrl+1 … 7", "换页"),
    ("Ctrl+F", "找人、找场次、找写过的话（首字母也行）"),
    ("F3", "写过的话：列出查找结果，或回到结果；几个词用空格隔开"),
    ("Ctrl+Shift+F", "在本页里筛选"),
    ("Ctrl+N", "新建"),
    ("Ctrl+Enter", "本页的主要动作"),
    ("Ctrl+Z、Ctrl+Y", "撤销、恢复"),
    ("F2、Enter、Esc", "修改、打开、返回"),
    ("F6、Shift+F6", "在各栏之间走"),
    ("Ctrl+I", "显示或收起右栏"),
    ("Alt+←、Alt+→、Alt+Home", "上一周、下一周、回到本周"),
    ("人员名单：Enter；个人页：Esc", "打开个人页；回到来的地方"),
    ("个人页：Alt+←、Alt+→", "上一个人、下一个人"),
    ("Ctrl+E、Ctrl+P", "导出、打印（签到：打印导出的菜单、打印签到表）"),
    ("Ctrl+Shift+C", "复制统计那句话；每周一讲里复制通知"),
    ("Shift+F10", "一行能做的事，同右键"),
    ("签到：首字母或工号 + Enter", "到；后加 2—6：迟到、早退、请假、公出、缺席"),
    ("签到名单：1—6、0", "标记、清除"),
    ("签到名单：G；签到：Alt+D", "本组其余到；其余全到"),
    ("签到：Ctrl+V", "粘贴接龙或名单，先看会怎样再记"),
    ("签到：Alt+←、Alt+→", "前一场、后一场"),
    ("签到：Alt+C", "抽点评和发言人"),
    ("签到：Ctrl+Shift+Enter", "把一栏文字展开成一页写；Esc 收回，写的都已存下"),
    ("会议记录：行首首字母 + 冒号", "另起一位发言人"),
    ("佐证：Insert、Ctrl+V", "添加文件、粘贴截图"),
    ("佐证：Enter、F2、F4、Delete", "打开、写说明、改是什么、拿掉"),
    ("补学台账：F2、←→、Ctrl+Enter", "写心得；换格；选中的几行一起记“已补”"),
    ("讲：Ctrl+B、Ctrl+R", "列表和看板来回换；调整公布的安排"),
    ("看板：Ctrl+←、Ctrl+→、S、P", "挪到前一场、后一场；对调；固定"),
    ("F10、Alt；Ctrl+Q", "菜单；退出，打着的字也存下"),
)


class KeysDialog(QDialog):
    """Which key does what."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for at, (keys, what) in enumerate(KEYS):
            grid.addWidget(label(keys, "bold"), at, 0)
            grid.addWidget(label(what, wrap=True), at, 1)
        grid.setColumnStretch(1, 1)
        self.list = _scrolled(grid)
        _finish(self, self.list)
        self.list.setFocus()
        window = parent.window().size()
        self.resize(min(_WIDTH, window.width() * 9 // 10), min(_HEIGHT, window.height() * 9 // 10))


class AboutDialog(QDialog):
    """Name, version, where the data lies."""

    def __init__(self, data: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于学讲评")
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        folder = label(str(data), "text2", wrap=True)
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for at, widget in enumerate(
            (
                label(f"学讲评 {__version__}", "title"),
                label("每周一学、每周一讲、每周一评：排期、轮讲、签到、点评、统计。"),
                label("数据只存在这台电脑上，不联网："),
                folder,
            )
        ):
            grid.addWidget(widget, at, 0)
        body = QWidget()
        body.setLayout(grid)
        _finish(self, body)


def _scrolled(grid: QGridLayout) -> QScrollArea:
    """A window lower than the list scrolls it, also by the keys."""
    body = QWidget()
    grid.setContentsMargins(0, 0, 8, 0)
    body.setLayout(grid)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(body)
    return scroll


def _finish(dialog: QDialog, body: QWidget) -> None:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    column.addWidget(body, 1)
    column.addWidget(
        quiet_button("关闭", on_click=dialog.accept), 0, Qt.AlignmentFlag.AlignRight
    )
