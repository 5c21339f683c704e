"""归档本场: the primary button, archiving with a reason, and taking back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.ui.controls import primary_button
from bulletin_study.ui.frame import Page
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.tabs.signin import words
from bulletin_study.ui.tabs.signin.editors_pane import EditorsPane
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.closing import archive, hold, reopen
from bulletin_study.usecases.sign_in_page import SignInPage

_CLOSED = "这一场已归档，什么都没有改动。要改，先撤回归档。"


class Archiving(QObject):
    """Its ``button`` is the primary one of ``page``; ``jump_wanted(Want)`` when something is
    still missing."""

    jump_wanted = Signal(object)

    def __init__(self, runner: Runner, page: Page, editors: EditorsPane) -> None:
        super().__init__(page)
        self._runner, self._page, self._editors = runner, page, editors
        self._shown: SignInPage | None = None
        self.button = primary_button("归档本场", "check", tip="归档；还差几项时跳到第一项")
        self.button.clicked.connect(self._press)
        editors.archived.reopen_wanted.connect(self._reopen)
        editors.closing.waived.connect(self._waive)

    def show_nothing(self) -> None:
        """There is no session."""
        self._shown = None
        self._take_offer_back()
        self.button.setEnabled(False)
        self.button.set_tip("还没有场次可以归档")

    def show_page(self, page: SignInPage) -> None:
        """Say on the button what pressing it does."""
        before, self._shown = self._shown, page
        same = before is not None and before.session.id == page.session.id
        if not (same and page.session.archived):
            self._take_offer_back()
        missing = len(words.lacking(page))
        cancelled = page.session.status is SessionStatus.CANCELLED
        if cancelled:
            caption, tip = "本场已取消", "取消的场次不归档"
        elif page.session.archived:
            caption, tip = "已归档", "要再改，点了以后选“撤回归档”；期次不变"
        elif missing:
            caption, tip = f"归档本场 · 还差{missing}项", "跳到第一个缺项"
        else:
            caption, tip = "归档本场", "什么都不缺，归档"
        self.button.set_caption(caption)
        self.button.set_tip(f"{tip}（Ctrl+Enter）")
        self.button.setEnabled(not cancelled)

    def offer_reopening(self) -> None:
        """The session is archived and takes no change; it can be taken back."""
        self._page.show_notice(_CLOSED, ("撤回归档", self._reopen))

    def _take_offer_back(self) -> None:
        if self._page.banner.sentence == _CLOSED:
            self._page.clear_error()

    def _press(self) -> None:
        self._editors.commit()
        page = self._shown
        if page is None or not self.button.isEnabled():
            return
        session_id = page.session.id
        if page.session.archived:
            # Never on the same key that archives: a second press would take it back.
            self.offer_reopening()
        elif missing := words.lacking(page):
            self.jump_wanted.emit(missing[0])
        elif page.session.status.ahead:
            self._runner.do(lambda unit: hold(unit, [session_id]))
        else:
            self._runner.do(lambda unit: archive(unit, session_id))

    def _waive(self, reason: str) -> None:
        if self._shown is not None:
            session_id = self._shown.session.id
            self._runner.do(
                lambda unit: archive(unit, session_id, anyway=True, why=reason),
                failed=lambda refusal: self._editors.closing.refuse(sentence_for(refusal)),
            )

    def _reopen(self) -> None:
        if self._shown is not None:
            session_id = self._shown.session.id
            self._runner.do(lambda unit: reopen(unit, session_id))
