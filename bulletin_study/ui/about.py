"""Two small windows: the keys, and what this program is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from bulletin_study import __version__
from bulletin_study.ui.controls import label, quiet_button

KEYS = (
    ("Ctrl+1 … 7", "换页"),
    ("Ctrl+F", "找人、找场次、找写过的话（首字母也行）"),
    ("F3", "写过的话：列出查找结果，或回到结果"),
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
    ("Ctrl+Shift+C", "复制统计那句话"),
    ("签到：首字母或工号 + Enter", "到；后加 2—6：迟到、早退、请假、公出、缺席"),
    ("签到名单：1—6、0", "标记、清除"),
    ("签到：Ctrl+V", "粘贴接龙或名单，先看会怎样再记"),
    ("签到：Ctrl+Shift+Enter", "把一栏文字展开成一页写；Esc 收回，写的都已存下"),
    ("会议记录：行首首字母 + 冒号", "另起一位发言人"),
    ("F10、Alt", "菜单"),
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
            grid.addWidget(label(what), at, 1)
        _finish(self, grid)


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
        _finish(self, grid)


def _finish(dialog: QDialog, grid: QGridLayout) -> None:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    column.addLayout(grid)
    column.addWidget(
        quiet_button("关闭", on_click=dialog.accept), 0, Qt.AlignmentFlag.AlignRight
    )
