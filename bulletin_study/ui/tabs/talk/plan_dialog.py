"""自动安排: the plan as a difference, seen before anything is saved."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import PlaceState, Plan, PlannedPlace, Settings
from bulletin_study.ui.banner import Banner
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label, primary_button, quiet_button, rule
from bulletin_study.ui.fields import ChoiceField
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation import (
    apply_plan,
    load_settings,
    plan_rotation,
    talk_sessions,
)
from bulletin_study.usecases.rotation_words import (
    STATE_WORDS,
    group_name,
    people_words,
    reason_words,
)
from bulletin_study.usecases.titles import day_text

_AHEAD = timedelta(weeks=26)
_ORDERS = (("按组序轮流", False), ("按人数匀开", True))


class PlanDialog(QDialog):
    """Nothing is saved before 按此安排; then it is one operation. ``arranged`` after it."""

    arranged = Signal()

    def __init__(self, runner: Runner, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._roster = Roster()
        self.plan: Plan | None = None
        self._settings = Settings()
        self.setWindowTitle("自动安排每周一讲")
        room = parent.window().size()
        self.resize(min(1000, int(room.width() * 0.94)), min(612, int(room.height() * 0.94)))
        self.first, self.last = DateField(required=True), DateField(required=True)
        self.order = ChoiceField(list(_ORDERS))
        self.first.set_value(today)
        self.last.set_value(today + _AHEAD)
        for field in (self.first, self.last, self.order):
            field.autosave.committed.connect(lambda *_: self.look())
        self._told = label("", "bold", wrap=True)
        self._passed = label("", "text2", wrap=True)
        self.banner = Banner()
        self.model = RowsModel(self._columns(), key=lambda p: (p.session_id, p.place))
        self.list = ListView(self.model, row_height=44)
        self.stack = PaneStack(self.list)
        self.apply = primary_button("按此安排", "calendar", on_click=self._apply)
        self._build()
        self._runner.read(_begin, self._begun)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(24, 12, 24, 12)
        top.setSpacing(8)
        for widget in (label("从"), self.first, label("到"), self.last, self.order):
            top.addWidget(widget)
        top.addStretch(1)
        words = QVBoxLayout()
        words.setContentsMargins(24, 8, 24, 8)
        words.addWidget(self._told)
        words.addWidget(self._passed)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 12)
        foot.setSpacing(8)
        foot.addWidget(label("还没有保存。已讲的和固定的不动；安排后可以一步撤销。", "text2"))
        foot.addStretch(1)
        foot.addWidget(quiet_button("先不安排", on_click=self.reject))
        foot.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(self.banner)
        column.addLayout(words)
        column.addWidget(self.stack, 1)
        column.addWidget(rule())
        column.addLayout(foot)

    def _columns(self) -> tuple[Column[PlannedPlace], ...]:
        return (
            Column("day", "日期", lambda p: day_text(p.day), width=96, sortable=False),
            Column("place", "序号", lambda p: str(p.place), width=48, right=True, sortable=False),
            Column("was", "现在", self._was, width=96, sortable=False),
            Column("speaker", "安排", self._speaker, width=120, sortable=False),
            Column("round", "轮次", lambda p: f"第{p.round}轮" if p.round else "—", width=64,
                   drop=2, sortable=False),
            Column("state", "", self._state, width=80, sortable=False),
            Column("why", "人选依据", self._why, most=900, sortable=False),
        )

    # ---- looking ----
    def _begun(self, found: tuple[Settings, date | None]) -> None:
        self._settings, last = found
        self.order.set_value(self._settings.spread)
        if last is not None:
            self.last.set_value(last)
        self.look()

    def look(self) -> None:
        """Work the plan out again for what is chosen."""
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            return
        chosen = Settings(bool(self.order.value()), self._settings.head_first,
                          self._settings.gap_days)
        self._runner.read_long(
            lambda unit, job: (plan_rotation(unit, first, last, chosen), load_roster(unit)),
            self._show,
            self._refused,
        )

    def _show(self, found: tuple[Plan, Roster]) -> None:
        self.banner.clear()
        self.plan, self._roster = found
        plan = self.plan
        shown = [p for p in plan.places if p.state is not PlaceState.HELD]
        self.model.set_rows(shown)
        changes, empty = plan.summary.changes, plan.summary.empty
        if not shown:
            self.stack.show_empty("这段时间没有每周一讲的场次，先用“批量安排…”排出日期。")
        else:
            self.stack.show_content()
        holes = f"，{empty} 处没有人能讲" if empty else ""
        self._told.setText(f"{len(shown)} 处里有 {changes} 处要变{holes}。" if shown else "")
        self._passed.setText(self._passed_words(plan))
        self._passed.setVisible(bool(plan.passed_over))
        self.apply.set_caption(f"按此安排 {changes} 处" if changes else "没有变化，完成")
        self.apply.setEnabled(bool(shown))

    def _passed_words(self, plan: Plan) -> str:
        told = []
        for one in plan.passed_over[:3]:
            why = people_words(one.candidates, self._roster, one.day) or "没有能讲的人"
            told.append(f"{one.day:%m-%d} 跳过{group_name(self._roster, one.group_id)}（{why}）")
        more = len(plan.passed_over) - len(told)
        return "；".join(told) + (f"；另有 {more} 次" if more > 0 else "")

    def _name(self, person_id: int | None) -> str:
        person = self._roster.people.get(person_id) if person_id is not None else None
        return person.name if person else ""

    def _was(self, place: PlannedPlace) -> Cell:
        return Cell(self._name(place.was_id) or "—", tone="text2")

    def _speaker(self, place: PlannedPlace) -> Cell:
        name = place.guest or self._name(place.speaker_id)
        if not name:
            return Cell("空缺", tone="amber", shape="triangle")
        group = self._roster.groups.get(place.group_id or 0)
        return Cell(name, second=group.name if group else "", bold=place.changed)

    def _state(self, place: PlannedPlace) -> Cell:
        if place.changed:
            return Cell("有变", chip=True, tone="blue", shape="arrow")
        return Cell(STATE_WORDS[place.state], chip=True, tone="neutral")

    def _why(self, place: PlannedPlace) -> Cell:
        told = [reason_words(r, self._roster, place.day) for r in place.reasons]
        text = "；".join(f"{short}：{why}" for short, why in told)
        return Cell(text, tone="text2", tip="\n".join(f"{s}：{w}" for s, w in told))

    # ---- saving ----
    def _apply(self) -> None:
        plan = self.plan
        if plan is None:
            return
        self._runner.do(lambda unit: apply_plan(unit, plan), lambda _: self._done(), self._refused)

    def _done(self) -> None:
        self.arranged.emit()
        self.accept()

    def _refused(self, refusal: Refusal) -> None:
        self.banner.show_sentence(sentence_for(refusal), ("重新安排", self.look))


def _begin(unit: UnitOfWork) -> tuple[Settings, date | None]:
    """The office's settings, and the last day that has a talk session ahead."""
    ahead = [s.day for s in talk_sessions(unit) if s.status.ahead]
    return load_settings(unit), max(ahead, default=None)
