"""A small window for 期初场次."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.sessions import SessionKind
from bulletin_study.ui.banner import Banner
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import icon_button, label, quiet_button
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.openings import opening_rows, set_opening

_Row = tuple[SessionKind, int]
_COLUMNS: tuple[Column[_Row], ...] = (
    Column("kind", "活动", lambda r: r[0].name, most=600),
    Column(
        "count",
        "期初场次",
        lambda r: Cell(str(r[1]) if r[1] else "—", tone="text" if r[1] else "text3"),
        width=120,
        right=True,
        edit="text",
        value=lambda r: str(r[1]),
    ),
)


class OpeningsDialog(QDialog):
    """One year's figures, edited in place (F2 or double click)."""

    def __init__(self, context: Context, year: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._year = context, year
        self.setWindowTitle("期初场次")
        self.resize(460, min(520, parent.height() - 40))
        self._head = label("", "heading")
        back = icon_button("chevron-left", "上一年", on_click=lambda: self._step(-1))
        forth = icon_button("chevron-right", "下一年", on_click=lambda: self._step(1))
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        for widget in (back, self._head, forth):
            top.addWidget(widget)
        top.addStretch(1)
        hint = label("年中才开始用本程序时，把以前已办的场次数填在这里，算进全年，单独显示。",
                     "text2", wrap=True)  # fmt: skip
        hint.setContentsMargins(16, 0, 16, 8)
        self.banner = Banner()
        self.model = RowsModel(_COLUMNS, key=lambda r: r[0].id)
        self.model.edited.connect(self._edited)
        self.list = ListView(self.model, row_height=32)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.addWidget(label("双击或按 F2 修改，改完即存", "hint"))
        foot.addStretch(1)
        foot.addWidget(quiet_button("关闭", on_click=self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hint)
        column.addWidget(self.banner)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self._read()

    def _step(self, years: int) -> None:
        self._year += years
        self._read()

    def _read(self) -> None:
        self._head.setText(f"{self._year}年")
        self._context.runner.read(lambda unit: opening_rows(unit, self._year), self._filled)

    def _filled(self, rows: Sequence[_Row]) -> None:
        self.model.set_rows(rows)

    def _edited(self, row: _Row, _: str, value: object) -> None:
        self.banner.clear()
        text = unicodedata.normalize("NFKC", str(value or "0")).strip()
        if not text.isascii() or not text.isdigit():
            self.banner.show_sentence(f"“{text}”不是数字，没有保存。请填 0 到 999 之间的整数。")
            return

        def refused(refusal: Refusal) -> None:
            self.banner.show_sentence(sentence_for(refusal))

        year = self._year
        self._context.runner.do(
            lambda unit: set_opening(unit, row[0].id, year, int(text)),
            lambda _: self._read(),
            refused,
        )
