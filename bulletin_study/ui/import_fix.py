"""The panel under the preview: what is wrong with the current row, and ways to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy

from bulletin_study.ui.banner import ShapeMark
from bulletin_study.ui.controls import clear_layout, drop_button, label, small_button
from bulletin_study.usecases.importing import CREATE, ImportPreview, ImportRow, UnknownName

_WHAT = {"group": "组室", "kind": "活动类型"}


class FixPanel(QFrame):
    """``chosen(field, name in the file, known name or CREATE)`` mends every such row at once."""

    chosen = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(8)
        self.setMinimumHeight(50)

    def show_row(self, preview: ImportPreview, row: ImportRow | None) -> None:
        """Speak of the row, or of a name that many rows wait for."""
        self._clear()
        unknown = _unknown_of(preview, row)
        if unknown is not None:
            self._offer(unknown, preview)
        elif row is not None and row.errors:
            why = "；".join(row.errors)
            self._say("diamond", "red", f"第 {row.row} 行：{why}。双击红色的格改正。")
        elif row is not None and row.notes:
            self._say("triangle", "amber", f"第 {row.row} 行：{'；'.join(row.notes)}。")
        elif preview.notes:
            self._say("triangle", "amber", "；".join(preview.notes))
        elif preview.wrong:
            words = f"{preview.wrong} 行有误，可以双击改正，也可以先导入无误的。"
            self._say("diamond", "red", words)
        else:
            self._say("check", "green", "没有问题。")

    def _offer(self, unknown: UnknownName, preview: ImportPreview) -> None:
        what = _WHAT.get(unknown.field, "名称")
        self._say(
            "diamond", "red", f"{what}“{unknown.name}”不在名单里（{unknown.rows} 行）。"
        )
        for known in unknown.suggestions[:1]:
            self._add_choice(f"改为{known}", unknown, known)
        others: Sequence[str] = unknown.suggestions[1:]
        if others:
            button = drop_button("改为…")
            menu = QMenu(button)
            for known in others:
                menu.addAction(known, lambda known=known: self._emit(unknown, known))
            button.setMenu(menu)
            self._row.addWidget(button)
        self._add_choice(f"新建“{unknown.name}”", unknown, CREATE)

    def _add_choice(self, text: str, unknown: UnknownName, known: str) -> None:
        self._row.addWidget(small_button(text, on_click=lambda: self._emit(unknown, known)))

    def _emit(self, unknown: UnknownName, known: str) -> None:
        self.chosen.emit(unknown.field, unknown.name, known)

    def _say(self, shape: str, tone: str, words: str) -> None:
        self._row.addWidget(ShapeMark(shape, tone))
        text = label(words, wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row.addWidget(text, 1)

    def _clear(self) -> None:
        clear_layout(self._row)


def _unknown_of(preview: ImportPreview, row: ImportRow | None) -> UnknownName | None:
    """The unknown name that stands in this row; without a row the first there is."""
    if row is None:
        return preview.unknown[0] if preview.unknown else None
    cells = set(row.cells)
    return next((u for u in preview.unknown if u.name in cells), None)
