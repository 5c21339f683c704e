"""What the 补学 ledger shows and in what order; and how much time there is for 补学."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import ChoiceField
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.make_up_list import MakeUpLedger, Wanted

_SPANS = (("近三个月", 92), ("近一年", 366), ("全部", 0))
_USUAL_DAYS = (7, 10, 14, 21, 30)
_BY_SESSION, _BY_PERSON = "session", "person"


class MakeUpBar(QFrame):
    """``changed`` for other lines or another order, ``span_changed`` for another span,
    ``days_set(days)`` for another time limit."""

    changed = Signal()
    span_changed = Signal()
    days_set = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "header")
        self._wanted = Segmented([(str(one), one) for one in Wanted])
        self._wanted.changed.connect(self.changed)
        self._order = Segmented([("按场次", _BY_SESSION), ("按人", _BY_PERSON)])
        self._order.changed.connect(self.changed)
        self._span = ChoiceField(_SPANS)
        self._span.set_value(366)
        self._span.setAccessibleName("时间范围")
        self._span.autosave.committed.connect(self._span_chosen)
        self._days = ChoiceField()
        self._days.setAccessibleName("补学期限：场次后多少天")
        self._days.autosave.committed.connect(lambda _, days: self.days_set.emit(days))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        for widget in (self._wanted, self._order, self._span):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(label("期限：场次后", "secondary"))
        row.addWidget(self._days)

    @property
    def wanted(self) -> Wanted:
        """Which lines are asked for."""
        chosen: Wanted = self._wanted.value()
        return chosen

    @property
    def by_person(self) -> bool:
        """Grouped by person instead of by session."""
        return bool(self._order.value() == _BY_PERSON)

    def period(self, today: date) -> tuple[date, date]:
        """The days whose sessions are asked for."""
        back: int = self._span.value()
        return (today - timedelta(days=back) if back else date.min), today

    def show_ledger(self, ledger: MakeUpLedger) -> None:
        """Show how many lines of each sort there are, and the time limit."""
        self._wanted.set_options([(f"{one} {len(ledger.only(one))}", one) for one in Wanted])
        options = sorted({*_USUAL_DAYS, ledger.days})
        self._days.set_options([(f"{days} 天", days) for days in options])
        self._days.set_value(ledger.days)

    def want(self, wanted: Wanted) -> None:
        """Ask for other lines."""
        self._wanted.set_value(wanted)
        self.changed.emit()

    def arrange(self, *, by_person: bool) -> None:
        """Group otherwise."""
        self._order.set_value(_BY_PERSON if by_person else _BY_SESSION)
        self.changed.emit()

    def _span_chosen(self, original: int, edited: int) -> None:
        self._span.set_value(edited)
        self.span_changed.emit()
