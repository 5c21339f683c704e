"""改期, 取消 and 缺项归档: small panels inside the inspector, in place of dialogs."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bulletin_study.domain.errors import Clash, Refusal
from bulletin_study.domain.sessions import StudySession
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label, link_button, small_button
from bulletin_study.ui.fields import LineField
from bulletin_study.ui.focus import focus_first
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.tabs.study.fields import flush, share
from bulletin_study.ui.widgets.clock_field import ClockField
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.closing import Closing, archive
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.session_detail import why_day_off
from bulletin_study.usecases.sessions import cancel_session, move_session
from bulletin_study.usecases.titles import day_text

_PAUSE_MS = 150


class StepPanel(QFrame):
    """A card with a title, what is asked, one button that does it and one that does not."""

    closed = Signal()
    left = Signal()
    """It was put away with the focus inside: that belongs to the list again."""

    def __init__(self, title: str, verb: str, leave: str) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.title = label(title, "bold", wrap=True)
        self.fields = FormColumn()
        flush(self.fields)
        self.fields.escaped.connect(self.close_panel)
        self.go = small_button(verb, on_click=self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.fields)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.go)
        buttons.addWidget(link_button(leave, on_click=self.close_panel))
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.hide()

    def act(self) -> None:
        """Do it."""

    def open_panel(self) -> None:
        """Show it, the focus in its first field."""
        self.show()
        focus_first(self.fields)
        reveal(self)

    def close_panel(self) -> None:
        """Put it away; nothing is saved."""
        if not self.isHidden():
            focus = QApplication.focusWidget()
            inside = focus is not None and self.isAncestorOf(focus)
            self.hide()
            self.closed.emit()
            if inside:
                self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


def reveal(widget: QWidget) -> None:
    """Scroll the pane to a widget, once what was just shown has found its place."""

    def scroll() -> None:
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(widget)

    QTimer.singleShot(0, widget, scroll)


class MovePanel(StepPanel):
    """改期: another date, another start, with what that day is."""

    def __init__(self, context: Context) -> None:
        super().__init__("改期", "改到这一天", "不改了")
        self._runner = context.runner
        self._session: StudySession | None = None
        self.day = DateField(required=True)
        self.start = ClockField()
        self._day_row, self._start_row = self.fields.add_side_by_side(
            [("改到", self.day, None), ("开始（时长不变）", self.start, None)]
        )
        share([self._day_row, self._start_row], 3, 2)
        self._pause = Soon(self, self._look, _PAUSE_MS)
        self.day.textChanged.connect(lambda _: self._pause.start())

    def ask(self, session: StudySession) -> None:
        """Ask for the new date of a session; its length stays."""
        self._session = session
        self.title.setText(f"改期：{day_text(session.day)} 这一场")
        self.day.set_near(session.day)
        self.day.set_value(session.day)
        self.start.set_value(session.start)
        self._day_row.error("")
        self.open_panel()
        self.day.selectAll()

    def act(self) -> None:
        """Move it, unless it stays where it is."""
        self._move(False)

    def _move(self, override: bool) -> None:
        session = self._session
        try:
            day, start = self.day.value(), self.start.value()
        except FieldProblem as problem:
            self._day_row.error(problem.sentence)
            return
        if session is None or day is None:
            return
        if (day, start or session.start) == (session.day, session.start):
            self._day_row.error("还没有改日期。")
            return
        same = start in (None, session.start)
        self._runner.do(
            lambda unit: move_session(unit, session.id, day, None if same else start,
                                      override=override),
            lambda _: self.close_panel(),
            self._refused,
        )  # fmt: skip

    def _refused(self, refusal: Refusal) -> None:
        anyway = ("仍改到这天", lambda: self._move(True)) if isinstance(refusal, Clash) else None
        self._day_row.error(sentence_for(refusal), anyway)

    def _look(self) -> None:
        try:
            day = self.day.value()
        except FieldProblem:
            return
        if day is not None:
            self.go.set_caption(f"改到 {day_text(day)}")
            self._runner.read(lambda unit: why_day_off(unit, day), lambda why: self._note(day, why))

    def _note(self, day: date, why: str) -> None:
        try:
            if self.day.value() == day:
                self._day_row.note(f"这一天是{why}。" if why else "")
        except FieldProblem:
            return


class CancelPanel(StepPanel):
    """取消本场: with its reason; the session stays listed."""

    def __init__(self, context: Context) -> None:
        super().__init__("取消本场", "取消本场", "不取消了")
        self._runner = context.runner
        self._session: StudySession | None = None
        self.reason = LineField("如 与全市会议冲突")
        self._row = self.fields.add("取消的原因", self.reason)

    def ask(self, session: StudySession) -> None:
        """Ask why a session is cancelled."""
        self._session = session
        self.title.setText(f"取消 {day_text(session.day)} 这一场：仍列在表里，不计场次")
        self.reason.set_value("")
        self._row.error("")
        self.open_panel()

    def act(self) -> None:
        """Cancel it."""
        session, why = self._session, self.reason.value()
        if session is not None:
            self._runner.do(
                lambda unit: cancel_session(unit, session.id, why),
                lambda _: self.close_panel(),
                lambda refusal: self._row.error(sentence_for(refusal)),
            )


class ArchivePanel(StepPanel):
    """缺项归档: what is missing, and the reason for which it may be."""

    def __init__(self, context: Context) -> None:
        super().__init__("归档", "缺项归档", "先不归档")
        self._runner = context.runner
        self._closing: Closing | None = None
        self.reason = LineField("如 签到表在档案室，已核对")
        self._row = self.fields.add("缺项归档的原因", self.reason)

    def ask(self, closing: Closing) -> None:
        """Archive at once where nothing is missing, else ask for the reason."""
        self._closing = closing
        if not closing.lacking:
            self._archive(anyway=False)
            return
        self.title.setText(f"不等这 {len(closing.lacking)} 项，缺项归档；原因会一直留着")
        self.reason.set_value("")
        self._row.error("")
        self.open_panel()

    def act(self) -> None:
        """Archive it with the reason."""
        self._archive(anyway=True)

    def _archive(self, *, anyway: bool) -> None:
        closing, why = self._closing, self.reason.value()
        if closing is None:
            return

        def action(unit: UnitOfWork) -> object:
            return archive(unit, closing.session.id, anyway=anyway, why=why)

        self._runner.do(action, lambda _: self.close_panel(), self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.open_panel()
        self._row.error(sentence_for(refusal))


