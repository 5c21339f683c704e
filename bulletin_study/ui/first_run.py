"""What a new user sees: three ways to begin, before there is any data."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bulletin_study.ui.controls import Button, label, link_button, rule
from bulletin_study.ui.icons import icon, paint_icon
from bulletin_study.ui.theme import theme

_CARDS: Final = (
    ("import", "import", "导入花名册",
     "选一份 Excel 或 WPS 表格，先预览、改错，确认后才写入。", "选择文件…", "约 2 分钟"),
    ("demo", "play", "用示例数据试用",
     "48 人、8 个组室、半年的学讲评记录，随便点。试完一键清空。", "打开示例", "不影响正式数据"),
    ("restore", "archive", "从备份恢复",
     "换电脑或重装后使用：选以前留下的数据文件，检查无误再装入。", "选择文件…", "先检查再装入"),
)  # fmt: skip


class _Card(QWidget):
    """One way to begin; the whole card is its button."""

    chosen = Signal()

    def __init__(self, picture: str, title: str, words: str, verb: str, aside: str) -> None:
        super().__init__()
        self._picture = picture
        self._first = picture == "import"
        self._hover = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setMinimumSize(240, 232)
        heading = label(title, "title")
        heading.setFont(theme().font(16, bold=True))
        heading.setStyleSheet("font-size: 16px;")
        self._button = Button(verb, "primary" if self._first else "strong")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(25, 72, 25, 25)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(label(words, "text2", wrap=True))
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self._button)
        foot.addStretch(1)
        foot.addWidget(label(aside, "secondary"))
        column.addLayout(foot)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(296, 232)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Card, its icon, the focus ring."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(look.color("line2" if self._hover else "line"), 1))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        paint_icon(painter, QRectF(26, 26, 26, 26), self._picture,
                   "accent" if self._first else "text2")  # fmt: skip
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the card."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or space choose; ← → move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Right:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Left:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hover."""
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No hover."""
        self._hover = False
        self.update()


class FirstRun(QScrollArea):
    """Three cards and two links; ``chosen`` is import, demo, restore, template or manual."""

    chosen = Signal(str)

    def __init__(self, data_folder: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setProperty("surface", "page")
        outer = QHBoxLayout(body)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(941)
        outer.addWidget(inner, 100)
        outer.addStretch(1)
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(label("先把人员放进来", "heading"))
        column.addWidget(label(
            "有了花名册，就能排学习、排主讲、签到和出统计。三种开始方式，以后都能改。", "text2",
            wrap=True,
        ))  # fmt: skip
        column.addSpacing(16)
        column.addLayout(self._build_cards())
        column.addLayout(self._build_links())
        column.addSpacing(16)
        column.addWidget(rule())
        column.addSpacing(8)
        column.addLayout(_build_facts(data_folder))
        column.addStretch(3)
        self.setWidget(body)

    def focus_first(self) -> None:
        """Put the focus on the first card."""
        self._cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        self._cards: list[_Card] = []
        for choice, *texts in _CARDS:
            card = _Card(*texts)
            card.chosen.connect(lambda choice=choice: self.chosen.emit(choice))
            row.addWidget(card, 1)
            self._cards.append(card)
        return row

    def _build_links(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, choice in (("下载空白花名册模板", "template"),
                             ("不导入，手工新增第一个人", "manual")):  # fmt: skip
            link = link_button(text)
            link.clicked.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
            row.addWidget(link)
            row.addSpacing(8)
        row.addStretch(1)
        row.addWidget(label("也可以把文件直接拖到窗口里", "text2"))
        return row


def _build_facts(data_folder: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    facts = (
        ("lock", f"数据只存在这台电脑，不联网。\n{data_folder}"),
        ("undo", "每一步都自动保存，都能撤销，重启以后也能。"),
        ("doc", "导入支持 .xlsx、.xls、.et、.ods、.csv"),
    )
    for column, (name, words) in enumerate(facts):
        line = QHBoxLayout()
        picture = QLabel()
        picture.setPixmap(icon(name).pixmap(16, 16))
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.setSpacing(6)
        line.addWidget(label(words, "text2", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(line, 0, column)
        grid.setColumnStretch(column, 1)
    return grid
