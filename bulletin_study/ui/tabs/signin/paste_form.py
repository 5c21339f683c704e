"""The left side of 粘贴名单: the text itself, and what it leaves unsaid."""

from __future__ import annotations

from PySide6.QtCore import Signal

from bulletin_study.domain.attendance import Mark
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import ChoiceField, NoteField
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.widgets.roster_layout import MARKS
from bulletin_study.ui.widgets.segmented import Segmented

_REST: list[tuple[str, Mark | None]] = [
    ("不动", None), ("全到", Mark.PRESENT), ("缺席", Mark.ABSENT),
]  # fmt: skip
_HELP = (
    "接龙、编号、工号、@、职务都认得；“请假”“下乡”“迟到”这些写在名字前后、括号里都行，"
    "“请假：甲、乙”也行。"
)


class PasteForm(FormColumn):
    """``changed`` when the text or what it means was changed."""

    changed = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = NoteField("把接龙或名单粘贴到这里", lines=6, most=14)
        self.text.setPlainText(text)
        self.plain = ChoiceField([(f"算{mark}", Mark(mark)) for mark, _, _ in MARKS])
        self.plain.set_value(Mark.PRESENT)
        self.rest = Segmented(_REST, fill=True)
        self._pause = Soon(self, self.changed.emit)
        self.text.textChanged.connect(self._pause.start)
        self.add("名单", self.text)
        self.add_widget(label(_HELP, "secondary", wrap=True))
        self.add("只写了名字的", self.plain, self._edited)
        self._rest_row = self.add("名单里没有、也还没签的", self.rest, self._edited)
        self._rest_note = label("", "secondary", wrap=True)
        self.add_widget(self._rest_note)

    def tell_rest(self, people: list[str], *, ahead: bool) -> None:
        """Who is meant by the rest; ahead of the day nobody can have come."""
        self.rest.setEnabled(not ahead)
        self._rest_row.set_caption(f"名单里没有、也还没签的 {len(people)} 人")
        told = "、".join(people[:6]) + (" 等" if len(people) > 6 else "")
        self._rest_note.setText(f"{told}。不在岗已标好的不动。" if people else "没有这样的人。")

    def _edited(self, *_: object) -> None:
        self.changed.emit()
