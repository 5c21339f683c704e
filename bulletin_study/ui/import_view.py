"""The look of the import dialog: three steps, nothing decided here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bulletin_study.ui.banner import Banner
from bulletin_study.ui.controls import label, primary_button, quiet_button, rule
from bulletin_study.ui.fields import ChoiceField
from bulletin_study.ui.import_fix import FixPanel
from bulletin_study.ui.import_table import PreviewTable
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.importing import IMPORT_TITLES, ImportKind

KINDS = (ImportKind.ROSTER, ImportKind.ABSENCES, ImportKind.PLAN, ImportKind.SESSIONS)
ALL_ROWS, NOTED_ROWS = "all", "noted"
START, WAIT, TABLE = range(3)


class ImportView(QDialog):
    """Head with file and sheet, one page a step, foot with what can be done."""

    file_wanted = Signal()
    kind_chosen = Signal(object)
    sheet_chosen = Signal(str)
    filter_changed = Signal()
    rejects_wanted = Signal()
    apply_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        room = parent.window().size()
        self.resize(min(1000, int(room.width() * 0.94)), min(612, int(room.height() * 0.94)))
        self._build()

    def _build(self) -> None:
        self.steps = label("")
        self.steps.setTextFormat(Qt.TextFormat.RichText)
        self.where = label("", "text2")
        self.sheets = ChoiceField(small=True)
        self.sheets.autosave.committed.connect(lambda _, name: self.sheet_chosen.emit(name))
        self.other = quiet_button("换一个文件…", on_click=self.file_wanted.emit)
        top = QHBoxLayout()
        top.setContentsMargins(24, 12, 24, 12)
        top.setSpacing(8)
        top.addWidget(self.steps)
        top.addStretch(1)
        for widget in (self.where, self.sheets, self.other):
            top.addWidget(widget)
        self.banner = Banner()
        self.pages = QStackedWidget()
        for page in (self._start_page(), self._wait_page(), self._table_page()):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        column.addWidget(rule())
        column.addLayout(self._foot())

    def _start_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(1)
        self.ask = label("", "text2")
        self.ask.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.ask)
        column.addSpacing(12)
        self.kinds = QWidget()
        kinds = QHBoxLayout(self.kinds)
        kinds.setSpacing(8)
        self.kind_buttons = {
            kind: quiet_button(IMPORT_TITLES[kind], on_click=partial(self.kind_chosen.emit, kind))
            for kind in KINDS
        }
        for button in self.kind_buttons.values():
            kinds.addWidget(button)
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignHCenter)
        self.pick = primary_button("选择文件…", "import", on_click=self.file_wanted.emit)
        column.addWidget(self.pick, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    def _wait_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(120, 24, 120, 24)
        column.addStretch(1)
        self.waiting = label("正在读取…", "text2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        column.addWidget(self.waiting)
        column.addWidget(self.bar)
        column.addStretch(2)
        return page

    def _table_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(8)
        line = QHBoxLayout()
        self.filter = Segmented([("全部", ALL_ROWS)])
        self.filter.changed.connect(lambda _: self.filter_changed.emit())
        line.addWidget(self.filter)
        line.addStretch(1)
        self.table = PreviewTable()
        self.fix = FixPanel()
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.fix)
        return page

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 12)
        foot.setSpacing(8)
        self.hint = label("现在还没有写入。导入后可以整批撤销（Ctrl+Z）。", "text2")
        self.rejects = quiet_button("另存有误的行…", "export", on_click=self.rejects_wanted.emit)
        self.cancel = quiet_button("取消", on_click=self.reject)
        self.apply = primary_button("导入", on_click=self.apply_wanted.emit)
        foot.addWidget(self.hint)
        foot.addStretch(1)
        for button in (self.rejects, self.cancel, self.apply):
            foot.addWidget(button)
        return foot
