"""取消本场, with its reason, inside the inspector."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.controls import label, link_button, small_button
from bulletin_study.ui.fields import LineField
from bulletin_study.ui.forms import FormRow
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.sessions import cancel_session
from bulletin_study.usecases.talk_page import TalkLine
from bulletin_study.usecases.titles import day_text


class CancelPanel(QFrame):
    """Hidden until asked; ``left`` when it was put away again."""

    left = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._runner = runner
        self._session_id = 0
        self._title = label("", "bold", wrap=True)
        self.reason = LineField("如 集中下乡")
        self.row = FormRow("原因", self.reason)
        self.go = small_button("取消本场", on_click=self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.go)
        buttons.addWidget(link_button("不取消", on_click=self.close_panel))
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.hide()

    def ask(self, line: TalkLine) -> None:
        """Ask about a session."""
        self._session_id = line.row.session.id
        kept = "仍列在表里，不计场次；排好的讲课留着，恢复后还在。"
        self._title.setText(f"取消 {day_text(line.row.day)} 这一场：{kept}")
        self.reason.set_value("")
        self.row.error("")
        self.show()
        self.reason.setFocus()
        # Its place is known only after the form was laid out again.
        QTimer.singleShot(0, self, self._bring_up)

    def close_panel(self) -> None:
        """Put it away; nothing is saved."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it, Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _bring_up(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(self, 0, 16)

    def _cancel(self) -> None:
        session_id, why = self._session_id, self.reason.value()
        self._runner.do(
            lambda unit: cancel_session(unit, session_id, why),
            lambda _: self.hide(),
            self._refused,
        )

    def _refused(self, refusal: Refusal) -> None:
        self.row.error(sentence_for(refusal))
        self.reason.setFocus()
