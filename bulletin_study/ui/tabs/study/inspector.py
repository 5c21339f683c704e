"""The right pane of the page: one session, a new one, a kind, a planned theme, or numbers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bulletin_study.domain.sessions import SessionKind
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import Button, small_button
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.tabs.study.fields import flush
from bulletin_study.ui.tabs.study.foot import Foot
from bulletin_study.ui.tabs.study.kind_form import KindForm, load_kind
from bulletin_study.ui.tabs.study.new_form import NewForm
from bulletin_study.ui.tabs.study.numbers_panel import NumbersPanel
from bulletin_study.ui.tabs.study.plan_form import PlanForm, blank_plan, load_plan_start
from bulletin_study.ui.tabs.study.session_pane import HINT, SessionPane
from bulletin_study.usecases.session_detail import SessionDetail, load_detail, load_start
from bulletin_study.usecases.study_plan import PlanRow


class Mode(StrEnum):
    """What the inspector shows."""

    NOTHING = "nothing"
    SESSION = "session"
    NEW = "new"
    KIND = "kind"
    PLAN = "plan"
    NUMBERS = "numbers"


NO_SESSION: Final = "在左边选一场，就能看和改。"


class StudyInspector(Inspector):
    """``made(id)`` a session, ``kind_added(id)``, ``plan_added(id)``, ``plan_removed``;
    ``given_up`` when a form was put away; ``session_wanted(id)`` from a planned theme."""

    made = Signal(int)
    kind_added = Signal(int)
    plan_added = Signal(int)
    session_wanted = Signal(int)
    given_up = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.runner
        self.mode = Mode.NOTHING
        self._kind: SessionKind | None = None
        self._wanted: int | None = None
        self.session = SessionPane(context)
        self.new = NewForm(context)
        self.kind_form = KindForm(context)
        self.plan = PlanForm(context)
        self.numbers = NumbersPanel(context)
        self._forms: dict[Mode, FormColumn] = {
            Mode.SESSION: self.session.form, Mode.NEW: self.new, Mode.KIND: self.kind_form,
            Mode.PLAN: self.plan, Mode.NUMBERS: self.numbers,
        }  # fmt: skip
        flush(self.form)
        for form in self._forms.values():
            form.hide()
            form.escaped.connect(self.form.escaped)
            self.form.add_widget(form)
        self.session.changed.connect(lambda: self._turn(Mode.SESSION))
        self.new.made.connect(self.made)
        self.kind_form.added.connect(self.kind_added)
        self.plan.added.connect(self.plan_added)
        self.plan.removed.connect(self.given_up)
        self.plan.changed.connect(lambda: self._turn(Mode.PLAN))
        self.numbers.changed.connect(lambda: self._turn(Mode.NUMBERS))
        self.numbers.done.connect(self.given_up)
        self.nothing(NO_SESSION)

    # ---- what to show ----
    def nothing(self, sentence: str) -> None:
        """Nothing is selected."""
        self.session.leave()
        self._wanted = None
        self.mode = Mode.NOTHING
        self.show_empty(sentence)

    def show_session(self, session_id: int, kind: SessionKind | None) -> None:
        """Read a session and show it."""
        self._kind, self._wanted = kind, session_id
        self._runner.read(lambda unit: load_detail(unit, session_id), self._session_read)

    def begin_new(self, kind_id: int, day: date | None) -> None:
        """Show the form of a new session; a draft begun before is still there."""
        self.session.leave()
        if self.new.started:
            self._turn(Mode.NEW)
            if day is not None:
                self.new.set_day(day)
            self.new.theme.setFocus()
            return

        def told(start: object) -> None:
            self.new.begin(start)  # type: ignore[arg-type]
            self._turn(Mode.NEW)
            self.new.theme.setFocus()

        self._runner.read(lambda unit: load_start(unit, kind_id, day), told)

    def show_kind(self, kind_id: int | None) -> None:
        """Show what is set about a kind, or the form of a new one."""
        self.session.leave()

        def told(start: object) -> None:
            self.kind_form.begin(start)  # type: ignore[arg-type]
            self._turn(Mode.KIND)
            self.kind_form.name.setFocus()

        self._runner.read(lambda unit: load_kind(unit, kind_id), told)

    def show_plan(self, row: PlanRow) -> None:
        """Show a planned theme."""
        self._runner.read(lambda unit: load_plan_start(unit, row), self.plan.begin)

    def begin_plan(self, kind_id: int, day: date) -> None:
        """Show the form of a new planned theme."""

        def told(start: object) -> None:
            self.plan.begin(start)  # type: ignore[arg-type]
            self.plan.theme.setFocus()

        self._runner.read(lambda unit: blank_plan(unit, kind_id, day), told)

    def show_numbers(self, kind_id: int, year: int) -> None:
        """Show what renumbering would change."""
        self.session.leave()
        self.numbers.ask(kind_id, year)

    def refresh(self) -> None:
        """Something was saved: show a kind's settings anew (rows of lists come by themselves)."""
        kind_id = self.kind_form.kind.id
        if self.mode is Mode.KIND and kind_id:
            self._runner.read(lambda unit: load_kind(unit, kind_id), self.kind_form.begin)

    # ---- inside ----
    def _session_read(self, detail: SessionDetail) -> None:
        if detail.session.id == self._wanted:
            self.session.show_detail(detail, self._kind)

    def _turn(self, mode: Mode) -> None:
        self.mode = mode
        if mode is not Mode.SESSION:
            self._wanted = None
        for one, form in self._forms.items():
            form.setVisible(one is mode)
        title, grey, chip = self._head()
        self.set_header(title, grey, chip)
        self.set_footer([self._foot()])
        self.show_form()

    def _head(self) -> tuple[str, str, tuple[str, str, str] | None]:
        match self.mode:
            case Mode.SESSION:
                return self.session.header()
            case Mode.NEW:
                return "新建场次", "还没有保存", None
            case Mode.KIND:
                kind = self.kind_form.kind
                return (kind.name, "活动类型", None) if kind.id else ("新增活动类型", "", None)
            case Mode.PLAN:
                return ("学习计划", "", None) if self.plan.item_id else ("新增一项计划", "", None)
            case _:
                return "重排期次", "", None

    def _foot(self) -> QWidget:
        match self.mode:
            case Mode.SESSION:
                return self.session.footer()
            case Mode.NEW:
                return Foot([[small_button("新建这一场", "check", on_click=self.new.store),
                              small_button("不建了", on_click=self._give_up_new)]])  # fmt: skip
            case Mode.KIND:
                return Foot([self._kind_buttons()], HINT if self.kind_form.kind.id else "")
            case Mode.PLAN:
                return Foot([self._plan_buttons()], HINT if self.plan.item_id else "")
            case _:
                return Foot([[small_button("重排期次", on_click=self.numbers.renumber),
                              small_button("不重排", on_click=self.given_up.emit)]])  # fmt: skip

    def _kind_buttons(self) -> list[Button]:
        back = small_button("回到场次", on_click=self.given_up.emit)
        if self.kind_form.kind.id:
            return [back]
        return [small_button("新增", "check", on_click=self.kind_form.store), back]

    def _plan_buttons(self) -> list[Button]:
        if not self.plan.item_id:
            return [small_button("新增", "check", on_click=self.plan.store),
                    small_button("不加了", on_click=self.given_up.emit)]  # fmt: skip
        buttons = []
        row = self.plan.row
        if row is not None and row.session is not None:
            session_id = row.session.id
            buttons.append(
                small_button("看这一场", on_click=lambda: self.session_wanted.emit(session_id))
            )
        return [*buttons, small_button("删去这一项", on_click=self.plan.remove)]

    def put_new_away(self) -> bool:
        """Turn from the form of a new session; what was typed is kept, and True told."""
        kept = self.new.touched
        if not kept:
            self.new.give_up()
        self.mode = Mode.NOTHING
        return kept

    def _give_up_new(self) -> None:
        self.new.give_up()
        self.given_up.emit()
