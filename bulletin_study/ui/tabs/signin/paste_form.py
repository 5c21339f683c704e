"""The left side of 粘贴名单: the text itself, and what it leaves unsaid."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from bulletin_study.domain.attendance import Mark
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import ChoiceField, NoteField
from bulletin_study.ui.forms import FormRow
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.widgets.roster_layout import MARKS
from bulletin_study.ui.widgets.segmented import Segmented

_REST: list[tuple[str, Mark | None]] = [
    ("不动", None), ("全到", Mark.PRESENT), ("缺席", Mark.ABSENT),
]  # fmt: skip
_HELP = "编号、@、职务都行；“请假”“下乡”等写在名字前后或括号里，也可以“请假：甲、乙”。"


class PasteForm(QWidget):
    """``changed`` when the text or what it means was changed, ``escaped`` by Esc in it.

    The text takes the room that is left: it scrolls by itself, nothing around it does.
    """

    changed = Signal()
    escaped = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = NoteField("把接龙或名单粘贴到这里", grows=False)
        self.text.setAccessibleName("名单")
        self.text.setMinimumHeight(64)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.text.setPlainText(text)
        self.plain = ChoiceField([(f"算{mark}", Mark(mark)) for mark, _, _ in MARKS])
        self.plain.set_value(Mark.PRESENT)
        self.rest = Segmented(_REST, fill=True)
        self._rest_row = FormRow("名单里没有的人", self.rest)
        self._rest_note = label("", "secondary", wrap=True)
        self._pause = Soon(self, self.changed.emit)
        self.text.textChanged.connect(self._pause.start)
        self.text.autosave.escaped.connect(self.escaped)
        self.plain.activated.connect(lambda _: self.changed.emit())
        self.rest.changed.connect(lambda _: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label("名单", "secondary"))
        column.addWidget(self.text, 1)
        column.addWidget(label(_HELP, "secondary", wrap=True))
        column.addWidget(FormRow("只写了名字的", self.plain))
        column.addWidget(self._rest_row)
        column.addWidget(self._rest_note)

    def tell_rest(self, people: list[str], *, ahead: bool) -> None:
        """Who is meant by the rest; ahead of the day nobody can have come."""
        self.rest.setEnabled(not ahead)
        self._rest_row.set_caption(f"名单里没有、也还没签的 {len(people)} 人")
        told = "、".join(people[:4]) + (" 等" if len(people) > 4 else "")
        self._rest_note.setText(f"{told}。不在岗已标好的不动。" if people else "没有这样的人。")
