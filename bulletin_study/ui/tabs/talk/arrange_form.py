"""The left side of 自动安排: from when to when, and by which rules."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from bulletin_study.domain.rotation import HeadFirst, Settings
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.controls import label, link_button
from bulletin_study.ui.fields import ChoiceField
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.widgets.segmented import Segmented

_ORDERS = [("按组序轮流", False), ("按人数匀开", True)]
_HEADS = [
    ("组长带组员的组室，组长先讲", HeadFirst.WHERE_PAIRED),
    ("每个组室都由组长先讲", HeadFirst.ALWAYS),
    ("不分先后", HeadFirst.NEVER),
]
_GAPS = [("不提醒", 0), ("不到 4 周", 28), ("不到 8 周", 56), ("不到 12 周", 84)]
_ORDER_NOTES = {
    False: "各组室按组序一个接一个出人；轮到的组室当天没人能讲就跳过，之后先补上。",
    True: "人多的组室多出几次，各组室的人差不多同时讲完。",
}
_RULES = (
    "不在岗、不参加轮讲的人不排；一轮里每人只讲一次；"
    "已讲的、固定的和外请的不动；等得久的先讲。"
)


class ArrangeForm(FormColumn):
    """``changed`` when something else is asked for; ``keep_wanted`` to make it the usual."""

    changed = Signal()
    keep_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = DateField(required=True), DateField(required=True)
        self.order = Segmented(_ORDERS, fill=True)
        self.head, self.gap = ChoiceField(_HEADS), ChoiceField(_GAPS)
        self._usual = Settings()
        self._first_row = self.add("从", self.first, self._edited)
        self._last_row = self.add("到", self.last, self._edited)
        self._order_row = self.add("组室顺序", self.order, self._edited)
        self._order_note = label("", "secondary", wrap=True)
        self.add_widget(self._order_note)
        self.add("组长", self.head, self._edited)
        self.add("两次讲课隔得近时提醒", self.gap, self._edited)
        self.keep = link_button("以后都按这样排", on_click=self.keep_wanted.emit)
        self.add_widget(self.keep)
        self.add_title("怎么排")
        self.add_widget(label(_RULES, "secondary", wrap=True))

    def fill(self, first: date, last: date, usual: Settings) -> None:
        """Show what is asked for at first; ``usual`` is what the office has set."""
        for field, day in ((self.first, first), (self.last, last)):
            field.set_near(first)
            field.set_value(day)
        if usual.gap_days not in [days for _, days in _GAPS]:
            own = (f"不到 {usual.gap_days} 天", usual.gap_days)
            self.gap.set_options([*_GAPS, own])
        self.order.set_value(usual.spread)
        self.head.set_value(usual.head_first)
        self.gap.set_value(usual.gap_days)
        self.set_usual(usual)

    def set_usual(self, usual: Settings) -> None:
        """What the office has set now."""
        self._usual = usual
        self._tell()

    def span(self) -> tuple[date, date]:
        """From and to; raises ``FieldProblem`` with its sentence under the field."""
        self._last_row.error("")
        days = []
        for row, field in ((self._first_row, self.first), (self._last_row, self.last)):
            try:
                days.append(field.value())
            except FieldProblem as problem:
                row.error(problem.sentence)
                raise
        first, last = days
        assert first is not None
        assert last is not None
        if last < first:
            sentence = "结束日期早于开始日期，请改其中一个。"
            self._last_row.error(sentence)
            raise FieldProblem(sentence)
        return first, last

    def settings(self) -> Settings:
        """The rules asked for."""
        return Settings(self.order.value(), self.head.value(), self.gap.value())

    def _edited(self, *_: object) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self._order_note.setText(_ORDER_NOTES[bool(self.order.value())])
        self.keep.setVisible(self.settings() != self._usual)
