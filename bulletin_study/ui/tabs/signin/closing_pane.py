"""The closing checklist at the foot of the editors, and archiving with something missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.domain.closing import Want
from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.ui.controls import label, link_button, small_button
from bulletin_study.ui.forms import FormRow
from bulletin_study.ui.tabs.signin import words
from bulletin_study.ui.tabs.signin.reason_line import AskEdit
from bulletin_study.ui.widgets.checklist import Checklist
from bulletin_study.usecases.sign_in_page import SignInPage, open_lines


class ClosingPane(QWidget):
    """``jump_wanted(want)`` to a missing field, ``waived(reason)`` to archive all the same."""

    jump_wanted = Signal(object)
    waived = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._page: SignInPage | None = None
        self._short = False
        self._count = label("", "secondary")
        self.waive = link_button("缺项归档…", tip="写明原因，缺着项归档；原因一直看得见")
        self.waive.clicked.connect(self._ask)
        self.checks = Checklist()
        self.checks.acted.connect(lambda key: self.jump_wanted.emit(Want.of(key)))
        self.reason = AskEdit()
        self.reason.setPlaceholderText("例如：人已调离，收不齐")
        self.reason_row = FormRow("缺项归档的原因", self.reason)
        self._go = small_button("缺项归档", on_click=self._waive)
        self._drop = small_button("不归档", on_click=self._put_away)
        self.state = label("", "text2", wrap=True)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("归档清单", "title"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.waive)
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 4, 0, 0)
        asking.setSpacing(6)
        asking.addWidget(self.reason_row)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._drop)
        buttons.addWidget(self._go)
        asking.addLayout(buttons)
        self.reason.done.connect(self._waive)
        self.reason.skipped.connect(self._put_away)
        self._asking.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.state)
        column.addWidget(self.checks)
        column.addWidget(self._asking)

    @property
    def asking(self) -> bool:
        """Whether it asks for the reason."""
        return not self._asking.isHidden()

    def show_page(self, page: SignInPage) -> None:
        """Show the checklist of a session."""
        if self._page is None or self._page.session.id != page.session.id:
            self._put_away()
        self._page = page
        session = page.session
        lines = open_lines(page.closing)
        done = sum(one >= needed for one, needed in lines.values())
        self._count.setText(f"完成 {done}/{len(lines)}" if lines else "")
        self._fill_checks()
        missing = bool(words.lacking(page))
        waivable = missing and session.status is SessionStatus.HELD and not session.archived
        self.waive.setVisible(waivable)
        if not waivable:
            self._put_away()
        self.state.setText(_state(page))
        self.state.setVisible(bool(self.state.text()))

    def set_short(self, short: bool) -> None:
        """List only what is missing, where there is little room."""
        self._short = short
        self._fill_checks()

    def refuse(self, sentence: str) -> None:
        """Say under the reason why it was not archived."""
        self.reason_row.error(sentence)

    def _fill_checks(self) -> None:
        if self._page is not None:
            self.checks.set_items(words.check_lines(self._page, missing_only=self._short))

    def _ask(self) -> None:
        self._asking.show()
        self.reason.setFocus()

    def _waive(self) -> None:
        self.waived.emit(self.reason.text())

    def _put_away(self) -> None:
        self._asking.hide()
        self.reason.clear()
        self.reason_row.error("")


def _state(page: SignInPage) -> str:
    session = page.session
    if session.archived:
        return f"缺项归档，原因：{session.waiver}" if session.waiver else "本场已归档。"
    return ""
